import { icon } from "./icons.js";
import { t } from "./strings.js";

/**
 * Makes an element: `make("p", { class: "x", hidden: true, onclick: f }, "text", child)`.
 * Names that start with `on` are listeners; `true` sets an empty attribute, `false`, null and undefined none.
 */
export function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else if (value === true) element.setAttribute(name, "");
        else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
}

/** A button with an icon, named for people who can't see it. */
export function iconButton(name, label, onclick, attributes = {}) {
    return make(
        "button", { type: "button", class: "player-button", title: label, "aria-label": label, onclick, ...attributes },
        icon(name));
}

/** Another icon and name on the same button. */
export function relabel(button, name, label) {
    if (button.dataset.icon === name && button.title === label) return;
    button.dataset.icon = name;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.replaceChildren(icon(name));
}

/** Text is written only when it differs: live regions speak each write. */
export function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
}

/** Keys belong to what the person is typing into or pressing. */
export function isTyping(event) {
    return event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing
        || event.target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]")
        || document.querySelector("dialog[open]") !== null;
}

/** Space and Enter already press a focused button or link. */
export function pressesTarget(event) {
    const presses = event.key === " " || event.key === "Enter";
    return presses && event.target.closest?.("button, a[href], summary, input") !== null;
}

/** Full screen on or off; phones that know it only for videos get the video. */
export async function toggleFullScreen(element) {
    if (document.fullscreenElement) return document.exitFullscreen();
    if (element.requestFullscreen) return element.requestFullscreen();
    element.querySelector("video")?.webkitEnterFullscreen?.();
}

/** A name without what file systems don't take. */
export function fileName(name) { return name.replace(/[\\/:*?"<>|\s]+/g, "-"); }

/** The button that enters and leaves full screen, as it is now. */
export function relabelFullScreen(button, isFull, label) {
    relabel(button, isFull ? "leaveFullScreen" : "fullScreen", isFull ? t("live.leaveFullScreen") : label);
}

/** Hands a blob to the browser as a download. */
export function save(blob, name) {
    const address = URL.createObjectURL(blob);
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The picture that a video shows now, in its full size; null without one. */
export async function picture(video) {
    if (!video.videoWidth) return null;
    const canvas = make("canvas", { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext("2d").drawImage(video, 0, 0);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
}
