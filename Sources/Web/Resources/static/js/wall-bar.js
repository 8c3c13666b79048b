import { icon } from "./icons.js";
import { iconButton, make, relabelFullScreen, setText } from "./elements.js";
import { t } from "./strings.js";
import { layouts } from "./wall-choice.js";
import { rotationSeconds } from "./wall-rotation.js";

/** For so long a lost status connection is nobody's business. */
const linkPatience = 4000;

/** The bar over a wall: layouts, pages, rotation, full screen. */
export class WallBar {
    #layouts;
    #pages;
    #pageText;
    #rotate;
    #seconds;
    #count;
    #back;
    #full;
    #notice;
    #linkTimer = 0;

    /**
     * @param actions `layout(count)`, `turn(step)`, `rotate(isOn)`, `seconds(count)`, `back()`, `fullScreen()`,
     *   `help()`
     */
    constructor(actions) {
        this.#layouts = new Map(layouts.map((count) => [count, make("button", {
            type: "button", class: "player-button", title: t("wall.layout", { count }),
            "aria-label": t("wall.layout", { count }), onclick: () => actions.layout(count),
        }, String(count))]));
        this.#pageText = make("span", { class: "wall-number", role: "status" });
        this.#pages = make(
            "span", { class: "wall-group" }, iconButton("previous", t("wall.previous"), () => actions.turn(-1)),
            this.#pageText, iconButton("next", t("wall.next"), () => actions.turn(1)));
        this.#count = make("span", { class: "wall-count", "aria-hidden": "true" });
        this.#rotate = make(
            "button", { type: "button", class: "player-button", onclick: () => actions.rotate(!this.#isRotating) },
            icon("rotate"), make("span", {}, t("wall.rotate")), this.#count);
        this.#seconds = make(
            "select", {
                class: "player-select", "aria-label": t("wall.seconds"),
                onchange: ({ target }) => actions.seconds(Number(target.value)),
            }, ...rotationSeconds.map((seconds) =>
                make("option", { value: seconds }, t("duration.seconds", { seconds }))));
        this.#back = make(
            "button", { type: "button", class: "player-button", "data-primary": "", onclick: actions.back },
            icon("previous"), t("wall.back"));
        this.#full = iconButton("fullScreen", t("wall.fullScreen"), actions.fullScreen);
        this.#notice = make("span", { class: "wall-notice", role: "status" });
        this.element = make(
            "div", { class: "wall-bar", role: "toolbar", "aria-label": t("wall.bar") }, this.#back,
            make(
                "span", { class: "wall-group", role: "group", "aria-label": t("wall.layouts") },
                ...this.#layouts.values()),
            this.#pages, make("span", { class: "wall-group" }, this.#rotate, this.#seconds), this.#notice,
            make(
                "span", { class: "wall-group wall-end" }, iconButton("help", t("keys.show"), actions.help),
                this.#full));
    }

    get #isRotating() { return this.#rotate.getAttribute("aria-pressed") === "true"; }

    show({ layout, page, pages, isRotating, seconds, isLarge }) {
        for (const [count, button] of this.#layouts) button.setAttribute("aria-pressed", count === layout);
        setText(this.#pageText, t("wall.page", { page, pages }));
        this.#pages.hidden = pages === 1;
        this.#rotate.setAttribute("aria-pressed", isRotating);
        this.#rotate.disabled = pages === 1;
        this.#seconds.value = seconds;
        this.#seconds.disabled = pages === 1;
        this.#back.hidden = !isLarge;
    }

    /** Seconds until the next page. */
    count(seconds) { this.#count.textContent = seconds === null ? "" : String(seconds); }

    link(isConnected) {
        if (!isConnected) {
            this.#linkTimer ||= setTimeout(() => setText(this.#notice, t("wall.statusLost")), linkPatience);
            return;
        }
        clearTimeout(this.#linkTimer);
        this.#linkTimer = 0;
        setText(this.#notice, "");
    }

    fullScreen(isFull) { relabelFullScreen(this.#full, isFull, t("wall.fullScreen")); }
}
