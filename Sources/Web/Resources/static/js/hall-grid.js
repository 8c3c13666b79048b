import { make, setText } from "./elements.js";
import { t } from "./strings.js";

/**
 * A grid of pictures that turns its pages by itself. What stays on the next page stays as it is; what goes gives its decoder
 * back before what comes takes one.
 *
 * Whoever extends it says what a tile is: `tile(item)`, and may watch over tiles: `look(tile)` each 2 s, `hurry()`.
 */
export class TurningGrid {
    element;
    #items = [];
    #page = 0;
    #left;
    #seconds;
    #timers = [];
    #pages = make("span", { class: "hall-pages" });

    constructor(element) {
        this.element = element;
        const { rows, columns, seconds } = element.dataset;
        this.rows = Number(rows);
        this.columns = Number(columns);
        this.#seconds = this.#left = Number(seconds);
        element.replaceChildren();
        element.after(this.#pages);
        this.#timers = [
            setInterval(() => this.#count(), 1000), setInterval(() => this.tiles.forEach((tile) => this.look(tile)), 2000),
        ];
    }

    get tiles() { return [...this.element.querySelectorAll("[data-item]")]; }
    get capacity() { return this.rows * this.columns; }
    get pageCount() { return Math.max(1, Math.ceil(this.#items.length / this.capacity)); }

    stop() {
        this.#timers.forEach(clearInterval);
        this.#pages.remove();
        this.element.replaceChildren();
    }

    hurry() {}
    look() {}

    /** In the order in which pages turn. */
    show(items, empty) {
        this.#items = items;
        this.#page = Math.min(this.#page, this.pageCount - 1);
        if (items.length > 0) return this.#arrange();
        this.element.replaceChildren(make("p", { class: "hall-none" }, empty));
        this.#pages.hidden = true;
    }

    #count() {
        if (document.hidden || this.pageCount === 1) return;
        this.#left -= 1;
        if (this.#left > 0) return;
        this.#left = this.#seconds;
        this.#page = (this.#page + 1) % this.pageCount;
        this.#arrange();
    }

    /** The last page is filled up from the first: no page is half empty. */
    #shown() {
        const { capacity } = this;
        if (this.#items.length <= capacity) return this.#items;
        const start = this.#page * capacity;
        return Array.from({ length: capacity }, (_, index) => this.#items[(start + index) % this.#items.length]);
    }

    #arrange() {
        const shown = this.#shown();
        const columns = Math.min(this.columns, Math.ceil(Math.sqrt(shown.length)));
        this.element.style.setProperty("--grid-columns", shown.length < this.capacity ? columns : this.columns);
        this.element.style.setProperty(
            "--grid-rows", shown.length < this.capacity ? Math.ceil(shown.length / columns) : this.rows);
        // What stays stays where it is: a picture that is moved begins anew.
        const coming = new Map(shown.map((item) => [item.id, item]));
        const going = [...this.element.children].filter((child) => !coming.delete(child.dataset.item));
        for (const item of coming.values()) {
            const tile = this.tile(item);
            tile.dataset.item = item.id;
            const place = going.shift();
            if (place) place.replaceWith(tile);
            else this.element.append(tile);
        }
        for (const tile of going) tile.remove();
        setText(this.#pages, t("hall.page", { page: this.#page + 1, pages: this.pageCount }));
        this.#pages.hidden = this.pageCount === 1;
        this.element.dataset.page = this.#page + 1;
        this.element.dataset.pages = this.pageCount;
    }
}
