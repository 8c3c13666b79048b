/**
 * Endless responses over HTTP/1.1 are few: browsers open six connections to a server, for all windows together, and
 * pages, pictures and events need some of them. Over HTTP/2 there is no such limit.
 *
 * Windows tell one another what they hold through local storage: it answers at once, and on plain HTTP too.
 */
const most = 3;
const heartbeat = 5000;
const prefix = "live-connections/";

const mine = prefix + Math.random().toString(36).slice(2);
let held = 0;
let beating = 0;

/** @returns {null | (() => void)} what gives the connection back; null when none is free. */
export function takeConnection() {
    if (!isLimited()) return () => {};
    if (held + heldByOthers() >= most) return null;
    hold(1);
    let isHeld = true;
    return () => {
        if (isHeld) hold(-1);
        isHeld = false;
    };
}

function isLimited() {
    const protocol = performance.getEntriesByType("navigation")[0]?.nextHopProtocol ?? "";
    return !/^h[23]/.test(protocol);
}

function hold(step) {
    held += step;
    clearInterval(beating);
    if (held > 0) beating = setInterval(tell, heartbeat);
    tell();
}

function tell() {
    try {
        if (held > 0) localStorage.setItem(mine, JSON.stringify({ held, at: Date.now() }));
        else localStorage.removeItem(mine);
    } catch {
        // A browser that keeps nothing: each window counts for itself.
    }
}

function heldByOthers() {
    let sum = 0;
    try {
        for (const key of Object.keys(localStorage)) {
            if (!key.startsWith(prefix) || key === mine) continue;
            const told = JSON.parse(localStorage.getItem(key));
            // A window that crashed says nothing any more.
            if (Date.now() - told.at > 3 * heartbeat) localStorage.removeItem(key);
            else sum += told.held;
        }
    } catch {
        return sum;
    }
    return sum;
}

addEventListener("pagehide", () => {
    try {
        localStorage.removeItem(mine);
    } catch {
        // As above.
    }
});
addEventListener("pageshow", tell);
