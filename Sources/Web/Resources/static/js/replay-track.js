import { Problem, cameraURL, getBytes, pause } from "./api.js";
import { sampleCount } from "./boxes.js";
import { seam } from "./replay-footage.js";
import { MediaFeed } from "./media-feed.js";
import { t } from "./strings.js";

/** Video time 0 is the start of the day; a day of 25 hours exists where clocks are put back. */
const longestDay = 90_000;
/** Seconds of footage that are read ahead and kept behind, at normal speed. */
const ahead = 12;
const behind = 12;
/** Larger requests are fewer, smaller ones are sooner there. */
const largestRequest = 3_000_000;
/** Seconds by which a video may differ from the clock before it is sought instead of nudged. */
const tolerance = 0.3;
const stillInterval = 2500;

/**
 * One camera's footage in a video element, following a clock that is somebody else's.
 *
 * `follow` is called many times a second, reads what will be needed, and answers with where it stands:
 * `ready` · `loading` (the clock should wait) · `gap` (no footage) · `stills` (this browser can't play it) ·
 * `failed`.
 */
export class ReplayTrack {
    #video;
    #footage;
    #origin;
    #feed = null;
    #held = new Map();
    #inits = new Map();
    #file = null;
    #reading = null;
    #wanted = 0;
    #rate = 1;
    #life = new AbortController();
    #unplayable = null;
    #stillAt = 0;
    #stillMoment = null;
    #onstill;
    #frameLength = 1000 / 15;

    /** Why it failed for good. */
    problem = null;
    /** Why it waits, in words, while it tries again. */
    trouble = null;

    /** @param {number} origin UTC milliseconds of video time 0. @param {(address) => void} onstill */
    constructor(video, footage, origin, onstill) {
        this.#video = video;
        this.#footage = footage;
        this.#origin = origin;
        this.#onstill = onstill;
    }

    /** Milliseconds between pictures, as far as known. */
    get frameLength() { return this.#frameLength; }
    /** The codecs that this browser can't play, else null. */
    get unplayable() { return this.#unplayable; }
    /** The moment that is shown. */
    get shown() { return this.#origin + this.#video.currentTime * 1000; }

    stop() {
        this.#life.abort();
        this.#feed?.detach();
    }

    /** @param {"play" | "hold" | "pause"} mode `hold`: the clock waits for another camera. */
    follow(moment, rate, mode) {
        this.#wanted = moment;
        this.#rate = rate;
        if (!this.#footage.span(moment)) {
            this.#video.pause();
            return "gap";
        }
        if (this.#unplayable) return this.#showStill(moment);
        if (this.problem) return "failed";
        this.#hurry(moment);
        this.#fill();
        if (this.#isBuffered(moment)) return this.#align(moment, rate, mode);
        this.#video.pause();
        if (!this.#isSeam(moment)) return "loading";
        // The last picture stands for its seam, but never for another time.
        return Math.abs(this.shown - moment) < 2 * seam ? "ready" : "gap";
    }

    #align(moment, rate, mode) {
        const video = this.#video;
        const position = this.#position(moment);
        // Before seeking: a video that goes on playing is never where it was sent.
        if (mode !== "play") video.pause();
        if (video.seeking) return "loading";
        const drift = video.currentTime - position;
        const most = mode === "pause" ? 0.002 : tolerance * Math.max(1, rate);
        if (Math.abs(drift) > most) {
            video.currentTime = position;
            return "loading";
        }
        if (mode !== "play") return "ready";
        // Half of the drift within a second; nobody sees that speed.
        const nudge = Math.max(-0.15, Math.min(0.15, -drift / (2 * rate)));
        video.playbackRate = Math.min(16, Math.max(0.1, rate * (1 + nudge)));
        if (video.paused) video.play().catch(() => {});
        return "ready";
    }

    #position(moment) { return (moment - this.#origin) / 1000; }

    #isBuffered(moment) {
        const position = this.#position(moment);
        const buffered = this.#feed?.buffered ?? { length: 0 };
        for (let index = 0; index < buffered.length; index += 1) {
            if (buffered.start(index) <= position + 0.001 && position < buffered.end(index) - 0.001) return true;
        }
        return false;
    }

    /** What is known of the moment is loaded, and holds no picture for it: the last one stays. */
    #isSeam(moment) {
        const segment = this.#footage.known(moment);
        return segment === null || (segment !== undefined && this.#held.has(segment.key));
    }

    /** Gives up reading what the clock has left behind. */
    #hurry(moment) {
        const reading = this.#reading;
        if (!reading || (reading.start - 1000 <= moment && moment < reading.end)) return;
        reading.controller.abort();
    }

    /** Reads what the clock needs next, one request at a time. */
    #fill() {
        if (this.#reading || this.#life.signal.aborted) return;
        const controller = new AbortController();
        this.#reading = { controller, start: this.#wanted, end: this.#wanted + this.#reach };
        this.#fillOnce(controller.signal)
            .then(() => { this.trouble = null; }, (error) => controller.signal.aborted || this.#fail(error))
            .finally(() => { this.#reading = null; });
    }

    get #reach() { return Math.min(90, ahead * Math.max(1, this.#rate)) * 1000; }

    async #fillOnce(signal) {
        const moment = this.#wanted;
        const segments = await this.#footage.segments(moment, moment + this.#reach, this.#life.signal);
        this.#dropStale();
        const missing = segments.filter(({ key }) => !this.#held.has(key));
        if (missing.length === 0) return pause(150, signal);
        // The picture that is waited for comes alone, what follows in larger pieces.
        const batch = this.#isBuffered(moment) ? run(missing) : missing.slice(0, 1);
        const init = await this.#init(batch[0].file, signal);
        if (this.#unplayable) return;
        const { offset } = batch[0];
        const length = batch.at(-1).offset + batch.at(-1).length - offset;
        const bytes = await getBytes(batch[0].file.url, { offset, length }, { signal });
        await this.#append(batch, init, bytes);
        await this.#evict();
    }

    async #append(batch, init, bytes) {
        const { file } = batch[0];
        this.#feed ??= await MediaFeed.attach(this.#video, { signal: this.#life.signal, duration: longestDay });
        if (this.#file !== file.url) {
            await this.#feed.begin(init, file.codecs, "segments");
            this.#file = file.url;
        }
        const offset = (file.start - this.#origin) / 1000;
        try {
            await this.#feed.append(bytes, offset);
        } catch (error) {
            if (error.name !== "QuotaExceededError") throw error;
            await this.#evict(2);
            await this.#feed.append(bytes, offset);
        }
        for (const segment of batch) this.#held.set(segment.key, segment);
        const pictures = sampleCount(bytes);
        if (pictures > 0) this.#frameLength = batch.reduce((sum, { start, end }) => sum + end - start, 0) / pictures;
    }

    async #init(file, signal) {
        if (!MediaFeed.isAvailable || !MediaFeed.plays(file.codecs)) {
            this.#unplayable = file.codecs;
            return null;
        }
        if (!this.#inits.has(file.url)) {
            // Of the last few files: a day has hundreds.
            if (this.#inits.size > 8) this.#inits.clear();
            this.#inits.set(file.url, await getBytes(file.url, { offset: 0, length: file.initBytes }, { signal }));
        }
        return this.#inits.get(file.url);
    }

    /** @param {number} [room] seconds that stay around the moment. */
    async #evict(room = behind * Math.max(1, this.#rate / 2)) {
        const from = this.#wanted - room * 1000;
        const to = this.#wanted + Math.max(room, 100) * 1000;
        for (const [key, { start, end }] of this.#held) if (end < from || start > to) this.#held.delete(key);
        const { buffered } = this.#feed;
        if (buffered.length === 0) return;
        // Whole segments only: what is left of a cut one would count as loaded.
        const held = [...this.#held.values()];
        const keepFrom = Math.min(this.#position(from), ...held.map(({ start }) => this.#position(start)));
        const keepTo = Math.max(this.#position(to), ...held.map(({ end }) => this.#position(end)));
        if (buffered.start(0) < keepFrom - 0.1) await this.#feed.remove(0, keepFrom);
        const last = this.#feed.buffered.length - 1;
        if (last >= 0 && this.#feed.buffered.end(last) > keepTo + 0.1) await this.#feed.remove(keepTo, longestDay);
    }

    /** The browser may have thrown away what was appended. */
    #dropStale() {
        for (const [key, { start, end }] of this.#held) {
            if (!this.#isBuffered((start + end) / 2)) this.#held.delete(key);
        }
    }

    async #fail(error) {
        if (this.#life.signal.aborted) return;
        this.trouble = error.message;
        // A file that is gone: retention took it, the lists are old.
        if (error instanceof Problem && error.status === 404) this.#footage.forget();
        if (error instanceof Problem && (error.status === 404 || !error.isFinal)) return pause(1500, this.#life.signal);
        if (this.#video.error) {
            // One damaged segment: a new source, from where the clock is.
            this.#feed?.detach();
            this.#feed = null;
            this.#file = null;
            this.#held.clear();
            return pause(500, this.#life.signal);
        }
        if (!(error instanceof Problem)) console.warn(error);
        this.problem = error instanceof Problem ? error : new Problem("broken", t("problem.broken"));
    }

    #showStill(moment) {
        const now = performance.now();
        if (this.#stillMoment !== moment && now - this.#stillAt > stillInterval) {
            this.#stillAt = now;
            this.#stillMoment = moment;
            this.#onstill(cameraURL(this.#footage.camera, "snapshot.jpg", { at: Math.round(moment), width: 1280 }));
        }
        return "stills";
    }
}

/** The first segments that lie one after the other in one file, up to the largest request. */
function run(segments) {
    const batch = [segments[0]];
    let length = segments[0].length;
    for (const segment of segments.slice(1)) {
        const last = batch.at(-1);
        const isNext = segment.file.url === last.file.url && segment.offset === last.offset + last.length;
        if (!isNext || length + segment.length > largestRequest || batch.length >= 5) break;
        batch.push(segment);
        length += segment.length;
    }
    return batch;
}
