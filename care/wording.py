"""Dates, times, sums and numbers in spoken Chinese, as an elder would say and understand them.

Everything comes out in hanzi, so that a voice needs no guessing: 15:30 → 下午三点半, 24 → 二十四块, 3582 → 三、五、八、二.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

DIGITS = "零一二三四五六七八九"
WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
NEAR_DAYS = {-1: "昨天", 0: "今天", 1: "明天", 2: "后天", 3: "大后天"}
DAY_PARTS = ((6, "凌晨"), (9, "早上"), (11, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
"""Part of the day by the first hour that no longer belongs to it."""
UNITS = ("", "十", "百", "千")
MANY = ("", "万", "亿")
READ_AS_NUMBER = 99
"""House numbers up to here are read as a number (十八号), longer ones digit by digit (五零二)."""


def say_number(number: int) -> str:
    """A whole number from 0 to 9999 9999 9999 as read out: 24 → 二十四, 105 → 一百零五."""
    if number < 0:
        return "负" + say_number(-number)
    if number < 10:
        return DIGITS[number]
    groups: list[int] = []
    rest = number
    while rest:
        rest, group = divmod(rest, 10_000)
        groups.append(group)
    said = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        if said and (group < 1000 or groups[place + 1] == 0):
            said += "零"
        said += _thousands(group) + MANY[place]
    return said.removeprefix("一") if 10 <= number < 20 else said


def _thousands(group: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + UNITS[place]
            gap = False
        else:
            gap = True
    return said


def say_count(number: int) -> str:
    """A number before a measure word: 2 → 两 (两份), otherwise as `say_number`."""
    return "两" if number == 2 else say_number(number)


def say_digits(digits: str, apart: str = "、") -> str:
    """A number spelled digit by digit, as for an order: 3582 → 三、五、八、二."""
    return apart.join(DIGITS[int(digit)] if digit.isdigit() else digit for digit in digits)


def say_phone(phone: str) -> str:
    """A telephone number in groups that can be followed: 13812345678 → 一三八，一二三四，五六七八."""
    cuts = (3, 7) if len(phone) == 11 and phone.startswith("1") else (len(phone) - 4,)
    ends = [0, *cuts, len(phone)]
    return "，".join(say_digits(phone[a:b], "") for a, b in zip(ends, ends[1:], strict=False) if b > a)


def say_phone_part(digits: str) -> str:
    """The first digits of a telephone number that is told in pieces: 1380013 → 一三八，零零一三."""
    cut = 3 if digits.startswith(("1", "01", "02")) else 4
    pieces = [digits[:cut], *(digits[at : at + 4] for at in range(cut, len(digits), 4))]
    return "，".join(say_digits(piece, "") for piece in pieces)


def say_date(day: date, today: date) -> str:
    """A day in full: 后天，星期五，十一月二十七号."""
    return f"{say_day(day, today, calendar=False)}，{say_calendar_day(day, today)}"


def say_day(day: date, today: date, calendar: bool = True) -> str:
    """A day in passing: 后天，星期五; farther off with its calendar day (星期三，十二月二号) unless `calendar` is off."""
    weekday = f"星期{WEEKDAYS[day.weekday()]}"
    near = NEAR_DAYS.get((day - today).days)
    if near:
        return f"{near}，{weekday}"
    this_monday = today - timedelta(days=today.weekday())
    if calendar:
        return f"{weekday}，{say_calendar_day(day, today)}"
    return f"下{weekday}" if 7 <= (day - this_monday).days < 14 else weekday


def say_calendar_day(day: date, today: date) -> str:
    """A day of the calendar: 十一月二十七号, with the year when it is another one."""
    year = f"{say_digits(str(day.year), '')}年" if day.year != today.year else ""
    return f"{year}{say_number(day.month)}月{say_number(day.day)}号"


def say_dates(
    first: date, last: date, weekdays: list[int] | tuple[int, ...], today: date, apart: int = 0
) -> str:
    """Several days: 十一月二十七号到十二月三号，每天; with weekdays (1 = Monday): …，每星期一、三、五; `apart` by two: …，隔一天一次."""
    return f"{say_calendar_day(first, today)}到{say_calendar_day(last, today)}，{say_rhythm(weekdays, apart)}"


def say_rhythm(weekdays: list[int] | tuple[int, ...], apart: int = 0) -> str:
    """On which of several days: 每天, 每星期一、三、五, 隔一天一次."""
    if apart > 1:
        return f"隔{say_count(apart - 1)}天一次"
    if not weekdays or len(set(weekdays)) == 7:
        return "每天"
    return "每星期" + "、".join(WEEKDAYS[day - 1] for day in sorted(set(weekdays)))


def day_part(time: str) -> str:
    """The word for the part of the day of a time such as `15:30`: 下午."""
    hour, minute = (int(part) for part in time.split(":"))
    if hour == 11 and minute < 30:
        return "上午"
    return next(word for end, word in DAY_PARTS if hour < end)


def say_time(time: str, part: bool = True) -> str:
    """A time of day: 15:30 → 下午三点半; without `part` only 三点半."""
    hour, minute = (int(piece) for piece in time.split(":"))
    spoken = say_count(hour - 12 if hour > 12 else hour) + "点"
    spoken += {0: "", 15: "一刻", 30: "半", 45: "三刻"}.get(
        minute, ("零" if minute < 10 else "") + say_number(minute) + "分"
    )
    return (day_part(time) if part else "") + spoken


def say_span(start: str, end: str) -> str:
    """From a time to a time: 中午十一点半到十二点."""
    return f"{say_time(start)}到{say_time(end, part=day_part(start) != day_part(end))}"


def say_money(amount: Decimal | int) -> str:
    """A sum in yuan: 24 → 二十四块, 24.50 → 二十四块五, 0.05 → 五分."""
    cents = int((Decimal(amount) * 100).to_integral_value())
    yuan, rest = divmod(cents, 100)
    jiao, fen = divmod(rest, 10)
    said = f"{say_count(yuan)}块" if yuan else ""
    if jiao:
        said += DIGITS[jiao] + ("毛" if not yuan or fen else "")
    if fen:
        said += ("零" if yuan and not jiao else "") + DIGITS[fen] + "分"
    return said or "零块"


def say_address(address: str) -> str:
    """An address for the ear: short numbers as numbers, longer ones digit by digit (3栋1201 → 三栋一二零一)."""

    def spoken(found: re.Match[str]) -> str:
        digits = found.group()
        short = int(digits) <= READ_AS_NUMBER and not digits.startswith("0")
        return say_number(int(digits)) if short else say_digits(digits, "")

    return re.sub(r"[0-9]+", spoken, address.replace("-", "杠"))
