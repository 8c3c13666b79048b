import { Problem, cameraURL, pause } from "./api.js";
import { PieceReader, codecs, hasSound } from "./boxes.js";
import { takeConnection } from "./connections.js";
import { polled, streamed } from "./live-source.js";
import { MediaFeed } from "./media-feed.js";
import { t } from "./strings.js";

/** Seconds between what is shown and the newest that has arrived, just after it arrived. */
const target = { streamed: 0.7, polled: 1.1, most: 1.5 };
/** Seconds behind from which catching up by speed would take too long. */
const tooFar = 4;
const kept = 8;
const silence = 10_000;
const shortestWait = 1000;
const longestWait = 30_000;

/**
 * Plays a live camera in a video element: near the live edge, reconnecting until stopped.
 *
 * States, told through `onchange(state, detail)`:
 * `connecting` · `playing` `{ hasSound }` · `waiting` `{ problem, retryAt }` · `failed` `{ problem }` (needs a
 * person) · `blocked` (the browser wants a tap first). Before the picture goes, `onfreeze()` may keep it.
 */
export class LivePlayer {
    #video;
    #camera;
    #stream;
    #onchange;
    #onfreeze;
    #stop = null;
    #hurry = null;
    #behind = target.streamed;
    #undecodable = 0;

    constructor(video, { camera, stream, onchange, onfreeze }) {
        this.#video = video;
        this.#camera = camera;
        this.#stream = stream;
        this.#onchange = onchange;
        this.#onfreeze = onfreeze;
    }

    /** Milliseconds between what is shown and the newest that has arrived. */
    get behind() {
        const { buffered, currentTime } = this.#video;
        return buffered.length > 0 ? Math.max(0, buffered.end(buffered.length - 1) - currentTime) * 1000 : 0;
    }

    start() {
        if (this.#stop) return;
        this.#stop = new AbortController();
        this.#run(this.#stop.signal);
    }

    stop() {
        if (!this.#stop) return;
        this.#onfreeze();
        this.#stop.abort();
        this.#stop = null;
        this.hurry();
    }

    /** Doesn't wait for the next attempt's time. */
    hurry() { this.#hurry?.abort(); }

    async #run(signal) {
        let wait = shortestWait;
        while (!signal.aborted) {
            const began = performance.now();
            this.#onchange("connecting");
            const problem = await this.#attempt(signal);
            if (signal.aborted) return;
            if (problem.isFinal) return this.#onchange("failed", { problem });
            if (performance.now() - began > longestWait) wait = shortestWait;
            const length = wait * (0.75 + Math.random() / 2);
            this.#onchange("waiting", { problem, retryAt: Date.now() + length });
            this.#hurry = new AbortController();
            await pause(length, this.#hurry.signal);
            wait = Math.min(wait * 2, longestWait);
        }
    }

    /** One connection, to its end. */
    async #attempt(signal) {
        const session = new AbortController();
        const stop = () => session.abort();
        signal.addEventListener("abort", stop, { once: true });
        this.#video.addEventListener("playing", () => {
            this.#undecodable = 0;
            this.#onchange("playing", { hasSound: this.#video.dataset.sound === "true" });
        }, { signal: session.signal });
        try {
            await (MediaFeed.isAvailable ? this.#feed(session) : this.#playNatively(session.signal));
            return new Problem("ended", t("problem.ended"));
        } catch (error) {
            if (error instanceof Problem) return error;
            if (session.signal.reason instanceof Problem) return session.signal.reason;
            if (this.#video.error) return this.#decodingProblem();
            if (!signal.aborted) console.warn(error);
            return new Problem("broken", t("problem.broken"));
        } finally {
            signal.removeEventListener("abort", stop);
            this.#onfreeze();
            session.abort();
        }
    }

    #decodingProblem() {
        this.#undecodable += 1;
        // Once may be a damaged picture; three times in a row is a stream that this browser can't decode.
        return new Problem(this.#undecodable > 2 ? "codec" : "broken", t("problem.broken"));
    }

    async #feed(session) {
        const { signal } = session;
        const release = takeConnection();
        const pieces = new PieceReader();
        let watchdog = 0;
        const watch = () => {
            clearTimeout(watchdog);
            watchdog = setTimeout(() => session.abort(new Problem("stalled", t("problem.stalled"))), silence);
        };
        try {
            this.#behind = release ? target.streamed : target.polled;
            const open = release ? streamed : polled;
            watch();
            let feed = null;
            for await (const chunk of open(this.#camera, this.#stream, signal)) {
                watch();
                for (const { kind, bytes } of pieces.push(chunk)) {
                    if (kind === "init") feed = await this.#begin(feed, bytes, signal);
                    else if (feed) await this.#append(feed, bytes);
                }
            }
        } finally {
            clearTimeout(watchdog);
            release?.();
        }
    }

    async #begin(feed, init, signal) {
        const format = codecs(init);
        if (!MediaFeed.plays(format)) throw new Problem("codec", format);
        const sound = hasSound(init);
        feed ??= await MediaFeed.attach(this.#video, { signal });
        // With two tracks the browser would close their gaps apart from each other.
        await feed.begin(init, format, sound ? "segments" : "sequence");
        this.#video.dataset.sound = sound;
        return feed;
    }

    async #append(feed, bytes) {
        try {
            await feed.append(bytes);
        } catch (error) {
            if (error.name !== "QuotaExceededError") throw error;
            await feed.remove(0, this.#video.currentTime - 1);
            await feed.append(bytes);
        }
        this.#keepUp(feed.buffered);
        const { buffered } = feed;
        if (buffered.length > 0 && buffered.start(0) < this.#video.currentTime - 2 * kept) {
            await feed.remove(0, this.#video.currentTime - kept);
        }
    }

    /** Called after each arrival: starts, jumps or nudges. */
    #keepUp(buffered) {
        if (buffered.length === 0) return;
        const video = this.#video;
        const start = buffered.start(buffered.length - 1);
        const end = buffered.end(buffered.length - 1);
        const behind = end - video.currentTime;
        if (video.currentTime < start || behind < 0 || behind > tooFar) {
            video.currentTime = Math.max(start, end - this.#behind);
        }
        if (video.paused) this.#play();
        if (video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA && behind < 0.1) {
            // It ran dry: the network needs more reserve than that.
            this.#behind = Math.min(target.most, this.#behind + 0.1);
        }
        const excess = behind - this.#behind;
        video.playbackRate = excess > 1 ? 1.25 : excess > 0.25 ? 1.08 : excess < -0.4 ? 0.94 : 1;
    }

    #play() {
        this.#video.play().catch((error) => {
            if (error.name === "NotAllowedError") this.#onchange("blocked");
        });
    }

    /** Browsers without media source extensions (older iPhones) play the low-latency playlist by themselves. */
    async #playNatively(signal) {
        const video = this.#video;
        if (!video.canPlayType("application/vnd.apple.mpegurl")) throw new Problem("codec", t("problem.noPlayer"));
        const name = this.#stream === "sub" ? "sub/live.m3u8" : "live.m3u8";
        video.src = cameraURL(this.#camera, name);
        video.dataset.sound = true;
        this.#play();
        try {
            await new Promise((resolve, reject) => {
                video.addEventListener("ended", resolve, { once: true, signal });
                video.addEventListener("error", () => reject(video.error), { once: true, signal });
                signal.addEventListener("abort", () => reject(signal.reason), { once: true });
            });
        } finally {
            this.#onfreeze();
            video.removeAttribute("src");
            video.load();
        }
    }
}
