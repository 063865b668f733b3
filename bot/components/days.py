"""What each word for a day means, seen from today. Works on the matches of time_words.PATTERNS."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Callable, Dict, List, Optional

from bot.components import calendar_zh
from bot.components.numerals import number
from bot.components.time_words import DAY_OF

WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日", 1)} | {"天": 7, "末": 6} | {str(i): i for i in range(1, 8)}
LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
VAGUE_DAYS = {"几", "好几"}
YEARS = {"今年": 0, "明年": 1, "后年": 2, "去年": -1}
MONTH_PARTS = {"底": (None, None), "末": (None, None), "下旬": (21, None), "初": (1, 5), "头": (1, 5), "上旬": (1, 10),
               "中": (11, 20), "中旬": (11, 20)}


@dataclass
class Days:
    """Days meant by one word."""

    date: Optional[date] = None
    end: Optional[date] = None
    vague: bool = False
    past: bool = False
    every: Optional[str] = None
    weekdays: List[int] = field(default_factory=list)
    apart: int = 0
    """With `every` day: only each so many-th (2 = every other day)."""
    step: Optional[str] = None
    """`week`, `month` or `year`: how to go on if that day has passed already or ends a range."""
    moment: Optional[datetime] = None
    """An exact moment, for 一个小时以后."""


def monday(today: date, weeks: int = 0) -> date:
    """Monday of this week, or of a later one."""
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def plus_months(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(m: "re.Match[str]", now: datetime) -> Days:
    return Days(now.date() + timedelta(days=DAY_OF[m[0]]), past=DAY_OF[m[0]] < 0)


def _both(m: "re.Match[str]", now: datetime) -> Days:
    first = now.date() + timedelta(days={"明": 1, "今": 0, "后": 2}[m[0][0]])
    return Days(first, first + timedelta(days=1))


def _next_days(m: "re.Match[str]", now: datetime) -> Optional[Days]:
    count = number(m["n"])
    if not count:
        return None
    first = now.date() + timedelta(days=0 if m[0].startswith("这") else 1)
    return Days(first, first + timedelta(days=count - 1))


def _weeks(which: Optional[str]) -> Optional[int]:
    return {"下下": 2, "大下": 2, "下": 1, "这": 0, "本": 0, "今": 0, "上": -1}.get(which or "")


def _weekday(m: "re.Match[str]", now: datetime) -> Days:
    day = WEEKDAYS[m["wd"]]
    if m["every"]:
        return Days(every="week", weekdays=[6, 7] if m["wd"] == "末" else [day])
    weeks = _weeks(m["which"])
    if weeks is None:
        ahead = (day - now.isoweekday()) % 7
        found = now.date() + timedelta(days=ahead)
    else:
        found = monday(now.date(), weeks) + timedelta(days=day - 1)
    end = found + timedelta(days=1) if m["wd"] == "末" else None
    return Days(found, end, vague=m["wd"] == "末", past=found < now.date(), step="week" if weeks is None else None)


def _weekday_to(m: "re.Match[str]", now: datetime) -> Days:
    """The last day of 周三到五, looked for behind the first."""
    ahead = (WEEKDAYS[m["wd"]] - now.isoweekday()) % 7
    return Days(now.date() + timedelta(days=ahead), step="week")


def _week_list(m: "re.Match[str]", now: datetime) -> Days:
    days = sorted({WEEKDAYS[c] for c in m["list"] if c in WEEKDAYS})
    weeks = _weeks(m["which"])
    every = "week" if weeks is None and (m["every"] or len(days) > 2) else None
    if every:
        return Days(every=every, weekdays=days)
    options = [monday(now.date(), week) + timedelta(days=d - 1) for week in ((0, 1) if weeks is None else (weeks,)) for d in days]
    coming = [option for option in options if option >= now.date()]
    return Days(min(coming or options), weekdays=days, past=not coming)


def _week_range(m: "re.Match[str]", now: datetime) -> Days:
    first, last = WEEKDAYS[m["a"]], WEEKDAYS[m["b"]]
    return Days(every="week", weekdays=[d for d in range(1, 8) if first <= d <= last])


def _week(m: "re.Match[str]", now: datetime) -> Days:
    weeks = _weeks(m["which"]) or 0
    first = monday(now.date(), weeks)
    return Days(max(first, now.date()) if weeks == 0 else first, first + timedelta(days=6), vague=True, past=weeks < 0)


def _iso(m: "re.Match[str]", now: datetime) -> Optional[Days]:
    found = _date(number(m["y"]) or 0, number(m["m"]) or 0, number(m["d"]) or 0)
    return Days(found, past=found < now.date()) if found else None


def _month_day(m: "re.Match[str]", now: datetime) -> Optional[Days]:
    groups = m.groupdict()
    year = YEARS.get(groups.get("year") or "")
    month, day = number(m["m"]) or 0, number(m["d"]) or 0
    found = _date(now.year + (year or 0), month, day)
    if found and year is None and found < now.date():
        found = _date(now.year + 1, month, day)
    return Days(found, past=found < now.date(), step="year") if found else None


def _month_of(m: "re.Match[str]", now: datetime) -> Optional[Days]:
    ahead = {"下": 1, "上": -1}.get(m["which"][0], 0) + (1 if m["which"].startswith("下下") else 0)
    first = plus_months(now.date().replace(day=1), ahead)
    found = _date(first.year, first.month, number(m["d"]) or 0)
    return Days(found, past=found < now.date()) if found else None


def _day_of_month(m: "re.Match[str]", now: datetime) -> Optional[Days]:
    day = number(m["d"]) or 0
    for ahead in range(3):
        first = plus_months(now.date().replace(day=1), ahead)
        found = _date(first.year, first.month, day)
        if found and found >= now.date():
            return Days(found, step="month")
    return None


def _lunar(m: "re.Match[str]", now: datetime) -> Optional[Days]:
    month = LUNAR_MONTHS.get(m["m"]) or number(m["m"]) or 0
    text = m["d"]
    day = 15 if text == "半" else number(text) or 0
    if "廿" in m[0] and "廿" not in text and day < 10:
        day += 20
    if not (1 <= month <= 12 and 1 <= day <= 30):
        return None
    year = YEARS.get(m["year"] or "")
    found = calendar_zh.coming_lunar(month, day, now.date(), now.year + year if year is not None else None)
    return Days(found, past=found < now.date()) if found else None


def _lunar_day(m: "re.Match[str]", now: datetime) -> Optional[Days]:
    day = number(m["d"]) or 0
    if m["new_year"]:
        found = calendar_zh.coming_lunar(1, day, now.date())
    else:
        found = calendar_zh.coming_lunar_day(day, now.date(), 1 if (m["which"] or "").startswith("下") else 0)
    return Days(found) if found else None


def _lunar_also(m: "re.Match[str]", now: datetime) -> Optional[Days]:
    day = number(m["d"].replace("廿", "二十")) or 0
    found = calendar_zh.coming_lunar_day(day, now.date())
    return Days(found) if found else None


def _feast(m: "re.Match[str]", now: datetime) -> Optional[Days]:
    year = YEARS.get(m["year"] or "")
    found = calendar_zh.day(m["name"], now.date(), now.year + year if year else None)
    return Days(found, vague=bool(m["side"])) if found else None


def _which_month(text: str, now: datetime) -> date:
    first = now.date().replace(day=1)
    if text.startswith("下"):
        return plus_months(first, 2 if text.startswith("下下") else 1)
    named = number(text.rstrip("份").rstrip("月"))
    if named and 1 <= named <= 12:
        return date(now.year + (1 if named < now.month else 0), named, 1)
    return first


def _month_end(m: "re.Match[str]", now: datetime) -> Days:
    first = _which_month(m["m"], now)
    start, end = MONTH_PARTS[m["what"]]
    last = last_of(first.year, first.month)
    if start is None:
        return Days(last, vague=True)
    begin, finish = first.replace(day=start), first.replace(day=end) if end else last
    if finish < now.date() and m["m"] == "月":
        begin, finish = plus_months(begin, 1), plus_months(finish, 1)
    return Days(max(begin, now.date()), finish, vague=True)


def _last_day(m: "re.Match[str]", now: datetime) -> Days:
    first = _which_month(m["m"], now)
    return Days(last_of(first.year, first.month))


def _month_weekday(m: "re.Match[str]", now: datetime) -> Optional[Days]:
    """下个月第一个礼拜一; without a count (这个月礼拜一) the first one that is still to come; of every month the next one."""
    first = _which_month(m["m"], now)
    if not m["m"].startswith("每"):
        return _nth_weekday(m, first, now)
    days = (_nth_weekday(m, plus_months(first, ahead), now) for ahead in (0, 1))
    coming = next((day for day in days if day and day.date and not day.past), None)
    return Days(coming.date, every="month") if coming else None


def _nth_weekday(m: "re.Match[str]", first: date, now: datetime) -> Optional[Days]:
    """That weekday of the month that begins with `first`."""
    nth = m["nth"] or ""
    days = [first + timedelta(days=n) for n in range(last_of(first.year, first.month).day)]
    fitting = [day for day in days if day.isoweekday() == WEEKDAYS[m["wd"]]]
    if nth.startswith("最后"):
        return Days(fitting[-1], past=fitting[-1] < now.date())
    if nth:
        found = fitting[0 if nth == "头一个" else WEEKDAYS[nth[1]] - 1]
        return Days(found, past=found < now.date())
    coming = [day for day in fitting if day >= now.date()]
    return Days(coming[0]) if coming else None


def _of_week(m: "re.Match[str]", now: datetime) -> Days:
    found = monday(now.date(), _weeks(m["which"]) or 0) + timedelta(days=WEEKDAYS[m["wd"]] - 1)
    return Days(found, past=found < now.date())


def _later_weekday(m: "re.Match[str]", now: datetime) -> Optional[Days]:
    """两个礼拜后的礼拜五: that day of the week so many weeks from now."""
    count = number(m["n"])
    return Days(monday(now.date(), count) + timedelta(days=WEEKDAYS[m["wd"]] - 1)) if count else None


def _day_range(m: "re.Match[str]", now: datetime) -> Optional[Days]:
    """二十八到三十号: from the first to the last, in the month named or the next that has both."""
    first, last = number(m["a"]) or 0, number(m["b"]) or 0
    if m["which"] or m["m"]:
        months = [_which_month(m["which"] + "月" if m["which"] else m["m"] + "月", now)]
    else:
        months = [plus_months(now.date().replace(day=1), ahead) for ahead in range(3)]
    for month in months:
        begin = _date(month.year, month.month, first)
        after = month if last >= first else plus_months(month, 1)
        end = _date(after.year, after.month, last)
        if begin and end and end >= now.date():
            return Days(begin, end)
    return None


def _every_day(m: "re.Match[str]", now: datetime) -> Days:
    """每天; 除了礼拜天每天 is every other day of the week."""
    if not m["but"]:
        return Days(every="day")
    out = {WEEKDAYS[c] for c in m["but"] if c in WEEKDAYS} | ({6, 7} if re.search("末|双休", m["but"]) else set())
    return Days(every="week", weekdays=[day for day in range(1, 8) if day not in out])


def _apart(m: "re.Match[str]", now: datetime) -> Days:
    """隔天, 隔一天: every second day; 三天一次: every third."""
    between = number(m["gap"] or m["told"] or "一") or 1
    return Days(every="day", apart=(number(m["each"]) or 0) if m["each"] else between + 1)


def _weekend(m: "re.Match[str]", now: datetime) -> Days:
    saturday = monday(now.date()) + timedelta(days=5)
    return Days(saturday, saturday + timedelta(days=1), vague=True)


def _month(m: "re.Match[str]", now: datetime) -> Days:
    first = _which_month(m["m"], now)
    return Days(max(first, now.date()), last_of(first.year, first.month), vague=True)


def _after(m: "re.Match[str]", now: datetime) -> Optional[Days]:
    if not (m["pre"] or m["post"]) or (m["post"] or "").endswith("样子"):
        return None
    if m["n"] in VAGUE_DAYS:
        return Days(vague=True)
    if m["n"] != "十" and re.fullmatch("[一两二三四五六七八九]{2}", m["n"]):  # 两三天以后: at least two
        return Days(now.date() + timedelta(days=(number(m["n"][0]) or 0) * {"周": 7, "星期": 7, "礼拜": 7}.get(m["u"], 1)), vague=True)
    count = 0.5 if m["n"] == "半" else float(number(m["n"]) or 0)
    count += 0.5 if (m["half"] or m["half2"]) and m["n"] != "半" else 0
    if not count:
        return None
    unit = m["u"]
    if unit in ("小时", "钟头", "钟点", "点钟", "分钟", "刻钟"):
        minutes = count * {"分钟": 1, "刻钟": 15}.get(unit, 60)
        moment = now + timedelta(minutes=minutes)
        return Days(moment.date(), moment=moment)
    if unit in ("天", "日"):
        return Days(now.date() + timedelta(days=round(count)))
    if unit in ("周", "星期", "礼拜"):
        return Days(now.date() + timedelta(days=round(count * 7)))
    if unit == "月":
        return Days(plus_months(now.date(), int(count)) if count >= 1 else now.date() + timedelta(days=15))
    return Days(vague=True)


def _date(year: int, month: int, day: int) -> Optional[date]:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ago(m: "re.Match[str]", now: datetime) -> Days:
    count = number(m["n"]) if m["n"] not in (*VAGUE_DAYS, "半") else None
    unit = m["u"]
    if not count or unit == "年":
        return Days(past=True, vague=True)
    if unit == "月":
        return Days(plus_months(now.date(), -count), past=True, vague=True)
    return Days(now.date() - timedelta(days=count * (1 if unit in ("天", "日") else 7)), past=True)


MEANINGS: Dict[str, Callable[["re.Match[str]", datetime], Optional[Days]]] = {
    "day": _day, "both": _both, "next_days": _next_days, "weekday": _weekday, "week_list": _week_list,
    "bare_week": lambda m, now: Days(every="week", weekdays=[WEEKDAYS.get(c, 7) for c in m["list"]]),
    "week_range": _week_range, "weekday_to": _weekday_to, "week": _week, "iso": _iso, "slash": _month_day, "month_day": _month_day,
    "month_of": _month_of, "day_of_month": _day_of_month, "lunar": _lunar, "lunar_named": _lunar,
    "lunar_first": _lunar, "lunar_day": _lunar_day, "lunar_also": _lunar_also, "feast": _feast, "month_end": _month_end, "month": _month,
    "after": _after, "last_day": _last_day, "month_weekday": _month_weekday, "of_week": _of_week,
    "later_weekday": _later_weekday, "day_range": _day_range, "weekend": _weekend, "every_month": lambda m, now: Days(every="month"),
    "year_end": lambda m, now: Days(vague=True, end=date(now.year, 12, 31) if m[0] in ("年底", "年末") else None),
    "ago": _ago,
    "lately": lambda m, now: Days(past=True, vague=True),
    "soon": lambda m, now: Days(vague=True),
    "now": lambda m, now: Days(now.date(), moment=now, vague=True),
    "every_day": _every_day, "apart": _apart, "weekends": lambda m, now: Days(every="week", weekdays=[6, 7]),
    "every_week": lambda m, now: Days(every="week"),
    "workdays": lambda m, now: Days(every="week", weekdays=[1, 2, 3, 4, 5]),
}
