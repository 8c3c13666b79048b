const rulerHeight = 24;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600];

/** Paints a timeline. @param {{ view, lanes, cursor, marks, time }} scene moments in UTC milliseconds. */
export function drawTimeline(canvas, { view, lanes, cursor, marks, time }) {
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (width === 0 || height === 0) return;
    const scale = devicePixelRatio;
    if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
    if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
    const context = canvas.getContext("2d");
    const style = getComputedStyle(canvas);
    const colour = (name) => style.getPropertyValue(name).trim();
    const x = (moment) => ((moment - view.start) / (view.end - view.start)) * width;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    context.font = `12px ${style.fontFamily}`;
    context.textBaseline = "middle";

    drawRuler(context, { view, width, height, x, time, line: colour("--line"), text: colour("--text-muted") });
    const laneHeight = (height - rulerHeight - 6) / Math.max(1, lanes.length);
    canvas.dataset.laneHeight = laneHeight;
    lanes.forEach(({ footage }, index) => {
        const lane = { top: rulerHeight + index * laneHeight + 2, height: laneHeight - 4, x, width, view };
        for (const gap of footage.gaps) drawGap(context, lane, gap, colour("--danger"));
        context.fillStyle = colour("--accent");
        for (const { start, end } of footage.spans) {
            if (end < view.start || start > view.end) continue;
            // A short stretch is still there.
            context.fillRect(x(start), lane.top, Math.max(1.5, x(end) - x(start)), lane.height);
        }
    });
    drawMarks(context, { marks, x, height, colour: colour("--warning") });
    drawCursor(context, {
        at: x(cursor), width, height, label: time.clock(cursor), fill: colour("--text"), text: colour("--surface-sunken"),
    });
}

function drawRuler(context, { view, width, height, x, time, line, text }) {
    const wanted = ((view.end - view.start) / 1000) * (72 / width);
    const step = (steps.find((seconds) => seconds >= wanted) ?? steps.at(-1)) * 1000;
    // Ticks stand on the territory's own full hours.
    const shift = time.offset(view.start);
    context.fillStyle = line;
    const first = Math.ceil((view.start + shift) / step) * step - shift;
    for (let moment = first; moment <= view.end; moment += step) {
        context.fillRect(Math.round(x(moment)), 18, 1, height - 18);
    }
    context.fillStyle = text;
    for (let moment = first; moment <= view.end; moment += step) {
        const label = step < 60_000 ? time.clock(moment) : time.hoursMinutes(moment);
        const half = context.measureText(label).width / 2;
        const at = x(moment);
        if (at - half > 2 && at + half < width - 2) context.fillText(label, at - half, 10);
    }
}

function drawGap(context, { top, height, x, view }, { start, end }, colour) {
    if (end < view.start || start > view.end) return;
    const left = Math.max(-10, x(start));
    const right = Math.max(left + 2, Math.min(x(view.end) + 10, x(end)));
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, height);
    context.clip();
    context.globalAlpha = 0.22;
    context.fillStyle = colour;
    context.fillRect(left, top, right - left, height);
    context.globalAlpha = 0.8;
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.beginPath();
    // The stripes belong to the moment, not to the window: they don't crawl when the view moves.
    const from = left - ((left - x(start)) % 7) - height;
    for (let at = from; at < right; at += 7) {
        context.moveTo(at, top + height);
        context.lineTo(at + height, top);
    }
    context.stroke();
    context.restore();
}

function drawMarks(context, { marks: { from, to }, x, height, colour }) {
    context.fillStyle = colour;
    if (from !== null && to !== null) {
        context.globalAlpha = 0.28;
        context.fillRect(x(from), rulerHeight - 4, x(to) - x(from), height);
        context.globalAlpha = 1;
    }
    for (const [moment, side] of [[from, 1], [to, -1]]) {
        if (moment === null) continue;
        const at = x(moment);
        context.fillRect(at - 1, rulerHeight - 6, 2, height);
        context.beginPath();
        context.moveTo(at, rulerHeight - 6);
        context.lineTo(at + side * 9, rulerHeight - 6);
        context.lineTo(at, rulerHeight + 4);
        context.fill();
    }
}

function drawCursor(context, { at, width, height, label, fill, text }) {
    if (at < -1 || at > width + 1) return;
    context.fillStyle = fill;
    context.fillRect(at - 1, 0, 2, height);
    context.font = `600 ${context.font}`;
    const size = context.measureText(label).width + 12;
    const left = Math.min(width - size, Math.max(0, at - size / 2));
    context.fillRect(left, 0, size, 20);
    context.fillStyle = text;
    context.fillText(label, left + 6, 10.5);
}
