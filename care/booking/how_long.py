"""How long something is for, until when, and by how long what was agreed on is moved."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from care import agreement
from care.booking import days_out, remarks, stretches, suits
from care.booking.hearing import Hearing, bare
from care.orders import wishes
from care.turn import Entity

WEEK = timedelta(days=7)
_CLAUSE = re.compile(r"[^，。,；;！!？?]+")


def first_day(today: date, weekdays: list[int]) -> str:
    """The first day to come, of these weekdays if there are any."""
    days = (today + timedelta(days=n) for n in range(1, 8))
    return next(day for day in days if not weekdays or day.isoweekday() in weekdays).isoformat()


def shift(hearing: Hearing) -> bool:
    """“提前一天吧”, “晚半个小时”: what was agreed on is moved by a length of time."""
    draft, by = hearing.draft, wishes.shift(hearing.turn)
    if by is None or not draft.date or hearing.fresh or draft.repeats or suits.wanted(hearing.turn):
        return False
    moved = datetime.fromisoformat(f"{draft.date}T{draft.time or '00:00'}") + by
    if not draft.time and by % timedelta(days=1):
        return False
    draft.date, draft.options = moved.date().isoformat(), []
    draft.time = f"{moved:%H:%M}" if draft.time else ""
    hearing.set("date")
    return True


def without_ends(hearing: Hearing, said: list[Entity]) -> tuple[list[Entity], list[Entity]]:
    """The times without those that tell when it is over, and these; where nothing else says when, they are the times."""
    ends = [e for e in said if suits.role(e) == suits.UNTIL]
    others = [e for e in said if e not in ends]
    known = bool(hearing.draft.date) and hearing.asked not in ("date", "time")
    known = known or any(e.value.get("time") or e.value.get("date") for e in others)
    return (others, ends) if known else (said, [])


def take_ends(hearing: Hearing, ends: list[Entity]) -> None:
    """A stay is as long as from its first day to the one on which somebody is fetched; else the end is noted with the order."""
    draft, item = hearing.draft, hearing.item
    if not ends or item is None:
        return
    day = next(
        (e.value["date"] or e.value["end_date"] for e in ends if e.value.get("date") or e.value.get("end_date")), ""
    )
    if "duration" in item.slots:
        if day and draft.date and not any(value.get("days") for value in hearing.turn.all("duration")):
            take(hearing, {"days": (_after(draft.date, day) - date.fromisoformat(draft.date)).days})
        return
    if day and draft.date and draft.repeats:
        day = _after(draft.date, day).isoformat()
    if item.kind == stretches.SEVERAL and day > draft.date > "":
        draft.end_date, draft.repeats = day, True
        hearing.set("date")
        return
    words = next(
        (
            found.group()
            for found in _CLAUSE.finditer(hearing.turn.text)
            if found.start() <= ends[0].start < found.end()
        ),
        "",
    )
    if bare(words) != bare(ends[0].text):
        remarks.note(hearing, bare(words))


def _after(first: str, day: str) -> date:
    """The day meant, in the first week in which it comes after another (从下星期一开始……送到礼拜五: the Friday after it)."""
    last = date.fromisoformat(day)
    while last <= date.fromisoformat(first):
        last += WEEK
    return last


def take_about(hearing: Hearing) -> None:
    """用几天, 住一阵子: a length is proposed, and taken by a yes."""
    draft, item = hearing.draft, hearing.item
    if item is None or draft.days or "duration" not in item.slots:
        return
    about = next((value["about"] for value in hearing.turn.all("duration") if value.get("about")), 0)
    proposed = draft.offered.get("duration")
    if about and about != proposed:
        draft.offered = {**draft.offered, "duration": about}
        hearing.handled = True
    elif (
        proposed
        and hearing.asked == "duration"
        and (agreement.agrees(hearing.turn) or hearing.turn.intent in ("affirm", "dont_know"))
    ):
        take(hearing, {"days": proposed})


def take(hearing: Hearing, value: dict[str, Any]) -> None:
    """Takes a length of time: of a rental or a stay, or of what comes every day."""
    draft, item, days = hearing.draft, hearing.item, value.get("days")
    if not days or item is None:
        return
    if "duration" in item.slots:
        if draft.days != days:
            draft.days = days
            hearing.set("duration")
        return
    if item.kind == stretches.SEVERAL and days == 1 and draft.repeats and not draft.weekdays:
        draft.repeats, draft.days, draft.end_date = False, 0, ""
        hearing.set("duration")
    if days_out.as_many(draft, days):
        hearing.handled = True
    elif item.kind == stretches.SEVERAL and days > 1:
        if days > WEEK.days and not draft.weekdays:
            draft.weekdays = stretches.weekdays_between(hearing.turn.text)  # 周一到周五, for a month
        draft.days, draft.repeats = days, True
        draft.date = draft.date or first_day(hearing.today, draft.weekdays)
        draft.end_date = ""
        hearing.set("duration")
