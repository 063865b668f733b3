"""The change task: hear of, cancel or move an order, after making sure which one and who asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from care import agreement
from care.clock import today
from care.conversation.model import Conversation
from care.orders import (
    asked,
    cancelling,
    finding,
    for_staff,
    its_days,
    meaning,
    moving,
    notes,
    one_day,
    reading,
    speech,
    visit,
    wishes,
)
from care.orders.claims import wanted_instead
from care.orders.errors import NotAllowed, NotAvailable
from care.orders.guesses import guesses
from care.orders.model import CANCELLED, Order
from care.orders.reading import ACTIONS, CANCEL, EVERY_ORDER, KEEP, MOVE, STATUS, WHOLE, begun_with, beside, called_off
from care.orders.service import by_number, cancel, existing, reschedule
from care.orders.speech import told
from care.reply import Outcome, Reply
from care.service_list import item
from care.texts import reply
from care.turn import Entity, Turn
from care.wording import say_count

TASK = "change"
MISSES = 2
"""So often something is asked again before the caller is sent to a human."""
AFTER = ("booked", "submitted", "rescheduled", "cancelled", "answered", "idle", "unknown")
"""States after which words that name no order mean the one spoken of last."""
WRONG = "wrong_tails"
"""Memory key: how many wrong ends of telephone numbers were tried in this conversation."""
BY = "caller"


def begin_status(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Begins the task only to find out which order is asked about, or whether the caller may hear of it."""
    taken = change_task.take(session, conversation, turn)
    if taken.finished:
        return taken
    then = change_task.ask(session, conversation, False)
    return Outcome(taken.replies + then.replies, then.state)


class ChangeTask:
    """Finds the order, checks who asks, hears what is to change, repeats it, asks, and does it."""

    name = TASK

    def take(self, session: Session, conversation: Conversation, turn: Turn) -> Outcome:
        """Takes what was said; acknowledges refusals with what can be had instead."""
        draft = conversation.draft(TASK)
        if draft and draft.get("last_message") == turn.message_id:
            return Outcome(state=conversation.state)
        begins = not draft
        if begins and not finding.spoken_number(turn) and (who := finding.asked_who(session, conversation, turn)):
            return who
        draft = draft or {"action": begun_with(turn), "asking": "", "misses": 0}
        if not begins and turn.intent in ACTIONS and ACTIONS[turn.intent] != STATUS:
            draft["action"] = ACTIONS[turn.intent]
        draft["last_message"] = turn.message_id
        calls_it_off = draft["action"] == CANCEL and draft["asking"] == "confirm" and called_off(turn)
        if turn.intent == "stop" and not begins and not calls_it_off:
            return self._end(conversation, reply("orders.kept"), "idle")
        asking = draft["asking"]
        if asking in ("confirm", "date", "time", "place") and draft["action"] != STATUS and (kind := beside(turn)):
            conversation.keep_draft(TASK, draft)
            order = by_number(session, draft.get("order") or "")
            return Outcome(self._answered(conversation, order, turn, kind) if order else [], conversation.state)
        self._otherwise(session, conversation, draft, turn)
        before = {key: value for key, value in draft.items() if key not in ("last_message", "misses")}
        outcome = self._find(session, conversation, draft, turn)
        if outcome is None:
            outcome = self._act(session, conversation, draft, self._first_wish(draft, turn, begins))
        if outcome is not None and outcome.finished:
            return outcome
        after = {key: value for key, value in draft.items() if key not in ("last_message", "misses")}
        draft["misses"] = draft["misses"] + 1 if not begins and asking and before == after else 0
        if draft["misses"] > MISSES:
            lost = asking in ("order", "phone") and not draft.get("order")
            return self._end(
                conversation, reply("orders.not_found" if lost else "orders.kept"), "unknown" if lost else "idle"
            )
        conversation.keep_draft(TASK, draft)
        return outcome or Outcome(state=conversation.state)

    @staticmethod
    def _answered(conversation: Conversation, order: Order, turn: Turn, kind: str) -> list[Reply]:
        """What is asked about the order itself, or told for whoever comes, before the change is agreed to."""
        if kind == meaning.NOTE:
            return notes.note(order, turn).replies
        if kind == meaning.VISIT:
            return visit.answer(conversation, order, turn).replies
        return told(conversation, [order], asked.in_full(turn.text)).replies[:1]

    @staticmethod
    def _asked(conversation: Conversation, order: Order, turn: Turn) -> Outcome:
        """The answer to what was asked before it was clear which order it is about, and who asks."""
        meant = meaning.of_words(turn.text)
        if meant == meaning.VISIT and finding.is_open(order):
            conversation.remember(**{finding.LAST: order.number})
            return visit.answer(conversation, order, turn)
        return told(conversation, [order])

    @staticmethod
    def leave(conversation: Conversation) -> None:
        """Something else is begun: a question for an order that was not found is not asked again afterwards."""
        if not conversation.draft(TASK).get("order"):
            conversation.keep_draft(TASK, None)

    @staticmethod
    def _otherwise(session: Session, conversation: Conversation, draft: dict[str, Any], turn: Turn) -> None:
        """Instead of a yes a move is wished for (不是，改成明天), a cancellation (整个取消吧), or something with another order."""
        if (
            draft["action"] == MOVE
            and draft["asking"]
            and agreement.calls_off(turn.text)
            and not KEEP.search(turn.text)
        ):
            draft |= {"action": CANCEL, "asking": "", "part": [], "whole": True}
            return
        if draft["action"] != CANCEL or draft["asking"] != "confirm" or not wishes.MARKER.search(turn.text):
            return
        order = by_number(session, draft.get("order") or "")
        service = turn.last("service") or finding.named_service(finding.known(session, conversation), turn.text)
        draft |= {"action": MOVE, "asking": "", "part": []}
        if order is None or (service and service != order.service):
            draft |= {"order": "", "orders": [], "options": []}

    def ask(self, session: Session, conversation: Conversation, resumed: bool) -> Outcome:
        """The pending question."""
        draft = conversation.draft(TASK)
        question, slot = self._question(session, draft)
        if slot != draft.get("asking"):
            draft["misses"] = 0
        draft["asking"] = slot
        conversation.keep_draft(TASK, draft)
        replies = [reply("orders.bridge"), question] if resumed else [question]
        number = draft.get("order") if slot in ("confirm", "date", "time") else None
        return Outcome(replies, "confirming" if slot == "confirm" else f"asking_{slot}", number)

    @staticmethod
    def _first_wish(draft: dict[str, Any], turn: Turn, begins: bool) -> Turn:
        """The turn to act on: what was wished for at the start, once it is clear which order is meant."""
        if not draft.get("order") and not draft.get("orders"):
            if begins:
                entities = [[e.kind, e.value, e.text, e.start, e.end] for e in turn.entities]
                draft["first"] = {"text": turn.text, "intent": turn.intent, "entities": entities}
            return turn
        first = draft.pop("first", None)
        if first is None:
            return turn
        said = tuple(Entity(*entity) for entity in first["entities"])
        return replace(turn, text=first["text"], intent=first["intent"], entities=said)

    def _find(self, session: Session, conversation: Conversation, draft: dict[str, Any], turn: Turn) -> Outcome | None:
        """Settles which order is meant and whether the caller may hear of it."""
        if draft.get("order") or draft.get("orders"):
            return None
        waiting = draft.get("unverified")
        if waiting:
            if guesses.too_many(waiting):
                return self._end(conversation, reply("orders.not_found"), "unknown")
            order = by_number(session, waiting)
            tail = finding.spoken_tail(turn)
            if order is not None and finding.tail_fits(order, tail):
                finding.verify(conversation, order)
                draft |= {"order": order.number, "unverified": ""}
            elif tail:
                guesses.wrong(waiting)
                wrong = conversation.recall(WRONG, 0) + 1
                conversation.remember(**{WRONG: wrong})
                draft["wrong"] = wrong
                if wrong > MISSES:
                    return self._end(conversation, reply("orders.not_found"), "unknown")
                return Outcome([reply("orders.tail_wrong")])
            return None
        number = finding.chosen(draft.get("options", []), turn) or finding.spoken_number(turn)
        if number:
            order = by_number(session, number)
            if order is None:
                return Outcome([reply("orders.number_unknown", number="、".join(number))])
            draft |= {"order": number} if finding.may_hear(conversation, order) else {"unverified": number}
            return None
        return self._by_memory(session, conversation, draft, turn)

    def _by_memory(
        self, session: Session, conversation: Conversation, draft: dict[str, Any], turn: Turn
    ) -> Outcome | None:
        """Without a number: the orders of this caller, narrowed by what was said of them."""
        everything = finding.known(session, conversation)
        orders = [order for order in everything if finding.is_open(order)]
        said_phone = turn.last("phone")
        if not orders and said_phone:
            if who := finding.asked_who(session, conversation, turn):
                conversation.keep_draft(TASK, None)
                return who
            orders = [o for o in finding.of_said_phone(session, conversation, turn) if finding.is_open(o)]
            for order in orders:
                finding.verify(conversation, order)
            draft["unknown_phone"] = not orders
        if not orders:
            if everything:
                draft["order"] = everything[0].number
            return None
        orders, turn = finding.without_kept(orders, turn)
        times = wishes.naming(turn) if draft["action"] == MOVE else None
        if draft["action"] == CANCEL and EVERY_ORDER.search(turn.text):
            times = finding.in_piece_of(EVERY_ORDER, turn)  # a day elsewhere is the reason (我明天出门，订的都退了)
        fitting = finding.narrowed(orders, turn, times)
        if not fitting and len(orders) == 1:
            fitting = orders
        if not fitting and orders:  # of the service named nothing stands: which one is meant is asked
            draft["options"] = [order.number for order in orders[: finding.OFFERED]]
            return None
        last = conversation.recall(finding.LAST)
        if len(fitting) > 1 and draft["action"] == CANCEL and EVERY_ORDER.search(turn.text):
            draft["orders"] = [order.number for order in fitting]
        elif len(fitting) == 1:
            draft["order"] = fitting[0].number
        elif last in [order.number for order in fitting] and conversation.state in AFTER:
            draft["order"] = last
        else:
            draft["options"] = [order.number for order in fitting[: finding.OFFERED]]
        return None

    def _act(self, session: Session, conversation: Conversation, draft: dict[str, Any], turn: Turn) -> Outcome | None:
        """With the order known: tells, cancels or moves."""
        if draft.get("orders"):
            return self._cancel_many(session, conversation, draft, turn)
        if not draft.get("order"):
            return None
        order = by_number(session, draft["order"])
        if order is None:
            return self._end(conversation, reply("orders.not_found"), "unknown")
        if draft["action"] == STATUS:
            done = self._asked(conversation, order, turn)
            return self._end(conversation, done.replies[0], done.state, order.number)
        if stuck := moving.refused_for_good(order, draft["action"]):
            return self._end(conversation, stuck, "refused", order.number)
        turn = its_days.heard(order, turn)
        try:
            if draft["action"] == CANCEL:
                return self._cancel(session, conversation, draft, order, turn)
            return self._move(session, conversation, draft, order, turn)
        except NotAllowed as error:
            return self._end(conversation, moving.not_allowed(order, error), "refused", order.number)

    def _cancel(
        self, session: Session, conversation: Conversation, draft: dict[str, Any], order: Order, turn: Turn
    ) -> Outcome | None:
        days = [str(day) for day in order.live_days if day >= today()]
        named = moving.days_said(days, turn)
        if draft["asking"] == "confirm":
            turn = finding.without_others(finding.known(session, conversation), order, turn)
            if KEEP.search(turn.text):
                return self._end(conversation, reply("orders.kept"), "idle", order.number)
            if called_off(turn) and (not named or named in (draft.get("part"), days)):
                part = draft.get("part") or None
                cancel(session, order.number, part, by=BY)
                conversation.remember(**{finding.LAST: order.number})
                key = "cancelled_part" if part and order.status != CANCELLED else "cancelled"
                said = reply(f"orders.{key}", name=speech.name(order), days=speech.some_days(part or []))
                said = Reply(said.say, said.show, (), None, speech.as_card(order, True))
                ended = self._end(conversation, said, "cancelled", order.number)
                ended.replies += wanted_instead(conversation)
                return ended
            if turn.intent == "deny":
                return self._end(conversation, reply("orders.kept"), "idle", order.number)
        if fewer := moving.fewer(order, turn):
            draft |= {"action": MOVE, "quantity": fewer}
            return self._move(session, conversation, draft, order, turn)
        if len(days) > 1:
            if named and len(named) < len(days):
                draft |= {"part": named, "whole": False}
            elif WHOLE.search(turn.text) or len(named) == len(days):
                draft |= {"part": [], "whole": True}
        return None

    def _cancel_many(
        self, session: Session, conversation: Conversation, draft: dict[str, Any], turn: Turn
    ) -> Outcome | None:
        if draft["asking"] != "confirm":
            return None
        if KEEP.search(turn.text):
            return self._end(conversation, reply("orders.kept"), "idle")
        if called_off(turn):
            for number in draft["orders"]:
                cancel(session, number, by=BY)
            said = reply("orders.cancelled_all", count=say_count(len(draft["orders"])))
            return self._end(conversation, said, "cancelled", draft["orders"][0])
        return self._end(conversation, reply("orders.kept"), "idle") if turn.intent == "deny" else None

    def _move(
        self, session: Session, conversation: Conversation, draft: dict[str, Any], order: Order, turn: Turn
    ) -> Outcome | None:
        if draft.get("for_staff") or for_staff.wanted(turn):
            return for_staff.take(session, conversation, draft, order, turn, self._end)
        more, turn = moving.told_otherwise(session, conversation, draft, order, turn)
        agrees = draft["asking"] == "confirm" and agreement.agrees(turn) and not more
        if agrees and not _says_more(session, draft, order, turn):
            if one_day.alone(draft, order):
                return self._one_day(session, conversation, draft, order)
            failed = moving.apply(session, draft, order, reschedule)
            if failed:
                return failed
            conversation.remember(**{finding.LAST: order.number})
            said = reply("orders.moved", name=speech.name(order), when=speech.when(order), count=moving.how(draft, order),
                         number=speech.number(order), card=speech.as_card(order, True))  # fmt: skip
            return self._end(conversation, said, "rescheduled", order.number)
        stays = bool(reading.STAYS.search(turn.text)) and turn.intent != "affirm"
        if draft["asking"] == "confirm" and (turn.intent == "deny" or stays) and not turn.entities:
            if draft.get("denied") or stays:
                return self._end(conversation, reply("orders.kept"), "idle", order.number)
            draft |= {"denied": True, "quantity": 0, "halves": [], "particulars": {}}
            draft |= dict.fromkeys(("date", "time", "address", "goal", "phone", "part"), "")
            return Outcome()
        draft["particulars"] = {**(draft.get("particulars") or {}), **more}
        heard = moving.hear(session, draft, order, turn)
        particular = any(entity.kind in notes.PARTICULARS for entity in turn.entities)
        if particular and not draft["asking"] and not heard and moving.says_nothing(draft, order):
            conversation.keep_draft(TASK, None)
            return replace(notes.note(order, turn), finished=True)
        if heard is None and moving.as_it_is(draft, order, turn.text):
            said = reply("orders.as_it_is", name=speech.name(order), when=speech.when(order), count=speech.count(order))
            return self._end(conversation, said, "answered", order.number)
        return heard

    def _one_day(self, session: Session, conversation: Conversation, draft: dict[str, Any], order: Order) -> Outcome:
        """One day of several becomes an order of its own, with its own hour, place or number."""
        try:
            apart = one_day.split(session, order, draft)
        except NotAvailable as error:
            draft |= {"date": "", "time": "", "offers": [[str(day), time] for day, time in error.alternatives]}
            return Outcome([speech.refusal(error, speech.name(order))])
        said = one_day.said(order, apart)
        return self._end(conversation, said, "rescheduled", apart.number)

    def _question(self, session: Session, draft: dict[str, Any]) -> tuple[Reply, str]:
        """What to ask now, and the name of the slot."""
        misses = draft.get("misses", 0)
        if draft.get("unverified"):
            return reply("orders.ask_tail", attempt=misses), "phone"
        if draft.get("orders"):
            orders = [order for number in draft["orders"] if (order := by_number(session, number))]
            listed = "；".join(speech.brief(order) for order in orders[: finding.OFFERED])
            return reply("orders.confirm_cancel_all", count=say_count(len(orders)), list=listed), "confirm"
        if not draft.get("order"):
            return self._which(session, draft, misses), "order"
        order = existing(session, draft["order"])
        if draft.get("for_staff"):
            return for_staff.question(draft, order), "confirm"
        if draft["action"] == MOVE:
            return moving.question(draft, order, misses)
        return cancelling.question(draft, order)

    @staticmethod
    def _which(session: Session, draft: dict[str, Any], misses: int) -> Reply:
        orders = [order for number in draft.get("options", []) if (order := by_number(session, number))]
        if not orders and draft.pop("unknown_phone", False):
            return reply("orders.phone_unknown")
        if not orders:
            return reply("orders.ask_order", attempt=misses)
        listed = "；".join(speech.brief(order) for order in orders)
        return reply("orders.ask_which", attempt=misses, list=listed, choices=speech.choices(orders))

    @staticmethod
    def _end(conversation: Conversation, said: Reply, state: str, number: str | None = None) -> Outcome:
        conversation.keep_draft(TASK, None)
        return Outcome([said], state, number, finished=True)


def _says_more(session: Session, draft: dict[str, Any], order: Order, turn: Turn) -> bool:
    """Whether a yes changes the wish once more (好，那就后天): then it is repeated again instead of being done."""
    listed = item(order.region, order.service)
    return listed is not None and wishes.changes_of({**draft, "asking": ""}, order, listed, turn) != {
        **draft,
        "asking": "",
    }


change_task = ChangeTask()
