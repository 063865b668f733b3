"""Days of one wish that belong together: two days as one stretch, a first day and a last, a day of the week just named."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from care.booking.draft import Wish
from care.booking.hearing import Hearing
from care.turn import Entity

START = re.compile(r"从|起|开始")
"""Words that move only the first of several days."""
_TO = re.compile(r"[到至](?:了)?$")
"""Words right before the last of several days."""
_JOINED = re.compile(r"[的]?(?:和|跟|与|还有|、|，|,|以及|[，,](?:和|还有|再))[ ]?")
_DAY_NUMBER = re.compile(r"[0-9一二三四五六七八九十廿]{1,3}[号日]")
_OF_THE_MONTH = re.compile(rf"{_DAY_NUMBER.pattern}|初[一二三四五六七八九十]|(?:十|廿|二十)[一二三四五六七八九]?(?!点)")
"""Days of the month, which need no word between them (十号二十号; 初一十五)."""
_PAUSED = re.compile(r"[天日号一二三四五六][，,]")
"""A pause behind a day, after which another may put it right."""
_ANY = re.compile(r"(?:都|也)(?:行|可以|中|好|成|得|有空|得闲|在家|没事|方便)")
"""Any of the days is all right."""
_EACH = re.compile(r"^[^，。]{0,4}(?:各|都|分别|这?两天)")
"""Behind days that are all wanted."""
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天]")
_WEEK = re.compile(r"[下上这本]个?(?:周|星期|礼拜)|[月号日]")
_BETWEEN = re.compile(r"(?:周|星期|礼拜)([一二三四五六])(?:到|至|-)(?:周|星期|礼拜)?([二三四五六日天])")
TWO_DAYS = 2
LONGEST = timedelta(days=62)
"""From the first of several days to the last."""
SEVERAL = "delivery"
"""Kind of service that one order may have on several days."""


def days_together(hearing: Hearing, said: list[Entity]) -> list[Entity]:
    """Days of one wish (周六和周日中午; 十号和二十号) as one stretch; with gaps between them by their weekdays, or day by day."""
    if hearing.item is None or hearing.item.kind != SEVERAL or not _joined(hearing.turn.text, said):
        return []
    days = _in_order(said)
    first, last = days[0], days[-1]
    gap = last - first
    if days != sorted(set(days)) or gap > LONGEST:
        return []
    value = said[0].value
    for entity in said[1:]:
        value = {**value, **{k: v for k, v in entity.value.items() if v}}
    value = {**value, "date": first.isoformat(), "end_date": last.isoformat()}
    if len(days) == TWO_DAYS and timedelta(days=1) < gap < timedelta(days=7):
        value |= {"every": "week", "weekdays": [first.isoweekday(), last.isoweekday()]}
    elif gap > timedelta(days=len(days) - 1):
        value["chosen"] = [day.isoformat() for day in days]
    return [Entity(said[0].kind, value, said[-1].text, said[-1].start, said[-1].end)]


def one_by_one(hearing: Hearing, said: list[Entity]) -> list[Entity]:
    """Days of a service of which an order has only one (十号和二十号各理一次发): the first is booked, the others afterwards."""
    item, text = hearing.item, hearing.turn.text
    if item is None or item.kind == SEVERAL or "duration" in item.slots or not _joined(text, said) or _PAUSED.search(text):
        return said
    days, merged = _in_order(said), {}
    for entity in reversed(said):
        merged.update({k: v for k, v in entity.value.items() if v})
    if days == sorted(set(days)) and not _ANY.search(text):
        later = [("time", {**said[n].value, **merged, "date": day.isoformat()}, said[n].text) for n, day in enumerate(days) if n]
        hearing.draft.queue += [Wish(service=item.code, entities=[one]) for one in later]
        hearing.note("queued_same")
    return [replace(said[0], value={**said[0].value, **merged})]


def _joined(text: str, said: list[Entity]) -> bool:
    """Whether all times of a turn are single days that are listed: joined by words, or days of the month one after the other."""
    if len(said) < TWO_DAYS or not all(e.value.get("date") and e.end and not e.value.get("past") for e in said):
        return False
    if any(e.value.get("end_date") or e.value.get("every") for e in said):
        return False
    pairs = [(one, text[one.end : after.start], after) for one, after in zip(said, said[1:], strict=False)]
    run = all(_OF_THE_MONTH.match(e.text) for e in said) or _EACH.search(text[said[-1].end :])
    return all(_JOINED.fullmatch(between) or run and not between for _, between, _ in pairs)


def _in_order(said: list[Entity]) -> list[date]:
    """The days that are listed; on the day that a month names last (五号十五号二十五号, today) it goes on in the month begun."""
    days = [date.fromisoformat(e.value["date"]) for e in said]
    for n in range(1, len(days)):
        before, here = days[n - 1], days[n]
        if here < before and here.day > before.day and _DAY_NUMBER.match(said[n].text):
            days[n] = before.replace(day=here.day) if here.day <= monthrange(before.year, before.month)[1] else here
    return days


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
