"""One call from answer to hang-up: puts line, ear, mouth and dialogue together, and ends exactly once."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import structlog

from care.logs import where
from care.texts import phrase
from voice_gateway.call.dialogue import Dialogue
from voice_gateway.call.figures import Figures
from voice_gateway.call.happenings import Held, Left, NearEnd, Pressed
from voice_gateway.call.house import Caller, Ended, House, Opening
from voice_gateway.call.ladders import CallLimit
from voice_gateway.call.listener import Listener
from voice_gateway.call.mouth import Mouth
from voice_gateway.call.playback import Playback
from voice_gateway.call.soundfile import SoundFile
from voice_gateway.leg import Gone, Hold, Key, Leg, Sound

log = structlog.get_logger(__name__)

LOOK_UP = 0.4
"""Seconds that looking the caller up may hold back the greeting."""
GOODBYE_BEFORE = 20.0
"""Seconds before the line's own limit at which the call says goodbye."""
DRAIN = 0.3
"""Seconds of quiet after the last word, so that no network cuts it off."""
STOPPING = 6.0
"""Longest that a call goes on when the process is told to stop."""


class Call:
    """One call; `run` returns when it is over."""

    def __init__(self, leg: Leg, house: House, opening: Opening | None = None, file: SoundFile | None = None) -> None:
        """
        Args:
            leg: the other side; not answered yet.
            house: what all calls share.
            file: where the sound is kept, if it is.
        """
        self._leg = leg
        self._house = house
        self._opening = opening or Opening()
        self._file = file
        self._inbox: asyncio.Queue[Any] = asyncio.Queue()
        self._figures = Figures()
        self._listener = Listener(house.hearing, self._inbox.put_nowait)
        self._playback = Playback(self._send, lambda: self._dialogue.dead_air())
        self._mouth = Mouth(house.voice, self._playback, house.standby)
        self._dialogue = Dialogue(
            leg,
            house,
            self._opening,
            self._playback,
            self._mouth,
            self._listener,
            self._figures,
            self._inbox.put_nowait,
        )
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self) -> None:
        """Runs the whole call."""
        looked_up = asyncio.ensure_future(self._house.book.begin(self._leg, self._opening))
        reason = "hotline"
        outcome = "stopped"
        limit: CallLimit | None = None
        try:
            await self._leg.answer()
            for part in (self._playback.run(), self._read(), self._listener.run()):
                self._tasks.append(asyncio.create_task(self._guarded(part)))
            limit = CallLimit(
                self._house.max_minutes - GOODBYE_BEFORE / 60,
                lambda: self._inbox.put_nowait(NearEnd(False)), lambda: self._inbox.put_nowait(NearEnd(True)),
            )  # fmt: skip
            self._dialogue.greet(await self._caller(looked_up))
            reason = await self._until_over()
            outcome = "transferred" if reason == "transferred" else self._dialogue.outcome or "hung_up"
        except asyncio.CancelledError:
            await self._stopped()
            raise
        except Exception as error:  # one call's fault ends that call only
            log.error("call_failed", error=where(error))
            outcome = "broken"
        finally:
            if limit:
                limit.stop()
            await self._close(looked_up)
            await self._house.book.end(self._leg.id, self._ended(outcome, reason))

    async def _caller(self, looked_up: asyncio.Future[Caller]) -> Caller:
        try:
            return await asyncio.wait_for(asyncio.shield(looked_up), LOOK_UP)
        except TimeoutError:
            return Caller()
        except Exception as error:  # whoever calls is somebody unknown then, and still a caller
            log.error("caller_not_looked_up", error=where(error))
            return Caller()

    async def _until_over(self) -> str:
        """Deals with what happens until the call is over; how the line ended."""
        while True:
            event = await self._inbox.get()
            if isinstance(event, Left):
                await self._gone(event.reason)
                return event.reason
            self._dialogue.on(event)
            if self._dialogue.outcome == "transferred":
                return await self._handed_over()
            if self._dialogue.outcome:
                await asyncio.sleep(DRAIN)
                return "hotline"

    async def _gone(self, reason: str) -> None:
        await self._dialogue.left()
        if reason in ("error", "lost"):
            await self._house.book.note(self._leg.id, self._opening.phone or self._leg.caller, reason)

    async def _handed_over(self) -> str:
        """Somebody else has the caller; the line says when that is over."""
        self._playback.ended = True
        while True:
            event = await self._inbox.get()
            if isinstance(event, Left):
                return event.reason

    async def _stopped(self) -> None:
        """The process stops: one sentence, then the end."""
        await self._dialogue.close()
        self._playback.stop(everything=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(STOPPING):
                await self._mouth.at_once(phrase("call.stopping")).done.wait()
                await asyncio.sleep(DRAIN)

    async def _close(self, looked_up: asyncio.Future[Caller]) -> None:
        await self._dialogue.close()
        await self._mouth.close()
        await self._leg.hang_up()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._dialogue.turns.close()
        await asyncio.wait([looked_up], timeout=STOPPING)
        if self._file:
            await self._file.close(keep=self._dialogue.turns.recorded)

    def _ended(self, outcome: str, reason: str) -> Ended:
        kept = self._file is not None and self._dialogue.turns.recorded
        return Ended(outcome, reason, self._figures.as_dict(), self._leg.quality(), kept)

    async def _read(self) -> None:
        async for event in self._leg.events():
            match event:
                case Sound(pcm):
                    self._listener.sound(pcm)
                    if self._file:
                        self._file.caller(pcm)
                case Key(digit):
                    self._inbox.put_nowait(Pressed(digit))
                case Hold(on):
                    self._inbox.put_nowait(Held(on))
                case Gone(reason):
                    self._inbox.put_nowait(Left(reason))
                    return
        self._inbox.put_nowait(Left("error"))

    async def _guarded(self, part: Any) -> None:
        try:
            await part
        except Exception as error:  # the line broke: the call is over
            log.error("call_part_failed", error=where(error))
            self._figures.faults.append("line")
            self._inbox.put_nowait(Left("error"))

    def _send(self, pcm: bytes) -> None:
        self._leg.send(pcm)
        if self._file:
            self._file.hotline(pcm)
