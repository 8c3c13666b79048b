import { cameraURL } from "./api.js";
import { place } from "./cameras.js";
import { fileName, iconButton, make, toggleFullScreen } from "./elements.js";
import { codecName } from "./live-words.js";
import { PlayerStage } from "./player-stage.js";
import { Footage } from "./replay-footage.js";
import { ReplayTrack } from "./replay-track.js";
import { t } from "./strings.js";

/** Shorter waits need no word. */
const busyAfter = 400;

/** One camera of a replay: its footage, its track, its face. `data-state` = what the track says, or `live`. */
export class ReplayTile {
    #time;
    #track = null;
    #live = null;
    #loadingSince = null;

    /** @param {TerritoryTime} time */
    constructor(camera, time, signal) {
        this.camera = camera;
        this.#time = time;
        this.footage = new Footage(camera.id);
        this.element = make("div", {
            class: "replay-tile", "data-camera": camera.id, "data-state": "loading", tabindex: "0", role: "group",
            "aria-label": camera.name,
        });
        this.stage = new PlayerStage(this.element, { name: camera.name, signal });
        this.stage.placeText.textContent = place(camera);
        this.stage.badge("simulated", camera.simulated ? t("live.simulated") : null);
        const full = iconButton("fullScreen", t("live.fullScreen"), () => toggleFullScreen(this.element));
        this.stage.controls.append(full);
        this.element.addEventListener("dblclick", (event) => {
            if (!event.target.closest("button, a, live-video")) toggleFullScreen(this.element);
        }, { signal });
    }

    get frameLength() { return this.#track?.frameLength ?? 1000 / 15; }
    /** The moment that its video shows. */
    get shown() { return this.#track?.shown; }

    /** From here on footage of another day is followed. */
    restart(origin) {
        this.stage.freeze();
        this.#track?.stop();
        const { stage } = this;
        this.#track = new ReplayTrack(stage.video, this.footage, origin, (address) => stage.showStill(address));
    }

    stop() {
        this.#track?.stop();
        this.#track = null;
        this.showLive(false);
    }

    follow(moment, speed, mode) {
        if (this.#live) return "live";
        const state = this.#track?.follow(moment, speed, mode) ?? "loading";
        this.#show(state, moment);
        return state;
    }

    showLive(isLive) {
        if (isLive === (this.#live !== null)) return;
        if (isLive) {
            this.stage.video.pause();
            this.#live = make("live-video", {
                camera: this.camera.id, name: this.camera.name, place: place(this.camera), poster: true,
                simulated: this.camera.simulated,
            });
            this.element.dataset.state = "live";
            this.element.append(this.#live);
        } else {
            this.#live.remove();
            this.#live = null;
            this.element.dataset.state = "loading";
        }
    }

    async saveSnapshot(moment) {
        const name = this.#time.fileStamp(moment);
        if (this.element.dataset.state === "ready" && await this.stage.saveSnapshot(name)) return;
        if (this.footage.span(moment)) {
            const address = cameraURL(this.camera.id, "snapshot.jpg", { at: Math.round(moment) });
            make("a", {
                href: address, download: t("snapshot.fileName", { name: fileName(this.camera.name), time: name }),
            }).click();
        }
    }

    #show(state, moment) {
        const { element, stage } = this;
        if (state === "loading") this.#loadingSince ??= performance.now();
        else this.#loadingSince = null;
        if (element.dataset.state !== state) element.dataset.state = state;
        const hasPicture = stage.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
        if (state === "ready" && hasPicture) stage.thaw();
        stage.say(this.#message(state, moment));
    }

    #message(state, moment) {
        switch (state) {
        case "gap": {
            const gap = this.footage.gap(moment);
            const span = gap && t("replay.gapSpan", {
                from: this.#time.clock(gap.start), to: this.#time.clock(gap.end),
            });
            return { icon: "offline", title: t("replay.noFootage"), detail: [gap?.reasonText, span] };
        }
        case "stills":
            return {
                icon: "warning", title: t("live.unsupported", { codec: codecName(this.#track.unplayable) }),
                detail: [t("live.unsupportedDetail")], isNote: true,
            };
        case "failed":
            return { icon: "warning", title: this.#track.problem.message };
        case "loading": {
            const trouble = this.#track?.trouble;
            if (trouble) return { icon: "warning", title: trouble, detail: [t("live.tryingNow")] };
            const isLong = performance.now() - this.#loadingSince > busyAfter;
            return isLong ? { title: t("replay.loading") } : null;
        }
        default:
            return null;
        }
    }
}
