"""Placing, finding, changing and ending orders. Every function changes all or nothing within the caller's session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.clock import now
from care.orders import capacity, numbers
from care.orders.capacity import as_day
from care.orders.errors import ClosedThen, NotAllowed, OrderError, SlotFull, UnknownOrder, UnknownService
from care.orders.model import CANCELLED, CONFIRMED, DONE, SUBMITTED, TRANSITIONS, Day, Order, OrderDay, OrderEvent
from care.orders.pricing import price_of, price_then
from care.service_list import ServiceItem, item, providers

TOWN = "town"
"""Particular: city and district of whoever goes somewhere, of whom no address is noted."""
LOST_RACES = 3
"""How often a number or key may be snatched by another transaction before giving up (PostgreSQL only)."""


@dataclass
class OrderRequest:
    """Everything agreed on, ready to be stored."""

    key: str
    """Idempotency key, such as the draft's id."""
    region: str
    service: str
    date: Day | str | None = None
    end_date: Day | str | None = None
    time: str = ""
    weekdays: list[int] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    """Days between the first and the last that are not wanted, ISO."""
    quantity: int = 1
    person_name: str = ""
    person_phone: str = ""
    address: str = ""
    asked_by: str = ""
    asked_by_phone: str = ""
    relation: str = "self"
    particulars: dict[str, Any] = field(default_factory=dict)
    conversation: str = ""
    channel: str = ""


def place(session: Session, request: OrderRequest) -> Order:
    """Stores an order and takes its places; the same key gives the order that is there already.

    Raises:
        UnknownService: the region does not offer it.
        SlotFull, ClosedThen: it cannot be had then; nothing was stored.
        ValueError: no date (or no time) for a service that needs one.
    """
    for _ in range(LOST_RACES):
        found = session.scalar(select(Order).where(Order.key == request.key))
        if found is not None:
            return found
        try:
            with session.begin_nested():
                return _store(session, request)
        except IntegrityError:
            continue
    raise OrderError("the order could not be stored")


def _store(session: Session, request: OrderRequest) -> Order:
    listed = item(request.region, request.service)
    if listed is None:
        raise UnknownService(request.region, request.service)
    if listed.dated and request.date is None:
        raise ValueError(f"{request.service}: no date")
    if listed.timed and not request.time:
        raise ValueError(f"{request.service}: no time")
    time = request.time if listed.dated else ""
    days = _bookable(session, listed, request, time)
    price = price_of(request)
    order = Order(
        number=numbers.fresh(session),
        key=request.key,
        region=request.region,
        service=request.service,
        status=SUBMITTED,
        time=time,
        quantity=request.quantity,
        person_name=request.person_name,
        person_phone=request.person_phone,
        address=request.address,
        asked_by=request.asked_by,
        asked_by_phone=request.asked_by_phone,
        relation=request.relation,
        particulars=dict(request.particulars),
        conversation=request.conversation,
        channel=request.channel,
        total_fen=None if price.total is None else int(price.total * 100),
        payer=price.payer,
        price_demo=price.demo,
        days=[OrderDay(day=day) for day in days],
        history=[OrderEvent(what="placed", detail={"channel": request.channel})],
    )
    session.add(order)
    _assign(order, agreed=not order.awaits_consent)
    session.flush()
    return order


def _bookable(session: Session, listed: ServiceItem, request: OrderRequest, time: str) -> list[date]:
    """The days of a request, each with its places taken."""
    if not listed.dated:
        return []
    free = capacity.check(
        session,
        listed.region,
        listed.code,
        request.date,
        time,
        request.quantity,
        request.end_date,
        request.weekdays,
        request.without,
    )
    if not free.ok:
        fault = SlotFull if free.reason == "full" else ClosedThen
        raise fault(free.reason, free.alternatives, free.day)
    for day in free.days:
        if not capacity.take(session, listed, day, time, request.quantity):
            raise SlotFull("full", capacity.alternatives(session, listed, day, time, request.quantity), day)
    return free.days


def _assign(order: Order, agreed: bool) -> None:
    """Gives the order to who covers its address, else to somebody of its city or region; then it is confirmed.

    Until the elder has agreed to what somebody else asked for, it stays submitted.
    """
    able = providers(order.region, order.service, order.address or str(order.particulars.get(TOWN) or ""))
    if not able:
        return
    order.provider = able[0].id
    if agreed:
        order.status = CONFIRMED
        order.history.append(OrderEvent(what=CONFIRMED, detail={"provider": able[0].id}))


def by_number(session: Session, number: str) -> Order | None:
    """The order with this number."""
    return session.scalar(select(Order).where(Order.number == number))


def existing(session: Session, number: str) -> Order:
    """The order of a number that must be there.

    Raises:
        UnknownOrder: there is none.
    """
    order = by_number(session, number)
    if order is None:
        raise UnknownOrder(number)
    return order


def of_phone(session: Session, phone: str) -> list[Order]:
    """The orders for or by this telephone number: those to come first (nearest first), then the past ones."""
    if not phone:
        return []
    found = session.scalars(select(Order).where(or_(Order.person_phone == phone, Order.asked_by_phone == phone)))
    return nearest_first(found)


def of_conversation(session: Session, conversation: str) -> list[Order]:
    """The orders made in a conversation, nearest first."""
    return nearest_first(session.scalars(select(Order).where(Order.conversation == conversation)))


def nearest_first(orders: Iterable[Order]) -> list[Order]:
    """Open orders by day and time, then ended ones, newest first."""
    today = now().date()

    def rank(order: Order) -> tuple[bool, date, str, int]:
        ended = order.status in (DONE, CANCELLED) or (order.end_date is not None and order.end_date < today)
        coming = next((day for day in order.live_days if day >= today), date.max)
        return ended, coming, order.time, -order.id

    return sorted(orders, key=rank)


def cancel(
    session: Session, number: str, part: Iterable[date | str] | None = None, by: str = "", reason: str = ""
) -> Order:
    """Cancels an order, or only some of its days, and gives the places back.

    Cancelling what is cancelled already changes nothing.

    Raises:
        UnknownOrder: no such number.
        NotAllowed: it is done, or the day is past.
    """
    order = _changeable(session, number, allow_cancelled=True)
    if order.status == CANCELLED:
        return order
    listed = _listed(order)
    dropped = set(_coming(order)) if part is None else {as_day(day) for day in part}
    affected = [day for day in order.days if day.day in dropped and not day.cancelled]
    if affected and not {day.day for day in affected} <= set(_coming(order)):
        raise NotAllowed("past")
    for day in affected:
        day.cancelled = True
        capacity.give_back(session, listed, day.day, order.time, order.quantity)
    whole = part is None or not _coming(order)
    if whole:
        order.status = CANCELLED
    if whole or affected:
        _reprice(order, listed)
        detail = {"days": [str(day.day) for day in affected], "by": by, "reason": reason}
        order.history.append(OrderEvent(what=CANCELLED if whole else "part_cancelled", detail=detail))
    session.flush()
    return order


def reschedule(
    session: Session,
    number: str,
    *,
    date: date | str | None = None,
    time: str | None = None,
    address: str | None = None,
    quantity: int | None = None,
    day: date | str | None = None,
    goal: str | None = None,
    phone: str | None = None,
    particulars: dict[str, Any] | None = None,
    by: str = "",
) -> Order:
    """Moves an order to another day, time, place or number of persons; the new places are taken before the old go.

    Args:
        date: the new (first) day; several days all move by as much.
        day: only this day of several is moved; its time cannot differ from the others.
        goal: where the journey goes instead.
        phone: who is called instead.
        particulars: what is told otherwise of how it is done.

    Raises:
        UnknownOrder, NotAllowed: no such number; done, cancelled or past.
        SlotFull, ClosedThen: it cannot be had then; the order stays as it was.
    """
    order = _changeable(session, number)
    listed = _listed(order)
    before = {"date": str(order.date or ""), "time": order.time, "quantity": order.quantity, "address": order.address}
    with session.begin_nested():
        new_time = order.time if time is None else time
        new_quantity = order.quantity if quantity is None else quantity
        if not listed.timed and new_time != order.time:
            order.time = capacity.arrival(listed, new_time, order.date)
        if listed.dated and (date or new_time != order.time or new_quantity != order.quantity):
            _move(session, order, listed, _moves(order, date, day), new_time, new_quantity)
        order.quantity = new_quantity
        if goal is not None:
            name = next((one for one in ("destination", "hospital") if order.particulars.get(one)), "destination")
            order.particulars = {**order.particulars, name: goal}
        order.particulars = {**order.particulars, **(particulars or {})}
        order.person_phone = phone or order.person_phone
        if address is not None:
            order.address = address
            agreed = not order.awaits_consent
            order.provider, order.status = "", SUBMITTED
            _assign(order, agreed)
        _reprice(order, listed)
        after = {"date": str(order.date or ""), "time": order.time, "quantity": order.quantity, "address": order.address}
        order.history.append(OrderEvent(what="rescheduled", detail={"before": before, "after": after, "by": by}))
        session.flush()
    return order


def _moves(order: Order, to: date | str | None, only: date | str | None) -> dict[date, date]:
    """Old day → new day for the days still to come."""
    ahead = _coming(order)
    if to is None or not ahead:
        return {day: day for day in ahead}
    if only is not None:
        return {day: as_day(to) if day == as_day(only) else day for day in ahead}
    shift = as_day(to) - ahead[0]
    return {day: day + shift for day in ahead}


def _move(
    session: Session, order: Order, listed: ServiceItem, moves: dict[date, date], time: str, quantity: int
) -> None:
    old_time, new_time = (order.time, time) if listed.timed else ("", "")  # a whole day is one place, whenever one arrives
    slots_before = {(day, old_time) for day in moves}
    for target in moves.values():
        kept = order.quantity if (target, new_time) in slots_before else 0
        free = capacity.check(session, listed.region, listed.code, target, time, max(quantity - kept, 0))
        if not free.ok:
            fault = SlotFull if free.reason == "full" else ClosedThen
            options = capacity.alternatives(session, listed, target, time, quantity)
            raise fault(free.reason, options, target)
    change: dict[tuple[date, str], int] = {}
    for old, new in moves.items():
        change[new, new_time] = change.get((new, new_time), 0) + quantity
        change[old, old_time] = change.get((old, old_time), 0) - order.quantity
    for (target, at), more in sorted(change.items()):
        if more > 0 and not capacity.take(session, listed, target, at, more):
            raise SlotFull("full", capacity.alternatives(session, listed, target, at, quantity), target)
    for (target, at), more in change.items():
        if more < 0:
            capacity.give_back(session, listed, target, at, -more)
    keep = [day for day in order.days if day.cancelled or day.day not in moves]
    kept_days = {day.day: day for day in keep}
    for target in set(moves.values()):
        if target in kept_days and not kept_days[target].cancelled:
            raise NotAllowed("same_day")
    order.days = [day for day in keep if day.day not in moves.values()]
    session.flush()
    order.days += [OrderDay(day=target) for target in sorted(set(moves.values()))]
    order.time = time


def _coming(order: Order) -> list[date]:
    """The days that stand and have not begun; a whole day counts until it is over."""
    moment = now()
    return [
        day
        for day in order.live_days
        if (datetime.fromisoformat(f"{day}T{order.time}") > moment if order.time else day >= moment.date())
    ]


def check_move(session: Session, number: str, **changes: Any) -> None:
    """Whether `reschedule` with these changes would work; nothing is changed.

    Raises:
        What `reschedule` raises.
    """
    trial = session.begin_nested()
    try:
        reschedule(session, number, **changes)
    finally:
        trial.rollback()


def _changeable(session: Session, number: str, allow_cancelled: bool = False) -> Order:
    order = existing(session, number)
    if order.status == DONE or (order.status == CANCELLED and not allow_cancelled):
        raise NotAllowed(order.status)
    if order.status != CANCELLED and order.days and not _coming(order):
        raise NotAllowed("past")
    return order


def _listed(order: Order) -> ServiceItem:
    listed = item(order.region, order.service)
    if listed is None:
        raise UnknownService(order.region, order.service)
    return listed


def _reprice(order: Order, listed: ServiceItem) -> None:
    total = price_then(order, listed, order.particulars, order.quantity).total
    order.total_fen = None if total is None else int(total * 100)


def advance(session: Session, number: str, status: str, by: str = "", **detail: Any) -> Order:
    """Moves an order on in its life: confirmed, dispatched, done (for operators and providers).

    Raises:
        UnknownOrder: no such number.
        NotAllowed: that status may not follow; `reason` is the present one.
    """
    order = existing(session, number)
    if status == CANCELLED:
        return cancel(session, number, by=by)
    if status not in TRANSITIONS[order.status]:
        raise NotAllowed(order.status)
    order.status = status
    order.history.append(OrderEvent(what=status, detail={"by": by, **detail}))
    session.flush()
    return order


def rate_order(session: Session, number: str, stars: int, words: str = "") -> Order:
    """Keeps what the person thinks of a service: one to five stars and their words; a later rating replaces it.

    Raises:
        UnknownOrder: no such number.
        ValueError: not one to five.
    """
    order = existing(session, number)
    if not 1 <= stars <= 5:
        raise ValueError("stars")
    order.rating, order.rating_words = stars, words
    order.history.append(OrderEvent(what="rated", detail={"stars": stars}))
    session.flush()
    return order
