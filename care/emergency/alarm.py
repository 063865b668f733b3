"""What happens in an emergency: one calm sentence of what to do, a record, an urgent ticket, and staying with them.

Only what was really done is said to be done. The open task and its draft are left untouched, and are not mentioned
until the person says that the danger is over.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.clock import utc_now
from care.conversation import machine
from care.conversation.hearing import command
from care.conversation.model import Conversation
from care.emergency import course
from care.emergency.detect import Emergency, is_weak, told_kind
from care.emergency.everyday import asks, goes_on
from care.emergency.leaving import NOTES, before, leave
from care.emergency.model import EmergencyRecord
from care.emergency.whereabouts import told
from care.handover import goes_through, open_ticket
from care.masking import mask
from care.reply import Command, Outcome, Reply
from care.settings import settings
from care.texts import has, reply

PATIENCE = 2
"""Calm sentences that answer nothing in particular before the assistant lets everyday business go on."""
PATIENCE_IN_DOUBT = 1
"""The same, where the words that raised the alarm hardly did."""
MEMORY = "emergency"
BY_THEMSELVES = {"suicide": ("over", "mistaken")}
"""What does not end an emergency of a kind when it is said for the first time."""
MET_AMID = ("means_at_hand", "someone_here", "alone", "bleeding_now", "unanswered")
"""What is met with its own sentence also among words of danger; anything else only where they hardly are such."""
DOUBTED = "doubtful_words"
"""Where the question about danger keeps the words that it doubts (`doubt`)."""
CALLS = {"fire": "119", "gas": "119", "crime": "110", "lost": "110", "locked_out": "110", "no_answer": "110"}
"""Who is called first, by kind; all others 120."""


def advice(emergency: Emergency) -> Reply:
    """What to do now, without any record: for when the database is down."""
    return course.advised(emergency.kind, emergency.words)


def raise_alarm(
    session: Session, conversation: Conversation, emergency: Emergency, text: str, *, agreed: bool = False
) -> Outcome:
    """Records the emergency, opens an urgent ticket, and says what to do now.

    An emergency that goes on in the same conversation gets no second record: the words are added to the first.

    Args:
        agreed: the person was asked, and said that there is danger.
    """
    record = _open_record(session, conversation)
    if record is not None and conversation.state == "emergency":
        return _going_on(session, conversation, record, emergency, text)
    if record is None:
        record = EmergencyRecord(
            conversation_id=conversation.id,
            kind=emergency.kind,
            words=mask(text),
            phone=told(conversation, text).phone or None,
            person_id=conversation.person_id,
            alerts=[],
        )
        session.add(record)
    else:
        record.words = f"{record.words}\n{mask(text)}"
    _alert_desk(session, conversation, record, emergency.kind, text)
    doubted = conversation.recall(DOUBTED)
    memory = {
        "kind": emergency.kind,
        "calm": 0,
        "weak": not agreed and is_weak(text),
        "another": course.of_another(text),
        "words": [doubted[0], text] if doubted else [text],
        "before": before(conversation, doubted),
    }
    conversation.remember(**{MEMORY: memory, DOUBTED: None})
    conversation.state = "emergency"
    done = reply("emergency.desk_told", number=record.ticket)
    return Outcome([_first(emergency.kind, text), done], "emergency")


def follow_up(session: Session, conversation: Conversation, text: str) -> Outcome | None:
    """The next words of somebody in an emergency.

    Returns:
        What to say; nothing when these words are for somebody else (a command such as 人工).
    """
    if command(text):
        return None
    if machine.asked(text) and not told_kind(text):
        memory = conversation.recall(MEMORY, {"kind": "other"})
        return Outcome([reply("conversation.machine"), course.said("still_there", memory)], "emergency")
    record = _open_record(session, conversation)
    memory = conversation.recall(MEMORY, {"kind": "other", "calm": 0})
    heard = course.heard(text, memory["kind"])
    ends = heard in NOTES or (heard == "declines" and memory.get("declined"))
    if (
        heard in ("declines", *BY_THEMSELVES.get(memory["kind"], ()))
        and not memory.get("declined")
        and not goes_on(text)
    ):
        return _say(conversation, "declines", memory | {"declined": True})
    if heard == "locksmith":
        return leave(session, conversation, record, "back", text)
    if ends or (memory.get("asked_over") and heard == "waking"):
        return leave(session, conversation, record, heard if heard in NOTES else "over", text)
    if record is not None:
        record.words = f"{record.words}\n{mask(text)}"
        _alert_desk(session, conversation, record, record.kind, text)
    if outcome := _answered(conversation, heard, memory, text):
        return outcome
    if goes_on(text):
        if memory.get("asked_over") or (memory.get("weak") and not asks(text)):
            return leave(session, conversation, record, "back", text)
        return _say(conversation, "ask_over", _told(memory, text) | {"asked_over": True})
    if heard:
        return _say(conversation, heard, _told(memory, text))
    if asks(text) and not memory.get("again"):
        conversation.remember(**{MEMORY: memory | {"again": True, "calm": 0}})
        return Outcome([course.said("", memory)], "emergency")
    if memory["calm"] >= (PATIENCE_IN_DOUBT if memory.get("weak") else PATIENCE):
        return leave(session, conversation, record, "back", text)
    said = (
        course.said("still_there", memory, memory["calm"])
        if memory["calm"] == 0
        else reply("emergency.still_there", attempt=1)
    )
    conversation.remember(**{MEMORY: memory | {"calm": memory["calm"] + 1, "words": [*memory.get("words", []), text]}})
    return Outcome([said], "emergency")


def _told(memory: dict[str, Any], text: str) -> dict[str, Any]:
    return memory | {"calm": 0, "words": [*memory.get("words", []), text]}


def _say(conversation: Conversation, what: str, memory: dict[str, Any]) -> Outcome:
    """Says what meets these words, in other words the second time."""
    times: dict[str, int] = memory.get("times", {})
    conversation.remember(**{MEMORY: memory | {"times": times | {what: times.get(what, 0) + 1}}})
    return Outcome([course.said(what, memory, times.get(what, 0))], "emergency")


def _answered(conversation: Conversation, heard: str | None, memory: dict[str, Any], text: str) -> Outcome | None:
    """What is said to a question, to help that was called, and to the wish to be put through."""
    if heard == "called":
        return _say(conversation, heard, _told(memory, text) | {"called": True})
    if heard and heard.startswith(course.ASKED):
        return _say(conversation, heard, memory | {"calm": 0})
    if heard == "call_it":
        return _call(conversation, CALLS.get(memory["kind"], "120"))
    if heard and heard.startswith("call_"):
        return _call(conversation, heard.removeprefix("call_"))
    return None


def _open_record(session: Session, conversation: Conversation) -> EmergencyRecord | None:
    return session.scalar(
        select(EmergencyRecord)
        .where(EmergencyRecord.conversation_id == conversation.id, EmergencyRecord.over.is_(None))
        .order_by(EmergencyRecord.id.desc())
    )


def _alert_desk(session: Session, conversation: Conversation, record: EmergencyRecord, kind: str, text: str) -> None:
    known = told(conversation, text)
    record.phone = record.phone or known.phone or None
    ticket = open_ticket(
        session, "emergency", conversation, f"{kind}：{text}", record.phone, urgent=True, whereabouts=known.place
    )
    if record.ticket != ticket.number:
        record.ticket = ticket.number
        at = utc_now().isoformat(timespec="seconds")
        record.alerts = [*record.alerts, {"what": "ticket", "number": ticket.number, "at": at}]


def _first(kind: str, text: str) -> Reply:
    said = course.advised(kind, text)
    detail: dict[str, Any] = {"to": "duty", "urgent": True, "advise": CALLS.get(kind, "120")}
    return Reply(said.say, said.show, said.choices, Command("transfer", detail))


def _going_on(
    session: Session, conversation: Conversation, record: EmergencyRecord, emergency: Emergency, text: str
) -> Outcome:
    record.words = f"{record.words}\n{mask(text)}"
    _alert_desk(session, conversation, record, emergency.kind, text)
    memory = conversation.recall(MEMORY, {"kind": record.kind, "calm": 0})
    heard = course.heard(text, memory["kind"])
    told = told_kind(text) or (emergency.kind if memory["kind"] == "other" else None)
    handed = heard == "handed" and told in (None, "other")  # 救护车来了: words of danger, told of what is over
    opened = memory["kind"] == "no_answer" and heard == "over" and told is None  # 门开了，她睡着了
    if handed or opened or (heard in NOTES and is_weak(text) and not (heard == "mistaken" and told)):
        return leave(session, conversation, record, heard or "over")
    if memory.get("weak") and is_weak(text) and goes_on(text) and not asks(text):
        return leave(session, conversation, record, "back", text)
    memory = _told(memory, text) | {"weak": memory.get("weak") and is_weak(text)}
    if course.changes(memory["kind"], told):
        conversation.remember(**{MEMORY: memory | {"kind": emergency.kind}})
        if not heard or not heard.startswith(course.ASKED):
            return Outcome([_first(emergency.kind, text)], "emergency")
        memory = memory | {"kind": emergency.kind}
    if outcome := _answered(conversation, heard, memory, text):
        return outcome
    own = heard in MET_AMID or (told is None and is_weak(text) and has(f"emergency.{heard}"))
    return _say(conversation, heard if heard and own else "with_you", memory)


def _call(conversation: Conversation, number: str) -> Outcome:
    spoken = conversation.channel == "phone"
    through = goes_through(conversation) and number in settings().emergency_numbers
    detail = {"to": number if through or not spoken else "duty", "urgent": True}
    name = ("call_phone" if through else "call_self") if spoken else "call_chat"
    said = reply(f"emergency.{name}_{number}")
    return Outcome([Reply(said.say, said.show, said.choices, Command("transfer", detail))], "emergency")
