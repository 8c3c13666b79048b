/**
 * `<live-wall [cameras="id,id"] [columns="2"] [remember="wall"] [fill]>`: many live cameras at once.
 *
 * What the server put inside stays until this script runs. A JSON script inside may hold the cameras (see cameras.js).
 * - Layouts 1, 4, 9, 16; pages; rotation through the pages; one camera large; full screen. The choice is kept in the
 *   address (`layout`, `page`, `rotate`, `camera`) and, under the name `remember`, in the browser.
 * - Nine and more show the sub-streams, where there are any.
 * - `data-layout`, `data-page`, `data-pages`, `data-rotating`, `data-large` (camera) tell the state; `data-idle` = no
 *   pointer for a while (in full screen the bar hides).
 * - Keys: 1 4 9 6, arrows and page keys, `f`, `r`, Esc, `?`; on a tile Enter makes it large, the rest is the tile's.
 */
import "./live-video.js";
import { camerasOf, place } from "./cameras.js";
import { isTyping, make, pressesTarget, toggleFullScreen } from "./elements.js";
import { showKeys } from "./keys-help.js";
import { Rotation } from "./wall-rotation.js";
import { WallCaptures } from "./wall-captures.js";
import { WallBar } from "./wall-bar.js";
import { WallChoice } from "./wall-choice.js";
import { watchStatuses } from "./status.js";
import { t } from "./strings.js";

const idleAfter = 3000;
/** Others go on under a large one for so long, so that a quick look costs no reconnecting. */
const suspendAfter = 10_000;
/** From here on a sub-stream is sharp enough for a tile. */
const firstLayoutOfSubs = 9;

class LiveWall extends HTMLElement {
    #life = null;
    #cameras = [];
    #tiles = new Map();
    #choice;
    #rotation;
    #bar;
    #captures;
    #grid;
    #page = 0;
    #large = null;
    #idle = 0;
    #suspending = 0;

    async connectedCallback() {
        this.#life = new AbortController();
        const { signal } = this.#life;
        this.dataset.theme = "dark";
        try {
            this.#cameras = await camerasOf(this, { signal });
        } catch (error) {
            if (!signal.aborted) this.replaceChildren(make("p", { class: "wall-empty", role: "alert" }, error.message));
            return;
        }
        if (signal.aborted) return;
        watchStatuses();
        this.#captures = new WallCaptures(() => this.#tiles.values(), signal);
        this.#build(signal);
        this.#listen(signal);
        this.#arrange();
    }

    disconnectedCallback() {
        this.#life?.abort();
        this.#rotation?.stop();
        clearTimeout(this.#idle);
        clearTimeout(this.#suspending);
        this.#tiles.clear();
        this.replaceChildren();
    }

    get #pageCount() { return Math.max(1, Math.ceil(this.#cameras.length / this.#choice.layout)); }

    #build(signal) {
        this.#choice = new WallChoice(this.getAttribute("remember") ?? "wall", {
            layout: Number(this.getAttribute("columns") ?? 2) ** 2,
        });
        this.#page = this.#choice.page;
        this.#large = this.#cameras.some(({ id }) => id === this.#choice.camera) ? this.#choice.camera : null;
        this.#rotation = new Rotation(() => this.#turn(1), (seconds) => this.#bar.count(seconds));
        this.#bar = new WallBar({
            layout: (layout) => this.#setLayout(layout),
            turn: (step) => this.#turn(step),
            rotate: (isOn) => this.#rotate(isOn),
            seconds: (seconds) => {
                this.#choice.seconds = seconds;
                this.#rotate(true);
            },
            back: () => this.#enlarge(null),
            fullScreen: () => toggleFullScreen(this),
            help: () => this.#help(),
        });
        this.#grid = make("div", { class: "wall-grid" });
        this.replaceChildren(this.#bar.element, this.#grid);
        if (this.#cameras.length === 0) this.#grid.append(make("p", { class: "wall-empty" }, t("wall.empty")));
        if (this.#choice.isRotating) this.#rotation.start(this.#choice.seconds);
        document.addEventListener("status-link", ({ detail }) => this.#bar.link(detail.connected), { signal });
        document.addEventListener("fullscreenchange", () => {
            this.#bar.fullScreen(document.fullscreenElement === this);
        }, { signal });
    }

    #listen(signal) {
        const busy = () => this.#busy();
        for (const name of ["pointermove", "pointerdown", "wheel", "keydown", "focusin"]) {
            this.addEventListener(name, busy, { signal, passive: true });
        }
        document.addEventListener("keydown", (event) => this.#key(event), { signal });
        this.#grid.addEventListener("click", (event) => {
            const tile = event.target.closest("live-video");
            if (tile && !event.target.closest("button, a") && this.#large !== tile.camera) this.#enlarge(tile.camera);
        }, { signal });
        this.#busy();
    }

    /** Somebody is here: the bar shows, rotation waits. */
    #busy() {
        delete this.dataset.idle;
        this.#rotation.postpone();
        clearTimeout(this.#idle);
        this.#idle = setTimeout(() => {
            if (!this.#bar.element.contains(document.activeElement)) this.dataset.idle = "";
        }, idleAfter);
    }

    #setLayout(layout) {
        const first = this.#page * this.#choice.layout;
        this.#choice.layout = layout;
        this.#page = Math.floor(first / layout);
        this.#large = null;
        this.#arrange();
    }

    #turn(step) {
        if (this.#large) {
            const at = this.#cameras.findIndex(({ id }) => id === this.#large);
            const next = (at + step + this.#cameras.length) % this.#cameras.length;
            this.#page = Math.floor(next / this.#choice.layout);
            return this.#enlarge(this.#cameras[next].id);
        }
        this.#page = (this.#page + step + this.#pageCount) % this.#pageCount;
        this.#arrange();
    }

    #rotate(isOn) {
        this.#choice.isRotating = isOn;
        if (isOn) this.#rotation.start(this.#choice.seconds);
        else this.#rotation.stop();
        this.#tell();
    }

    #enlarge(camera) {
        const before = this.#tiles.get(this.#large);
        this.#large = camera;
        before?.zoom?.reset();
        this.#arrange();
        (this.#tiles.get(camera) ?? before)?.focus({ preventScroll: true });
    }

    /** Brings tiles in line with layout, page and the large one. */
    #arrange() {
        const { layout } = this.#choice;
        this.#page = Math.min(this.#page, this.#pageCount - 1);
        const shown = this.#cameras.slice(this.#page * layout, (this.#page + 1) * layout);
        const ids = new Set(shown.map(({ id }) => id));
        for (const [id, tile] of this.#tiles) {
            if (ids.has(id)) continue;
            tile.remove();
            this.#tiles.delete(id);
        }
        shown.forEach((camera, index) => {
            const tile = this.#tiles.get(camera.id) ?? this.#newTile(camera);
            if (this.#grid.children[index] !== tile) this.#grid.insertBefore(tile, this.#grid.children[index] ?? null);
            const isLarge = camera.id === this.#large;
            tile.classList.toggle("is-large", isLarge);
            tile.toggleAttribute("bare", !isLarge && layout > 1);
            const isSub = layout >= firstLayoutOfSubs && camera.hasSub && !isLarge;
            if (isSub !== (tile.getAttribute("stream") === "sub")) {
                if (isSub) tile.setAttribute("stream", "sub");
                else tile.removeAttribute("stream");
            }
        });
        this.#grid.style.setProperty("--wall-columns", Math.sqrt(layout));
        this.#suspendOthers();
        this.#tell();
    }

    #newTile(camera) {
        const isSub = this.#choice.layout >= firstLayoutOfSubs && camera.hasSub && camera.id !== this.#large;
        const tile = make("live-video", {
            camera: camera.id, name: camera.name, place: place(camera), simulated: camera.simulated, poster: true,
            stream: isSub ? "sub" : null,
        });
        this.#tiles.set(camera.id, tile);
        this.#captures.mark(tile);
        return tile;
    }

    #suspendOthers() {
        clearTimeout(this.#suspending);
        for (const tile of this.#tiles.values()) {
            tile.inert = this.#large !== null && tile.camera !== this.#large;
            if (!tile.inert) tile.suspended = false;
        }
        if (!this.#large) return;
        this.#suspending = setTimeout(() => {
            for (const tile of this.#tiles.values()) tile.suspended = tile.inert;
        }, suspendAfter);
    }

    #tell() {
        const { layout, isRotating, seconds } = this.#choice;
        Object.assign(this.dataset, {
            layout, page: this.#page + 1, pages: this.#pageCount, rotating: isRotating, large: this.#large ?? "",
        });
        this.#choice.page = this.#page;
        this.#choice.camera = this.#large;
        this.#choice.keep();
        this.#bar.show({
            layout, page: this.#page + 1, pages: this.#pageCount, isRotating, seconds, isLarge: this.#large !== null,
        });
        const zoomed = () => [...this.#tiles.values()].some((tile) => tile.dataset.zoomed === "true");
        const asking = () => document.querySelector("dialog[open]") !== null;
        this.#rotation.isHeld = () => this.#large !== null || zoomed() || asking();
    }

    #key(event) {
        if (isTyping(event) || pressesTarget(event)) return;
        const isLayout = { 1: 1, 4: 4, 9: 9, 6: 16 }[event.key];
        const tile = event.target.closest?.("live-video");
        const actions = {
            ArrowLeft: () => this.#turn(-1), PageUp: () => this.#turn(-1),
            ArrowRight: () => this.#turn(1), PageDown: () => this.#turn(1),
            f: () => toggleFullScreen(this), r: () => this.#rotate(!this.#choice.isRotating),
            "?": () => this.#help(),
            ...(this.#large ? { Escape: () => this.#enlarge(null) } : {}),
            ...(tile && this.#tiles.has(tile.camera) ? { Enter: () => this.#enlarge(tile.camera) } : {}),
            ...(isLayout ? { [event.key]: () => this.#setLayout(isLayout) } : {}),
        };
        const action = actions[event.key];
        if (!action) return;
        event.preventDefault();
        this.#busy();
        action();
    }

    #help() {
        showKeys(this, t("wall.keys"), [
            ["1 4 9 6", t("wall.keyLayouts")], ["left right", t("wall.keyPages")], ["enter", t("wall.keyEnlarge")],
            ["escape", t("wall.keyBack")], ["r", t("wall.keyRotate")], ["f", t("wall.keyFullScreen")],
            ["space", t("wall.keyPause")], ["+ - 0", t("wall.keyZoom")], ["s", t("wall.keySnapshot")],
        ]);
    }
}

customElements.define("live-wall", LiveWall);
