/**
 * `[data-trial]`: runs the form's rules, saved or not, over the last hour's recording. The server tells in lines of JSON
 * how far it is and what it found; leaving or cancelling ends it there too.
 */
import { make } from "./elements.js";
import { t } from "./strings.js";

const space = "http://www.w3.org/2000/svg";

class Trial {
    #panel;
    #form;
    #running = null;
    #count = 0;

    constructor(panel) {
        this.#panel = panel;
        this.#form = panel.closest("form");
        panel.hidden = false;
        this.#part("[data-start]").addEventListener("click", () => this.#start());
        this.#part("[data-stop]").addEventListener("click", () => this.#running?.abort());
    }

    #part(selector) { return this.#panel.querySelector(selector); }

    async #start() {
        this.#running = new AbortController();
        this.#count = 0;
        this.#part("[data-found]").replaceChildren();
        this.#show(true);
        this.#progress(0);
        try {
            const response = await fetch(this.#panel.dataset.trial, {
                method: "POST", body: new URLSearchParams(new FormData(this.#form)), credentials: "same-origin",
                signal: this.#running.signal,
            });
            if (!response.headers.get("Content-Type")?.includes("json")) {
                throw new Error(t("problem.server", { status: response.status }));
            }
            await this.#read(response.body);
        } catch (error) {
            if (this.#running.signal.aborted) this.#say(t("trial.stopped"));
            else this.#say(error instanceof TypeError ? t("problem.network") : error.message, true);
        } finally {
            this.#show(false);
        }
    }

    async #read(body) {
        const reader = body.pipeThrough(new TextDecoderStream()).getReader();
        let rest = "";
        for (;;) {
            const { done, value } = await reader.read();
            if (done) break;
            const lines = (rest + value).split("\n");
            rest = lines.pop();
            for (const line of lines) this.#take(JSON.parse(line));
        }
        // Refusals are one object without a line's end.
        if (rest.trim() !== "") this.#take(JSON.parse(rest));
    }

    #take({ progress, found, done, count, error }) {
        if (error !== undefined) throw new Error(error.message ?? error);
        if (progress !== undefined) this.#progress(progress);
        if (found) this.#add(found);
        if (done) this.#say(count === 0 ? t("trial.none") : t("trial.done", { count }));
    }

    #progress(share) {
        this.#part("progress").value = share;
        const found = this.#count > 0 ? ` · ${t("trial.found", { count: this.#count })}` : "";
        this.#say(t("trial.progress", { share: Math.floor(share * 100) }) + found);
    }

    #add(found) {
        this.#count += 1;
        const shot = make("span", { class: "shot" });
        if (found.picture) shot.append(make("img", { src: found.picture, alt: `${found.itemText} ${found.time}` }));
        if (found.picture && found.box) shot.append(this.#box(found.box));
        const when = [found.time, found.length].filter(Boolean).join(" · ");
        this.#part("[data-found]").append(make(
            "li", { class: `capture grade-${found.grade}` }, make(
                "div", {}, shot, make("p", {}, make("strong", {}, found.itemText), ` ${found.score}`),
                make("p", { class: "muted small" }, when))));
    }

    #box({ x, y, width, height }) {
        const svg = document.createElementNS(space, "svg");
        svg.setAttribute("class", "boxes");
        const rect = document.createElementNS(space, "rect");
        rect.setAttribute("class", "own");
        for (const [name, value] of Object.entries({ x, y, width, height })) rect.setAttribute(name, `${value * 100}%`);
        svg.append(rect);
        return svg;
    }

    #show(isRunning) {
        this.#part("[data-start]").hidden = isRunning;
        this.#part("[data-stop]").hidden = !isRunning;
        this.#part("progress").hidden = !isRunning;
    }

    #say(text, isFault = false) {
        const state = this.#part("[data-state]");
        state.textContent = text;
        state.classList.toggle("reason", isFault);
    }
}

for (const panel of document.querySelectorAll("[data-trial]")) new Trial(panel);
