/**
 * What cameras are doing, from one `EventSource` for the page (`/api/v1/events`).
 *
 * Dispatches on `document`:
 * - `camera-status`, detail = one camera of `GET /api/v1/cameras`: at connect for all, then on each change;
 * - `status-link`, detail = `{ connected }`: whether these are up to date.
 *
 * The connection opens with the first `watchStatuses`, closes while the page is hidden, and comes back by itself.
 */
const address = "/api/v1/events";
/** Hidden for longer than this, a page gives its connection up: browsers allow few for each server. */
const hiddenPatience = 10_000;
const longestWait = 30_000;

/** The last word on each camera, by id. */
export const statuses = new Map();

let source = null;
let wanted = false;
let wait = 1000;
let retry = 0;
let hiding = 0;

export function watchStatuses() {
    if (wanted) return;
    wanted = true;
    document.addEventListener("visibilitychange", () => {
        clearTimeout(hiding);
        if (document.hidden) hiding = setTimeout(close, hiddenPatience);
        else open();
    });
    addEventListener("pagehide", close);
    addEventListener("pageshow", open);
    if (!document.hidden) open();
}

function open() {
    if (source || !wanted) return;
    clearTimeout(retry);
    source = new EventSource(address);
    source.addEventListener("open", () => {
        wait = 1000;
        tell("status-link", { connected: true });
    });
    source.addEventListener("status", ({ data }) => {
        const camera = JSON.parse(data);
        statuses.set(camera.id, camera);
        tell("camera-status", camera);
    });
    source.addEventListener("error", () => {
        tell("status-link", { connected: false });
        // The browser itself reconnects after a cut, but not after an answer that is no event stream.
        if (source?.readyState !== EventSource.CLOSED) return;
        close();
        retry = setTimeout(open, wait * (0.75 + Math.random() / 2));
        wait = Math.min(wait * 2, longestWait);
    });
}

function close() {
    clearTimeout(retry);
    source?.close();
    source = null;
}

function tell(name, detail) {
    document.dispatchEvent(new CustomEvent(name, { detail }));
}
