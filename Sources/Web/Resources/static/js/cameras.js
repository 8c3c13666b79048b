import { getJSON } from "./api.js";
import { statuses } from "./status.js";

/**
 * The cameras that an element shows, in its order: those named in its `cameras` attribute (`id,id`), else all.
 * Their description comes from a JSON script inside the element (an array, or `{ cameras: [] }`), else from the server.
 */
export async function camerasOf(element, { signal } = {}) {
    const embedded = element.querySelector(":scope > script[type='application/json']");
    const told = embedded ? JSON.parse(embedded.textContent) : await getJSON("cameras", { signal });
    const all = Array.isArray(told) ? told : told.cameras;
    for (const camera of all) if (camera.status && !statuses.has(camera.id)) statuses.set(camera.id, camera);
    const wanted = (element.getAttribute("cameras") ?? "").split(",").filter(Boolean);
    if (wanted.length === 0 && !element.hasAttribute("cameras")) return all;
    const byID = new Map(all.map((camera) => [camera.id, camera]));
    return wanted.map((id) => byID.get(id)).filter(Boolean);
}

/** Which canteen and which part of it. */
export function place(camera) {
    return [camera.school?.name, camera.area?.name].filter(Boolean).join(" · ");
}
