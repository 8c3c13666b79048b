"""NanoDet-m, written anew: ShuffleNetV2 1.0x (Ma 2018), a PAN without convolutions, a light head with distribution focal
loss (Li 2020). Backbone and neck carry the names of the published weights, so that these can be loaded."""

import torch
from torch import nn
from torch.nn import functional as F

STRIDES = (8, 16, 32)
#: A distance from an anchor to a side of a box is a distribution over 0…7 strides.
BINS = 8
#: The published weights were trained on BGR.
MEAN, STD = (103.53, 116.28, 123.675), (57.375, 57.12, 58.395)


def activation():
    return nn.LeakyReLU(0.1, inplace=True)


class Unit(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        half, self.stride = outputs // 2, stride
        self.branch1 = nn.Sequential() if stride == 1 else nn.Sequential(
            nn.Conv2d(inputs, inputs, 3, 2, 1, groups=inputs, bias=False), nn.BatchNorm2d(inputs),
            nn.Conv2d(inputs, half, 1, bias=False), nn.BatchNorm2d(half), activation())
        self.branch2 = nn.Sequential(
            nn.Conv2d(inputs if stride == 2 else half, half, 1, bias=False), nn.BatchNorm2d(half), activation(),
            nn.Conv2d(half, half, 3, stride, 1, groups=half, bias=False), nn.BatchNorm2d(half),
            nn.Conv2d(half, half, 1, bias=False), nn.BatchNorm2d(half), activation())

    def forward(self, x):
        if self.stride == 1:
            kept, changed = x.chunk(2, 1)
            x = torch.cat((kept, self.branch2(changed)), 1)
        else:
            x = torch.cat((self.branch1(x), self.branch2(x)), 1)
        n, c, h, w = x.shape
        return x.view(n, 2, c // 2, h, w).transpose(1, 2).reshape(n, c, h, w)


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Sequential(nn.Conv2d(3, 24, 3, 2, 1, bias=False), nn.BatchNorm2d(24), activation())
        inputs = 24
        for name, repeats, outputs in (("stage2", 4, 116), ("stage3", 8, 232), ("stage4", 4, 464)):
            units = [Unit(inputs, outputs, 2)] + [Unit(outputs, outputs, 1) for _ in range(repeats - 1)]
            setattr(self, name, nn.Sequential(*units))
            inputs = outputs

    def forward(self, x):
        first = self.stage2(F.max_pool2d(self.conv1(x), 3, 2, 1))
        second = self.stage3(first)
        return first, second, self.stage4(second)


class Lateral(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x):
        return self.conv(x)


def scaled(x, factor):
    return F.interpolate(x, scale_factor=factor, mode="bilinear", align_corners=False)


class Neck(nn.Module):
    def __init__(self):
        super().__init__()
        self.lateral_convs = nn.ModuleList(Lateral(width, 96) for width in (116, 232, 464))

    def forward(self, maps):
        a, b, c = (conv(x) for conv, x in zip(self.lateral_convs, maps))
        b = b + scaled(c, 2.0)
        a = a + scaled(b, 2.0)
        b = b + scaled(a, 0.5)
        return a, b, c + scaled(b, 0.5)


class Separable(nn.Module):
    def __init__(self):
        super().__init__()
        self.depthwise, self.dwnorm = nn.Conv2d(96, 96, 3, 1, 1, groups=96, bias=False), nn.BatchNorm2d(96)
        self.pointwise, self.pwnorm = nn.Conv2d(96, 96, 1, bias=False), nn.BatchNorm2d(96)

    def forward(self, x):
        x = F.leaky_relu(self.dwnorm(self.depthwise(x)), 0.1)
        return F.leaky_relu(self.pwnorm(self.pointwise(x)), 0.1)


class Head(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.classes = classes
        self.cls_convs = nn.ModuleList(nn.Sequential(Separable(), Separable()) for _ in STRIDES)
        self.out = nn.ModuleList(nn.Conv2d(96, classes + 4 * BINS, 1) for _ in STRIDES)
        for conv in self.out:
            nn.init.normal_(conv.weight, std=0.01)
            nn.init.zeros_(conv.bias)
            # Almost everything is background: start from a probability of 1 %.
            conv.bias.data[:classes] = -4.6

    def forward(self, maps):
        outs = [out(convs(x)).flatten(2) for convs, out, x in zip(self.cls_convs, self.out, maps)]
        return torch.cat(outs, 2).transpose(1, 2)


class Detector(nn.Module):
    """Normalised BGR [n, 3, h, w] in; [n, anchors, classes + 4 x BINS] logits out."""

    def __init__(self, classes=5):
        super().__init__()
        self.backbone, self.fpn, self.head = Backbone(), Neck(), Head(classes)

    def forward(self, x):
        return self.head(self.fpn(self.backbone(x)))

    def load_published(self, path):
        """The published weights; their own classes are left out, but distances to the sides of boxes are taken."""
        weights = torch.load(path, map_location="cpu")
        weights = weights.get("state_dict", weights)
        own = self.state_dict()
        self.load_state_dict({k: v for k, v in weights.items() if k in own and own[k].shape == v.shape}, strict=False)
        for level, out in enumerate(self.head.out):
            for name, own in (("weight", out.weight), ("bias", out.bias)):
                own.data[-4 * BINS:] = weights[f"head.gfl_cls.{level}.{name}"][-4 * BINS:]
        return self


def anchors(height, width):
    """[A, 3]: centre x, centre y, stride; strides in order, rows first."""
    rows = []
    for stride in STRIDES:
        ys, xs = torch.meshgrid(torch.arange(height // stride), torch.arange(width // stride), indexing="ij")
        centres = [(xs.flatten() + 0.5) * stride, (ys.flatten() + 0.5) * stride]
        rows.append(torch.stack(centres + [torch.full((xs.numel(),), float(stride))], 1))
    return torch.cat(rows).float()


def distances(logits):
    """[…, 4 x BINS] to […, 4] in strides: the mean of each distribution."""
    shares = logits.unflatten(-1, (4, BINS)).softmax(-1)
    return (shares * torch.arange(BINS, dtype=shares.dtype)).sum(-1)


class Exported(nn.Module):
    """U8 NHWC RGB in; scores and distances in pixels out (the contract with the program)."""

    def __init__(self, detector):
        super().__init__()
        self.detector = detector
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(STD).view(1, 3, 1, 1))

    def forward(self, picture):
        x = picture.permute(0, 3, 1, 2).float()[:, [2, 1, 0]]
        maps = self.detector.fpn(self.detector.backbone((x - self.mean) / self.std))
        head, scores, boxes = self.detector.head, [], []
        for convs, out, features, stride in zip(head.cls_convs, head.out, maps, STRIDES):
            logits = out(convs(features)).flatten(2).transpose(1, 2)
            scores.append(logits[..., :head.classes].sigmoid())
            boxes.append(distances(logits[..., head.classes:]) * stride)
        return torch.cat(scores, 1), torch.cat(boxes, 1)
