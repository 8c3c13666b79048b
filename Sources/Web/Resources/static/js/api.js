import { t } from "./strings.js";

const base = "/api/v1";

/** Something that a request could not do, in words for the person in front of the page. */
export class Problem extends Error {
    /** @param {string} code the server's code, or `network`, `signedOut`, `stalled`, `codec`, `undecodable`. */
    constructor(code, message, status = 0) {
        super(message);
        this.code = code;
        this.status = status;
    }

    /** Trying again can't help. */
    get isFinal() { return [400, 401, 403, 404, 428].includes(this.status) || this.code === "codec"; }
}

/** The address of a camera's resource. */
export function cameraURL(camera, resource, query = {}) {
    const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
    const text = new URLSearchParams(pairs).toString();
    return `${base}/cameras/${encodeURIComponent(camera)}/${resource}${text ? `?${text}` : ""}`;
}

/** A response that is fine; else throws a `Problem`, or the abort. */
export async function request(url, { signal, headers } = {}) {
    let response;
    try {
        response = await fetch(url, { signal, headers, credentials: "same-origin", cache: "no-store" });
    } catch (error) {
        if (signal?.aborted) throw error;
        throw new Problem("network", t("problem.network"));
    }
    learnServerTime(response);
    if (response.redirected && !new URL(response.url).pathname.startsWith(base)) {
        throw new Problem("signedOut", t("problem.signedOut"), 401);
    }
    if (response.ok) return response;
    const told = await response.json().catch(() => null);
    if (response.status === 428 && told?.error?.address) {
        // The reason for watching holds no longer: it is given on a page of its own, which leads back here.
        const next = encodeURIComponent(location.pathname + location.search);
        location.assign(`${told.error.address}&next=${next}`);
    }
    if (response.status === 401) throw new Problem("signedOut", t("problem.signedOut"), 401);
    throw new Problem(
        told?.error?.code ?? "server", told?.error?.message ?? t("problem.server", { status: response.status }),
        response.status);
}

export async function getJSON(path, options) {
    const response = await request(path.startsWith("/") ? path : `${base}/${path}`, options);
    return response.json();
}

export async function getBytes(url, range, options = {}) {
    const headers = range ? { Range: `bytes=${range.offset}-${range.offset + range.length - 1}` } : undefined;
    const response = await request(url, { ...options, headers });
    const bytes = new Uint8Array(await body(response.arrayBuffer(), options.signal));
    // A server that ignores ranges sends the whole file.
    if (range && response.status === 200) return bytes.subarray(range.offset, range.offset + range.length);
    return bytes;
}

/** What is read of a response; a connection that breaks meanwhile is a `Problem` as well. */
export async function body(reading, signal) {
    try {
        return await reading;
    } catch (error) {
        if (signal?.aborted) throw error;
        throw new Problem("network", t("problem.network"));
    }
}

let serverOffset = 0;

/** What the server's clock shows; the browser's own may be wrong. */
export function serverNow() { return Date.now() + serverOffset; }

function learnServerTime(response) {
    const date = Date.parse(response.headers.get("Date") ?? "");
    if (Number.isNaN(date)) return;
    // The header has whole seconds: nothing below two seconds is a difference.
    const offset = date + 500 - Date.now();
    serverOffset = Math.abs(offset) > 2000 ? offset : 0;
}

/** Resolves after a time, or at once when aborted. */
export function pause(milliseconds, signal) {
    return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const done = () => {
            clearTimeout(timer);
            signal?.removeEventListener("abort", done);
            resolve();
        };
        const timer = setTimeout(done, milliseconds);
        signal?.addEventListener("abort", done);
    });
}
