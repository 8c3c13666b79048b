import { make } from "./elements.js";
import { t } from "./strings.js";
import { drawTimeline } from "./replay-drawing.js";

const shortestView = 60_000;
const hour = 3_600_000;
/** Pixels a pointer may wander and still be a click. */
const slack = 4;
/** Pixels around the cursor that take hold of it. */
const grip = 12;
const scrubInterval = 200;

/**
 * A day (or a minute of it) as a strip with a lane for each camera: footage, gaps, cursor, marks.
 *
 * Wheel and pinch zoom, drag moves the view (the cursor, when it is taken or the whole day is shown), a click seeks.
 * A slider for the keyboard and for screen readers: its value is seconds of the day.
 */
export class Timeline {
    #canvas = make("canvas", { "aria-hidden": "true" });
    #tip = make("div", { class: "replay-tip", hidden: true });
    #time;
    #onseek;
    #range = { start: 0, end: 1 };
    #view = { start: 0, end: 1 };
    #lanes = [];
    #cursor = 0;
    #marks = { from: null, to: null };
    #pointers = new Map();
    #drag = null;
    #scrubbed = 0;
    #spoken = null;
    #frame = 0;

    /** @param {(moment: number) => void} onseek */
    constructor(time, onseek, signal) {
        this.#time = time;
        this.#onseek = onseek;
        this.element = make("div", {
            class: "replay-timeline", role: "slider", tabindex: "0", "aria-label": t("replay.timeline"),
            "aria-valuemin": "0",
        }, this.#canvas, this.#tip);
        const on = (name, listener, options) => this.element.addEventListener(name, listener, { signal, ...options });
        on("wheel", (event) => this.#wheel(event), { passive: false });
        on("pointerdown", (event) => this.#down(event));
        on("pointermove", (event) => this.#move(event));
        on("pointerup", (event) => this.#up(event));
        on("pointercancel", (event) => this.#release(event));
        on("pointerleave", () => { this.#tip.hidden = true; });
        on("keydown", (event) => this.#key(event));
        const resizing = new ResizeObserver(() => this.draw());
        resizing.observe(this.element);
        signal.addEventListener("abort", () => {
            resizing.disconnect();
            cancelAnimationFrame(this.#frame);
        });
    }

    get view() { return this.#view; }

    /** @param {{ name, footage }[]} lanes */
    show(range, lanes) {
        const isOther = range.start !== this.#range.start || range.end !== this.#range.end;
        this.#range = range;
        this.#lanes = lanes;
        if (isOther) this.#setView(...this.#firstView());
        this.element.setAttribute("aria-valuemax", Math.round((range.end - range.start) / 1000));
        this.draw();
    }

    /** The day; of a day with little footage only where that is, else nobody would see it. */
    #firstView() {
        const { start, end } = this.#range;
        const spans = this.#lanes.flatMap(({ footage }) => footage.spans);
        const first = Math.min(...spans.map((span) => span.start));
        const last = Math.max(...spans.map((span) => span.end));
        const length = Math.max(hour, 1.5 * (last - first));
        if (spans.length === 0 || length > (end - start) / 4) return [start, end - start];
        return [(first + last - length) / 2, length];
    }

    set marks(marks) {
        this.#marks = marks;
        this.draw();
    }

    /** @param {boolean} isSaid whether a screen reader should hear it. */
    moveCursor(moment, isSaid) {
        if (moment === this.#cursor && !isSaid) return;
        this.#cursor = moment;
        const { start, end } = this.#view;
        const length = end - start;
        // A zoomed view goes along with the cursor.
        if (this.#pointers.size === 0 && (moment < start || moment > end)) this.#setView(moment - length / 10, length);
        if (isSaid || this.#spoken === null || Math.abs(moment - this.#spoken) > 30_000) this.#speak(moment);
        this.draw();
    }

    zoom(factor, around = this.#cursor) {
        const length = this.#view.end - this.#view.start;
        const next = Math.min(this.#range.end - this.#range.start, Math.max(shortestView, length / factor));
        this.#setView(around - (around - this.#view.start) * (next / length), next);
    }

    draw() {
        cancelAnimationFrame(this.#frame);
        this.#frame = requestAnimationFrame(() => drawTimeline(this.#canvas, {
            view: this.#view, lanes: this.#lanes, cursor: this.#cursor, marks: this.#marks, time: this.#time,
        }));
    }

    #setView(start, length) {
        const first = Math.min(Math.max(this.#range.start, start), this.#range.end - length);
        this.#view = { start: first, end: first + length };
        this.element.dataset.minutes = Math.round(length / 60_000);
        this.draw();
    }

    #speak(moment) {
        this.#spoken = moment;
        const lacking = this.#lanes.filter(({ footage }) => !footage.span(moment));
        const words = lacking.map(({ name, footage }) =>
            `${name}: ${footage.gap(moment)?.reasonText ?? t("replay.noFootage")}`);
        this.element.setAttribute("aria-valuenow", Math.round((moment - this.#range.start) / 1000));
        this.element.setAttribute("aria-valuetext", [this.#time.clock(moment), ...words].join(", "));
    }

    #moment(event) {
        const { left, width } = this.element.getBoundingClientRect();
        const share = (event.clientX - left) / width;
        const moment = this.#view.start + share * (this.#view.end - this.#view.start);
        return Math.min(this.#range.end - 1, Math.max(this.#range.start, moment));
    }

    get #perPixel() { return (this.#view.end - this.#view.start) / this.element.clientWidth; }

    #wheel(event) {
        event.preventDefault();
        const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
        if (isSideways) {
            const pixels = event.deltaX || event.deltaY;
            return this.#setView(this.#view.start + pixels * this.#perPixel, this.#view.end - this.#view.start);
        }
        const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1);
        this.zoom(Math.exp(-pixels / 300), this.#moment(event));
    }

    #down(event) {
        if (event.button !== 0) return;
        this.element.setPointerCapture(event.pointerId);
        this.#pointers.set(event.pointerId, event.clientX);
        if (this.#pointers.size > 1) return void (this.#drag = { isPinch: true });
        const isWhole = this.#view.end - this.#view.start >= this.#range.end - this.#range.start;
        const isOnCursor = Math.abs(this.#moment(event) - this.#cursor) < grip * this.#perPixel;
        this.#drag = { from: event.clientX, moved: 0, scrubs: isWhole || isOnCursor };
    }

    #move(event) {
        this.#point(event);
        const before = this.#pointers.get(event.pointerId);
        if (before === undefined) return;
        const step = event.clientX - before;
        if (this.#drag.isPinch) return this.#pinch(event, before);
        this.#pointers.set(event.pointerId, event.clientX);
        this.#drag.moved = Math.max(this.#drag.moved, Math.abs(event.clientX - this.#drag.from));
        if (this.#drag.moved <= slack) return;
        if (!this.#drag.scrubs) {
            return this.#setView(this.#view.start - step * this.#perPixel, this.#view.end - this.#view.start);
        }
        this.#cursor = this.#moment(event);
        this.draw();
        if (performance.now() - this.#scrubbed < scrubInterval) return;
        this.#scrubbed = performance.now();
        this.#onseek(this.#cursor);
    }

    #pinch(event, before) {
        const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
        this.#pointers.set(event.pointerId, event.clientX);
        if (other === undefined) return;
        const spread = (x) => Math.max(20, Math.abs(x - other));
        this.zoom(spread(event.clientX) / spread(before), this.#moment({ clientX: (event.clientX + other) / 2 }));
        const shift = (event.clientX - before) / 2;
        this.#setView(this.#view.start - shift * this.#perPixel, this.#view.end - this.#view.start);
    }

    #up(event) {
        const drag = this.#drag;
        this.#release(event);
        if (drag && !drag.isPinch && (drag.moved <= slack || drag.scrubs)) this.#onseek(this.#moment(event));
    }

    #release(event) {
        this.#pointers.delete(event.pointerId);
        if (this.#pointers.size === 0) this.#drag = null;
        if (event.pointerType === "touch") setTimeout(() => { this.#tip.hidden = true; }, 2500);
    }

    /** Time under the pointer, and why there is no footage. */
    #point(event) {
        const moment = this.#moment(event);
        const { left, top, width } = this.element.getBoundingClientRect();
        const lines = [this.#time.clock(moment)];
        const lane = Math.floor((event.clientY - top - 24) / (this.#canvas.dataset.laneHeight || 16));
        this.#lanes.forEach(({ name, footage }, index) => {
            if (footage.span(moment)) return;
            const gap = footage.gap(moment);
            if (!gap && index !== lane) return;
            const text = gap?.reasonText ?? t("replay.noFootage");
            lines.push(this.#lanes.length > 1 ? `${name}: ${text}` : text);
        });
        this.#tip.hidden = false;
        this.#tip.replaceChildren(...lines.map((line) => make("span", {}, line)));
        const half = this.#tip.offsetWidth / 2;
        this.#tip.style.left = `${Math.min(width - half, Math.max(half, event.clientX - left))}px`;
    }

    #key(event) {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const to = (moment) => this.#onseek(Math.min(this.#range.end - 1000, Math.max(this.#range.start, moment)));
        const footages = this.#lanes.map(({ footage }) => footage);
        const actions = {
            ArrowUp: () => to(this.#cursor + 60_000), ArrowDown: () => to(this.#cursor - 60_000),
            PageUp: () => to(this.#cursor + 600_000), PageDown: () => to(this.#cursor - 600_000),
            Home: () => to(Math.min(...footages.map(({ spans }) => spans[0]?.start ?? Infinity), this.#range.end)),
            End: () => to(Math.max(...footages.map(({ end }) => end ?? 0), this.#range.start) - 5000),
            "+": () => this.zoom(2), "=": () => this.zoom(2), "-": () => this.zoom(0.5), 0: () => this.zoom(1e-9),
        };
        const action = actions[event.key];
        if (!action) return;
        event.preventDefault();
        event.stopPropagation();
        action();
    }
}
