"""One round of training for the classifiers: a rate that rises, then falls to nothing, and a running average of the weights."""

import time

import numpy as np
import torch


def run(name, model, optimiser, loader, loss, rate, minutes, path):
    """Ends with the loader or after `minutes`; `loss(outputs, labels)`. The average is saved at `path`, on the way too."""
    start, total, steps = time.monotonic(), 0.0, len(loader)
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99), use_buffers=True)
    model.train()
    for step, (x, y) in enumerate(loader):
        # By the clock as well as by the count, so that the rate always comes down.
        done = max(step / steps, (time.monotonic() - start) / 60 / minutes)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 60) * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * done)))
        value = loss(model(x.float().contiguous(memory_format=torch.channels_last)), y)
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimiser.step()
        average.update_parameters(model)
        total = 0.98 * total + 0.02 * value.item() if step else value.item()
        if step % 25 == 0:
            print(f"{name} {step}/{steps} loss {total:.3f} {(time.monotonic() - start) / 60:.1f} min", flush=True)
        if step % 100 == 99:
            torch.save(average.module.state_dict(), path)
    torch.save(average.module.state_dict(), path)
    return path
