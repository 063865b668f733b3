"""Calls to the running product, by a scripted caller with a voice."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from pathlib import Path

import vosk
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.calls.model import CallRecord
from care.conversation.model import Conversation
from care.conversation.model import Line as Spoken
from care.db import reading
from care.settings import settings
from voice_gateway.sip.caller import Channel
from yinling.caller.command import newest_call, overhear
from yinling.caller.person import Person, Report
from yinling.caller.script import Line, read
from yinling.caller.sounds import Sounds

SCRIPTS = Path(__file__).parent.parent / "data" / "calls"
SETTLED = 10.0
"""Seconds that the record of a call may take after its end."""


def target() -> str:
    """The hotline of this product."""
    return f"sip:{settings().sip_user}@127.0.0.1:{settings().sip_port}"


@lru_cache
def ears() -> vosk.Model:
    """What the caller hears with."""
    vosk.SetLogLevel(-1)
    return vosk.Model(str(settings().speech_model))


async def call(
    script: str | list[Line], number: str, *, voice: str = "zm_yunxia", channel: Channel | None = None, refer: int = 501
) -> Report:
    """One call by a script (a file of `tests/data/calls`, or lines)."""
    lines = read(SCRIPTS / f"{script}.yml") if isinstance(script, str) else script
    sounds = Sounds(voice)
    await sounds.prepare(lines)
    person = Person(lines, sounds, ears(), print, lambda: overhear(number))
    return await person.call(target(), number, channel, refer)


async def ended(number: str) -> CallRecord:
    """The record of the newest call of a number, once it is complete."""
    async with asyncio.timeout(SETTLED):
        while True:
            with reading() as session:
                record = newest_call(session, number)
                if record and record.ended:
                    session.expunge(record)
                    return record
            await asyncio.sleep(0.1)


def conversation(session: Session, number: str) -> Conversation:
    """The conversation of the newest call of a number."""
    record = newest_call(session, number)
    assert record
    return session.get_one(Conversation, record.id)


def turns(number: str) -> list[Spoken]:
    """What was heard and said in the newest call of a number."""
    with reading() as session:
        found = session.scalars(
            select(Spoken).where(Spoken.conversation_id == conversation(session, number).id).order_by(Spoken.id)
        ).all()
        session.expunge_all()
        return list(found)
