"""How well a model hears voices it was not trained on: initials and finals of the network, phrases of the whole."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from voice_gateway.speech_model.corpus import RATE, Clip, Shelf
from voice_gateway.speech_model.lm import ONE_SPELLING
from voice_gateway.speech_model.material import words_of
from voice_gateway.speech_model.sentences import BREAKS
from voice_gateway.speech_model.units import text_units

if TYPE_CHECKING:
    from voice_gateway.speech_model.network import Network

KEPT = ("reserved", "espeak_kept", "reader_kept", "human_kept")
PHRASES = ("reserved", "espeak_kept")
"""Shelves with hotline phrases; the words and the news of the others are no task for the hotline's graph."""
CHUNK = 1600


@dataclass(frozen=True)
class Row:
    """One line of the table; errors are shares, -1 where not measured."""

    shelf: str
    band: str
    clips: int
    unit_error: float = -1
    character_error: float = -1
    exact: float = -1
    same_sound: float = -1
    """Phrases right but for other signs of the same sound (晌午 for 上午): the units have no tones."""
    cost: float = -1
    """Seconds of one processor for a second of sound."""


def distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Insertions, deletions and replacements between two sequences."""
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        corner, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (left != right))
    return row[-1]


def with_silence(sound: np.ndarray) -> np.ndarray:
    return np.concatenate([np.zeros(RATE // 4, np.int16), sound, np.zeros(RATE * 6 // 10, np.int16)])


def telephone(sound: np.ndarray, seed: int) -> np.ndarray:
    """300-3400 Hz, a little noise (46 dB under the peak) and mu-law, as the first trial measured."""
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE).clip(min=1)
    gain = 1 / np.sqrt((1 + (300 / hertz) ** 8) * (1 + (hertz / 3400) ** 8))  # fourth order, as Butterworth's
    line = np.fft.irfft(np.fft.rfft(sound.astype(np.float32)) * gain, len(sound))
    line = line / max(1, np.abs(line).max()) * 12000
    line = line + np.random.default_rng(seed).standard_normal(len(line)) * 60
    pressed = np.round(np.sign(line) * np.log1p(255 * np.abs(line) / 32768) / np.log(256) * 127) / 127
    return (np.sign(pressed) * np.expm1(np.abs(pressed) * np.log(256)) / 255 * 32768).astype(np.int16)


def heard(model: Any, sound: np.ndarray, rate: int = RATE, grammar: list[str] | None = None) -> str:
    """What vosk makes of one recording, words apart."""
    import vosk

    recogniser = vosk.KaldiRecognizer(model, rate, *([json.dumps(grammar, ensure_ascii=False)] if grammar else []))
    parts = []
    for start in range(0, len(sound), CHUNK):
        if recogniser.AcceptWaveform(sound[start : start + CHUNK].tobytes()):
            parts.append(json.loads(recogniser.Result())["text"])
    parts.append(json.loads(recogniser.FinalResult())["text"])
    return " ".join(part for part in parts if part)


def plain(text: str) -> str:
    return "".join(BREAKS.split(text.replace("[unk]", ""))).translate(ONE_SPELLING)


def table(
    shelves: Path, folder: Path | None, network: Network | None, most: int = 500, kinds: Sequence[str] = KEPT
) -> list[Row]:
    """A row for every kept shelf and band."""
    model = None
    if folder:
        import vosk

        vosk.SetLogLevel(-2)
        model = vosk.Model(str(folder))
    rows = []
    for kind in kinds:
        shelf = Shelf(shelves, kind)
        clips = shelf.clips()[:most]
        if not clips:
            continue
        for band in ("clean", "telephone"):
            sounds = [with_silence(shelf.samples(clip)) for clip in clips]
            if band == "telephone":
                sounds = [telephone(sound, i) for i, sound in enumerate(sounds)]
            rows.append(_row(kind, band, clips, sounds, model, network))
    return rows


def _row(kind: str, band: str, clips: list[Clip], sounds: list[np.ndarray], model: Any, network: Network | None) -> Row:
    unit_error = character_error = exact = same_sound = cost = -1.0
    if network is not None:
        from voice_gateway.speech_model.network import greedy

        wrong = total = 0
        for clip, sound in zip(clips, sounds, strict=True):
            units = text_units(words_of(clip.text)) or ()
            wrong += distance(units, greedy(network, sound))
            total += len(units)
        unit_error = wrong / total
    if model is not None and kind in PHRASES:
        wrong = total = right = alike = 0
        used = 0.0
        for clip, sound in zip(clips, sounds, strict=True):
            began = time.thread_time()
            said, got = plain(clip.text), plain(heard(model, sound))
            used += time.thread_time() - began
            wrong += distance(said, got)
            total += len(said)
            right += said == got
            alike += text_units(words_of(said)) == text_units(words_of(got))
        character_error, exact, same_sound = wrong / total, right / len(clips), alike / len(clips)
        cost = used * RATE / sum(map(len, sounds))
    return Row(kind, band, len(clips), unit_error, character_error, exact, same_sound, cost)
