"""A day that is in no calendar: 十二月三十二号, 11月31号."""

from __future__ import annotations

import calendar
import re

from care import clock
from care.booking.hearing import Hearing

_HANZI = "零一二三四五六七八九"
_DAY = re.compile(r"(?<![0-9一二三四五六七八九十])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?P<day>[0-9]{1,2}|[一二三四五六七八九]?十?[一二三四五六七八九]?)[号日]")


def told(hearing: Hearing) -> None:
    """Says that there is no such day, where one was named and no other day was understood."""
    if "date" in hearing.changed or hearing.notes:
        return
    if named := named_in(hearing.turn.text):
        hearing.note("no_such_day", day=named)


def named_in(text: str) -> str:
    """The words that name a day of no calendar; empty where none does."""
    for hit in _DAY.finditer(text):
        month, day = _number(hit["month"]), _number(hit["day"])
        now = clock.today()
        year = now.year + (month < now.month)
        if not 1 <= day <= calendar.monthrange(year, month)[1]:
            return hit.group()
    return ""


def _number(said: str) -> int:
    if said.isdigit() or not said:
        return int(said or 0)
    tens, ten, ones = said.rpartition("十")
    return (10 * (_HANZI.index(tens) if tens else 1) if ten else 0) + (_HANZI.index(ones) if ones else 0)
