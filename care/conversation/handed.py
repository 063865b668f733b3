"""A telephone number told right after a wish for people: it goes onto their ticket, and what was open goes on."""

from __future__ import annotations

from sqlalchemy.orm import Session

from care import booking, handover
from care.conversation.model import Conversation
from care.reply import Outcome
from care.tasks import TASKS


def number_given(session: Session, conversation: Conversation, text: str) -> Outcome | None:
    """What is said to the number: that it is noted, and the question that was open once more; none where it is no such number."""
    told = handover.number_given(session, conversation, text)
    task = TASKS.get(conversation.task or "")
    if told is None or task is None or not conversation.draft(task.name):
        return told
    booking.number_told(conversation, handover.find_phone(text) or "")
    asked = task.ask(session, conversation, True)
    return Outcome([*told.replies, *asked.replies], asked.state, asked.order)
