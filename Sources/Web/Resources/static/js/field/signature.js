/** Signing on glass: strokes on a canvas, smooth enough to be somebody's. */
export class SignaturePad {
    #canvas;
    #strokes = [];
    #changed;

    constructor(canvas, changed) {
        this.#canvas = canvas;
        this.#changed = changed;
        canvas.addEventListener("pointerdown", (event) => {
            event.preventDefault();
            canvas.setPointerCapture(event.pointerId);
            this.#strokes.push([this.#point(event)]);
            this.#draw();
        });
        canvas.addEventListener("pointermove", (event) => {
            if (!canvas.hasPointerCapture(event.pointerId)) return;
            for (const part of event.getCoalescedEvents?.() ?? [event]) this.#strokes.at(-1).push(this.#point(part));
            this.#draw();
        });
        canvas.addEventListener("pointerup", () => this.#changed());
        this.#fit();
    }

    /** A tap is no signature. */
    get isEmpty() { return this.#strokes.reduce((sum, stroke) => sum + stroke.length, 0) < 6; }

    clear() {
        this.#strokes = [];
        this.#draw();
        this.#changed();
    }

    /** The bytes of a PNG. */
    async png() {
        const blob = await new Promise((resolve) => this.#canvas.toBlob(resolve, "image/png"));
        return blob.arrayBuffer();
    }

    #fit() {
        const box = this.#canvas.getBoundingClientRect();
        const scale = Math.min(2, devicePixelRatio || 1);
        this.#canvas.width = Math.max(1, Math.round(box.width * scale));
        this.#canvas.height = Math.max(1, Math.round(box.height * scale));
        this.#draw();
    }

    #point(event) {
        const box = this.#canvas.getBoundingClientRect();
        return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    }

    #draw() {
        const { width, height } = this.#canvas;
        const context = this.#canvas.getContext("2d");
        context.fillStyle = "#ffffff";
        context.fillRect(0, 0, width, height);
        context.strokeStyle = "#101820";
        context.lineWidth = Math.max(2, width / 160);
        context.lineCap = context.lineJoin = "round";
        for (const stroke of this.#strokes) {
            context.beginPath();
            stroke.forEach(([x, y], index) => {
                if (index === 0) context.moveTo(x * width, y * height);
                else context.lineTo(x * width, y * height);
            });
            context.stroke();
        }
    }
}
