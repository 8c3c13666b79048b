"""Pretrained models of the bases folder, used to label what the data set leaves unlabelled: people, faces, heads, masks."""

from pathlib import Path

import cv2
import numpy as np
import openvino as ov

from . import boxes
from .crops import cut


def letterbox(picture, width, height):
    """Grey 114 around the centred picture; also the scale and padding to go back."""
    scale = min(width / picture.shape[1], height / picture.shape[0])
    w, h = max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))
    small = cv2.resize(picture, (w, h), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    left, top = (width - w) // 2, (height - h) // 2
    canvas = np.full((height, width, 3), 114, np.uint8)
    canvas[top:top + h, left:left + w] = small
    return canvas, scale, left, top


class Teachers:
    def __init__(self, bases, threads=2):
        core = ov.Core()
        core.set_property({"INFERENCE_NUM_THREADS": threads})
        bases = Path(bases)
        self._people = core.compile_model(core.read_model(bases / "rtmdet_nano.onnx"), "CPU")
        self._things = core.compile_model(core.read_model(bases / "yolox_nano.onnx"), "CPU")
        self._faces = core.compile_model(core.read_model(bases / "yunet_n_dynamic.onnx"), "CPU")
        self._pose = core.compile_model(core.read_model(bases / "movenet_lightning.tflite"), "CPU")
        self._masks = core.compile_model(core.read_model(bases / "aizoo_mask.tflite"), "CPU")
        self._mask_anchors = mask_anchors()

    def people(self, picture, side=480):
        """Boxes and scores of people, from 0.1 up."""
        canvas, scale, left, top = letterbox(picture, side, side)
        bgr = canvas[:, :, ::-1].astype(np.float32)
        bgr = (bgr - (103.53, 116.28, 123.675)) / (57.375, 57.12, 58.395)
        result = self._people(bgr.transpose(2, 0, 1)[None].astype(np.float32))
        dets, labels = result["dets"][0], result["labels"][0]
        found = [(d, l) for d, l in zip(dets, labels) if l == 0 and d[4] > 0.1]
        return [((d[0] - left) / scale, (d[1] - top) / scale, (d[2] - d[0]) / scale, (d[3] - d[1]) / scale)
                for d, _ in found], [float(d[4]) for d, _ in found]

    def things(self, picture, wanted=(0, 67), least=0.1):
        """COCO's person (0) and cell phone (67) by a second teacher: (class, box, score)."""
        canvas, scale, left, top = letterbox(picture, 416, 416)
        # YOLOX puts the picture in the corner; the centre works as well.
        out = self._things(canvas[:, :, ::-1].transpose(2, 0, 1)[None].astype(np.float32))["output"][0]
        grids, strides = [], []
        for stride in (8, 16, 32):
            n = 416 // stride
            ys, xs = np.mgrid[:n, :n]
            grids.append(np.stack([xs, ys], -1).reshape(-1, 2))
            strides.append(np.full((n * n, 1), stride))
        grid, stride = np.concatenate(grids), np.concatenate(strides)
        centre, size = (out[:, :2] + grid) * stride, np.exp(out[:, 2:4]) * stride
        found = []
        for kind in wanted:
            score = out[:, 4] * out[:, 5 + kind]
            hits = np.nonzero(score > least)[0]
            all_boxes = [((centre[i, 0] - size[i, 0] / 2 - left) / scale, (centre[i, 1] - size[i, 1] / 2 - top) / scale,
                          size[i, 0] / scale, size[i, 1] / scale) for i in hits]
            for k in boxes.without_doubles(all_boxes, score[hits], 0.6) if len(hits) else []:
                found.append((kind, all_boxes[k], float(score[hits[k]])))
        return found

    def faces(self, picture, side=640, least=0.3):
        """(box, score, five landmarks [5, 2]): eyes, nose, corners of the mouth."""
        canvas, scale, left, top = letterbox(picture, side, side)
        result = self._faces(canvas[:, :, ::-1].transpose(2, 0, 1)[None].astype(np.float32))
        found_boxes, scores, marks = [], [], []
        for stride in (8, 16, 32):
            n = side // stride
            ys, xs = np.mgrid[:n, :n]
            grid = np.stack([xs, ys], -1).reshape(-1, 2).astype(np.float32)
            score = np.sqrt(np.clip(result[f"cls_{stride}"][0, :, 0], 0, 1) * np.clip(result[f"obj_{stride}"][0, :, 0], 0, 1))
            box, points = result[f"bbox_{stride}"][0], result[f"kps_{stride}"][0]
            for i in np.nonzero(score > least)[0]:
                cx, cy = (grid[i] + box[i, :2]) * stride
                w, h = np.exp(box[i, 2:4]) * stride
                found_boxes.append(((cx - w / 2 - left) / scale, (cy - h / 2 - top) / scale, w / scale, h / scale))
                scores.append(float(score[i]))
                marks.append(((points[i].reshape(5, 2) + grid[i]) * stride - (left, top)) / scale)
        return [(found_boxes[i], scores[i], marks[i]) for i in boxes.without_doubles(found_boxes, scores, 0.4)] if scores else []

    def keypoints(self, picture, person):
        """MoveNet's 17 keypoints of a person: [17, 3] as x, y, score."""
        x, y, w, h = person
        square = boxes.square_around(person, 1.25)
        patch = cut(picture, square, 192)
        points = self._pose(patch[None])[0].reshape(17, 3)
        side = square[2]
        return np.stack([square[0] + points[:, 1] * side, square[1] + points[:, 0] * side, points[:, 2]], -1)

    def mask(self, picture, head):
        """(p(mask), p(bare)) of the most certain face in a head box; zeros if none is found."""
        square = boxes.square_around(head, 3.5)
        patch = cut(picture, square, 260).astype(np.float32) / 255
        result = self._masks(patch[None])
        location, scores = result[0][0], result[1][0]
        centre = self._mask_anchors[:, :2] + location[:, :2] * 0.1 * self._mask_anchors[:, 2:]
        near = np.all(np.abs(centre - 0.5) < 0.15, axis=1)
        best = np.where(near, scores.max(1), 0).argmax()
        # Column 0 is "masked".
        return float(scores[best, 0]) * near[best], float(scores[best, 1]) * near[best]


def mask_anchors():
    """The single-shot anchors of the 260-pixel mask detector: centre and size, relative."""
    anchors = []
    for n, sizes in zip((33, 17, 9, 5, 3), ((0.04, 0.056), (0.08, 0.11), (0.16, 0.22), (0.32, 0.45), (0.64, 0.72))):
        ys, xs = np.mgrid[:n, :n]
        centres = np.stack([(xs + 0.5) / n, (ys + 0.5) / n], -1).reshape(-1, 2)
        shapes = [(s, s) for s in sizes] + [(sizes[0] * r**0.5, sizes[0] / r**0.5) for r in (0.62, 0.42)]
        anchors.append(np.concatenate([np.repeat(centres[:, None], 4, 1), np.tile(np.array(shapes)[None], (len(centres), 1, 1))],
                                      -1).reshape(-1, 4))
    return np.concatenate(anchors)
