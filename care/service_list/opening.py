"""When a service can be had: weekdays, opening hours, public holidays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays as calendar
import yaml

from care.service_list.catalogue import DATA, ServiceItem

SATURDAY = 6


@lru_cache
def _own() -> dict:
    with (DATA / "holidays.yaml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)


@lru_cache
def _year(year: int) -> dict[date, str]:
    """Days off of a year with their names: the published arrangement, else the legal holidays."""
    days: dict[date, str] = {}
    published = _own()["published"].get(year)
    if published is None:
        found = calendar.country_holidays("CN", years=year, language="zh_CN", observed=True)
        days = {day: name.split("（")[0].split("(")[0] for day, name in found.items()}
    for span in published or []:
        day = span["from"]
        while day <= span["to"]:
            days[day] = span["name"]
            day += timedelta(days=1)
    days |= {day: "休息" for day in _own()["closed"] if day.year == year}
    return {day: name for day, name in days.items() if day not in _own()["open"]}


def holiday(day: date) -> str:
    """The name of the public holiday on that day (春节), or nothing."""
    return _year(day.year).get(day, "")


def open_hours(item: ServiceItem, day: date) -> tuple[tuple[str, str], ...]:
    """The intervals of a day in which the service can start; none when it is closed that day.

    A weekend day that the State Council made a working day counts as a weekday (Friday).
    """
    if holiday(day) and not item.on_holidays:
        return ()
    weekday = day.isoweekday()
    if weekday >= SATURDAY and day in _own()["workdays"] and 5 in item.weekdays:
        return item.hours
    return item.hours if weekday in item.weekdays else ()


def _minutes(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def starts(item: ServiceItem, day: date) -> list[str]:
    """The starting times of that day's slots; `[""]` for a service that takes the whole day, none when closed."""
    intervals = open_hours(item, day)
    if not item.timed:
        return [""] if intervals else []
    return [
        f"{at // 60:02d}:{at % 60:02d}"
        for begin, end in intervals
        for at in range(_minutes(begin), _minutes(end), item.slot_minutes)
    ]


def still_open(item: ServiceItem, day: date, moment: datetime) -> tuple[tuple[str, str], ...]:
    """The intervals of a day that can still be had when it is asked for now, the first from its next start on."""
    soonest = moment + timedelta(hours=item.lead_hours)
    left = [at for at in starts(item, day) if datetime.fromisoformat(f"{day}T{at or item.hours[0][0]}") >= soonest]
    if not left or not item.timed:
        return open_hours(item, day) if left else ()
    return tuple((max(begin, left[0]), end) for begin, end in open_hours(item, day) if end > left[0])


def next_open(item: ServiceItem, after: date) -> date | None:
    """The next day on which the service can be had; none within a fortnight."""
    days = (after + timedelta(days=n) for n in range(1, 15))
    return next((day for day in days if open_hours(item, day)), None)


def slot_of(item: ServiceItem, day: date, time: str) -> str | None:
    """The start of the slot that holds a time of that day (`""` for a whole day); none outside the hours."""
    if not item.timed:
        return "" if open_hours(item, day) else None
    for begin, end in open_hours(item, day):
        if begin <= time < end:
            at = _minutes(begin) + (_minutes(time) - _minutes(begin)) // item.slot_minutes * item.slot_minutes
            return f"{at // 60:02d}:{at % 60:02d}"
    return None


def within(item: ServiceItem, time: str) -> bool:
    """Whether an hour lies in those of the service, on any day."""
    return any(begin <= time < end for begin, end in item.hours)


def interval_of(item: ServiceItem, time: str) -> tuple[str, str] | None:
    """The interval that is promised for a time (11:30 → 11:30, 12:00): its slot, from the time on."""
    if not item.timed or not within(item, time):
        return None
    until = _minutes(time) + item.slot_minutes
    return time, f"{until // 60:02d}:{until % 60:02d}"


def usual_time(item: ServiceItem, part: str) -> str | None:
    """The time that is plainly meant by a part of the day (a noon meal: 11:30), or none."""
    return next((time for name, time in item.usual.items() if name == part), None)
