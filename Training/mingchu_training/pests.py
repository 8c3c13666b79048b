"""Trains `pest-classifier`: the first blocks of EfficientNet-Lite0 at 64 pixels."""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from . import rounds
from .lite import Lite
from .pest_patches import LABELS, PestData, sample

BLOCKS = 11


class Patches(torch.utils.data.Dataset):
    def __init__(self, pests, count, seed):
        self.pests, self.count, self.seed = pests, count, seed

    def __len__(self):
        return self.count

    def __getitem__(self, i):
        image, kind = sample(np.random.default_rng((self.seed, i)), self.pests)
        return torch.from_numpy(image.transpose(2, 0, 1).copy()), int(kind)


def network():
    return Lite(len(LABELS), blocks=BLOCKS)


def train_whole(data, work, sim, minutes=25, threads=1):
    """Two rounds, the second from the first at a lower rate and with other patches."""
    first = train(data, work, sim, minutes=minutes * 0.4, threads=threads)
    return train(data, work, sim, patches=50000, minutes=minutes * 0.6, seed=2, rate=1e-3, threads=threads, start_from=first)


def train(data, work, sim, patches=32000, minutes=15, seed=1, rate=1.5e-3, threads=1, start_from=None):
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    pests = PestData(data, sim, "train")
    print({LABELS[k]: len(v) for k, v in pests.fixed.items()}, len(pests.kitchens), len(pests.simulated), flush=True)
    model = network().load_imagenet().to(memory_format=torch.channels_last)
    if start_from:
        model.load_state_dict(torch.load(start_from))
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.02)
    loader = torch.utils.data.DataLoader(Patches(pests, patches, seed), 64, num_workers=1, drop_last=True)
    # A false rat at three in the morning wakes people: other things weigh more.
    weight = torch.tensor([1.5, 1.0, 1.0])

    def loss(logits, kinds):
        return F.cross_entropy(logits, kinds, weight, label_smoothing=0.03)

    path = Path(work) / ("pests2.pt" if start_from else "pests.pt")
    return rounds.run("pests", model, optimiser, loader, loss, rate, minutes, path)
