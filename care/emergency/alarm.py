"""What happens in an emergency: one calm sentence of what to do, a record, an urgent ticket, and staying with them.

Only what was really done is said to be done. The open task and its draft are left untouched, and are not mentioned
until the person says that the danger is over.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.clock import utc_now
from care.conversation.hearing import bare, command
from care.conversation.model import Conversation
from care.emergency.detect import SURE, Emergency, urgency
from care.emergency.model import EmergencyRecord
from care.handover import goes_through, open_ticket
from care.masking import mask
from care.reply import Command, Outcome, Reply
from care.settings import settings
from care.texts import reply

FOLLOW_UP = Path(__file__).parents[1] / "data" / "emergency_follow_up.yaml"
PATIENCE = 2
"""Calm sentences that answer nothing in particular before the assistant lets everyday business go on."""
OF_KIND = {
    "place_told": {"suicide": "place_told_safe", "crime": "place_told_safe", "fire": "leave_first", "gas": "leave_first", "lost": "place_told_lost"},
    "with_you": {"suicide": "with_you_suicide", "crime": "with_you_110", "fire": "with_you_119", "gas": "with_you_119", "lost": "with_you_lost", "locked_out": "with_you_110"},
    "still_there": {"suicide": "still_there_suicide", "crime": "still_there_110", "lost": "still_there_110", "locked_out": "still_there_110"},
    "means_at_hand": {"fire": "leave_first", "gas": "leave_first"},
    "waking": {"suicide": "listening", "crime": "listening", "lost": "listening", "locked_out": "listening"},
    "over": {"suicide": "over_safe", "crime": "over_safe", "lost": "over_safe", "locked_out": "over_safe", "fire": "over_safe", "gas": "over_safe"},
}  # fmt: skip
"""What is said instead, by what was heard and the kind of emergency: advice for the injured is not for all."""
CALLS = {"fire": "119", "gas": "119", "crime": "110", "lost": "110", "locked_out": "110"}
"""Who is called first, by kind; all others 120."""


def advice(emergency: Emergency) -> Reply:
    """What to do now, without any record: for when the database is down."""
    return reply(f"emergency.{emergency.kind}")


def raise_alarm(session: Session, conversation: Conversation, emergency: Emergency, text: str) -> Outcome:
    """Records the emergency, opens an urgent ticket, and says what to do now.

    An emergency that goes on in the same conversation gets no second record: the words are added to the first.
    """
    record = _open_record(session, conversation)
    if record is not None and conversation.state == "emergency":
        return _going_on(session, conversation, record, emergency, text)
    if record is None:
        record = EmergencyRecord(
            conversation_id=conversation.id,
            kind=emergency.kind,
            words=mask(text),
            phone=conversation.phone,
            person_id=conversation.person_id,
            alerts=[],
        )
        session.add(record)
    else:
        record.words = f"{record.words}\n{mask(text)}"
    _alert_desk(session, conversation, record, emergency.kind, text)
    conversation.remember(emergency={"kind": emergency.kind, "calm": 0, "asked": ["first"]})
    conversation.state = "emergency"
    done = reply("emergency.desk_told", number=record.ticket)
    return Outcome([_first(emergency.kind), done], "emergency")


def follow_up(session: Session, conversation: Conversation, text: str) -> Outcome | None:
    """The next words of somebody in an emergency.

    Returns:
        What to say; nothing when these words are for somebody else (a command such as 人工, or everyday business
        after the danger was denied or left unmentioned twice).
    """
    if command(text):
        return None
    record = _open_record(session, conversation)
    heard = _heard(text)
    if heard == "over":
        return _over(session, conversation, record)
    if record is not None:
        record.words = f"{record.words}\n{mask(text)}"
        _alert_desk(session, conversation, record, record.kind, text)
    memory = conversation.recall("emergency", {"kind": "other", "calm": 0})
    if heard in ("call_120", "call_119", "call_110"):
        return _call(conversation, heard.removeprefix("call_"))
    if heard:
        conversation.remember(emergency={**memory, "calm": 0})
        return Outcome([_said(heard, memory["kind"])], "emergency")
    if memory["calm"] >= PATIENCE:
        conversation.remember(emergency=None)
        conversation.state = "idle"
        return None
    conversation.remember(emergency={**memory, "calm": memory["calm"] + 1})
    told = OF_KIND["still_there"].get(memory["kind"]) if memory["calm"] == 0 else None
    return Outcome([reply(f"emergency.{told or 'still_there'}", attempt=memory["calm"])], "emergency")


@lru_cache
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data: dict[str, list[str]] = yaml.safe_load(FOLLOW_UP.read_text(encoding="utf-8"))
    return tuple((name, re.compile("|".join(f"(?:{e})" for e in expressions))) for name, expressions in data.items())


def _heard(text: str) -> str | None:
    words = bare(text)
    return next((name for name, expression in _words() if expression.search(words)), None)


def _said(heard: str, kind: str) -> Reply:
    return reply(f"emergency.{OF_KIND.get(heard, {}).get(kind, heard)}")


def _open_record(session: Session, conversation: Conversation) -> EmergencyRecord | None:
    return session.scalar(
        select(EmergencyRecord)
        .where(EmergencyRecord.conversation_id == conversation.id, EmergencyRecord.over.is_(None))
        .order_by(EmergencyRecord.id.desc())
    )


def _alert_desk(session: Session, conversation: Conversation, record: EmergencyRecord, kind: str, text: str) -> None:
    ticket = open_ticket(session, "emergency", conversation, f"{kind}：{text}", urgent=True)
    if record.ticket != ticket.number:
        record.ticket = ticket.number
        at = utc_now().isoformat(timespec="seconds")
        record.alerts = [*record.alerts, {"what": "ticket", "number": ticket.number, "at": at}]


def _first(kind: str) -> Reply:
    said = reply(f"emergency.{kind}")
    detail: dict[str, Any] = {"to": "duty", "urgent": True, "advise": CALLS.get(kind, "120")}
    return Reply(said.say, said.show, said.choices, Command("transfer", detail))


def _going_on(
    session: Session, conversation: Conversation, record: EmergencyRecord, emergency: Emergency, text: str
) -> Outcome:
    record.words = f"{record.words}\n{mask(text)}"
    _alert_desk(session, conversation, record, emergency.kind, text)
    memory = conversation.recall("emergency", {"kind": record.kind})
    heard = _heard(text)
    if heard == "over" and urgency(text) <= SURE:  # 大夫来看过了，说没大事: words of danger, told of what is over
        return _over(session, conversation, record)
    conversation.remember(emergency={**memory, "calm": 0})
    if heard and heard.startswith("call_"):
        return _call(conversation, heard.removeprefix("call_"))
    if heard == "means_at_hand":
        return Outcome([_said(heard, memory["kind"])], "emergency")
    if emergency.kind in (memory["kind"], "other"):
        return Outcome([_said("with_you", memory["kind"])], "emergency")
    conversation.remember(emergency={**memory, "kind": emergency.kind, "calm": 0})
    return Outcome([_first(emergency.kind)], "emergency")


def _call(conversation: Conversation, number: str) -> Outcome:
    spoken = conversation.channel == "phone"
    through = goes_through(conversation) and number in settings().emergency_numbers
    detail = {"to": number if through or not spoken else "duty", "urgent": True}
    name = ("call_phone" if through else "call_self") if spoken else "call_chat"
    said = reply(f"emergency.{name}_{number}")
    return Outcome([Reply(said.say, said.show, said.choices, Command("transfer", detail))], "emergency")


def _over(session: Session, conversation: Conversation, record: EmergencyRecord | None) -> Outcome:
    if record is not None:
        record.over = utc_now()
        open_ticket(session, "emergency", conversation, "本人说已经没事了，仍请回访", urgent=True)
    kind = conversation.recall("emergency", {"kind": "other"})["kind"]
    conversation.remember(emergency=None)
    conversation.state = "idle"
    said = _said("over", kind)
    if conversation.task is None:
        return Outcome([said], "idle")
    from care.tasks import TASKS  # the tasks import their capabilities, and those this one

    asked = TASKS[conversation.task].ask(session, conversation, True)
    return Outcome([said, *asked.replies], asked.state, asked.order)
