"""A booking that was stopped and is wanted after all: “还是订吧” brings it back with all that was said."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from care import clock
from care.booking.draft import TASK, Draft
from care.booking.hearing import bare, is_question
from care.conversation.model import Conversation
from care.turn import Turn

DROPPED = "booking_dropped"
"""Memory key of the draft that was stopped last, and when."""
KEPT = timedelta(minutes=15)
_BACK = re.compile(
    r"(?:算了|不不|等等|等一下|别|哎呀?|唉|那|要不|想了想|我想想|我)*(?:还是|接着|继续|照旧|又想)(?:给我|帮我|给他|给她)?"
    r"(?:订|定|约|要|办|来|登记|排|租|借|洗|送|申请)(?:了|上|一下|下去|刚才(?:那个|的))*(?:这个|那个|一份|一个)?"
)


def keep(conversation: Conversation, draft: Draft) -> None:
    """Remembers a draft that is being stopped."""
    conversation.remember(**{DROPPED: {"draft": draft.model_dump(), "at": clock.now().isoformat()}})


def wanted(conversation: Conversation, turn: Turn) -> bool:
    """Whether these words want the stopped booking back."""
    kept = conversation.recall(DROPPED)
    first, *more = re.split(r"[，,](?!(?:还是|接着|继续|照旧))", turn.text, maxsplit=1)
    only = _BACK.fullmatch(bare(turn.text))
    back = only or (more and not is_question(turn.text) and _BACK.fullmatch(bare(first)))
    if not kept or conversation.draft(TASK) or not back:
        return False
    return clock.now() - datetime.fromisoformat(kept["at"]) <= KEPT


def back(conversation: Conversation, turn: Turn) -> Draft | None:
    """The stopped booking, if it is wanted back."""
    if not wanted(conversation, turn):
        return None
    draft = Draft.model_validate(conversation.recall(DROPPED)["draft"])
    conversation.remember(**{DROPPED: None})
    return draft
