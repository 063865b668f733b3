"""The records of calls, kept off the event loop; whatever happens to the database, a call goes on."""

from __future__ import annotations

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError

from care import calls
from care.db import unit_of_work
from voice_gateway.call.house import Caller, Ended, Opening
from voice_gateway.leg import Leg

log = structlog.get_logger(__name__)


class Book:
    """Writes `care.calls`."""

    async def begin(self, leg: Leg, opening: Opening) -> Caller:
        """Records that a call begins; who calls, as far as it is known."""
        return await asyncio.to_thread(_begin, leg.id, leg.line, opening.phone or leg.caller, opening)

    async def note(self, conversation: str, phone: str, why: str) -> None:
        """Makes sure that somebody calls back."""
        await asyncio.to_thread(calls.leave_note, conversation, phone, why)

    async def end(self, call: str, ended: Ended) -> None:
        """Records how a call ended."""
        await asyncio.to_thread(_end, call, ended)


def _begin(call: str, line: str, phone: str, opening: Opening) -> Caller:
    try:
        with unit_of_work() as session:
            known = calls.begin(session, call, line, phone, opening.direction, opening.purpose)
            return Caller(known.pace, known.loud, known.region, known.offer)
    except SQLAlchemyError as error:
        log.error("call_not_recorded", error=type(error).__name__)
        return Caller()


def _end(call: str, ended: Ended) -> None:
    try:
        with unit_of_work() as session:
            figures = ended.figures | {"line": ended.line}
            calls.end(session, call, ended.outcome, ended.reason, figures, ended.keep_audio)
    except SQLAlchemyError as error:
        log.error("call_end_not_recorded", error=type(error).__name__)
