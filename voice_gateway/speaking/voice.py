"""The voice of the hotline: recordings first, then the prepared voice, then live speech, clause by clause."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import jieba
import numpy as np
import soundfile
import structlog

from care.settings import settings
from voice_gateway.audio import RATE
from voice_gateway.speaking import plan as planning
from voice_gateway.speaking.ear_text import hanzi
from voice_gateway.speaking.inventory import at_hand
from voice_gateway.speaking.live import HANZI_OF_RATE, LiveFailed, LiveSpeech
from voice_gateway.speaking.plan import Clause, Segment, Source
from voice_gateway.speaking.prepared import FOLDER, Prepared
from voice_gateway.speaking.recordings import Recordings, bare_text
from voice_gateway.speaking.sound import LOUDER, bent, pcm, silence, stretched

log = structlog.get_logger(__name__)

PACE = 140
"""Hanzi a minute, pauses included, at which pauses are as `plan` gives them."""
SLOWEST, FASTEST = 70, 260
PREPARED_HANZI = 160
"""Hanzi a minute within a clause, for `PACE`, of prepared clips. Sentences were spoken at about 180; a word by itself, of
which read-backs are full, at 110."""
LEAST_STRETCH, MOST_STRETCH = 0.9, 1.12
"""What a clip is stretched by at least and at most for it."""
MINUTE = 60
LIVE_HANZI = 190
"""Hanzi a minute within a clause, for `PACE`, of live speech."""
RANK: tuple[Source, ...] = ("recording", "prepared", "live")


class SpeakingFailed(Exception):
    """No source could say it."""


@dataclass(frozen=True)
class Piece:
    """A stretch of sound, at most a sentence, with the pause after it."""

    pcm: bytes
    """Whole frames (`voice_gateway.audio`)."""
    text: str
    source: Source
    """Where its words came from; `live` as soon as one of them did."""


class Voice:
    """One per process.

    Args:
        recordings: folder of a town's own recordings; by default the configured one.
        prepared: folder of the prepared voice.
        live: what speaks live text.

    Raises:
        ConfigurationError: recordings that cannot be used.
    """

    def __init__(self, recordings: Path | None = None, prepared: Path = FOLDER, live: LiveSpeech | None = None) -> None:
        self._recordings = Recordings(recordings or settings().recordings)
        self._prepared = Prepared(prepared)
        self._live = live or LiveSpeech()
        self._said: dict[Source, int] = dict.fromkeys(RANK, 0)

    async def warm(self) -> None:
        """Starts the children, loads what must always be at hand and the dictionary that plans need."""
        jobs = (self._prepared.hold, at_hand()), (jieba.initialize,)
        await asyncio.gather(self._live.warm(), *(asyncio.to_thread(*job) for job in jobs))

    async def close(self) -> None:
        """Ends the children."""
        await self._live.close()

    def share(self) -> dict[str, float]:
        """Hanzi spoken since the start, by source, and the share of live text."""
        total = sum(self._said.values())
        return {**self._said, "live_share": self._said["live"] / total if total else 0.0}

    def planned(self, text: str) -> list[Clause]:
        """What would say a text."""
        return planning.plan(text, self._find)

    async def speak(
        self, text: str, *, pace: int = PACE, louder: bool = False, accent: str = "cmn"
    ) -> AsyncIterator[Piece]:
        """Says a text, clause by clause: the first sounds while the next are made.

        Args:
            text: as written or as said.
            pace: hanzi a minute, pauses included.
            louder: 6 dB more; peaks are bent, not cut.
            accent: `cmn` (Mandarin) or `yue` (Cantonese, live only).

        Raises:
            SpeakingFailed: some words could not be said by any source.
        """
        slowness = PACE / max(SLOWEST, min(FASTEST, pace))
        for clause in self.planned(text) if accent == "cmn" else _all_live(text):
            sound, source = await self._clause(clause, slowness, accent)
            if louder:
                sound = bent(sound * LOUDER)
            for segment in clause:
                self._said[segment.source] += hanzi(segment.text)
            yield Piece(pcm(sound), "".join(segment.text for segment in clause), source)

    def _find(self, text: str) -> tuple[Source, bool] | None:
        if self._recordings.find(text) is not None:
            return "recording", False
        clip = self._prepared.find(text)
        return ("prepared", clip.flowing) if clip else None

    async def _clause(self, clause: Clause, slowness: float, accent: str) -> tuple[np.ndarray, Source]:
        made: list[np.ndarray] = []
        source: Source = "recording"
        for segment in clause:
            sound, by = await self._segment(segment, slowness, accent)
            source = max(source, by, key=RANK.index)
            made += [sound, silence(segment.pause * slowness)]
        return np.concatenate(made), source

    async def _segment(self, segment: Segment, slowness: float, accent: str) -> tuple[np.ndarray, Source]:
        if segment.source == "recording" and (sound := self._recordings.find(bare_text(segment.text))) is not None:
            return await asyncio.to_thread(stretched, sound, slowness), "recording"
        if segment.source == "prepared":
            try:
                return await asyncio.to_thread(self._prepared_sound, segment.text, slowness), "prepared"
            except (OSError, soundfile.LibsndfileError) as error:
                log.error("prepared_voice_unreadable", error=type(error).__name__)
        rate = round(LIVE_HANZI / HANZI_OF_RATE[accent] / slowness)
        try:
            return await self._live.speak(segment.text, rate, accent), "live"
        except LiveFailed as error:
            raise SpeakingFailed(str(error)) from error

    def _prepared_sound(self, text: str, slowness: float) -> np.ndarray:
        clip = self._prepared.find(text)
        assert clip is not None
        sound = self._prepared.sound(clip)
        return stretched(sound, _stretch(text, len(sound)) * slowness)


def _stretch(text: str, samples: int) -> float:
    """What brings a clip of so many samples to the pace of the others; a figure by itself stays as it was spoken."""
    spoken = hanzi(text) * RATE * MINUTE / samples if samples else PREPARED_HANZI
    return max(LEAST_STRETCH if hanzi(text) > 1 else 1.0, min(MOST_STRETCH, spoken / PREPARED_HANZI))


def _all_live(text: str) -> list[Clause]:
    """A plan without any prepared clip."""
    return planning.plan(text, lambda _: None)
