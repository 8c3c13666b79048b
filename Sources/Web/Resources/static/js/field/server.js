import { t } from "../strings.js";

const BASE = "/api/v1/inspections";

/** Why something was not taken in. */
export class Refused extends Error {
    /** @param {"network"|"signedOut"|"conflict"|"refused"} kind */
    constructor(kind, message, body = null) {
        super(message);
        this.kind = kind;
        this.body = body;
    }
}

async function ask(path, options = {}) {
    let response;
    try {
        response = await fetch(path, { credentials: "same-origin", cache: "no-store", ...options });
    } catch {
        throw new Refused("network", t("field.offline"));
    }
    if (response.status === 401 || response.redirected) throw new Refused("signedOut", t("field.signedOut"));
    const body = await response.json().catch(() => null);
    if (response.ok && body) return body;
    // Nobody said no: a proxy, a restart, a full disk. It is tried again.
    if (response.status >= 500 || response.status === 429 || !body) throw new Refused("network", t("field.offline"));
    const message = body.error?.message ?? t("field.refused");
    throw new Refused(response.status === 409 && body.inspection ? "conflict" : "refused", message, body);
}

/** Inspections of mine that nobody has handed in. */
export async function open() {
    const body = await ask(`${BASE}?stage=open&mine=1`);
    return body.inspections;
}

/** Takes one along: the others see that I have begun. */
export function begin(id) {
    return ask(`${BASE}/${id}/begin`, { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
}

export function whole(id) { return ask(`${BASE}/${id}`); }

/** Sent twice, it is there once: the phone has named it. */
export function sendPicture(picture) {
    const query = new URLSearchParams({ kind: picture.kind, name: picture.name });
    return ask(`${BASE}/${picture.inspection}/files/${picture.id}?${query}`, {
        method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: picture.bytes,
    });
}

export function sendReport(id, report) {
    return ask(`${BASE}/${id}/report`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(report),
    });
}
