const most = 8;
/** Pixels a pointer may wander and still be a click. */
const slack = 5;

/**
 * Digital zoom of a picture inside its frame: wheel and pinch around the pointer, drag when zoomed,
 * `+`, `-` and `0` through `by` and `reset`. At scale 1 the wheel down and one finger still scroll the page.
 */
export class Zoom {
    #frame;
    #content;
    #onchange;
    #scale = 1;
    #x = 0;
    #y = 0;
    #pointers = new Map();
    #moved = 0;

    /** @param {(scale: number) => void} onchange */
    constructor(frame, content, onchange, { signal } = {}) {
        this.#frame = frame;
        this.#content = content;
        this.#onchange = onchange;
        const on = (name, listener, options) => frame.addEventListener(name, listener, { signal, ...options });
        on("wheel", (event) => this.#wheel(event), { passive: false });
        on("pointerdown", (event) => this.#down(event));
        on("pointermove", (event) => this.#move(event));
        for (const name of ["pointerup", "pointercancel"]) on(name, (event) => this.#pointers.delete(event.pointerId));
        // A drag is not a click on what lies under it.
        on("click", (event) => { if (this.#moved > slack) event.stopPropagation(); }, { capture: true });
        this.#apply();
    }

    get scale() { return this.#scale; }

    reset() { this.#to(1, 0, 0); }

    /** Around the middle of the frame. */
    by(factor) {
        const { width, height } = this.#frame.getBoundingClientRect();
        this.#around(width / 2, height / 2, factor);
    }

    #wheel(event) {
        if (event.shiftKey || (this.#scale === 1 && event.deltaY >= 0)) return;
        event.preventDefault();
        const box = this.#frame.getBoundingClientRect();
        const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1);
        this.#around(event.clientX - box.left, event.clientY - box.top, Math.exp(-pixels / 400));
    }

    #down(event) {
        if (event.button !== 0 || event.target.closest("button, a, input, select")) return;
        if (this.#pointers.size === 0) this.#moved = 0;
        this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    }

    #move(event) {
        const from = this.#pointers.get(event.pointerId);
        if (!from) return;
        const to = { x: event.clientX, y: event.clientY };
        const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
        this.#moved += Math.hypot(to.x - from.x, to.y - from.y);
        this.#pointers.set(event.pointerId, to);
        if (other) {
            const box = this.#frame.getBoundingClientRect();
            const spread = (point) => Math.max(10, Math.hypot(point.x - other.x, point.y - other.y));
            this.#around(
                (to.x + other.x) / 2 - box.left, (to.y + other.y) / 2 - box.top, spread(to) / spread(from));
        } else if (this.#scale > 1 && this.#moved > slack) {
            if (!this.#frame.hasPointerCapture(event.pointerId)) this.#frame.setPointerCapture(event.pointerId);
            this.#to(this.#scale, this.#x + to.x - from.x, this.#y + to.y - from.y);
        }
    }

    #around(x, y, factor) {
        const scale = Math.min(most, Math.max(1, this.#scale * factor));
        const ratio = scale / this.#scale;
        this.#to(scale, x - (x - this.#x) * ratio, y - (y - this.#y) * ratio);
    }

    /** The picture always covers its frame. */
    #to(scale, x, y) {
        const { width, height } = this.#frame.getBoundingClientRect();
        this.#scale = scale < 1.01 ? 1 : scale;
        this.#x = Math.min(0, Math.max(width * (1 - this.#scale), x));
        this.#y = Math.min(0, Math.max(height * (1 - this.#scale), y));
        this.#apply();
        this.#onchange?.(this.#scale);
    }

    #apply() {
        const isZoomed = this.#scale > 1;
        this.#content.style.transform = isZoomed
            ? `translate(${this.#x}px, ${this.#y}px) scale(${this.#scale})` : "";
        // One finger scrolls the page until zoomed, two always belong to the zoom.
        this.#frame.style.touchAction = isZoomed ? "none" : "pan-x pan-y";
        this.#frame.dataset.zoomed = isZoomed;
    }
}
