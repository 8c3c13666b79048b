/**
 * A screen of the hall, with nobody at the keyboard: `<main id="hall">` holds the panels of a scene as the server laid
 * them out; this keeps what they show fresh for weeks.
 *
 * - What changes comes as one snapshot (`data-state`), asked for each 10 s and whenever an event says that it is worth it.
 * - Another scene takes the page's place without leaving it; other files of the program, and other people before the screen
 *   (staff, visitors), load the page anew, once the server is known to answer.
 * - While the server can't be reached the screen says so, asks each 2 s, and comes back by itself. `data-link` is `up` or `lost`.
 * - At a quiet moment of the night it loads itself anew: whatever a browser gathers in a day goes.
 */
import { HallClock } from "./hall-clock.js";
import { HallMap } from "./hall-map.js";
import { HallText } from "./hall-text.js";
import { TerritoryTime } from "./territory-time.js";
import { serverNow } from "./api.js";

const interval = 10_000;
const retry = 2000;
/** Events come in crowds: one snapshot answers all, and the next crowd waits a while. */
const soon = 1000;
const crowd = 5000;
const patience = 8000;
const nightHour = "03";
const leastAge = 12 * 3600_000;

class Hall {
    #root;
    #panels = new Map();
    #grids = [];
    #time;
    #timer = 0;
    #due = 0;
    #asking = false;
    #again = false;
    #isLost = false;
    #asked = -Infinity;
    #states = new Map();
    #began = performance.now();

    constructor(root) {
        this.#root = root;
        this.#time = TerritoryTime.of(root);
    }

    get #isStaff() { return this.#root.dataset.audience === "staff"; }

    async start() {
        await this.#listen();
        await this.#arrange();
        this.#ask();
        // No earlier than half a minute after the hour, so that a row of screens doesn't ask at once.
        setInterval(() => this.#rest(), 60_000 + Math.random() * 30_000);
        addEventListener("online", () => this.#askWithin(0));
        this.#hideTheMouse();
    }

    /** Something may have changed. */
    async #listen() {
        if (this.#isStaff) {
            // The pictures' own connection tells it too: browsers allow few.
            const { watchStatuses } = await import("./status.js");
            document.addEventListener("hall-changed", () => this.#askWithin(0));
            document.addEventListener("camera-capture", () => this.#askSoon());
            document.addEventListener("camera-status", ({ detail: { id, status } }) => {
                // Much is told of a camera; what counts here is whether it has a picture.
                if (this.#states.get(id) !== status.state) this.#askSoon();
                this.#states.set(id, status.state);
            });
            document.addEventListener("status-link", () => this.#askWithin(0));
            watchStatuses();
            return;
        }
        const events = () => {
            const source = new EventSource("/api/v1/events?only=hall");
            source.addEventListener("hall", () => this.#askWithin(0));
            source.addEventListener("error", () => {
                this.#askWithin(0);
                if (source.readyState === EventSource.CLOSED) setTimeout(events, 10_000);
            });
        };
        events();
    }

    /** Gives each panel of the scene what keeps it fresh. */
    async #arrange() {
        this.#stop();
        const Grid = this.#isStaff
            ? (await import("./hall-live.js")).LiveGrid : (await import("./hall-public.js")).PublicGrid;
        for (const section of this.#root.querySelectorAll(".hall-panel")) {
            const index = Number(section.dataset.index);
            const panel = this.#panelOf(section, Grid);
            if (panel) this.#panels.set(index, panel);
        }
        this.#root.dataset.ready = "";
    }

    #panelOf(section, Grid) {
        const element = (name) => section.querySelector(name);
        switch (section.dataset.kind) {
        case "cameras": {
            const grid = new Grid(element(".hall-grid"));
            this.#grids.push(grid);
            return grid;
        }
        case "clock": return new HallClock(element(".hall-clock"), this.#time);
        case "map": return new HallMap(element(".hall-map"));
        default: return new HallText(element(".hall-body"));
        }
    }

    #stop() {
        for (const panel of this.#panels.values()) panel.stop();
        this.#panels.clear();
        this.#grids = [];
    }

    #askSoon() { this.#askWithin(Math.max(soon, this.#asked + crowd - performance.now())); }

    /** Earlier when somebody has asked for that already. */
    #askWithin(milliseconds) {
        const due = performance.now() + milliseconds;
        if (this.#due !== 0 && this.#due <= due && this.#timer) return;
        clearTimeout(this.#timer);
        this.#due = due;
        this.#timer = setTimeout(() => this.#ask(), milliseconds);
    }

    async #ask() {
        clearTimeout(this.#timer);
        this.#timer = 0;
        if (this.#asking) {
            this.#again = true;
            return;
        }
        this.#asking = true;
        this.#again = false;
        this.#asked = performance.now();
        let next = interval;
        try {
            const response = await fetch(this.#root.dataset.state, {
                credentials: "same-origin", signal: AbortSignal.timeout(patience), redirect: "manual",
            });
            // Signed out, or the scene is gone: the page itself says what to do.
            if (response.type === "opaqueredirect" || [401, 403, 404].includes(response.status)) return await this.#reload();
            if (!response.ok) throw new Error(`${response.status}`);
            const state = await response.json();
            this.#found();
            await this.#apply(state);
        } catch (error) {
            if (!(error instanceof TypeError || error.name === "TimeoutError" || /^\d+$/.test(error.message))) {
                console.warn(error);
            }
            this.#lose();
            this.#again = false;
            next = retry;
        } finally {
            this.#asking = false;
            this.#due = 0;
            this.#askWithin(this.#again ? 0 : next);
        }
    }

    async #apply(state) {
        const { version, audience, scene, revision } = this.#root.dataset;
        if (state.version !== version || state.audience !== audience) return this.#reload();
        if (state.scene !== scene || state.revision !== revision) await this.#swap();
        for (const panel of state.panels) this.#panels.get(panel.index)?.update(panel);
    }

    /** Another scene of the same audience: its panels come from the page's own address. */
    async #swap() {
        const response = await fetch(location.href, { credentials: "same-origin", signal: AbortSignal.timeout(patience) });
        if (!response.ok) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const root = page.getElementById("hall");
        const needsLibrary = root?.querySelector(".hall-map") && page.querySelector("script[src$='leaflet.js']");
        if (!root || root.dataset.audience !== this.#root.dataset.audience || (needsLibrary && !globalThis.L)) {
            return this.#reload();
        }
        this.#stop();
        this.#root.replaceWith(document.adoptNode(root));
        this.#root = root;
        document.title = page.title;
        await this.#arrange();
    }

    #lose() {
        if (this.#isLost) return;
        this.#isLost = true;
        this.#root.dataset.link = "lost";
        for (const note of this.#root.querySelectorAll(".hall-link")) note.hidden = false;
    }

    #found() {
        for (const note of this.#root.querySelectorAll(".hall-link")) note.hidden = true;
        this.#root.dataset.link = "up";
        if (!this.#isLost) return;
        this.#isLost = false;
        // Players wait longer and longer before they try again: now is the time.
        for (const grid of this.#grids) grid.hurry();
    }

    /** Only a server that answers is asked for a page: a browser's own page of errors would stay for ever. */
    async #reload() {
        try {
            const response = await fetch("/health", { cache: "no-store", signal: AbortSignal.timeout(patience) });
            if (response.ok) location.reload();
        } catch {
            this.#lose();
        }
    }

    #rest() {
        const isNight = this.#time.clock(serverNow()).startsWith(nightHour);
        if (isNight && performance.now() - this.#began > leastAge) this.#reload();
    }

    #hideTheMouse() {
        let timer = 0;
        const seen = () => {
            document.body.classList.remove("idle");
            clearTimeout(timer);
            timer = setTimeout(() => document.body.classList.add("idle"), 3000);
        };
        addEventListener("pointermove", seen, { passive: true });
        seen();
    }
}

new Hall(document.getElementById("hall")).start();
