"""A conversation with the booking dialogue alone, driven as the actions drive it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from care.booking import task
from care.booking.draft import Draft
from care.conversation.model import Conversation
from care.people import Person
from care.reply import Outcome, Reply
from care.turn import Entity, Turn
from tests.conftest import said

THURSDAY, FRIDAY, SATURDAY, MONDAY = "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-30"
HOME = "光明社区七号楼二单元"
"""Where the caller on file lives."""


def time(date: str = "", time: str = "", part: str = "", **more: Any) -> dict[str, Any]:
    """A time entity as the understanding gives it."""
    value = {
        "date": date or None,
        "end_date": None,
        "time": time or None,
        "end_time": None,
        "part": part or None,
    }
    return value | {"ampm": False, "every": None, "weekdays": [], "past": False, "vague": False} | more


def meal(n: int = 1, date: str = FRIDAY, **more: Any) -> dict[str, Any]:
    """What the understanding finds in a wish for so many meals at noon."""
    return {"service": "meal", "time": time(date, part="noon"), "quantity": {"n": n, "unit": "份"}} | more


class Talk:
    """Says things and keeps what came back."""

    def __init__(self, session: Session, conversation: Conversation, region: str = "yangling") -> None:
        self.session, self.conversation = session, conversation
        conversation.region = region
        self.replies: list[Reply] = []
        self.order: str | None = None
        self.turns = 0
        self.finished = False

    def say(self, text: str, intent: str = "inform", /, **entities: Any) -> str:
        """One turn; gives everything that is said in answer."""
        self.turns += 1
        return self._taken(said(text, intent, f"m{self.turns}", **entities))

    def hear(self, text: str, intent: str, does: str = "", /, **entities: tuple[Any, str]) -> str:
        """One turn whose entities are given with their own words: kind=(value, words); `does` as learnt from examples."""
        self.turns += 1
        found = tuple(Entity(kind, value, words, text.find(words), text.find(words) + len(words)) for kind, (value, words) in entities.items())
        return self._taken(Turn(self.conversation.id, text, intent, 0.9, found, f"m{self.turns}", does=does))

    def _taken(self, turn: Turn) -> str:
        taken = task.take(self.session, self.conversation, turn)
        self.finished = taken.finished
        self.order = taken.order or self.order
        if taken.finished:
            return self._heard(taken)
        asked = task.ask(self.session, self.conversation, False)
        return self._heard(Outcome(taken.replies + asked.replies, asked.state, taken.order))

    def to_confirmation(self) -> str:
        """One soft meal on Friday, of a caller on file: all that is read out before it is ordered."""
        self.say("后天中午订一份软饭", "book", **meal(diet="soft"))
        return self.say("对", "affirm")

    def resume(self) -> str:
        """The question after something else came in between."""
        return self._heard(task.ask(self.session, self.conversation, True))

    def _heard(self, outcome: Outcome) -> str:
        self.conversation.state = outcome.state
        self.replies = outcome.replies
        return "".join(one.say for one in outcome.replies)

    @property
    def state(self) -> str:
        """The state of the conversation."""
        return self.conversation.state

    @property
    def draft(self) -> Draft:
        """The draft as it is kept."""
        return Draft.model_validate(self.conversation.draft("booking"))

    @property
    def choices(self) -> list[str]:
        """What can be tapped now."""
        return [choice.value for choice in self.replies[-1].choices]

    @property
    def shown(self) -> str:
        """What a screen shows of the last reply."""
        return self.replies[-1].show or self.replies[-1].say


def known(session: Session, conversation: Conversation) -> Person:
    """Makes the caller somebody on file, as in the model conversations."""
    person = Person(name="王秀英", phone="13900000001", region="yangling", address=HOME, facts={})
    session.add(person)
    session.flush()
    conversation.person, conversation.phone = person, person.phone
    return person
