"""The days of an order as callers name them: a weekday or a date without its month is one of the order's own days.

Said today, a Wednesday, 周五 is the day after tomorrow; of meals that are ordered for the week after it is the Friday of that
week. Days are also named by their place: 第一天, 最后一天, 后两天.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from care.clock import today
from care.orders.model import Order
from care.turn import Entity, Turn

BARE_WEEKDAY = re.compile(r"(?:星期|礼拜|周|拜)[一二三四五六日天末]")
BARE_DATE = re.compile(r"[0-9一二三四五六七八九十廿]{1,3}[号日]")
TO = re.compile(r"(?:改|换|挪|推迟?|延|调|移|串|提前|放|等|顺延)(?:到|成|为|至|在)?$")
"""Before the day that something is moved to, which need be none of the order's."""
ALL_OF_THEM = re.compile(r"(?:的|那)?(?:[几些]天|饭|餐)?(?:我)?(?:全都?|都|通通|一律|统统)")
"""Behind a weekday of which all are meant."""
WEEKS = 8
"""So many weeks ahead a bare weekday may mean."""
NUMBERS = {"一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7}
_N = "(?P<{}>[一二两俩三四五六七1-7])"
PLACES = re.compile(
    rf"第{_N.format('nth')}[天日]|(?P<start>头[天日](?!晚)|头一[天日])|(?P<end>(?:最后|(?<!周)末了?|最末)(?:的)?一?[天日])"
    rf"|(?:(?<!后)头|(?<![之以从提])前[头面边]?(?:的|那)?){_N.format('head')}天(?![^，。]{{0,2}}(?:订|定|约|说|打|我|才|刚))"
    rf"|(?:最后|(?<!周)末了?|(?:剩|余|留)下?|(?<![往延推顺以之今移挪错过然])后[头面边尾]?)(?:来)?(?:的|那|这)?{_N.format('tail')}天"
)
"""Days named by their place among those of the order; 往后两天 moves it, and 前两天订的 was some days ago."""


def heard(order: Order, turn: Turn) -> Turn:
    """The turn with the days of an order of several days as dates of that order."""
    if len(ahead(order)) < 2:
        return turn
    said = [own(order, one, turn.text) for one in turn.entities]
    placed = list(_by_place(order, turn.text))
    kept = [one for one in said if not any(day.start < one.end and one.start < day.end for day in placed)]
    return replace(turn, entities=tuple(sorted((*kept, *placed), key=lambda one: one.start)))


def ahead(order: Order) -> list[date]:
    """The days of an order that are still to come."""
    return sorted(day for day in order.live_days if day >= today())


def own(order: Order, said: Entity, text: str) -> Entity:
    """A time whose weekday or date the order has, as that day; any other as it was heard."""
    days = ahead(order)
    value = said.value if said.kind == "time" else {}
    if value.get("date") and BARE_WEEKDAY.match(said.text) and ALL_OF_THEM.match(text[said.end :]):
        weekday = date.fromisoformat(value["date"]).isoweekday()
        if sum(day.isoweekday() == weekday for day in days) > 1:  # 周四的都不要了
            return replace(said, value={**value, "date": None, "end_date": None, "every": "week", "weekdays": [weekday]})
    if len(days) < 2 or not value.get("date") or TO.search(text[: said.start]):
        return said
    first = date.fromisoformat(value["date"])
    last = date.fromisoformat(value.get("end_date") or value["date"])
    if any(first <= day <= last for day in days):
        return said
    by: timedelta | None = None
    if BARE_WEEKDAY.match(said.text):
        weeks = (timedelta(weeks=number) for number in range(1, WEEKS))
        by = next((week for week in weeks if any(first + week <= day <= last + week for day in days)), None)
    elif first == last and BARE_DATE.match(said.text):
        by = next((day - first for day in days if day.day == first.day), None)
    if by is None:
        return said
    until = str(last + by) if value.get("end_date") else None
    return replace(said, value={**value, "date": str(first + by), "end_date": until})


def _by_place(order: Order, text: str) -> Iterator[Entity]:
    planned, left = sorted(day.day for day in order.days), ahead(order)
    for found in PLACES.finditer(text):
        if found["nth"]:
            place = _number(found["nth"])
            days = planned[place - 1 : place]
        elif found["start"] or found["end"]:
            days = planned[:1] if found["start"] else left[-1:]
        else:
            days = left[: _number(found["head"])] if found["head"] else left[-_number(found["tail"]) :]
        if days:
            value = {"date": str(days[0]), "end_date": str(days[-1]) if len(days) > 1 else None}
            yield Entity("time", value, found.group(), found.start(), found.end())


def _number(said: str) -> int:
    return int(said) if said.isdigit() else NUMBERS[said]
