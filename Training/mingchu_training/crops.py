"""Cuts square patches as the program does: sub-pixel position, edge replicated, bilinear with antialias when shrinking."""

import cv2
import numpy as np


def cut(picture, square, size):
    """The square (x, y, side) of a picture, resized to size x size pixels."""
    x, y, side = square
    height, width = picture.shape[:2]
    pad = int(max(0, -x, -y, x + side - width, y + side - height)) + 2
    left, top = int(np.floor(x)) - 1, int(np.floor(y)) - 1
    span = int(np.ceil(side)) + 3
    x0, y0 = np.clip(left, 0, width - 1), np.clip(top, 0, height - 1)
    x1, y1 = np.clip(left + span, x0 + 1, width), np.clip(top + span, y0 + 1, height)
    part = picture[y0:y1, x0:x1]
    part = cv2.copyMakeBorder(
        part, min(y0 - top, pad), min(max(0, top + span - y1), pad), min(x0 - left, pad),
        min(max(0, left + span - x1), pad), cv2.BORDER_REPLICATE)
    if side > size:
        # Area averaging first, so that nothing aliases; then the exact position.
        shrink = size / side
        small = cv2.resize(part, (max(1, round(part.shape[1] * shrink)), max(1, round(part.shape[0] * shrink))),
                           interpolation=cv2.INTER_AREA)
        kx, ky = small.shape[1] / part.shape[1], small.shape[0] / part.shape[0]
        part, dx, dy, sx, sy = small, (x - left) * kx, (y - top) * ky, side * kx / size, side * ky / size
    else:
        dx, dy, sx, sy = x - left, y - top, side / size, side / size
    matrix = np.array([[sx, 0, dx + 0.5 * sx - 0.5], [0, sy, dy + 0.5 * sy - 0.5]], np.float32)
    return cv2.warpAffine(part, matrix, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                          borderMode=cv2.BORDER_REPLICATE)


def read(path):
    """A picture as RGB."""
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise OSError(f"no picture can be read from {path}")
    return cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
