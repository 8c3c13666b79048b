import { cameraURL, getJSON, serverNow } from "./api.js";

const chunkLength = 300_000;
/** Footage this young may not be in the list yet. */
const unsettled = 30_000;
const refreshAfter = 2500;
/** Shorter ones are seams between segments, not gaps that anybody would see. */
export const seam = 1500;

/**
 * What is recorded of one camera. Moments are UTC milliseconds.
 *
 * `spans` and `gaps` are for drawing and skipping, `segments` for playing; both are read as they are needed, and again
 * near the present.
 */
export class Footage {
    #chunks = new Map();
    #loading = new Map();

    /** Recorded stretches `{ start, end }` of the loaded range, ascending. */
    spans = [];
    /** `{ start, end, reason, reasonText }` */
    gaps = [];
    range = { start: 0, end: 0 };

    constructor(camera) { this.camera = camera; }

    async load(start, end, signal) {
        const told = await getJSON(cameraURL(this.camera, "timeline", { from: start, to: end }), { signal });
        this.range = { start, end };
        this.spans = told.spans;
        this.gaps = told.gaps;
    }

    /** The stretch that holds a moment, over seams; undefined in gaps. */
    span(moment) {
        return this.spans.find(({ start, end }) => start <= moment && moment < end + seam);
    }

    gap(moment) { return this.gaps.find(({ start, end }) => start <= moment && moment < end); }

    /** The first moment at or after this one with footage; undefined when there is none in the loaded range. */
    next(moment) {
        const span = this.spans.find(({ end }) => end > moment);
        return span && Math.max(span.start, moment);
    }

    get end() { return this.spans.at(-1)?.end; }

    /** Segments that overlap a range, ascending: `{ key, file, start, end, offset, length }`. */
    async segments(start, end, signal) {
        const first = Math.floor(start / chunkLength);
        const last = Math.floor((end - 1) / chunkLength);
        const wanted = [];
        for (let index = first; index <= last; index += 1) wanted.push(this.#chunk(index, signal));
        const found = new Map();
        for (const segment of (await Promise.all(wanted)).flat()) {
            if (segment.end > start && segment.start < end) found.set(segment.key, segment);
        }
        return [...found.values()].sort((a, b) => a.start - b.start);
    }

    /** The segment that holds a moment: null when there is none, undefined when the list hasn't been read yet. */
    known(moment) {
        const chunk = this.#chunks.get(Math.floor(moment / chunkLength));
        return chunk && (chunk.segments.find(({ start, end }) => start <= moment && moment < end) ?? null);
    }

    /** Something that was there is gone (retention): the lists are read again. */
    forget() { this.#chunks.clear(); }

    #chunk(index, signal) {
        const kept = this.#chunks.get(index);
        const isFinal = kept && (index + 1) * chunkLength < kept.at - unsettled;
        if (kept && (isFinal || serverNow() - kept.at < refreshAfter)) return kept.segments;
        const loading = this.#loading.get(index);
        if (loading) return loading;
        const reading = this.#read(index, signal).finally(() => this.#loading.delete(index));
        this.#loading.set(index, reading);
        return reading;
    }

    async #read(index, signal) {
        const at = serverNow();
        const query = { from: index * chunkLength, to: (index + 1) * chunkLength };
        const told = await getJSON(cameraURL(this.camera, "segments", query), { signal });
        const segments = told.segments.map(([file, start, duration, offset, length]) => ({
            key: `${told.files[file].url}@${offset}`, file: told.files[file], start, end: start + duration, offset,
            length,
        }));
        this.#chunks.set(index, { at, segments });
        return segments;
    }
}

/** The first moment at or after this one at which any of these has footage. */
export function nextFootage(footages, moment) {
    const moments = footages.map((footage) => footage.next(moment)).filter((next) => next !== undefined);
    return moments.length > 0 ? Math.min(...moments) : undefined;
}
