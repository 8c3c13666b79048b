/**
 * `<replay-view cameras="id,id" [at="ms"] [time-zone="Asia/Shanghai"] [export]>`: up to four cameras in step over a
 * day.
 *
 * What the server put inside stays until this script runs; a JSON script inside may hold the cameras (see cameras.js).
 * `export` allows spans to be marked and downloaded. Without `at` it begins with the newest footage.
 * - The address keeps `cameras` and `at` (UTC milliseconds), so that what is seen can be sent to somebody.
 * - `data-state`: `loading`, `playing`, `paused`, `live`, `empty` (no footage), `failed`; `data-stalled` while it waits
 *   for bytes; `data-time`, `data-day`, `data-speed`; `data-state` of each `.replay-tile` as replay-track.js has it.
 * - Keys: space, `←` `→` 5 s, `,` `.` picture by picture, `<` `>` speed, `i` `o` marks, `[` `]` day, `l` live,
 *   `s` snapshot, `c` calendar, `f` full screen, `?`; on the timeline ↑ ↓ 1 min, page keys 10 min, Home, End, `+` `-` `0` zoom.
 */
import "./live-video.js";
import { getJSON, cameraURL, serverNow } from "./api.js";
import { camerasOf } from "./cameras.js";
import { isTyping, make, pressesTarget, setText, toggleFullScreen } from "./elements.js";
import { showKeys } from "./keys-help.js";
import { ReplayBar } from "./replay-bar.js";
import { Calendar } from "./replay-calendar.js";
import { ReplayClock } from "./replay-clock.js";
import { ReplayExport } from "./replay-export.js";
import { nextFootage, seam } from "./replay-footage.js";
import { ReplayTile } from "./replay-tile.js";
import { Timeline } from "./replay-timeline.js";
import { t } from "./strings.js";
import { TerritoryTime, dayLength } from "./territory-time.js";

const mostCameras = 4;
const tickInterval = 40;
const refreshInterval = 10_000;
/** Nearer to the newest footage than this, new footage is looked for more often. */
const nearEdge = 20_000;
const nearRefreshInterval = 2500;
const addressInterval = 5000;
const noticeLength = 6000;

class ReplayView extends HTMLElement {
    #life = null;
    #time;
    #clock = new ReplayClock();
    #tiles = [];
    #timeline;
    #bar;
    #calendar;
    #export;
    #notice;
    #day = null;
    #range = { start: 0, end: 0 };
    #marks = { from: null, to: null };
    #isLive = false;
    #isAtEdge = false;
    #opening = 0;
    #loading = null;
    #searching = null;
    #refreshed = 0;
    #addressed = 0;
    #noticed = 0;

    async connectedCallback() {
        this.#life = new AbortController();
        const { signal } = this.#life;
        this.#time = TerritoryTime.of(this);
        const query = new URLSearchParams(location.search);
        if (!this.hasAttribute("cameras")) this.setAttribute("cameras", query.get("cameras") ?? "");
        // Nothing chosen: what the server says about choosing stays.
        if (!this.getAttribute("cameras")) return;
        this.dataset.theme = "dark";
        this.#enter("loading");
        try {
            const cameras = (await camerasOf(this, { signal })).slice(0, mostCameras);
            this.#build(cameras, signal);
            const at = Number(this.getAttribute("at") || query.get("at")) || await this.#newest();
            if (at === null) return this.#enter("empty");
            await this.#open(at);
            this.#play(true);
            const ticking = setInterval(() => this.#tick(), tickInterval);
            signal.addEventListener("abort", () => clearInterval(ticking));
        } catch (error) {
            if (!signal.aborted) this.#fail(error);
        }
    }

    disconnectedCallback() {
        this.#life?.abort();
        for (const tile of this.#tiles) tile.stop();
        this.#tiles = [];
        this.replaceChildren();
    }

    /** UTC milliseconds. */
    get time() { return this.#clock.time; }
    get tiles() { return this.#tiles; }
    get #footages() { return this.#tiles.map(({ footage }) => footage); }
    get #isToday() { return this.#day === this.#time.day(serverNow()); }

    #build(cameras, signal) {
        this.#tiles = cameras.map((camera) => new ReplayTile(camera, this.#time, signal));
        const pictures = make(
            "div", { class: "replay-tiles", "data-count": this.#tiles.length },
            ...this.#tiles.map(({ element }) => element));
        this.#timeline = new Timeline(this.#time, (moment) => this.seek(moment), signal);
        this.#calendar = new Calendar({
            today: () => this.#time.day(serverNow()), daysOf: (from, to) => this.#daysOf(from, to),
            choose: (day) => this.#openDay(day),
        }, signal);
        const mayExport = this.hasAttribute("export");
        this.#bar = new ReplayBar({
            toggle: () => this.#play(!this.#clock.isPlaying), step: (count) => this.#step(count),
            speed: (speed) => { this.#clock.speed = speed; }, day: (step) => this.#turnDay(step),
            mark: (side) => this.#mark(side), snapshot: () => this.#snapshot(), live: () => this.#goLive(!this.#isLive),
            help: () => this.#help(), fullScreen: () => toggleFullScreen(this),
        }, this.#calendar.element, mayExport);
        this.#export = new ReplayExport(this.#time, { clear: () => this.#setMarks({ from: null, to: null }) });
        this.#notice = make("p", { class: "replay-notice", role: "status" });
        this.replaceChildren(pictures, this.#notice, this.#timeline.element, this.#bar.element, this.#export.element);
        this.#timeline.element.style.setProperty("--replay-lanes", Math.max(1, this.#tiles.length));
        document.addEventListener("keydown", (event) => this.#key(event), { signal });
        document.addEventListener("fullscreenchange", () => {
            this.#bar.fullScreen(document.fullscreenElement === this);
        }, { signal });
        addEventListener("pagehide", () => this.#keepAddress(), { signal });
    }

    /** Days with footage of any of the cameras. */
    async #daysOf(from, to) {
        const told = await Promise.all(this.#tiles.map(({ camera }) =>
            getJSON(cameraURL(camera.id, "days", { from, to }), { signal: this.#life.signal })));
        return [...new Set(told.flatMap(({ days }) => days))].sort();
    }

    /** A little before the newest footage of the last month; null without any. */
    async #newest() {
        const today = this.#time.day(serverNow());
        const day = (await this.#daysOf(TerritoryTime.add(today, -31), today)).at(-1);
        if (!day) return null;
        await this.#loadDay(day);
        const ends = this.#footages.map(({ end }) => end).filter(Boolean);
        return ends.length > 0 ? Math.max(this.#range.start, Math.max(...ends) - 30_000) : this.#range.start;
    }

    /** One reading of a day at a time; a newer wish replaces it. */
    #loadDay(day) {
        if (this.#loading?.day === day) return this.#loading.done;
        const done = this.#readDay(day).finally(() => {
            if (this.#loading?.done === done) this.#loading = null;
        });
        this.#loading = { day, done };
        return done;
    }

    async #readDay(day) {
        const round = ++this.#opening;
        const start = this.#time.start(day);
        const end = this.#time.start(TerritoryTime.add(day, 1));
        await Promise.all(this.#footages.map((footage) => footage.load(start, end, this.#life.signal)));
        if (round !== this.#opening) return false;
        this.#refreshed = performance.now();
        if (this.#day !== day) {
            this.#day = day;
            this.dataset.day = day;
            this.#range = { start, end };
            this.#calendar.day = day;
            for (const tile of this.#tiles) tile.restart(start);
        }
        this.#timeline.show(this.#range, this.#tiles.map(({ camera, footage }) => ({ name: camera.name, footage })));
        return true;
    }

    /** Goes to a moment, whatever day it is of. */
    async #open(moment) {
        const day = this.#time.day(moment);
        if (day !== this.#day && !await this.#loadDay(day)) return;
        this.#moveTo(moment);
    }

    #turnDay(step) { this.#openDay(TerritoryTime.add(this.#day, step)); }

    #openDay(day) {
        if (day > this.#time.day(serverNow())) return;
        this.#goLive(false);
        // The same time of the other day; where there is nothing, playing goes on to what comes next.
        const moment = this.#time.start(day) + (this.#clock.time - this.#range.start) % dayLength;
        this.#open(moment).then(() => {
            if (this.#footages.every((footage) => !footage.span(this.#clock.time))) this.#skip();
        }, (error) => this.#notify(error.message));
    }

    /** @param {number} moment UTC milliseconds; also of another day. */
    seek(moment) {
        this.#goLive(false);
        return this.#open(Math.min(moment, serverNow())).catch((error) => this.#notify(error.message));
    }

    #moveTo(moment) {
        this.#clock.time = moment;
        this.#isAtEdge = false;
        this.#timeline.moveCursor(moment, true);
        this.#keepAddress();
    }

    #play(isPlaying) {
        if (this.#isLive) return;
        this.#clock.isPlaying = isPlaying;
        this.#enter(isPlaying ? "playing" : "paused");
        if (!isPlaying) this.#keepAddress();
    }

    /** Picture by picture, of the first camera that has one. */
    #step(count) {
        if (this.#isLive) return;
        this.#play(false);
        const { time } = this.#clock;
        const tile = this.#tiles.find(({ footage }) => footage.known(time)) ?? this.#tiles[0];
        const { frameLength } = tile;
        const start = tile.footage.known(time)?.start ?? time;
        // The middle of a picture is surely that picture.
        const index = Math.floor((time - start) / frameLength + 1e-6) + count;
        this.seek(start + (index + 0.5) * frameLength);
    }

    #goLive(isLive) {
        if (isLive === this.#isLive) return;
        this.#isLive = isLive;
        const now = serverNow();
        if (isLive && !this.#isToday) this.#loadDay(this.#time.day(now)).catch((error) => this.#notify(error.message));
        for (const tile of this.#tiles) tile.showLive(isLive);
        if (isLive) this.#enter("live");
        else this.#enter(this.#clock.isPlaying ? "playing" : "paused");
    }

    #mark(side) {
        if (!this.hasAttribute("export")) return;
        const marks = { ...this.#marks, [side]: Math.round(this.#clock.time) };
        // The later mark decides: a start behind the end begins a new span.
        const isBackwards = marks.from !== null && marks.to !== null && marks.from >= marks.to;
        if (isBackwards) marks[side === "from" ? "to" : "from"] = null;
        this.#setMarks(marks);
    }

    #setMarks(marks) {
        this.#marks = marks;
        this.#timeline.marks = marks;
        this.#export.show(marks, this.#tiles);
    }

    #snapshot() {
        if (this.#isLive) return;
        for (const tile of this.#tiles) tile.saveSnapshot(this.#clock.time);
    }

    #tick() {
        if (this.#tiles.length === 0) return;
        if (this.#isLive) this.#clock.time = serverNow();
        const { speed, isPlaying } = this.#clock;
        const mode = !isPlaying ? "pause" : this.hasAttribute("data-stalled") ? "hold" : "play";
        const states = this.#tiles.map((tile) => tile.follow(this.#clock.time, speed, mode));
        const isStalled = !this.#isLive && states.includes("loading");
        if (this.hasAttribute("data-stalled") !== isStalled) this.toggleAttribute("data-stalled", isStalled);
        this.#clock.advance(performance.now(), !isStalled && !this.#isAtEdge);
        if (isPlaying && states.every((state) => state === "gap")) this.#skip();
        if (this.#clock.time >= this.#range.end && !this.#loading) {
            this.#open(this.#clock.time).catch((error) => this.#notify(error.message));
        }
        this.#refresh();
        this.#show();
    }

    /** Nothing here: on to the next footage, of this day or a later one. */
    async #skip() {
        const { time } = this.#clock;
        const next = nextFootage(this.#footages, time + seam);
        if (next !== undefined) {
            const reasons = new Set(this.#footages.map((footage) => footage.gap(time)?.reasonText).filter(Boolean));
            this.#notify(t("replay.skipped", {
                from: this.#time.clock(time), to: this.#time.clock(next),
                reason: [...reasons].join(", ") || t("replay.noFootage"),
            }));
            return this.#moveTo(next);
        }
        if (this.#isToday) return this.#reachEdge();
        if (this.#day === this.#searching) return;
        this.#searching = this.#day;
        const today = this.#time.day(serverNow());
        const days = await this.#daysOf(TerritoryTime.add(this.#day, 1), today).catch(() => []);
        this.#searching = null;
        if (days.length === 0) {
            this.#play(false);
            return this.#notify(t("replay.ended"));
        }
        this.#notify(t("replay.nextDayStarts", { day: days[0] }));
        this.#open(this.#time.start(days[0])).catch((error) => this.#notify(error.message));
    }

    /** Everything that is recorded was seen: new footage comes a few seconds behind the present. */
    #reachEdge() {
        if (this.#isAtEdge) return;
        this.#isAtEdge = true;
        this.#clock.speed = 1;
        const end = Math.max(...this.#footages.map(({ end }) => end ?? this.#range.start));
        if (serverNow() - end > 60_000) this.#play(false);
        this.#clock.time = Math.min(this.#clock.time, end);
        this.#notify(t("replay.edge"));
    }

    /** Today grows while it is looked at. */
    #refresh() {
        if (!this.#isToday || document.hidden || this.#loading) return;
        const end = Math.max(0, ...this.#footages.map((footage) => footage.end ?? 0));
        const interval = end - this.#clock.time < nearEdge && !this.#isLive ? nearRefreshInterval : refreshInterval;
        if (performance.now() - this.#refreshed < interval) return;
        this.#refreshed = performance.now();
        this.#loadDay(this.#day).then(() => { this.#isAtEdge = false; }, () => {});
    }

    #show() {
        const { time, speed, isPlaying } = this.#clock;
        const today = this.#time.day(serverNow());
        this.dataset.time = Math.round(time);
        this.dataset.speed = speed;
        this.#timeline.moveCursor(time, false);
        this.#bar.show({
            clock: this.#time.clock(time), speed, isPlaying, isLive: this.#isLive, hasNextDay: this.#day < today,
        });
        for (const { stage } of this.#tiles) setText(stage.clockText, this.#time.clock(time));
        const now = performance.now();
        if (isPlaying && now - this.#addressed > addressInterval) this.#keepAddress();
        if (this.#noticed > 0 && now > this.#noticed) this.#notify("");
    }

    #notify(text) {
        setText(this.#notice, text);
        this.#noticed = text ? performance.now() + noticeLength : 0;
    }

    #keepAddress() {
        if (!this.#day) return;
        this.#addressed = performance.now();
        const address = new URL(location.href);
        address.searchParams.delete("cameras");
        address.searchParams.delete("at");
        const rest = address.searchParams.toString();
        const cameras = this.#tiles.map(({ camera }) => encodeURIComponent(camera.id)).join(",");
        const at = this.#isLive ? "" : `&at=${Math.round(this.#clock.time)}`;
        history.replaceState(history.state, "", `${address.pathname}?${rest ? `${rest}&` : ""}cameras=${cameras}${at}`);
    }

    #enter(state) {
        this.dataset.state = state;
        if (state === "empty") this.replaceChildren(make("p", { class: "replay-empty" }, t("replay.empty")));
    }

    #fail(error) {
        this.#enter("failed");
        this.replaceChildren(make("div", { class: "replay-empty", role: "alert" }, make("p", {}, error.message), make(
            "button", { type: "button", class: "player-action", onclick: () => location.reload() }, t("live.retry"))));
    }

    #key(event) {
        if (!this.#day || isTyping(event) || pressesTarget(event) || event.target.closest?.("live-video")) return;
        const tile = this.#tiles.find(({ element }) => element.contains(event.target));
        const actions = {
            " ": () => this.#play(!this.#clock.isPlaying), ",": () => this.#step(-1), ".": () => this.#step(1),
            ArrowLeft: () => this.seek(this.#clock.time - 5000), ArrowRight: () => this.seek(this.#clock.time + 5000),
            "<": () => this.#clock.faster(-1), ">": () => this.#clock.faster(1),
            i: () => this.#mark("from"), o: () => this.#mark("to"),
            "[": () => this.#turnDay(-1), "]": () => this.#turnDay(1),
            l: () => this.#goLive(!this.#isLive), s: () => this.#snapshot(), c: () => this.#calendar.toggle(),
            f: () => toggleFullScreen(tile?.element ?? this), "?": () => this.#help(),
            "+": () => tile?.stage.zoom.by(1.5), "-": () => tile?.stage.zoom.by(1 / 1.5),
            0: () => tile?.stage.zoom.reset(),
        };
        const action = actions[event.key];
        if (!action) return;
        event.preventDefault();
        action();
    }

    #help() {
        showKeys(this, t("replay.keys"), [
            ["space", t("replay.keyPlay")], ["left right", t("replay.keySeconds")], [", .", t("replay.keyPictures")],
            ["< >", t("replay.keySpeed")], ["[ ]", t("replay.keyDay")], ["c", t("replay.keyCalendar")],
            ...(this.hasAttribute("export") ? [["i o", t("replay.keyMarks")]] : []),
            ["l", t("replay.keyLive")], ["s", t("wall.keySnapshot")], ["f", t("wall.keyFullScreen")],
            ["up down pageUp pageDown", t("replay.keyTimeline")], ["+ - 0", t("replay.keyZoom")],
        ]);
    }
}

customElements.define("replay-view", ReplayView);
