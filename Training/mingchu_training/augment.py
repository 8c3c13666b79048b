"""What kitchens and cameras do to pictures: small scale, blur, motion, compression, infrared, low light, steam."""

import cv2
import numpy as np


def chance(rng, p):
    return rng.random() < p


def shrink(rng, image, low, high):
    """Down to a side between `low` and `high` pixels and back, as a small thing in a picture is seen."""
    side = image.shape[0]
    small = int(round(np.exp(rng.uniform(np.log(low), np.log(high)))))
    if small >= side:
        return image
    image = cv2.resize(image, (small, small), interpolation=cv2.INTER_AREA)
    image = compress(rng, image, 0.5)
    return cv2.resize(image, (side, side), interpolation=cv2.INTER_LINEAR)


def compress(rng, image, p):
    """JPEG: blocks and ringing like those of a camera's own coding at a low bit rate."""
    if not chance(rng, p):
        return image
    good, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 85))])
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


def blur(rng, image, extent=None):
    """`extent` 1 is what a crop of 112 pixels gets; by default it grows with the picture."""
    extent = extent or image.shape[0] / 112
    if chance(rng, 0.12):
        sigma = rng.uniform(0.4, 1.6) * extent
        image = cv2.GaussianBlur(image, (0, 0), sigma)
    if chance(rng, 0.12):
        length = max(3, int(rng.uniform(3, 10) * extent)) | 1
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1
        turn = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), rng.uniform(0, 180), 1)
        kernel = cv2.warpAffine(kernel, turn, (length, length))
        image = cv2.filter2D(image, -1, kernel / max(kernel.sum(), 1e-6))
    return image


def light(rng, image):
    """Gain, gamma, colour cast; now and then infrared (grey) or night (dark and noisy)."""
    out = image.astype(np.float32)
    if chance(rng, 0.7):
        out = out * rng.uniform(0.65, 1.3) + rng.uniform(-20, 20)
    if chance(rng, 0.3):
        out = 255 * np.clip(out / 255, 0, 1) ** rng.uniform(0.6, 1.6)
    if chance(rng, 0.4):
        out = out * rng.uniform(0.88, 1.12, (1, 1, 3))
    if chance(rng, 0.18):
        grey = out @ np.float32([0.35, 0.45, 0.2])
        out = np.repeat(grey[..., None], 3, -1)
    if chance(rng, 0.08):
        out = out * rng.uniform(0.2, 0.5)
    if chance(rng, 0.3):
        out = out + rng.normal(0, rng.uniform(2, 9), out.shape[:2] + (1,))
    return np.clip(out, 0, 255).astype(np.uint8)


def steam(rng, image, p=0.1):
    """Soft white clouds over a part of the picture."""
    if not chance(rng, p):
        return image
    side = image.shape[0]
    cloud = cv2.resize(rng.random((4, 4)).astype(np.float32), (image.shape[1], side), interpolation=cv2.INTER_CUBIC)
    cloud = np.clip(cloud - rng.uniform(0.2, 0.6), 0, 1)[..., None] * rng.uniform(0.4, 1.2)
    cloud = np.clip(cloud, 0, 0.75)
    return (image * (1 - cloud) + rng.uniform(200, 250) * cloud).astype(np.uint8)


def cover(rng, image, p=0.08):
    """A plain patch in front, as an arm, a pot or a pipe is."""
    if not chance(rng, p):
        return image
    side = image.shape[0]
    w, h = rng.integers(side // 10, side // 3, 2)
    x, y = rng.integers(0, side - w), rng.integers(0, side - h)
    image = image.copy()
    image[y:y + h, x:x + w] = rng.integers(0, 256, 3)
    return image


def drawn_mask(rng, context, head):
    """A face mask painted over a bare face whose head box, `head` pixels high, is centred in the context."""
    side = context.shape[0]
    # In the data set's head box the face is the lower three fifths; its mouth lies at 0.77 of the height.
    cx, cy = side / 2 + rng.uniform(-0.05, 0.05) * head, side / 2 + (0.27 + rng.uniform(-0.05, 0.05)) * head
    w, h = rng.uniform(0.18, 0.26) * head, rng.uniform(0.13, 0.19) * head
    points = np.int32([[cx - w, cy - h * 0.6], [cx, cy - h * rng.uniform(0.7, 1.0)], [cx + w, cy - h * 0.6],
                       [cx + w * 0.75, cy + h * 0.6], [cx, cy + h], [cx - w * 0.75, cy + h * 0.6]])
    colours = ((245, 245, 245), (150, 195, 225), (35, 35, 40), (120, 170, 190), (235, 225, 215), (90, 140, 190))
    colour = np.float32(colours[rng.integers(len(colours))]) * rng.uniform(0.6, 1.05)
    mask = np.zeros(context.shape[:2], np.float32)
    cv2.fillPoly(mask, [points], 1.0)
    mask = cv2.GaussianBlur(mask, (0, 0), 1.2)[..., None]
    # The light on the face stays on the mask.
    shade = cv2.GaussianBlur(cv2.cvtColor(context, cv2.COLOR_RGB2GRAY).astype(np.float32), (0, 0), 6)
    shade = (0.5 + 0.5 * shade / max(shade.mean(), 1))[..., None]
    return (context * (1 - mask) + np.clip(colour * shade, 0, 255) * mask).astype(np.uint8)


def cropped(rng, context, head):
    """As if only the head box, `head` pixels high, had been kept, and its edges went on: what sets of crops look like.

    Else a model learns from the smeared surroundings which set, and so which label, a head comes from.
    """
    side, h = context.shape[0], head
    w = head * rng.uniform(0.62, 0.85)
    x, y = int(side / 2 - w / 2), int(side / 2 - h / 2)
    part = context[y:y + int(h), x:x + int(w)]
    return cv2.copyMakeBorder(part, y, side - y - part.shape[0], x, side - x - part.shape[1], cv2.BORDER_REPLICATE)


def window(rng, context, size, inner, shift=0.13, scale=(0.8, 1.22), turn=15):
    """A jittered, turned, perhaps mirrored window: `inner` = share of the context's side that the exact window has."""
    side = context.shape[0]
    zoom = side * inner * rng.uniform(*scale) / size
    angle = np.deg2rad(rng.uniform(-turn, turn)) if chance(rng, 0.5) else 0.0
    mirror = -1 if chance(rng, 0.5) else 1
    cx, cy = side / 2 + rng.uniform(-shift, shift, 2) * side * inner
    matrix = zoom * np.array([[np.cos(angle) * mirror, -np.sin(angle)], [np.sin(angle) * mirror, np.cos(angle)]])
    half = size / 2 - 0.5
    offset = np.array([cx - 0.5, cy - 0.5]) - matrix @ np.array([half, half])
    full = np.concatenate([matrix, offset[:, None]], 1).astype(np.float32)
    flags = cv2.WARP_INVERSE_MAP | (cv2.INTER_AREA if zoom > 2 else cv2.INTER_LINEAR)
    return cv2.warpAffine(context, full, (size, size), flags=flags, borderMode=cv2.BORDER_REPLICATE)


def centre(context, size, inner):
    """The exact window, not jittered: what evaluation sees."""
    side = context.shape[0]
    from .crops import cut
    return cut(context, (side * (1 - inner) / 2, side * (1 - inner) / 2, side * inner), size)
