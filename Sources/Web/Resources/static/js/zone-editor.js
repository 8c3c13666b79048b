/**
 * `<zone-editor [readonly]>`: draws the areas of the form's `textarea[data-zones]` on the camera's picture inside it.
 *
 * One text field is edited at a time; the others show faintly. Points are dragged, or moved with the arrow keys (Shift:
 * five times as far); Delete removes one, `+` adds one after it, a double click on an edge adds one there. A new area is
 * clicked point by point; from the keyboard it begins as a rectangle. Everything drawn stands in the text field at once,
 * and everything typed there is drawn.
 */
import { make } from "./elements.js";
import { t } from "./strings.js";
import { clamped, mostPoints, ZoneField } from "./zone-text.js";

const space = "http://www.w3.org/2000/svg";
const pointRadius = 6;
const hitRadius = 16;
const fewestPoints = 3;
const startRectangle = [[0.3, 0.3], [0.7, 0.3], [0.7, 0.7], [0.3, 0.7]];

class ZoneEditor extends HTMLElement {
    #svg;
    #fields;
    #field = null;
    #zone = 0;
    /** Points of an area that is being drawn; null = none is. */
    #draft = null;
    #tools = {};
    #status;

    connectedCallback() {
        this.#svg = this.querySelector("svg.zones");
        this.#svg.removeAttribute("aria-hidden");
        this.#fields = [...document.querySelectorAll("textarea[data-zones]")].map((area) => new ZoneField(area));
        if (this.hasAttribute("readonly") || this.#fields.length === 0) return;
        this.#build();
        for (const field of this.#fields) {
            field.area.addEventListener("input", () => this.#draw());
            field.area.addEventListener("focus", () => this.#choose(field));
        }
        this.#svg.addEventListener("pointerdown", (event) => this.#press(event));
        this.#svg.addEventListener("pointermove", (event) => this.#hover(event));
        this.#svg.addEventListener("dblclick", (event) => this.#doubleClick(event));
        this.#svg.addEventListener("keydown", (event) => this.#key(event));
        document.addEventListener("keydown", (event) => this.#draftKey(event));
        new ResizeObserver(() => this.#draw()).observe(this.#svg);
        this.#choose(this.#fields.find((field) => field.zones.length > 0) ?? this.#fields[0]);
    }

    get isDrawing() { return this.#draft !== null; }

    #build() {
        const choice = make("select", { onchange: () => this.#choose(this.#fields[choice.selectedIndex]) });
        choice.append(...this.#fields.map((field) => make("option", {}, field.name)));
        this.#tools = {
            choice,
            add: make("button", { type: "button", "data-add": true, onclick: (event) => this.#begin(event) }, t("zones.add")),
            finish: make("button", { type: "button", hidden: true, onclick: () => this.#finish() }, t("zones.finish")),
            cancel: make("button", { type: "button", hidden: true, onclick: () => this.#giveUp() }, t("zones.cancel")),
            remove: make("button", { type: "button", class: "danger-quiet", onclick: () => this.#removeZone() }, t("zones.remove")),
        };
        this.#status = make("p", { class: "hint", role: "status" });
        const { add, finish, cancel, remove } = this.#tools;
        this.prepend(make("div", { class: "zone-tools" }, make("label", {}, t("zones.which"), choice), add, finish, cancel, remove));
        this.append(this.#status);
    }

    #choose(field) {
        if (this.#field !== field) this.#zone = 0;
        this.#field = field;
        this.#tools.choice.selectedIndex = this.#fields.indexOf(field);
        this.#draw();
    }

    // Drawing

    #draw() {
        const { clientWidth: width, clientHeight: height } = this.#svg;
        if (!this.#field || width === 0) return;
        const focused = this.#svg.contains(document.activeElement) ? document.activeElement.dataset.point : null;
        this.#svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
        this.#svg.classList.toggle("is-drawing", this.isDrawing);
        const parts = [];
        for (const field of this.#fields) {
            if (field === this.#field) continue;
            for (const zone of field.zones) parts.push(this.#polygon(zone, `faint ${field.kind}`));
        }
        this.#field.zones.forEach((zone, index) => {
            const isChosen = index === this.#zone && !this.isDrawing;
            parts.push(this.#polygon(zone, `${this.#field.kind}${isChosen ? " chosen" : ""}`, { "data-zone": index }));
            if (isChosen) parts.push(...this.#edges(zone), ...zone.flatMap((point, at) => this.#point(point, at)));
        });
        if (this.#draft) {
            parts.push(this.#shape("polyline", { class: "draft", points: this.#points(this.#draft) }));
            for (const [x, y] of this.#draft) {
                parts.push(this.#shape("circle", { class: "point", cx: x * width, cy: y * height, r: pointRadius }));
            }
        }
        this.#svg.replaceChildren(...parts);
        if (focused !== null) this.#svg.querySelector(`[data-point="${focused}"]`)?.focus();
        this.#tell();
    }

    #tell() {
        const { add, finish, cancel, remove } = this.#tools;
        add.hidden = this.isDrawing;
        finish.hidden = !this.isDrawing || this.#draft.length < fewestPoints;
        cancel.hidden = !this.isDrawing;
        remove.hidden = this.isDrawing || this.#field.zones.length === 0;
        const { name, zones } = this.#field;
        const state = t(zones.length === 0 ? "zones.none" : "zones.state", { name, count: zones.length });
        this.#status.textContent = this.isDrawing ? t("zones.drawing") : state;
    }

    #polygon(zone, className, attributes = {}) {
        return this.#shape("polygon", { class: className, points: this.#points(zone), ...attributes });
    }

    #points(zone) {
        const { clientWidth: width, clientHeight: height } = this.#svg;
        return zone.map(([x, y]) => `${x * width},${y * height}`).join(" ");
    }

    #edges(zone) {
        return zone.map((point, at) => this.#shape("polyline", {
            class: "edge", points: this.#points([point, zone[(at + 1) % zone.length]]), "data-edge": at,
        }));
    }

    #point([x, y], at) {
        const { clientWidth: width, clientHeight: height } = this.#svg;
        const place = { cx: x * width, cy: y * height };
        const label = t("zones.point", {
            zone: this.#zone + 1, point: at + 1, x: Math.round(x * 100), y: Math.round(y * 100),
        });
        return [
            // Fingers need more room than the eye.
            this.#shape("circle", { class: "hit", ...place, r: hitRadius, "data-hit": at }),
            this.#shape("circle", {
                class: "point", ...place, r: pointRadius, tabindex: 0, role: "button", "aria-label": label, "data-point": at,
            }),
        ];
    }

    #shape(name, attributes) {
        const element = document.createElementNS(space, name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        return element;
    }

    #place(event) {
        const box = this.#svg.getBoundingClientRect();
        return [clamped((event.clientX - box.left) / box.width), clamped((event.clientY - box.top) / box.height)];
    }

    // Changing

    #change(zones) {
        this.#field.zones = zones;
        this.#draw();
    }

    #changeZone(change) {
        this.#change(this.#field.zones.map((zone, index) => (index === this.#zone ? change(zone) : zone)));
    }

    #begin(event) {
        // Pressed by key: there is no pointer to click points with.
        if (event.detail === 0) {
            this.#zone = this.#field.zones.length;
            this.#change([...this.#field.zones, startRectangle]);
            this.#svg.querySelector("[data-point]")?.focus();
            return;
        }
        this.#draft = [];
        this.#draw();
    }

    #finish() {
        if (!this.isDrawing || this.#draft.length < fewestPoints) return;
        const zone = this.#draft;
        this.#draft = null;
        this.#zone = this.#field.zones.length;
        this.#change([...this.#field.zones, zone]);
    }

    #giveUp() {
        this.#draft = null;
        this.#draw();
    }

    #removeZone() {
        const zones = this.#field.zones.filter((_, index) => index !== this.#zone);
        this.#zone = Math.max(0, this.#zone - 1);
        this.#change(zones);
        this.#tools.add.focus();
    }

    #press(event) {
        if (event.button !== 0) return;
        if (this.isDrawing) {
            event.preventDefault();
            this.#addToDraft(event);
            return;
        }
        const { point, hit, zone } = event.target.dataset;
        const at = point ?? hit;
        if (at !== undefined) return this.#drag(event, Number(at));
        if (zone !== undefined) {
            this.#zone = Number(zone);
            this.#draw();
        }
    }

    #addToDraft(event) {
        const { clientWidth: width, clientHeight: height } = this.#svg;
        const place = this.#place(event);
        const first = this.#draft[0];
        const distance = first ? Math.hypot((place[0] - first[0]) * width, (place[1] - first[1]) * height) : Infinity;
        if (this.#draft.length >= fewestPoints && distance < hitRadius) return this.#finish();
        if (this.#draft.length < mostPoints) this.#draft.push(place);
        this.#draw();
    }

    #drag(event, at) {
        event.preventDefault();
        this.#svg.setPointerCapture(event.pointerId);
        this.#svg.querySelector(`[data-point="${at}"]`).focus();
        const move = (moved) => {
            this.#changeZone((zone) => zone.map((point, index) => (index === at ? this.#place(moved) : point)));
        };
        const end = () => {
            this.#svg.removeEventListener("pointermove", move);
            this.#svg.removeEventListener("pointerup", end);
            this.#svg.removeEventListener("pointercancel", end);
        };
        this.#svg.addEventListener("pointermove", move);
        this.#svg.addEventListener("pointerup", end);
        this.#svg.addEventListener("pointercancel", end);
    }

    #hover(event) {
        if (!this.isDrawing || this.#draft.length === 0) return;
        this.#svg.querySelector(".draft").setAttribute("points", this.#points([...this.#draft, this.#place(event)]));
    }

    #doubleClick(event) {
        if (this.isDrawing) {
            // Its second click put the last point twice.
            if (this.#draft.length > fewestPoints) this.#draft.pop();
            return this.#finish();
        }
        const { edge } = event.target.dataset;
        if (edge !== undefined) this.#insert(Number(edge), this.#place(event));
    }

    #insert(after, place) {
        this.#changeZone((zone) => (zone.length < mostPoints ? zone.toSpliced(after + 1, 0, place) : zone));
    }

    // Keys

    #draftKey(event) {
        if (!this.isDrawing || event.target.closest?.("input, textarea, select")) return;
        if (event.key === "Escape") this.#giveUp();
        else if (event.key === "Enter" && this.#draft.length >= fewestPoints) this.#finish();
        else return;
        event.preventDefault();
    }

    #key(event) {
        const at = Number(event.target.dataset.point ?? NaN);
        if (Number.isNaN(at) || event.ctrlKey || event.metaKey || event.altKey) return;
        const zone = this.#field.zones[this.#zone];
        const step = event.shiftKey ? 0.05 : 0.01;
        const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
        const move = moves[event.key];
        if (move) {
            this.#changeZone((points) => points.map((point, index) => (
                index === at ? [clamped(point[0] + move[0]), clamped(point[1] + move[1])] : point)));
        } else if (event.key === "Delete" || event.key === "Backspace") {
            if (zone.length > fewestPoints) this.#changeZone((points) => points.toSpliced(at, 1));
        } else if (event.key === "+" || event.key === "Insert") {
            const next = zone[(at + 1) % zone.length];
            this.#insert(at, [(zone[at][0] + next[0]) / 2, (zone[at][1] + next[1]) / 2]);
        } else {
            return;
        }
        event.preventDefault();
    }
}

customElements.define("zone-editor", ZoneEditor);
