/**
 * Areas as the form writes them: one in a line, points as `x,y` in per cent of the picture, blanks between them. In
 * memory an area is an array of `[x, y]` in shares.
 */
export const mostPoints = 64;

export const clamped = (value) => Math.min(1, Math.max(0, value));

/** What can't be read is left out: whoever is typing has not finished. */
export function parseZones(text) {
    return text.split("\n").map((line) => line.trim().split(/\s+/).map((point) => point.split(",").map(Number)))
        .filter((zone) => zone.length >= 3 && zone.every((point) => (
            point.length === 2 && point.every((value) => value >= 0 && value <= 100))))
        .map((zone) => zone.map(([x, y]) => [x / 100, y / 100]));
}

export function zoneText(zones) {
    const share = (value) => String(Math.round(value * 10_000) / 100);
    return zones.map((zone) => zone.map(([x, y]) => `${share(x)},${share(y)}`).join(" ")).join("\n");
}

/** One text field of areas. */
export class ZoneField {
    constructor(area) {
        this.area = area;
        this.name = area.dataset.zones;
        this.kind = "mask" in area.dataset ? "mask" : "zone";
    }

    get zones() { return parseZones(this.area.value); }

    set zones(zones) {
        this.area.value = zoneText(zones);
        // A rule whose field is folded away was changed nevertheless.
        const rule = this.area.closest("details");
        if (rule) rule.open = true;
    }
}
