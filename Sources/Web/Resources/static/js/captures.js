/**
 * `[data-captures]`: the list of captures, kept up to date as they come. With `data-live` new ones are put in where
 * they belong; on a later page a link says how many there are. `[data-sound]` switches a short tone on and off.
 */
import { serverNow } from "./api.js";
import { AlertSound } from "./alert-sound.js";
import { durationInWords, t } from "./strings.js";
import { keepListening } from "./status.js";
import { TerritoryTime } from "./territory-time.js";

const most = 240;
const clockInterval = 20_000;

class CaptureList {
    #grid;
    #filter = new URLSearchParams(location.search);
    #time = new TerritoryTime(document.documentElement.dataset.timeZone);
    #newest;
    #isFirstHead = true;
    #elsewhere = new Set();
    #sound;

    constructor(grid) {
        this.#grid = grid;
        this.#newest = grid.dataset.newest ?? null;
        this.#sound = new AlertSound(document.querySelector("[data-sound]"), keepListening);
        document.addEventListener("captures-head", ({ detail }) => this.#head(detail));
        document.addEventListener("camera-capture", ({ detail }) => this.#told(detail));
        setInterval(() => this.#tellTimes(), clockInterval);
    }

    /** Whatever happened while nobody listened is on the server's page. */
    #head({ newest }) {
        const isStale = !this.#isFirstHead || newest !== this.#newest;
        this.#isFirstHead = false;
        if (isStale) this.#reload();
    }

    async #reload() {
        const response = await fetch(location.href, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
        if (!response?.ok || response.redirected) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const grid = page.querySelector("[data-captures]");
        if (!grid) return;
        const focused = document.activeElement?.closest("[data-capture]")?.dataset.capture;
        this.#newest = grid.dataset.newest ?? null;
        this.#grid.replaceChildren(...grid.children);
        if (focused) this.#card(focused)?.querySelector("a").focus();
        for (const part of ["[data-count]", ".figures"]) {
            const fresh = page.querySelector(part);
            const old = document.querySelector(part);
            if (fresh?.open !== undefined) fresh.open = old.open;
            old?.replaceWith(fresh);
        }
        this.#tellEmpty();
    }

    #told(capture) {
        const old = this.#card(capture.id);
        const fits = this.#fits(capture);
        if (old) {
            if (fits) this.#replace(old, this.#element(capture));
            else old.remove();
        } else if (fits && this.#isNew(capture)) {
            this.#add(capture);
        }
        this.#tellEmpty();
    }

    /** Not one of the captures further down, of which only more is known now. */
    #isNew(capture) {
        const last = [...this.#grid.children].at(-1);
        return !last || this.#elsewhere.has(capture.id) || capture.met >= Number(last.dataset.met);
    }

    #add(capture) {
        if (!("live" in this.#grid.dataset)) {
            this.#elsewhere.add(capture.id);
            const link = document.querySelector("[data-elsewhere]");
            link.hidden = false;
            link.firstElementChild.textContent = t("captures.elsewhere", { count: this.#elsewhere.size });
            return;
        }
        const card = this.#element(capture);
        const after = [...this.#grid.children].find((other) => Number(other.dataset.met) <= capture.met);
        this.#grid.insertBefore(card, after ?? null);
        card.classList.add("is-new");
        setTimeout(() => card.classList.remove("is-new"), 10_000);
        while (this.#grid.children.length > most) this.#grid.lastElementChild.remove();
        document.querySelector("[data-announce]").textContent =
            t("captures.announce", { what: `${capture.itemText} · ${capture.school.name} · ${capture.camera.name}` });
        this.#count();
        this.#sound.play(capture.grade);
    }

    /** One more, in the heading and among the figures. */
    #count() {
        const count = document.querySelector("[data-count]");
        // Empty where there are more than the server counts.
        if (count.dataset.count) {
            count.dataset.count = Number(count.dataset.count) + 1;
            count.textContent = t("captures.count", { count: Number(count.dataset.count).toLocaleString("en") });
        }
        const figure = document.querySelector("[data-figure]");
        figure.textContent = (Number(figure.textContent.replaceAll(",", "")) + 1).toLocaleString("en");
    }

    #replace(old, card) {
        const hadFocus = old.contains(document.activeElement);
        old.replaceWith(card);
        if (hadFocus) card.querySelector("a").focus();
    }

    #element(capture) {
        // The server's own template made it and escaped what people typed.
        const template = document.createElement("template");
        template.innerHTML = capture.card;
        return template.content.firstElementChild;
    }

    #card(id) { return this.#grid.querySelector(`[data-capture="${CSS.escape(id)}"]`); }

    #fits(capture) {
        const wanted = (name) => this.#filter.get(name) || null;
        const day = this.#time.day(capture.met);
        const checks = [
            ["school", (value) => capture.school.id === value], ["camera", (value) => capture.camera.id === value],
            ["item", (value) => capture.item === value],
            ["ongoing", (value) => (capture.end === null) === (value === "1")],
            ["from", (value) => day >= value.slice(0, 10)], ["to", (value) => day <= value.slice(0, 10)],
        ];
        return checks.every(([name, check]) => wanted(name) === null || check(wanted(name)));
    }

    #tellEmpty() {
        document.querySelector("[data-empty]").hidden = this.#grid.children.length > 0;
    }

    #tellTimes() {
        for (const time of this.#grid.querySelectorAll("time[datetime]")) {
            const age = serverNow() - Date.parse(time.dateTime);
            if (age < 0 || age >= 86_400_000) continue;
            time.textContent = age < 10_000 ? t("time.now") : t("time.ago", { time: durationInWords(age) });
        }
    }
}

const grid = document.querySelector("[data-captures]");
if (grid) new CaptureList(grid);
