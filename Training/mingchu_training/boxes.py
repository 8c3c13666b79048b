"""Boxes are (x, y, w, h) in pixels, from the left upper corner; arrays of them are [n, 4]."""

import numpy as np


def from_yolo(line, width, height):
    """One line of a YOLO label file: class and box."""
    kind, cx, cy, w, h = line.split()[:5]
    cx, cy, w, h = float(cx) * width, float(cy) * height, float(w) * width, float(h) * height
    return int(kind), (cx - w / 2, cy - h / 2, w, h)


def to_yolo(kind, box, width, height):
    x, y, w, h = box
    return f"{kind} {(x + w / 2) / width:.6f} {(y + h / 2) / height:.6f} {w / width:.6f} {h / height:.6f}"


def head_of_face(face):
    """The data set's head box: a face box widened to 1.56 of its width, 0.6 of its height above, 0.08 below."""
    x, y, w, h = face
    return (x - 0.28 * w, y - 0.6 * h, 1.56 * w, 1.68 * h)


def square_around(box, factor, least=0.0):
    """A square centred on a box: side = factor x its longer side, at least `least`; as (x, y, side)."""
    x, y, w, h = box
    side = max(factor * max(w, h), least)
    return (x + w / 2 - side / 2, y + h / 2 - side / 2, side)


def on_grid(box, pixel):
    """The least box that ends on a grid of `pixel` and holds the given one."""
    x, y, w, h = box
    left, top = np.floor(x / pixel) * pixel, np.floor(y / pixel) * pixel
    return (left, top, np.ceil((x + w) / pixel) * pixel - left, np.ceil((y + h) / pixel) * pixel - top)


def overlap(a, b):
    """Intersection over union of each of a [n, 4] with each of b [m, 4]: [n, m]."""
    a, b = np.asarray(a, float).reshape(-1, 4), np.asarray(b, float).reshape(-1, 4)
    shared = _shared(a, b)
    areas = (a[:, 2] * a[:, 3])[:, None] + (b[:, 2] * b[:, 3])[None]
    return shared / np.maximum(areas - shared, 1e-9)


def share_inside(a, b):
    """How much of each of a lies in each of b: [n, m]."""
    a, b = np.asarray(a, float).reshape(-1, 4), np.asarray(b, float).reshape(-1, 4)
    return _shared(a, b) / np.maximum((a[:, 2] * a[:, 3])[:, None], 1e-9)


def _shared(a, b):
    left = np.maximum(a[:, None, :2], b[None, :, :2])
    right = np.minimum(a[:, None, :2] + a[:, None, 2:], b[None, :, :2] + b[None, :, 2:])
    sides = np.clip(right - left, 0, None)
    return sides[..., 0] * sides[..., 1]


def without_doubles(boxes, scores, limit=0.5):
    """Non-maximum suppression: the indices that stay, best first."""
    order, kept = list(np.argsort(-np.asarray(scores))), []
    while order:
        best = order.pop(0)
        kept.append(best)
        if order:
            covered = overlap([boxes[best]], [boxes[i] for i in order])[0]
            order = [i for i, share in zip(order, covered) if share < limit]
    return kept
