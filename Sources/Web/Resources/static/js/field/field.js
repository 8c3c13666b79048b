import { t } from "../strings.js";
import { identifier } from "./identifiers.js";
import { Outbox } from "./outbox.js";
import { begin, open, Refused, whole } from "./server.js";
import * as vault from "./vault.js";
import { showList } from "./views.js";
import { showForm, showSigning } from "./form.js";
import { showConflict } from "./conflict.js";

/**
 * 现场: inspections on the phone. What is shown comes from what the phone keeps; the network only brings and takes.
 * The address after `#` says where one is: nothing = the list, an identifier = that inspection, `…/sign` = its end.
 */
const root = document.querySelector("[data-field]");
const person = root.dataset.person;

const field = {
    person,
    name: root.dataset.name,
    icons: root.dataset.icons,
    /** What the server has to be taken along; null = it could not be asked. */
    waiting: null,
    message: null,

    async inspections() {
        return (await vault.all("inspections")).filter((one) => one.person === person);
    },

    async draft(id) {
        const draft = await vault.get("drafts", id);
        return draft?.person === person ? draft : null;
    },

    async save(draft) { await vault.put("drafts", draft); },

    /** Takes inspections along: from here on they need no network. */
    async take(ids) {
        field.message = null;
        for (const id of ids) {
            try {
                await keep(await begin(id));
            } catch (error) {
                if (!(error instanceof Refused)) throw error;
                field.message = error.message;
            }
        }
        vault.keepForGood();
        await refresh();
    },

    /** The inspection as the server has it now; the draft's answers to items that are still there stay. */
    async takeNewer(id) {
        const data = await whole(id);
        await keep(data);
        const draft = await field.draft(id);
        draft.template = data.template;
        const codes = new Set(data.items.map((item) => item.code));
        draft.setAside = Object.fromEntries(Object.entries(draft.answers).filter(([code]) => !codes.has(code)));
        draft.answers = Object.fromEntries(Object.entries(draft.answers).filter(([code]) => codes.has(code)));
        draft.state = "draft";
        draft.conflict = null;
        draft.message = null;
        draft.report = identifier();
        await vault.put("drafts", draft);
    },

    send() { return outbox.send(); },
    show: () => show(),
};

async function keep(data) {
    await vault.put("inspections", { id: data.id, person, data, taken: Date.now() });
    if (await field.draft(data.id)) return;
    await vault.put("drafts", {
        id: data.id, person, state: "draft", answers: {}, remark: "", template: data.template, begun: Date.now(),
        finished: null, report: identifier(), schoolName: "", isRefused: false, refusal: "", inspectorSignature: null,
        schoolSignature: null, position: null, message: null, conflict: null, isSupplement: false,
    });
}

const outbox = new Outbox(person, () => { if (!location.hash.includes("/")) show(); });

async function refresh() {
    try {
        field.waiting = await open();
    } catch (error) {
        if (!(error instanceof Refused)) throw error;
        field.waiting = null;
        if (error.kind !== "network") field.message = error.message;
    }
    await show();
}

let turn = 0;

async function show() {
    const mine = (turn += 1);
    const [id, step] = location.hash.slice(1).split("/");
    const kept = id ? await vault.get("inspections", id) : null;
    const draft = id ? await field.draft(id) : null;
    // Somebody has gone on while the phone was reading.
    if (mine !== turn) return;
    network();
    if (!kept || kept.person !== person || !draft) return showList(root, field, id || null);
    if (draft.state === "conflict") return showConflict(root, field, kept.data, draft);
    if (draft.state === "sent" || draft.state === "ready") return showList(root, field, null);
    if (step === "sign") return showSigning(root, field, kept.data, draft);
    return showForm(root, field, kept.data, draft);
}

function network() {
    const text = document.querySelector("[data-network]");
    text.textContent = navigator.onLine ? "" : t("field.offlineShort");
    text.classList.toggle("off", !navigator.onLine);
}

addEventListener("hashchange", () => { scrollTo(0, 0); show(); });
addEventListener("online", refresh);
addEventListener("offline", network);
document.querySelector("[data-back]").addEventListener("click", (event) => {
    if (!location.hash) return;
    event.preventDefault();
    location.hash = location.hash.includes("/") ? location.hash.split("/")[0] : "";
});

if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(root.dataset.worker).then(
        () => navigator.serviceWorker.ready.then(() => { document.documentElement.dataset.kept = "yes"; }),
        // Signed out, or no network: the one that is there goes on.
        () => {});
}
await show();
await refresh();
await outbox.send();
