"""Days with names: lunar dates, feasts, solar terms. The lunar calendar is borax's, the terms chinese_calendar's."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Dict, Optional, Tuple

from chinese_calendar import get_solar_terms
from borax.calendars.lunardate import LunarDate

SOLAR: Dict[str, Tuple[int, int]] = {
    "元旦": (1, 1), "阳历年": (1, 1), "情人节": (2, 14), "三八节": (3, 8), "三八妇女节": (3, 8), "妇女节": (3, 8),
    "五一": (5, 1), "五一节": (5, 1), "劳动节": (5, 1), "青年节": (5, 4), "六一": (6, 1), "儿童节": (6, 1),
    "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1), "建军节": (8, 1), "教师节": (9, 10), "十一国庆": (10, 1),
    "国庆": (10, 1), "国庆节": (10, 1), "平安夜": (12, 24), "圣诞": (12, 25), "圣诞节": (12, 25),
}
LUNAR: Dict[str, Tuple[int, int]] = {
    "春节": (1, 1), "过年": (1, 1), "大年初一": (1, 1), "年初一": (1, 1), "元宵": (1, 15), "元宵节": (1, 15),
    "正月半": (1, 15), "二月二": (2, 2), "龙抬头": (2, 2), "端午": (5, 5), "端午节": (5, 5), "端阳": (5, 5),
    "七夕": (7, 7), "中元节": (7, 15), "七月半": (7, 15), "中秋": (8, 15), "中秋节": (8, 15), "八月半": (8, 15),
    "八月十五": (8, 15), "重阳": (9, 9), "重阳节": (9, 9), "九月九": (9, 9), "老人节": (9, 9), "敬老节": (9, 9),
    "腊八": (12, 8), "腊八节": (12, 8), "小年": (12, 23),
}
EVE = ("除夕", "大年三十", "年三十", "年三十晚", "大年夜", "三十晚上", "年夜")
TERMS = (
    "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑",
    "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至", "小寒", "大寒",
)
PLAIN_TERMS = tuple(t for t in TERMS if t not in ("雨水", "小雪", "大雪", "小满"))
"""Terms that mean nothing else in everyday talk."""


def names() -> Tuple[str, ...]:
    """Every name that `day` knows, longest first."""
    found = {*SOLAR, *LUNAR, *EVE, *PLAIN_TERMS, *(t + "节" for t in ("清明", "冬至")), "母亲节", "父亲节", "感恩节"}
    return tuple(sorted(found, key=len, reverse=True))


def day(name: str, today: date, year: Optional[int] = None) -> Optional[date]:
    """The coming day of that name (today counts), or the one of a given year."""
    for candidate in (year,) if year else (today.year, today.year + 1):
        found = _in_year(name, candidate)
        # the lunar year begins in spring: this year's last months may be next year's first
        earlier = _in_year(name, candidate - 1) if not year else None
        for option in (earlier, found):
            if option and (year or option >= today):
                return option
    return None


def _in_year(name: str, year: int) -> Optional[date]:
    if name in SOLAR:
        return date(year, *SOLAR[name])
    if name in LUNAR:
        return lunar(year, *LUNAR[name])
    if name in EVE:
        spring = lunar(year + 1, 1, 1)
        return spring - timedelta(days=1) if spring else None
    if name in ("母亲节", "父亲节", "感恩节"):
        month, weekday, nth = {"母亲节": (5, 6, 2), "父亲节": (6, 6, 3), "感恩节": (11, 3, 4)}[name]
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return _terms(year).get(name.removesuffix("节"))


@lru_cache(maxsize=8)
def _terms(year: int) -> Dict[str, date]:
    return {name: when for when, name in get_solar_terms(date(year, 1, 1), date(year, 12, 31))}


def lunar(year: int, month: int, day_of_month: int) -> Optional[date]:
    """The civil date of a lunar one; None if that month has no such day."""
    try:
        return LunarDate(year, month, day_of_month).to_solar_date()
    except ValueError:
        return None


def coming_lunar(month: int, day_of_month: int, today: date, year: Optional[int] = None) -> Optional[date]:
    """The next time that lunar day comes (today counts)."""
    for candidate in (year,) if year else (today.year - 1, today.year, today.year + 1):
        found = lunar(candidate, month, day_of_month)
        if found and (year or found >= today):
            return found
    return None


def coming_lunar_day(day_of_month: int, today: date, months: int = 0) -> Optional[date]:
    """The next lunar day of the month (初八), or that of the lunar month after `months` more."""
    here = LunarDate.from_solar_date(today.year, today.month, today.day)
    first = today - timedelta(days=here.day - 1)
    for ahead in range(14):
        if ahead >= months:
            found = _of_month(first, day_of_month)
            if found and (months or found >= today):
                return found
        first = _next_month(first)
    return None


def _of_month(first: date, day_of_month: int) -> Optional[date]:
    found = first + timedelta(days=day_of_month - 1)
    return found if found < _next_month(first) else None


def _next_month(first: date) -> date:
    ahead = first + timedelta(days=29)
    at = LunarDate.from_solar_date(ahead.year, ahead.month, ahead.day)
    return ahead if at.day == 1 else ahead + timedelta(days=1)
