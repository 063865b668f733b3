"""The question where somebody lives, when the answer about a service depends on it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from care import regions
from care.conversation.model import Conversation
from care.reply import Outcome
from care.service_list.query import TASK, answered
from care.texts import reply
from care.turn import Turn

TRIES = 2
"""How often the region is asked for before giving up."""


class ServiceRegionTask:
    """Asks where, because the answer depends on it, and then answers."""

    name = TASK

    def take(self, session: Session, conversation: Conversation, turn: Turn) -> Outcome:
        """A place answers the question; an unknown place, a refusal or two misses end it with the way out."""
        draft = conversation.draft(TASK)
        if not draft or draft["last_message"] == turn.message_id:
            return Outcome(state=conversation.state, finished=not draft)
        place = turn.last("place") or _found_in(turn.text)
        if place and place["region"]:
            conversation.keep_draft(TASK, None)
            conversation.region = place["region"]
            question = {**draft["question"], "region": place["region"], "place": place["name"]}
            done = answered(conversation, question)
            return Outcome(done.replies, done.state, finished=True)
        if place:
            conversation.keep_draft(TASK, None)
            return Outcome([reply("service_list.not_covered", place=place["name"])], finished=True)
        if turn.intent in ("deny", "stop", "dont_know", "bye") or draft["tries"] >= TRIES:
            conversation.keep_draft(TASK, None)
            return Outcome([reply("service_list.region_given_up")], "idle", finished=True)
        conversation.keep_draft(TASK, {**draft, "tries": draft["tries"] + 1, "last_message": turn.message_id})
        return Outcome(state="asking_region")

    def ask(self, session: Session, conversation: Conversation, resumed: bool) -> Outcome:
        """The question where the person lives."""
        if resumed:
            return Outcome([reply("service_list.ask_region_again")], "asking_region")
        tries = conversation.draft(TASK).get("tries", 1)
        return Outcome([reply("service_list.ask_region", attempt=tries - 1)], "asking_region")


def _found_in(text: str) -> dict[str, str] | None:
    found = regions.find(text)
    return {"region": found[-1].region, "name": found[-1].name} if found else None


service_region_task = ServiceRegionTask()
