/** Speeds that a replay knows. */
export const speeds = [0.5, 1, 2, 4, 8];

/** Longer steps are a browser that slept, not time that was watched. */
const longestStep = 1500;

/** The one clock that all cameras of a replay follow. `time` is UTC milliseconds. */
export class ReplayClock {
    #last = null;

    time = 0;
    speed = 1;
    isPlaying = false;

    /** @param {boolean} canRun false while a camera has no picture yet: the time passes for nobody. */
    advance(now, canRun) {
        const step = this.#last === null ? 0 : Math.min(longestStep, now - this.#last);
        this.#last = now;
        if (this.isPlaying && canRun) this.time += step * this.speed;
    }

    faster(step) {
        const at = speeds.indexOf(this.speed) + step;
        this.speed = speeds[Math.min(speeds.length - 1, Math.max(0, at))];
    }
}
