import { make } from "../elements.js";
import { t } from "../strings.js";
import { Refused } from "./server.js";

/**
 * Somebody was faster, or the checklist has changed: both versions side by side, and what may be done. Nothing is thrown
 * away unless the inspector says so.
 */
export function showConflict(root, field, data, draft) {
    const theirs = draft.conflict;
    const isHandedIn = theirs.report !== null;
    const isWithdrawn = theirs.state === "withdrawn";
    const acts = [];
    if (isHandedIn) {
        acts.push(act("supplement", "primary", async () => {
            draft.isSupplement = true;
            draft.state = "ready";
            await field.save(draft);
            location.hash = "";
            field.send();
        }));
    } else if (!isWithdrawn) {
        acts.push(act("takeNewer", "primary", async () => {
            try {
                await field.takeNewer(data.id);
            } catch (error) {
                if (!(error instanceof Refused)) throw error;
                draft.message = error.message;
                await field.save(draft);
            }
            field.show();
        }));
    }
    acts.push(make("details", { class: "more" }, make("summary", {}, t("field.conflict.discard")),
        make("p", { class: "hint" }, t("field.conflict.discardMeans")),
        act("discardNow", "danger", async () => {
            draft.state = "sent";
            draft.sentAt = Date.now();
            draft.conflict = null;
            await field.save(draft);
            location.hash = "";
        })));
    root.replaceChildren(
        make("header", { class: "field-school" }, make("h2", {}, data.school.name)),
        make("p", { class: "warn", role: "alert" }, draft.message ?? t("field.conflict")),
        make("p", { class: "hint" }, isWithdrawn ? "" : isHandedIn
            ? t("field.conflict.handedIn", { name: theirs.report.by ?? "–" })
            : t("field.conflict.template", { mine: draft.template, theirs: theirs.template })),
        isWithdrawn ? "" : table(data, draft, theirs), ...acts);
}

function act(name, style, run) {
    return make("button", { type: "button", class: `${style} wide`, "data-act": name, onclick: run },
        t(`field.conflict.${name}`));
}

/** Only the items in which the two differ. */
function table(data, draft, theirs) {
    const answers = new Map((theirs.report?.answers ?? []).map((answer) => [answer.item, answer]));
    const titles = new Map([...data.items, ...theirs.items].map((item) => [item.code, item.title]));
    const rows = [...titles].map(([code, title]) => {
        const mine = draft.answers[code];
        const other = answers.get(code);
        const here = data.items.some((item) => item.code === code);
        const there = theirs.items.some((item) => item.code === code);
        return {
            title,
            mine: !here ? t("field.conflict.noItem") : outcome(mine?.outcome, mine?.extent, mine?.note),
            theirs: !there ? t("field.conflict.noItem")
                : other ? outcome(...other.outcome.split("/"), other.note) : t("field.conflict.noAnswer"),
        };
    }).filter((row) => row.mine !== row.theirs);
    return make("table", { class: "both" },
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, t("field.conflict.item")),
            make("th", { scope: "col" }, t("field.conflict.mine")),
            make("th", { scope: "col" }, t("field.conflict.theirs")))),
        make("tbody", {}, ...rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row.title),
            make("td", {}, row.mine), make("td", {}, row.theirs)))));
}

function outcome(name, second, third) {
    if (!name) return t("field.conflict.noAnswer");
    const text = t(`field.outcome.${name}`);
    if (name !== "fails") return text;
    const note = third ? ` ${third}` : "";
    return `${text} · ${t(`field.extent.${second}`)}${note}`;
}
