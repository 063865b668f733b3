"""The records of calls, kept off the event loop; whatever happens to the database, a call goes on.

What the database did not take is written later (`catch_up`), as long as the process lives; call-backs survive it too.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from care import calls
from care.clock import utc_now
from care.db import unit_of_work
from voice_gateway.call.house import Caller, Ended, Opening
from voice_gateway.leg import Leg

log = structlog.get_logger(__name__)

LATER = 500
"""Records that wait for the database at most."""


class Book:
    """Writes `care.calls`."""

    def __init__(self) -> None:
        self._later: deque[Callable[[], object]] = deque(maxlen=LATER)

    async def begin(self, leg: Leg, opening: Opening) -> Caller:
        """Records that a call begins; who calls, as far as it is known."""
        facts = (leg.id, leg.line, opening.phone or leg.caller, opening, utc_now(), leg.can_transfer)
        written = await asyncio.to_thread(self._write, lambda: _begin(*facts), lambda: _begin(*facts, late=True))
        return written or Caller()

    async def note(self, conversation: str, phone: str, why: str) -> None:
        """Makes sure that somebody calls back."""
        await asyncio.to_thread(calls.leave_note, conversation, phone, why)

    async def end(self, call: str, ended: Ended) -> None:
        """Records how a call ended."""
        await asyncio.to_thread(self._write, lambda: _end(call, ended), lambda: _end(call, ended))

    def catch_up(self) -> None:
        """Writes what the database did not take before, as far as it takes it now."""
        while self._later:
            try:
                self._later[0]()
            except SQLAlchemyError:
                return
            self._later.popleft()

    def _write(self, now: Callable[[], Caller | None], later: Callable[[], object]) -> Caller | None:
        try:
            return now()
        except SQLAlchemyError as error:
            log.error("call_recorded_later", error=type(error).__name__)
            self._later.append(later)
            return None


def _begin(
    call: str, line: str, phone: str, opening: Opening, began: datetime, transfers: bool, late: bool = False
) -> Caller:
    with unit_of_work() as session:
        known = calls.begin(
            session, call, line, phone, opening.direction, opening.purpose,
            began=began, offers=not late, transfers=transfers,
        )  # fmt: skip
        return Caller(known.pace, known.loud, known.region, known.accent, known.hint, known.offer)


def _end(call: str, ended: Ended) -> None:
    with unit_of_work() as session:
        figures = ended.figures | {"line": ended.line}
        calls.end(session, call, ended.outcome, ended.reason, figures, ended.keep_audio)
