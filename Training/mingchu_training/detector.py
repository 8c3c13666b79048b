"""Trains `kitchen-detector`."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import os
import time

import numpy as np
import torch

from . import detector_data, nanodet
from .detector_loss import CLASSES, loss
from .detector_samples import SIDE, Samples

BATCH = 16


def tensor(pictures):
    """RGB pictures as the network's normalised BGR."""
    bgr = np.stack(pictures)[..., ::-1].astype(np.float32)
    return torch.from_numpy(((bgr - np.float32(nanodet.MEAN)) / np.float32(nanodet.STD)).transpose(0, 3, 1, 2).copy())


def train(data, bases, work, sim, minutes=60, seed=3, threads=2, name="detector", start_from=None, rate=1e-3):
    """Runs for `minutes`, whatever the machine; the checkpoint (a running average) is saved on the way."""
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    rows = [row for row in detector_data.collect(data, bases, work, sim) if row.split == "train"]
    model = nanodet.Detector(CLASSES).load_published(Path(bases) / "nanodet_m.pth")
    if start_from:
        model.load_state_dict(torch.load(start_from))
    model = model.to(memory_format=torch.channels_last)
    fresh = [p for key, p in model.named_parameters() if "head.out" in key]
    known = [p for key, p in model.named_parameters() if "head.out" not in key]
    optimiser = torch.optim.AdamW([{"params": fresh, "lr": 2 * rate}, {"params": known, "lr": rate}], weight_decay=0.03)
    rates = [group["lr"] for group in optimiser.param_groups]
    path, anchors = Path(work) / f"{name}.pt", nanodet.anchors(SIDE, SIDE)
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.997), use_buffers=True)
    samples = Samples(rows, Path(data), np.random.default_rng(seed))
    pool = ThreadPoolExecutor(1)
    draw = lambda: [samples.draw() for _ in range(BATCH)]
    upcoming, start, saved, step, recent = pool.submit(draw), time.monotonic(), time.monotonic(), 0, []
    model.train()
    while (done := (time.monotonic() - start) / 60 / minutes) < 1:
        for group, full in zip(optimiser.param_groups, rates):
            group["lr"] = full * min(1, step / 150) * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * done)))
        batch = upcoming.result()
        upcoming = pool.submit(draw)
        pictures = tensor([one[0] for one in batch]).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            outputs = model(pictures)
        parts = loss(outputs.float(), [one[1:] for one in batch], anchors)
        optimiser.zero_grad()
        (parts[0] + 2 * parts[1] + 0.25 * parts[2]).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 20)
        optimiser.step()
        # The average follows closely at first, when the model still changes much.
        if step == 100:
            average.module.load_state_dict(model.state_dict())
        if step >= 100:
            average.update_parameters(model)
        recent, step = (recent + [[float(part.detach()) for part in parts]])[-100:], step + 1
        if step in (5, 20) or step % 100 == 0:
            print(f"{name} step {step} {done:.2f} {np.mean(recent, 0).round(3)}", flush=True)
        if time.monotonic() - saved > 300:
            saved = time.monotonic()
            _save(average, path)
    pool.shutdown()
    _save(average if step >= 100 else model, path)
    return path


def _save(model, path):
    temporary = path.with_suffix(".new")
    torch.save(getattr(model, "module", model).state_dict(), temporary)
    os.replace(temporary, path)
