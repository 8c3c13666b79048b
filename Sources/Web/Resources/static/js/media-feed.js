/** iPhones have only the managed kind; it differs in that it may also evict what was appended. */
const Source = globalThis.MediaSource ?? globalThis.ManagedMediaSource;

/** A video element's media source with one source buffer, as promises; one operation at a time. */
export class MediaFeed {
    #video;
    #source;
    #buffer = null;
    #codecs = null;
    #last = Promise.resolve();
    #end = new AbortController();

    static get isAvailable() { return Source !== undefined; }

    /** @param {string} codecs as RFC 6381 has it. */
    static plays(codecs) { return Source.isTypeSupported(type(codecs)); }

    /**
     * Puts a new, empty feed into a video.
     * @param {number} duration seconds that may be sought; `Infinity` for live.
     */
    static async attach(video, { signal, duration = Infinity } = {}) {
        const feed = new MediaFeed(video, new Source());
        const address = URL.createObjectURL(feed.#source);
        const stop = () => feed.detach();
        signal?.addEventListener("abort", stop, { once: true });
        try {
            video.disableRemotePlayback = true;
            video.src = address;
            await heard(feed.#source, "sourceopen", feed.#end.signal);
            feed.#source.duration = duration;
        } finally {
            URL.revokeObjectURL(address);
        }
        return feed;
    }

    constructor(video, source) {
        this.#video = video;
        this.#source = source;
    }

    get isOpen() { return this.#source.readyState === "open" && !this.#end.signal.aborted; }
    get buffered() { return this.isOpen && this.#buffer ? this.#buffer.buffered : { length: 0 }; }

    /**
     * An initialization segment.
     * @param {"segments" | "sequence"} mode `sequence` closes the jumps that the stream's times make.
     */
    async begin(bytes, codecs, mode) {
        if (!this.#buffer) {
            this.#buffer = this.#source.addSourceBuffer(type(codecs));
            this.#buffer.mode = mode;
        } else if (codecs !== this.#codecs) {
            await this.#run(() => this.#buffer.changeType(type(codecs)), true);
        }
        this.#codecs = codecs;
        return this.append(bytes);
    }

    /** @param {number} [offset] seconds added to the bytes' own times from here on. */
    append(bytes, offset) {
        return this.#run(() => {
            if (offset !== undefined && this.#buffer.timestampOffset !== offset) this.#buffer.timestampOffset = offset;
            this.#buffer.appendBuffer(bytes);
        });
    }

    remove(start, end) {
        if (!this.#buffer || end <= start) return Promise.resolve();
        return this.#run(() => this.#buffer.remove(start, end));
    }

    /** Takes the feed out of the video, which then shows nothing. What is under way fails. */
    detach() {
        if (this.#end.signal.aborted) return;
        this.#end.abort();
        this.#video.removeAttribute("src");
        this.#video.load();
    }

    #run(operation, isSynchronous = false) {
        const done = this.#last.then(async () => {
            if (!this.isOpen) throw new DOMException("the feed is detached", "AbortError");
            operation();
            if (!isSynchronous) await heard(this.#buffer, "updateend", this.#end.signal);
            if (this.#video.error) throw this.#video.error;
        });
        this.#last = done.catch(() => {});
        return done;
    }
}

function type(codecs) { return `video/mp4; codecs="${codecs}"`; }

function heard(target, name, signal) {
    return new Promise((resolve, reject) => {
        const stop = () => reject(new DOMException("the feed is detached", "AbortError"));
        if (signal.aborted) return stop();
        target.addEventListener(name, () => {
            signal.removeEventListener("abort", stop);
            resolve();
        }, { once: true });
        signal.addEventListener("abort", stop, { once: true });
    });
}
