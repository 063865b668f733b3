"""The network: a time-delay network of affine layers, batch normalisation and ReLU, trained with CTC.

After the first layer only every third frame is computed; the layers see 0.3 s to both sides.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from voice_gateway.speech_model.features import CEPS, mfcc, running_mean_removed
from voice_gateway.speech_model.kaldi import STRIDE, Layer
from voice_gateway.speech_model.units import UNITS

SPLICES = [(-2, -1, 0, 1, 2), (-1, 0, 1), (-3, 0, 3), (-3, 0, 3), (-3, 0, 3), (-6, 0, 6), (-6, 0, 6), (-6, 0, 6)]
CONTEXT = sum(splice[-1] for splice in SPLICES)
WIDTH = 384


class Network(nn.Module):
    """Log-probabilities of the units for padded feature frames."""

    def __init__(self, width: int = WIDTH, drop: float = 0.1) -> None:
        super().__init__()
        self.width, self.drop = width, drop
        self.register_buffer("mean", torch.zeros(CEPS))  # of the features, the prior of the running mean
        self.register_buffer("deviation", torch.ones(CEPS))
        sizes = [CEPS, *[width] * len(SPLICES)]
        self.affine = nn.ModuleList(
            nn.Linear(size * len(splice), width, bias=False) for size, splice in zip(sizes[:-1], SPLICES, strict=True)
        )
        self.norm = nn.ModuleList(nn.BatchNorm1d(width) for _ in SPLICES)
        self.last = nn.Linear(width, len(UNITS))

    def forward(self, frames: torch.Tensor) -> torch.Tensor:
        """(batch, time + 2 CONTEXT, CEPS), mean already removed → (batch, ceil(time / 3), units)."""
        x = frames / self.deviation
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            for i, (splice, affine, norm) in enumerate(zip(SPLICES, self.affine, self.norm, strict=True)):
                step = (splice[1] - splice[0]) // (1 if i < 2 else STRIDE)
                length = x.shape[1] - step * (len(splice) - 1)
                x = torch.cat([x[:, j * step : j * step + length] for j in range(len(splice))], 2)
                if i == 1:
                    x = x[:, ::STRIDE]
                y = affine(x)
                batch, time, width = y.shape
                x = torch.relu(norm(y.reshape(batch * time, width)).reshape(batch, time, width))
                if self.training and self.drop and i:
                    mask = torch.rand(batch, 1, width).gt(self.drop).to(x.dtype) / (1 - self.drop)
                    x = x * mask
            x = self.last(x)
        return torch.log_softmax(x.float(), 2)

    def layers(self) -> list[Layer]:
        """The same function as plain affine layers: normalisations folded into the weights."""
        found = []
        for i, (splice, affine, norm) in enumerate(zip(SPLICES, self.affine, self.norm, strict=True)):
            gain = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach().double()
            weight = affine.weight.detach().double() * gain[:, None]
            bias = norm.bias.detach().double() - norm.running_mean.double() * gain
            if i == 0:
                weight = weight / self.deviation.double().repeat(len(splice))[None]
            found.append(Layer(splice, weight.numpy(), bias.numpy(), True))
        found.append(
            Layer((0,), self.last.weight.detach().double().numpy(), self.last.bias.detach().double().numpy(), False)
        )
        return found


def padded(frames: torch.Tensor) -> torch.Tensor:
    """Ends repeated, as vosk does."""
    return torch.cat([frames[:1].expand(CONTEXT, -1), frames, frames[-1:].expand(CONTEXT, -1)])


def log_probabilities(network: Network, samples: np.ndarray) -> torch.Tensor:
    """What vosk would compute for a fresh call: (frames / 3, units)."""
    with torch.no_grad():
        frames = mfcc(torch.from_numpy(samples.astype(np.float32)))
        return network(padded(running_mean_removed(frames, network.mean))[None])[0]


def greedy(network: Network, samples: np.ndarray) -> list[str]:
    """The units heard, without any language model."""
    best = log_probabilities(network, samples).argmax(1).tolist()
    return [UNITS[k] for i, k in enumerate(best) if k and (i == 0 or best[i - 1] != k)]


def save(network: Network, path: Path, **more: Any) -> None:
    half = path.with_suffix(".half")
    torch.save({"width": network.width, "weights": network.state_dict(), **more}, half)
    half.replace(path)


def load(path: Path) -> tuple[Network, dict[str, Any]]:
    kept = torch.load(path, weights_only=False)
    network = Network(kept["width"])
    network.load_state_dict(kept["weights"])
    return network.eval(), kept


def widened(old: dict[str, torch.Tensor], width: int, seed: int = 0) -> Network:
    """A wider network that computes nearly the same (Net2Net, arXiv:1511.05641): some neurons doubled."""
    torch.manual_seed(seed)
    narrow = old["last.weight"].shape[1]
    network = Network(width)
    pick = (
        torch.cat([torch.arange(narrow), torch.randperm(narrow)[: width - narrow]])
        if width > narrow
        else torch.arange(narrow)
    )
    share = 1 / torch.bincount(pick, minlength=narrow)[pick].float()
    state = network.state_dict()
    for name in ("mean", "deviation"):
        state[name] = old[name]
    for i, splice in enumerate(SPLICES):
        weight = old[f"affine.{i}.weight"][pick]
        if i:
            columns = weight.reshape(width, len(splice), narrow)[:, :, pick] * share
            noise = 1 + 0.15 * torch.randn_like(columns) * (share < 1)
            weight = (columns * noise).reshape(width, -1)
        state[f"affine.{i}.weight"] = weight
        for name in ("weight", "bias", "running_mean", "running_var"):
            state[f"norm.{i}.{name}"] = old[f"norm.{i}.{name}"][pick]
    state["last.weight"] = old["last.weight"][:, pick] * share
    state["last.bias"] = old["last.bias"]
    network.load_state_dict(state)
    return network
