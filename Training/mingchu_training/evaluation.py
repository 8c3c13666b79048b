"""Scores the shipped models (IR and thresholds of the card) on the held-out split: rows for `measured`."""

from pathlib import Path
import json

import numpy as np
import openvino as ov

from . import augment, detector_data, heads, pest_patches
from .detector_eval import Finder, judge
from .export import run
from .intervals import measurement

#: Heads below this are not in the figures of hat and mask: the rules leave them alone as well.
LEAST_HEAD = 32


def load(folder):
    folder = Path(folder)
    return ov.Core().read_model(folder / "model.xml"), json.loads((folder / "model.json").read_text())


def windows(arrays, chosen):
    return np.stack([augment.centre(arrays["images"][i], 112, 1 / heads.MARGIN) for i in chosen])


def attributes(model, card, arrays, split="test"):
    chosen = np.nonzero(arrays["split"] == split)[0]
    p, labels = run(model, windows(arrays, chosen)), arrays["labels"][chosen]
    size, source = arrays["size"][chosen], arrays["source"][chosen]
    limits, rows = card["thresholds"], []
    for item, column, name in (("noHat", 0, "hat"), ("noMask", 1, "mask")):
        known = ~np.isnan(labels[:, column]) & _by_hand(source, column)
        unknown = (p[:, column] < limits[name]["absent"]) & (p[:, column] > limits[name]["present"])
        if name == "mask":
            unknown |= p[:, 2] < limits["face"]["visible"]
        absent = (p[:, column] >= limits[name]["absent"]) & ~unknown
        groups = [("photographs, heads of 32 pixels and more", known & (source != "sim") & (size >= LEAST_HEAD)),
                  ("photographs, heads of 14 to 32 pixels", known & (source != "sim") & (size < LEAST_HEAD)),
                  ("simulator, other seeds", known & (source == "sim"))]
        groups += [(s + ", 32 pixels and more", known & (source == s) & (size >= LEAST_HEAD))
                   for s in sorted(set(source[known])) if s != "sim"]
        for where, mine in groups:
            rows += _attribute_row(item, where, mine, labels[:, column] == 1, absent, unknown)
    known = ~np.isnan(labels[:, 2])
    rows += _plain_row("faceVisible", known, labels[:, 2] == 1, p[:, 2] >= limits["face"]["visible"], source)
    if "phone" in card["labels"]:
        known = ~np.isnan(labels[:, 3])
        rows += _plain_row("phoneVerifier", known, labels[:, 3] == 1, p[:, 3] >= limits["phone"]["score"], source)
    return rows


def _by_hand(source, column):
    """Only labels set by hand, not those of a teacher, are evidence."""
    hats, masks = ("head/", "head-crops/", "sim"), ("mask/", "mask-crops/", "sim")
    return np.char.startswith(source.astype(str), hats[0]) | np.char.startswith(source.astype(str), hats[1]) | (
        source == "sim") if column == 0 else np.char.startswith(source.astype(str), masks[0]) | np.char.startswith(
            source.astype(str), masks[1]) | (source == "sim")


def _attribute_row(item, where, mine, truth, absent, unknown):
    there = (truth & mine).sum()
    if mine.sum() < 10 or there == 0:
        return []
    right, said = (truth & absent & mine).sum(), (absent & mine).sum()
    decided = (truth & mine & ~unknown).sum()
    note = (f"{int(mine.sum())} heads, {int(there)} absent; recall counts unknown as missed; "
            f"of those decided {right / max(decided, 1):.3f}")
    return [measurement(item, where, int(right), int(said), int(there), unknown=(unknown & mine).sum() / mine.sum(), note=note)]


def _plain_row(item, known, truth, said, source):
    rows = []
    for where, mine in (("photographs", known & (source != "sim")), ("simulator, other seeds", known & (source == "sim"))):
        if (truth & mine).sum():
            rows.append(measurement(item, where, int((truth & said & mine).sum()), int((said & mine).sum()),
                                    int((truth & mine).sum()), note=f"{int((mine & ~truth).sum())} without"))
    return rows


def pests(model, card, data, sim):
    held = pest_patches.held_out(pest_patches.PestData(data, sim, "test"))
    p = run(model, np.stack([row[0] for row in held]))
    kinds, sources = np.array([row[1] for row in held]), np.array([row[2] for row in held])
    rows, real = [], ~np.char.startswith(sources.astype(str), "sim")
    others = int((kinds == 0).sum())
    for kind, item in ((1, "rodent"), (2, "insect")):
        limit = card["thresholds"][item]["score"]
        said = (p[:, kind] >= limit) & (p.argmax(1) == kind)
        for where, mine in (("all held-out patches", np.ones(len(held), bool)), ("photographs and recordings", real),
                            ("simulator, other seeds", (sources == "sim") | (kinds == 0)),
                            ("simulator, flies close to the camera", (sources == "sim/close") | (kinds == 0))):
            there = (kinds == kind) & mine
            if there.sum():
                wrong = said & mine & (kinds == 0)
                rows.append(measurement(item, where, int((said & there).sum()), int((said & mine).sum()), int(there.sum()),
                                        note=f"false on {int(wrong.sum())} of {others} patches without a pest"))
        for source in sorted(set(sources[(kinds == kind) & real])):
            there = (kinds == kind) & (sources == source)
            rows.append(measurement(item, source, int((said & there).sum()), 0, int(there.sum())))
    return rows


def detector(model, card, rows):
    """Whole pictures letterboxed to 640x352; overlap of 0.5 for people and heads, 0.35 for small things."""
    said, there = judge(Finder(model), rows)
    found = []
    for kind, label in enumerate(detector_data.LABELS):
        limit = card["thresholds"][label]["score"]
        kept = [one for one in said[kind] if one[0] >= limit]
        real = sum(n for source, n in there[kind].items() if source != "sim")
        groups = [("photographs and recordings", lambda s: s != "sim", real), ("simulator, other seeds", lambda s: s == "sim", there[kind].get("sim", 0))]
        groups += [(s, lambda x, s=s: x == s, n) for s, n in sorted(there[kind].items()) if n and s != "sim"]
        for where, mine, count in groups:
            if count:
                here = [good for _, good, source in kept if mine(source)]
                found.append(measurement(label, where, sum(here), len(here), count))
    return found


def table(rows):
    lines = ["| item | set | n | precision | recall | unknown |", "| --- | --- | ---: | --- | --- | ---: |"]
    for row in rows:
        share = lambda name: (f"{row[name]:.3f} ({row[name + 'Low']:.3f}–{row[name + 'High']:.3f})" if name in row else "–")
        unknown = f"{row['unknown']:.3f}" if "unknown" in row else "–"
        lines.append(f"| {row['item']} | {row['set']} | {row['n']} | {share('precision')} | {share('recall')} | {unknown} |")
    return "\n".join(lines)
