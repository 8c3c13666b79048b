/**
 * What makes the server's pages quicker to use; each of them works without it.
 *
 * - `[data-hotkey]`: a field that a key focuses.
 * - `[data-list]`: a table in which `j` and `k` move and `Enter` opens.
 * - `select[data-submits]`: submits its form when it changes.
 * - `select[data-reveals]`: shows an element only while “new” is chosen.
 * - `button[data-probe]`: puts the probe's result into the page instead of a tab of its own.
 * - `[data-key]`: a link that a key follows, a button that it presses.
 * - `[data-refresh]`: a part of the page that is fetched anew every so many seconds while it is seen.
 * - `[data-badge]`: counts new captures.
 * - `details.menu`: closes on Escape and on a click elsewhere.
 * - `nav.places`, `nav.tabs`: a row that is wider than a phone begins where the current one is seen.
 */
const isTyping = (target) =>
    target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;
/** The browser itself presses what has the focus. */
const isPressing = (event) => event.key === "Enter" && event.target.closest?.("a, button, input, summary") !== null;

document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus();
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (isPressing(event)) return;
    const field = document.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]`);
    if (field) {
        event.preventDefault();
        field.focus();
        field.select?.();
    } else if (document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)) {
        // Held down, a key must not judge one capture after the other.
        if (!event.repeat) document.querySelector(`[data-key="${CSS.escape(event.key)}"]`).click();
    } else if (event.key === "j" || event.key === "k") {
        moveInList(event.key === "j" ? 1 : -1);
    }
});

for (const current of document.querySelectorAll("nav.places [aria-current], nav.tabs [aria-current]")) {
    const nav = current.closest("nav");
    nav.scrollLeft = current.offsetLeft - nav.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;
}

const row = (link) => link.closest("tr, li");

function moveInList(step) {
    const links = [...document.querySelectorAll("[data-list] .row-link, [data-list] tbody td a")]
        .filter((link, index, all) => all.findIndex((other) => row(other) === row(link)) === index);
    if (links.length === 0) return;
    const current = links.findIndex((link) => row(link)?.contains(document.activeElement));
    const next = links[current === -1 ? (step > 0 ? 0 : links.length - 1) : current + step];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
}

function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.menu[open], nav.bottom details[open]")) {
        if (menu !== except) menu.open = false;
    }
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details")));

for (const part of document.querySelectorAll("[data-refresh]")) {
    setInterval(async () => {
        if (document.hidden || part.contains(document.activeElement) && document.activeElement.matches("input, select")) return;
        const response = await fetch(location.href, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
        if (!response?.ok || response.redirected) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const fresh = page.getElementById(part.id);
        if (!fresh) return;
        const focused = document.activeElement?.closest?.("a[href]");
        const open = [...part.querySelectorAll("details")].map((details) => details.open);
        [...fresh.querySelectorAll("details")].forEach((details, index) => { details.open = open[index] ?? false; });
        const address = part.contains(focused) ? focused.getAttribute("href") : null;
        part.replaceChildren(...fresh.childNodes);
        if (address) part.querySelector(`a[href="${CSS.escape(address)}"]`)?.focus();
    }, Number(part.dataset.refresh) * 1000);
}

if (document.querySelector("[data-badge]")) import("../js/captures-badge.js");

for (const select of document.querySelectorAll("select[data-submits]")) {
    select.addEventListener("change", () => select.form.requestSubmit());
}

for (const select of document.querySelectorAll("select[data-reveals]")) {
    const target = document.querySelector(select.dataset.reveals);
    const show = () => { target.hidden = select.value !== "new"; };
    select.addEventListener("change", show);
    show();
}

// At most as many cameras side by side as the server takes.
const replayChoices = [...document.querySelectorAll("[data-replay-camera]")];
const chosen = new URLSearchParams(location.search).getAll("cameras").flatMap((list) => list.split(","));
function limitChoices() {
    const full = replayChoices.filter((box) => box.checked).length >= 4;
    for (const box of replayChoices) box.disabled = full && !box.checked;
}
for (const box of replayChoices) {
    box.checked = chosen.includes(box.value);
    box.addEventListener("change", limitChoices);
}
limitChoices();

for (const button of document.querySelectorAll("button[data-probe]")) {
    button.addEventListener("click", async (event) => {
        event.preventDefault();
        const result = document.querySelector(button.dataset.probe);
        button.disabled = true;
        button.setAttribute("aria-busy", "true");
        try {
            const response = await fetch(button.formAction, {
                method: "POST", body: new URLSearchParams(new FormData(button.form)),
                headers: { Accept: "text/x-fragment, text/html" }, credentials: "same-origin",
            });
            const page = new DOMParser().parseFromString(await response.text(), "text/html");
            const found = page.querySelector(".probe, .notice-page");
            result.replaceChildren(...(found ? [document.adoptNode(found)] : []));
            result.scrollIntoView({ block: "nearest" });
        } catch {
            // Without the network the browser's own page says what is wrong.
            button.form.requestSubmit(button);
        } finally {
            button.disabled = false;
            button.removeAttribute("aria-busy");
        }
    });
}
