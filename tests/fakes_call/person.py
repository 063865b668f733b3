"""The test as the one who calls: speaks, presses keys, waits, and looks at what was heard and when."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from tests.fakes_call.hearing import PATIENCE, FakeHearing
from tests.fakes_call.line import ScriptLeg
from tests.fakes_call.voice import A_HANZI, FRAME, FakeVoice
from voice_gateway.audio import FRAME_BYTES
from voice_gateway.leg import Gone, Hold, Key, Sound
from voice_gateway.listening import Partial, SpeechStarted, Unsure, Utterance

GREETING = "自动助手"
"""What every greeting says."""


@dataclass
class Heard:
    """A stretch of one text that the caller heard."""

    text: str
    at: float
    until: float
    whole: bool = False


class Person:
    """The test as the one who calls."""

    def __init__(self, leg: ScriptLeg, hearing: FakeHearing, voice: FakeVoice, finished: asyncio.Event) -> None:
        self.leg = leg
        self._hearing = hearing
        self._voice = voice
        self._finished = finished
        self._notes = 0
        self._heard: list[Heard] = []
        self._read = 0

    @property
    def now(self) -> float:
        return asyncio.get_running_loop().time()

    def heard(self) -> list[Heard]:
        """Everything heard so far: stretches of the same text; `whole` when nothing of it was cut off."""
        for at, frame in self.leg.frames[self._read :]:
            text = self._voice.named(frame)
            if not text:
                continue
            if self._heard and self._heard[-1].text == text and at - self._heard[-1].until < 2 * FRAME:
                self._heard[-1].until = at + FRAME
            else:
                self._heard.append(Heard(text, at, at + FRAME))
        self._read = len(self.leg.frames)
        for stretch in self._heard:
            stretch.whole = stretch.until - stretch.at > 0.9 * len(stretch.text) * A_HANZI
        return self._heard

    def texts(self) -> list[str]:
        return [h.text for h in self.heard()]

    async def hears(self, words: str, within: float = 60.0, after: float = 0.0) -> Heard:
        """Waits until something with these words begins to sound (after a moment)."""
        end = self.now + within
        while self.now < end:
            if found := next((h for h in self.heard() if words in h.text and h.at >= after), None):
                return found
            await asyncio.sleep(FRAME)
        raise AssertionError(f"“{words}” was not heard within {within} s, but: {self.texts()}")

    async def hears_out(self, words: str, within: float = 60.0, after: float = 0.0) -> Heard:
        """Waits until it has been said to its end."""
        found = await self.hears(words, within, after)
        while True:
            await asyncio.sleep(3 * FRAME)
            again = next(h for h in reversed(self.heard()) if h.text == found.text and h.at >= found.at - FRAME)
            if self.now - again.until > 2 * FRAME:
                return again

    async def greeted(self, *turns: str) -> Heard:
        """Hears the greeting out, then talks."""
        greeting = await self.hears_out(GREETING)
        return await self.talks(*turns) if turns else greeting

    async def talks(self, *turns: str) -> Heard:
        """Says something and hears the answer out, by turns: what is said, what is heard, …; gives the last answer."""
        for said, heard in zip(turns[::2], turns[1::2], strict=True):
            spoken = self.now
            await self.says(said)
            answer = await self.hears_out(heard, after=spoken)
        return answer

    async def types(self, *turns: str) -> Heard:
        """Presses keys and hears the answer out, by turns: the keys, what is heard, …; gives the last answer."""
        for keys, heard in zip(turns[::2], turns[1::2], strict=True):
            pressed = self.now
            await self.presses(keys)
            answer = await self.hears_out(heard, after=pressed)
        return answer

    async def quiet(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def says(
        self, text: str, seconds: float = 1.0, *, raw: str = "", unsure: str = "", doubts: tuple[Unsure, ...] = (), partial: bool = True
    ) -> None:
        """Speaks, and is quiet until the turn is over."""
        await self.begins(text if partial else "")
        await asyncio.sleep(seconds)
        doubts = doubts or ((Unsure("time", unsure),) if unsure else ())
        await asyncio.sleep(PATIENCE)
        self._sound(Utterance(text, raw or text, 0.9, doubts, 0.0, seconds))
        await asyncio.sleep(2 * FRAME)

    async def begins(self, partial: str = "") -> None:
        """Begins to make a sound."""
        self._sound(SpeechStarted(0.0), *([Partial(partial)] if partial else []))
        await asyncio.sleep(FRAME)

    async def goes_on(self, words: str, seconds: float = 0.0) -> None:
        """Says more: all words of the turn so far; then speaks without new words for a while."""
        self._sound(Partial(words))
        await asyncio.sleep(max(seconds, FRAME))

    async def stops(self, text: str, cut: bool = False) -> None:
        """The turn is over, with these words; `cut` at the limit for monologues, while the caller speaks on."""
        self._sound(Utterance(text, text, 0.9, (), 0.0, 1.0, cut))
        await asyncio.sleep(2 * FRAME)

    async def presses(self, keys: str, pause: float = 0.3) -> None:
        for key in keys:
            self.leg.happens(Key(key))
            await asyncio.sleep(pause)

    async def holds(self, seconds: float) -> None:
        self.leg.happens(Hold(True))
        await asyncio.sleep(seconds)
        self.leg.happens(Hold(False))

    async def hangs_up(self, reason: str = "bye") -> None:
        self.leg.happens(Gone(reason))
        await asyncio.sleep(FRAME)

    async def is_left(self, within: float = 120.0) -> None:
        """Waits until the hotline has ended the call."""
        await asyncio.wait_for(self._finished.wait(), within)

    def longest_silence(self, start: float = 0.0, end: float | None = None) -> float:
        """Seconds of the longest stretch in which nothing was said and nothing rang."""
        longest, since = 0.0, None
        for at, frame in self.leg.frames:
            if at < start or (end is not None and at > end):
                continue
            audible = bool(self._voice.named(frame)) or _loud(frame)
            since = None if audible else (at if since is None else since)
            if since is not None:
                longest = max(longest, at - since)
        return longest

    def _sound(self, *events: Any) -> None:
        self._notes += 1
        frame = b"note" + self._notes.to_bytes(4, "little") + bytes(FRAME_BYTES - 8)
        self._hearing.notes[frame] = list(events)
        self.leg.happens(Sound(frame))


def _loud(frame: bytes) -> bool:
    return max(abs(int.from_bytes(frame[i : i + 2], "little", signed=True)) for i in range(0, 40, 2)) > 300
