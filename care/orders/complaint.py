"""The complaint task: what happened, how to reach the person, repeated, put on the desk with a number."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.handover import open_ticket
from care.orders import finding, speech
from care.orders.model import CANCELLED, Order
from care.orders.service import by_number
from care.reply import Choice, Outcome, Reply
from care.texts import reply
from care.turn import Turn
from care.wording import say_digits

TASK = "complaint"
EMPTY = re.compile(
    r"我?(要|想)?(给你们)?(投诉|头诉|反映(个|一个)?(问题|情况)?|提(个|点)?意见|举报|告你们|讨个说法|评理|有意见|对你们服务)+[吧啊呀了。，]*"
)
"""A sentence that only says that there is a complaint."""
SAID_ENOUGH = 5
"""Characters that must be left beside `EMPTY` for it to be a story."""
SPOKEN = 40
"""Characters of the story that are read back."""
GRAVE = re.compile(r"打人|打我|骂|弄伤|受伤|流血|偷|拿了我家|摔|丢下|摸我|冒充|推销|卖药")
"""Puts the ticket before others."""
YES_AND_MORE = re.compile(r"^(?:对对?|是的?|嗯+|好|行|没错|中|可以|要得)[啊呀的呢嘞]*[，,。 ]")
"""A yes before more words, which are noted too (对，叫他们给我回个话)."""
NOT_SO = re.compile(r"不对|不是|错了|但是|不过|等")
MORE_TOLD = re.compile(r"[\u4e00-\u9fff]{5,}")
"""Words beside the question for a telephone number that tell more of what happened."""
NO_PHONE = re.compile(r"不留|不想留|不用留|不说|算了")


class ComplaintTask:
    """Listens, asks how to reach the person, repeats, and opens a ticket."""

    name = TASK

    def take(self, session: Session, conversation: Conversation, turn: Turn) -> Outcome:
        """Takes the story, a telephone number, a yes or a no."""
        draft = conversation.draft(TASK)
        if draft and draft.get("last_message") == turn.message_id:
            return Outcome(state=conversation.state)
        begins, heard = not draft, []
        draft["last_message"] = turn.message_id
        asking = draft.get("asking", "")
        if turn.intent == "stop" and not begins:
            return self._end(conversation, reply("orders.complaint_stopped"), "idle")
        if asking == "confirm":
            if turn.intent == "affirm":
                return self._done(session, conversation, draft)
            if YES_AND_MORE.match(turn.text) and not NOT_SO.search(turn.text):
                draft["what"] = f"{draft['what']}，{YES_AND_MORE.sub('', turn.text)}"
                return self._done(session, conversation, draft)
            if turn.intent in ("deny", "correct", "go_back") and not _story(turn.text.removeprefix("不对")):
                if draft.get("denied"):
                    return self._end(conversation, reply("orders.complaint_stopped"), "idle")
                draft |= {"what": "", "denied": True}
                conversation.keep_draft(TASK, draft)
                return Outcome([reply("orders.complaint_again")])
            draft["what"] = f"{draft['what']}，{turn.text}"
        elif asking == "phone":
            if phone := turn.last("phone"):
                draft["phone"] = phone
            elif turn.intent in ("deny", "dont_know") or NO_PHONE.search(turn.text):
                draft["unnamed"] = True
            else:
                draft["misses"] = draft.get("misses", 0) + 1
                draft["unnamed"] = draft["misses"] > 1
                if MORE_TOLD.search(turn.text) or turn.entities:
                    draft["what"] = f"{draft['what']}，{turn.text.rstrip('。！!.')}"
                    heard = [reply("orders.complaint_more")]
        elif story := _story(turn.text):
            draft["what"] = story
            heard = [reply("orders.complaint_heard")]
        else:
            draft["misses"] = draft.get("misses", -1) + 1
        self._about(session, conversation, draft, turn)
        conversation.keep_draft(TASK, draft)
        return Outcome(heard, conversation.state)

    def ask(self, session: Session, conversation: Conversation, resumed: bool) -> Outcome:
        """What happened, how to reach the person, or whether it is noted right."""
        draft = conversation.draft(TASK)
        if not draft.get("what"):
            said, slot = reply("orders.ask_what", attempt=draft.get("misses", 0)), "what"
        elif not (draft.get("phone") or conversation.phone or draft.get("unnamed")):
            said, slot = reply("orders.ask_complaint_phone"), "phone"
        else:
            said, slot = self._confirmation(session, conversation, draft), "confirm"
        conversation.keep_draft(TASK, {**draft, "asking": slot})
        bridge = [reply("orders.complaint_bridge")] if resumed else []
        return Outcome([*bridge, said], "confirming" if slot == "confirm" else f"asking_{slot}", draft.get("order"))

    @staticmethod
    def _about(session: Session, conversation: Conversation, draft: dict[str, Any], turn: Turn) -> None:
        """Notes the order that it is about, if it can be told."""
        if draft.get("order"):
            return
        number = finding.spoken_number(turn)
        if number and by_number(session, number):
            draft["order"] = number
            return
        service = turn.last("service")
        orders = [order for order in finding.known(session, conversation) if order.status != CANCELLED]
        fitting = [order for order in orders if order.service == service] if service else orders
        if len(fitting) == 1:
            draft["order"] = fitting[0].number

    @staticmethod
    def _confirmation(session: Session, conversation: Conversation, draft: dict[str, Any]) -> Reply:
        what = draft["what"] if len(draft["what"]) <= SPOKEN else draft["what"][:SPOKEN] + "……"
        order: Order | None = by_number(session, draft["order"]) if draft.get("order") else None
        taps = (Choice("对，登记", "对"), Choice("不对", "不对"))
        if order is None or not finding.may_hear(conversation, order):
            return reply("orders.confirm_complaint", what=what, choices=taps)
        return reply("orders.confirm_complaint_order", what=what, order=speech.name(order), choices=taps)

    def _done(self, session: Session, conversation: Conversation, draft: dict[str, Any]) -> Outcome:
        order = f"单号{draft['order']}：" if draft.get("order") else ""
        phone = draft.get("phone") or conversation.phone
        urgent = bool(GRAVE.search(draft["what"]))
        ticket = open_ticket(session, "complaint", conversation, order + draft["what"], phone, urgent=urgent)
        key = "complaint_done" if phone else "complaint_done_unnamed"
        said = reply(
            f"orders.{key}", number=say_digits(ticket.number), card={"kind": "ticket", "number": ticket.number}
        )
        return self._end(conversation, said, "submitted", draft.get("order"))

    @staticmethod
    def _end(conversation: Conversation, said: Reply, state: str, order: str | None = None) -> Outcome:
        conversation.keep_draft(TASK, None)
        return Outcome([said], state, order, finished=True)


def _story(text: str) -> str:
    """What happened; empty when the words only say that there is a complaint."""
    rest = re.sub(r"[\s，。！？、,.!?]", "", EMPTY.sub("", text))
    told = re.sub(rf"^{EMPTY.pattern}[\s，。,、：:]*", "", text.strip())
    told = told.replace(",", "，")
    return told.rstrip("。！!.") if len(rest) >= SAID_ENOUGH else ""


complaint_task = ComplaintTask()
