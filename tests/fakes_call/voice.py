"""A voice whose every frame tells which text it belongs to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from voice_gateway.audio import FRAME_BYTES, FRAME_MS

FRAME = FRAME_MS / 1000
A_HANZI = 60 / 140
"""Seconds that a hanzi sounds."""


class FakeVoice:
    """Every hanzi sounds `A_HANZI` seconds at the usual pace; every frame tells which text it belongs to."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.asked: list[tuple[str, int, bool]] = []
        self.accents: dict[str, str] = {}
        """In which tongue each text was spoken last."""
        self.cannot = ""
        """A tongue that it fails in."""
        self.broken = False
        self.stuck = False
        self.stuck_after = 0
        """So many sentences of a text are made before it hangs; 0: it does not."""
        self.delay = 0.05

    async def speak(
        self, text: str, *, pace: int = 140, louder: bool = False, accent: str = "cmn"
    ) -> AsyncIterator[Any]:
        if accent == self.cannot:
            raise RuntimeError("no such voice")
        self.asked.append((text, pace, louder))
        self.accents[text] = accent
        if self.stuck:
            await asyncio.sleep(10_000)
        if self.broken:
            raise RuntimeError("no source")
        await asyncio.sleep(self.delay)
        for number, sentence in enumerate(_sentences(text)):
            if self.stuck_after and number >= self.stuck_after:
                await asyncio.sleep(10_000)
            frames = max(1, round(len(sentence) * A_HANZI * 140 / pace / FRAME))
            yield _Piece(self._mark(text) * frames, sentence)

    def _mark(self, text: str) -> bytes:
        if text not in self.texts:
            self.texts.append(text)
        return (1000 + self.texts.index(text)).to_bytes(2, "little") * (FRAME_BYTES // 2)

    def named(self, frame: bytes) -> str:
        """The text that a frame belongs to; empty for noise and tones."""
        number = int.from_bytes(frame[:2], "little") - 1000
        if frame == frame[:2] * (FRAME_BYTES // 2) and 0 <= number < len(self.texts):
            return self.texts[number]
        return ""


@dataclass(frozen=True)
class _Piece:
    pcm: bytes
    text: str
    source: str = "prepared"


def _sentences(text: str) -> list[str]:
    parts = text.replace("？", "？|").replace("。", "。|").split("|")
    return [part for part in parts if part]
