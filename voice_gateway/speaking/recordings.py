"""A town's own recordings: a folder of wav files and `index.tsv` (file, tab, text), checked when the voice starts.

A recording may be of a whole text, a sentence or a clause; it is used wherever exactly those words are said.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
import soxr

from care.settings import ConfigurationError
from voice_gateway.audio import RATE
from voice_gateway.speaking.ear_text import for_the_ear
from voice_gateway.speaking.sound import banded, levelled, loudness, trimmed

INDEX = "index.tsv"
LONGEST_SECONDS = 120
SILENT = 1e-3
"""RMS below which a file holds no voice."""


def bare_text(text: str) -> str:
    """A text as recordings are looked up: for the ear, without its last mark unless that asks."""
    return for_the_ear(text).rstrip("。")


class Recordings:
    """Sounds by text, all in memory.

    Args:
        folder: none when a town has no recordings.

    Raises:
        ConfigurationError: naming every file that cannot be used.
    """

    def __init__(self, folder: Path | None) -> None:
        self._sounds: dict[str, np.ndarray] = {}
        if folder is None:
            return
        try:
            lines = (folder / INDEX).read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"录音目录里读不到 {INDEX}（{folder}）：{error}") from error
        faults = []
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("#") and (fault := self._take(folder, line)):
                faults.append(f"第{number}行，{fault}")
        if faults:
            raise ConfigurationError(f"录音有误（{folder / INDEX}）：{'；'.join(faults)}")

    def _take(self, folder: Path, line: str) -> str:
        """Loads one row; what is wrong with it, if anything."""
        name, tab, text = line.partition("\t")
        key = bare_text(text)
        if not tab or not name.strip():
            return "要写成“文件名、制表符、这段录音说的话”"
        if not key:
            return f"{name} 没有写说的是什么"
        if key in self._sounds:
            return f"“{text.strip()}”写了两遍"
        if folder.resolve() not in (folder / name.strip()).resolve().parents:
            return f"{name} 不在录音目录里"
        try:
            samples, rate = soundfile.read(folder / name.strip(), dtype="float32", always_2d=True)
        except (OSError, soundfile.LibsndfileError):
            return f"{name} 不存在，或者不是能读的声音文件"
        mono = samples.mean(1)
        if loudness(mono, rate) < SILENT:
            return f"{name} 没有声音"
        if len(mono) > LONGEST_SECONDS * rate:
            return f"{name} 超过 {LONGEST_SECONDS} 秒"
        clip = trimmed(soxr.resample(mono, rate, RATE, "HQ"), RATE)
        self._sounds[key] = levelled(banded(clip), RATE)
        return ""

    def find(self, text: str) -> np.ndarray | None:
        """The recording of exactly these words, 8 kHz."""
        return self._sounds.get(text)

    def __len__(self) -> int:
        return len(self._sounds)
