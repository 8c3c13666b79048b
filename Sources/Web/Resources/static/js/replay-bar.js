import { icon } from "./icons.js";
import { iconButton, make, relabel, relabelFullScreen, setText } from "./elements.js";
import { speeds } from "./replay-clock.js";
import { t } from "./strings.js";

/** The buttons under the pictures of a replay. */
export class ReplayBar {
    #play;
    #speed;
    #clock = make("span", { class: "replay-clock" });
    #live;
    #nextDay;
    #full;
    #playback;

    /**
     * @param actions `toggle()`, `step(count)`, `speed(value)`, `day(step)`, `mark(side)`, `snapshot()`, `live()`,
     *   `help()`, `fullScreen()`
     * @param {HTMLElement} calendar @param {boolean} mayExport whether spans can be marked.
     */
    constructor(actions, calendar, mayExport) {
        this.#play = iconButton("play", t("replay.play"), actions.toggle, { "data-primary": "" });
        this.#speed = make("select", {
            class: "player-select", "aria-label": t("replay.speed"), title: t("replay.speed"),
            onchange: ({ target }) => actions.speed(Number(target.value)),
        }, ...speeds.map((speed) =>
            make("option", { value: speed, selected: speed === 1 }, t("replay.times", { speed }))));
        this.#live = make(
            "button", { type: "button", class: "player-button replay-live", onclick: actions.live }, icon("live"),
            make("span", {}, t("replay.live")));
        this.#nextDay = iconButton("next", t("replay.nextDay"), () => actions.day(1));
        this.#full = iconButton("fullScreen", t("live.fullScreen"), actions.fullScreen);
        this.#playback = make(
            "span", { class: "replay-group" }, iconButton("stepBack", t("replay.stepBack"), () => actions.step(-1)),
            this.#play, iconButton("stepForward", t("replay.stepForward"), () => actions.step(1)), this.#speed);
        const marks = mayExport ? make(
            "span", { class: "replay-group" }, this.#textButton(t("replay.markStart"), () => actions.mark("from")),
            this.#textButton(t("replay.markEnd"), () => actions.mark("to"))) : null;
        this.element = make(
            "div", { class: "replay-bar", role: "toolbar", "aria-label": t("replay.bar") }, this.#playback,
            make(
                "span", { class: "replay-group" },
                iconButton("previous", t("replay.previousDay"), () => actions.day(-1)), calendar, this.#nextDay),
            this.#clock, ...(marks ? [marks] : []),
            make(
                "span", { class: "replay-group replay-end" }, this.#live,
                iconButton("snapshot", t("live.snapshot"), actions.snapshot),
                iconButton("help", t("keys.show"), actions.help), this.#full));
    }

    #textButton(label, onclick) { return make("button", { type: "button", class: "player-button", onclick }, label); }

    show({ clock, speed, isPlaying, isLive, hasNextDay }) {
        setText(this.#clock, clock);
        relabel(this.#play, isPlaying ? "pause" : "play", t(isPlaying ? "replay.pause" : "replay.play"));
        if (this.#speed.value !== String(speed)) this.#speed.value = speed;
        this.#live.setAttribute("aria-pressed", isLive);
        this.#nextDay.disabled = !hasNextDay;
        for (const control of this.#playback.children) control.disabled = isLive;
    }

    fullScreen(isFull) { relabelFullScreen(this.#full, isFull, t("live.fullScreen")); }
}
