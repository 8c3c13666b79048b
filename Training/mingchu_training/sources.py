"""Reads the data folder: `<class>/<source>/{images,labels,classes.txt}` and `<x>-crops/<source>/<label>/`."""

from dataclasses import dataclass, field
from pathlib import Path
import json
import re

import cv2

from . import boxes


@dataclass
class Picture:
    path: Path
    source: str
    #: Pictures of one recording are never on both sides of the split.
    recording: str
    width: int
    height: int
    #: (label, box) with the label's name.
    objects: list = field(default_factory=list)
    #: The simulator's ground truth.
    truth: dict | None = None


@dataclass
class Crop:
    path: Path
    source: str
    recording: str
    label: str


def recording_of(source, name):
    """What a file was cut from, told by its name; single photographs are recordings of their own."""
    if source in ("phone/bwssytems", "phone-crops/bwssytems"):
        return re.sub(r"_[ft]\d+(_\d+)?$", "", name)
    if source in ("phone/aitkherimed", "phone-crops/aitkherimed", "insect/sleap-flies", "cutouts/fly-sleap"):
        return "all"
    if source.startswith(("rat/dlc", "cutouts/mouse-dlc")):
        return "all"
    if source == "rat/zarrar1607":
        return re.sub(r"_frame_.*$", "", name)
    if source.startswith("head-crops/idenprof"):
        return re.sub(r"_.*$", "", name)
    if source.startswith("head-crops/ccp"):
        return name.split("_")[0]
    if source.startswith("sim/"):
        return "all"
    return name


def pictures(data, source):
    """All labelled pictures of a source such as `head/ccp`."""
    folder = Path(data) / source
    names = (folder / "classes.txt").read_text().split() if (folder / "classes.txt").exists() else []
    found = []
    for path in sorted((folder / "images").iterdir()):
        found.append(_picture(path, folder, names, source))
    return [one for one in found if one is not None]


def simulated(sim):
    """The simulator's scenes: `<scene>/{images,labels,truth}`, a scene is one recording."""
    found = []
    for folder in sorted(Path(sim).iterdir()) if sim else []:
        if not (folder / "images").is_dir():
            continue
        names = (folder / "classes.txt").read_text().split()
        for path in sorted((folder / "images").iterdir()):
            one = _picture(path, folder, names, "sim/" + folder.name)
            truth = folder / "truth" / (path.stem + ".json")
            if one is not None and truth.exists():
                one.truth = json.loads(truth.read_text())
                found.append(one)
    return found


def _picture(path, folder, names, source):
    image = cv2.imread(str(path))
    if image is None:
        return None
    height, width = image.shape[:2]
    objects, labels = [], folder / "labels" / (path.stem + ".txt")
    if labels.exists():
        for line in labels.read_text().splitlines():
            if line.strip():
                kind, box = boxes.from_yolo(line, width, height)
                objects.append((names[kind], box))
    return Picture(path, source, recording_of(source, path.stem), width, height, objects)


def crops(data, source):
    """All crops of a source such as `mask-crops/chandrikadeb7`; the label is the folder's name, or empty."""
    folder = Path(data) / source
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (".jpg", ".jpeg", ".png"):
            label = path.parent.name if path.parent != folder else ""
            found.append(Crop(path, source, recording_of(source, path.stem), label))
    return found
