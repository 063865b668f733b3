"""A shelf of short clips, all 8 kHz int16: one growing sound file, one growing list. Readers map it into memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

RATE = 8000


@dataclass(frozen=True)
class Clip:
    """Where one recording lies, who said it and what (hanzi, words may be apart)."""

    start: int
    length: int
    voice: str
    text: str


class Shelf:
    """Clips of one kind (`human`, `reader`, `neural`, `espeak`) in a folder."""

    def __init__(self, folder: Path, kind: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.kind = kind
        self.sound = folder / f"{kind}.i16"
        self.list = folder / f"{kind}.tsv"
        self._map = np.zeros(0, np.int16)

    def add(self, samples: np.ndarray, voice: str, text: str) -> None:
        """Puts one clip at the end; the list is written last, so that a reader never sees half a clip."""
        data = np.ascontiguousarray(samples, "<i2")
        with self.sound.open("ab") as sound:
            start = sound.tell() // 2
            sound.write(data.tobytes())
        with self.list.open("a", encoding="utf-8") as rows:
            rows.write(f"{start}\t{len(data)}\t{voice}\t{text}\n")

    def clips(self) -> list[Clip]:
        if not self.list.exists():
            return []
        rows = [line.split("\t") for line in self.list.read_text("utf-8").splitlines() if line.count("\t") == 3]
        return [Clip(int(start), int(length), voice, text) for start, length, voice, text in rows]

    def samples(self, clip: Clip) -> np.ndarray:
        if clip.start + clip.length > len(self._map):
            self._map = np.memmap(self.sound, "<i2", "r")
        return self._map[clip.start : clip.start + clip.length]

    def clear(self) -> None:
        for path in (self.sound, self.list):
            path.unlink(missing_ok=True)
        self._map = np.zeros(0, np.int16)

    def hours(self) -> float:
        return sum(clip.length for clip in self.clips()) / RATE / 3600


def level(samples: np.ndarray, peak: float = 0.8) -> np.ndarray:
    """Float sound of any size as int16 with a given peak."""
    return (samples / max(1e-3, float(np.abs(samples).max())) * peak * 32767).astype(np.int16)


def trim(samples: np.ndarray, threshold: float = 0.02, keep: int = 0) -> np.ndarray:
    """Cuts what is quieter than a share of the peak off both ends, but for `keep` samples."""
    loud = np.abs(samples.astype(np.float32))
    over = np.where(loud > loud.max(initial=0.0) * threshold)[0]
    return samples[max(0, over[0] - keep) : over[-1] + 1 + keep] if len(over) else samples
