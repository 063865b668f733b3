"""The one question of the policies: where. The answer to it answers the question that was asked first."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from care import regions
from care.conversation.model import Conversation
from care.policy.asked import Asked, plain, understand
from care.policy.dialogue import TASK, answer, respond
from care.policy.leaning import restored, stored
from care.policy.matters import QUESTION, asks
from care.policy.where import without
from care.regions import Place
from care.reply import Outcome
from care.texts import reply
from care.turn import Turn

CONTACTS = ("phone", "person_name")
"""Kinds of entity that are told for an application: such words (我叫…，电话…) ask nothing more."""
ASIDES = 3
"""Questions asked on before the place is told that are no misses."""
TRIES = 2
"""Times the place is asked before the way out is shown."""


class RegionTask:
    """Asks where, because the answer depends on it."""

    name = TASK

    def take(self, session: Session, conversation: Conversation, turn: Turn) -> Outcome:
        """A place leads to the answer; an unknown place, a refusal or two misses end it with the way out."""
        draft = conversation.draft(TASK)
        if not draft:
            done = answer(session, conversation, turn)
            return Outcome(done.replies, done.state, finished=done.state != "asking_region")
        if turn.message_id and draft.get("last_message") == turn.message_id:
            return Outcome(state=conversation.state)
        region, place = self._region(draft, turn)
        if region:
            conversation.keep_draft(TASK, None)
            asked = restored(draft["asked"])
            if not any(e.kind in CONTACTS for e in turn.entities) or QUESTION.search(turn.text):
                asked = _with(asked, turn.text)
            done = respond(conversation, asked, region, keep=True)
            return Outcome(done.replies, done.state, finished=True)
        if turn.intent == "deny" and draft.get("options"):
            conversation.keep_draft(TASK, None)
            return Outcome([reply("policy.region_given_up")], "unknown", finished=True)
        if place is not None and not place.options:
            conversation.keep_draft(TASK, None)
            return Outcome([reply("policy.not_covered", place=place.name)], "unknown", finished=True)
        if turn.intent == "stop":
            conversation.keep_draft(TASK, None)
            return Outcome([reply("policy.region_stopped")], "idle", finished=True)
        # A question instead of the place (包不包吃) joins the one that waits.
        if more := draft.get("asides", 0) < ASIDES and asks(plain(turn.text)):
            whole = stored(_with(restored(draft["asked"]), turn.text))
            draft = {**draft, "asked": whole, "asides": draft.get("asides", 0) + 1}
        if turn.intent in ("dont_know", "bye") or draft["tries"] >= TRIES and not more:
            conversation.keep_draft(TASK, None)
            return Outcome([reply("policy.region_given_up")], "unknown", finished=True)
        options = list(place.options) if place else draft.get("options", [])
        kept = {**draft, "tries": draft["tries"] + 1, "last_message": turn.message_id, "options": options}
        conversation.keep_draft(TASK, {**kept, "ask": place.ask if place else ""})
        return Outcome(state="asking_region")

    def ask(self, session: Session, conversation: Conversation, resumed: bool) -> Outcome:
        """The question where; an open name (朝阳区) is asked about as such."""
        draft = conversation.draft(TASK)
        if not draft:
            return Outcome(state=conversation.state)
        if resumed:
            return Outcome([reply("policy.ask_region_again")], "asking_region")
        if draft.get("ask"):
            return Outcome([reply("policy.ask_place", question=draft["ask"])], "asking_region")
        return Outcome([reply("policy.ask_region", attempt=draft.get("tries", 1) - 1)], "asking_region")

    @staticmethod
    def _region(draft: dict[str, object], turn: Turn) -> tuple[str, Place | None]:
        """The region answered, and the place named if it is none of ours or open."""
        options = list(draft.get("options") or ())  # type: ignore[call-overload]
        places = regions.find_answer(turn.text, context=options[0] if len(options) == 1 else "")
        known = next((p.region for p in places if p.region), "")
        if known:
            return known, None
        if turn.intent == "affirm" and len(options) == 1:
            return str(options[0]), None
        if places:
            return "", places[0]
        said = turn.last("place")
        if isinstance(said, dict) and said.get("name"):
            return str(said.get("region", "")), Place(str(said.get("region", "")), str(said["name"]), "city", 0, 0)
        return "", None


def _with(asked: Asked, text: str) -> Asked:
    """The question that waited, with what came along with the place: another question, or words that narrow it (公办的)."""
    said = understand(without(text, regions.find_answer(text)))
    if not (asked.topics or asked.tokens) or said.topics and (said.aspects or QUESTION.search(said.text)):
        return said
    if said.topics:
        return understand(f"{asked.text}，{said.text}")
    return replace(understand(f"{asked.text}，{said.text}"), topics=asked.topics, aspects=said.aspects) if said.aspects else asked


region_task = RegionTask()
