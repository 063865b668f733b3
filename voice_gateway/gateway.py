"""The telephone of one process: line, ears, voice and desk put together; every call passes through here."""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from care import calls, emergency
from care.conversation.service import Desk
from care.db import reading, unit_of_work
from care.handover import desk_is_open
from care.masking import mask
from care.settings import Settings, settings
from care.texts import phrase
from voice_gateway.call.book import Book
from voice_gateway.call.call import Call
from voice_gateway.call.house import House, Opening
from voice_gateway.call.mouth import Standby
from voice_gateway.call.soundfile import SoundFile
from voice_gateway.leg import Leg
from voice_gateway.listening import Hearing
from voice_gateway.sip.dialling import DialFailed
from voice_gateway.sip.line import Line
from voice_gateway.speaking import Voice

log = structlog.get_logger(__name__)

NOTES_SECONDS = 30.0
"""How often call-backs noted on disk are tried to be put on the desk."""
EXPIRY_SECONDS = 6 * 3600.0
"""How often sound that has expired is removed."""
STANDBY_SECONDS = 10.0
"""How long making the sentences that must always be at hand may hold back the line; the rest is made meanwhile."""
NAME = "王秀英，幸福路"
"""Words that are no prepared clip: planning them loads what live text needs, before the first caller has to wait for it."""
PURPOSE = re.compile(r"[a-z_]{1,20}")


class UnknownPurpose(Exception):
    """There is no greeting for calls of this purpose."""


@dataclass
class Running:
    """A call that is not over."""

    leg: Leg
    opening: Opening
    began: float = field(default_factory=time.monotonic)


class Gateway:
    """One per process."""

    def __init__(self, chosen: Settings | None = None) -> None:
        self._settings = chosen or settings()
        self._desk = Desk()
        self._hearing = Hearing()
        self.voice = Voice()
        self.line = Line(
            self.on_call,
            self._settings,
            on_file=_may_be_called,
            placed_today=lambda number: _placed_today(number),
            other_calls=lambda: sum(call.leg.line != "sip" for call in self._running.values()),
        )
        self._standby = Standby()
        self._book = Book()
        self._house = House(
            desk=self._desk,
            hearing=self._hearing,
            voice=self.voice,
            book=self._book,
            standby=self._standby,
            operators=tuple(self._settings.operator_numbers),
            on_duty=desk_is_open,
            max_minutes=self._settings.sip_max_minutes,
            keep_audio_days=self._settings.keep_audio_days,
        )
        self._running: dict[str, Running] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.ready = False

    async def start(self) -> None:
        """Loads everything, then opens the line.

        Raises:
            ModelError: the speech model cannot be used.
            OSError: the SIP port is taken.
        """
        await asyncio.gather(self._hearing.ready(), self.voice.warm(), asyncio.to_thread(emergency.check, "您好"))
        await asyncio.to_thread(self.voice.planned, NAME)
        standby = self._beside(self._standby.prepare(self.voice))
        await asyncio.wait([standby], timeout=STANDBY_SECONDS)
        await self.line.start()
        self._beside(self._notes())
        self._beside(self._expiry())
        self.ready = True

    async def stop(self) -> None:
        """Closes the line; running calls say goodbye."""
        self.ready = False
        for task in self._tasks:  # among them the calls that we placed
            task.cancel()
        await asyncio.gather(self.line.stop(), *self._tasks, return_exceptions=True)
        await self.voice.close()
        self._hearing.close()
        await self._desk.close()

    async def on_call(self, leg: Leg) -> None:
        """Runs one whole call that came in."""
        await self._run(leg, Opening())

    def has_room(self) -> bool:
        """Whether one more call may begin."""
        return self.ready and len(self._running) < self._settings.sip_calls

    def running(self) -> list[dict[str, Any]]:
        """The calls that are not over, with masked numbers."""
        return [
            {
                "id": call.leg.id,
                "line": call.leg.line,
                "direction": call.opening.direction,
                "purpose": call.opening.purpose,
                "phone": mask(call.opening.phone or call.leg.caller),
                "seconds": round(time.monotonic() - call.began),
            }
            for call in self._running.values()
        ]

    def place(self, number: str, purpose: str) -> str:
        """Begins an outgoing call; gives its number as it is dialled. What becomes of it stands in the records.

        Raises:
            UnknownPurpose: there is no greeting for it.
            DialRefused: the rules do not allow this call.
        """
        if not PURPOSE.fullmatch(purpose) or not _has_greeting(purpose):
            raise UnknownPurpose(purpose)
        allowed = self.line.permission.check(number)
        self._beside(self._place(allowed, purpose))
        return allowed

    async def _place(self, number: str, purpose: str) -> None:
        try:
            leg = await self.line.dial(number)
        except Exception as error:  # also whatever a trunk may do; it is recorded and nobody is kept waiting
            why = error.reason if isinstance(error, DialFailed) else "error"
            log.warning("call_not_taken", why=why, error=type(error).__name__)
            await asyncio.to_thread(_not_reached, number, purpose, why)
            return
        try:
            await self._run(leg, Opening("out", purpose, number))
        finally:
            await leg.hang_up()

    async def _run(self, leg: Leg, opening: Opening) -> None:
        file = SoundFile(calls.path(leg.id)) if self._settings.keep_audio_days else None
        self._running[leg.id] = Running(leg, opening)
        try:
            await Call(leg, self._house, opening, file).run()
        finally:
            del self._running[leg.id]

    def _beside(self, work: Any) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _notes(self) -> None:
        while True:
            await asyncio.to_thread(self._book.catch_up)
            if taken := await asyncio.to_thread(calls.take_up_notes):
                log.info("notes_taken_up", count=taken)
            await asyncio.sleep(NOTES_SECONDS)

    @staticmethod
    async def _expiry() -> None:
        while True:
            if removed := await asyncio.to_thread(_expire):
                log.info("sound_expired", count=removed)
            await asyncio.sleep(EXPIRY_SECONDS)


def _may_be_called(number: str) -> bool:
    with reading() as session:
        return calls.may_be_called(session, number)


def _placed_today(number: str) -> int:
    with reading() as session:
        return calls.placed_today(session, number)


def _not_reached(number: str, purpose: str, why: str) -> None:
    try:
        with unit_of_work() as session:
            calls.failed_to_reach(session, f"sip-{uuid.uuid4().hex}", number, purpose, why)
    except SQLAlchemyError as error:
        log.error("call_not_recorded", error=type(error).__name__)


def _expire() -> int:
    try:
        with unit_of_work() as session:
            return calls.expire(session)
    except SQLAlchemyError as error:
        log.error("expiry_failed", error=type(error).__name__)
        return 0


def _has_greeting(purpose: str) -> bool:
    try:
        return bool(phrase(f"call.outgoing_{purpose}"))
    except KeyError:
        return False
