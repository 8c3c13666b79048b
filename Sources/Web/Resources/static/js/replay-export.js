import { cameraURL, pause } from "./api.js";
import { icon } from "./icons.js";
import { fileName, make } from "./elements.js";
import { Footage } from "./replay-footage.js";
import { bytesInWords, durationInWords, t } from "./strings.js";

/** Up to here sizes are added up, beyond they are estimated from a sample of this length. */
const sampleLength = 600_000;
const patience = 300;

/** The marked span and its downloads, one file for each camera. */
export class ReplayExport {
    #time;
    #round = 0;
    #rows = make("ul", { class: "replay-files" });
    #text = make("p", { role: "status" });
    #all;
    #links = [];

    constructor(time, { clear }) {
        this.#time = time;
        this.#all = make(
            "button", { type: "button", class: "player-action", onclick: () => this.#downloadAll() }, icon("download"),
            t("export.all"));
        this.element = make(
            "section", { class: "replay-export", "aria-label": t("export.title"), hidden: true }, this.#text,
            this.#rows, make("div", { class: "replay-group" }, this.#all, make(
                "button", { type: "button", class: "player-button", onclick: clear }, icon("close"),
                t("export.clear"))));
    }

    /** @param {{ from: ?number, to: ?number }} marks @param {ReplayTile[]} tiles */
    async show(marks, tiles) {
        const { from, to } = marks;
        this.element.hidden = from === null && to === null;
        const round = ++this.#round;
        this.#rows.replaceChildren();
        this.#all.hidden = true;
        if (from === null || to === null) {
            this.#text.textContent = from !== null
                ? t("export.markEnd", { from: this.#time.clock(from) })
                : t("export.markStart", { to: this.#time.clock(to ?? 0) });
            return;
        }
        this.#text.textContent = t("export.span", {
            from: this.#time.stamp(from), to: this.#time.clock(to), duration: durationInWords(to - from),
        });
        await pause(patience);
        if (round !== this.#round) return;
        // Its own reading of the span: the day that is open may be another one by now.
        const footages = tiles.map(({ camera }) => new Footage(camera.id));
        try {
            await Promise.all(footages.map((footage) => footage.load(from, to)));
        } catch (error) {
            if (round === this.#round) this.#text.textContent = error.message;
            return;
        }
        if (round !== this.#round) return;
        this.#links = tiles.map((tile, index) => ({ tile, footage: footages[index] }))
            .filter(({ footage }) => recorded(footage, from, to) > 0)
            .map(({ tile, footage }) => this.#link(tile, footage, marks));
        this.#rows.replaceChildren(...tiles.map((tile) => this.#row(tile)));
        this.#all.hidden = this.#links.length < 2;
        for (const link of this.#links) this.#estimate(link, marks, () => round === this.#round);
    }

    #link(tile, footage, { from, to }) {
        const { camera } = tile;
        const size = make("span", {});
        const element = make("a", {
            class: "player-action",
            href: cameraURL(camera.id, "export.mp4", { from: Math.round(from), to: Math.round(to) }),
            download: t("export.fileName", {
                name: fileName(camera.name), from: this.#time.fileStamp(from), to: this.#time.fileStamp(to).slice(11),
            }),
        }, icon("download"), make("span", {}, camera.name), size);
        return { tile, footage, element, size };
    }

    #row(tile) {
        const link = this.#links.find((other) => other.tile === tile);
        if (link) return make("li", {}, link.element);
        return make("li", { class: "replay-nothing" }, t("export.nothing", { name: tile.camera.name }));
    }

    async #estimate({ footage, size }, { from, to }, isCurrent) {
        const start = footage.next(from) ?? from;
        const end = Math.min(to, start + sampleLength);
        const segments = await footage.segments(start, end).catch(() => []);
        if (!isCurrent() || segments.length === 0) return;
        const bytes = segments.reduce((sum, { length }) => sum + length, 0);
        const length = segments.reduce((sum, segment) => sum + segment.end - segment.start, 0);
        const whole = recorded(footage, from, to);
        size.textContent = t("export.size", {
            size: bytesInWords((bytes / length) * whole), duration: durationInWords(whole),
        });
    }

    /** One after the other: browsers drop downloads that start at once. */
    async #downloadAll() {
        for (const { element } of this.#links) {
            element.click();
            await pause(800);
        }
    }
}

/** Milliseconds of footage within a range. */
function recorded({ spans }, from, to) {
    return spans.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0);
}
