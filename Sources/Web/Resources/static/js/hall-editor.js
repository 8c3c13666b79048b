/**
 * `<hall-editor>`: lays a scene out by dragging. The form's rows of fields are the scene; this draws them as boxes on the
 * screen's grid, writes into them what is dragged, and shows the options of the chosen one. Without it the rows are typed.
 *
 * Keys on a box: arrows move, Shift and arrows resize, Delete removes, Ctrl+Z undoes.
 */
import { make, setText } from "./elements.js";
import { t } from "./strings.js";

const [columns, rows] = [24, 12];
const mostUndo = 100;
const names = ["x", "y", "width", "height"];

class HallEditor extends HTMLElement {
    #form;
    #list;
    #board;
    #boxes = new Map();
    #kinds;
    #undo = [];
    #undoButton;
    #add;
    #wrong;
    #number = 0;

    connectedCallback() {
        this.#form = this.closest("form");
        this.#list = this.#form.querySelector(".hall-rows");
        this.#kinds = JSON.parse(document.getElementById("hall-kinds").textContent).filter(Boolean);
        this.#number = this.#list.children.length;
        this.#build();
        this.hidden = false;
        this.#form.classList.add("with-board");
        for (const row of this.#list.children) this.#adopt(row);
        this.#form.addEventListener("input", () => this.#draw());
        this.#form.elements.audience.addEventListener("change", () => this.#offer());
        this.addEventListener("keydown", (event) => this.#key(event));
        this.#choose(this.#list.firstElementChild);
        this.#draw();
        this.#offer();
    }

    get #rows() { return [...this.#list.children].filter((row) => !row.hidden); }

    #build() {
        this.#add = make("select", { "aria-label": t("hall.add"), onchange: () => this.#addPanel() });
        this.#undoButton = make("button", { type: "button", onclick: () => this.#takeBack(), disabled: true }, t("hall.undo"));
        this.#wrong = make("p", { class: "warn", role: "status", hidden: true }, t("hall.wrong"));
        this.#board = make("div", { class: "hall-board" });
        this.append(
            make("div", { class: "hall-tools" }, this.#add, this.#undoButton,
                make("button", { type: "button", onclick: () => this.#remove() }, t("hall.remove"))),
            this.#board, make("p", { class: "hint" }, t("hall.keys")), this.#wrong);
    }

    /** What can still be added to such a scene. */
    #offer() {
        const isForVisitors = this.#form.elements.audience.value === "visitors";
        const there = new Set(this.#rows.map((row) => row.dataset.kind));
        const open = this.#kinds.filter(({ kind, once, visitors }) =>
            (!isForVisitors || visitors) && !(once && there.has(kind)));
        this.#add.replaceChildren(
            make("option", { value: "" }, t("hall.add")),
            ...open.map(({ kind, word }) => make("option", { value: kind }, word)));
        this.#add.disabled = this.#rows.length >= Number(this.#form.dataset.most);
    }

    #adopt(row) {
        const box = make("div", {
            class: "hall-box", tabindex: "0", role: "button", onpointerdown: (event) => this.#grab(event, row),
            onfocus: () => this.#choose(row),
        }, make("span", {}, row.dataset.word), make("small", {}), make("span", { class: "hall-corner" }));
        this.#boxes.set(row, box);
        this.#board.append(box);
    }

    #field(row, name) { return row.querySelector(`[name$=".${name}"]`); }
    #frame(row) { return Object.fromEntries(names.map((name) => [name, Number(this.#field(row, name).value)])); }

    #set(row, frame) {
        for (const name of names) this.#field(row, name).value = frame[name];
        this.#draw();
    }

    #draw() {
        const open = this.#rows;
        let isWrong = false;
        for (const [row, box] of this.#boxes) {
            box.hidden = row.hidden;
            if (row.hidden) continue;
            const { x, y, width, height } = this.#frame(row);
            for (const [name, value] of [["x", x], ["y", y], ["w", width], ["h", height]]) box.style.setProperty(`--${name}`, value);
            setText(box.querySelector("small"), `${width} × ${height}`);
            box.setAttribute("aria-label", t("hall.panelAt", { name: row.dataset.word, x: x + 1, y: y + 1, width, height }));
            const bad = this.#isOff(row) || open.some((other) => other !== row && overlap(this.#frame(row), this.#frame(other)));
            box.classList.toggle("wrong", bad);
            isWrong ||= bad;
        }
        this.#wrong.hidden = !isWrong;
    }

    #isOff(row) {
        const { x, y, width, height } = this.#frame(row);
        return x < 0 || y < 0 || x + width > columns || y + height > rows
            || width < Number(row.dataset.width) || height < Number(row.dataset.height);
    }

    #choose(row) {
        for (const [other, box] of this.#boxes) {
            other.classList.toggle("chosen", other === row);
            box.setAttribute("aria-pressed", other === row);
        }
    }

    get #chosen() { return this.#rows.find((row) => row.classList.contains("chosen")); }

    /** From here on a change can be taken back. */
    #remember() {
        const before = this.#rows.map((row) => [row, this.#frame(row)]);
        this.#undo.push(() => {
            const there = new Map(before);
            for (const row of this.#boxes.keys()) {
                row.hidden = !there.has(row);
                this.#field(row, "removed").checked = row.hidden;
                for (const field of row.querySelectorAll("input, select, textarea")) {
                    if (!field.name.endsWith(".removed")) field.disabled = row.hidden;
                }
                if (there.has(row)) for (const name of names) this.#field(row, name).value = there.get(row)[name];
            }
        });
        if (this.#undo.length > mostUndo) this.#undo.shift();
        this.#undoButton.disabled = false;
    }

    #takeBack() {
        this.#undo.pop()?.();
        this.#undoButton.disabled = this.#undo.length === 0;
        this.#draw();
        this.#offer();
    }

    #grab(event, row) {
        if (event.button !== 0) return;
        event.preventDefault();
        const box = this.#boxes.get(row);
        box.focus();
        const isCorner = event.target.classList.contains("hall-corner");
        const { width: pixels, height: tall } = this.#board.getBoundingClientRect();
        const start = this.#frame(row);
        let hasMoved = false;
        box.setPointerCapture(event.pointerId);
        const end = new AbortController();
        const { signal } = end;
        box.addEventListener("pointermove", (move) => {
            const right = Math.round((move.clientX - event.clientX) / (pixels / columns));
            const down = Math.round((move.clientY - event.clientY) / (tall / rows));
            const frame = isCorner ? this.#resized(row, start, right, down) : moved(start, right, down);
            if (names.every((name) => frame[name] === this.#frame(row)[name])) return;
            if (!hasMoved) this.#remember();
            hasMoved = true;
            this.#set(row, frame);
        }, { signal });
        for (const name of ["pointerup", "pointercancel"]) box.addEventListener(name, () => end.abort(), { signal });
    }

    #resized(row, frame, right, down) {
        return {
            ...frame,
            width: clamp(frame.width + right, Number(row.dataset.width), columns - frame.x),
            height: clamp(frame.height + down, Number(row.dataset.height), rows - frame.y),
        };
    }

    #key(event) {
        if ((event.ctrlKey || event.metaKey) && event.key === "z") {
            event.preventDefault();
            return this.#takeBack();
        }
        const row = [...this.#boxes].find(([, box]) => box === event.target)?.[0];
        if (!row) return;
        const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
        if (event.key === "Delete" || event.key === "Backspace") {
            event.preventDefault();
            return this.#remove();
        }
        if (!step) return;
        event.preventDefault();
        const frame = this.#frame(row);
        this.#remember();
        this.#set(row, event.shiftKey ? this.#resized(row, frame, ...step) : moved(frame, ...step));
    }

    #remove() {
        const row = this.#chosen;
        if (!row || this.#rows.length === 1) return;
        this.#remember();
        row.hidden = true;
        this.#field(row, "removed").checked = true;
        // What is gone is not sent, and asks for nothing.
        for (const field of row.querySelectorAll("input, select, textarea")) {
            if (!field.name.endsWith(".removed")) field.disabled = true;
        }
        this.#choose(this.#rows[0]);
        this.#draw();
        this.#offer();
    }

    #addPanel() {
        const kind = this.#kinds.find(({ kind }) => kind === this.#add.value);
        this.#add.value = "";
        if (!kind) return;
        const blank = [...document.getElementById("hall-blank").content.children].find((row) => row.dataset.kind === kind.kind);
        const row = document.importNode(blank, true);
        this.#remember();
        for (const field of row.querySelectorAll("[name]")) field.name = field.name.replace("#", this.#number);
        this.#number += 1;
        this.#list.append(row);
        this.#adopt(row);
        this.#set(row, this.#free(kind));
        this.#choose(row);
        this.#offer();
        this.#boxes.get(row).focus();
    }

    /** The first place where it lies on nothing else; else the corner, where it can be seen and moved. */
    #free({ width, height }) {
        const taken = this.#rows.slice(0, -1).map((row) => this.#frame(row));
        for (let y = 0; y + height <= rows; y += 1) {
            for (let x = 0; x + width <= columns; x += 1) {
                const frame = { x, y, width, height };
                if (!taken.some((other) => overlap(frame, other))) return frame;
            }
        }
        return { x: 0, y: 0, width, height };
    }
}

function clamp(value, least, most) { return Math.max(least, Math.min(most, value)); }

function moved(frame, right, down) {
    return { ...frame, x: clamp(frame.x + right, 0, columns - frame.width), y: clamp(frame.y + down, 0, rows - frame.height) };
}

function overlap(a, b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

customElements.define("hall-editor", HallEditor);
