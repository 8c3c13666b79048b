"""Pictures with boxes for `kitchen-detector`, taught where the data set has no labels, and told what is not complete."""

from dataclasses import dataclass
from pathlib import Path
import pickle

import cv2
import numpy as np

from . import boxes, sources, splits
from .annotate import video_frames
from .crops import read

LABELS = ["person", "head", "phone", "rodent", "insect"]
PERSON, HEAD, PHONE, RODENT, INSECT = range(5)
#: Longer sides are shrunk to this: no camera's sub-stream is larger.
LONGEST = 720


@dataclass
class Row:
    jpeg: np.ndarray
    #: [n, 5]: class and box.
    boxes: np.ndarray
    #: [m, 5]: where a class is neither object nor background.
    ignored: np.ndarray
    #: For each class: is everything labelled? If not, what is unlabelled teaches nothing.
    complete: np.ndarray
    source: str
    recording: str
    split: str

    def image(self):
        return cv2.cvtColor(cv2.imdecode(self.jpeg, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def collect(data, bases, work, sim):
    """All rows, cached in the work folder."""
    cache = Path(work) / "detector.pkl"
    if cache.exists():
        return pickle.loads(cache.read_bytes())
    from .teachers import Teachers

    rows = []
    _people(rows, data, Teachers(bases), Path(work))
    _animals(rows, data)
    for picture in sources.simulated(sim):
        _simulated(rows, picture)
    _regroup(rows)
    cache.write_bytes(pickle.dumps(rows))
    return rows


def _put(rows, picture, image, found, ignored, complete=(1, 1, 1, 1, 1)):
    scale = min(1.0, LONGEST / max(image.shape[:2]))
    if scale < 1:
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    jpeg = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 92])[1]
    found, ignored = np.float32(found).reshape(-1, 5), np.float32(ignored).reshape(-1, 5)
    found[:, 1:] *= scale
    ignored[:, 1:] *= scale
    rows.append(Row(jpeg, found, ignored, np.array(complete, bool), picture.source, picture.recording, ""))


def with_people(teachers, image, heads):
    """Taught people; unsure ones are ignored, and so is the upper half of anyone whose head has no label."""
    found, ignored = [], []
    for (x, y, w, h), score in zip(*teachers.people(image, 320)):
        if score < 0.2:
            continue
        (found if score >= 0.45 else ignored).append((PERSON, x, y, w, h))
        centres = [(hx + hw / 2, hy + hh / 2) for hx, hy, hw, hh in heads]
        if not any(x - 0.1 * w <= cx <= x + 1.1 * w and y - 0.15 * h <= cy <= y + 0.5 * h for cx, cy in centres):
            ignored.append((HEAD, x, y - 0.1 * h, w, 0.5 * h))
    return found, ignored


def _people(rows, data, teachers, work):
    for source in ("head/idenprof-chef", "head/ccp", "mask/kaggle-fmd"):
        for one in sources.pictures(data, source):
            image = read(one.path)
            heads = [boxes.head_of_face(b) if source.startswith("mask/") else b for _, b in one.objects]
            found, ignored = with_people(teachers, image, heads)
            for head in heads:
                (found if head[3] >= 8 else ignored).append((HEAD, *head))
            _put(rows, one, image, found, ignored)
    for source in ("phone/aitkherimed", "phone/bwssytems", "phone/find-phone"):
        for one in sources.pictures(data, source):
            image = read(one.path)
            found, ignored = with_people(teachers, image, [])
            found += [(PHONE, *b) for label, b in one.objects if label == "phone"]
            # Lying phones have boxes of a guessed size: good enough to learn from, not to measure with.
            learnt = splits.split_of(one.source, one.recording) == splits.TRAIN
            (found if learnt else ignored).extend((PHONE, *b) for label, b in one.objects if label == "phone_lying")
            _put(rows, one, image, found, ignored, (1, 0, 1, 1, 1))
    for one in video_frames(data, work / "frames"):
        image = read(one.path)
        found, ignored = with_people(teachers, image, [])
        if found:
            _put(rows, one, image, found, ignored, (1, 0, 0, 1, 1))


def _animals(rows, data):
    for source in ("rat/dlc-openfield-m3v1", "rat/dlc-openfield-m4s1", "rat/zarrar1607"):
        for one in sources.pictures(data, source):
            _put(rows, one, read(one.path), [(RODENT, *b) for _, b in one.objects], [])
    for source in ("insect/sleap-flies", "insect/tinyimagenet32"):
        for one in sources.pictures(data, source):
            _put(rows, one, read(one.path), [(INSECT, *b) for _, b in one.objects], [])
    for one in sources.pictures(data, "negative/houses-kitchen"):
        _put(rows, one, read(one.path), [], [])
    for one in sources.crops(data, "rodent-patches/tinyimagenet32-guineapig"):
        _put(rows, one, read(one.path), [(RODENT, 2, 2, 28, 28)], [])
    for one in sources.crops(data, "negative-patches/tinyimagenet32")[:600]:
        _put(rows, one, read(one.path), [], [(PERSON, 0, 0, 32, 32)], (1, 0, 0, 1, 1))


def _simulated(rows, picture):
    found, ignored = [], []

    def sort(kind, seen, visible, least):
        if seen:
            clear = seen["visibility"] >= visible and min(seen["box"][2:]) >= least
            (found if clear else ignored).append((kind, *seen["box"]))

    for person in picture.truth["people"]:
        sort(PERSON, person["body"], 0.34, 8)
        sort(HEAD, person.get("head"), 0.5, 8)
        sort(PHONE, person.get("phone"), 0.5, 4)
    for animal in picture.truth["rodents"]:
        sort(RODENT, animal, 0.34, 4)
    for animal in picture.truth["insects"]:
        sort(INSECT, animal, 0.34, 4)
    _put(rows, picture, read(picture.path), found, ignored)


def _regroup(rows):
    """Near duplicates among single photographs come on the same side of the split."""
    names = [f"{row.source}:{row.recording}" for row in rows]
    joined = splits.groups([splits.fingerprint(row.image()) for row in rows], names)
    for row, name, group in zip(rows, names, joined):
        row.split = splits.split_of(row.source, row.recording, group if group != name else None)
