"""An ear that hears what the test put into the sound."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from tests.fakes_call.voice import FRAME
from voice_gateway.listening import EarFailed, Expectation, Utterance

PATIENCE = 1.2


class FakeEar:
    """Hears what the test put into the sound: a frame is a note of an event."""

    def __init__(self, hearing: FakeHearing) -> None:
        self._hearing = hearing
        self._notes = hearing.notes
        self.expectations: list[Expectation] = []
        self.half: Utterance | None = None
        self._seconds = 0.0

    def expect(self, expectation: Expectation) -> None:
        self.expectations.append(expectation)

    async def feed(self, pcm: bytes) -> list[Any]:
        if self._hearing.hangs:
            seconds, self._hearing.hangs = self._hearing.hangs, 0.0
            await asyncio.sleep(seconds)
            raise EarFailed("decoding does not end")
        if self._hearing.breaks():
            raise EarFailed("broken")
        self._seconds += FRAME
        found = self._notes.pop(pcm, [])
        events = []
        for event in found:
            if isinstance(event, Utterance):
                ended = self._seconds - self._hearing.patience
                event = replace(event, speech_started=ended - event.speech_ended, speech_ended=ended)
            events.append(event)
        return events

    def key(self) -> Utterance | None:
        half, self.half = self.half, None
        return half

    def reset(self) -> None: ...

    async def close(self) -> None: ...


class FakeHearing:
    """Makes the ears; `broken` breaks the present one and all later ones."""

    def __init__(self) -> None:
        self.notes: dict[bytes, list[Any]] = {}
        self.broken = False
        self.fails_once = False
        self.patience = PATIENCE
        """Seconds of silence that end a turn."""
        self.hangs = 0.0
        """Seconds that the next frame takes before its ear fails."""
        self.ears: list[FakeEar] = []

    def ear(self) -> Any:
        made = FakeEar(self)
        self.ears.append(made)
        return made

    def breaks(self) -> bool:
        """Whether the ear that hears now fails."""
        if self.fails_once:
            self.fails_once = False
            return True
        return self.broken
