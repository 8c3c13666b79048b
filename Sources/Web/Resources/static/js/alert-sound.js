import { setText } from "./elements.js";
import { t } from "./strings.js";

const memory = "captures-sound";

/**
 * A short tone for a new capture, off until somebody switches it on; the choice is kept in the browser. Browsers let
 * a page sound only after a click in it: until then the button says so.
 */
export class AlertSound {
    #button;
    #isOn = false;
    #context = null;
    #changed;

    /** @param {(isOn: boolean) => void} changed */
    constructor(button, changed) {
        this.#button = button;
        this.#changed = changed;
        if (!button || !window.AudioContext) return;
        button.hidden = false;
        try {
            this.#isOn = localStorage.getItem(memory) === "on";
        } catch {
            // A browser that keeps nothing begins silent.
        }
        button.addEventListener("click", () => this.#switch());
        for (const name of ["pointerdown", "keydown"]) {
            document.addEventListener(name, () => { if (this.#isOn) this.#wake(); }, { passive: true });
        }
        if (this.#isOn) this.#wake();
        this.#show();
    }

    /** Higher and twice for the worst grade. */
    play(grade) {
        if (!this.#isOn || this.#context?.state !== "running") return;
        const start = this.#context.currentTime;
        const tones = grade === 1 ? [[880, 0], [1175, 0.18]] : [[660, 0]];
        for (const [frequency, delay] of tones) {
            const tone = this.#context.createOscillator();
            const volume = this.#context.createGain();
            tone.frequency.value = frequency;
            volume.gain.setValueAtTime(0, start + delay);
            volume.gain.linearRampToValueAtTime(0.25, start + delay + 0.01);
            volume.gain.exponentialRampToValueAtTime(0.001, start + delay + 0.35);
            tone.connect(volume).connect(this.#context.destination);
            tone.start(start + delay);
            tone.stop(start + delay + 0.4);
        }
        this.#button.dataset.played = Number(this.#button.dataset.played ?? 0) + 1;
    }

    #switch() {
        this.#isOn = !this.#isOn;
        try {
            localStorage.setItem(memory, this.#isOn ? "on" : "off");
        } catch {
            // As above.
        }
        if (this.#isOn) this.#wake().then(() => this.play(2));
        this.#show();
    }

    async #wake() {
        this.#context ??= new AudioContext();
        if (this.#context.state !== "running") await this.#context.resume().catch(() => {});
        this.#show();
    }

    #show() {
        const waits = this.#isOn && this.#context?.state !== "running";
        this.#button.setAttribute("aria-pressed", String(this.#isOn));
        const words = !this.#isOn ? "captures.soundOff" : waits ? "captures.soundWaits" : "captures.soundOn";
        setText(this.#button.querySelector("span"), t(words));
        this.#changed(this.#isOn);
    }
}
