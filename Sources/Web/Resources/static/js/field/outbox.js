import { sha256 } from "./identifiers.js";
import { Refused, sendPicture, sendReport } from "./server.js";
import * as vault from "./vault.js";

/** What has to be sent, and what has become of it. Tabs wait for one another, so that none sends what another does. */
export class Outbox {
    #person;
    #changed;
    #pause = 2000;
    #timer;

    /** @param changed called with nothing whenever a draft has moved on. */
    constructor(person, changed) {
        this.#person = person;
        this.#changed = changed;
        addEventListener("online", () => this.send());
        document.addEventListener("visibilitychange", () => { if (!document.hidden) this.send(); });
    }

    /** All that is ready; what stays is tried again later. */
    async send() {
        clearTimeout(this.#timer);
        const done = await navigator.locks.request("mingchu-outbox", { ifAvailable: true }, async (lock) => {
            // Another tab is at it: look again soon.
            if (!lock) return false;
            const drafts = await vault.all("drafts");
            for (const draft of drafts) {
                if (draft.person !== this.#person || draft.state !== "ready") continue;
                if (!(await this.#sendOne(draft))) return false;
            }
            return true;
        });
        if (done) {
            this.#pause = 2000;
            return;
        }
        this.#timer = setTimeout(() => this.send(), this.#pause);
        this.#pause = Math.min(this.#pause * 2, 120_000);
    }

    /** Whether the next one may be tried. */
    async #sendOne(draft) {
        try {
            for (const picture of await vault.picturesOf(draft.id)) {
                if (picture.isSent || !filesOf(draft).includes(picture.id)) continue;
                const kept = await sendPicture(picture);
                if (kept.sha256 !== (await sha256(picture.bytes))) throw new Refused("network", "");
                picture.isSent = true;
                await vault.put("pictures", picture);
                this.#changed();
            }
            await sendReport(draft.id, reportOf(draft));
            await this.#set(draft, { state: "sent", message: null, conflict: null, sentAt: Date.now() });
            await vault.clearPictures(draft.id);
            return true;
        } catch (error) {
            if (!(error instanceof Refused)) throw error;
            switch (error.kind) {
            case "conflict":
                await this.#set(draft, { state: "conflict", message: error.message, conflict: error.body.inspection });
                return true;
            case "refused":
                await this.#set(draft, { state: "refused", message: error.message });
                return true;
            default:
                await this.#set(draft, { message: error.message });
                return false;
            }
        }
    }

    async #set(draft, values) {
        // What somebody has done meanwhile in another tab stays.
        const now = (await vault.get("drafts", draft.id)) ?? draft;
        await vault.put("drafts", { ...now, ...values });
        this.#changed();
    }
}

/** Every picture that a report rests on. */
export function filesOf(draft) {
    const photos = Object.values(draft.answers).flatMap((answer) => answer.photos);
    return [...photos, draft.inspectorSignature, draft.isRefused ? null : draft.schoolSignature].filter(Boolean);
}

/** As the API takes it. */
export function reportOf(draft) {
    const school = draft.isRefused
        ? { refused: draft.refusal } : { signature: draft.schoolSignature, name: draft.schoolName };
    return {
        id: draft.report, begun: draft.begun, finished: draft.finished, template: draft.template,
        answers: Object.entries(draft.answers).map(([item, answer]) => ({
            item, outcome: answer.outcome === "fails" ? `fails/${answer.extent}` : answer.outcome, note: answer.note,
            photos: answer.photos,
        })),
        remark: draft.remark, inspectorSignature: draft.inspectorSignature, school, position: draft.position,
        supplement: draft.isSupplement ?? false,
    };
}
