"""Trains `head-attributes`."""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from . import augment, heads, rounds
from .lite import Lite

SIZE = 112
INNER = 1 / heads.MARGIN


def picture(rng, context):
    """One training picture: what box errors, cameras and kitchens make of a crop."""
    image = augment.window(rng, context, SIZE, INNER)
    image = augment.cover(rng, image)
    image = augment.steam(rng, image)
    image = augment.light(rng, image)
    image = augment.blur(rng, image)
    if augment.chance(rng, 0.6):
        # 18…168 pixels of crop are heads of 12…112 pixels.
        image = augment.shrink(rng, image, 18, 112)
    return augment.compress(rng, image, 0.3)


def weights_of(stratum):
    """Rare strata are seen more often: by the square root of how rare they are. Hats on photographs are the hardest and
    count double; the simulator is easy; phones are a by-product."""
    names, inverse, counts = np.unique(stratum, return_inverse=True, return_counts=True)
    weight = 1 / np.sqrt(counts)
    for i, name in enumerate(names):
        if name.startswith(("phone:", "sim-phone:")):
            weight[i] *= 0.1
        elif name.startswith("sim:"):
            weight[i] *= 0.5
        elif name == "beside":
            weight[i] *= 0.5
        elif name.startswith(("head:0", "head:1", "head-crops/")):
            weight[i] *= 2
    return weight[inverse]


class Epoch(torch.utils.data.Dataset):
    def __init__(self, arrays, indices, seed):
        self.arrays, self.indices, self.seed = arrays, indices, seed

    def __len__(self):
        return len(self.indices)

    def __getitem__(self, i):
        index = self.indices[i]
        rng = np.random.default_rng((self.seed, i))
        context, labels = self.arrays["images"][index], self.arrays["labels"][index].copy()
        source, head = str(self.arrays["source"][index]), heads.STORED / heads.MARGIN / heads.HEAD_FACTOR
        if labels[2] == 1 and source.startswith("head/") and augment.chance(rng, 0.25):
            # Photographs hardly ever show chef hats and masks together.
            context, labels[1] = augment.drawn_mask(rng, context, head), 0
        if labels[2] == 1 and source.startswith(("head/", "mask/")) and augment.chance(rng, 0.3):
            context = augment.cropped(rng, context, head)
        return torch.from_numpy(picture(rng, context).transpose(2, 0, 1).copy()), labels


def loss(logits, labels):
    known = ~torch.isnan(labels)
    target = torch.where(known, labels, 0.0)
    each = F.binary_cross_entropy_with_logits(logits, target * 0.98 + 0.01, reduction="none") * known
    return (each.sum(0) / known.sum(0).clamp(min=1) * known.sum(0).clamp(max=16) / 16).sum()


def train_whole(data, bases, work, sim, minutes=40, threads=2):
    """Two rounds: the whole network from ImageNet, then again at a lower rate, which gains most for hats."""
    first = train(data, bases, work, sim, minutes=minutes * 0.6, threads=threads)
    return train(data, bases, work, sim, minutes=minutes * 0.4, crops=20000, seed=2, rate=3e-4, threads=threads,
                 name="attributes2", start_from=first)


def train(data, bases, work, sim, minutes=25, crops=26000, without=(), name="attributes", seed=1, rate=6e-4, threads=2,
          start_from=None):
    """Ends after `crops` crops or `minutes`; `without` = sources left out for a rehearsal across sources."""
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    arrays = heads.collect(data, bases, work, sim)
    chosen = np.nonzero((arrays["split"] == "train") & ~np.isin(arrays["source"], without))[0]
    weight = weights_of(arrays["stratum"][chosen])
    print(len(chosen), "crops;", dict(zip(*np.unique(arrays["stratum"][chosen], return_counts=True))), flush=True)
    model = Lite(len(heads.LABELS)).load_imagenet().to(memory_format=torch.channels_last)
    if start_from:
        model.load_state_dict(torch.load(start_from))
    decayed = [p for p in model.parameters() if p.ndim > 1]
    rest = [p for p in model.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.02}, {"params": rest, "weight_decay": 0}], lr=rate)
    indices = np.random.default_rng(seed).choice(chosen, crops, p=weight / weight.sum())
    loader = torch.utils.data.DataLoader(Epoch(arrays, indices, seed), 48, num_workers=1, drop_last=True)
    return rounds.run(name, model, optimiser, loader, loss, rate, minutes, Path(work) / f"{name}.pt")
