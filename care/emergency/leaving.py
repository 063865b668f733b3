"""How an emergency ends: it is over, it was none, or the person calmly goes on with what was open.

Whichever it is, what was told meanwhile is not lost: the words that an order can use are handed on to be taken up, in
the order in which they were said, at the question that was open when the alarm broke in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from care.clock import utc_now
from care.conversation.model import Conversation
from care.emergency import course
from care.emergency.detect import is_wish
from care.emergency.everyday import kept
from care.emergency.model import EmergencyRecord
from care.handover import open_ticket
from care.reply import Outcome, Reply
from care.texts import reply

NOTES = {
    "over": "本人说已经没事了，仍请回访",
    "handed": "已经交给急救人员或大夫，请回访",
    "mistaken": "本人说没有危险，可能是听错了，请回访",
    "back": "本人没有再说危险，接着办别的事了，请回访",
}
"""What the duty desk reads, by the way in which it ended."""


@dataclass
class Leaving(Outcome):
    """The end of an emergency, with words that are still to be taken up."""

    words: list[str] = field(default_factory=list)


def before(conversation: Conversation, doubted: list[Any] | None) -> list[Any]:
    """State and last replies to go back to; `doubted` is what the question about danger remembers, if it is open."""
    return [doubted[1], doubted[2]] if doubted else [conversation.state, conversation.last_replies]


def leave(
    session: Session, conversation: Conversation, record: EmergencyRecord | None, how: str, text: str = ""
) -> Outcome:
    """Ends the emergency and goes back to what was open.

    Args:
        how: one of `NOTES`; it chooses what is said and what the desk is told.
        text: what was said last, if it goes on about something.
    """
    memory = conversation.recall("emergency", {"kind": "other"})
    if record is not None:
        record.over = None if how == "back" else utc_now()
        open_ticket(session, "emergency", conversation, NOTES[how], urgent=True)
    conversation.remember(emergency=None)
    told = (
        course.said("over", memory)
        if how == "over"
        else reply(f"emergency.{'over_handed' if how == 'handed' else how}")
    )
    return _went_back(session, conversation, memory, told, _useful(memory, how, text), how == "back")


def _useful(memory: dict[str, Any], how: str, text: str) -> list[str]:
    """The words to be taken up: whole where the alarm was hardly one, else what an order can use of them."""
    first, *later = memory.get("words") or [""]
    whole = memory.get("weak") and how in ("mistaken", "back")
    words = [first if whole else kept(first), *map(kept, later), text if how == "back" else kept(text)]
    return list(dict.fromkeys(word for word in words if word))


def _went_back(
    session: Session, conversation: Conversation, memory: dict[str, Any], told: Reply, words: list[str], goes_on: bool
) -> Outcome:
    state, replies = memory.get("before") or ["idle", []]
    conversation.state = state if conversation.task else "idle"
    if words and (conversation.task or goes_on or any(is_wish(word) for word in words)):
        conversation.last_replies = replies
        return Leaving([told], conversation.state, words=words)
    if conversation.task is None:
        return Outcome([told], "idle")
    from care.tasks import TASKS  # the tasks import their capabilities, and those this one

    asked = TASKS[conversation.task].ask(session, conversation, True)
    return Outcome([told, *asked.replies], asked.state, asked.order)
