"""Gives every picture its near-duplicate group and the teachers' view of people, faces, heads and masks, once, in the work folder."""

from pathlib import Path
import json

import cv2
import numpy as np

from . import boxes, sources, splits
from .crops import read

PEOPLE = ("head/ccp", "head/idenprof-chef", "mask/kaggle-fmd", "phone/aitkherimed", "phone/bwssytems")
FRAMES_PER_VIDEO = 8
#: Neighbouring frames tell the teachers nothing new.
EVERY = {"phone/aitkherimed": 5, "phone/bwssytems": 3}
#: Clips of nothing but laboratory animals.
WITHOUT_PEOPLE = ("fly_sleap", "rat_dlc")


def annotate(data, bases, work):
    """Writes `annotations.json`: for each picture of people {source, recording, group, width, height, people, faces…}."""
    from .teachers import Teachers

    work = Path(work)
    target = work / "annotations.json"
    if target.exists():
        return json.loads(target.read_text())
    teachers = Teachers(bases)
    found = {}
    everything = [p for source in PEOPLE for p in sources.pictures(data, source)[::EVERY.get(source, 1)]]
    everything += video_frames(data, work / "frames")
    prints = []
    for count, picture in enumerate(everything):
        image = read(picture.path)
        prints.append(splits.fingerprint(image))
        found[str(picture.path)] = view(teachers, image, masks=not picture.source.startswith("mask/")) | {
            "source": picture.source, "recording": picture.recording, "objects": picture.objects,
            "width": picture.width, "height": picture.height,
        }
        if count % 200 == 0:
            print(f"annotated {count}/{len(everything)}", flush=True)
    names = [str(p.path) for p in everything]
    for name, group in zip(names, splits.groups(prints, names)):
        found[name]["group"] = Path(group).name
    for name, one in found.items():
        one["split"] = splits.split_of(one["source"], one["recording"], one["group"])
    target.write_text(json.dumps(found))
    return found


def view(teachers, image, masks):
    """What the teachers see in one picture."""
    people, scores = teachers.people(image, 416)
    keep = boxes.without_doubles(people, scores, 0.65) if scores else []
    people, scores = [people[i] for i in keep], [scores[i] for i in keep]
    second = teachers.things(image)
    faces = [(list(map(float, b)), s, np.asarray(m).tolist()) for b, s, m in teachers.faces(image, 512)]
    poses = [teachers.keypoints(image, b).tolist() if i < 6 and s > 0.5 and b[3] > 60 else None
             for i, (b, s) in enumerate(zip(people, scores))]
    return {
        "people": [list(map(float, b)) for b in people], "peopleScores": scores, "poses": poses,
        "second": [(k, list(map(float, b)), s) for k, b, s in second], "faces": faces,
        "faceMasks": [list(map(float, teachers.mask(image, boxes.head_of_face(b)))) if masks else [0, 0]
                      for b, _, _ in faces],
    }


def video_frames(data, folder):
    """Evenly spaced frames of the clips, written as JPEG into the work folder; a clip is one recording."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for clip in sorted((Path(data) / "video").glob("*.mp4")):
        if clip.name.startswith(WITHOUT_PEOPLE):
            continue
        reader = cv2.VideoCapture(str(clip))
        total = int(reader.get(cv2.CAP_PROP_FRAME_COUNT))
        for index in np.linspace(0, max(0, total - 1), min(FRAMES_PER_VIDEO, max(1, total))).astype(int):
            reader.set(cv2.CAP_PROP_POS_FRAMES, int(index))
            good, frame = reader.read()
            if not good:
                continue
            path = folder / f"{clip.stem}-{index:05d}.jpg"
            cv2.imwrite(str(path), frame, [cv2.IMWRITE_JPEG_QUALITY, 92])
            found.append(sources.Picture(path, "video/" + clip.stem, "all", frame.shape[1], frame.shape[0]))
    return found
