import { t } from "./strings.js";

/** Marks the tiles of cameras with a capture that goes on: `data-capture` holds the words that the style sheet shows. */
export class WallCaptures {
    #ongoing = new Set();
    #changed;

    /** @param {() => Iterable<HTMLElement>} tiles those that are there now. */
    constructor(tiles, signal) {
        this.#changed = () => { for (const tile of tiles()) this.mark(tile); };
        document.addEventListener("captures-head", ({ detail }) => {
            this.#ongoing = new Set(Object.keys(detail.ongoing));
            this.#changed();
        }, { signal });
        document.addEventListener("camera-capture", ({ detail }) => {
            if (detail.cameraOngoing > 0) this.#ongoing.add(detail.camera.id);
            else this.#ongoing.delete(detail.camera.id);
            this.#changed();
        }, { signal });
    }

    mark(tile) {
        if (this.#ongoing.has(tile.camera)) tile.dataset.capture = t("live.capture");
        else delete tile.dataset.capture;
    }
}
