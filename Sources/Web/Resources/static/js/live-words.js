import { serverNow } from "./api.js";
import { durationInWords, t } from "./strings.js";

/**
 * What is said over a live picture that isn't moving: what happened, since when, why, and what comes next.
 * @returns null when the picture speaks for itself.
 */
export function describe(state, { problem, retryAt }, status, time, { hasStill, retry, play }) {
    switch (state) {
    case "playing":
    case "idle":
        return null;
    case "connecting":
        if (status?.state === "connecting") return { title: t("live.cameraConnecting") };
        return hasStill ? null : { title: t("live.connecting") };
    case "paused":
        return { icon: "pause", title: t("live.paused"), detail: [t("live.pausedDetail")] };
    case "blocked":
        return { icon: "play", title: t("live.blocked"), action: { label: t("live.start"), run: play } };
    case "disabled":
        return { icon: "disabled", title: t("live.disabled"), detail: [t("live.disabledDetail")] };
    case "unsupported":
        return unsupported(problem, status, hasStill);
    case "waiting":
        if (status && status.state !== "live") return offline(status, time);
        return {
            icon: "warning", title: problem?.message ?? t("live.connecting"),
            detail: [retryAt ? nextAttempt(retryAt - Date.now()) : null],
        };
    default:
        return {
            icon: "warning", title: problem?.message ?? t("problem.broken"),
            action: problem?.code === "signedOut"
                ? { label: t("live.signIn"), run: () => location.reload() } : { label: t("live.retry"), run: retry },
        };
    }
}

function offline({ since, reasonText, retryAt }, time) {
    const now = serverNow();
    return {
        icon: "offline",
        title: t("live.offline", { time: time.short(since, now), duration: durationInWords(roughly(now - since)) }),
        detail: [reasonText, retryAt ? nextAttempt(retryAt - now) : null],
    };
}

function unsupported(problem, status, hasStill) {
    const name = codecName(problem?.message ?? status?.codec ?? "");
    return {
        icon: "warning", title: t("live.unsupported", { codec: name }), detail: [t("live.unsupportedDetail")],
        isNote: hasStill,
    };
}

/** `H.265` for `hvc1.1.6.L93.B0`; what isn't known stays as it is. */
export function codecName(codecs) {
    if (/^(hvc1|hev1)/.test(codecs)) return "H.265";
    if (/^(avc1|avc3)/.test(codecs)) return "H.264";
    return codecs;
}

function nextAttempt(milliseconds) {
    if (milliseconds <= 1000) return t("live.tryingNow");
    return t("live.nextAttempt", { duration: durationInWords(Math.ceil(milliseconds / 1000) * 1000) });
}

/** Whole minutes after the first one: nobody needs the seconds of an hour. */
function roughly(milliseconds) {
    return milliseconds < 60_000 ? Math.floor(milliseconds / 1000) * 1000 : Math.floor(milliseconds / 60_000) * 60_000;
}
