"""Days of one wish that belong together: two days as one stretch, a first day and a last, a day of the week just named."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from care.booking.hearing import Hearing
from care.turn import Entity

START = re.compile(r"从|起|开始")
"""Words that move only the first of several days."""
_TO = re.compile(r"[到至](?:了)?$")
"""Words right before the last of several days."""
_JOINED = re.compile(r"[的]?(?:和|跟|还有|、|，|,|以及)")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天]")
_WEEK = re.compile(r"[下上这本]个?(?:周|星期|礼拜)|[月号日]")
_BETWEEN = re.compile(r"(?:周|星期|礼拜)([一二三四五六])(?:到|至|-)(?:周|星期|礼拜)?([二三四五六日天])")
TWO_DAYS = 2
SEVERAL = "delivery"
"""Kind of service that one order may have on several days."""


def days_together(hearing: Hearing, said: list[Entity]) -> list[Entity]:
    """Two days of one wish (周六和周日中午) as one stretch; with a gap between them by their weekdays."""
    dated = [entity for entity in said if entity.value.get("date") and not entity.value.get("end_date")]
    if len(dated) != TWO_DAYS or len(said) != TWO_DAYS or hearing.item is None or hearing.item.kind != SEVERAL:
        return []
    first, second = dated
    between = hearing.turn.text[first.end : second.start] if second.end else ""
    start, end = (date.fromisoformat(entity.value["date"]) for entity in dated)
    if not _JOINED.fullmatch(between) or not timedelta(0) < end - start < timedelta(days=7):
        return []
    value = {
        **first.value,
        **{k: v for k, v in second.value.items() if v},
        "date": first.value["date"],
        "end_date": end.isoformat(),
    }
    if end - start > timedelta(days=1):
        value |= {"every": "week", "weekdays": [start.isoweekday(), end.isoweekday()]}
    return [Entity(first.kind, value, second.text, second.start, second.end)]


def weekdays_between(text: str) -> list[int]:
    """The weekdays from one to another that are named (周一到周五), of which many weeks may have their fill."""
    found = _BETWEEN.search(text)
    first, last = (("一二三四五六日天".index(day) for day in found.groups()) if found else (0, 0))
    return list(range(first + 1, min(last, 6) + 2)) if first < last else []


def in_that_week(said: list[Entity]) -> list[Entity]:
    """A week and, looked for behind it, its day (下个礼拜……礼拜几来着，礼拜三吧): the day lies in that week."""
    if len(said) != TWO_DAYS:
        return []
    week, day = said[0].value, said[1].value
    if (
        not (week.get("vague") and week.get("end_date") and day.get("date"))
        or day.get("end_date")
        or day["date"] >= week["date"]
    ):
        return []
    start, named = date.fromisoformat(week["date"]), date.fromisoformat(day["date"])
    meant = start + timedelta(days=(named.isoweekday() - start.isoweekday()) % 7)
    return [replace(said[1], value={**day, "date": meant.isoformat()})]


def until(hearing: Hearing, said: list[Entity]) -> list[Entity]:
    """A first day of many and, later in the words, the last (从这周五开始每天中午……送到下周五) as one stretch."""
    coming = [e for e in said if not e.value.get("past")]
    lasts = hearing.item is not None and "duration" in hearing.item.slots
    first = next(
        (
            e
            for e in coming
            if e.value.get("date") and (lasts or e.value.get("every") or START.search(hearing.turn.text))
        ),
        None,
    )
    last = next(
        (
            e
            for e in coming
            if first and e is not first and e.value.get("date") and _TO.search(hearing.turn.text[: e.start])
        ),
        None,
    )
    if first is None or last is None or last.value["date"] <= first.value["date"] or first.value.get("end_date"):
        return []
    rest = [e for e in coming if e is not first and e is not last]
    return [replace(first, value={**first.value, "end_date": last.value["date"]}), *rest]


def that_weekday(agreed: str, value: dict[str, Any], words: str) -> dict[str, Any]:
    """A weekday named again (周三上午送过去) is the one that was agreed on (下周三), unless a week is named with it."""
    plain = _WEEKDAY.search(words) and not _WEEK.search(words)
    if not plain or not agreed or not value.get("date") or value.get("end_date") or value.get("every"):
        return value
    same = date.fromisoformat(agreed).isoweekday() == date.fromisoformat(value["date"]).isoweekday()
    return {**value, "date": agreed} if same else value
