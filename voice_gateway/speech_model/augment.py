"""From clips to training batches: words glued, voices bent, rooms, noise, lines and telephones put over them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from voice_gateway.speech_model.corpus import RATE, Clip, Shelf, trim
from voice_gateway.speech_model.features import COSINES, MELS, log_mel, mel_bank, running_mean_removed
from voice_gateway.speech_model.kaldi import STRIDE
from voice_gateway.speech_model.material import words_of
from voice_gateway.speech_model.network import padded
from voice_gateway.speech_model.units import INDEX, text_units

MIX = {"neural": 0.46, "short": 0.10, "human": 0.22, "reader": 0.12, "espeak": 0.10}
"""Shares of what is heard; `short` are single words and answers, which were misheard twice as often as in sentences."""
SHELVES = {
    "neural": ("neural", "clips"),
    "short": ("short",),
    "human": ("human",),
    "reader": ("reader",),
    "espeak": ("espeak",),
}
PIECES = {"reader": (1,), "short": (1, 1, 1, 2)}
"""How many clips one utterance may have, by kind."""
WARPS = {round(float(w), 3): mel_bank(float(w)) for w in np.linspace(0.82, 1.22, 17)}
LONGEST = 8 * RATE
BATCH = 32


@dataclass(frozen=True)
class Spoken:
    """A clip with the numbers of its units."""

    shelf: Shelf
    clip: Clip
    units: tuple[int, ...]

    def sound(self) -> np.ndarray:
        return self.shelf.samples(self.clip).astype(np.float32)


def gather(
    shelves: Path, kinds: dict[str, tuple[str, ...]] = SHELVES, known: dict[str, tuple[int, ...]] | None = None
) -> dict[str, list[Spoken]]:
    """All clips whose text has a pronunciation, by kind."""
    units: dict[str, tuple[int, ...]] = {} if known is None else known
    found: dict[str, list[Spoken]] = {}
    for kind, names in kinds.items():
        found[kind] = []
        for name in names:
            shelf = Shelf(shelves, name)
            for clip in shelf.clips():
                if clip.text not in units:
                    units[clip.text] = tuple(INDEX[u] for u in text_units(words_of(clip.text)) or ())
                if units[clip.text]:
                    found[kind].append(Spoken(shelf, clip, units[clip.text]))
    return found


def companded(sound: np.ndarray) -> np.ndarray:
    """Through 8-bit mu-law and back."""
    pressed = np.sign(sound) * np.log1p(255 * np.abs(sound) / 32768) / np.log(256)
    pressed = np.round(pressed * 127) / 127
    return np.sign(pressed) * np.expm1(np.abs(pressed) * np.log(256)) / 255 * 32768


class Mixer:
    """Makes one training utterance after another; `effort` from 0 (clean single words) to 1 (everything)."""

    def __init__(self, material: dict[str, list[Spoken]], seed: int) -> None:
        self.material = material
        self.chance = random.Random(seed)
        self.noise = np.random.default_rng(seed)
        self.effort = 1.0

    def utterance(self, prior: torch.Tensor) -> tuple[torch.Tensor, tuple[int, ...]] | None:
        """Feature frames with the running mean removed, and the units; None where the draw was unfit."""
        sound, units = self._speech()
        if len(sound) > LONGEST:
            return None
        sound = self._stretched(sound)
        sound = self._line(self._noise(self._room(sound)))
        hop = self.chance.randint(66, 110)
        frames = log_mel(torch.from_numpy(sound), hop, WARPS[self.chance.choice(list(WARPS))])
        if len(frames) // STRIDE < len(units) * 1.2 + 2:
            return None
        frames = self._masked(frames) @ COSINES.T
        if self.chance.random() < 0.4:  # later in a call: the mean already knows the voice and the line
            return running_mean_removed(frames, prior, frames.mean(0), self.chance.randint(100, 600)), units
        return running_mean_removed(frames, prior), units

    def _speech(self) -> tuple[np.ndarray, tuple[int, ...]]:
        r = self.chance
        kind = "human"
        if r.random() < self.effort:
            kinds = [kind for kind in MIX if self.material[kind]]
            kind = r.choices(kinds, [MIX[kind] for kind in kinds])[0]
        around = 0.8 if kind == "short" else 0.5  # an answer alone stands in the silence that the ear hands on
        parts: list[np.ndarray] = [self._silence(around)]
        units: tuple[int, ...] = ()
        if kind == "human":
            tight = r.random() < 0.6
            pieces = r.randint(1, 1 + int(3 * self.effort))
            for _ in range(pieces):
                spoken = r.choice(self.material[kind])
                sound = trim(spoken.sound(), r.uniform(0.02, 0.08) if tight else 0.02, r.randint(0, 150))
                parts += [sound * 10 ** (r.uniform(-6, 3) / 20), self._pause(0.03 if tight else 0.35)]
                units += spoken.units
        else:
            for _ in range(r.choice(PIECES.get(kind, (1, 1, 2)))):
                spoken = r.choice(self.material[kind])
                parts += [trim(spoken.sound(), 0.02, r.randint(100, 400)), self._pause(0.35)]
                units += spoken.units
        return np.concatenate([*parts, self._silence(around)]), units

    def _silence(self, longest: float) -> np.ndarray:
        return np.zeros(int(RATE * self.chance.uniform(0.02, longest)), np.float32)

    def _pause(self, longest: float) -> np.ndarray:
        return np.zeros(int(RATE * self.chance.uniform(0, longest)), np.float32)

    def _stretched(self, sound: np.ndarray) -> np.ndarray:
        speed = self.chance.uniform(0.84, 1.19)
        count = int(len(sound) / speed)
        sound = np.interp(np.arange(count) * speed, np.arange(len(sound)), sound).astype(np.float32)
        return np.pad(sound, (0, -count % 1600))

    def _room(self, sound: np.ndarray) -> np.ndarray:
        if self.chance.random() >= 0.25 * self.effort:
            return sound
        length = int(RATE * self.chance.uniform(0.05, 0.35))
        echo = self.noise.standard_normal(length, dtype=np.float32) * np.exp(
            -np.arange(length, dtype=np.float32) / (length / 5)
        )
        echo[0] = self.chance.uniform(3, 12)
        points = len(sound) + length
        points += -points % 1600  # a length with small factors: fast to transform
        wet = np.fft.irfft(np.fft.rfft(sound, points) * np.fft.rfft(echo, points), points)[: len(sound)].astype(
            np.float32
        )
        return wet * (self._rms(sound) / self._rms(wet))

    @staticmethod
    def _rms(sound: np.ndarray) -> float:
        return float(np.sqrt((sound**2).mean() + 1))

    def _noise(self, sound: np.ndarray) -> np.ndarray:
        r = self.chance
        which = r.random()
        if which >= 0.7 * self.effort:
            return sound
        noise = self.noise.standard_normal(len(sound), dtype=np.float32)
        if which < 0.4:
            spectrum = np.fft.rfft(noise)
            spectrum *= np.arange(1, len(spectrum) + 1, dtype=np.float32) ** (-r.uniform(0.3, 1.0))
            noise = np.fft.irfft(spectrum, len(sound)).astype(np.float32)
        elif which < 0.52:
            noise[:] = 0
            for _ in range(r.randint(2, 6)):
                other = r.choice(self.material[r.choice([kind for kind in MIX if self.material[kind]])]).sound()
                at = r.randrange(len(sound))
                noise[at:] += np.resize(other, len(sound) - at)
        return sound + noise * (self._rms(sound) / self._rms(noise) * 10 ** (-r.uniform(4, 35) / 20))

    def _line(self, sound: np.ndarray) -> np.ndarray:
        """Microphone, line and level; half the time a telephone with its band and 8-bit steps."""
        r = self.chance
        spectrum = np.fft.rfft(sound)
        hertz = np.linspace(0, 4000, len(spectrum))
        gain = np.zeros(len(spectrum))
        if r.random() < 0.75 * self.effort:
            gain = np.interp(hertz, [0, 300, 800, 1500, 2500, 4000], [r.uniform(-9, 9) for _ in range(6)])
        telephone = r.random() < 0.65 * self.effort
        if telephone:
            low, high = r.uniform(50, 380), r.uniform(3100, 3950)
            gain = gain + np.where(hertz < low, -30 * (low - hertz) / low, 0)
            gain = gain + np.where(hertz > high, -np.minimum(60, (hertz - high) / 100 * 15), 0)
        sound = np.fft.irfft(spectrum * (10 ** (gain / 20)).astype(np.float32), len(sound)).astype(np.float32)
        sound *= 32000 * 10 ** (r.uniform(-26, 1) / 20) / (np.abs(sound).max() + 1)
        sound = np.clip(sound, -32767, 32767)
        if telephone and r.random() < 0.7:
            sound = companded(sound).astype(np.float32)
            if r.random() < 0.12:
                for _ in range(r.randint(1, 4)):  # lost packets
                    at = r.randrange(0, len(sound), 160)
                    sound[at : at + 160] = 0
        return np.round(sound)

    def _masked(self, frames: torch.Tensor) -> torch.Tensor:
        r = self.chance
        if r.random() < 0.45 * self.effort:
            at = r.randint(0, MELS - 4)
            frames[:, at : at + r.randint(1, 4)] = frames.mean()
        if r.random() < 0.35 * self.effort:
            at = r.randint(0, max(1, len(frames) - 12))
            frames[at : at + r.randint(1, 9)] = frames.min()
        return frames


Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]


def collated(items: list[tuple[torch.Tensor, tuple[int, ...]]]) -> Batch:
    """Frames padded to one length, output lengths, all units in a row, their counts."""
    full = [padded(frames) for frames, _ in items]
    longest = max(len(frames) for frames in full)
    frames = torch.stack([torch.cat([f, f[-1:].expand(longest - len(f), -1)]) for f in full])
    lengths = torch.tensor([(len(f) + STRIDE - 1) // STRIDE for f, _ in items])
    return (
        frames,
        lengths,
        torch.tensor([u for _, units in items for u in units]),
        torch.tensor([len(u) for _, u in items]),
    )


class Batches(torch.utils.data.IterableDataset):
    """Endless batches of utterances of like length; new clips on the shelves are taken up on the way."""

    def __init__(self, shelves: Path, prior: torch.Tensor, seed: int, warm: bool) -> None:
        self.shelves, self.prior, self.seed, self.warm = shelves, prior, seed, warm
        self.known: dict[str, tuple[int, ...]] = {}
        self.material = gather(shelves, known=self.known)

    def __iter__(self) -> Iterator[Batch]:
        worker = torch.utils.data.get_worker_info()
        torch.set_num_threads(1)
        mixer = Mixer(self.material, self.seed + (worker.id if worker else 0))
        rounds = 0
        while True:
            rounds += 1
            mixer.effort = 1.0 if self.warm else min(1.0, max(0.0, (rounds - 20) / 50))
            if rounds % 40 == 0:
                mixer.material = gather(self.shelves, known=self.known)
            drawn = (mixer.utterance(self.prior) for _ in range(BATCH * 4))
            items = sorted((item for item in drawn if item is not None), key=lambda item: len(item[0]))
            groups = [items[i : i + BATCH] for i in range(0, len(items) - BATCH + 1, BATCH)]
            mixer.chance.shuffle(groups)
            yield from map(collated, groups)
