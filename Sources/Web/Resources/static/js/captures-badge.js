/**
 * Counts the captures that came since the person last looked at `/captures`, in `[data-badge]` of the rail and in the
 * window's title. What was seen is kept in the browser.
 */
import { watchCaptures } from "./status.js";

const memory = "captures-seen";
const title = document.title;
const isList = document.body.classList.contains("captures-page");
/** A capture's rule was met when it came; what is older than this has been told before. */
const newFor = 60_000;

const told = new Set();
let unseen = 0;
let headMet = Infinity;

function seen() {
    try {
        return localStorage.getItem(memory);
    } catch {
        return null;
    }
}

function markSeen(id) {
    try {
        if (id) localStorage.setItem(memory, id);
    } catch {
        // A browser that keeps nothing counts anew on each page.
    }
}

function show() {
    for (const badge of document.querySelectorAll("[data-badge]")) {
        badge.hidden = unseen === 0;
        badge.textContent = unseen > 99 ? "99+" : String(unseen);
    }
    document.title = unseen > 0 ? `(${unseen > 99 ? "99+" : unseen}) ${title}` : title;
}

document.addEventListener("captures-head", ({ detail }) => {
    headMet = Date.now() - newFor;
    if (detail.newest) told.add(detail.newest);
    unseen = detail.unseen ?? 0;
    if (seen() === null || (isList && !document.hidden)) {
        markSeen(detail.newest);
        unseen = 0;
    }
    show();
});

document.addEventListener("camera-capture", ({ detail }) => {
    if (told.has(detail.id) || detail.met < headMet) return;
    told.add(detail.id);
    if (isList && !document.hidden) markSeen(detail.id);
    else unseen += 1;
    show();
});

document.addEventListener("visibilitychange", () => {
    if (!isList || document.hidden || unseen === 0) return;
    markSeen([...told].at(-1));
    unseen = 0;
    show();
});

watchCaptures(seen);
