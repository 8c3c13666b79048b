import { icon } from "./icons.js";
import { iconButton, make, setText } from "./elements.js";
import { language, t } from "./strings.js";
import { TerritoryTime } from "./territory-time.js";

/**
 * A month's grid in which days with footage can be chosen. Days are `YYYY-MM-DD`.
 *
 * Keys: arrows move by day and week, Home and End within the week, PageUp and PageDown by month, Enter chooses, Esc
 * closes.
 */
export class Calendar {
    #button;
    #label = make("span", {});
    #panel;
    #title = make("span", { class: "calendar-title", "aria-live": "polite" });
    #grid = make("table", { role: "grid" });
    #day = "";
    #focused = "";
    #month = "";
    #days = new Set();
    #today;
    #onchoose;
    #daysOf;

    /**
     * @param {{ today(): string, daysOf(from, to): Promise<string[]>, choose(day) }} source `daysOf` names the days
     *   with footage of a range, both ends included.
     */
    constructor({ today, daysOf, choose }, signal) {
        this.#today = today;
        this.#daysOf = daysOf;
        this.#onchoose = choose;
        this.#button = make("button", {
            type: "button", class: "player-button", "aria-haspopup": "dialog", "aria-expanded": "false",
            title: t("calendar.open"), onclick: () => this.toggle(),
        }, icon("calendar"), this.#label);
        this.#grid.setAttribute("aria-label", t("calendar.days"));
        this.#panel = make(
            "div", { class: "calendar", role: "dialog", "aria-label": t("calendar.open"), hidden: true },
            make("div", { class: "calendar-head" },
                iconButton("previous", t("calendar.previousMonth"), () => this.#turn(-1)), this.#title,
                iconButton("next", t("calendar.nextMonth"), () => this.#turn(1))),
            this.#grid, make("p", { class: "calendar-note" }, t("calendar.note")));
        this.element = make("span", { class: "calendar-anchor" }, this.#button, this.#panel);
        this.#panel.addEventListener("keydown", (event) => this.#key(event));
        document.addEventListener("pointerdown", (event) => {
            if (!this.element.contains(event.target)) this.close(false);
        }, { signal });
        this.element.addEventListener("focusout", ({ relatedTarget }) => {
            if (relatedTarget && !this.element.contains(relatedTarget)) this.close(false);
        });
    }

    get isOpen() { return !this.#panel.hidden; }

    set day(day) {
        this.#day = day;
        setText(this.#label, day);
    }

    toggle() {
        if (this.isOpen) return this.close(true);
        this.#panel.hidden = false;
        this.#button.setAttribute("aria-expanded", "true");
        this.#focused = this.#day;
        this.#show().then(() => this.#focus());
    }

    close(keepsFocus) {
        if (!this.isOpen) return;
        this.#panel.hidden = true;
        this.#button.setAttribute("aria-expanded", "false");
        if (keepsFocus) this.#button.focus();
    }

    async #show() {
        const month = this.#focused.slice(0, 7);
        if (this.#month !== month) {
            this.#month = month;
            this.#days = new Set();
            this.#paint();
            const days = await this.#daysOf(`${month}-01`, lastOf(month)).catch(() => []);
            if (this.#month !== month) return;
            this.#days = new Set(days);
        }
        this.#paint();
    }

    #paint() {
        const hadFocus = this.#grid.contains(document.activeElement);
        setText(this.#title, TerritoryTime.words(`${this.#month}-01`, { year: "numeric", month: "long" }));
        const first = `${this.#month}-01`;
        const start = TerritoryTime.add(first, -((weekday(first) - firstWeekday + 7) % 7));
        const head = make("tr", {});
        for (let index = 0; index < 7; index += 1) {
            const name = TerritoryTime.words(TerritoryTime.add(start, index), { weekday: "narrow" });
            head.append(make("th", { scope: "col" }, name));
        }
        const body = make("tbody", {});
        for (let week = start; week <= lastOf(this.#month); week = TerritoryTime.add(week, 7)) {
            const row = make("tr", {});
            for (let index = 0; index < 7; index += 1) row.append(this.#cell(TerritoryTime.add(week, index)));
            body.append(row);
        }
        this.#grid.replaceChildren(make("thead", {}, head), body);
        if (hadFocus) this.#focus();
    }

    #cell(day) {
        if (!day.startsWith(this.#month)) return make("td", {});
        const hasFootage = this.#days.has(day);
        const words = TerritoryTime.words(day, { dateStyle: "full" });
        const button = make("button", {
            type: "button", "data-day": day, "data-footage": String(hasFootage), tabindex: day === this.#focused ? "0" : "-1",
            "aria-label": t(hasFootage ? "calendar.hasFootage" : "calendar.noFootage", { day: words }),
            "aria-current": day === this.#today() ? "date" : null, "aria-disabled": hasFootage ? null : "true",
            onclick: () => this.#choose(day),
        }, String(Number(day.slice(8))));
        return make("td", { role: "gridcell", "aria-selected": day === this.#day ? "true" : "false" }, button);
    }

    #choose(day) {
        if (!this.#days.has(day)) return;
        this.close(true);
        this.#onchoose(day);
    }

    #turn(count) {
        const [year, month] = this.#month.split("-").map(Number);
        const target = new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 7);
        const day = `${target}-${this.#focused.slice(8)}`;
        const last = lastOf(target);
        this.#focused = day > last ? last : day;
        return this.#show();
    }

    #focus() { this.#grid.querySelector(`[data-day="${this.#focused}"]`)?.focus(); }

    #key(event) {
        if (event.key === "Escape") {
            event.preventDefault();
            event.stopPropagation();
            return this.close(true);
        }
        if (!event.target.closest("[data-day]")) return event.stopPropagation();
        const inWeek = (weekday(this.#focused) - firstWeekday + 7) % 7;
        const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: -inWeek, End: 6 - inWeek };
        const step = steps[event.key];
        event.stopPropagation();
        if (event.key === "PageUp" || event.key === "PageDown") {
            event.preventDefault();
            this.#turn(event.key === "PageUp" ? -1 : 1).then(() => this.#focus());
        } else if (step !== undefined) {
            event.preventDefault();
            this.#focused = TerritoryTime.add(this.#focused, step);
            this.#show().then(() => this.#focus());
        }
    }
}

/** Monday in most of the world, Sunday in America. */
const firstWeekday = (new Intl.Locale(language).getWeekInfo?.() ?? { firstDay: 1 }).firstDay % 7;

function weekday(day) { return new Date(`${day}T00:00:00Z`).getUTCDay(); }

function lastOf(month) {
    const [year, number] = month.split("-").map(Number);
    return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
