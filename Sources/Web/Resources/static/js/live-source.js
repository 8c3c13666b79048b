import { body, cameraURL, getBytes, pause, request } from "./api.js";

/** A camera's endless fragmented MP4, as chunks of bytes; ends when the camera is lost. */
export async function* streamed(camera, stream, signal) {
    const query = stream === "sub" ? { stream } : {};
    const response = await request(cameraURL(camera, "live.mp4", query), { signal });
    const reader = response.body.getReader();
    try {
        for (;;) {
            const { done, value } = await body(reader.read(), signal);
            if (done) return;
            yield value;
        }
    } finally {
        reader.cancel().catch(() => {});
    }
}

/**
 * The same bytes in many short requests, from the low-latency playlist: for walls with more cameras than the browser
 * has connections. Half a second later than the stream.
 */
export async function* polled(camera, stream, signal) {
    const interval = 450;
    const address = new URL(cameraURL(camera, stream === "sub" ? "sub/live.m3u8" : "live.m3u8"), location.href);
    let init = null;
    let last = null;
    for (;;) {
        const began = performance.now();
        const parts = partsOf(await body((await request(address, { signal })).text(), signal));
        for (const part of following(parts, last)) {
            if (part.init !== init) {
                init = part.init;
                yield await getBytes(new URL(init, address), null, { signal });
            }
            yield await getBytes(new URL(part.uri, address), null, { signal });
            last = part.uri;
        }
        await pause(Math.max(50, interval - (performance.now() - began)), signal);
        signal?.throwIfAborted();
    }
}

/** What comes after the last one; from the newest keyframe on at first, and when too late for the next one. */
function following(parts, last) {
    const at = parts.findIndex(({ uri }) => uri === last);
    return parts.slice(at >= 0 ? at + 1 : Math.max(0, parts.findLastIndex(({ isIndependent }) => isIndependent)));
}

/** @param {string} playlist RFC 8216bis. Segments count only where their parts are no longer listed. */
function partsOf(playlist) {
    const parts = [];
    let init = null;
    let hasParts = false;
    for (const line of playlist.split(/\r?\n/)) {
        if (line.startsWith("#EXT-X-MAP:")) {
            init = /URI="([^"]+)"/.exec(line)[1];
        } else if (line.startsWith("#EXT-X-PART:")) {
            hasParts = true;
            parts.push({ uri: /URI="([^"]+)"/.exec(line)[1], isIndependent: line.includes("INDEPENDENT=YES"), init });
        } else if (line !== "" && !line.startsWith("#")) {
            if (!hasParts) parts.push({ uri: line, isIndependent: true, init });
            hasParts = false;
        }
    }
    return parts;
}
