"""One call's recognisers: a free one for anything, and one held to a grammar while a closed question is open.

Both hear the same sound side by side. The free one keeps “不对，是明天” possible where only yes or no was asked for;
the held one hears short answers more surely. Vosk cuts speech into stretches at its own pauses; they are joined here.
Nothing in this module may run on the event loop: see `ear`.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import soxr

from voice_gateway import audio
from voice_gateway.listening.model import UNKNOWN, SpeechModel

FEWEST_VOICED = 0.09
"""Seconds of voice that a stretch needs; in bare silence Vosk sometimes finds short words."""
MOST_JOINED = 12
"""Hypotheses kept for the whole turn."""


@dataclass(frozen=True)
class Hypothesis:
    """One reading of what was said."""

    text: str
    """Words divided by blanks, as Vosk gives them."""
    weight: float
    """Share of belief among the readings of the same recogniser, 0 to 1."""
    held: bool = False
    """Comes from the recogniser that knows only the grammar."""
    score: float = 0.0
    """Logarithm of the likelihood, sound and words, of the best reading of the same recogniser."""
    pauses: tuple[int, ...] = ()
    """Where the caller paused: known characters before each pause."""


@dataclass(frozen=True)
class Heard:
    """Everything that was recognised in one turn."""

    free: tuple[Hypothesis, ...] = ()
    """Best first; a reading may be empty, which is the belief that nothing was said."""
    held: tuple[Hypothesis, ...] = ()

    @property
    def text(self) -> str:
        """The best free reading."""
        return self.free[0].text if self.free else ""


class _Stream:
    """One Kaldi recogniser and the stretches that it has finished in this turn."""

    def __init__(self, kaldi: Any, held: bool) -> None:
        self._kaldi = kaldi
        self._held = held
        self._voiced = 0.0
        self._score = 0.0
        self._done: list[list[tuple[str, float]]] = []

    def accept(self, pcm: bytes, voiced: float) -> None:
        self._voiced += voiced
        if self._kaldi.AcceptWaveform(pcm):
            self._keep(self._kaldi.Result())

    def partial(self) -> str:
        here = json.loads(self._kaldi.PartialResult()).get("partial", "") if self._voiced >= FEWEST_VOICED else ""
        return " ".join(part for part in (*(stretch[0][0] for stretch in self._done), here) if part)

    def finish(self) -> tuple[Hypothesis, ...]:
        self._keep(self._kaldi.FinalResult())
        joined: list[tuple[tuple[str, ...], float]] = [((), 1.0)]
        for stretch in self._done:
            pairs = [((*a, b), p * q) for a, p in joined for b, q in stretch]
            joined = sorted(pairs, key=lambda pair: -pair[1])[:MOST_JOINED]
        return tuple(self._joined(parts, weight) for parts, weight in joined) if self._done else ()

    def _joined(self, parts: tuple[str, ...], weight: float) -> Hypothesis:
        ends = accumulate(len(without_unknown(part)) for part in parts)
        text = " ".join(part for part in parts if part)
        return Hypothesis(text, weight, self._held, self._score, tuple(ends)[:-1])

    def reset(self) -> None:
        self._kaldi.Reset()
        self._done, self._voiced, self._score = [], 0.0, 0.0

    def _keep(self, result: str) -> None:
        voiced, self._voiced = self._voiced, 0.0
        alternatives = json.loads(result).get("alternatives") or []
        found = weighed(alternatives)
        if found and voiced >= FEWEST_VOICED and any(text for text, _ in found):
            self._done.append(found)
            self._score += max(one["confidence"] for one in alternatives)


def weighed(alternatives: list[dict[str, Any]]) -> list[tuple[str, float]]:
    """Vosk's alternatives with shares of belief made of their log-likelihoods; best first, same texts joined."""
    if not alternatives:
        return []
    best = max(a["confidence"] for a in alternatives)
    shares: dict[str, float] = {}
    for one in alternatives:
        text = one.get("text", "").strip()
        shares[text] = shares.get(text, 0.0) + math.exp(one["confidence"] - best)
    total = sum(shares.values())
    return sorted(((text, share / total) for text, share in shares.items()), key=lambda pair: -pair[1])


class Recogniser:
    """Recognises the turns of one call, one after the other."""

    def __init__(self, model: SpeechModel) -> None:
        self._model = model
        self._free = _Stream(model.recogniser(), held=False)
        self._held: _Stream | None = None
        self._grammar = ""
        self._resampler = self._new_resampler()

    def _new_resampler(self) -> soxr.ResampleStream | None:
        if self._model.rate == audio.RATE:
            return None
        return soxr.ResampleStream(audio.RATE, self._model.rate, 1, dtype="int16")

    def begin(self, phrases: tuple[str, ...] = (), meanwhile: tuple[str, ...] = ()) -> None:
        """A new turn; with phrases, it is also heard by a recogniser that knows only these, or those meant for the time
        until their grammar is made."""
        self._free.reset()
        if meanwhile and not self._model.has_grammar(phrases):
            phrases = meanwhile
        grammar = self._model.grammar(phrases)
        if grammar != self._grammar:
            self._held = _Stream(self._model.recogniser(grammar), held=True) if grammar else None
            self._grammar = grammar
        elif self._held:
            self._held.reset()
        self._resampler = self._new_resampler()

    def accept(self, pcm: bytes, voiced: float) -> str:
        """Takes sound (`voice_gateway.audio` form, `voiced` seconds of it voice); returns the words so far."""
        sound = self._at_model_rate(pcm)
        self._free.accept(sound, voiced)
        if self._held:
            self._held.accept(sound, voiced)
        return self._free.partial()

    def finish(self) -> Heard:
        """What was said in the turn up to here; more of it may follow, until the next `begin`."""
        return Heard(self._free.finish(), self._held.finish() if self._held else ())

    def _at_model_rate(self, pcm: bytes) -> bytes:
        if self._resampler is None:
            return pcm
        return self._resampler.resample_chunk(np.frombuffer(pcm, dtype="<i2")).tobytes()


def without_unknown(text: str) -> str:
    """The words known, blanks taken out."""
    return "".join(word for word in text.split() if word != UNKNOWN)
