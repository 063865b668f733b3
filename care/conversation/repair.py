"""When nothing was understood: rephrase with an example, then two choices, then a human (never the same twice)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.handover import human
from care.reply import Outcome
from care.texts import reply
from care.turn import Turn

RUNGS = 2


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """The next rung of the ladder."""
    conversation.misses += 1
    if conversation.misses > RUNGS:
        conversation.misses = 0
        return human(session, conversation, turn)
    return Outcome([reply("conversation.not_understood", attempt=conversation.misses - 1)], "unknown")
