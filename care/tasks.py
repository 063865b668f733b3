"""The tasks: dialogues that fill in a draft step by step (a booking, an eligibility check, a call-back …)."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.orm import Session

from care.booking import task as booking
from care.conversation.model import Conversation
from care.eligibility import task as eligibility
from care.handover import binding_task, callback_task
from care.orders import change_task, complaint_task
from care.policy import region_task
from care.reply import Outcome
from care.service_list import service_region_task
from care.turn import Turn


class Task(Protocol):
    """One such dialogue; its draft lives in the conversation, the object itself has no state."""

    name: str

    def take(self, session: Session, conversation: Conversation, turn: Turn) -> Outcome:
        """Takes what was said into the draft; gives acknowledgements, never the next question."""

    def ask(self, session: Session, conversation: Conversation, resumed: bool) -> Outcome:
        """The pending question; `resumed` after something else came in between."""


TASKS: dict[str, Task] = {
    task.name: task
    for task in (
        booking,
        eligibility,
        change_task,
        complaint_task,
        callback_task,
        binding_task,
        region_task,
        service_region_task,
    )
}
