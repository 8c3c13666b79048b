import { language } from "./strings.js";

const minute = 60_000;
export const dayLength = 86_400_000;

/** Clock and calendar of a territory's time zone. Moments are UTC milliseconds, days are `YYYY-MM-DD`. */
export class TerritoryTime {
    #format;
    #offsets = new Map();

    /** @param {string} zone IANA name, or an offset such as `+08:00`. */
    constructor(zone) {
        this.zone = zone || "Asia/Shanghai";
        this.#format = new Intl.DateTimeFormat("en-GB", {
            timeZone: this.zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
            hour: "numeric", minute: "numeric",
        });
    }

    /** Of the element's nearest `time-zone` attribute, else of the page's `data-time-zone`. */
    static of(element) {
        const zone = element.closest("[time-zone]")?.getAttribute("time-zone");
        return new TerritoryTime(zone || document.documentElement.dataset.timeZone);
    }

    /** Milliseconds to add to UTC; zones change only on quarter hours. */
    offset(moment) {
        const quarter = Math.floor(moment / (15 * minute));
        let offset = this.#offsets.get(quarter);
        if (offset === undefined) {
            const start = quarter * 15 * minute;
            const part = Object.fromEntries(this.#format.formatToParts(start).map(({ type, value }) => [type, +value]));
            offset = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute) - start;
            this.#offsets.set(quarter, offset);
        }
        return offset;
    }

    /** `2026-11-23T08:15:03.120`, without a zone. */
    #civil(moment) { return new Date(moment + this.offset(moment)).toISOString(); }

    day(moment) { return this.#civil(moment).slice(0, 10); }
    clock(moment) { return this.#civil(moment).slice(11, 19); }
    hoursMinutes(moment) { return this.#civil(moment).slice(11, 16); }
    /** `2026-11-23 08:15:03` */
    stamp(moment) { return `${this.day(moment)} ${this.clock(moment)}`; }
    /** `2026-11-23_08-15-03`, for file names. */
    fileStamp(moment) { return this.#civil(moment).slice(0, 19).replace("T", "_").replaceAll(":", "-"); }
    /** The clock alone for a moment of today, else with its day. */
    short(moment, now = Date.now()) {
        return this.day(moment) === this.day(now) ? this.hoursMinutes(moment) : this.stamp(moment).slice(0, 16);
    }

    /** The first moment of a day. */
    start(day) {
        const utc = Date.parse(`${day}T00:00:00Z`);
        const guess = utc - this.offset(utc);
        return utc - this.offset(guess);
    }

    /** The day `count` days later. */
    static add(day, count) {
        return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayLength).toISOString().slice(0, 10);
    }

    /** A day or month in the reader's language. */
    static words(day, options) {
        const format = new Intl.DateTimeFormat(language, { timeZone: "UTC", ...options });
        return format.format(Date.parse(`${day}T00:00:00Z`));
    }
}
