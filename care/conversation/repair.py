"""When nothing was understood: rephrase with an example, then two choices, then a human (never the same twice)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from care import company
from care.conversation.model import Conversation
from care.handover import human
from care.reply import Outcome
from care.texts import reply
from care.turn import Turn

RUNGS = 2


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """The next rung of the ladder; while company is kept, company."""
    if company.going_on(conversation):
        return company.go_on(session, conversation, turn)
    conversation.misses += 1
    if conversation.misses > RUNGS:
        conversation.misses = 0
        return human(session, conversation, turn)
    return Outcome([reply("conversation.not_understood", attempt=conversation.misses - 1)], "unknown")
