"""Trains `head-attributes`."""

from pathlib import Path
import time

import numpy as np
import torch
from torch.nn import functional as F

from . import augment, heads
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
    """Rare strata are seen more often: by the square root of how rare they are; not the places beside heads."""
    names, inverse, counts = np.unique(stratum, return_inverse=True, return_counts=True)
    weight = 1 / np.sqrt(counts)
    weight[[n in ("beside", "phone:beside", "phone:hard") for n in names]] *= 0.5
    return weight[inverse]


class Epoch(torch.utils.data.Dataset):
    def __init__(self, arrays, indices, seed):
        self.arrays, self.indices, self.seed = arrays, indices, seed

    def __len__(self):
        return len(self.indices)

    def __getitem__(self, i):
        index = self.indices[i]
        rng = np.random.default_rng((self.seed, i))
        return torch.from_numpy(picture(rng, self.arrays["images"][index]).transpose(2, 0, 1).copy()), self.arrays["labels"][index]


def loss(logits, labels):
    known = ~torch.isnan(labels)
    target = torch.where(known, labels, 0.0)
    each = F.binary_cross_entropy_with_logits(logits, target * 0.98 + 0.01, reduction="none") * known
    return (each.sum(0) / known.sum(0).clamp(min=1) * known.sum(0).clamp(max=16) / 16).sum()


def train(data, bases, work, sim, epochs=5, per_epoch=6000, minutes=40, without=(), name="attributes", seed=1, rate=6e-4):
    """Stops at `minutes`; `without` are sources left out for a rehearsal across sources. Returns the checkpoint's path."""
    torch.manual_seed(seed)
    arrays = heads.collect(data, bases, work, sim)
    usable = (arrays["split"] == "train") & ~np.isin(arrays["source"], without)
    chosen = np.nonzero(usable)[0]
    weight = weights_of(arrays["stratum"][chosen])
    model = Lite(len(heads.LABELS)).load_imagenet().to(memory_format=torch.channels_last)
    decay = [p for p in model.parameters() if p.ndim > 1]
    rest = [p for p in model.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW([{"params": decay, "weight_decay": 0.02}, {"params": rest, "weight_decay": 0}], lr=rate)
    batch, start = 48, time.monotonic()
    steps = epochs * (per_epoch // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps + 1, pct_start=0.15)
    rng = np.random.default_rng(seed)
    path = Path(work) / f"{name}.pt"
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995),
                                                  use_buffers=True)
    for epoch in range(epochs):
        indices = rng.choice(chosen, per_epoch, p=weight / weight.sum())
        loader = torch.utils.data.DataLoader(Epoch(arrays, indices, seed * 1000 + epoch), batch, num_workers=1, drop_last=True)
        model.train()
        total = 0.0
        for step, (x, y) in enumerate(loader):
            x = x.float().contiguous(memory_format=torch.channels_last)
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(x).float()
            value = loss(logits, y)
            optimiser.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            average.update_parameters(model)
            total += value.item()
            if step % 25 == 0:
                print(f"{name} epoch {epoch} step {step} loss {total / (step + 1):.3f} "
                      f"{(time.monotonic() - start) / 60:.1f} min", flush=True)
        torch.save(average.module.state_dict(), path)
        if time.monotonic() - start > minutes * 60:
            break
    return path
