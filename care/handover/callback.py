"""The call-back task: which number, read back in groups, confirmed, put on the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.handover.desk import desk_is_open, human, opening
from care.handover.phones import find_phone, joined, part_of_phone, reachable
from care.handover.tickets import open_ticket
from care.reply import Outcome
from care.texts import reply
from care.turn import Turn
from care.wording import say_phone

TRIES = 3
"""So often a number is asked for; then people take over without one."""


class CallbackTask:
    """Asks where to call; the draft holds phone, part, reason, tries."""

    name = "callback"

    def take(self, session: Session, conversation: Conversation, turn: Turn) -> Outcome:
        """Takes a number, a piece of one, a yes or a no."""
        draft = conversation.draft(self.name)
        if draft.get("last_message") == turn.message_id:
            return Outcome()
        begun = bool(draft)
        draft["last_message"] = turn.message_id
        draft.setdefault("reason", turn.text)
        heard = turn.last("phone") or find_phone(turn.text)
        if turn.intent == "stop":
            return self._ended(conversation, "callback_stopped")
        if heard:
            draft.update(phone=heard, part="", tries=0)
        elif begun and draft.get("phone"):
            if turn.intent == "affirm":
                return self._done(session, conversation, draft)
            if turn.all("time"):
                draft["reason"] = f"{draft['reason']}，{turn.text}"
                conversation.keep_draft(self.name, draft)
                return Outcome([reply("handover.callback_when")])
            if turn.intent in ("deny", "correct", "go_back"):
                draft.update(phone="", part="", refused=True)
                conversation.keep_draft(self.name, draft)
                return Outcome([reply("handover.callback_wrong")])
        elif begun:
            if turn.intent == "deny":
                return self._ended(conversation, "callback_stopped")
            self._take_part(draft, turn.text)
            if draft.get("tries", 0) >= TRIES and not draft.get("part") and not draft.get("phone"):
                conversation.keep_draft(self.name, None)
                handed = human(session, conversation, replace(turn, text=draft["reason"]))
                return Outcome(handed.replies, handed.state, finished=True)
        elif known := reachable(conversation):
            draft["phone"] = known
        conversation.keep_draft(self.name, draft)
        return Outcome()

    def ask(self, session: Session, conversation: Conversation, resumed: bool) -> Outcome:
        """For the number, for the rest of it, or whether it is right."""
        draft = conversation.draft(self.name)
        if draft.get("phone"):
            return Outcome([reply("handover.callback_confirm", phone=say_phone(draft["phone"]))], "confirming")
        if draft.get("part"):
            return Outcome([reply("handover.callback_more", part=say_phone(draft["part"]))], "asking_phone")
        if resumed:
            return Outcome([reply("handover.callback_phone_resumed")], "asking_phone")
        tries = draft.get("tries", 0)
        conversation.keep_draft(self.name, {**draft, "tries": tries + 1})
        return Outcome([reply("handover.callback_phone", attempt=tries)], "asking_phone")

    @staticmethod
    def _take_part(draft: dict[str, Any], text: str) -> None:
        part = part_of_phone(text)
        if not part:
            return
        before = draft.get("part", "")
        whole = joined(before, part) if before else None
        draft.update({"phone": whole, "part": ""} if whole else {"part": part if part[0] == "1" else ""})

    def _done(self, session: Session, conversation: Conversation, draft: dict[str, Any]) -> Outcome:
        open_ticket(session, "callback", conversation, draft["reason"], draft["phone"])
        name = "callback_done_open" if desk_is_open() else "callback_done_closed"
        conversation.keep_draft(self.name, None)
        return Outcome(
            [reply(f"handover.{name}", phone=say_phone(draft["phone"]), opens=opening())], "submitted", finished=True
        )

    def _ended(self, conversation: Conversation, text: str) -> Outcome:
        conversation.keep_draft(self.name, None)
        return Outcome([reply(f"handover.{text}")], "cancelled", finished=True)


callback_task = CallbackTask()
