"""One day of an order of several, or a few of them, gets its own hour, place or number: that becomes an order of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from care.clock import today
from care.orders import speech
from care.orders.model import Order, OrderEvent
from care.orders.service import OrderRequest, cancel, place
from care.reply import Reply
from care.texts import reply
from care.wording import say_day, say_digits

OWN = ("time", "address", "quantity")
"""What one day of several cannot differ in within the same order."""


def days(draft: dict[str, Any]) -> list[str]:
    """The days that are to differ, ISO."""
    return draft.get("days") or [draft["day"]]


def alone(draft: dict[str, Any], order: Order) -> bool:
    """Whether one day of several is to differ from the others in more than its date."""
    return bool(draft.get("day")) and len(order.live_days) > 1 and (
        bool(draft.get("particulars")) or any(_differs(draft, order, name) for name in OWN)
    )


def _differs(draft: dict[str, Any], order: Order, name: str) -> bool:
    return bool(draft.get(name)) and draft[name] != getattr(order, name)


def request(order: Order, draft: dict[str, Any]) -> OrderRequest:
    """The order for those days alone."""
    some = days(draft)
    first, last = (date.fromisoformat(day) for day in (some[0], some[-1]))
    between = [str(first + timedelta(days=n)) for n in range((last - first).days)]
    return OrderRequest(
        key=f"{order.key}/{draft['day']}"[:80],
        region=order.region,
        service=order.service,
        date=draft.get("date") or some[0],
        end_date=some[-1] if len(some) > 1 else None,
        without=[day for day in between if day not in some],
        time=draft.get("time") or order.time,
        quantity=draft.get("quantity") or order.quantity,
        person_name=order.person_name,
        person_phone=order.person_phone,
        address=draft.get("address") or order.address,
        asked_by=order.asked_by,
        asked_by_phone=order.asked_by_phone,
        relation=order.relation,
        particulars={**order.particulars, **(draft.get("particulars") or {})},
        conversation=order.conversation,
        channel=order.channel,
    )


def split(session: Session, order: Order, draft: dict[str, Any]) -> Order:
    """Takes the day out of the order and places it by itself: both or neither.

    Raises:
        NotAvailable: it cannot be had then; nothing was changed.
        NotAllowed: that day is past.
    """
    with session.begin_nested():
        cancel(session, order.number, days(draft), by="caller", reason="one_day")
        apart = place(session, request(order, draft))
        order.history.append(OrderEvent(what="rescheduled", detail={"days": days(draft), "apart": apart.number}))
        session.flush()
    return apart


def try_out(session: Session, order: Order, draft: dict[str, Any]) -> None:
    """Whether `split` would work; nothing is changed.

    Raises:
        What `split` raises.
    """
    trial = session.begin_nested()
    try:
        split(session, order, draft)
    finally:
        trial.rollback()


def question(order: Order, draft: dict[str, Any], changes: str) -> Reply:
    """The sentence that repeats the change of that day."""
    if len(days(draft)) > 1:
        return reply("orders.change_some_days", days=speech.some_days(days(draft)), name=speech.name(order), changes=changes, number=say_digits(order.number))
    day = say_day(date.fromisoformat(draft["day"]), today())
    number = say_digits(order.number)
    return reply("orders.change_one_day", day=day, name=speech.name(order), changes=changes, number=number)


def said(order: Order, apart: Order) -> Reply:
    """That it is done, with the number of the day's own order."""
    return reply(
        "orders.moved_one_day",
        name=speech.name(order),
        when=speech.when(apart),
        count=speech.count(apart),
        fresh=speech.number(apart),
        number=speech.number(order),
        card=speech.as_card(apart, True),
    )
