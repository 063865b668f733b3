"""Day and time of a booking: what was heard, which hour it means, whether it can be had, what is near."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from care import clock
from care.booking import data
from care.booking.draft import Draft
from care.booking.hearing import Hearing, bare
from care.orders import check
from care.reply import Choice
from care.service_list import ServiceItem, holiday, open_hours, starts, usual_time
from care.wording import (
    WEEKDAYS,
    say_calendar_day,
    say_count,
    say_date,
    say_dates,
    say_day,
    say_span,
    say_time,
)

HALF_DAY = 12
_START = re.compile(r"从|起|开始")
"""Words that move only the first of several days."""
VAGUE_DAYS = 2
"""What “过两天” comes to."""
SEVERAL = "delivery"
"""Kind of service that one order may have on several days."""


def read(hearing: Hearing) -> None:
    """Takes days and times out of the turn into the draft."""
    draft = hearing.draft
    if draft.options and _choose(hearing):
        return
    for value in hearing.turn.all("time"):
        if value.get("past"):
            hearing.note("past", when="")
            continue
        if _loose(hearing, value):
            continue
        _take_day(hearing, value)
        _take_hour(hearing, value)
    for value in hearing.turn.all("duration"):
        _take_duration(hearing, value)
    if draft.options and hearing.turn.intent == "deny" and not hearing.changed and hearing.asked in ("date", "time"):
        draft.options = []
        hearing.handled = True


def _loose(hearing: Hearing, value: dict[str, Any]) -> bool:
    """“过两天”, “周末吧”, “马上”: the nearest free time from then on is proposed."""
    first, last = value.get("date") or "", value.get("end_date") or ""
    at_once = first == hearing.today.isoformat() and bool(value.get("time"))
    if not value.get("vague") or value.get("every") or not (hearing.fresh or hearing.asked in ("date", "time")):
        return False
    if hearing.item is None or not (at_once or last or not first):
        return False
    if value.get("part"):
        hearing.draft.part = value["part"]
    start = date.fromisoformat(first) if first else hearing.today + timedelta(days=VAGUE_DAYS)
    offer_nearest(hearing, start, value.get("time") or "")
    return True


def _take_day(hearing: Hearing, value: dict[str, Any]) -> None:
    draft, item = hearing.draft, hearing.item
    every, weekdays = value.get("every"), list(value.get("weekdays") or [])
    first, last = value.get("date") or "", value.get("end_date") or ""
    several = item is None or item.kind == SEVERAL
    if not several and last and last != first:
        if "duration" in item.slots:
            draft.days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
            hearing.set("duration")
        else:
            hearing.note("one_day")
            return
        last = ""
    if not several and every:
        hearing.note("not_weekly")
    repeats = several and bool(every or (last and last != first))
    if every and not first:
        first = draft.date or _first_day(hearing.today, weekdays)
    if not first:
        return
    before = (draft.date, draft.end_date, draft.weekdays)
    if draft.repeats and not last and not every and _START.search(hearing.turn.text) and first < draft.end_date:
        last, repeats, every, weekdays = (
            draft.end_date,
            True,
            "week" if draft.weekdays else None,
            draft.weekdays,
        )
    draft.date, draft.repeats = first, repeats
    draft.end_date = last if repeats else ""
    draft.weekdays = weekdays if repeats and every == "week" else []
    if before != (draft.date, draft.end_date, draft.weekdays):
        hearing.set("date")
        draft.options = []
    else:
        hearing.handled = True


def _first_day(today: date, weekdays: list[int]) -> str:
    days = (today + timedelta(days=n) for n in range(1, 8))
    return next(day for day in days if not weekdays or day.isoweekday() in weekdays).isoformat()


def _take_hour(hearing: Hearing, value: dict[str, Any]) -> None:
    draft = hearing.draft
    time, part = value.get("time") or "", value.get("part") or ""
    if draft.options and not value.get("date") and all(day != draft.date for day, _ in draft.options):
        draft.date = draft.options[0][0]
    if time:
        before = draft.time
        _set_time(hearing, time, bool(value.get("ampm")), part or draft.part or _part_of(draft.time))
        if draft.time == before and not draft.open_time:
            hearing.handled = True
        else:
            hearing.set("time")
            draft.options = []
    elif part:
        if draft.open_time:
            _set_time(hearing, draft.open_time, False, part)
        elif draft.part == part or (draft.time and _in_part(draft.time, part)):
            hearing.handled = True
            return
        else:
            draft.part, draft.time, draft.options = part, "", []
        hearing.set("time")


def _set_time(hearing: Hearing, time: str, certain: bool, part: str) -> None:
    """Decides which half of the day a time means: by the part of the day, by the hours of the service, or asks."""
    draft = hearing.draft
    draft.open_time = ""
    options = [time] if certain else _halves(time)
    within = [t for t in options if part and _in_part(t, part)]
    if len(within) == 1 and (not hearing.corrects or _open(hearing, within[0])):
        options = within
    fitting = [t for t in options if _open(hearing, t)]
    if len(fitting) > 1:
        draft.time, draft.open_time = "", time
        return
    if not fitting:
        start, end = data.table("schedule")["waking"]
        fitting = [t for t in options if start <= t <= end] or options
    draft.time, draft.part = fitting[0], ""


def _halves(time: str) -> list[str]:
    hour, minute = (int(part) for part in time.split(":"))
    if hour == HALF_DAY or hour == 0:
        return [f"12:{minute:02d}"]
    return [f"{hour % HALF_DAY:02d}:{minute:02d}", f"{hour % HALF_DAY + HALF_DAY:02d}:{minute:02d}"]


def _open(hearing: Hearing, time: str) -> bool:
    item, draft = hearing.item, hearing.draft
    if item is None:
        return True
    if draft.date == hearing.today.isoformat() and time < f"{clock.now():%H:%M}":
        return False
    return any(start <= time < end for start, end in item.hours)


def _in_part(time: str, part: str) -> bool:
    window = data.table("schedule")["parts"][part]
    return window["from"] <= time < window["to"]


def _part_of(time: str) -> str:
    """The half of the day of a time already agreed, as a hint for a corrected hour."""
    return "" if not time else "morning" if time < "12:00" else "afternoon" if time < "18:00" else "evening"


def _take_duration(hearing: Hearing, value: dict[str, Any]) -> None:
    draft, item, days = hearing.draft, hearing.item, value.get("days")
    if not days or item is None:
        return
    if "duration" in item.slots:
        if draft.days != days:
            draft.days = days
            hearing.set("duration")
        return
    if item.kind == SEVERAL and days > 1 and (draft.repeats or hearing.asked in ("duration", "date") or hearing.fresh):
        draft.days, draft.repeats = days, True
        draft.date = draft.date or _first_day(hearing.today, draft.weekdays)
        draft.end_date = ""
        hearing.set("duration")


def _choose(hearing: Hearing) -> bool:
    """One of the offered times was taken: by its words, its number, a time that only it has, or a plain yes."""
    draft, turn = hearing.draft, hearing.turn
    words = bare(turn.text)
    picked = next((o for o in draft.options if bare(option_choice(draft, o).value) == words), None)
    ordinal = turn.last("ordinal") or turn.last("number") if not turn.all("time") else None
    if isinstance(ordinal, dict):
        ordinal = ordinal.get("ordinal")
    if picked is None and isinstance(ordinal, int) and 1 <= ordinal <= len(draft.options):
        picked = draft.options[ordinal - 1]
    if picked is None and turn.all("time"):
        fitting = [o for o in draft.options if all(_fits(o, value) for value in turn.all("time"))]
        picked = fitting[0] if len(fitting) == 1 else None
    if picked is None and not turn.all("time") and hearing.asked in ("date", "time"):
        if turn.intent in ("affirm", "dont_know"):
            picked = draft.options[0]
    if picked is None:
        return False
    if not draft.repeats:
        draft.date = picked[0]
    draft.time, draft.part, draft.open_time, draft.options = picked[1], "", "", []
    hearing.set("date")
    hearing.set("time")
    return True


def _fits(option: list[str], value: dict[str, Any]) -> bool:
    if value.get("date") and value["date"] != option[0]:
        return False
    if value.get("time"):
        heard = [value["time"]] if value.get("ampm") else _halves(value["time"])
        return option[1] in heard
    if value.get("part"):
        return bool(option[1]) and _in_part(option[1], value["part"])
    return bool(value.get("date"))


def option_choice(draft: Draft, option: list[str]) -> Choice:
    """An offered time as something to tap or say."""
    day, time = date.fromisoformat(option[0]), option[1]
    today = clock.today()
    near = say_day(day, today).split("，")[0] if (day - today).days <= 3 else say_day(day, today)
    title = say_time(time) if time and option[0] == draft.date else near + (say_time(time) if time else "")
    return Choice(title, say_calendar_day(day, today) + (say_time(time) if time else ""))


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
    if draft.date and draft.region and not draft.options and (draft.time or not item.timed):
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


def _from_part(hearing: Hearing, item: ServiceItem) -> None:
    """A part of the day: the time it plainly means for this service, or two free times inside it."""
    draft, day = hearing.draft, date.fromisoformat(hearing.draft.date)
    usual = usual_time(item, draft.part)
    if usual:
        draft.time, draft.part = usual, ""
        return
    inside = [t for t in starts(item, day) if _in_part(t, draft.part)]
    free = [t for t in inside if not draft.region or _free(hearing, item, day, t)]
    if free:
        offered = data.table("schedule")["offered"]
        step = max(1, len(free) // offered)
        draft.options = [[draft.date, t] for t in free[::step][:offered]]
        return
    if draft.region:
        draft.time = (inside or [t for t in starts(item, day)] or [item.hours[0][0]])[0]
        if not inside:
            hearing.note(
                "not_in_part",
                part=_part_name(draft.part),
                service=data.service_name(item),
                hours=say_hours(item),
            )
            draft.options = [[a.isoformat(), t] for a, t in _near(hearing, item, day, draft.time)]
            draft.time = draft.part = ""


def _part_name(part: str) -> str:
    return data.table("schedule")["parts"][part]["say"]


def _free(hearing: Hearing, item: ServiceItem, day: date, time: str) -> bool:
    return check(hearing.session, hearing.draft.region, item.code, day, time, max(hearing.draft.quantity, 1)).ok


def _near(hearing: Hearing, item: ServiceItem, day: date, time: str) -> list[tuple[date, str]]:
    found = check(hearing.session, hearing.draft.region, item.code, day, time, max(hearing.draft.quantity, 1))
    return [(day, time), *found.alternatives][:2] if found.ok else found.alternatives


def _see_whether_free(hearing: Hearing, item: ServiceItem) -> None:
    draft = hearing.draft
    found = check(
        hearing.session,
        draft.region,
        item.code,
        draft.date,
        draft.time,
        max(draft.quantity, 1),
        draft.end_date or None,
        draft.weekdays,
    )
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
    draft, item = hearing.draft, hearing.item
    rest = holiday(day) if reason == "holiday" else ""
    if reason == "closed" and not open_hours(item, day):
        reason = "closed_day"
    timely = draft.time and reason not in ("closed_day", "holiday")
    when = say_day(day, hearing.today) + ("，" + say_time(draft.time) if timely else "")
    hearing.note(
        f"not_{reason}",
        when=when,
        service=data.service_name(item),
        hours=say_hours(item),
        weekdays=say_weekdays(item),
        rest=rest,
        lead=say_lead(item),
    )
    if draft.end_date:
        alternatives = [(a, t) for a, t in alternatives if a == day and t != draft.time]
    draft.options = [[a.isoformat(), t] for a, t in alternatives]
    draft.time = draft.part = ""
    if not item.timed or not draft.options:
        draft.date = draft.end_date = ""


def offer_nearest(hearing: Hearing, start: date | None = None, time: str = "") -> None:
    """“随便”, “过两天吧”: proposes the nearest free time from a day (tomorrow) on, if there is one."""
    draft, item = hearing.draft, hearing.item
    if item is None or not item.dated:
        return
    day = start or (date.fromisoformat(draft.date) if draft.date else hearing.today + timedelta(days=1))
    if item.timed:
        time = time or draft.time or usual_time(item, draft.part or "noon") or _earliest(item, draft.part)
    near = _near(hearing, item, day, time) if draft.region else [(day, time)]
    draft.options = [[a.isoformat(), t] for a, t in near[:1]]
    draft.part = ""
    hearing.handled = bool(near)


def _earliest(item: ServiceItem, part: str) -> str:
    inside = [start for start, _ in item.hours if not part or _in_part(start, part)]
    return inside[0] if inside else item.hours[0][0]


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


def say_lead(item: ServiceItem) -> str:
    """How long before it has to be booked: 四个钟头, 一天."""
    hours = item.lead_hours
    return f"{say_count(hours // 24)}天" if hours >= 24 and hours % 24 == 0 else f"{say_count(max(hours, 1))}个钟头"


def say_when(draft: Draft, today: date, full: bool) -> str:
    """Day and time of a draft; `full` with the calendar day, as in a confirmation."""
    if not draft.date:
        return say_time(draft.time) if draft.time else _part_name(draft.part) if draft.part else ""
    first = date.fromisoformat(draft.date)
    if draft.repeats:
        if draft.end_date:
            days = say_dates(first, date.fromisoformat(draft.end_date), draft.weekdays, today)
        elif draft.weekdays:
            days = "每星期" + "、".join(WEEKDAYS[day - 1] for day in sorted(draft.weekdays))
        else:
            days = f"从{say_day(first, today)}起每天"
    else:
        days = say_date(first, today) if full else say_day(first, today)
    return days + ("，" + say_time(draft.time) if draft.time else "")
