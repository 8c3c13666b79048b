import { make } from "./elements.js";
import { t } from "./strings.js";

/** Shows which keys do what. @param {[string, string][]} keys e.g. `["space", "Play"]` */
export function showKeys(host, title, keys) {
    const list = make("dl", { class: "keys-list" });
    for (const [names, meaning] of keys) {
        const term = make("dt", {});
        for (const name of names.split(" ")) term.append(make("kbd", {}, t(`key.${name}`).replace(/^key\./, "")));
        list.append(make("div", {}, term, make("dd", {}, meaning)));
    }
    const dialog = make(
        "dialog", { class: "keys-dialog", "aria-label": title, "data-theme": "dark" }, make("h2", {}, title), list,
        make("button", { type: "button", class: "player-action", onclick: () => dialog.close() }, t("keys.close")));
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    // Inside the host: only its own descendants are seen in full screen.
    host.append(dialog);
    dialog.showModal();
}
