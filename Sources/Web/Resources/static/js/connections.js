/**
 * Endless responses over HTTP/1.1 are few: browsers open six connections to a server, for all windows together, and
 * pages, pictures and events need some of them. Over HTTP/2 there is no such limit.
 */
const most = 3;
const heartbeat = 5000;
/** For the other windows' answers, when this one asks for the first time. */
const patience = 80;

const me = Math.random();
const others = new Map();
let held = 0;
let channel = null;
let asked = null;

/** @returns {Promise<null | (() => void)>} what gives the connection back; null when none is free. */
export async function takeConnection() {
    if (!isLimited()) return () => {};
    await join();
    if (held + heldByOthers() >= most) return null;
    held += 1;
    tell();
    let isHeld = true;
    return () => {
        if (isHeld) held -= 1;
        isHeld = false;
        tell();
    };
}

function isLimited() {
    const protocol = performance.getEntriesByType("navigation")[0]?.nextHopProtocol ?? "";
    return !/^h[23]/.test(protocol);
}

function join() {
    asked ??= new Promise((resolve) => {
        channel = new BroadcastChannel("live-connections");
        channel.addEventListener("message", ({ data }) => {
            if (data.held === undefined) return tell();
            others.set(data.from, { held: data.held, at: Date.now() });
        });
        channel.postMessage({ from: me });
        setInterval(() => { if (held > 0) tell(); }, heartbeat);
        setTimeout(resolve, patience);
    });
    return asked;
}

function tell() { channel?.postMessage({ from: me, held }); }

function heldByOthers() {
    let sum = 0;
    for (const [other, told] of others) {
        // A window that crashed says nothing any more.
        if (Date.now() - told.at > 3 * heartbeat) others.delete(other);
        else sum += told.held;
    }
    return sum;
}
