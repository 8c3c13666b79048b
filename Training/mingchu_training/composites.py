"""Small things put into pictures: cut-outs of mice and flies, drawn flies and cockroaches, and things that are no pests."""

import cv2
import numpy as np


def read_cutouts(folder, invert=False):
    """RGBA; laboratory flies are bright on black and are turned dark."""
    found = []
    for path in sorted(folder.iterdir()):
        image = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        if image is not None and image.ndim == 3 and image.shape[2] == 4:
            colour = cv2.cvtColor(image[..., :3], cv2.COLOR_BGR2RGB)
            found.append(np.dstack([255 - colour if invert else colour, image[..., 3]]))
    return found


def turned(rng, cutout, length):
    """Turned by any angle, mirrored, its longer side `length` pixels."""
    if rng.random() < 0.5:
        cutout = cutout[:, ::-1]
    h, w = cutout.shape[:2]
    side = int(np.hypot(h, w)) + 2
    matrix = cv2.getRotationMatrix2D((w / 2, h / 2), rng.uniform(0, 360), 1)
    matrix[:, 2] += (side / 2 - w / 2, side / 2 - h / 2)
    whole = cv2.warpAffine(np.ascontiguousarray(cutout), matrix, (side, side))
    ys, xs = np.nonzero(whole[..., 3] > 60)
    if len(xs) < 5:
        return None
    whole = whole[ys.min():ys.max() + 1, xs.min():xs.max() + 1]
    # Seen from the side and from afar, an animal is flatter than from above.
    flat = rng.uniform(0.55, 1.0)
    scale = length / max(whole.shape[0] * flat, whole.shape[1])
    size = max(2, round(whole.shape[1] * scale)), max(2, round(whole.shape[0] * flat * scale))
    return cv2.resize(whole, size, interpolation=cv2.INTER_AREA)


def fur(rng, cutout, surroundings):
    """Another coat: black, grey, brown, now and then white, lit as its surroundings are."""
    colour = cutout[..., :3].astype(np.float32)
    level = rng.uniform(15, 110) if rng.random() < 0.85 else rng.uniform(140, 220)
    tint = np.float32([rng.uniform(0.95, 1.25), rng.uniform(0.92, 1.08), rng.uniform(0.75, 1.05)])
    colour = (colour - colour.mean()) * rng.uniform(0.4, 1.2) + level
    colour = colour * tint * np.clip(surroundings / 120, 0.4, 1.3)
    return np.dstack([np.clip(colour, 0, 255), cutout[..., 3]]).astype(np.uint8)


def with_tail(rng, cutout):
    """A thin curved tail at one end of a body."""
    h, w = cutout.shape[:2]
    grow = int(max(h, w) * rng.uniform(0.3, 0.9))
    out = cv2.copyMakeBorder(np.ascontiguousarray(cutout), grow // 2, grow // 2, grow, 0, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    start = np.array([grow + w * 0.12, grow // 2 + h / 2])
    bend = rng.uniform(-0.6, 0.6) * grow
    t = np.linspace(0, 1, 12)[:, None]
    points = (1 - t) ** 2 * start + 2 * t * (1 - t) * (start + [-grow * 0.5, bend]) + t**2 * (start + [-grow * 0.95, -bend * 0.4])
    body = cutout[cutout[..., 3] > 128]
    colour = [float(c) for c in body[:, :3].mean(0)] if len(body) else [60, 50, 45]
    cv2.polylines(out, [np.int32(points)], False, (*colour, 255), max(1, max(h, w) // 22), cv2.LINE_AA)
    return out


def drawn_insect(rng, kind):
    """A fly (body, two pale wings) or a cockroach (flat oval, legs, antennae), 64 pixels."""
    image = np.zeros((64, 64, 4), np.uint8)
    dark = rng.uniform(10, 70)
    body = (dark * rng.uniform(1, 1.6), dark * rng.uniform(0.8, 1.1), dark * rng.uniform(0.6, 1))
    if kind == "fly":
        for side in (-1, 1):
            wing = rng.uniform(90, 190)
            cv2.ellipse(image, (30, 32 + side * 8), (16, 6), side * rng.uniform(15, 50), 0, 360, (wing, wing, wing, 150), -1, cv2.LINE_AA)
        cv2.ellipse(image, (32, 32), (int(rng.uniform(11, 16)), int(rng.uniform(5, 8))), 0, 0, 360, (*body, 255), -1, cv2.LINE_AA)
        cv2.circle(image, (46, 32), 5, (*[c * 0.7 for c in body], 255), -1, cv2.LINE_AA)
    else:
        brown = (body[0] * 1.6, body[1] * 1.2, body[2])
        for side in (-1, 1):
            for x in (24, 32, 40):
                end = (int(x + rng.uniform(-9, 9)), int(32 + side * rng.uniform(14, 20)))
                cv2.line(image, (x, 32), end, (*body, 255), 1, cv2.LINE_AA)
            cv2.line(image, (48, 32), (62, int(32 + side * rng.uniform(4, 16))), (*body, 220), 1, cv2.LINE_AA)
        cv2.ellipse(image, (32, 32), (18, int(rng.uniform(7, 10))), 0, 0, 360, (*brown, 255), -1, cv2.LINE_AA)
        cv2.circle(image, (49, 32), 4, (*body, 255), -1, cv2.LINE_AA)
    return image


def drawn_thing(rng):
    """No pest: cutlery, lids, scraps, drops — rigid, plain or shining shapes."""
    image = np.zeros((64, 64, 4), np.uint8)
    shade = rng.uniform(10, 250)
    colour = tuple(np.clip(shade + rng.uniform(-50, 50, 3), 0, 255).tolist()) + (255,)
    kind = rng.integers(0, 6)
    if kind == 0:  # blade, handle, stick
        cv2.line(image, (4, 32), (60, 32), colour, int(rng.integers(2, 12)), cv2.LINE_AA)
    elif kind == 1:  # angular scrap
        points = np.int32(32 + rng.uniform(12, 30, (5, 1)) * np.stack([np.cos(a := np.sort(rng.uniform(0, 6.28, 5))), np.sin(a)], 1))
        cv2.fillPoly(image, [points], colour, cv2.LINE_AA)
    elif kind == 2:  # ladle, spoon
        cv2.line(image, (4, 32), (45, 32), colour, 3, cv2.LINE_AA)
        cv2.circle(image, (50, 32), int(rng.integers(8, 13)), colour, -1, cv2.LINE_AA)
    elif kind == 3:  # plate, lid, ring
        cv2.circle(image, (32, 32), 28, colour, -1 if rng.random() < 0.5 else 6, cv2.LINE_AA)
        cv2.circle(image, (32, 32), 15, tuple(min(255, c + 30) for c in colour[:3]) + (255,), -1, cv2.LINE_AA)
    elif kind == 4:  # box
        h = int(rng.uniform(8, 28))
        cv2.rectangle(image, (4, 32 - h), (60, 32 + h), colour, -1)
    else:  # glint, drop
        cv2.ellipse(image, (32, 32), (int(rng.uniform(4, 28)), int(rng.uniform(3, 10))), 0, 0, 360, (250, 250, 250, 255), -1, cv2.LINE_AA)
    return image


def paste(rng, picture, thing, x, y, smear=0.0):
    """Blends an RGBA thing into a picture at its left upper corner, in place, with a faint shadow; smear in pixels."""
    h, w = thing.shape[:2]
    height, width = picture.shape[:2]
    x0, y0, x1, y1 = max(0, x), max(0, y), min(width, x + w), min(height, y + h)
    if x1 <= x0 or y1 <= y0:
        return None
    alpha = cv2.GaussianBlur(thing[..., 3].astype(np.float32) / 255, (0, 0), rng.uniform(0.3, 0.8))
    colour = thing[..., :3].astype(np.float32)
    if smear >= 2:
        length = int(smear) | 1
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1 / length
        kernel = cv2.warpAffine(kernel, cv2.getRotationMatrix2D((length // 2, length // 2), rng.uniform(0, 180), 1), (length, length))
        alpha = cv2.filter2D(alpha, -1, kernel / max(kernel.sum(), 1e-3))
    alpha = alpha[y0 - y:y1 - y, x0 - x:x1 - x, None]
    colour = colour[y0 - y:y1 - y, x0 - x:x1 - x]
    area = picture[y0:y1, x0:x1].astype(np.float32)
    picture[y0:y1, x0:x1] = np.clip(area * (1 - alpha) + colour * alpha, 0, 255).astype(np.uint8)
    return (x0, y0, x1 - x0, y1 - y0)


def shadow_or_glare(rng, picture):
    """A soft dark or bright patch that wanders over a surface: no pest."""
    h, w = picture.shape[:2]
    mask = np.zeros((h, w), np.float32)
    centre = (int(rng.uniform(0.3, 0.7) * w), int(rng.uniform(0.3, 0.7) * h))
    axes = (max(2, int(rng.uniform(0.1, 0.45) * w)), max(2, int(rng.uniform(0.06, 0.3) * h)))
    cv2.ellipse(mask, centre, axes, rng.uniform(0, 180), 0, 360, 1, -1)
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.05, 0.15) * w)[..., None]
    if rng.random() < 0.5:
        return np.clip(picture * (1 - mask * rng.uniform(0.2, 0.6)), 0, 255).astype(np.uint8)
    return np.clip(picture + mask * rng.uniform(40, 160), 0, 255).astype(np.uint8)
