/* global L */
/**
 * `<hall-map-editor data-outline="…">`: says where schools are by a click: first on a school's form, then on the map. The
 * form's fields take the coordinates; its button saves them.
 */
import { mark, outlineMap } from "./hall-map.js";

class HallMapEditor extends HTMLElement {
    #map;
    #markers = new Map();

    async connectedCallback() {
        const drawn = await outlineMap(this, {});
        if (!drawn) return;
        this.#map = drawn.map;
        const forms = [...document.querySelectorAll("form[data-school]")];
        for (const form of forms) {
            form.addEventListener("focusin", () => this.#choose(form));
            form.addEventListener("click", () => this.#choose(form));
            form.addEventListener("input", () => this.#place(form));
            this.#place(form);
        }
        const bounds = drawn.outline.getBounds();
        for (const marker of this.#markers.values()) bounds.extend(marker.getLatLng());
        if (bounds.isValid()) this.#map.fitBounds(bounds, { padding: [16, 16], maxZoom: 14 });
        else this.#map.setView([31.57, 118.5], 10);
        this.#map.on("click", ({ latlng }) => this.#click(latlng));
        this.#choose(forms.find((form) => !form.elements.latitude.value) ?? forms[0]);
    }

    #choose(form) {
        for (const other of document.querySelectorAll("form[data-school]")) other.classList.toggle("chosen", other === form);
    }

    #click({ lat, lng }) {
        const form = document.querySelector("form[data-school].chosen");
        if (!form) return;
        form.elements.latitude.value = lat.toFixed(6);
        form.elements.longitude.value = lng.toFixed(6);
        this.#place(form);
        form.querySelector("button").focus({ preventScroll: true });
    }

    #place(form) {
        const { school, name } = form.dataset;
        const { latitude, longitude } = form.elements;
        const point = [Number(latitude.value), Number(longitude.value)];
        const isThere = latitude.value !== "" && longitude.value !== "" && point.every(Number.isFinite)
            && Math.abs(point[0]) <= 90 && Math.abs(point[1]) <= 180;
        if (!isThere) {
            this.#markers.get(school)?.remove();
            this.#markers.delete(school);
            return;
        }
        const known = this.#markers.get(school);
        if (known) return known.setLatLng(point);
        const label = document.createElement("span");
        label.textContent = name;
        const marker = L.marker(point, { icon: L.divIcon({ className: "hall-school", html: mark("fine"), iconSize: [22, 22] }) });
        marker.bindTooltip(label, { direction: "right" }).addTo(this.#map);
        this.#markers.set(school, marker);
    }
}

customElements.define("hall-map-editor", HallMapEditor);
