"""What all actions share: reading the tracker, calling a capability, sending its outcome.

A message that was already dealt with by one action in this turn is marked in the conversation, so that a form
that Rasa re-runs after an interruption resumes instead of taking the same words as an answer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from care import booking, routing
from care.conversation.model import Conversation
from care.db import unit_of_work
from care.interruptions import ASKING, interrupts
from care.reply import Outcome, Reply
from care.service_list import SERVICE_SPOKEN_OF
from care.tasks import TASKS, Task
from care.turn import Entity, Turn

Answer = Callable[[Session, Conversation, Turn], Outcome]
Events = list[dict[str, Any]]

ASKS = ("asking_", "confirming")
"""Beginnings of the states in which something is asked."""
REQUESTED = "requested_slot"
TURN_SLOT = "turn"
"""Set at every run of a form, because Rasa takes a form run that sets no slot for a rejection."""


def conversation_id(tracker: Tracker) -> str:
    """Our conversation of this bot session (`<conversation>#<session>`)."""
    return tracker.sender_id.rpartition("#")[0]


def turn_of(tracker: Tracker) -> Turn:
    """The last thing said. It is read from the events: inside a form `latest_message` may be an older one."""
    event = next(e for e in reversed(tracker.events) if e["event"] == "user")
    parsed = event.get("parse_data") or {}
    intent = parsed.get("intent") or {}
    metadata = event.get("metadata") or {}
    text = event.get("text") or ""
    return Turn(
        conversation=conversation_id(tracker),
        text=text,
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        entities=tuple(
            Entity(e["entity"], e["value"], text[e["start"] : e["end"]], e["start"], e["end"])
            for e in parsed.get("entities") or ()
        ),
        message_id=metadata.get("message_id") or event.get("message_id") or "",
        channel=metadata.get("channel") or "test",
        meant=parsed.get("meant_service") or "",
        does=parsed.get("does") or "",
        moves=tuple((words, does) for words, does in parsed.get("moves") or ()),
        ranking=tuple((r["name"], r["confidence"]) for r in (parsed.get("intent_ranking") or ())[1:4]),
    )


def send(dispatcher: CollectingDispatcher, outcome: Outcome, again: str | None = None) -> None:
    """Sends an outcome as one message of the bot; `again` are words to take up anew as if they had been said."""
    dispatcher.utter_message(
        json_message={
            "replies": [reply.as_dict() for reply in outcome.replies],
            "state": outcome.state,
            "order": outcome.order,
            "again": again,
        }
    )


def _words_again(conversation: Conversation) -> str | None:
    """Words that a capability wants taken up anew; they are handed over once."""
    words = conversation.recall("again")
    conversation.remember(again=None)
    return words


def _to_task(conversation: Conversation, task: str) -> Events:
    """Hands the turn to a task that the bot did not see in the words."""
    conversation.task = task
    return [FollowupAction(f"{task}_form")]


class CareAction(Action, ABC):
    """An action that asks one capability for its answer. Subclasses name themselves and the function."""

    answer: Answer

    @property
    @abstractmethod
    def action(self) -> str:
        """Name in the domain; subclasses set it as a plain attribute."""

    def name(self) -> str:
        """The name in the domain."""
        return self.action

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Answers; starts the form of a question that the answer had to ask first."""
        turn = turn_of(tracker)
        with unit_of_work() as session:
            conversation = session.get_one(Conversation, turn.conversation)
            claimant = routing.claimed_by(conversation, turn)
            if claimant in routing.TASKS:
                return _to_task(conversation, claimant)
            answer = routing.ANSWERS.get(claimant, type(self).answer)
            outcome = answer(session, conversation, turn)
            if conversation.task and turn.intent in ASKING and not outcome.state.startswith(ASKS):
                outcome.replies = [told.without_offer() for told in outcome.replies]
            conversation.state = outcome.state
            conversation.remember(handled=turn.message_id)
            booking.remember_told(conversation, turn)
            if turn.all("service") and not conversation.task:
                conversation.remember(**{SERVICE_SPOKEN_OF: turn.last("service")})
            again = _words_again(conversation)
            events = self._ask_on(conversation, outcome, turn)
        send(dispatcher, outcome, again)
        return events

    def _ask_on(self, conversation: Conversation, outcome: Outcome, turn: Turn) -> Events:
        opened = next((name for name in reversed(conversation.drafts) if name != conversation.task), None)
        if opened is None or not outcome.state.startswith(ASKS):
            return []
        conversation.task = opened
        conversation.remember(asked=turn.message_id)
        return [FollowupAction(f"{opened}_form")]


class TaskForm(Action, ABC):
    """The validation action of a form: takes what was said into the task's draft and asks the next question."""

    @property
    @abstractmethod
    def task(self) -> Task:
        """The task behind the form; subclasses set it as a plain attribute."""

    def name(self) -> str:
        """The name that Rasa calls after the form's own."""
        return f"validate_{self.task.name}_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """One run of the form: take (unless another action has dealt with these words) and ask."""
        turn = turn_of(tracker)
        with unit_of_work() as session:
            conversation = session.get_one(Conversation, turn.conversation)
            new = self._is_new(conversation, turn)
            claimant = routing.taken_from(conversation, turn, self.task.name)
            if new:
                claimant = routing.claimed_by(conversation, turn, self.task.name)
            if new and turn.all("service") and self.task.name == routing.ELIGIBILITY:
                conversation.remember(**{SERVICE_SPOKEN_OF: turn.last("service")})
            if not new and routing.left_for_booking(conversation, turn, self.task.name):
                routing.leave(conversation, self.task.name)
                claimant = routing.BOOKING
            if not claimant and self._gives_way(conversation, turn):
                return []
            if claimant in routing.TASKS:
                return [
                    SlotSet(TURN_SLOT, turn.message_id),
                    SlotSet(REQUESTED, None),
                    *_to_task(conversation, claimant),
                ]
            if claimant:
                outcome = routing.ANSWERS[claimant](session, conversation, turn)
                conversation.remember(handled=turn.message_id)
                if outcome.state.startswith(ASKS) and conversation.task != self.task.name:
                    conversation.remember(asked=turn.message_id)  # the task that the answer opened asks it once
                outcome = self._asked_again(session, conversation, outcome)
            else:
                outcome = self._advance(session, conversation, turn)
            if self.task.name in routing.ASKING_WHERE:
                booking.remember_told(conversation, turn)
            conversation.state = outcome.state
            again = _words_again(conversation)
            events = self._events(conversation, outcome, turn)
        if outcome.replies or again:
            send(dispatcher, outcome, again)
        return events

    def _asked_again(self, session: Session, conversation: Conversation, answered: Outcome) -> Outcome:
        """An answer in between, and the question of the task that was under way once more."""
        if conversation.task != self.task.name or not conversation.draft(self.task.name):
            return answered
        asked = self.task.ask(session, conversation, True)
        told = [said.without_offer() for said in answered.replies]
        return Outcome([*told, *asked.replies], asked.state, asked.order or answered.order)

    def _is_new(self, conversation: Conversation, turn: Turn) -> bool:
        """Whether these words would start the task; a task under way keeps its own answers."""
        return conversation.task != self.task.name and conversation.recall("handled") != turn.message_id

    def _gives_way(self, conversation: Conversation, turn: Turn) -> bool:
        """Whether something else answers these words; the form is then run once more and only asks its question again.

        A run without any event is what Rasa takes for a rejection, after which it looks for the rule of the intent.
        """
        if conversation.task != self.task.name or not conversation.draft(self.task.name):
            return False  # it only begins with these words
        if conversation.recall("handled") == turn.message_id:
            return False
        if not interrupts(conversation, turn, self.task.name):
            return False
        conversation.remember(handled=turn.message_id)
        return True

    def _advance(self, session: Session, conversation: Conversation, turn: Turn) -> Outcome:
        resumed = conversation.recall("handled") == turn.message_id
        conversation.task = self.task.name
        taken = Outcome() if resumed else self.task.take(session, conversation, turn)
        conversation.remember(handled=turn.message_id)
        if taken.finished:
            conversation.task = None
            if self.task.name == routing.ELIGIBILITY and conversation.draft(routing.BOOKING):
                taken.replies = [told.without_offer() for told in taken.replies]  # the booking that waits asks now
            taken.replies = taken.replies + self._told_to_waiting(session, conversation, turn)
            return taken
        if conversation.recall("asked") == turn.message_id:
            return Outcome(state=conversation.state)
        asked = self.task.ask(session, conversation, resumed)
        return Outcome(taken.replies + asked.replies, asked.state, asked.order or taken.order)

    def _told_to_waiting(self, session: Session, conversation: Conversation, turn: Turn) -> list[Reply]:
        """What came along with a town and belongs to the booking that waits goes there (先帮我报名，住大朗镇…，星期六上午九点)."""
        if self.task.name not in routing.ONLY_WHERE or not routing.tells_of_booking(conversation, turn):
            return []
        return TASKS[routing.BOOKING].take(session, conversation, replace(turn, intent="inform")).replies

    def _events(self, conversation: Conversation, outcome: Outcome, turn: Turn) -> Events:
        if conversation.task is not None:
            return [SlotSet(TURN_SLOT, turn.message_id), SlotSet(REQUESTED, conversation.asking or "answer")]
        ended = [SlotSet(TURN_SLOT, turn.message_id), SlotSet(REQUESTED, None)]
        waiting = next((name for name in reversed(conversation.drafts) if name in TASKS), None)
        return ended + ([FollowupAction(f"{waiting}_form")] if waiting else [])
