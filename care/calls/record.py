"""Opens and closes the record of a call, and finds out who is calling and how they like to be spoken to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care import regions
from care.calls import unfinished
from care.calls.model import CallRecord
from care.clock import utc_now
from care.conversation import accent
from care.conversation.manners import RATE_DEFAULT
from care.conversation.model import Conversation, Line
from care.conversation.opening import opened
from care.handover import NO_TRANSFER
from care.reply import Reply
from care.texts import reply

CHANNEL = "phone"
RECENT = 50
"""Calls listed at most."""


@dataclass(frozen=True)
class Known:
    """What is known of a caller from their number alone."""

    pace: int = RATE_DEFAULT
    """Hanzi a minute."""
    loud: bool = False
    region: str = ""
    accent: str = accent.MANDARIN
    """What is spoken to them, as `voice_gateway.speaking` names it."""
    hint: Reply | None = None
    """How to change that, for the greeting."""
    offer: Reply | None = None
    """A booking that was broken off, offered to be gone on with."""


def begin(
    session: Session,
    call: str,
    line: str,
    phone: str,
    direction: str = "in",
    purpose: str = "",
    *,
    began: datetime | None = None,
    offers: bool = True,
    transfers: bool = True,
) -> Known:
    """Records that a call begins, and begins its conversation under the same id.

    Args:
        began: when, if it was not just now.
        offers: whether a broken-off booking may be offered; not when the call is going on already.
        transfers: whether this line can be joined to another telephone.
    """
    facts = {"line": line, "direction": direction, "purpose": purpose, "phone": phone}
    session.add(CallRecord(id=call, **facts, began=began or utc_now(), figures={}))
    conversation = opened(session, call, CHANNEL, phone or None)
    before = _last_conversation(session, phone, call)
    person = conversation.person
    pace = (person.speech_rate if person else None) or (before.recall("rate") if before else None) or RATE_DEFAULT
    loud = person.loud if person else bool(before and before.recall("loud"))
    spoken = accent.of(conversation, before)
    conversation.remember(**{NO_TRANSFER: None if transfers else True})
    conversation.remember(rate=pace if pace != RATE_DEFAULT else None, loud=loud or None, accent=spoken or None)
    offer = unfinished.offer(session, conversation) if offers else None
    hint = _hint(conversation, spoken, first=before is None and direction == "in", asked=offer is not None)
    return Known(pace, loud, conversation.region, spoken or accent.MANDARIN, hint, offer)


def _hint(conversation: Conversation, spoken: str, first: bool, asked: bool) -> Reply | None:
    """The way to Cantonese where many speak it, at the first call of a number; the way back at every call in Cantonese.

    Args:
        asked: a question follows, whose answers have the keys.
    """
    if spoken == accent.CANTONESE:
        return reply("accent.way_back")
    local = next((known.accent for known in regions.regions() if known.id == conversation.region), "")
    return reply("accent.offer") if local == accent.CANTONESE and first and not spoken and not asked else None


def end(session: Session, call: str, outcome: str, reason: str, figures: dict[str, Any], audio: bool = False) -> None:
    """Records how a call ended; once."""
    record = session.get(CallRecord, call)
    if record is not None and record.ended is None:
        record.ended = utc_now()
        record.outcome, record.reason, record.figures, record.audio = outcome, reason, figures, audio


def failed_to_reach(session: Session, call: str, phone: str, purpose: str, why: str) -> None:
    """Records an outgoing call that nobody answered."""
    now = utc_now()
    session.add(
        CallRecord(
            id=call, line="sip", direction="out", purpose=purpose, phone=phone, began=now, ended=now, outcome=why, figures={}
        )
    )  # fmt: skip


def of_phone(session: Session, phone: str = "") -> Sequence[CallRecord]:
    """The latest calls, of one number if one is given."""
    chosen = select(CallRecord).order_by(CallRecord.began.desc()).limit(RECENT)
    return session.scalars(chosen.where(CallRecord.phone == phone) if phone else chosen).all()


def transcript(session: Session, conversation: str) -> list[dict[str, Any]]:
    """What was said in a conversation, masked: time, what was heard, what was answered."""
    lines = session.scalars(select(Line).where(Line.conversation_id == conversation).order_by(Line.id))
    return [
        {
            "at": f"{line.at.isoformat()}Z",
            "heard": line.heard,
            "said": [part["say"] for part in line.said],
            "state": line.state,
        }
        for line in lines
    ]


def _last_conversation(session: Session, phone: str, call: str) -> Conversation | None:
    if not phone:
        return None
    return session.scalar(
        select(Conversation)
        .where(Conversation.phone == phone, Conversation.id != call)
        .order_by(Conversation.updated.desc())
        .limit(1)
    )
