import { make } from "../elements.js";
import { t } from "../strings.js";
import { identifier } from "./identifiers.js";
import { SignaturePad } from "./signature.js";
import * as vault from "./vault.js";
import { answered, busy } from "./views.js";

const OUTCOMES = ["conforms", "fails", "notApplicable"];

/** One school's checklist, item by item; every touch is kept at once. */
export async function showForm(root, field, data, draft) {
    const pictures = new Map((await vault.picturesOf(data.id)).map((picture) => [picture.id, picture]));
    const count = make("span", { class: "count", role: "status" });
    const changed = async () => {
        count.textContent = t("field.progress", { done: answered(data, draft), all: data.items.length });
        await field.save(draft);
    };
    const remark = make("textarea", { rows: 3, maxlength: 1000 });
    remark.value = draft.remark;
    remark.addEventListener("change", () => { draft.remark = remark.value; changed(); });
    const aside = Object.entries(draft.setAside ?? {}).filter(([, answer]) => answer.note || answer.outcome === "fails");
    root.replaceChildren(
        make("header", { class: "field-school" }, make("h2", {}, data.school.name),
            make("p", { class: "muted" }, t("field.due", { day: data.due }))),
        ...(draft.message ? [make("p", { class: "fault", role: "alert" }, draft.message)] : []),
        ...(aside.length > 0 ? [make("details", { class: "info" }, make("summary", {}, t("field.setAside")),
            ...aside.map(([code, answer]) => make("p", {}, `${code}: ${answer.note}`)))] : []),
        make("ol", { class: "field-items" },
            ...data.items.map((item, index) => itemCard(field, item, index, draft, pictures, changed))),
        make("label", { class: "card" }, t("field.remark"), remark),
        make("footer", { class: "field-foot" }, count,
            make("a", { class: "button primary", href: `#${data.id}/sign` }, t("field.finish"))));
    await changed();
}

function itemCard(field, item, index, draft, pictures, changed) {
    const answer = (draft.answers[item.code] ??= { outcome: null, extent: 1, note: "", photos: [] });
    const card = make("li", { class: "card", "data-item": item.code });
    const details = make("div", { class: "details-of" });
    const shots = make("div", { class: "shots" });
    const isNeeded = () => item.photo === "always" || (item.photo === "whenFailing" && answer.outcome === "fails");
    const photoHint = make("span", { class: "need" });
    const paint = () => {
        card.dataset.outcome = answer.outcome ?? "";
        details.hidden = answer.outcome !== "fails";
        const isMissing = isNeeded() && answer.photos.length === 0 && answer.outcome !== "notApplicable";
        photoHint.textContent = isMissing ? t("field.photoNeeded") : "";
        shots.hidden = answer.outcome === null && answer.photos.length === 0 && item.photo !== "always";
        shots.replaceChildren(
            ...answer.photos.map((id) => shot(id, pictures, draft, answer, paint)), camera(), photoHint);
    };
    const camera = () => {
        const input = make("input", { type: "file", accept: "image/*", capture: "environment", class: "hidden" });
        input.addEventListener("change", async () => {
            const [file] = input.files;
            if (!file) return;
            const picture = {
                id: identifier(), inspection: draft.id, kind: "photo", name: file.name || "photo.jpg", type: file.type,
                bytes: await file.arrayBuffer(), isSent: false,
            };
            answer.photos.push(picture.id);
            pictures.set(picture.id, picture);
            await vault.putPicture(picture, draft);
            paint();
        });
        return make("label", { class: "button shoot" }, t("field.photo"), input);
    };
    const choose = (name, values, current, set) => make("div", { class: `choice ${name}`, role: "radiogroup" },
        ...values.map(({ value, label }) => {
            const input = make("input", {
                type: "radio", name: `${item.code}-${name}`, value, checked: value === String(current ?? ""),
            });
            input.addEventListener("change", () => { set(value); paint(); changed(); });
            return make("label", { class: value }, input, make("span", {}, label));
        }));
    const note = make("textarea", { rows: 2, maxlength: 500, placeholder: t("field.notePlaceholder") });
    note.value = answer.note;
    note.addEventListener("change", () => { answer.note = note.value; changed(); });
    details.append(
        choose("extent", [1, 2, 3, 4, 5].map((value) => ({ value: String(value), label: t(`field.extent.${value}`) })),
            answer.extent, (value) => { answer.extent = Number(value); }),
        make("label", {}, t("field.note"), note));
    card.append(
        make("h3", {}, `${index + 1}. ${item.title}`,
            make("span", { class: `severity ${item.severity}` }, t(`field.severity.${item.severity}`))),
        make("p", { class: "small" }, item.requirement),
        make("p", { class: "muted small" }, item.law),
        choose("outcome", OUTCOMES.map((value) => ({ value, label: t(`field.outcome.${value}`) })), answer.outcome,
            (value) => { answer.outcome = value; }),
        details, shots);
    paint();
    return card;
}

function shot(id, pictures, draft, answer, paint) {
    const picture = pictures.get(id);
    if (!picture) return make("span", { class: "muted" }, "–");
    const address = URL.createObjectURL(new Blob([picture.bytes], { type: picture.type }));
    const image = make("img", { src: address, alt: picture.name });
    image.addEventListener("load", () => URL.revokeObjectURL(address));
    image.addEventListener("error", () => URL.revokeObjectURL(address));
    return make("figure", { "data-picture": id }, image, make("button", {
        type: "button", "aria-label": t("field.removePhoto"), onclick: async () => {
            answer.photos = answer.photos.filter((other) => other !== id);
            pictures.delete(id);
            await vault.removePicture(id, draft);
            paint();
        },
    }, "×"));
}

/** What is still missing, as the server would say it. */
export function missing(data, draft) {
    return data.items.filter((item) => {
        const answer = draft.answers[item.code];
        if (!answer?.outcome) return true;
        if (answer.outcome === "notApplicable" || answer.photos.length > 0) return false;
        return item.photo === "always" || (item.photo === "whenFailing" && answer.outcome === "fails");
    });
}

/** The end: both sign on the glass, and off it goes. */
export async function showSigning(root, field, data, draft) {
    const open = missing(data, draft);
    if (open.length > 0) {
        root.replaceChildren(
            make("h2", {}, t("field.missing", { count: open.length })),
            make("ul", { class: "field-list" }, ...open.map((item) =>
                make("li", { class: "card" }, make("a", { href: `#${data.id}` }, item.title)))),
            make("a", { class: "button primary wide", href: `#${data.id}` }, t("field.goOn")));
        return;
    }
    const failed = data.items.filter((item) => draft.answers[item.code].outcome === "fails");
    const points = failed.reduce((sum, item) => sum + item.points * draft.answers[item.code].extent, 0);
    const button = make("button", { type: "button", class: "primary wide", "data-hand-in": true }, t("field.handIn"));
    const name = make("input", { maxlength: 60, autocomplete: "off", name: "signer" });
    name.value = draft.schoolName;
    const reason = make("input", { maxlength: 200, autocomplete: "off", name: "refusal" });
    reason.value = draft.refusal;
    const refused = make("input", { type: "checkbox", name: "refused", checked: draft.isRefused });
    const mine = make("canvas", { class: "pad", "data-pad": "inspector", "aria-label": t("field.signHere") });
    const theirs = make("canvas", { class: "pad", "data-pad": "school", "aria-label": t("field.signHere") });
    const clear = (pad) => make("button", { type: "button", onclick: () => pad().clear() }, t("field.clear"));
    const schoolPart = make("div", { class: "stack" }, make("label", {}, t("field.signer"), name), theirs,
        clear(() => pads.theirs));
    const refusalPart = make("label", {}, t("field.refusal"), reason);
    const place = make("button", { type: "button", "data-position": true }, t("field.position"));
    const placeText = make("p", { class: "hint", role: "status" }, positionText(draft));
    root.replaceChildren(
        make("header", { class: "field-school" }, make("h2", {}, data.school.name),
            make("p", {}, failed.length === 0
                ? t("field.allWell") : t("field.summary", { failed: failed.length, points }))),
        ...(failed.length > 0 ? [make("ul", { class: "failed" }, ...failed.map((item) => make("li", {},
            `${item.title} · ${t(`field.extent.${draft.answers[item.code].extent}`)}`)))] : []),
        make("section", { class: "card stack" }, make("h3", {}, t("field.inspectorSigns", { name: field.name })), mine,
            clear(() => pads.mine)),
        make("section", { class: "card stack" }, make("h3", {}, t("field.schoolSigns")), schoolPart,
            make("label", { class: "check" }, refused, t("field.refuses")), refusalPart),
        make("section", { class: "card stack" }, make("p", { class: "hint" }, t("field.positionMeans")), place, placeText),
        button);
    const check = () => {
        schoolPart.hidden = refused.checked;
        refusalPart.hidden = !refused.checked;
        button.disabled = pads.mine.isEmpty || (refused.checked
            ? reason.value.trim().length < 2 : pads.theirs.isEmpty || name.value.trim() === "");
    };
    const pads = { mine: new SignaturePad(mine, () => check()), theirs: new SignaturePad(theirs, () => check()) };
    for (const input of [name, reason, refused]) input.addEventListener("input", check);
    check();
    place.addEventListener("click", () => {
        navigator.geolocation?.getCurrentPosition(async ({ coords }) => {
            draft.position = {
                latitude: coords.latitude, longitude: coords.longitude, accuracy: Math.round(coords.accuracy),
            };
            await field.save(draft);
            placeText.textContent = positionText(draft);
        }, () => { placeText.textContent = t("field.noPosition"); }, { enableHighAccuracy: true, timeout: 20_000 });
    });
    button.addEventListener("click", async () => {
        busy(button);
        draft.inspectorSignature = await keepSignature(draft, pads.mine, "inspector.png");
        draft.isRefused = refused.checked;
        draft.refusal = reason.value.trim();
        draft.schoolName = name.value.trim();
        draft.schoolSignature = refused.checked ? null : await keepSignature(draft, pads.theirs, "school.png");
        draft.finished = Date.now();
        draft.state = "ready";
        draft.message = null;
        await field.save(draft);
        location.hash = "";
        field.send();
    });
}

async function keepSignature(draft, pad, name) {
    const picture = {
        id: identifier(), inspection: draft.id, kind: "signature", name, type: "image/png", bytes: await pad.png(),
        isSent: false,
    };
    await vault.put("pictures", picture);
    return picture.id;
}

function positionText(draft) {
    return draft.position
        ? t("field.positionIs", {
            latitude: draft.position.latitude.toFixed(5), longitude: draft.position.longitude.toFixed(5),
            accuracy: draft.position.accuracy,
        }) : "";
}
