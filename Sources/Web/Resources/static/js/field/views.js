import { make } from "../elements.js";
import { t } from "../strings.js";
import { filesOf } from "./outbox.js";
import * as vault from "./vault.js";

/** An icon of the site's own sheet. */
export function symbol(field, name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${field.icons}#${name}`);
    svg.append(use);
    return svg;
}

/** How many items have an answer. */
export function answered(data, draft) {
    return data.items.filter((item) => draft.answers[item.code]?.outcome).length;
}

/** What is on the phone, what waits on the server, what has gone. */
export async function showList(root, field, wanted) {
    const kept = await field.inspections();
    const rows = await Promise.all(kept.map(async (one) => {
        const draft = await field.draft(one.id);
        const pictures = draft?.state === "ready" ? await vault.picturesOf(one.id) : [];
        return { ...one, draft, sent: pictures.filter((picture) => picture.isSent).length };
    }));
    const open = rows.filter((row) => row.draft && row.draft.state !== "sent");
    const done = rows.filter((row) => row.draft?.state === "sent").sort((a, b) => b.draft.sentAt - a.draft.sentAt);
    const here = new Set(open.map((row) => row.id));
    // What was asked before the last report went off is not to be taken again.
    const gone = new Set(done.map((row) => row.id));
    const waiting = (field.waiting ?? []).filter((one) => !here.has(one.id) && !gone.has(one.id));
    const parts = [];
    if (field.message) parts.push(make("p", { class: "warn", role: "alert" }, field.message));
    if (wanted && !here.has(wanted) && !gone.has(wanted)) {
        const there = waiting.find((one) => one.id === wanted);
        parts.push(there
            ? make("section", { class: "card stack" }, make("h2", {}, there.school.name),
                make("p", { class: "hint" }, t("field.takeMeans")),
                make("button", {
                    type: "button", class: "primary wide", onclick: () => field.take([wanted]),
                }, t("field.takeOne")))
            : make("p", { class: "info" }, t("field.notHere")));
    }
    parts.push(make("h2", {}, t("field.onPhone", { count: open.length })));
    parts.push(open.length > 0
        ? make("ul", { class: "field-list" }, ...open.map((row) => openRow(row)))
        : make("p", { class: "muted" }, t("field.nothingOnPhone")));
    if (waiting.length > 0) {
        parts.push(make("h2", {}, t("field.waiting", { count: waiting.length })));
        parts.push(make("button", {
            type: "button", class: "primary wide", "data-take-all": true,
            onclick: (event) => { busy(event.target); field.take(waiting.map((one) => one.id)); },
        }, t("field.takeAll", { count: waiting.length })));
        parts.push(make("ul", { class: "field-list" }, ...waiting.map((one) =>
            make("li", { class: "card" },
                make("div", {}, make("strong", {}, one.school.name),
                    make("span", { class: "muted" }, t("field.due", { day: one.due }))),
                make("button", {
                    type: "button", onclick: (event) => { busy(event.target); field.take([one.id]); },
                }, t("field.take"))))));
    } else if (field.waiting === null) {
        parts.push(make("p", { class: "hint" }, t("field.notAsked")));
    }
    if (done.length > 0) {
        parts.push(make("h2", {}, t("field.done", { count: done.length })));
        parts.push(make("ul", { class: "field-list" }, ...done.map((row) =>
            make("li", { class: "card" },
                make("a", { href: `/inspections/${row.id}` }, make("strong", {}, row.data.school.name)),
                make("span", { class: "sent" }, symbol(field, "ok"), t("field.sent"))))));
    }
    root.replaceChildren(...parts);
}

function openRow(row) {
    const { data, draft } = row;
    const link = make("a", { href: `#${row.id}`, class: "grow" }, make("strong", {}, data.school.name),
        make("span", { class: "muted" }, t("field.due", { day: data.due })));
    let state;
    if (draft.state === "ready") {
        state = make("span", { class: "ready", "data-state": "ready" },
            t("field.toSend", { sent: row.sent, all: filesOf(draft).length }));
    } else if (draft.state === "conflict") {
        state = make("span", { class: "reason", "data-state": "conflict" }, t("field.conflict"));
    } else {
        state = make("span", { class: "muted", "data-state": draft.state },
            t("field.progress", { done: answered(data, draft), all: data.items.length }));
    }
    const parts = [link, state];
    if (draft.message) parts.push(make("p", { class: draft.state === "ready" ? "hint" : "reason small" }, draft.message));
    return make("li", { class: "card" }, ...parts);
}

export function busy(button) {
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
}
