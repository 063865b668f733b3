"""The conversation itself: greeting, repair, repeating, pace, yes and no outside a task."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import REQUESTED, CareAction, Events, conversation_id, turn_of
from care import routing
from care.conversation import manners, repair
from care.conversation.model import Conversation
from care.db import reading


class ActionSessionStart(Action):
    """Begins a bot session: a task that was under way (the bot was restarted) goes on where it was."""

    def name(self) -> str:
        """Rasa's own name for it."""
        return "action_session_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The events that restore the open form."""
        events = [SessionStarted()]
        with reading() as session:
            conversation = session.get(Conversation, conversation_id(tracker))
            if conversation and conversation.task:
                events += [ActiveLoop(f"{conversation.task}_form"), SlotSet(REQUESTED, conversation.asking or "answer")]
        return [*events, ActionExecuted("action_listen")]


class ActionRepair(CareAction):
    """Nothing was understood."""

    action = "action_repair"
    answer = staticmethod(repair.answer)


class ActionManners(CareAction):
    """Greeting, repeat, pace, time of day, goodbye, what is on file: by intent."""

    action = "action_manners"
    answer = staticmethod(manners.answer)


class ActionLoose(CareAction):
    """An answer, a yes or a no when nothing was asked by a task."""

    action = "action_loose"
    answer = staticmethod(manners.loose)


class ActionPlain(CareAction):
    """Help, privacy, who this is and what lies outside: the domain's own words, unless a capability knows an answer."""

    action = "action_plain"
    answer = staticmethod(repair.answer)

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The response of the intent; the capability's answer where one takes the words."""
        turn = turn_of(tracker)
        with reading() as session:
            conversation = session.get_one(Conversation, turn.conversation)
            claimed = not conversation.task and routing.claimed_by(conversation, turn)
        if claimed:
            return super().run(dispatcher, tracker, domain)
        dispatcher.utter_message(response=f"utter_{turn.intent}")
        return []


class ActionEmergencyCheck(CareAction):
    """The model suspects an emergency that the patterns did not see: asks."""

    action = "action_emergency_check"
    answer = staticmethod(manners.suspect)
