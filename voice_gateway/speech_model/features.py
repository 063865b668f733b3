"""Kaldi's MFCC for 8 kHz in torch (feat/mel-computations.cc, feat/feature-window.cc), and vosk's running mean.

30 mel bins from 20 to 3800 Hz, 24 cepstra, 25 ms Povey windows every 10 ms; samples in int16 units.
"""

from __future__ import annotations

import math

import numpy as np
import torch

MELS, CEPS = 30, 24
HOP, WINDOW, POINTS = 80, 200, 256
FLOOR = 1.1920928955078125e-07
POVEY = torch.hann_window(WINDOW, periodic=False, dtype=torch.float64).pow(0.85).float()
RUNNING_FRAMES, PRIOR_FRAMES = 600, 200  # OnlineCmvnOptions: cmn_window, global_frames


def mel_bank(warp: float = 1.0, low: float = 20.0, high: float = 3800.0) -> torch.Tensor:
    """Triangles on the mel scale; a warp stretches the frequencies first (a longer or shorter vocal tract)."""
    mel = 1127.0 * np.log(1 + np.clip(np.arange(POINTS // 2) * 8000 / POINTS * warp, 0, 4000) / 700.0)
    first, last = (1127.0 * math.log(1 + edge / 700.0) for edge in (low, high))
    step = (last - first) / (MELS + 1)
    bank = np.zeros((MELS, POINTS // 2))
    for i in range(MELS):
        left, centre, right = first + i * step, first + (i + 1) * step, first + (i + 2) * step
        inside = (mel > left) & (mel < right)
        bank[i] = np.where(inside, np.minimum((mel - left) / (centre - left), (right - mel) / (right - centre)), 0)
        if bank[i].sum() < 1e-3 and i:
            bank[i] = bank[i - 1]  # a squeezed spectrum ends early
    return torch.tensor(bank, dtype=torch.float32)


def _cosines() -> torch.Tensor:
    rows = np.zeros((MELS, MELS))
    rows[0] = math.sqrt(1 / MELS)
    for k in range(1, MELS):
        rows[k] = math.sqrt(2 / MELS) * np.cos(math.pi / MELS * (np.arange(MELS) + 0.5) * k)
    lifter = 1 + 0.5 * 22 * np.sin(math.pi * np.arange(MELS) / 22)
    return torch.tensor((rows * lifter[:, None])[:CEPS], dtype=torch.float32)


PLAIN_BANK = mel_bank()
COSINES = _cosines()


def log_mel(samples: torch.Tensor, hop: int = HOP, bank: torch.Tensor = PLAIN_BANK) -> torch.Tensor:
    frames = samples.unfold(0, WINDOW, hop)
    frames = frames - frames.mean(1, keepdim=True)
    emphasised = torch.cat([frames[:, :1] * 0.03, frames[:, 1:] - 0.97 * frames[:, :-1]], 1)
    spectrum = torch.fft.rfft(emphasised * POVEY, n=POINTS)
    power = (spectrum.real**2 + spectrum.imag**2)[:, : POINTS // 2]
    return torch.log(torch.clamp(power @ bank.T, min=FLOOR))


def mfcc(samples: torch.Tensor, hop: int = HOP, bank: torch.Tensor = PLAIN_BANK) -> torch.Tensor:
    return log_mel(samples, hop, bank) @ COSINES.T


def running_mean_removed(
    frames: torch.Tensor, prior: torch.Tensor, history: torch.Tensor | None = None, history_frames: int = 0
) -> torch.Tensor:
    """Kaldi's OnlineCmvn: minus the mean of the last 600 frames, filled up with up to 200 frames of the prior.

    `history` is the mean of what the same call had before (its count is `history_frames`).
    """
    count = torch.arange(1, len(frames) + 1, dtype=torch.float64)
    total = frames.double().cumsum(0)
    if len(frames) > RUNNING_FRAMES:
        total[RUNNING_FRAMES:] = total[RUNNING_FRAMES:] - total[:-RUNNING_FRAMES].clone()
        count = count.clamp(max=RUNNING_FRAMES)
    if history is not None and history_frames:
        before = (RUNNING_FRAMES - count).clamp(min=0, max=history_frames)
        total, count = total + before[:, None] * history.double(), count + before
    fill = (RUNNING_FRAMES - count).clamp(min=0, max=PRIOR_FRAMES)
    mean = (total + fill[:, None] * prior.double()) / (count + fill)[:, None]
    return frames - mean.float()
