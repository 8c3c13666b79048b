/**
 * `<live-video camera="ID" name="…" [place="…"] [stream="sub"] [poster] [simulated] [bare]
 * [time-zone="Asia/Shanghai"]>`: one live camera.
 *
 * What the server put inside stays until this script runs; a picture in it serves as the poster.
 * - `data-state`: `idle` (not on the screen), `connecting`, `playing`, `paused`, `blocked`, `waiting` (offline or cut,
 *   comes back by itself), `disabled`, `unsupported` (stills every few seconds), `failed` (needs a person).
 * - `bare`: no buttons (small tiles of a wall). `data-zoomed`: whether the picture is enlarged. Property `suspended`:
 *   fetches nothing while true.
 * - Keys: space pause, `f` full screen, `m` sound, `s` snapshot, `+` `-` `0` zoom.
 * - Bubbling event `live-state`, detail = state.
 */
import { cameraURL, serverNow } from "./api.js";
import { iconButton, isTyping, pressesTarget, relabel, relabelFullScreen, toggleFullScreen } from "./elements.js";
import { LivePlayer } from "./live-player.js";
import { PlayerStage } from "./player-stage.js";
import { describe } from "./live-words.js";
import { statuses, watchStatuses } from "./status.js";
import { t } from "./strings.js";
import { TerritoryTime } from "./territory-time.js";

const stillInterval = 3000;
/** How long a page may be hidden, or a camera off the screen, before fetching stops. */
const hiddenPatience = 10_000;
const outOfSightPatience = 1000;
/** How long the first status is waited for, so that a camera known to be offline isn't asked. */
const statusPatience = 250;

class LiveVideo extends HTMLElement {
    static observedAttributes = ["camera", "stream", "name", "place"];

    #life = null;
    #stage = null;
    #player = null;
    #time;
    #state = "idle";
    #detail = {};
    #isVisible = false;
    #isPaused = false;
    #isSuspended = false;
    #stills = 0;
    #sight = 0;
    #buttons;

    connectedCallback() {
        this.#life = new AbortController();
        const { signal } = this.#life;
        this.#time = TerritoryTime.of(this);
        this.dataset.theme = "dark";
        if (!this.hasAttribute("tabindex")) this.tabIndex = 0;
        if (!this.hasAttribute("role")) this.setAttribute("role", "group");
        this.#build(signal);
        watchStatuses();
        document.addEventListener("camera-status", ({ detail }) => {
            if (detail.id === this.camera) this.#statusChanged();
        }, { signal });
        document.addEventListener("visibilitychange", () => this.#sightChanged(hiddenPatience), { signal });
        this.addEventListener("keydown", (event) => this.#key(event), { signal });
        this.addEventListener("dblclick", (event) => {
            if (!event.target.closest("button, a")) toggleFullScreen(this);
        }, { signal });
        const observer = new IntersectionObserver((entries) => {
            this.#isVisible = entries.at(-1).isIntersecting;
            this.#sightChanged(outOfSightPatience);
        });
        observer.observe(this);
        const ticking = setInterval(() => this.#tick(), 1000);
        signal.addEventListener("abort", () => {
            observer.disconnect();
            clearInterval(ticking);
            clearInterval(this.#stills);
            clearTimeout(this.#sight);
        });
        const patience = statuses.has(this.camera) ? 0 : statusPatience;
        setTimeout(() => { if (!signal.aborted) this.#sightChanged(0); }, patience);
        this.#isVisible = true;
    }

    disconnectedCallback() {
        this.#player?.stop();
        this.#player = null;
        this.#life?.abort();
        this.#stage?.clearStill();
    }

    attributeChangedCallback(name, before, after) {
        if (!this.#stage || !this.isConnected || before === after) return;
        if (name === "name" || name === "place") return this.#label();
        this.#player?.stop();
        this.#player = null;
        if (name === "camera") {
            this.#stage.clearStill();
            this.#stage.zoom.reset();
            this.#isPaused = false;
            this.#label();
        }
        this.#update();
    }

    get camera() { return this.getAttribute("camera"); }
    get state() { return this.#state; }
    get zoom() { return this.#stage?.zoom ?? null; }
    /** What the camera has said about itself; undefined until it has. */
    get status() { return statuses.get(this.camera)?.status; }

    get suspended() { return this.#isSuspended; }
    set suspended(value) {
        if (this.#isSuspended === value) return;
        this.#isSuspended = value;
        this.#update();
    }

    get paused() { return this.#isPaused; }
    set paused(value) {
        this.#isPaused = value;
        this.#update();
    }

    #build(signal) {
        this.#stage = new PlayerStage(this, {
            name: this.getAttribute("name") ?? "", signal,
            onzoom: (scale) => { this.dataset.zoomed = scale > 1; },
        });
        this.#buttons = {
            pause: iconButton("pause", t("live.pause"), () => { this.paused = !this.paused; }),
            sound: iconButton("soundOff", t("live.soundOn"), () => this.#toggleSound(), { hidden: true }),
            snapshot: iconButton("snapshot", t("live.snapshot"), () => this.#snapshot()),
            full: iconButton("fullScreen", t("live.fullScreen"), () => toggleFullScreen(this)),
        };
        this.#stage.controls.append(...Object.values(this.#buttons));
        document.addEventListener("fullscreenchange", () => {
            relabelFullScreen(this.#buttons.full, document.fullscreenElement === this, t("live.fullScreen"));
        }, { signal });
        this.#label();
    }

    #label() {
        const camera = statuses.get(this.camera);
        const name = this.getAttribute("name") ?? camera?.name ?? "";
        const place = this.getAttribute("place") ?? (camera ? `${camera.school.name} · ${camera.area.name}` : "");
        this.#stage.nameText.textContent = name;
        this.#stage.placeText.textContent = place;
        this.setAttribute("aria-label", t("live.label", { name }));
        const isSimulated = camera?.simulated || this.hasAttribute("simulated");
        this.#stage.badge("simulated", isSimulated ? t("live.simulated") : null);
    }

    /** Stops a while after the camera is out of sight, starts at once when it comes back. */
    #sightChanged(patience) {
        clearTimeout(this.#sight);
        if (this.#isVisible && !document.hidden) return this.#update();
        this.#sight = setTimeout(() => this.#update(), patience);
    }

    #statusChanged() {
        this.#label();
        const { status } = this;
        if (status.state === "live") this.#player?.hurry();
        this.#update();
    }

    /** Brings the player in line with what is wanted. */
    #update() {
        if (!this.#stage || this.#life.signal.aborted) return;
        const isWanted = this.#isVisible && !document.hidden && !this.#isSuspended && !this.#isPaused;
        const { status } = this;
        const canPlay = !status || status.state === "live";
        if (isWanted && !this.#stage.hasStill && this.hasAttribute("poster") && canPlay) this.#refreshStill();
        if (isWanted && canPlay) {
            this.#player ??= this.#newPlayer();
            this.#player.start();
            return this.#show();
        }
        this.#player?.stop();
        this.#player = null;
        clearInterval(this.#stills);
        const state = this.#isPaused ? "paused" : canPlay ? "idle" : status.state;
        this.#enter(state, {});
    }

    #newPlayer() {
        const player = new LivePlayer(this.#stage.video, {
            camera: this.camera, stream: this.getAttribute("stream"),
            onchange: (state, detail) => { if (player === this.#player) this.#playerChanged(state, detail); },
            onfreeze: () => this.#stage.freeze(),
        });
        return player;
    }

    #playerChanged(state, detail = {}) {
        if (state === "failed" && detail.problem.code === "codec") {
            this.#enter("unsupported", detail);
            this.#refreshStill();
            clearInterval(this.#stills);
            this.#stills = setInterval(() => {
                if (this.#isVisible && !document.hidden) this.#refreshStill();
            }, stillInterval);
            return;
        }
        if (state === "playing") {
            this.#stage.thaw();
            this.#buttons.sound.hidden = !detail.hasSound;
        }
        this.#enter(state, detail);
    }

    #enter(state, detail) {
        const before = this.#state;
        this.#state = state;
        this.#detail = detail;
        this.dataset.state = state;
        const message = this.#show();
        if (before === state) return;
        // Connecting is said by the picture alone: a wall would never stop talking.
        if (!["idle", "connecting", "paused"].includes(state)) {
            this.#stage.speak(message ? [this.getAttribute("name"), message.title].filter(Boolean).join(" ") : "");
        }
        this.dispatchEvent(new CustomEvent("live-state", { bubbles: true, detail: state }));
        if (state === "paused") relabel(this.#buttons.pause, "play", t("live.resume"));
        else relabel(this.#buttons.pause, "pause", t("live.pause"));
    }

    #show() {
        const message = describe(this.#state, this.#detail, this.status, this.#time, {
            hasStill: this.#stage.hasStill,
            retry: () => {
                this.#player?.stop();
                this.#player = null;
                this.#update();
            },
            play: () => this.#stage.video.play().catch(() => {}),
        });
        this.#stage.say(message);
        this.#stage.badge("live", this.#state === "playing" ? t("live.live") : null);
        return message;
    }

    #refreshStill() {
        const wide = this.clientWidth * devicePixelRatio;
        const width = [320, 640, 1280].find((size) => size >= wide) ?? 1920;
        const query = this.#state === "unsupported" ? { width, t: Math.floor(Date.now() / 1000) } : { width };
        this.#stage.showStill(cameraURL(this.camera, "snapshot.jpg", query)).then(() => this.#show());
    }

    #tick() {
        if (this.#state === "playing" || this.#state === "unsupported") {
            this.#stage.clockText.textContent = this.#time.clock(serverNow() - (this.#player?.behind ?? 0));
        }
        if (this.#state === "waiting") this.#show();
    }

    #toggleSound() {
        const { video } = this.#stage;
        video.muted = !video.muted;
        if (video.muted) relabel(this.#buttons.sound, "soundOff", t("live.soundOn"));
        else relabel(this.#buttons.sound, "soundOn", t("live.soundOff"));
    }

    async #snapshot() {
        if (await this.#stage.saveSnapshot(this.#time.fileStamp(serverNow()))) return;
        location.assign(cameraURL(this.camera, "snapshot.jpg"));
    }

    #key(event) {
        if (isTyping(event) || pressesTarget(event)) return;
        const actions = {
            " ": () => { this.paused = !this.paused; },
            f: () => toggleFullScreen(this),
            m: () => { if (!this.#buttons.sound.hidden) this.#toggleSound(); },
            s: () => this.#snapshot(),
            "+": () => this.#stage.zoom.by(1.5),
            "=": () => this.#stage.zoom.by(1.5),
            "-": () => this.#stage.zoom.by(1 / 1.5),
            0: () => this.#stage.zoom.reset(),
        };
        const action = actions[event.key];
        if (!action) return;
        event.preventDefault();
        event.stopPropagation();
        action();
    }
}

customElements.define("live-video", LiveVideo);
