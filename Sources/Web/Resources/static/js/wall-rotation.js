/** What a person may choose, in seconds. */
export const rotationSeconds = [5, 10, 15, 20, 30, 60];

/** Turns pages at intervals; starts its interval again while somebody is busy. */
export class Rotation {
    #turn;
    #oncount;
    #timer = 0;
    #seconds = 0;
    #left = 0;

    /** Whether turning must wait for something else. */
    isHeld = () => false;

    /** @param {(secondsLeft: number | null) => void} oncount each second; null when stopped or held. */
    constructor(turn, oncount) {
        this.#turn = turn;
        this.#oncount = oncount;
    }

    start(seconds) {
        this.stop();
        this.#seconds = seconds;
        this.#left = seconds;
        this.#timer = setInterval(() => this.#tick(), 1000);
        this.#oncount(seconds);
    }

    stop() {
        clearInterval(this.#timer);
        this.#timer = 0;
        this.#oncount(null);
    }

    postpone() { this.#left = this.#seconds; }

    #tick() {
        if (this.isHeld() || document.hidden) {
            this.postpone();
            return this.#oncount(null);
        }
        this.#left -= 1;
        if (this.#left <= 0) {
            this.postpone();
            this.#turn();
        }
        this.#oncount(this.#left);
    }
}
