import { icon } from "./icons.js";
import { make, picture, save, setText } from "./elements.js";
import { t } from "./strings.js";
import { Zoom } from "./zoom.js";

/**
 * The face of one camera, live or replayed: the video, a still under it (poster, last picture, snapshots), its name and
 * badges, and words over the picture when there is none. Owns the elements, knows nothing of where pictures come from.
 */
export class PlayerStage {
    #still;
    #message;
    #spoken;
    #badges = new Map();
    #badgeRow;
    #stillAddress = null;

    /** @param {HTMLElement} host whose content this becomes. */
    constructor(host, { name, onzoom, signal }) {
        this.video = make("video", { muted: true, playsinline: true, preload: "auto", tabindex: "-1" });
        this.video.muted = true;
        this.#still = make("img", { class: "player-still", alt: "", hidden: true });
        this.frozen = make("canvas", { class: "player-still", hidden: true });
        this.content = make("div", { class: "player-content" }, this.#still, this.frozen, this.video);
        this.frame = make("div", { class: "player-frame" }, this.content);
        this.#message = make("div", { class: "player-message", hidden: true });
        this.nameText = make("span", { class: "player-name" }, name);
        this.placeText = make("span", { class: "player-place" });
        this.clockText = make("span", { class: "player-clock" });
        this.#badgeRow = make("span", { class: "player-badges" });
        this.#spoken = make("span", { class: "player-spoken", role: "status" });
        this.controls = make("div", { class: "player-controls" });
        const label = make(
            "div", { class: "player-label" }, this.nameText, this.placeText, this.#badgeRow, this.clockText);
        host.replaceChildren(this.frame, this.#message, label, this.controls, this.#spoken);
        this.zoom = new Zoom(this.frame, this.content, onzoom, { signal });
    }

    /**
     * Words over the picture; null takes them away.
     * @param {?{ icon?, title, detail?: string[], action?: { label, run }, isNote? }} message without an icon it is busy;
     *   a note stays at the edge, for there is a picture.
     */
    say(message) {
        const { icon: shape, title, detail, action, isNote } = message ?? {};
        const key = message ? JSON.stringify([shape, title, detail, action?.label]) : "";
        if (this.#message.dataset.key === key) return;
        this.#message.dataset.key = key;
        this.#message.hidden = !message;
        this.#message.toggleAttribute("data-note", isNote === true);
        if (!message) return this.#message.replaceChildren();
        this.#message.replaceChildren(
            shape ? icon(shape) : make("span", { class: "player-busy", "aria-hidden": "true" }),
            make("p", { class: "player-title" }, title),
            ...(detail ?? []).filter(Boolean).map((line) => make("p", { class: "player-detail" }, line)),
            ...(action ? [make("button", { type: "button", class: "player-action", onclick: action.run }, action.label)] : []));
    }

    /** For those who can't see the picture. */
    speak(text) { setText(this.#spoken, text); }

    /** @param {null | string} text null takes the badge away. */
    badge(kind, text) {
        let badge = this.#badges.get(kind);
        if (text === null) {
            badge?.remove();
            this.#badges.delete(kind);
            return;
        }
        if (!badge) {
            badge = make("span", { class: "player-badge", "data-kind": kind });
            this.#badges.set(kind, badge);
            this.#badgeRow.append(badge);
        }
        setText(badge, text);
    }

    /** Shows a picture from an address as soon as it is loaded; the one before stays until then. */
    async showStill(address) {
        this.#stillAddress = address;
        const next = new Image();
        next.src = address;
        try {
            await next.decode();
        } catch {
            return;
        }
        if (this.#stillAddress !== address) return;
        this.#still.src = address;
        this.#still.hidden = false;
        this.frozen.hidden = true;
    }

    /** Puts what the page's own picture shows under the video. */
    adoptStill(image) {
        if (!image?.currentSrc) return false;
        this.#still.src = image.currentSrc;
        this.#still.hidden = false;
        return true;
    }

    get hasStill() { return !this.#still.hidden || !this.frozen.hidden; }

    /** Keeps the last picture while the video is without one. */
    freeze() {
        const { video, frozen } = this;
        if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || !video.videoWidth) return;
        // As large as it is seen, not as the camera sends it: sixteen full ones are much memory.
        const scale = Math.min(1, (this.frame.clientWidth * devicePixelRatio || 640) / video.videoWidth);
        frozen.width = Math.round(video.videoWidth * scale);
        frozen.height = Math.round(video.videoHeight * scale);
        frozen.getContext("2d").drawImage(video, 0, 0, frozen.width, frozen.height);
        frozen.hidden = false;
    }

    /** Nothing under the video any more. */
    clearStill() {
        this.#stillAddress = null;
        this.#still.hidden = true;
        this.#still.removeAttribute("src");
        this.frozen.hidden = true;
        this.frozen.width = 0;
    }

    /** Saves the picture of now as a file. */
    async saveSnapshot(fileStamp) {
        const blob = await picture(this.video);
        if (!blob) return false;
        save(blob, t("snapshot.fileName", { name: this.nameText.textContent.replace(/[\\/:*?"<>|\s]+/g, "-"), time: fileStamp }));
        return true;
    }
}
