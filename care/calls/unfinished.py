"""A booking that was broken off (the line dropped, the caller had to go) is offered at the caller's next call.

The offer names nothing: whoever holds the telephone learns no more than that something was begun.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from care import booking
from care.booking.draft import TASK, Draft
from care.calls.words import means
from care.clock import today, utc_now
from care.conversation.model import Conversation
from care.reply import Outcome, Reply
from care.texts import reply

ASKING = "unfinished"
KEPT = timedelta(days=3)
"""Older wishes are not offered any more."""
OFFERS = 2
"""So often a broken-off booking is offered."""
OFFERED = "unfinished_offered"
"""Memory key in the old conversation: how often."""
FROM = "unfinished_from"
"""Memory key in the new conversation: the old one's id."""


def offer(session: Session, conversation: Conversation) -> Reply | None:
    """The offer for the greeting of this caller's new call; nothing when nothing was broken off."""
    old = _broken_off(session, conversation)
    if old is None:
        return None
    old.remember(**{OFFERED: old.recall(OFFERED, 0) + 1})
    said = reply("call.unfinished")
    conversation.remember(**{FROM: old.id})
    conversation.state, conversation.last_replies = f"asking_{ASKING}", [said.as_dict()]
    return said


def answer(session: Session, conversation: Conversation, text: str) -> Outcome | None:
    """What follows from the answer; nothing when it was no answer but something new."""
    old = session.get(Conversation, conversation.recall(FROM, ""))
    conversation.remember(**{FROM: None})
    conversation.state = "idle"
    goes_on = means(text, "go_on") or means(text, "affirm")
    if old is None or not (goes_on or means(text, "drop") or means(text, "deny")):
        return None
    kept, old.task = old.draft(TASK), None
    old.keep_draft(TASK, None)
    if not goes_on:
        return Outcome([reply("call.unfinished_dropped")], "idle")
    draft = Draft.model_validate(kept)
    if draft.date and date.fromisoformat(draft.date) < today():
        draft.forget("date")
    draft.asking, draft.misses, draft.prompt, draft.repeated, draft.waiting = "", {}, "", 0, False
    draft.guarded = [draft.address, str(draft.offered.get("place") or ""), draft.name, draft.phone]
    conversation.keep_draft(TASK, draft.model_dump())
    conversation.task = TASK
    conversation.region = conversation.region or draft.region
    return booking.task.ask(session, conversation, True)


def _broken_off(session: Session, conversation: Conversation) -> Conversation | None:
    if not conversation.phone:
        return None
    recent = session.scalars(
        select(Conversation)
        .where(
            Conversation.phone == conversation.phone,
            Conversation.id != conversation.id,
            Conversation.updated >= utc_now() - KEPT,
        )
        .order_by(Conversation.updated.desc())
        .limit(5)
    )
    for old in recent:
        if old.draft(TASK).get("service") and old.recall(OFFERED, 0) < OFFERS:
            return old
    return None
