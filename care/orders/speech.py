"""An order in spoken words."""

from __future__ import annotations

import re
from datetime import date

from care.clock import today
from care.conversation.model import Conversation
from care.orders.capacity import Place
from care.orders.card import as_card
from care.orders.errors import NotAvailable
from care.orders.finding import OFFERED, is_open, made, may_hear
from care.orders.model import Order
from care.reply import Choice, Outcome, Reply
from care.service_list import holiday, interval_of, item, provider
from care.service_list.about import without_brackets
from care.texts import phrase, reply
from care.wording import (
    WEEKDAYS,
    say_address,
    say_calendar_day,
    say_count,
    say_dates,
    say_day,
    say_digits,
    say_span,
    say_time,
)

LISTED = 3
"""Days that are named one by one."""
AN_HOUR = re.compile(r"点|早上|上午|中午|晌|下午|晚|夜|后晌|朝")
AN_AMOUNT = re.compile(r"[一二两三四五六七八九十0-9](?:份|个人|位)")
ELSEWHERE = re.compile(r"送到|地址|那边|那里|那儿|家")
ONCE = re.compile(r"[来订约送]一(?:回|次|趟|单|个|遍)")
"""How often, beside how many."""
LIKE = re.compile(r"(?<=[照按跟像同])(?:今天|今儿|今日|昨天|昨儿|前天|上次|上回|刚才)(?:说|订|定|约|那|这)?[的样个]*")
"""The order it is to be like, which is no day of the new one (照今天说的)."""
FEW = 2
"""So many days make no rhythm."""
SHORT_SPAN = 14
"""Days; in a span up to here that has gaps the days are counted, in a longer one the weekdays are named."""


def name(order: Order) -> str:
    """The service's name in conversation."""
    listed = item(order.region, order.service)
    return listed.say_name if listed else order.service


def when(order: Order) -> str:
    """Day and time: 后天，星期五，中午十一点半到十二点; several days as a span; empty for an application."""
    days = order.live_days or [day.day for day in order.days]
    if not days:
        return ""
    ahead = [day for day in days if day >= today()] or days
    return _days(ahead) + (say_time(order.time) if order.time else "")


def _days(days: list[date]) -> str:
    """One day, all days of a span, so many days within it, or some weekdays of it."""
    if len(days) == 1:
        return say_day(days[0], today())
    length = (days[-1] - days[0]).days + 1
    if length == len(days):
        return say_dates(days[0], days[-1], [], today())
    if (apart := _apart(days)) > 1:
        return say_dates(days[0], days[-1], [], today(), apart)
    if length <= SHORT_SPAN:
        span = say_dates(days[0], days[-1], [], today()).rpartition("，")[0]
        return phrase("orders.span_count", span=span, count=say_count(len(days)))
    return say_dates(days[0], days[-1], sorted({day.isoweekday() for day in days}), today())


def _apart(days: list[date]) -> int:
    """How many days lie from one to the next, where that is always the same and the weekday changes; else nought."""
    steps = {(later - day).days for day, later in zip(days, days[1:], strict=False)}
    step = steps.pop() if len(steps) == 1 and len(days) > FEW else 0
    return step if step % len(WEEKDAYS) else 0


def count(order: Order) -> str:
    """How many, when there are several: ，两份."""
    listed = item(order.region, order.service)
    unit = (listed.price_unit if listed else "") or "份"
    many = phrase("orders.moved_count", count=say_count(order.quantity), unit=unit) if order.quantity > 1 else ""
    return many + _goal(order)


def _goal(order: Order) -> str:
    """Where a journey goes: ，去中医院."""
    goal = next((order.particulars[name] for name in ("destination", "hospital") if order.particulars.get(name)), "")
    return phrase("orders.to_goal", goal=goal) if goal else ""


def place_in_time(offer: Place) -> str:
    """A day and a time that are offered."""
    return say_day(offer[0], today()) + (say_time(offer[1]) if offer[1] else "")


def number(order: Order) -> str:
    """The number, digit by digit."""
    return say_digits(order.number)


def once_more(order: Order, text: str) -> str:
    """The wish for another order like this one, with what stays as it was unless the words say otherwise (照这个样后天再来一单)."""
    listed = item(order.region, order.service)
    said = [phrase("orders.once_more", name=name(order)), str(order.particulars.get("problem") or "")]
    if order.time and not AN_HOUR.search(text):
        said.append(say_time(order.time))
    if order.quantity > 1 and not AN_AMOUNT.search(text):
        said.append(say_count(order.quantity) + ((listed.price_unit if listed else "") or "份"))
    diets = order.particulars.get("diet") or []
    said += [phrase(f"service_list.diet_{diet}") for diet in ([diets] if isinstance(diets, str) else diets)]
    if order.address and not ELSEWHERE.search(text):
        said.append(phrase("orders.once_more_place", address=order.address))
    return "，".join(one for one in (*said, ONCE.sub("", LIKE.sub("这个", text))) if one)


def status(order: Order, private: bool, full: bool = False) -> Reply:
    """How an order stands; `full` says where, too."""
    key = order.status if order.days else f"application_{order.status}"
    if order.days and not is_open(order) and order.status not in ("done", "cancelled"):
        key = "past"
    elif order.awaits_consent:
        key = "consent" if order.days else "application_consent"
    who = provider(order.provider)
    listed = item(order.region, order.service)
    until = interval_of(listed, order.time) if listed and order.time and listed.kind == "delivery" else None
    said = phrase(
        f"orders.status_{key}",
        name=name(order),
        when=when(order) + ((count(order) + _left(order)) if is_open(order) else "") + (_where(order) if full else ""),
        until=say_span(*until) if until else "",
        who=without_brackets(who.name) if who else phrase("orders.nobody_yet"),
    )
    return Reply(said, "", (), None, as_card(order, private))


def _left(order: Order) -> str:
    """How many of several days are still to come: ，还有五天."""
    days = [day for day in order.live_days if day >= today()]
    return phrase("orders.days_left", count=say_count(len(days))) if len(days) > 1 else ""


def _where(order: Order) -> str:
    return phrase("orders.status_place", address=say_address(order.address)) if order.address else ""


def brief(order: Order) -> str:
    """An order in a list: 送餐，后天，星期五中午十一点半."""
    return "，".join(part for part in (name(order), when(order)) if part)


def choices(orders: list[Order]) -> tuple[Choice, ...]:
    """Orders to tap; what is sent back is the number."""
    return tuple(Choice(f"{brief(order)}（{order.number}）", f"单号{order.number}") for order in orders)


def refusal(error: NotAvailable, service: str) -> Reply:
    """Why it cannot be had then."""
    day = say_day(error.day, today(), calendar=False) if error.day else ""
    feast = holiday(error.day) if error.day else ""
    return reply(f"orders.why_{error.reason}", day=day, name=service, holiday=feast)


def offers(places: list[Place]) -> Reply:
    """One or two places that can be had, to choose from."""
    said = [place_in_time(place) for place in places]
    tapped = tuple(Choice(one, one) for one in said)
    if len(said) == 1:
        return reply("orders.offer_one", first=said[0], choices=tapped)
    return reply("orders.offer_two", first=said[0], second=said[1], choices=tapped)


def told(conversation: Conversation, orders: list[Order], full: bool = False) -> Outcome:
    """The nearest order first; of several, two more are named and can be chosen.

    Args:
        full: one order is told with its place.
    """
    first = orders[0]
    made(conversation, first)
    private = may_hear(conversation, first)
    if len(orders) == 1:
        said = status(first, private, full and private)
        which = reply("orders.status_number", number=say_digits(first.number), figures=first.number)
        said = Reply(said.say + which.say, (said.show or said.say) + which.show, (), None, said.card)
        return Outcome([said], "answered", first.number)
    rest = orders[1:OFFERED]
    return Outcome(
        [
            reply(
                "orders.status_several",
                count=say_count(len(orders)),
                first=brief(first),
                rest="；".join(brief(order) for order in rest),
                choices=choices(orders[:OFFERED]),
                card=as_card(first, private),
            )
        ],
        "answered",
        first.number,
    )


def some_days(days: list[str]) -> str:
    """Some days of an order; more than can be listened to one by one are named by their weekdays or counted."""
    named = [date.fromisoformat(day) for day in days]
    if len(named) <= LISTED:
        return "、".join(say_day(day, today()) for day in named)
    weekdays = sorted({day.isoweekday() for day in named})
    if len(weekdays) <= LISTED:
        return say_dates(named[0], named[-1], weekdays, today())
    return phrase("orders.days_between", first=say_calendar_day(named[0], today()), last=say_calendar_day(named[-1], today()),
                  count=say_count(len(named)))  # fmt: skip
