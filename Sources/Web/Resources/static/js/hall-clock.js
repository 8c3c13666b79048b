import { serverNow } from "./api.js";
import { setText } from "./elements.js";
import { TerritoryTime } from "./territory-time.js";

/** Day, weekday and time of the territory, to the second, by the server's clock. */
export class HallClock {
    #text;
    #time;
    #timer;

    constructor(element, time) {
        this.#text = element.querySelector(".hall-time");
        this.#time = time;
        this.#timer = setInterval(() => this.#show(), 1000);
        this.#show();
    }

    update() {}

    stop() { clearInterval(this.#timer); }

    #show() {
        const now = serverNow();
        const day = this.#time.day(now);
        setText(this.#text, `${day}  ${TerritoryTime.words(day, { weekday: "long" })}  ${this.#time.clock(now)}`);
    }
}
