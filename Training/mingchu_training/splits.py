"""Which recordings are trained on and which are held out: by source and recording, never by picture."""

import hashlib

import cv2
import numpy as np

TRAIN, VALIDATION, TEST = "train", "validation", "test"

#: Recordings that are held out whole.
HELD_OUT = {
    "phone/bwssytems": {"4459259-sd_640_360_25fps", "8142388-sd_640_338_24fps", "6565401-uhd_2160_3840_24fps",
                        "6565727-uhd_2160_3840_24fps"},
    "phone-crops/bwssytems": {"4459259-sd_640_360_25fps", "8142388-sd_640_338_24fps", "6565401-uhd_2160_3840_24fps",
                              "6565727-uhd_2160_3840_24fps"},
    "rat/dlc-openfield-m3v1": {"all"},
    "rat/zarrar1607": {"Baseline2"},
}
#: Clips that are held out whole; phone clips follow the recordings above.
HELD_OUT_CLIPS = ("video/phone_pexels_4459259", "video/phone_pexels_8142388", "video/intel_one-by-one-person",
                  "video/vinayak_ppe-2")
#: Professions of IdenProf whose heads are held out whole: other photographs, other hats than those trained on.
HELD_OUT_PROFESSIONS = ("doctor", "waiter", "judge")


def split_of(source, recording, group=None):
    """`group` is the near-duplicate group of a single photograph (see `groups`)."""
    if source in HELD_OUT:
        return TEST if recording in HELD_OUT[source] else TRAIN
    if source.startswith("video/"):
        return TEST if source in HELD_OUT_CLIPS else TRAIN
    if source.startswith("sim/"):
        seed = int(source.rsplit("-", 1)[1])
        return TRAIN if seed % 2 else TEST
    if source == "head-crops/idenprof-other":
        return TEST if recording.split("-")[0] in HELD_OUT_PROFESSIONS else TRAIN
    if source.startswith(("rat/", "cutouts/", "insect/sleap", "phone/aitkherimed", "phone-crops/aitkherimed")):
        return TRAIN
    share = int.from_bytes(hashlib.sha256((group or f"{source}:{recording}").encode()).digest()[:4], "big") / 2**32
    return TEST if share < 0.2 else VALIDATION if share < 0.28 else TRAIN


def fingerprint(picture):
    """A 128-bit difference hash: near duplicates (resized, recompressed) differ in few bits."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
    small = cv2.resize(grey, (9, 9), interpolation=cv2.INTER_AREA).astype(np.int16)
    return np.concatenate([(small[:8, 1:] > small[:8, :-1]).ravel(), (small[1:, :8] > small[:-1, :8]).ravel()])


def groups(prints, names, limit=10):
    """Joins near duplicates (at most `limit` of 128 bits apart): for each picture the name of its group."""
    bits = np.asarray(prints, np.float32)
    parent = list(range(len(names)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for start in range(0, len(bits), 512):
        block = bits[start:start + 512]
        distance = block @ (1 - bits.T) + (1 - block) @ bits.T
        for i, j in zip(*np.nonzero(distance <= limit)):
            a, b = root(start + i), root(j)
            if a != b:
                parent[max(a, b)] = min(a, b)
    return [names[root(i)] for i in range(len(names))]
