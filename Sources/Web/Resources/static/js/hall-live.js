/** Live kitchens for the authorities' own screens. */
import "./live-video.js";
import { make } from "./elements.js";
import { TurningGrid } from "./hall-grid.js";
import { t } from "./strings.js";

/** From here on a sub-stream is sharp enough for a tile. */
const firstOfSubs = 9;
/** A picture that stands for so long, although its camera is there, is begun anew. */
const stillPatience = 6000;
const idlePatience = 12_000;
/** Between two beginnings of the same tile. */
const restartPause = 15_000;

export class LiveGrid extends TurningGrid {
    #watched = new WeakMap();

    update({ cameras }) { this.show(cameras, t("hall.empty")); }

    tile({ id, name, place, simulated, hasSub }) {
        return make("live-video", {
            // From afar, where it is says more than what its school calls it.
            camera: id, name: place, place: name, simulated, bare: true, poster: true, tabindex: "-1",
            stream: this.capacity >= firstOfSubs && hasSub ? "sub" : null,
        });
    }

    /** Players that wait for their next attempt try now. */
    hurry() {
        for (const tile of this.tiles) if (tile.state !== "playing") this.#restart(tile);
    }

    look(tile) {
        const now = performance.now();
        const time = tile.querySelector("video")?.currentTime ?? 0;
        const known = this.#watched.get(tile);
        const isWell = tile.state === "playing" ? time !== known?.time : ["disabled", "unsupported"].includes(tile.state);
        if (!known || isWell) {
            this.#watched.set(tile, { time, since: now, restarted: known?.restarted ?? -Infinity });
            return;
        }
        known.time = time;
        const patience = tile.state === "playing" ? stillPatience : idlePatience;
        const isThere = (tile.status?.state ?? "live") === "live";
        if (isThere && now - known.since > patience && now - known.restarted > restartPause) {
            known.restarted = now;
            known.since = now;
            this.#restart(tile);
        }
    }

    #restart(tile) {
        tile.suspended = true;
        tile.suspended = false;
        tile.dataset.restarts = Number(tile.dataset.restarts ?? 0) + 1;
    }
}
