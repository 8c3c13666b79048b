"""From checkpoints to OpenVINO IR: U8 NHWC RGB in, all pre- and post-processing in the graph, INT8 by post-training quantisation."""

from pathlib import Path
import hashlib
import json
import shutil
import time

import numpy as np
import openvino as ov
import torch
from torch import nn


class Sigmoids(nn.Module):
    """Calibrated probabilities of the first labels, as many as there are temperatures."""

    def __init__(self, model, temperatures):
        super().__init__()
        self.model = model
        self.count = len(temperatures)
        self.register_buffer("scale", 1 / torch.tensor(temperatures, dtype=torch.float32))

    def forward(self, pictures):
        logits = self.model(pictures.permute(0, 3, 1, 2).float())
        return torch.sigmoid(logits[:, :self.count] * self.scale)


class Softmax(nn.Module):
    def __init__(self, model, temperature):
        super().__init__()
        self.model, self.scale = model, 1 / temperature

    def forward(self, pictures):
        return torch.softmax(self.model(pictures.permute(0, 3, 1, 2).float()) * self.scale, 1)


def convert(module, example, shape, input_name, output_names):
    """The module as an OpenVINO model with U8 input; -1 in `shape` stays dynamic."""
    module.eval()
    with torch.no_grad():
        model = ov.convert_model(module, example_input=torch.from_numpy(example), input=[(ov.PartialShape(shape), ov.Type.u8)])
    model.inputs[0].get_tensor().set_names({input_name})
    for output, name in zip(model.outputs, output_names):
        output.get_tensor().set_names({name})
    return model


def quantised(model, calibration):
    """INT8 weights and activations; `calibration` = U8 batches as the program will send them."""
    import nncf

    names = [o.get_any_name() for o in model.outputs], model.inputs[0].get_any_name()
    result = nncf.quantize(model, nncf.Dataset(calibration), preset=nncf.QuantizationPreset.MIXED,
                           subset_size=len(calibration), fast_bias_correction=True,
                           advanced_parameters=nncf.AdvancedQuantizationParameters())
    for output, name in zip(result.outputs, names[0]):
        output.get_tensor().set_names({name})
    result.inputs[0].get_tensor().set_names({names[1]})
    return result


def save(model, folder, half=True):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / "new.xml"
    ov.save_model(model, temporary, compress_to_fp16=half)
    shutil.move(temporary, folder / "model.xml")
    shutil.move(folder / "new.bin", folder / "model.bin")


def sums(folder):
    return {name: hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest() for name in ("model.xml", "model.bin")}


def milliseconds(model, shape, threads=1, runs=60):
    """Median latency of one inference on the CPU."""
    model = model.clone()
    model.reshape(shape)
    compiled = ov.Core().compile_model(model, "CPU", {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY"})
    request = compiled.create_infer_request()
    data = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        request.infer([data])
        times.append((time.perf_counter() - start) * 1000)
    return float(np.median(times)), float(np.min(times))


def run(model, pictures, batch=64):
    """All outputs of a classifier on U8 pictures [n, h, w, 3]."""
    compiled = ov.Core().compile_model(model, "CPU")
    return np.concatenate([compiled([pictures[i:i + batch]])[0] for i in range(0, len(pictures), batch)])


def write_card(folder, card):
    card = card | {"sha256": sums(folder)}
    (Path(folder) / "model.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n")
