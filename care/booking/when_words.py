"""Days, times and hours of a booking in words; parts of the day."""

from __future__ import annotations

from datetime import date, timedelta

from care import clock
from care.booking import data
from care.booking.draft import Draft
from care.reply import Choice
from care.service_list import ServiceItem
from care.texts import phrase
from care.wording import (
    WEEKDAYS,
    say_calendar_day,
    say_count,
    say_date,
    say_dates,
    say_day,
    say_rhythm,
    say_span,
    say_time,
)

HALF_DAY = 12


def in_part(time: str, part: str) -> bool:
    """Whether a time lies in a part of the day."""
    window = data.table("schedule")["parts"][part]
    return window["from"] <= time < window["to"]


def part_name(part: str) -> str:
    """A part of the day as it is said."""
    return data.table("schedule")["parts"][part]["say"]


def halves(time: str) -> list[str]:
    """The times that an hour without its half of the day can mean."""
    hour, minute = (int(part) for part in time.split(":"))
    if hour == HALF_DAY or hour == 0:
        return [f"12:{minute:02d}"]
    return [f"{hour % HALF_DAY:02d}:{minute:02d}", f"{hour % HALF_DAY + HALF_DAY:02d}:{minute:02d}"]


def say_hours(item: ServiceItem) -> str:
    """The hours in which a service can begin, the last start included: 上午九点到十一点，下午两点到四点."""
    return "，".join(say_span(start, _last_start(item, start, end)) for start, end in item.hours)


def _last_start(item: ServiceItem, start: str, end: str) -> str:
    if not item.timed:
        return end
    first, last = (int(t[:2]) * 60 + int(t[3:]) for t in (start, end))
    at = first + (last - first - 1) // item.slot_minutes * item.slot_minutes
    return f"{at // 60:02d}:{at % 60:02d}"


def say_weekdays(item: ServiceItem) -> str:
    """The weekdays of a service: 星期一到星期五, or the days themselves."""
    days = sorted(item.weekdays)
    if days == list(range(days[0], days[-1] + 1)) and len(days) > 2:
        return f"星期{WEEKDAYS[days[0] - 1]}到星期{WEEKDAYS[days[-1] - 1]}"
    return "、".join(f"星期{WEEKDAYS[day - 1]}" for day in days)


def say_length(days: int) -> str:
    """How long something is for: 一个星期, 一个月, 十天."""
    whole = {7: "一个星期", 14: "两个星期", 30: "一个月"}
    return whole.get(days) or f"{say_count(days)}天"


def say_lead(item: ServiceItem) -> str:
    """How long before it has to be booked: 四个钟头, 一天."""
    hours = item.lead_hours
    return f"{say_count(hours // 24)}天" if hours >= 24 and hours % 24 == 0 else f"{say_count(max(hours, 1))}个钟头"


def say_when(draft: Draft, today: date, full: bool) -> str:
    """Day and time of a draft; `full` with the calendar day, as in a confirmation."""
    if not draft.date:
        return say_time(draft.time) if draft.time else part_name(draft.part) if draft.part else ""
    first = date.fromisoformat(draft.date)
    if draft.repeats and draft.chosen:
        days = "、".join(say_calendar_day(date.fromisoformat(day), today) for day in draft.chosen)
    elif draft.repeats:
        if draft.end_date:
            days = say_dates(first, date.fromisoformat(draft.end_date), draft.weekdays, today, draft.apart)
            away = "、".join(say_calendar_day(date.fromisoformat(day), today) for day in draft.without)
            days += phrase("booking.sum_without", days=away) if away else ""
        else:
            sooner = (today + timedelta(days=n) for n in range(1, (first - today).days))
            at_once = draft.weekdays and not any(day.isoweekday() in draft.weekdays for day in sooner)
            days = ("" if at_once else f"从{say_day(first, today)}起") + say_rhythm(draft.weekdays, draft.apart)
    else:
        days = say_date(first, today) if full else say_day(first, today)
    return days + ("，" + say_time(draft.time) if draft.time else "")


def option_choice(draft: Draft, option: list[str]) -> Choice:
    """An offered time as something to tap or say."""
    day, time = date.fromisoformat(option[0]), option[1]
    today = clock.today()
    near = say_day(day, today).split("，")[0] if (day - today).days <= 3 else say_day(day, today)
    title = say_time(time) if time and option[0] == draft.date else near + (say_time(time) if time else "")
    return Choice(title, say_calendar_day(day, today) + (say_time(time) if time else ""))
