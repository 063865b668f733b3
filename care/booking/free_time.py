"""Whether the day and time of a booking can be had, why not, and what is near."""

from __future__ import annotations

from datetime import date, timedelta

from care.booking import data
from care.booking.hearing import Hearing
from care.booking.when_words import in_part, part_name, say_hours, say_lead, say_weekdays
from care.orders import check
from care.service_list import ServiceItem, holiday, open_hours, starts, usual_time
from care.texts import reply
from care.wording import say_calendar_day, say_day, say_time

DAYS_AHEAD = 8
"""So many days other times are looked for."""
NOON = "12:00"
FIRST_OF_MONTH = "一号"


def settle(hearing: Hearing) -> None:
    """Sees whether the day and time can be had; says why not and proposes the nearest."""
    draft, item = hearing.draft, hearing.item
    if item is None or not item.dated or draft.options:
        return
    if draft.repeats and draft.days and draft.date and not draft.end_date:
        draft.end_date = (date.fromisoformat(draft.date) + timedelta(days=draft.days - 1)).isoformat()
    if not _sound_days(hearing):
        return
    if draft.date and draft.part and not draft.time and item.timed:
        _from_part(hearing, item)
    _arrival(hearing, item)
    if draft.date and not draft.options and (draft.time or not item.timed):
        _see_whether_free(hearing, item)


def _sound_days(hearing: Hearing) -> bool:
    draft, limits = hearing.draft, data.table("schedule")
    if not draft.date:
        return True
    first = date.fromisoformat(draft.date)
    if first < hearing.today:
        hearing.note("past", when=say_day(first, hearing.today))
        draft.forget("date")
        return False
    if first > hearing.today + timedelta(days=limits["farthest_days"]):
        hearing.note("too_far", when=say_calendar_day(first, hearing.today))
        draft.forget("date")
        return False
    if draft.end_date:
        last = date.fromisoformat(draft.end_date)
        if last < first or (last - first).days >= limits["longest_days"]:
            hearing.note("too_long" if last > first else "backwards")
            draft.end_date, draft.days = "", 0
            return False
    return True


def names_no_day(hearing: Hearing, first: str, last: str) -> bool:
    """Whether a vague time is none to propose a day from, which is said: too far away, or a whole month to come (九月)."""
    if not first:
        return False
    begin = date.fromisoformat(first)
    month = first.endswith("-01") and last == ((begin + timedelta(days=31)).replace(day=1) - timedelta(days=1)).isoformat()
    said = say_calendar_day(begin, hearing.today)
    said = said.removesuffix(FIRST_OF_MONTH) if month else said
    if begin > hearing.today + timedelta(days=data.table("schedule")["farthest_days"]):
        hearing.note("too_far", when=said)
    elif month and begin > hearing.today:
        hearing.note("only_month", month=said)
    else:
        return False
    return True


def _from_part(hearing: Hearing, item: ServiceItem) -> None:
    """A part of the day: the time it plainly means for this service, or two free times inside it."""
    draft, day = hearing.draft, date.fromisoformat(hearing.draft.date)
    usual = usual_time(item, draft.part)
    if usual:
        draft.time, draft.part = usual, ""
        return
    inside = [t for t in starts(item, day) if in_part(t, draft.part)]
    free = [t for t in free_times(hearing, item, day) if t in inside]
    if free:
        offered = data.table("schedule")["offered"]
        step = max(1, len(free) // offered)
        draft.options = [[draft.date, t] for t in free[::step][:offered]]
        return
    if draft.region or not inside:
        draft.time = (inside or [t for t in starts(item, day)] or [item.hours[0][0]])[0]
        if not inside:
            hearing.note(
                "not_in_part",
                part=part_name(draft.part),
                service=data.service_name(item),
                hours=say_hours(item),
            )
            draft.options = [[a.isoformat(), t] for a, t in _near(hearing, item, day, draft.time)]
            draft.time = draft.part = ""


def _arrival(hearing: Hearing, item: ServiceItem) -> None:
    """Where the whole day is booked the hour of arrival is kept when it is one at which somebody is there, and never asked for."""
    draft = hearing.draft
    if item.timed:
        return
    draft.open_time = ""
    if draft.time and not any(start <= draft.time < end for start, end in item.hours):
        hearing.note("not_closed", attempt=0, when=say_time(draft.time), service=data.service_name(item), hours=say_hours(item))
        draft.time = ""


def _free(hearing: Hearing, item: ServiceItem, day: date, time: str) -> bool:
    return check(hearing.session, item.region, item.code, day, time, max(hearing.draft.quantity, 1)).ok


def free_times(hearing: Hearing, item: ServiceItem, day: date) -> list[str]:
    """The times of a day that can be had."""
    return [t for t in starts(item, day) if _free(hearing, item, day, t)]


def _near(hearing: Hearing, item: ServiceItem, day: date, time: str) -> list[tuple[date, str]]:
    found = check(hearing.session, item.region, item.code, day, time, max(hearing.draft.quantity, 1))
    return [(day, time), *found.alternatives][:2] if found.ok else found.alternatives


def _see_whether_free(hearing: Hearing, item: ServiceItem) -> None:
    draft = hearing.draft
    found = check(
        hearing.session,
        item.region,
        item.code,
        draft.date,
        draft.time,
        max(draft.quantity, 1),
        draft.end_date or None,
        draft.weekdays,
        draft.away,
    )
    if not draft.region and found.reason == "full":
        return  # full in some town; which one is meant comes later, and then it is looked up again
    draft.notes = [day.isoformat() for day in found.left_out] if found.ok else []
    if found.ok:
        if found.days and draft.repeats:
            draft.date = found.days[0].isoformat()
        return
    if draft.end_date and found.reason in ("past", "too_soon") and found.day and found.day.isoformat() == draft.date:
        later = date.fromisoformat(draft.date) + timedelta(days=1)
        hearing.note("starts_later", when=say_day(later, hearing.today))
        draft.date = later.isoformat()
        _see_whether_free(hearing, item)
        return
    propose(hearing, found.reason, found.day or date.fromisoformat(draft.date), found.alternatives)


def propose(hearing: Hearing, reason: str, day: date, alternatives: list[tuple[date, str]]) -> None:
    """Says why a time cannot be had and keeps the nearest as proposals; nothing else of the draft is lost."""
    draft, item = hearing.draft, hearing.listed
    rest = holiday(day) if reason == "holiday" else ""
    if reason == "closed" and not open_hours(item, day):
        reason = "closed_day"
    timely = draft.time and reason not in ("closed_day", "holiday")
    when = say_day(day, hearing.today) + ("，" + say_time(draft.time) if timely else "")
    wished = [day.isoformat(), draft.time if item.timed else ""]
    hearing.note(
        f"not_{reason}",
        attempt=int(wished in draft.refused),
        when=when,
        service=data.service_name(item),
        hours=say_hours(item),
        weekdays=say_weekdays(item),
        rest=rest,
        lead=say_lead(item),
    )
    if draft.end_date:
        alternatives = [(a, t) for a, t in alternatives if a == day and t != draft.time]
    nearest = [[a.isoformat(), t] for a, t in alternatives]
    draft.options = [one for one in nearest if one not in draft.refused] or nearest[:1]
    draft.refused = [*draft.refused, wished]
    draft.time, draft.part = "" if item.timed else draft.time, ""
    if not item.timed or not draft.options:
        draft.date = draft.end_date = ""


def offer_others(hearing: Hearing) -> None:
    """Proposes other times than those that were not liked: one in the other half of that day, one on a later day."""
    draft, item = hearing.draft, hearing.item
    before, draft.options = draft.options, []
    if item is None or draft.repeats or draft.others:
        return
    draft.refused, draft.others = [*draft.refused, *before], True
    first, hour = date.fromisoformat(before[0][0]), before[0][1]
    days = {day for day, _ in before}
    found: list[list[str]] = []
    for ahead in range(DAYS_AHEAD):
        day = first + timedelta(days=ahead)
        free = [
            t
            for t in (starts(item, day) if item.timed else [hour])
            if [day.isoformat(), t] not in draft.refused and _free(hearing, item, day, t)
        ]
        if free and (day.isoformat() not in days or not found):
            wished = (
                [t for t in free if (t >= NOON) != (hour >= NOON)] if day == first else [t for t in free if t == hour]
            )
            found.append([day.isoformat(), (wished or free)[0]])
        if len(found) == data.table("schedule")["offered"]:
            break
    draft.options = found
    if draft.options:
        hearing.notes.append(reply("booking.others"))


def offer_nearest(hearing: Hearing, start: date | None = None, time: str = "") -> None:
    """“随便”, “过两天吧”: proposes the nearest free time from a day (tomorrow) on, if there is one."""
    draft, item = hearing.draft, hearing.item
    if item is None or not item.dated:
        return
    day = start or (date.fromisoformat(draft.date) if draft.date else hearing.today + timedelta(days=1))
    if item.timed:
        time = time or draft.time or usual_time(item, draft.part or "noon") or _earliest(item, draft.part)
    near = _near(hearing, item, day, time)
    draft.options = [[a.isoformat(), t] for a, t in near[:1]]
    draft.part = ""
    hearing.handled = bool(near)


def _earliest(item: ServiceItem, part: str) -> str:
    inside = [start for start, _ in item.hours if not part or in_part(start, part)]
    return inside[0] if inside else item.hours[0][0]
