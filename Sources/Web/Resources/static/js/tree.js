/**
 * Makes `<nav class="camera-tree">` live: states of the `<a data-camera="ID">` in it (`data-state`, icon, word), counts
 * of each school (`.count`), a filter box on top (`/` focuses it), and keys: ↑ ↓ Home End move, ← → close and open,
 * Enter follows. What is open is remembered. Without this script the tree is a list of links.
 */
import { isTyping, make } from "./elements.js";
import { statuses, watchStatuses } from "./status.js";
import { t } from "./strings.js";

/** Fewer are seen at a glance. */
const fewestToFilter = 6;
const memory = "tree-closed";

class CameraTree {
    #nav;
    #links;
    #filter = null;
    #empty;

    constructor(nav) {
        this.#nav = nav;
        this.#links = [...nav.querySelectorAll("a[data-camera]")];
        this.#empty = make("p", { class: "tree-empty", role: "status" });
        if (this.#links.length >= fewestToFilter) this.#addFilter();
        this.#remember();
        nav.addEventListener("keydown", (event) => this.#key(event));
        document.addEventListener("camera-status", ({ detail }) => this.#update(detail));
        for (const camera of statuses.values()) this.#update(camera);
    }

    #addFilter() {
        this.#filter = make("input", {
            type: "search", class: "tree-filter", placeholder: t("tree.filter"), "aria-label": t("tree.filter"),
            autocomplete: "off", spellcheck: "false", oninput: () => this.#apply(),
        });
        this.#nav.prepend(this.#filter, this.#empty);
        document.addEventListener("keydown", (event) => {
            if (event.key !== "/" || isTyping(event)) return;
            event.preventDefault();
            this.#filter.focus();
            this.#filter.select();
        }, { capture: true });
    }

    /** Every word typed must occur in the names of camera, area or school. */
    #apply() {
        const words = this.#filter.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
        let found = 0;
        for (const link of this.#links) {
            const heads = [...parents(link, this.#nav)].map((group) => head(group));
            const text = [link.textContent, ...heads].join(" ").toLocaleLowerCase();
            const fits = words.every((word) => text.includes(word));
            row(link).hidden = !fits;
            if (fits) found += 1;
        }
        for (const group of this.#nav.querySelectorAll("details, section")) {
            const hasSome = [...group.querySelectorAll("a[data-camera]")].some((link) => !row(link).hidden);
            group.hidden = words.length > 0 && !hasSome;
            if (words.length > 0 && hasSome && group.tagName === "DETAILS") group.open = true;
        }
        const text = this.#filter.value.trim();
        this.#empty.textContent = words.length > 0 && found === 0 ? t("tree.nothing", { text }) : "";
    }

    #update({ id, name, status }) {
        for (const link of this.#links) {
            if (link.dataset.camera !== id) continue;
            const word = t(`state.${status.state}`);
            link.dataset.state = status.state;
            link.title = [name, word, status.reasonText].filter(Boolean).join(" · ");
            this.#icon(link, status.state, word);
        }
        for (const group of this.#nav.querySelectorAll("details")) this.#count(group);
    }

    /** The server's icon with another shape, else a dot of our own. */
    #icon(link, state, word) {
        const drawn = link.querySelector("svg.state");
        if (!drawn) {
            const dot = link.querySelector(".state-dot") ?? make("span", { class: "state-dot", role: "img" });
            dot.setAttribute("aria-label", word);
            if (!dot.isConnected) link.prepend(dot);
            return;
        }
        drawn.setAttribute("class", `icon state ${state}`);
        drawn.setAttribute("aria-label", word);
        const use = drawn.querySelector("use");
        use?.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#state-${state}`));
    }

    #count(group) {
        const count = group.querySelector(":scope > summary .count");
        if (!count) return;
        const links = [...group.querySelectorAll("a[data-camera]")];
        const text = `${links.filter(({ dataset }) => dataset.state === "live").length}/${links.length}`;
        if (count.textContent !== text) count.textContent = text;
    }

    #remember() {
        const closed = new Set(JSON.parse(sessionStorage.getItem(memory) ?? "[]"));
        for (const group of this.#nav.querySelectorAll("details[data-school]")) {
            if (closed.has(group.dataset.school) && !group.querySelector("[aria-current]")) group.open = false;
            group.addEventListener("toggle", () => {
                if (this.#filter?.value) return;
                if (group.open) closed.delete(group.dataset.school);
                else closed.add(group.dataset.school);
                sessionStorage.setItem(memory, JSON.stringify([...closed]));
            });
        }
    }

    #key(event) {
        const { target, key } = event;
        if (target === this.#filter && key === "Escape" && target.value !== "") {
            target.value = "";
            this.#apply();
            return event.preventDefault();
        }
        if (target === this.#filter && key !== "ArrowDown") return;
        const stops = [...this.#nav.querySelectorAll("summary, a[data-camera]")].filter(isShown);
        const at = stops.indexOf(target);
        const group = target.closest("details");
        const moves = {
            ArrowDown: () => stops[at + 1], ArrowUp: () => stops[at - 1] ?? this.#filter, Home: () => stops[0],
            End: () => stops.at(-1),
            ArrowLeft: () => {
                if (target.tagName !== "SUMMARY") return group?.querySelector("summary");
                if (!group.open) return group.parentElement.closest("details")?.querySelector("summary");
                group.open = false;
                return target;
            },
            ArrowRight: () => {
                if (target.tagName !== "SUMMARY" || group.open) return stops[at + 1];
                group.open = true;
                return target;
            },
        };
        const move = moves[key];
        if (!move) return;
        event.preventDefault();
        event.stopPropagation();
        move()?.focus();
    }
}

function row(link) { return link.closest("li") ?? link; }
function head(group) { return group.querySelector(":scope > :is(summary, h3)")?.textContent ?? ""; }
function isShown(element) { return element.checkVisibility?.() ?? element.offsetParent !== null; }

function* parents(element, end) {
    for (let group = element.parentElement; group && group !== end; group = group.parentElement) {
        if (group.matches("details, section")) yield group;
    }
}

for (const nav of document.querySelectorAll("nav.camera-tree")) new CameraTree(nav);
if (document.querySelector("nav.camera-tree")) watchStatuses();
