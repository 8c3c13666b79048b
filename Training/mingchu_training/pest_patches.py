"""Patches for `pest-classifier`: something small that moved, as the program cuts it: 2 x its longer side, 24 pixels at least."""

from pathlib import Path

import cv2
import numpy as np

from . import augment, boxes, composites, sources, splits
from .crops import cut, read

LABELS = ["other", "rodent", "insect"]
OTHER, RODENT, INSECT = range(3)
FACTOR, LEAST, SIZE = 2.0, 24, 64
#: Pixels across in which the program searches for motion: its boxes end on them.
MOTION_GRID = 320
#: Stored with room for shifting and scaling.
MARGIN, STORED = 1.6, 104


class PestData:
    """Everything that patches are drawn from, by split."""

    def __init__(self, data, sim, split):
        data = Path(data)
        self.split, self.fixed = split, {OTHER: [], RODENT: [], INSECT: []}
        rng = np.random.default_rng(3)
        for source in ("rat/dlc-openfield-m4s1", "rat/dlc-openfield-m3v1", "rat/zarrar1607"):
            for one in self._mine(sources.pictures(data, source)):
                for _, box in one.objects:
                    self._add(RODENT, one, read(one.path), box)
        for one in self._mine(sources.pictures(data, "insect/sleap-flies")):
            for _, box in one.objects:
                self._add(INSECT, one, 255 - read(one.path), box)
        for one in self._mine(sources.pictures(data, "insect/tinyimagenet32")):
            for _, box in one.objects:
                self._add(INSECT, one, read(one.path), box)
        for source in ("negative-patches/tinyimagenet32", "rodent-patches/tinyimagenet32-guineapig"):
            kind = OTHER if source.startswith("negative") else RODENT
            for one in self._mine(sources.crops(data, source)):
                if kind == OTHER or split == "train":  # guinea pigs are a stand-in, not evidence
                    self._add(kind, one, read(one.path), (6, 6, 20, 20))
        self.kitchens = [read(p.path) for p in self._mine(sources.pictures(data, "negative/houses-kitchen"))]
        people = self._mine(p for s in ("head/idenprof-chef", "mask/kaggle-fmd") for p in sources.pictures(data, s))
        self.people = [read(p.path) for p in people[::3]]
        self.simulated = []
        for one in self._mine(sources.simulated(sim)):
            image = read(one.path)
            animals = [a["box"] for a in one.truth["rodents"] + one.truth["insects"]]
            for kind, name in ((RODENT, "rodents"), (INSECT, "insects")):
                for animal in one.truth[name]:
                    if animal["visibility"] > 0.3 and max(animal["box"][2:]) >= 2:
                        self._add(kind, one, image, boxes.on_grid(animal["box"], image.shape[1] / MOTION_GRID))
            if rng.random() < 0.3:
                self.simulated.append((image, animals))
        self.mice = composites.read_cutouts(data / "cutouts/mouse-dlc")
        self.flies = composites.read_cutouts(data / "cutouts/fly-sleap", invert=True)

    def _mine(self, found):
        return [one for one in found if (splits.split_of(one.source, one.recording) == "test") == (self.split == "test")]

    def _add(self, kind, one, image, box):
        x, y, side = boxes.square_around(box, FACTOR, LEAST)
        grow = side * (MARGIN - 1) / 2
        source = one.source
        if source.startswith("sim/"):
            source = "sim/close" if "-close" in source else "sim"
        patch = cut(image, (x - grow, y - grow, side * MARGIN), STORED)
        self.fixed[kind].append((patch, source, max(box[2:])))

    def background(self, rng, side=None):
        """A place in a kitchen where nothing is, or a part of people."""
        choice = rng.random()
        if choice < 0.5 or (choice < 0.75 and not self.simulated):
            image, taken = self.kitchens[rng.integers(len(self.kitchens))], []
        elif choice < 0.75:
            image, taken = self.simulated[rng.integers(len(self.simulated))]
        else:
            image, taken = self.people[rng.integers(len(self.people))], []
        side = side or np.exp(rng.uniform(np.log(24), np.log(0.45 * min(image.shape[:2]))))
        for _ in range(8):
            square = (rng.uniform(0, image.shape[1] - side), rng.uniform(0, image.shape[0] - side), side)
            if not taken or boxes.overlap(taken, [(*square[:2], side, side)]).max() == 0:
                break
        return cut(image, square, STORED)


def sample(rng, pests):
    """One training patch and its label."""
    kind = rng.choice(3, p=(0.5, 0.25, 0.25))
    if kind == OTHER:
        patch = other(rng, pests)
    elif rng.random() < 0.55:
        fixed = pests.fixed[kind]
        by_source = sorted({f[1] for f in fixed})
        # The simulator's two kinds of scenes count as one source.
        weight = np.array([0.5 if s.startswith("sim") else 1.0 for s in by_source])
        source = rng.choice(by_source, p=weight / weight.sum())
        chosen = [f for f in fixed if f[1] == source]
        patch = chosen[rng.integers(len(chosen))][0]
        if source.startswith("insect/tiny") and rng.random() < 0.4:
            patch = 255 - patch if rng.random() < 0.1 else patch
    else:
        patch = composed(rng, pests, kind)
    return finish(rng, patch), kind


def composed(rng, pests, kind):
    base = pests.background(rng).copy()
    # The patch's side is twice the blob's; the blob is cut a little too big or too small.
    length = STORED / MARGIN / FACTOR * rng.uniform(0.7, 1.15)
    if kind == RODENT:
        thing = pests.mice[rng.integers(len(pests.mice))]
        if rng.random() < 0.6:
            thing = composites.with_tail(rng, thing)
        thing = composites.turned(rng, composites.fur(rng, thing, base.mean()), length)
    else:
        if rng.random() < 0.35:
            thing = pests.flies[rng.integers(len(pests.flies))]
        else:
            thing = composites.drawn_insect(rng, "fly" if rng.random() < 0.6 else "cockroach")
        # A fly is smaller than the least patch: it fills less of it.
        thing = composites.turned(rng, thing, length * (rng.uniform(0.25, 0.7) if rng.random() < 0.5 else 1))
    if thing is not None:
        half = np.array([thing.shape[1], thing.shape[0]]) / 2
        x, y = (STORED / 2 - half + rng.uniform(-0.08, 0.08, 2) * STORED).astype(int)
        composites.paste(rng, base, thing, x, y, smear=rng.uniform(0, 10) if rng.random() < 0.35 else 0)
    return base


def other(rng, pests):
    choice = rng.random()
    if choice < 0.22:
        fixed = pests.fixed[OTHER]
        return fixed[rng.integers(len(fixed))][0]
    base = pests.background(rng).copy()
    if choice < 0.5:
        return base
    if choice < 0.62:
        return composites.shadow_or_glare(rng, base)
    if choice < 0.7:
        return augment.steam(rng, base, 1.0)
    # The same pasting with other contents, so that pasting itself tells nothing.
    if rng.random() < 0.5:
        thing = composites.drawn_thing(rng)
    else:
        texture = pests.background(rng)[:64, :64]
        mask = np.zeros((64, 64), np.uint8)
        points = np.int32(32 + rng.uniform(8, 31, (7, 1)) * np.stack([np.cos(a := np.linspace(0, 5.6, 7)), np.sin(a)], 1))
        cv2.fillPoly(mask, [points], 255)
        thing = np.dstack([texture, mask])
    thing = composites.turned(rng, thing, STORED / MARGIN / FACTOR * rng.uniform(0.3, 1.3))
    if thing is not None:
        x, y = (STORED / 2 - np.array([thing.shape[1], thing.shape[0]]) / 2 + rng.uniform(-0.1, 0.1, 2) * STORED).astype(int)
        composites.paste(rng, base, thing, x, y, smear=rng.uniform(0, 12) if rng.random() < 0.4 else 0)
    return base


def finish(rng, patch):
    image = augment.window(rng, patch, SIZE, 1 / MARGIN, shift=0.12, scale=(0.75, 1.4), turn=180)
    image = augment.steam(rng, image, 0.05)
    image = augment.light(rng, image)
    image = augment.blur(rng, image)
    if augment.chance(rng, 0.65):
        image = augment.shrink(rng, image, 20, 64)
    return augment.compress(rng, image, 0.3)


def held_out(pests, seed=9):
    """The fixed test: every held-out animal as the program would cut it, and places where nothing is."""
    rng = np.random.default_rng(seed)
    rows = [(augment.centre(patch, SIZE, 1 / MARGIN), kind, source, size)
            for kind, fixed in pests.fixed.items() for patch, source, size in fixed]
    for _ in range(1200):
        rows.append((augment.centre(pests.background(rng), SIZE, 1 / MARGIN), OTHER, "background", 0))
    return rows
