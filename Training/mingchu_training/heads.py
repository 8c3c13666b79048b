"""Crops for `head-attributes`: heads with hat, mask and visible face, and surroundings of phones; unknown labels are NaN."""

from pathlib import Path
import hashlib

import numpy as np

from . import boxes, sources, splits
from .annotate import annotate
from .crops import cut, read

LABELS = ["hatAbsent", "maskAbsent", "faceVisible", "phone"]
#: Side of a crop in lengths of the longer side of the head box, and of the phone box.
HEAD_FACTOR, PHONE_FACTOR, PHONE_LEAST = 1.5, 2.5, 48
#: Stored crops show more than the model sees, so that they can be shifted and scaled.
MARGIN, STORED = 1.4, 168
NAN = float("nan")


class Crops:
    def __init__(self):
        self.images, self.labels, self.size, self.split, self.source, self.stratum = [], [], [], [], [], []

    def add(self, image, square, labels, size, split, source, stratum):
        x, y, side = square
        grow = side * (MARGIN - 1) / 2
        self.images.append(cut(image, (x - grow, y - grow, side * MARGIN), STORED))
        self.labels.append(labels)
        self.size.append(size)
        self.split.append(split)
        self.source.append(source)
        self.stratum.append(stratum)

    def arrays(self):
        return dict(images=np.stack(self.images), labels=np.float32(self.labels), size=np.float32(self.size),
                    split=np.array(self.split), source=np.array(self.source), stratum=np.array(self.stratum))


def collect(data, bases, work, sim):
    """All crops as arrays, cached in the work folder."""
    cache = Path(work) / "heads.npz"
    if cache.exists():
        return dict(np.load(cache))
    found = Crops()
    annotations = annotate(data, bases, work)
    rng = np.random.default_rng(1)
    for path, one in annotations.items():
        _photograph(found, Path(path), one, rng)
    _crop_sets(found, data, bases)
    _phones(found, data, sim, rng)
    for picture in sources.simulated(sim):
        _simulated(found, picture)
    arrays = found.arrays()
    np.savez(cache, **arrays)
    return arrays


def _photograph(found, path, one, rng):
    """Heads with labels by hand; what is missing by a teacher that is sure; places without a face."""
    image = read(path)
    source, split = one["source"], one["split"]
    heads = []
    for label, box in one["objects"]:
        if label in ("head_hat", "head_bare", "head_ignore"):
            hat = {"head_hat": 0.0, "head_bare": 1.0}.get(label, NAN)
            # A tall hat makes a head box longer than the face's, but the boxes were made from faces: keep them.
            heads.append((box, hat, NAN))
        elif label in ("mask", "no_mask", "mask_incorrect"):
            heads.append((boxes.head_of_face(box), NAN, {"mask": 0.0, "no_mask": 1.0}.get(label, NAN)))
    faces = [(boxes.head_of_face(b), s, m) for (b, s, _), m in zip(one["faces"], one["faceMasks"])]
    if source.startswith(("phone/", "video/")):
        heads += [(box, NAN, NAN) for box, score, _ in faces if score > 0.75]
    for box, hat, mask in heads:
        if max(box[2:]) < 14:
            continue
        if np.isnan(mask) and not source.startswith("mask/"):
            mask = _taught_mask(box, faces)
        if np.isnan(hat) and np.isnan(mask) and source.startswith("mask/"):
            continue
        phone = NAN if source.startswith(("phone/", "video/")) else 0.0
        stratum = f"{source.split('/')[0]}:{hat}:{mask}"
        found.add(image, boxes.square_around(box, HEAD_FACTOR), (hat, mask, 1.0, phone), max(box[2:]), split, source, stratum)
    known = [b for b, _, _ in heads] + [b for b, _, _ in faces]
    for box in turned_away(one, known):
        found.add(image, boxes.square_around(box, HEAD_FACTOR), (NAN, NAN, 0.0, NAN), max(box[2:]), split, source, "away")
    if not source.startswith(("phone/", "video/")) and min(image.shape[:2]) > 60:
        for _ in range(2):
            side = rng.uniform(20, 0.4 * min(image.shape[:2]))
            box = (rng.uniform(0, image.shape[1] - side), rng.uniform(0, image.shape[0] - side), side, side)
            if not known or boxes.share_inside(known, [_grown(box, 1.5)]).max() < 0.05:
                found.add(image, boxes.square_around(box, HEAD_FACTOR), (NAN, NAN, 0.0, 0.0), side, split, source, "beside")


def _taught_mask(box, faces):
    """The mask teacher's word where it is sure; its known error is to call a masked head bare."""
    overlaps = boxes.overlap([box], [b for b, _, _ in faces])[0] if faces else np.zeros(0)
    if not len(overlaps) or overlaps.max() < 0.5 or max(box[2:]) < 30:
        return NAN
    mask, bare = faces[int(overlaps.argmax())][2]
    return 0.0 if mask > 0.9 and bare < 0.3 else 1.0 if bare > 0.97 and mask < 0.2 else NAN


def turned_away(one, known):
    """Heads seen from behind, from the pose teacher: shoulders without nose and eyes, and no face found there."""
    found = []
    for person, score, pose in zip(one["people"], one["peopleScores"], one["poses"]):
        if pose is None or score < 0.5:
            continue
        pose = np.array(pose)
        if pose[:3, 2].max() > 0.2 or pose[5:7, 2].min() < 0.4 or pose[3:5, 2].max() < 0.15:
            continue
        ear = pose[3:5][pose[3:5, 2] > 0.15][:, :2].mean(0)
        span = np.linalg.norm(pose[5, :2] - pose[6, :2])
        reach = (pose[5:7, 1].mean() - ear[1]) * 1.25
        side = max(span * 0.55, reach, person[3] * 0.1)
        box = (ear[0] - side / 2, ear[1] - side * 0.6, side, side * 1.15)
        if side > 14 and (not known or boxes.overlap([box], known).max() < 0.05):
            found.append(box)
    return found


def _crop_sets(found, data, bases):
    """Sets that are crops already: the crop is the head box, or a portrait in which the face teacher finds the face."""
    from .teachers import Teachers

    teachers = Teachers(bases)
    portraits = sources.crops(data, "mask-crops/chandrikadeb7")
    images = [read(one.path) for one in portraits]
    names = [one.path.parent.name + "/" + one.path.name for one in portraits]
    for one, image, group in zip(portraits, images, splits.groups([splits.fingerprint(i) for i in images], names)):
        split = splits.split_of(one.source, one.recording, f"{one.source}:{group}")
        faces = teachers.faces(image, side=320, least=0.4)
        faces = [b for b, s, _ in faces if b[2] > 0.25 * image.shape[1]]
        mask = 0.0 if one.label == "mask" else 1.0
        box = boxes.head_of_face(faces[0]) if faces else (0, 0, image.shape[1], image.shape[0])
        found.add(image, boxes.square_around(box, HEAD_FACTOR), (NAN, mask, 1.0, 0.0), max(box[2:]), split, one.source,
                  f"mask-crops:{mask}")
    for source in ("head-crops/idenprof-other", "head-crops/ccp"):
        for one in sources.crops(data, source):
            if source.endswith("ccp") and (Path(data) / "head/ccp/images" / (one.recording + ".jpg")).exists():
                continue  # the whole picture is in head/ccp
            image = read(one.path)
            hat = 0.0 if one.label == "hat" else 1.0
            box = (0, 0, image.shape[1], image.shape[0])
            found.add(image, boxes.square_around(box, HEAD_FACTOR), (hat, NAN, 1.0, 0.0), max(box[2:]),
                      splits.split_of(source, one.recording), source, f"{source}:{hat}")


def _phones(found, data, sim, rng):
    for source in ("phone/aitkherimed", "phone/bwssytems"):
        for picture in sources.pictures(data, source):
            image = read(picture.path)
            split = splits.split_of(picture.source, picture.recording)
            for label, box in picture.objects:
                value = 1.0 if label == "phone" else 0.0
                found.add(image, boxes.square_around(box, PHONE_FACTOR, PHONE_LEAST), (NAN, NAN, NAN, value), max(box[2:]),
                          split, source, f"phone:{value}")
            phones = [b for l, b in picture.objects if l == "phone"]
            for _ in range(2):
                side = rng.uniform(20, 90)
                box = (rng.uniform(0, picture.width - side), rng.uniform(0, picture.height - side), side, side)
                if not phones or boxes.share_inside(phones, [_grown(box, 2.5)]).max() < 0.1:
                    found.add(image, boxes.square_around(box, PHONE_FACTOR, PHONE_LEAST), (NAN, NAN, NAN, 0.0), side, split,
                              source, "phone:beside")
    for one in sources.crops(data, "phone-crops/hardneg"):
        image = read(one.path)
        side = max(image.shape[:2])
        square = ((image.shape[1] - side) / 2, (image.shape[0] - side) / 2, side)
        split = splits.split_of(one.source, one.recording)
        found.add(image, square, (NAN, NAN, NAN, 0.0), side / 2.5, split, one.source, "phone:hard")
        smaller = side * 0.6
        found.add(image, ((image.shape[1] - smaller) / 2, (image.shape[0] - smaller) / 2, smaller), (NAN, NAN, NAN, 0.0),
                  smaller / 2.5, split, one.source, "phone:hard")


def _simulated(found, picture):
    """The simulator tells what is worn and where a person faces (1 = into the camera)."""
    people = picture.truth["people"]
    if not people:
        return
    image, split = read(picture.path), splits.split_of(picture.source, picture.recording)
    rng = np.random.default_rng(int(hashlib.sha256(str(picture.path.name + picture.source).encode()).hexdigest()[:8], 16))
    phones = [p["phone"]["box"] for p in people if "phone" in p]
    for person in people:
        head, facing = person.get("head"), person["facing"]
        if head and head["visibility"] > 0.6 and max(head["box"][2:]) >= 14:
            visible = 1.0 if facing > 0.25 else 0.0 if facing < -0.1 else NAN
            mask = (0.0 if person["wearsMask"] else 1.0) if facing > 0.25 else NAN
            hat = 0.0 if person["wearsHat"] else 1.0
            found.add(image, boxes.square_around(head["box"], HEAD_FACTOR), (hat, mask, visible, NAN),
                      max(head["box"][2:]), split, "sim", f"sim:{hat}:{mask}:{visible}")
        if "phone" in person and person["phone"]["visibility"] > 0.5:
            box = person["phone"]["box"]
            found.add(image, boxes.square_around(box, PHONE_FACTOR, PHONE_LEAST), (NAN, NAN, NAN, 1.0), max(box[2:]), split,
                      "sim", "sim-phone:1")
        x, y, w, h = person["body"]["box"]
        side = rng.uniform(12, 26)
        box = (x + rng.uniform(0, w), y + rng.uniform(0, h * 0.7), side, side)
        if not phones or boxes.share_inside(phones, [_grown(box, 1.6)]).max() < 0.05:
            found.add(image, boxes.square_around(box, PHONE_FACTOR, PHONE_LEAST), (NAN, NAN, NAN, 0.0), side, split, "sim",
                      "sim-phone:0")


def _grown(box, factor):
    x, y, side = boxes.square_around(box, factor)
    return (x, y, side, side)
