/**
 * The page's words, from `<script type="application/json" id="strings">`: a flat object of key → text with
 * `{placeholders}`. No module holds words of its own.
 */
const catalogue = JSON.parse(document.getElementById("strings")?.textContent || "{}");

/** BCP 47, of the page. */
export const language = document.documentElement.lang || "zh-CN";

/** The text of a key; a key without a text shows as itself, so that its absence is seen. */
export function t(key, values = {}) {
    const text = catalogue[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** `84 MB`, in powers of 1000. */
export function bytesInWords(count) {
    const [unit, scale] = count >= 1e9 ? ["gigabyte", 1e9] : count >= 1e6 ? ["megabyte", 1e6] : ["kilobyte", 1e3];
    const digits = count / scale >= 10 || scale === 1e3 ? 0 : 1;
    return new Intl.NumberFormat(language, {
        style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits,
    }).format(count / scale);
}

/** Milliseconds as `1 h 5 min`, `3 min 30 s`, `12.5 s`: the two largest units. */
export function durationInWords(milliseconds) {
    const total = Math.max(0, milliseconds) / 1000;
    if (total < 60) {
        const seconds = total < 10 ? Math.round(total * 10) / 10 : Math.round(total);
        return t("duration.seconds", { seconds });
    }
    const minutes = Math.floor(Math.round(total) / 60);
    if (minutes < 60) {
        const seconds = Math.round(total) % 60;
        return seconds === 0 ? t("duration.minutes", { minutes }) : t("duration.minutesSeconds", { minutes, seconds });
    }
    const hours = Math.floor(minutes / 60);
    if (hours < 48) {
        return minutes % 60 === 0
            ? t("duration.hours", { hours }) : t("duration.hoursMinutes", { hours, minutes: minutes % 60 });
    }
    return t("duration.days", { days: Math.floor(hours / 24) });
}
