"""Trains `pest-classifier`: the first blocks of EfficientNet-Lite0 at 64 pixels."""

from pathlib import Path
import time

import numpy as np
import torch
from torch.nn import functional as F

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
    batch, start, path = 64, time.monotonic(), Path(work) / ("pests2.pt" if start_from else "pests.pt")
    steps = patches // batch
    loader = torch.utils.data.DataLoader(Patches(pests, patches, seed), batch, num_workers=1, drop_last=True)
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99), use_buffers=True)
    model.train()
    # A false rat at three in the morning wakes people: other things weigh more.
    weight, total = torch.tensor([1.5, 1.0, 1.0]), 0.0
    for step, (x, y) in enumerate(loader):
        # By the clock as well as by the count, so that the rate always comes down.
        done = max(step / steps, (time.monotonic() - start) / 60 / minutes)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 50) * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * done)))
        logits = model(x.float().contiguous(memory_format=torch.channels_last))
        value = F.cross_entropy(logits, y, weight, label_smoothing=0.03)
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimiser.step()
        average.update_parameters(model)
        total = 0.98 * total + 0.02 * value.item() if step else value.item()
        if step % 50 == 0:
            print(f"pests {step}/{steps} loss {total:.3f} {(time.monotonic() - start) / 60:.1f} min", flush=True)
        if step % 100 == 99:
            torch.save(average.module.state_dict(), path)
    torch.save(average.module.state_dict(), path)
    return path
