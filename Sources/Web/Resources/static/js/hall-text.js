/** How long a number takes to its new value. */
const tick = 800;

/** A panel of words and pictures: takes over what the server has made of it, when that is another. */
export class HallText {
    #element;
    #html = null;
    #frame = 0;

    constructor(element) { this.#element = element; }

    stop() { cancelAnimationFrame(this.#frame); }

    /** @param {{ html: string }} panel as the server's templates have it, escaped there. */
    update({ html }) {
        if (html === undefined || html === this.#html) return;
        const isFirst = this.#html === null;
        this.#html = html;
        const captures = this.#captures();
        const numbers = this.#numbers();
        const template = document.createElement("template");
        template.innerHTML = html;
        // Pictures that stay are not loaded again: only their place changes.
        for (const image of template.content.querySelectorAll("img")) {
            const same = [...this.#element.querySelectorAll("img")].find((old) => old.src === image.src);
            if (same) image.replaceWith(same);
        }
        this.#element.replaceChildren(template.content);
        if (isFirst) return;
        for (const card of this.#element.querySelectorAll("[data-capture]")) {
            if (captures.has(card.dataset.capture)) continue;
            card.classList.add("new");
            setTimeout(() => card.classList.remove("new"), 10_000);
        }
        if (!matchMedia("(prefers-reduced-motion: reduce)").matches) this.#count(numbers);
    }

    #captures() {
        return new Set([...this.#element.querySelectorAll("[data-capture]")].map((card) => card.dataset.capture));
    }

    #numbers() { return [...this.#element.querySelectorAll("[data-number]")].map((text) => text.textContent); }

    /** From what stood there before to what stands there now. */
    #count(before) {
        cancelAnimationFrame(this.#frame);
        const moving = [...this.#element.querySelectorAll("[data-number]")].map((element, index) => {
            const text = element.textContent;
            return { element, text, from: value(before[index]), to: value(text) };
        }).filter(({ from, to }) => from !== null && to !== null && from !== to);
        if (moving.length === 0) return;
        const start = performance.now();
        const step = (now) => {
            const share = Math.min(1, (now - start) / tick);
            for (const { element, text, from, to } of moving) {
                element.textContent = share === 1 ? text : Math.round(from + (to - from) * share).toLocaleString("en-US");
            }
            if (share < 1) this.#frame = requestAnimationFrame(step);
        };
        this.#frame = requestAnimationFrame(step);
    }
}

/** Of a whole number as pages write it; null for anything else. */
function value(text) {
    return /^[\d,]+$/.test(text ?? "") ? Number(text.replaceAll(",", "")) : null;
}
