import { request } from "./api.js";
import { icon } from "./icons.js";
import { fileName, make, picture, save, setText } from "./elements.js";
import { t } from "./strings.js";
import { Zoom } from "./zoom.js";

/**
 * The face of one camera, live or replayed: the video, a still under it (poster, last picture, snapshots), its name and
 * badges, and words over the picture when there is none. Owns the elements, knows nothing of where pictures come from.
 */
export class PlayerStage {
    #signal;
    #adopted;
    #still;
    #message;
    #spoken;
    #badges = new Map();
    #badgeRow;
    #stillAddress = null;

    /** @param {HTMLElement} host whose content this becomes; a picture in it stays as the first still. */
    constructor(host, { name, onzoom, signal }) {
        this.video = make("video", { muted: true, playsinline: true, preload: "auto", tabindex: "-1" });
        this.video.muted = true;
        this.#signal = signal;
        this.#adopted = this.#adopt(host.querySelector("img"));
        this.#still = make("canvas", { class: "player-still", hidden: true });
        this.frozen = make("canvas", { class: "player-still", hidden: true });
        this.content = make("div", { class: "player-content" }, this.#adopted, this.#still, this.frozen, this.video);
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
     * @param {?{ icon?, title, detail?: string[], action?: { label, run }, isNote? }} message without an icon it is
     *   busy; a note stays at the edge, for there is a picture.
     */
    say(message) {
        const { icon: shape, title, detail, action, isNote } = message ?? {};
        const key = message ? JSON.stringify([shape, title, detail, action?.label]) : "";
        if (this.#message.dataset.key === key) return;
        this.#message.dataset.key = key;
        this.#message.hidden = !message;
        this.#message.toggleAttribute("data-note", isNote === true);
        if (!message) return this.#message.replaceChildren();
        const button = action
            && make("button", { type: "button", class: "player-action", onclick: action.run }, action.label);
        this.#message.replaceChildren(
            shape ? icon(shape) : make("span", { class: "player-busy", "aria-hidden": "true" }),
            make("p", { class: "player-title" }, title),
            ...(detail ?? []).filter(Boolean).map((line) => make("p", { class: "player-detail" }, line)),
            ...[button].filter(Boolean));
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

    /**
     * Shows a picture from an address as soon as it is loaded; the one before stays until then. Drawn, not an `img`:
     * browsers keep hundreds of megabytes of decoded images, and a wall shows a new one for each camera that it turns to.
     */
    async showStill(address) {
        this.#stillAddress = address;
        try {
            const response = await request(address, { signal: this.#signal });
            const bitmap = await createImageBitmap(await response.blob());
            if (this.#stillAddress !== address) return bitmap.close();
            [this.#still.width, this.#still.height] = [bitmap.width, bitmap.height];
            this.#still.getContext("bitmaprenderer").transferFromImageBitmap(bitmap);
            this.#still.hidden = false;
            this.thaw();
        } catch {
            // No still is no loss: what is wrong with the camera is said elsewhere.
        }
    }

    /** The page's own picture stays under the video. */
    #adopt(image) {
        if (!image?.currentSrc && !image?.src) return null;
        image.className = "player-still";
        return image;
    }

    get hasStill() { return this.#adopted !== null || !this.#still.hidden || !this.frozen.hidden; }

    /**
     * Keeps the last picture while the video is without one. Not for cameras that leave: Chromium holds on to what was
     * drawn from a video (1.4 MB each) long after its canvas is gone.
     */
    freeze() {
        const { video, frozen } = this;
        if (!video.isConnected) return;
        if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || !video.videoWidth) return;
        // As large as it is seen, not as the camera sends it: sixteen full ones are much memory.
        const scale = Math.min(1, (this.frame.clientWidth * devicePixelRatio || 640) / video.videoWidth);
        frozen.width = Math.round(video.videoWidth * scale);
        frozen.height = Math.round(video.videoHeight * scale);
        frozen.getContext("2d").drawImage(video, 0, 0, frozen.width, frozen.height);
        frozen.hidden = false;
    }

    /** The video has a picture again. */
    thaw() {
        if (this.frozen.hidden) return;
        this.frozen.hidden = true;
        this.frozen.width = 0;
    }

    /** Nothing under the video any more. */
    clearStill() {
        this.#stillAddress = null;
        this.#adopted?.remove();
        this.#adopted = null;
        this.#still.hidden = true;
        this.#still.width = 0;
        this.thaw();
    }

    /** Saves the picture of now as a file. */
    async saveSnapshot(fileStamp) {
        const blob = await picture(this.video);
        if (!blob) return false;
        save(blob, t("snapshot.fileName", { name: fileName(this.nameText.textContent), time: fileStamp }));
        return true;
    }
}
