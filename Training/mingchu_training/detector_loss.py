"""Generalised focal loss (Li 2020) with dynamic assignment (SimOTA, Ge 2021); incomplete labels and ignored places teach nothing."""

import torch
from torch.nn import functional as F

from . import nanodet
from .detector_data import LABELS

CLASSES = len(LABELS)


def overlap(a, b):
    """Intersection over union of corners [n, 4] and [m, 4]."""
    sides = (torch.minimum(a[:, None, 2:], b[None, :, 2:]) - torch.maximum(a[:, None, :2], b[None, :, :2])).clamp(min=0)
    shared = sides.prod(-1)
    areas = (a[:, 2:] - a[:, :2]).prod(-1)[:, None] + (b[:, 2:] - b[:, :2]).prod(-1)[None]
    return shared / (areas - shared + 1e-6)


def generalised(a, b):
    """GIoU of pairs."""
    shared = (torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp(min=0).prod(-1)
    union = (a[:, 2:] - a[:, :2]).prod(-1) + (b[:, 2:] - b[:, :2]).prod(-1) - shared
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).prod(-1)
    return shared / (union + 1e-6) - (hull - union) / (hull + 1e-6)


def assign(logits, predicted, anchors, objects, labels):
    """For each anchor the index of its object or -1, and the overlap of its present box with it."""
    who, quality = torch.full((len(anchors),), -1, dtype=torch.long), torch.zeros(len(anchors))
    centres, strides = anchors[:, :2], anchors[:, 2]
    inside = ((centres[:, None] > objects[None, :, :2]) & (centres[:, None] < objects[None, :, 2:])).all(2)
    middle = (objects[:, :2] + objects[:, 2:]) / 2
    near = ((centres[:, None] - middle[None]).abs() < 2.0 * strides[:, None, None]).all(2)
    candidates = (inside | near).any(1).nonzero()[:, 0]
    if not len(candidates):
        return who, quality
    iou = overlap(predicted[candidates], objects)
    chance = logits[candidates].sigmoid()[:, labels].clamp(1e-5, 1 - 1e-5)
    # Small objects belong to the finer strides: a size of 0.7 to 14 strides costs nothing.
    size = (objects[:, 2:] - objects[:, :2]).prod(-1).sqrt()[None] / strides[candidates][:, None]
    off = torch.relu(0.7 - size) * 4 + torch.relu(size - 14) * 0.5
    cost = (F.binary_cross_entropy(chance, iou, reduction="none") - 3 * torch.log(iou + 1e-7) + 3 * off
            + 1e5 * ~(inside | near)[candidates] + 8.0 * ~(inside & near)[candidates])
    chosen = torch.zeros_like(cost, dtype=torch.bool)
    counts = iou.topk(min(10, len(iou)), 0).values.sum(0).int().clamp(min=1)
    for j, count in enumerate(counts.tolist()):
        chosen[cost[:, j].topk(min(count, len(candidates)), largest=False).indices, j] = True
    several = chosen.sum(1) > 1
    if several.any():
        best = cost[several].argmin(1)
        chosen[several] = False
        chosen[several.nonzero()[:, 0], best] = True
    taken = chosen.any(1)
    index = chosen[taken].float().argmax(1)
    who[candidates[taken]], quality[candidates[taken]] = index, iou[taken, index]
    return who, quality


def loss(outputs, targets, anchors):
    """(scores, boxes, distributions), each divided by the number of anchors that have an object."""
    scores = sides = shapes = outputs.new_zeros(())
    count = 0
    for output, (found, ignored, complete) in zip(outputs, targets):
        logits, distribution = output[:, :CLASSES], output[:, CLASSES:]
        reach = nanodet.distances(distribution) * anchors[:, 2:3]
        predicted = torch.cat([anchors[:, :2] - reach[:, :2], anchors[:, :2] + reach[:, 2:]], 1)
        target = torch.zeros_like(logits)
        weight = torch.from_numpy(complete).float()[None].repeat(len(target), 1)
        for kind, x0, y0, x1, y1 in ignored.tolist():
            within = (anchors[:, 0] > x0) & (anchors[:, 0] < x1) & (anchors[:, 1] > y0) & (anchors[:, 1] < y1)
            weight[within, int(kind)] = 0
        if len(found):
            objects, labels = torch.from_numpy(found[:, 1:]), torch.from_numpy(found[:, 0]).long()
            with torch.no_grad():
                who, quality = assign(logits, predicted, anchors, objects, labels)
            positive = (who >= 0).nonzero()[:, 0]
            mine, quality = who[positive], quality[positive]
            target[positive, labels[mine]], weight[positive, labels[mine]] = quality.clamp(min=0.05), 1
            count += len(positive)
            sides = sides + ((1 - generalised(predicted[positive], objects[mine])) * quality.clamp(min=0.1)).sum()
            shapes = shapes + (_distribution(distribution[positive], anchors[positive], objects[mine]) * quality.clamp(min=0.1)).sum()
        modulation = (target - logits.sigmoid()).abs().pow(2).detach()
        scores = scores + (F.binary_cross_entropy_with_logits(logits, target, reduction="none") * modulation * weight).sum()
    count = max(count, 1)
    return scores / count, sides / count, shapes / count


def _distribution(logits, anchors, objects):
    """Distribution focal loss: the two bins around the true distance share it."""
    true = torch.cat([anchors[:, :2] - objects[:, :2], objects[:, 2:] - anchors[:, :2]], 1) / anchors[:, 2:3]
    true = true.clamp(0, nanodet.BINS - 1.01)
    low = true.long()
    part = true - low
    logs = logits.unflatten(-1, (4, nanodet.BINS)).log_softmax(-1)
    below, above = logs.gather(2, low[..., None])[..., 0], logs.gather(2, low[..., None] + 1)[..., 0]
    return -(below * (1 - part) + above * part).mean(1)
