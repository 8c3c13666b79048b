/* global L */
import { make, setText } from "./elements.js";

/** With more schools than that only those that need a look are named. */
const mostNames = 40;
const margin = [24, 24];

/** A school's mark: shape and colour. */
export function mark(style) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", `standing ${style}`);
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${new URL("../hall.svg", import.meta.url).pathname}#${style}`);
    svg.append(use);
    return svg;
}

/** A map that nobody moves, over the county's outline; null without the library. */
export async function outlineMap(element, options) {
    if (!globalThis.L) return null;
    const map = L.map(element, { attributionControl: false, zoomSnap: 0, ...options });
    if (element.dataset.tiles) L.tileLayer(element.dataset.tiles, { maxZoom: 18 }).addTo(map);
    const response = await fetch(element.dataset.outline, { credentials: "same-origin" });
    const outline = L.geoJSON(response.ok ? await response.json() : [], { className: "hall-outline", interactive: false })
        .addTo(map);
    return { map, outline };
}

/** Where the schools are and how each stands. */
export class HallMap {
    #element;
    #map = null;
    #outline = null;
    #markers = new Map();
    #schools = [];
    #isStopped = false;
    #sight;

    constructor(element) {
        this.#element = element;
        this.#sight = new ResizeObserver(() => this.#fit());
        this.#draw();
    }

    async #draw() {
        let drawn;
        try {
            drawn = await outlineMap(this.#element, {
                zoomControl: false, dragging: false, scrollWheelZoom: false, doubleClickZoom: false, boxZoom: false,
                keyboard: false, touchZoom: false, zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false,
            });
        } catch (error) {
            console.warn(error);
            return;
        }
        if (!drawn) return;
        if (this.#isStopped) return drawn.map.remove();
        this.#map = drawn.map;
        this.#outline = drawn.outline;
        this.#sight.observe(this.#element);
        this.#fit();
        this.#show();
    }

    update({ schools }) {
        this.#schools = schools ?? [];
        if (this.#map) this.#show();
    }

    stop() {
        this.#isStopped = true;
        this.#sight.disconnect();
        this.#map?.remove();
        this.#map = null;
        this.#markers.clear();
    }

    #show() {
        const there = new Set(this.#schools.map(({ id }) => id));
        for (const [id, marker] of this.#markers) {
            if (there.has(id)) continue;
            marker.remove();
            this.#markers.delete(id);
        }
        const isNew = this.#schools.some(({ id }) => !this.#markers.has(id));
        for (const school of this.#schools) this.#place(school);
        this.#element.dataset.schools = this.#schools.length;
        if (isNew) this.#fit();
    }

    #place({ id, name, latitude, longitude, style, word, detail }) {
        let marker = this.#markers.get(id);
        if (!marker) {
            marker = L.marker([latitude, longitude], { interactive: false, keyboard: false });
            this.#markers.set(id, marker);
        } else {
            marker.setLatLng([latitude, longitude]);
        }
        if (marker.standing === style) return;
        marker.standing = style;
        marker.setIcon(L.divIcon({ className: "hall-school", html: mark(style), iconSize: null }));
        marker.setZIndexOffset({ grave: 4000, overdue: 3000, cameraOff: 2000 }[style] ?? 0);
        marker.addTo(this.#map);
        marker.unbindTooltip();
        const isNamed = this.#schools.length <= mostNames || ["grave", "overdue"].includes(style);
        if (isNamed) {
            const label = make("span", {});
            setText(label, name);
            marker.bindTooltip(label, { permanent: true, direction: "right", offset: [8, 0], className: "hall-name" });
        }
        marker.getElement()?.setAttribute("aria-label", [name, word, detail].filter(Boolean).join(" · "));
    }

    #fit() {
        if (!this.#map) return;
        this.#map.invalidateSize({ animate: false });
        const bounds = this.#outline.getBounds();
        for (const marker of this.#markers.values()) bounds.extend(marker.getLatLng());
        if (bounds.isValid()) this.#map.fitBounds(bounds, { padding: margin, animate: false, maxZoom: 13 });
        else this.#map.setView([31.57, 118.5], 10, { animate: false });
    }
}
