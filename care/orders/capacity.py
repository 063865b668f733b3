"""Places: whether a slot has room, taking and giving back, and what else is near.

Taking is one conditional UPDATE per slot, so that it cannot oversell on PostgreSQL either, where two
transactions run side by side; on SQLite the unit of work already holds the write lock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from care.clock import now
from care.orders.errors import ClosedThen, UnknownService
from care.orders.model import Day, SlotUse
from care.service_list import ServiceItem, holiday, item, starts
from care.service_list.opening import slot_of, within

SEARCH_DAYS = 14
"""How far around the wished day alternatives are looked for."""
OFFERED = 2
DAY_COST = 360
"""An offer on the next day counts like one six hours away on the same day."""
EARLIER_COST = 60
"""People like a later day better than an earlier one."""

Reason = Literal["", "past", "too_soon", "closed", "holiday", "full"]
Place = tuple[date, str]
"""A day and a time "HH:MM" (empty for a whole day)."""


@dataclass(frozen=True)
class Availability:
    """Whether something can be had at a time."""

    ok: bool
    reason: Reason = ""
    alternatives: list[Place] = field(default_factory=list)
    """The two nearest that can be had."""
    days: list[date] = field(default_factory=list)
    """For several days: those that can be had (days on which the service rests are left out)."""
    left_out: list[date] = field(default_factory=list)
    """Days of the wish on which the service rests."""
    day: date | None = None
    """The day that `reason` is about."""


def as_day(value: date | str) -> date:
    """A day from a day or an ISO date."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def wanted_days(
    first: date, last: date | None, weekdays: Iterable[int], without: Iterable[date | str] = ()
) -> list[date]:
    """The days from first to last that fall on these weekdays (1 = Monday; none given = every day), but for those not wanted."""
    last, weekdays, away = last or first, set(weekdays), {as_day(day) for day in without}
    if last == first:
        return [first]
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in span if (not weekdays or day.isoweekday() in weekdays) and day not in away]


def check(
    session: Session,
    region: str,
    service: str,
    date: date | str | None,
    time: str = "",
    quantity: int = 1,
    end_date: date | str | None = None,
    weekdays: Iterable[int] = (),
    without: Iterable[date | str] = (),
) -> Availability:
    """Whether a service can be had on a day (or on each of several days) at a time.

    Args:
        time: "HH:MM", empty for whole days and applications.
        end_date, weekdays, without: for several days, but for those not wanted; a day on which the service rests is left out, not refused. Of a rental
            only the day of delivery takes a place.

    Raises:
        UnknownService: the region does not offer it.
    """
    found = item(region, service)
    if found is None:
        raise UnknownService(region, service)
    if not found.dated or date is None:
        return Availability(True)
    first = as_day(date)
    last = as_day(end_date) if end_date and found.kind != "rental" else None
    days = wanted_days(first, last, weekdays, without)
    good: list[Day] = []
    rests: list[Day] = []
    refusal: tuple[Reason, Day] | None = None
    for day in days:
        reason = _reason(session, found, day, time, quantity)
        if not reason:
            good.append(day)
        elif len(days) > 1 and reason in ("holiday", "closed") and not starts(found, day):
            rests.append(day)
        else:
            refusal = refusal or (reason, day)
    if refusal is None and not good:
        refusal = (_reason(session, found, days[0], time, quantity), days[0]) if days else ("closed", first)
    if refusal is None:
        return Availability(True, days=good, left_out=rests)
    reason, day = refusal
    return Availability(False, reason, alternatives(session, found, day, time, quantity), good, rests, day)


def _reason(session: Session, found: ServiceItem, day: date, time: str, quantity: int) -> Reason:
    """Why it cannot be had then; empty = it can."""
    moment = now()
    if day < moment.date():
        return "past"
    if not starts(found, day):
        return "holiday" if holiday(day) and not found.on_holidays else "closed"
    if found.timed:
        if not time:
            return ""
        start = datetime.fromisoformat(f"{day}T{time}")
        if start < moment:
            return "past"
        if slot_of(found, day, time) is None:
            return "closed"
    else:
        start = datetime.fromisoformat(f"{day}T{found.hours[0][0]}")
    if start < moment + timedelta(hours=found.lead_hours):
        return "too_soon"
    return "" if used(session, found, day, time) + quantity <= found.capacity else "full"


def used(session: Session, found: ServiceItem, day: date, time: str) -> int:
    """How many places are taken in the slot that holds a time."""
    slot = slot_of(found, day, time)
    return (
        session.scalar(
            select(SlotUse.used).where(
                SlotUse.region == found.region,
                SlotUse.service == found.code,
                SlotUse.day == day,
                SlotUse.time == (slot or ""),
            )
        )
        or 0
    )


def alternatives(session: Session, found: ServiceItem, day: date, time: str, quantity: int) -> list[Place]:
    """The two nearest places that can be had: near in time of day first, then near in days.

    If none is left on the wished day, the second offer is on another day than the first.
    """
    time = time if found.timed else ""
    today = now().date()
    first = max(day - timedelta(days=SEARCH_DAYS), today)
    around = [first + timedelta(days=n) for n in range(SEARCH_DAYS * 2 + 1)]
    offers = [
        (other, start) for other in around for start in _starts(found, other, time) if (other, start) != (day, time)
    ]
    offers.sort(key=lambda place: _distance(place, day, time))
    chosen: list[Place] = []
    for other, start in offers:
        if chosen and chosen[0][0] != day and other == chosen[0][0]:
            continue
        if not _reason(session, found, other, start, quantity):
            chosen.append((other, start))
            if len(chosen) == OFFERED:
                break
    return chosen


def _starts(found: ServiceItem, day: date, time: str) -> list[str]:
    """The starts of a day, the very hour wished for among them where it can be had."""
    listed = starts(found, day)
    within = bool(time) and time not in listed and bool(listed) and slot_of(found, day, time) is not None
    return sorted([*listed, time]) if within else listed


def _distance(place: Place, day: date, time: str) -> tuple[int, Place]:
    days = (place[0] - day).days
    cost = abs(days) * DAY_COST + (EARLIER_COST if days < 0 else 0)
    if place[1] and time:
        cost += abs(_minutes(place[1]) - _minutes(time))
    return cost, place


def _minutes(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def arrival(found: ServiceItem, time: str, day: date | None) -> str:
    """The hour of arrival for a whole day, which takes no place of its own.

    Raises:
        ClosedThen: outside the hours.
    """
    if not within(found, time):
        raise ClosedThen("closed", [], day)
    return time


def take(session: Session, found: ServiceItem, day: date, time: str, quantity: int) -> bool:
    """Takes places in the slot that holds a time; False when there are not enough (then nothing is taken)."""
    if quantity <= 0 or not found.capacity:
        return True
    slot = {"region": found.region, "service": found.code, "day": day, "time": slot_of(found, day, time) or ""}
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(SlotUse).values(**slot, used=0).on_conflict_do_nothing())
    taken = session.execute(
        update(SlotUse)
        .filter_by(**slot)
        .where(SlotUse.used + quantity <= found.capacity)
        .values(used=SlotUse.used + quantity)
        .execution_options(synchronize_session=False)
    )
    return taken.rowcount == 1  # type: ignore[attr-defined]  # an update gives a CursorResult


def give_back(session: Session, found: ServiceItem, day: date, time: str, quantity: int) -> None:
    """Gives places back."""
    if quantity <= 0 or not found.capacity:
        return
    session.execute(
        update(SlotUse)
        .filter_by(region=found.region, service=found.code, day=day, time=slot_of(found, day, time) or "")
        .where(SlotUse.used >= quantity)
        .values(used=SlotUse.used - quantity)
        .execution_options(synchronize_session=False)
    )
