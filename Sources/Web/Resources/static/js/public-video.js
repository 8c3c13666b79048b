/**
 * `<public-video src="…/index.m3u8">`: a school's public picture.
 *
 * `private`: asks as the one who is signed in; without it nothing tells viewers apart, and any cache may answer.
 *
 * `data-state`: `waiting`, `playing`, `paused` (closed or lost, comes back by itself), `unsupported`. Fetches only while it is
 * on the screen: nobody watches a hidden page, and nothing is made for it.
 */
import { codecs } from "./boxes.js";
import { MediaFeed } from "./media-feed.js";
import { t } from "./strings.js";

/** Seconds behind the newest segment, so that one late answer doesn't stop the picture. */
const reserve = 3;
const kept = 20;
const retryPause = 5000;

class PublicVideo extends HTMLElement {
    #end = null;
    #life = null;
    #video;
    #cover;

    connectedCallback() {
        this.#video = document.createElement("video");
        Object.assign(this.#video, { muted: true, playsInline: true, autoplay: true, disablePictureInPicture: true });
        this.#video.setAttribute("aria-label", this.closest("figure")?.querySelector("figcaption")?.textContent ?? "");
        this.#cover = this.querySelector(".cover");
        this.prepend(this.#video);
        this.#life = new AbortController();
        const { signal } = this.#life;
        const sight = new IntersectionObserver((entries) => this.#see(entries.at(-1).isIntersecting));
        sight.observe(this);
        signal.addEventListener("abort", () => sight.disconnect());
        document.addEventListener("visibilitychange", () => this.#see(!document.hidden), { signal });
    }

    /** A page that turns its pictures holds on to none that has gone. */
    disconnectedCallback() {
        this.#life?.abort();
        this.#see(false);
        this.#video?.remove();
    }

    #see(isVisible) {
        if (isVisible && !document.hidden && !this.#end) {
            this.#end = new AbortController();
            this.#run(this.#end.signal);
        } else if (!isVisible && this.#end) {
            this.#end.abort();
            this.#end = null;
        }
    }

    async #run(signal) {
        this.#say("waiting", t("public.waiting"));
        const play = MediaFeed.isAvailable ? this.#feed : this.#playNative;
        while (!signal.aborted) {
            try {
                await play.call(this, signal);
            } catch (error) {
                if (signal.aborted) return;
                if (error.name === "NotSupportedError") {
                    this.#say("unsupported", t("public.unsupported"));
                    return;
                }
                this.#say("paused", t(error.status === 404 ? "public.closed" : "public.paused"));
            }
            await pause(retryPause, signal);
        }
    }

    /** The pieces one after the other into the video, until one can't be had. */
    async #feed(signal) {
        const address = new URL(this.getAttribute("src"), location.href);
        let feed = null;
        let init = null;
        let last = -1;
        try {
            for (;;) {
                const began = performance.now();
                const { map, target, segments } = read(await (await this.#get(address, signal)).text());
                if (map !== init) {
                    feed?.detach();
                    const bytes = await this.#bytes(new URL(map, address), signal);
                    feed = await MediaFeed.attach(this.#video, { signal });
                    if (!MediaFeed.plays(codecs(bytes))) throw new DOMException("codec", "NotSupportedError");
                    await feed.begin(bytes, codecs(bytes), "segments");
                    init = map;
                    last = segments[0].number + Math.max(0, segments.length - 3) - 1;
                }
                for (const { number, uri } of segments.filter(({ number }) => number > last)) {
                    await feed.append(await this.#bytes(new URL(uri, address), signal));
                    last = number;
                    this.#follow(feed);
                }
                await pause(Math.max(500, target * 500 - (performance.now() - began)), signal);
            }
        } finally {
            feed?.detach();
        }
    }

    #follow(feed) {
        const { buffered } = feed;
        if (buffered.length === 0) return;
        const [start, end] = [buffered.start(0), buffered.end(buffered.length - 1)];
        const time = this.#video.currentTime;
        if (time < buffered.start(buffered.length - 1) || end - time > 3 * reserve) {
            this.#video.currentTime = Math.max(buffered.start(buffered.length - 1), end - reserve);
        }
        if (this.#video.paused) this.#video.play().catch(() => {});
        if (this.dataset.state !== "playing") this.#say("playing", "");
        if (end - start > 2 * kept) feed.remove(start, end - kept).catch(() => {});
    }

    /** Browsers that play HLS by themselves and have no media source. */
    async #playNative(signal) {
        const video = this.#video;
        if (!video.canPlayType("application/vnd.apple.mpegurl")) throw new DOMException("HLS", "NotSupportedError");
        await this.#get(new URL(this.getAttribute("src"), location.href), signal);
        video.src = this.getAttribute("src");
        await new Promise((resolve, reject) => {
            signal.addEventListener("abort", resolve, { once: true });
            video.addEventListener("playing", () => this.#say("playing", ""), { signal });
            video.addEventListener("error", () => reject(video.error), { once: true, signal });
            video.play().catch(() => {});
        });
        video.removeAttribute("src");
        video.load();
    }

    async #get(address, signal) {
        const credentials = this.hasAttribute("private") ? "same-origin" : "omit";
        const response = await fetch(address, { signal, credentials });
        if (!response.ok) throw Object.assign(new Error(`${response.status}`), { status: response.status });
        return response;
    }

    async #bytes(address, signal) { return new Uint8Array(await (await this.#get(address, signal)).arrayBuffer()); }

    #say(state, words) {
        this.dataset.state = state;
        if (this.#cover) this.#cover.textContent = words;
    }
}

/** @param {string} playlist RFC 8216 */
function read(playlist) {
    const map = /#EXT-X-MAP:URI="([^"]+)"/.exec(playlist)?.[1];
    const target = Number(/#EXT-X-TARGETDURATION:(\d+)/.exec(playlist)?.[1] ?? 2);
    const first = Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(playlist)?.[1] ?? 0);
    const uris = playlist.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
    return { map, target, segments: uris.map((uri, index) => ({ uri, number: first + index })) };
}

function pause(milliseconds, signal) {
    return new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        signal.addEventListener("abort", () => { clearTimeout(timer); resolve(); }, { once: true });
    });
}

customElements.define("public-video", PublicVideo);
