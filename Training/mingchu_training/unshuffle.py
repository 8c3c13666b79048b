"""The same network without channel shuffles, which take as long on a CPU as all its convolutions.

A shuffle only renames channels. Each convolution's outputs are put in the order in which later units consume them, so that
a unit's input is a concatenation of contiguous slices; weights are permuted to match. The result is equal, not similar.
"""

import copy

import torch
from torch import nn


class Stage(nn.Module):
    """One stage of the backbone; `order` = which of the plain stage's channels each channel of its output is."""

    def __init__(self, stage, incoming):
        super().__init__()
        self.units = copy.deepcopy(stage)
        half = stage[0].branch2[5].out_channels
        blocks, times = ["left", 0], {}
        now = [channel for pair in zip([("left", i) for i in range(half)], [(0, i) for i in range(half)]) for channel in pair]
        consumed = []
        for t in range(1, len(stage)):
            kept, taken = now[:half], now[half:]
            times.update({channel: t for channel in taken})
            consumed.append(taken)
            blocks.append(t)
            now = [channel for pair in zip(kept, [(t, i) for i in range(half)]) for channel in pair]
        end = len(stage)
        times.update({channel: end for channel in now})
        layout = {b: sorted(range(half), key=lambda i, b=b: (times[(b, i)], i)) for b in blocks}
        # For each block the lengths of its slices by the unit that consumes them; the last entry is the stage's output.
        self.slices = {b: [sum(times[(b, i)] == t for i in range(half)) for t in range(1, end + 1)] for b in blocks}
        self.blocks, self.end = blocks, end
        for b in blocks:
            branch = self.units[0].branch1 if b == "left" else self.units[b].branch2
            _permute_outputs(branch, layout[b])
        arriving = lambda t: [(b, i) for b in blocks for i in layout[b] if times[(b, i)] == t]
        for t, taken in enumerate(consumed, 1):
            place = {channel: k for k, channel in enumerate(taken)}
            _permute_inputs(self.units[t].branch2[0], [place[channel] for channel in arriving(t)])
        place = {channel: k for k, channel in enumerate(now)}
        self.order = [place[channel] for channel in arriving(end)]
        if incoming is not None:
            first = self.units[0]
            first.branch1[0].weight.data = first.branch1[0].weight.data[incoming]
            _permute_norm(first.branch1[1], incoming)
            _permute_inputs(first.branch1[2], incoming)
            _permute_inputs(first.branch2[0], incoming)

    def forward(self, x):
        waiting = [[] for _ in range(self.end + 1)]

        def keep(block, y):
            # Slices one by one: OpenVINO 2026's split of 8-bit tensors takes as long as a shuffle.
            start = 0
            for t, length in enumerate(self.slices[block], 1):
                if length:
                    waiting[t].append(y[:, start:start + length])
                    start += length

        keep("left", self.units[0].branch1(x))
        keep(0, self.units[0].branch2(x))
        for t in range(1, self.end):
            keep(t, self.units[t].branch2(torch.cat(waiting[t], 1)))
        return torch.cat(waiting[self.end], 1)


class Backbone(nn.Module):
    def __init__(self, backbone):
        super().__init__()
        self.conv1, self.pool = copy.deepcopy(backbone.conv1), nn.MaxPool2d(3, 2, 1)
        self.stage2 = Stage(backbone.stage2, None)
        self.stage3 = Stage(backbone.stage3, self.stage2.order)
        self.stage4 = Stage(backbone.stage4, self.stage3.order)

    def forward(self, x):
        first = self.stage2(self.pool(self.conv1(x)))
        second = self.stage3(first)
        return first, second, self.stage4(second)


def unshuffled(detector):
    """A detector with the same outputs for the same weights."""
    detector = copy.deepcopy(detector).eval()
    backbone = Backbone(detector.backbone)
    for lateral, stage in zip(detector.fpn.lateral_convs, (backbone.stage2, backbone.stage3, backbone.stage4)):
        _permute_inputs(lateral.conv, stage.order)
    detector.backbone = backbone
    return detector.eval()


def _permute_inputs(conv, order):
    conv.weight.data = conv.weight.data[:, order]


def _permute_norm(norm, order):
    for tensor in (norm.weight, norm.bias, norm.running_mean, norm.running_var):
        tensor.data = tensor.data[order]


def _permute_outputs(branch, order):
    """The last convolution of a branch and its batch normalisation; an activation follows."""
    conv, norm = [m for m in branch if isinstance(m, nn.Conv2d)][-1], [m for m in branch if isinstance(m, nn.BatchNorm2d)][-1]
    conv.weight.data = conv.weight.data[order]
    _permute_norm(norm, order)
