"""Training pictures of `kitchen-detector`: chosen, composed, scaled, spoilt."""

import cv2
import numpy as np

from . import augment, composites
from .detector_data import HEAD, INSECT, LABELS, PERSON, PHONE, RODENT

SIDE = 320
#: The size at which the program looks at whole pictures.
WIDTH, HEIGHT = 640, 352
#: How often each kind of picture is drawn.
SHARES = {
    "head/idenprof-chef": 1.3, "mask/kaggle-fmd": 1.2, "head/ccp": 0.5, "phone/bwssytems": 1.2, "phone/aitkherimed": 0.35,
    "phone/find-phone": 0.3, "rat/dlc-openfield-m3v1": 0.3, "rat/zarrar1607": 0.4, "rat/dlc-openfield-m4s1": 0.2,
    "video": 0.6, "negative/houses-kitchen": 0.3, "sim-people": 1.5, "sim-pests": 0.6, "insect/sleap-flies": 0.1,
    "composed": 1.5, "tiles": 0.8,
}


def kind_of(row):
    if row.source.startswith("sim/"):
        return "sim-people" if "people" in row.source else "sim-pests"
    return "video" if row.source.startswith("video/") else row.source


class Samples:
    def __init__(self, rows, data, rng):
        self.rng, self.by = rng, {}
        for row in rows:
            self.by.setdefault(kind_of(row), []).append(row)
        self.mice = composites.read_cutouts(data / "cutouts/mouse-dlc")
        self.flies = composites.read_cutouts(data / "cutouts/fly-sleap", invert=True)
        self.kinds = [k for k in SHARES if k in self.by or k in ("composed", "tiles")]
        weights = np.array([SHARES[k] for k in self.kinds])
        self.weights = weights / weights.sum()

    def draw(self):
        """(RGB picture, boxes as class and corners, ignored likewise, completeness)."""
        kind = self.kinds[self.rng.choice(len(self.kinds), p=self.weights)]
        if kind == "composed":
            return self.spoil(*self.composed())
        if kind == "tiles":
            return self.spoil(*self.tiles())
        return self.spoil(*self.load(self.pick(kind)))

    def pick(self, *kinds):
        rows = self.by.get(kinds[self.rng.integers(len(kinds))]) or self.by["negative/houses-kitchen"]
        return rows[self.rng.integers(len(rows))]

    def load(self, row):
        return row.image(), row.boxes.copy(), row.ignored.copy(), row.complete

    def between(self, low, high):
        return float(np.exp(self.rng.uniform(np.log(low), np.log(high))))

    def composed(self):
        """Mice, flies and insects' photographs pasted small into kitchens."""
        rng, choice = self.rng, self.rng.random()
        row = (self.pick("negative/houses-kitchen") if choice < 0.6 else
               self.pick("sim-people", "sim-pests") if choice < 0.8 else self.pick("head/idenprof-chef", "video"))
        image, found, ignored, complete = self.load(row)
        scale = 416 / max(image.shape[:2])
        if scale > 1:
            image = cv2.resize(image, None, fx=scale, fy=scale)
            found[:, 1:] *= scale
            ignored[:, 1:] *= scale
        new = [(RODENT, *box) for _ in range(rng.integers(1, 4)) if (box := self._pasted(image, self._mouse(), 12, 120))]
        for _ in range(rng.integers(0, 4)):
            choice = rng.random()
            if choice < 0.25:
                box = self._pasted(image, self.flies[rng.integers(len(self.flies))], 9, 60)
                new += [(INSECT, *box)] if box else []
            elif choice < 0.5:
                box = self._pasted(image, composites.drawn_insect(rng, "fly" if rng.random() < 0.5 else "cockroach"), 8, 50)
                new += [(INSECT, *box)] if box else []
            else:
                new += self._photograph(image)
        for _ in range(rng.integers(0, 3)):
            self._pasted(image, composites.drawn_thing(rng), 8, 60)
        return image, np.concatenate([found, np.float32(new).reshape(-1, 5)]), ignored, complete

    def _mouse(self):
        mouse = self.mice[self.rng.integers(len(self.mice))]
        mouse = composites.with_tail(self.rng, mouse) if self.rng.random() < 0.4 else mouse
        return composites.fur(self.rng, mouse, 120)

    def _pasted(self, image, thing, low, high):
        thing = composites.turned(self.rng, thing, self.between(low, high))
        if thing is None or thing.shape[0] >= image.shape[0] - 2 or thing.shape[1] >= image.shape[1] - 2:
            return None
        x, y = self.rng.integers(0, image.shape[1] - thing.shape[1]), self.rng.integers(0, image.shape[0] - thing.shape[0])
        return composites.paste(self.rng, image, thing, int(x), int(y))

    def _photograph(self, image):
        """A 32-pixel photograph of an insect, its border faded into the picture."""
        row, side = self.pick("insect/tinyimagenet32"), int(self.between(16, 90))
        if side >= min(image.shape[:2]) - 2:
            return []
        x, y = (int(self.rng.integers(0, n - side)) for n in (image.shape[1], image.shape[0]))
        mask = np.zeros((side, side), np.float32)
        cv2.circle(mask, (side // 2, side // 2), int(side * 0.46), 1, -1)
        mask = cv2.GaussianBlur(mask, (0, 0), side * 0.05)[..., None]
        small = cv2.resize(row.image(), (side, side), interpolation=cv2.INTER_AREA if side < 32 else cv2.INTER_LINEAR)
        part = image[y:y + side, x:x + side]
        image[y:y + side, x:x + side] = (part * (1 - mask) + small * mask).astype(np.uint8)
        return [(INSECT, x + b[1] * side / 32, y + b[2] * side / 32, b[3] * side / 32, b[4] * side / 32) for b in row.boxes]

    def tiles(self):
        """One to sixteen small photographs, enlarged: insects and rodents that fill the picture, and what is neither."""
        rng, n = self.rng, int(self.rng.choice([1, 1, 2, 3, 4]))
        cell, canvas, found, ignored = SIDE // n, np.full((SIDE, SIDE, 3), 114, np.uint8), [], []
        for i in range(n * n):
            choice = rng.random()
            row = self.pick("insect/tinyimagenet32" if choice < 0.55 else "rodent-patches/tinyimagenet32-guineapig"
                            if choice < 0.7 else "negative-patches/tinyimagenet32")
            side = int(rng.integers(max(24, cell // 2), cell + 1))
            x = (i % n) * cell + int(rng.integers(0, cell - side + 1))
            y = (i // n) * cell + int(rng.integers(0, cell - side + 1))
            canvas[y:y + side, x:x + side] = cv2.resize(row.image(), (side, side), interpolation=cv2.INTER_LINEAR)
            scale = side / row.image().shape[1]
            found += [(b[0], x + b[1] * scale, y + b[2] * scale, b[3] * scale, b[4] * scale) for b in row.boxes]
            if row.source.startswith("negative-patches"):
                ignored += [(kind, x, y, side, side) for kind in (PERSON, HEAD, PHONE)]
        as_rows = lambda boxes: np.float32(boxes).reshape(-1, 5)
        return canvas, as_rows(found), as_rows(ignored), np.ones(len(LABELS), bool)

    def spoil(self, image, found, ignored, complete):
        rng, (height, width) = self.rng, image.shape[:2]
        # Things are seen as large as the program shows them to the detector, letterboxed to 640 x 352, give or take.
        scale = min(WIDTH / width, HEIGHT / height) * self.between(0.5, 1.4)
        if rng.random() < 0.25:
            scale = SIDE / max(height, width)
        across = scale * rng.uniform(0.9, 1.1)
        x, y = self._offset(width * across, found[:, 1::2] * across), self._offset(height * scale, found[:, 2::2] * scale)
        matrix = np.float32([[across, 0, x], [0, scale, y]])
        if rng.random() < 0.5:
            matrix[0] = [-across, 0, SIDE - x]
        if scale < 0.7:
            image = cv2.blur(image, (2, 2))
        image = cv2.warpAffine(image, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderValue=(114, 114, 114))
        found, shares = moved(found, matrix)
        ignored, _ = moved(ignored, matrix)
        least = np.where(found[:, 0] >= PHONE, 4, 7)
        clear = (shares > 0.45) & (np.minimum(found[:, 3] - found[:, 1], found[:, 4] - found[:, 2]) >= least)
        ignored = np.concatenate([ignored, found[~clear & (shares > 0.02)]])
        image = augment.compress(rng, augment.blur(rng, augment.light(rng, augment.steam(rng, image, 0.06)), 0.8), 0.4)
        return image, found[clear], ignored, complete


    def _offset(self, length, spans):
        """Where the picture begins: anywhere, but mostly so that one of its objects is inside."""
        low, high = min(0.0, SIDE - length), max(0.0, SIDE - length)
        if length > SIDE and len(spans) and self.rng.random() < 0.75:
            start, size = spans[self.rng.integers(len(spans))]
            free = max(SIDE - size, 0)
            return float(np.clip(self.rng.uniform(0, free) - start, low, high))
        return self.rng.uniform(low, high)


def moved(boxes, matrix):
    """Boxes as corners after an affine change without rotation, cut at the border; and the share that is left of each."""
    corners = np.stack([boxes[:, 1], boxes[:, 2], boxes[:, 1] + boxes[:, 3], boxes[:, 2] + boxes[:, 4]], 1)
    xs = matrix[0, 0] * corners[:, [0, 2]] + matrix[0, 2]
    ys = matrix[1, 1] * corners[:, [1, 3]] + matrix[1, 2]
    full = np.ptp(xs, axis=1) * np.ptp(ys, axis=1)
    xs, ys = np.clip(np.sort(xs, 1), 0, SIDE), np.clip(np.sort(ys, 1), 0, SIDE)
    left = np.ptp(xs, axis=1) * np.ptp(ys, axis=1) / np.maximum(full, 1e-6)
    return np.stack([boxes[:, 0], xs[:, 0], ys[:, 0], xs[:, 1], ys[:, 1]], 1).astype(np.float32), left
