"""Scores a detector (IR) on whole pictures, letterboxed as the program does."""

import numpy as np
import openvino as ov

from . import boxes, nanodet
from .detector_data import LABELS, PHONE
from .teachers import letterbox

WIDTH, HEIGHT = 640, 352
#: Boxes of small things are coarse: 0.35 for phones and pests, 0.5 for people and heads.
MATCH = [0.5, 0.5, 0.35, 0.35, 0.35]


class Finder:
    """A detector at one size."""

    def __init__(self, model, width=WIDTH, height=HEIGHT):
        model = model.clone()
        model.reshape([1, height, width, 3])
        self.width, self.height = width, height
        self.compiled = ov.Core().compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        self.anchors = nanodet.anchors(height, width).numpy()

    def find(self, picture, least=0.05):
        """For each class: (boxes in the picture's pixels, scores), best first."""
        canvas, scale, left, top = letterbox(picture, self.width, self.height)
        result = self.compiled([canvas[None]])
        scores, reach = result["scores"][0], result["boxes"][0]
        corner = self.anchors[:, :2] - reach[:, :2]
        found = []
        for kind in range(scores.shape[1]):
            hits = np.nonzero(scores[:, kind] > least)[0]
            hits = hits[np.argsort(-scores[hits, kind])[:300]]
            rows = np.concatenate([(corner[hits] - (left, top)) / scale, (reach[hits, :2] + reach[hits, 2:]) / scale], 1)
            kept = boxes.without_doubles(rows, scores[hits, kind], 0.5) if len(hits) else []
            found.append((rows[kept], scores[hits, kind][kept]))
        return found


def judge(finder, rows, least=0.05):
    """For each class: (score, right, source) of everything said, and how many objects there were for each source."""
    said, there = [[] for _ in LABELS], [{} for _ in LABELS]
    for row in rows:
        source = "sim" if row.source.startswith("sim/") else row.source
        for kind, (found, scores) in enumerate(finder.find(row.image(), least)):
            objects = row.boxes[row.boxes[:, 0] == kind][:, 1:]
            if not row.complete[kind] and not len(objects):
                continue
            there[kind][source] = there[kind].get(source, 0) + len(objects)
            ignored = row.ignored[row.ignored[:, 0] == kind][:, 1:]
            taken = set()
            for box, score in zip(found, scores):
                shares = boxes.overlap([box], objects)[0] if len(objects) else np.zeros(0)
                shares = [0 if j in taken else share for j, share in enumerate(shares)]
                best = int(np.argmax(shares)) if shares else -1
                if best >= 0 and shares[best] >= MATCH[kind]:
                    taken.add(best)
                    said[kind].append((float(score), True, source))
                elif not (len(ignored) and boxes.share_inside([box], ignored)[0].max() > 0.4) and row.complete[kind]:
                    said[kind].append((float(score), False, source))
    return said, there


def threshold(said, count, precision, least=0.2):
    """The lowest score from which precision holds; and precision and recall there."""
    ordered = sorted(said, reverse=True)
    right, best = 0, (0.9, 0.0, 0.0)
    for n, (score, good, _) in enumerate(ordered, 1):
        right += good
        if score < least:
            break
        if right / n >= precision:
            best = (score, right / n, right / max(count, 1))
    return best
