"""One call with everything around it faked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes_call.clock import run_jumping
from tests.fakes_call.desk import FakeBook, FakeDesk
from tests.fakes_call.hearing import FakeHearing
from tests.fakes_call.line import ScriptLeg
from tests.fakes_call.person import Person
from tests.fakes_call.voice import FRAME, FakeVoice
from voice_gateway.audio import FRAME_BYTES
from voice_gateway.call.call import Call
from voice_gateway.call.house import House, Opening
from voice_gateway.leg import Sound


@dataclass
class Scene:
    """One call with everything around it faked."""

    desk: FakeDesk = field(default_factory=FakeDesk)
    voice: FakeVoice = field(default_factory=FakeVoice)
    hearing: FakeHearing = field(default_factory=FakeHearing)
    book: FakeBook = field(default_factory=FakeBook)
    leg: ScriptLeg | None = None
    opening: Opening = field(default_factory=Opening)
    house: dict[str, Any] = field(default_factory=dict)
    task: asyncio.Task[None] | None = None

    def play(self, part: Callable[[Person], Awaitable[None]]) -> Person:
        """Runs the call with the test's part of it; afterwards the caller hangs up if the call still goes on."""
        return run_jumping(self._play(part))

    async def _play(self, part: Callable[[Person], Awaitable[None]]) -> Person:
        self.leg = self.leg or ScriptLeg()
        house = House(self.desk, self.hearing, self.voice, self.book, **self.house)
        await house.standby.prepare(self.voice)
        self.voice.asked.clear()
        finished = asyncio.Event()
        person = Person(self.leg, self.hearing, self.voice, finished)
        self.task = asyncio.create_task(self._whole(Call(self.leg, house, self.opening), finished))
        sound = asyncio.create_task(self._line_noise())
        await part(person)
        if not finished.is_set():
            await person.hangs_up()
        await asyncio.wait_for(finished.wait(), 60)
        sound.cancel()
        return person

    @staticmethod
    async def _whole(call: Call, finished: asyncio.Event) -> None:
        try:
            await call.run()
        finally:
            finished.set()

    async def _line_noise(self) -> None:
        assert self.leg
        while True:
            self.leg.happens(Sound(bytes(FRAME_BYTES)))
            await asyncio.sleep(FRAME)
