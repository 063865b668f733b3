"""Moving an order: hearing where to, trying it out, asking for what is missing, doing it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any

from sqlalchemy.orm import Session

from care.clock import today
from care.conversation.model import Conversation
from care.orders import one_day, speech, wishes
from care.orders.errors import NotAllowed, NotAvailable
from care.orders.finding import is_open
from care.orders.model import CANCELLED, DONE, Order
from care.orders.service import check_move
from care.reply import Choice, Outcome, Reply
from care.service_list import item
from care.service_list.speech import hours
from care.texts import phrase, reply
from care.turn import Turn
from care.wording import say_address, say_count, say_day, say_phone, say_time

FOOD = frozenset({"diet", "diet_shares"})
"""Particulars that are said with the number of portions."""
ON_FROM = re.compile(r"起|开始|以后|往后|之后")
"""Behind a day: that day and all after it."""


def refused_for_good(order: Order, action: str) -> Reply | None:
    """Why nothing can be changed in this order any more, if so."""
    if order.status == CANCELLED:
        return reply("orders.already_cancelled", name=speech.name(order))
    if order.status == DONE:
        return not_allowed(order, NotAllowed("done"))
    if not is_open(order):
        return not_allowed(order, NotAllowed("past"))
    if action == "reschedule" and not order.days:
        return reply("orders.no_fixed_time", name=speech.name(order))
    return None


def not_allowed(order: Order, error: NotAllowed) -> Reply:
    """The sentence for what the order's status or day forbids."""
    key = {"done": "not_done", "cancelled": "already_cancelled"}.get(error.reason, "not_past")
    return reply(f"orders.{key}", name=speech.name(order), when=speech.when(order))


def fewer(order: Order, turn: Turn) -> int:
    """How many are left when only some of them are cancelled (取消两份里头的一份); 0 = not meant."""
    if not wishes.FEWER.search(turn.text):
        return 0
    left = wishes.how_many(order.quantity, turn, less=True)
    return left if 0 < left < order.quantity else 0


def days_said(days: list[str], turn: Turn) -> list[str]:
    """Which of an order's days a turn names: single ones, spans, weekdays."""
    named: set[str] = set()
    for entity in turn.of("time"):
        value = entity.value
        first, last = value.get("date"), value.get("end_date")
        if first and not last and ON_FROM.match(turn.text[entity.end :]):
            named |= {day for day in days if day >= first}
        elif first and last:
            named |= {day for day in days if first <= day <= last}
        elif first:
            named |= {day for day in days if day == first}
        for weekday in value.get("weekdays") or ():
            named |= {day for day in days if date.fromisoformat(day).isoweekday() == weekday}
    return sorted(named)


def hear(session: Session, draft: dict[str, Any], order: Order, turn: Turn) -> Outcome | None:
    """Takes the wish into the draft and tries it out; what cannot be had is answered with what is near."""
    listed = item(order.region, order.service)
    if listed is None:
        return None
    if offered := _accepted(draft, turn):
        draft |= {"date": offered[0], "time": offered[1], "halves": [], "part": "", "offers": []}
    elif draft.get("halves") and (half := _half(draft["halves"], turn)):
        draft |= {"time": half, "halves": []}
    elif draft.get("offers") and turn.intent == "deny" and not turn.entities:
        draft |= {"offers": [], "quantity": 0}
    else:
        draft.update(wishes.changes_of(draft, order, listed, turn))
    if question(draft, order, 0)[1] != "confirm":
        return None
    if one_day.alone(draft, order):
        return check_day(session, draft, order)
    return apply(session, draft, order, check_move)


def check_day(session: Session, draft: dict[str, Any], order: Order) -> Outcome | None:
    """Tries out one day that becomes an order of its own; a refusal goes into the draft with its offers and is said."""
    try:
        one_day.try_out(session, order, draft)
    except NotAvailable as error:
        return _refused(draft, order, error)
    return None


def _refused(draft: dict[str, Any], order: Order, error: NotAvailable) -> Outcome:
    draft |= {"date": "", "time": "", "offers": [[str(day), time] for day, time in error.alternatives]}
    return Outcome([speech.refusal(error, speech.name(order))])


def apply(session: Session, draft: dict[str, Any], order: Order, act: Callable[..., Any]) -> Outcome | None:
    """Tries or does the change; a refusal goes into the draft with its offers and is said."""
    changes = _changes(draft, order)
    try:
        act(session, order.number, **changes)
    except NotAvailable as error:
        return _refused(draft, order, error)
    return None


def _changes(draft: dict[str, Any], order: Order) -> dict[str, Any]:
    wanted = {
        "date": draft.get("date") or None,
        "time": draft.get("time") or None,
        "address": _altered().address_then(order, str(draft["address"])) if draft.get("address") else None,
        "quantity": draft.get("quantity") or None,
        "day": draft.get("day") or None,
        "goal": draft.get("goal") or None,
        "phone": draft.get("phone") or None,
        "particulars": draft.get("particulars") or None,
    }
    if wanted["date"] == str(order.date) and not wanted["day"]:
        wanted["date"] = None
    for same in ("time", "quantity"):
        if wanted[same] == getattr(order, same):
            wanted[same] = None
    return {key: value for key, value in wanted.items() if value is not None}


def told_otherwise(
    session: Session, conversation: Conversation, draft: dict[str, Any], order: Order, turn: Turn
) -> tuple[dict[str, Any], Turn]:
    """The particulars that a turn tells otherwise than they were agreed on (改成在家洗, 五点再来接), and the turn without their hours."""
    listed = item(order.region, order.service)
    if listed is None:
        return {}, turn
    told = _altered().read(session, conversation, order, listed, draft.get("particulars") or {}, turn)
    then, turn = _altered().fetched_then(session, conversation, order, listed, turn)
    return {**told, **then}, turn


def how(draft: dict[str, Any], order: Order) -> str:
    """How many, where to and what else was changed, for the sentence that it is done."""
    listed, told = item(order.region, order.service), draft.get("particulars") or {}
    said = _altered().said(order, listed, told, order.quantity) if listed and told else []
    count = "" if FOOD & set(told) else speech.count(order)
    there = phrase("orders.status_place", address=say_address(_altered().address_then(order, draft["address"]))) if draft.get("address") else ""
    return count + "".join(f"，{one}" for one in said) + there


def says_nothing(draft: dict[str, Any], order: Order) -> bool:
    """Whether nothing of what was said changes the order, and nothing of it is still to be asked for."""
    still_open = any(draft.get(one) for one in ("halves", "part", "offers", "elsewhere", "other_phone"))
    return not still_open and not set(_changes(draft, order)) - {"day"}


def as_it_is(draft: dict[str, Any], order: Order, text: str) -> bool:
    """Whether all that was wished for is how it is already (还是一份吧)."""
    named = draft.get("time") == order.time != "" or draft.get("quantity") == order.quantity
    return named and says_nothing(draft, order) and not wishes.SHIFTS.search(text)


def _accepted(draft: dict[str, Any], turn: Turn) -> list[str] | None:
    """The offer that was taken: second one, or yes to the first."""
    offers = draft.get("offers") or []
    if not offers or turn.last("time"):
        return None
    picked = turn.last("ordinal") or turn.last("number")
    place = picked.get("ordinal") if isinstance(picked, dict) else picked
    if isinstance(place, int) and 1 <= place <= len(offers):
        return offers[place - 1]
    return offers[0] if turn.intent == "affirm" else None


def _half(halves: list[str], turn: Turn) -> str:
    for value in turn.all("time"):
        if value.get("ampm") and value.get("time") in halves:
            return value["time"]
        if part := value.get("part"):
            return halves[0] if part in ("dawn", "morning") else halves[-1]
    return ""


def question(draft: dict[str, Any], order: Order, misses: int) -> tuple[Reply, str]:
    """What is missing, or the sentence that repeats the change."""
    name, listed = speech.name(order), item(order.region, order.service)
    changes = _changes(draft, order)
    day = date.fromisoformat(draft["date"]) if draft.get("date") else order.date
    if draft.get("halves"):
        first, second = (say_time(time) for time in draft["halves"])
        return reply("orders.ask_half", first=first, second=second, choices=_both(first, second)), "time"
    if draft.get("part") and listed and day:
        return reply("orders.ask_hour", day=say_day(day, today(), calendar=False), hours=hours(listed)), "time"
    told = changes.get("particulars", {})
    if draft.get("elsewhere"):
        return reply("orders.ask_new_place"), "place"
    if listed and told and not draft.get("address") and _altered().lacks_place(order, listed, told):
        return reply("orders.ask_place_of_home"), "place"
    if draft.get("other_phone"):
        return reply("orders.ask_new_phone", attempt=misses), "phone"
    if draft.get("offers") and not set(changes) & {"date", "time"}:
        places = [(date.fromisoformat(day), time) for day, time in draft["offers"]]
        return speech.offers(places), "date"
    if not set(changes) & {"date", "time", "address", "quantity", "goal", "phone", "particulars"}:
        return reply("orders.ask_new_time", attempt=misses, name=name, when=speech.when(order)), "date"
    apart = one_day.alone(draft, order)
    said = []
    if apart and "time" in changes:
        said.append(say_time(changes["time"]))
    elif "date" in changes or "time" in changes:
        time = changes.get("time", order.time)
        every = "date" not in changes and len(order.live_days) > 1
        once = (say_day(day, today()) if day else "") + (say_time(time) if time else "")
        said.append(phrase("orders.change_every", time=say_time(time)) if every else once)
    if "quantity" in changes and not FOOD & set(told):
        unit = (listed.price_unit if listed else "") or "份"
        key = "change_quantity_daily" if len(order.live_days) > 1 and not apart else "change_quantity"
        said.append(phrase(f"orders.{key}", count=say_count(changes["quantity"]), unit=unit))
    if "address" in changes:
        brought = listed is not None and listed.kind == "delivery"
        key = "orders.change_place" if brought else "orders.change_where"
        said.append(phrase(key, address=say_address(changes["address"])))
    if "goal" in changes:
        said.append(phrase("orders.change_goal", goal=changes["goal"]))
    if "phone" in changes:
        said.append(phrase("orders.change_phone", phone=say_phone(changes["phone"])))
    if listed and told:
        said = [*_altered().said(order, listed, told, changes.get("quantity", order.quantity)), *said]
        if "address" not in changes and _altered().comes_now(order, listed, told):
            said.append(phrase("booking.place_visit", address=say_address(order.address)))
    if listed and not apart and (set(told) - {_altered().REMARK} or "quantity" in changes):
        said.append(_altered().price(order, listed, told, changes.get("quantity", order.quantity)))
    if apart:
        return one_day.question(order, draft, "，".join(said)), "confirm"
    key = "confirm_all" if "date" not in changes and "time" not in changes else "confirm_move"
    pointed = {"phone"} if listed is not None and listed.kind == "delivery" else {"phone", "address"}
    key = "confirm_phone" if set(changes) <= pointed else key
    return reply(f"orders.{key}", name=name, changes="，".join(said), when="，".join(said), number=speech.number(order),
                 choices=(Choice("对，改", "对"), Choice("不对", "不对"))), "confirm"  # fmt: skip


def _altered() -> ModuleType:
    from care.booking import altered  # the bookings import the orders

    return altered


def _both(first: str, second: str) -> tuple[Choice, ...]:
    return (Choice(first, first), Choice(second, second))
