"""Trains the network on what lies on the shelves; can be stopped and gone on with at any time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path

import torch

from voice_gateway.speech_model.augment import Batches, gather
from voice_gateway.speech_model.features import mfcc
from voice_gateway.speech_model.network import Network, load, save, widened

PEAK_RATE = 1.6e-3
HELD = 0.35  # share of the time at the highest learning rate; then a half cosine down to nothing
AVERAGE = 0.999


def learning_rate(step: int, share: float, peak: float = PEAK_RATE) -> float:
    """The rate at a step, after a share of the time: up within a hundred steps, held, down like a cosine."""
    warm = min(1.0, step / 100 + 0.01)
    down = 1.0 if share < HELD else 0.5 * (1 + math.cos(math.pi * min(1.0, (share - HELD) / (1 - HELD))))
    return peak * warm * down + 1e-6


def start(shelves: Path, width: int) -> Network:
    """A new network that knows the mean and spread of the features."""
    network = Network(width)
    material = gather(shelves)
    clips = [spoken for kind in material.values() for spoken in kind[:: max(1, len(kind) // 60)]]
    frames = torch.cat([mfcc(torch.from_numpy(spoken.sound())) for spoken in clips])
    network.mean.copy_(frames.mean(0))
    network.deviation.copy_(frames.std(0))
    return network


def begin(warm: Path, width: int) -> Network:
    """The network of another run, widened if need be."""
    network = load(warm)[0]
    return network if network.width == width else widened(network.state_dict(), width)


def train(
    shelves: Path,
    checkpoint: Path,
    minutes: float,
    width: int,
    threads: int,
    warm: Path | None,
    tell: Callable[[str], None],
    seed: int = 0,
    keep_every: float = 10.0,
    peak: float = PEAK_RATE,
) -> None:
    """Goes on from `checkpoint` if it is there, else begins from `warm` or from nothing, until `minutes` are used."""
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    kept: dict = {}
    if checkpoint.exists():
        network, kept = load(checkpoint)
        tell(f"goes on at step {kept['step']}, {kept['used'] / 60:.1f} of {minutes:.0f} minutes used")
    else:
        network = begin(warm, width) if warm else start(shelves, width)
    network.train()
    optimiser = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=1e-3)
    step, used, heard = kept.get("step", 0), kept.get("used", 0.0), kept.get("heard", 0.0)
    average = kept.get("average") or {name: value.clone() for name, value in network.state_dict().items()}
    if "optimiser" in kept:
        optimiser.load_state_dict(kept["optimiser"])
    batches = Batches(shelves, network.mean.clone(), seed * 1000 + step, warm=bool(warm or kept))
    tell(", ".join(f"{kind} {len(clips)} clips" for kind, clips in batches.material.items()))
    tell(f"{sum(p.numel() for p in network.parameters())} parameters")
    loader = iter(torch.utils.data.DataLoader(batches, batch_size=None, num_workers=2, prefetch_factor=8))
    ctc = torch.nn.CTCLoss(0, zero_infinity=True)
    began, saved = time.monotonic() - used, used
    losses: list[float] = []
    while (used := time.monotonic() - began) < minutes * 60:
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, used / 60 / minutes, peak)
        frames, lengths, units, counts = next(loader)
        output = network(frames)
        loss = ctc(output.transpose(0, 1), units, lengths.clamp(max=output.shape[1]), counts)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        step += 1
        losses.append(loss.item())
        heard += int(lengths.sum()) * 0.03 / 3600
        if step % 5 == 0:
            keep = min(AVERAGE, step / (step + 50)) ** 5
            for name, value in network.state_dict().items():
                if value.is_floating_point():
                    average[name].lerp_(value, 1 - keep)
                else:
                    average[name].copy_(value)
        if step % 50 == 0:
            tell(
                f"{time.strftime('%H:%M:%S')} step {step}, {used / 60:.1f} min, {heard:.1f} h heard, loss {sum(losses) / len(losses):.3f}"
            )
            losses.clear()
        if used - saved > 60:
            saved = used
            more = {"step": step, "used": used, "heard": heard, "average": average}
            save(network, checkpoint, optimiser=optimiser.state_dict(), **more)
            if int(used // (keep_every * 60)) != int((used - 60) // (keep_every * 60)):
                _keep(network, average, checkpoint.with_name(f"{checkpoint.stem}-{step}.pt"), step, used, heard)
    save(network, checkpoint, step=step, used=used, heard=heard, average=average)
    _keep(network, average, checkpoint.with_name(f"{checkpoint.stem}-{step}.pt"), step, used, heard)
    tell(f"done, step {step}")


def _keep(network: Network, average: dict[str, torch.Tensor], path: Path, step: int, used: float, heard: float) -> None:
    """A copy with the running average of the weights, for measuring."""
    copy = Network(network.width)
    copy.load_state_dict(average)
    save(copy, path, step=step, used=used, heard=heard)
