/**
 * What cameras are doing and what is captured, from one `EventSource` for the page (`/api/v1/events`).
 *
 * Dispatches on `document`:
 * - `camera-status`, detail = one camera of `GET /api/v1/cameras`: at connect for all, then on each change;
 * - `captures-head`, detail = `{ newest, unseen, ongoing: { camera: count } }`: at connect;
 * - `camera-capture`, detail = one capture of `GET /api/v1/captures` with `cameraOngoing` and, as HTML, its `card`: when
 *   it comes, and whenever more is known of it;
 * - `hall-changed`: a screen of the hall may have to show something else;
 * - `status-link`, detail = `{ connected }`: whether these are up to date.
 *
 * The connection opens with the first `watchStatuses` or `watchCaptures`, closes while the page is hidden (unless
 * `keepListening`), and comes back by itself.
 */
const address = "/api/v1/events";
/** Hidden for longer than this, a page gives its connection up: browsers allow few for each server. */
const hiddenPatience = 10_000;
const longestWait = 30_000;

/** The last word on each camera, by id. */
export const statuses = new Map();

let source = null;
let wanted = false;
let wantsStatuses = false;
let lastSeen = () => null;
let listensHidden = false;
let wait = 1000;
let retry = 0;
let hiding = 0;

export function watchStatuses() {
    if (wantsStatuses) return;
    wantsStatuses = true;
    // A connection that tells captures only is not enough any more.
    close();
    watch();
}

/** @param {() => string | null} seen the newest capture that the person has looked at. */
export function watchCaptures(seen) {
    lastSeen = seen;
    watch();
}

/** Whether a hidden page hears of captures too: somebody wants them to be heard. */
export function keepListening(isOn) {
    listensHidden = isOn;
    if (isOn) clearTimeout(hiding);
}

function watch() {
    if (wanted) {
        if (!document.hidden) open();
        return;
    }
    wanted = true;
    document.addEventListener("visibilitychange", () => {
        clearTimeout(hiding);
        if (!document.hidden) open();
        else if (!listensHidden) hiding = setTimeout(close, hiddenPatience);
    });
    addEventListener("pagehide", close);
    addEventListener("pageshow", open);
    if (!document.hidden) open();
}

function open() {
    if (source || !wanted) return;
    clearTimeout(retry);
    const query = new URLSearchParams();
    if (!wantsStatuses) query.set("only", "captures");
    if (lastSeen()) query.set("seen", lastSeen());
    source = new EventSource(`${address}?${query}`);
    source.addEventListener("open", () => {
        wait = 1000;
        tell("status-link", { connected: true });
    });
    source.addEventListener("status", ({ data }) => {
        const camera = JSON.parse(data);
        statuses.set(camera.id, camera);
        tell("camera-status", camera);
    });
    source.addEventListener("captures", ({ data }) => tell("captures-head", JSON.parse(data)));
    source.addEventListener("capture", ({ data }) => tell("camera-capture", JSON.parse(data)));
    source.addEventListener("hall", () => tell("hall-changed", null));
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
