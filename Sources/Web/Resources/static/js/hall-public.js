/** What visitors see of the kitchens: the covered pictures of the public pages, and no other. */
import "./public-video.js";
import { make } from "./elements.js";
import { TurningGrid } from "./hall-grid.js";
import { t } from "./strings.js";

export class PublicGrid extends TurningGrid {
    update({ views }) { this.show(views, t("hall.emptyVisitors")); }

    tile({ name, source }) {
        return make(
            "figure", {}, make("public-video", { src: source }, make("p", { class: "cover" })),
            make("figcaption", {}, name));
    }
}
