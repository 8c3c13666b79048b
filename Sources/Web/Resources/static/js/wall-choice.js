import { rotationSeconds } from "./wall-rotation.js";

/** Cameras at once. */
export const layouts = [1, 4, 9, 16];

/** What was chosen on a wall: from the address, else from the last time, else as the page says. */
export class WallChoice {
    #key;
    page = 0;
    camera = null;

    constructor(key, { layout }) {
        this.#key = key;
        const query = new URLSearchParams(location.search);
        const last = this.#last();
        const chosen = Number(query.get("layout") ?? last.layout ?? layout);
        this.layout = layouts.includes(chosen) ? chosen : 4;
        const seconds = Number(query.get("rotate") || last.seconds);
        this.seconds = rotationSeconds.includes(seconds) ? seconds : 10;
        this.isRotating = query.has("rotate") ? Number(query.get("rotate")) > 0 : last.isRotating === true;
        this.page = Math.max(0, (parseInt(query.get("page") ?? "1", 10) || 1) - 1);
        this.camera = query.get("camera");
    }

    keep() {
        const { layout, seconds, isRotating, page, camera } = this;
        const address = new URL(location.href);
        const set = (name, value) => {
            if (value === null) address.searchParams.delete(name);
            else address.searchParams.set(name, value);
        };
        set("layout", layout);
        set("page", page > 0 ? page + 1 : null);
        set("rotate", isRotating ? seconds : null);
        set("camera", camera);
        if (address.href !== location.href) history.replaceState(history.state, "", address);
        try {
            localStorage.setItem(this.#key, JSON.stringify({ layout, seconds, isRotating }));
        } catch {
            // A browser that keeps nothing (private window, full): the address still has it.
        }
    }

    #last() {
        try {
            return JSON.parse(localStorage.getItem(this.#key)) ?? {};
        } catch {
            return {};
        }
    }
}
