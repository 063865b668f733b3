"""Chinese time expressions in a sentence, resolved against now.

A general time library was tried first and was wrong or silent on what elders say most (明儿个, 礼拜五, 晌午, 天擦黑, feasts
that have passed this year, 七十五岁 taken for a year), so the grammar is our own; calendars are libraries.
The value is the `time` of docs/entities.md: date, end_date, time, end_time, part, ampm, every, weekdays, past, vague.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Dict, List, Optional, Sequence, Tuple

from bot.components import told
from bot.components.days import MEANINGS, WEEKDAYS, Days, plus_months
from bot.components.numerals import DIGITS, number
from bot.components.people_places import SURNAMES
from bot.components.spans import Span, squeeze
from bot.components.time_sounds import mended
from bot.components.time_words import (
    AFTER_DAY, BEFORE_PART, CONNECT, CORRECTION, DAY_OF, DENIED, FILLER, HOURS, IS, LEFT_OUT_BEFORE, LEFT_OUT_BEHIND, MEAL_OF, NOW, PART_IN_DAY, PART_OF, PATTERNS, REPLACED, SMALL, VAGUE_SOON, any_of,
)

FILLED = re.compile(FILLER + r"$")
CONNECTED = re.compile(FILLER + CONNECT + FILLER + r"$")
LATER_BY = re.compile(r"(?:半|[一二两三四五几]|十)(?:个)?(?:半)?(?:小时|钟头|刻钟|分钟|来小时)|[半一]个[钟点]|一会儿?|一?[点些](?:儿)?[来送到去]")
"""Behind 晚 and 早 that only say by how much (第三天晚半个小时)."""
FROM_ON = re.compile(r"[以今之此]|往(?=后天天)")
"""Before 后, which is then no day: 以后天天送."""
RUN = re.compile(r"[^，,。；;！!？?\d]{0,8}?(?P<n>" + SMALL + r"|半)个?(?P<u>天|日|周|星期|礼拜|月)(?!后|以后|之后|一)")
"""Behind 从明天开始: 连订五天."""
SPANS = ("week", "month")
ON_FROM = re.compile(r"(?:就)?(?:开始|起(?!来)|往后)")
"""Behind a week or a month of which only the beginning is meant (从下周起)."""
WEEKLY = ("weekday", "week_list", "weekend")
"""Words for days of the week."""
OUT_BEFORE, OUT_BEHIND = re.compile(LEFT_OUT_BEFORE + "$"), re.compile(LEFT_OUT_BEHIND)
STARTS = re.compile(r"开始|起|连|往后")
BEFORE_CLOCK = {"早", "晚"}
"""Parts of the day also right before a clock time (早八点), if no other word ends with them (清早, 最晚)."""
RUNS_INTO = re.compile(r"[最太更较点清趁赶起别尽多们这那]$")
A_LITTLE = re.compile(r"[一两几]点(?![半钟一三零])")
COUNTED = re.compile(r"(?:门牌|牌号|房号|楼号|单号|编号|尾号|学号|工号|排号|床号|公交|地铁|坐|路|街|巷|弄|栋|楼|院|座|单元|组|村)(?:是|为|的)?$")
"""Before a number that is that of a door, a bus or a bill: 门牌十二号."""
WHILES = {"待会儿", "一会儿", "过会儿", "过一会儿", "等一会儿"}
"""Times only of something that is to happen then: 一会儿就来, not 等一会儿."""
WHILE_COMING = re.compile(r"(?:就|再|能|给我|帮我|叫人|派人|你们?|请|，){0,2}(?:来|送|到|去|接|过来|上门|洗|做|出门|走)")
WHILE_AFTER = re.compile(r"(?:等|坐|陪|聊|说|歇|站|住|看|待|了|好)$")
NO_CLOCK_BEFORE = re.compile(r"[有差软早晚快慢好多少便淡咸大小高低热冷轻重静松近远细烂硬]$|[这那]$")
A_BIT = re.compile(r"[点]\s*(?:点|儿|都|也|不|没|疼|痛|事|意思|小|东西|忙|水|药|吃)")
NO_CLOCK_AFTER = re.compile(r"\s*(?:建议|意见|原因|要求|心意|想法|问题|水|疑问|希望)")
BORN_THEN = re.compile(r"[ ，,]*(?:" + SURNAMES + r")$")
"""A surname alone before a feast makes a name (王国庆, 陈立春)."""
CLAUSE_BEGINS = re.compile(r"(?:^|[，。,；; ！!？?]|就|那|在)$")
WEEKDAY_ENDS = re.compile(r"(?:周|星期|礼拜|拜)[一二三四五六]$")
COMES_AT_ONE = re.compile(r"点(?:来(?!不)|到|送|接|出发|走|去|开始|左右|以?前|之前|以?后|之后)")
"""Of one o'clock at the beginning of a clause: 一点来接."""
APART = re.compile(r"[，, ]")
TOO_LATE = re.compile(r"(?:那天|就|再|送|来)*(?:[冇没无]得?用|来不及|赶不[上及]|太[晚迟]|[晚迟]了)")
AGAINST = re.compile(TOO_LATE.pattern + r"|(?:那天|就|我|再|送|来|去)*(?:[冇没无]得?空|不[行要用成中得好来]|唔(?:得|使|好|要)|算了|莫|甭|别)")
"""Behind the second of two weekdays, of which then only the first is meant; the other words only with a pause between the two."""
BREAK = re.compile(r"[，,。；;]")
CALENDAR = tuple(MEANINGS)
NUMERAL_OF = {"clock": "h", "month_day": "m"}
"""Words that begin with a numeral, and where they have it."""
PROPER = re.compile("|".join((any_of((*PART_OF, *MEAL_OF, *VAGUE_SOON, *NOW)), any_of(w for w in DAY_OF if len(w) > 1), r"(?:星期|礼拜|周)[一二三四五六日天末]")))
"""Words of time as they are properly written."""
YEAR = re.compile(r"(?P<y>\d{3,}|[零〇一二三四五六七八九]{4})年(?:[\d一二三四五六七八九十]{1,3}月(?:份)?)?(?:[\d一二三四五六七八九十]{1,3}[日号])?")
YEARS_AHEAD = 2
TIES = {"month_weekday": 0, "weekends": 0, "apart": 0, "soon": 0, "feast": 0, "lunar_first": 1, "week_range": 2, "week_list": 3}
"""Where two patterns match the same words the lower number wins."""
LIMITS = {"前": "before", "后": "after"}
PM = timedelta(hours=12)
TWO_MEALS = {"noon", "evening"}
"""Parts of the day of which each has its own meal."""
HALF_MONTH = 15


@dataclass
class Token:
    """One word of time."""

    name: str
    start: int
    end: int
    match: "re.Match[str]"


@dataclass
class Found:
    """A time expression being put together."""

    start: int
    end: int
    date: Optional[date] = None
    end_date: Optional[date] = None
    clock: Optional[Tuple[int, int]] = None
    end_clock: Optional[Tuple[int, int]] = None
    part: Optional[str] = None
    end_part: Optional[str] = None
    sure: bool = False
    """The hour was said in the 24-hour way."""
    every: Optional[str] = None
    weekdays: List[int] = field(default_factory=list)
    apart: int = 0
    """Only each so many-th day."""
    past: bool = False
    vague: bool = False
    step: Optional[str] = None
    bound: str = ""
    """`before` or `after`: the hour is only a limit (四点之前)."""
    role: str = told.WANTED
    """What it is there for."""

    @property
    def kind(self) -> str:
        """What it says, in a word or two, for the learner."""
        if self.past or self.every:
            return "past" if self.past else "every"
        if self.clock or self.part and not self.date:
            return f"{'day ' if self.date else ''}{'clock' if self.clock else 'part'}"
        return "day" if self.date and not self.vague else "some day"

    @property
    def has_day(self) -> bool:
        """Whether it says a day, or which days."""
        return bool(self.date or self.every or self.weekdays)

    @property
    def has_clock(self) -> bool:
        """Whether it says a time of the day."""
        return bool(self.clock or self.part)


def times(text: str, now: datetime, taken: Sequence[Span] = (), asking: str = "") -> List[Span]:
    """The time expressions of a sentence as if all of them were wanted; arguments as for `expressions`."""
    return spans(expressions(text, now, taken, asking), text, now)


def spans(found: List[Found], text: str, now: datetime) -> List[Span]:
    """What was found, put together: a correction leaves only what was meant in the end."""
    return [
        Span("told_time" if f.role in told.PASSING else "time", _value(f, now), f.start, f.end)
        for f in _combine(found, text)
    ]


def expressions(text: str, now: datetime, taken: Sequence[Span] = (), asking: str = "") -> List[Found]:
    """The time expressions of a sentence one by one.

    Args:
        text: the sentence, full-width digits already plain.
        now: local time that everything refers to.
        taken: stretches that are something else (an address, a phone number).
        asking: the slot asked for; with `time` a bare 一点 is one o'clock.
    """
    text = mended(text, PROPER)
    tokens = _tokens(text, [*taken, *_far_years(text, now.year)], asking)
    found: List[Found] = []
    joined = False
    for position, token in enumerate(tokens):
        gap = text[tokens[position - 1].end : token.start] if position else ""
        near = position > 0 and bool(FILLED.match(gap)) and not BREAK.search(gap)  # each clause for itself (明天，十二点接我回来)
        connected = position > 0 and bool(CONNECTED.match(gap))
        apart = bool(found) and (_left_out(text, found[-1], token) or " " in gap and _next_day(found, token))
        if not (found and (near or connected) and not apart and _add(found[-1], token, now, connected, joined)):
            fresh = Found(token.start, token.end)
            if not _add(fresh, token, now, False, False):
                continue
            found.append(fresh)
            joined = False
        joined = connected
        found[-1].end = max(found[-1].end, token.end)
    for expression in found:
        _run(expression, text)
    return found


def _far_years(text: str, this: int) -> List[Span]:
    """Dates of other years (born in 1943, the year 9999): nothing that could be booked."""
    return [Span("year", m["y"], *m.span()) for m in YEAR.finditer(text)
            if not this - 1 <= (number(m["y"]) or 0) <= this + YEARS_AHEAD]


def _tokens(text: str, taken: Sequence[Span], asking: str) -> List[Token]:
    all_found: List[Token] = []
    for name, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            if any(s.start < match.end() and match.start() < s.end for s in taken):
                continue
            all_found.append(Token(name, match.start(), match.end(), match))
    all_found = _behind_a_weekday(all_found, text)
    parts = {t.start for t in all_found if t.name in ("part", "clock")}
    days = {t.end for t in all_found if t.name in CALENDAR}
    good = [t for t in all_found if _sensible(t, text, parts, days, asking)]
    kept: List[Token] = []
    for token in sorted(good, key=lambda t: (t.start - t.end, TIES.get(t.name, 9), t.start)):
        if all(token.end <= other.start or other.end <= token.start for other in kept):
            kept.append(token)
    return sorted(kept, key=lambda t: t.start)


def _behind_a_weekday(found: List[Token], text: str) -> List[Token]:
    """The words found, with clock times and months that began with the numeral of a weekday cut (下周二九点: nine o'clock, not
    twenty-nine; 下周二十二月一号: Tuesday and December)."""
    ends = {t.end for t in found if t.name in CALENDAR and WEEKDAY_ENDS.search(t.match[0])}
    kept: List[Token] = []
    for token in found:
        number = NUMERAL_OF.get(token.name, "")
        end = next((e for e in ends if number and token.start < e < token.match.end(number)), 0)
        match = PATTERNS[token.name].match(" " * end + text[end:], end) if end else None
        kept.append(Token(token.name, match.start(), match.end(), match) if match else token)
    return kept


def _sensible(token: Token, text: str, parts: set, days: set, asking: str) -> bool:
    words = token.match[0]
    if token.name == "day" and words in BEFORE_PART:
        return token.end in parts or (asking == "date" and len(squeeze(text)) <= 2)
    if token.name == "day" and words[0] == "后" and token.start and FROM_ON.match(text, token.start - 1):
        return False
    if token.name == "part" and words in BEFORE_CLOCK and LATER_BY.match(text, token.end):
        return False
    if token.name == "part" and words in AFTER_DAY:
        return token.start in days or text[token.start - 1 : token.start] in BEFORE_PART or (
            words in BEFORE_CLOCK and token.end in parts and not A_LITTLE.match(text, token.end) and not RUNS_INTO.search(text[: token.start])
        )
    if token.name == "feast":
        return not (BORN_THEN.fullmatch(text[: token.start]) and not squeeze(text[token.end :]))
    if token.name == "week_list":  # 礼拜天，礼拜六她加班: two days told apart, not one list
        listed = [WEEKDAYS[c] for c in token.match["list"] if c in WEEKDAYS]
        if asking in ("date", "time") and (AGAINST if APART.search(words) else TOO_LATE).match(text, token.end):
            return False  # 礼拜六，礼拜天冇用了
        return listed == sorted(set(listed)) or not APART.search(words) and not words[-2:].isdigit()
    if token.name == "day_of_month":
        return not COUNTED.search(text[: token.start])
    if token.name == "soon" and words in WHILES:
        return bool(WHILE_COMING.match(text, token.end)) and not WHILE_AFTER.search(text[: token.start])
    if token.name == "after":
        return bool(token.match["pre"] or token.match["post"])
    if token.name == "clock":
        return _is_clock(token, text, asking)
    return True


def _is_clock(token: Token, text: str, asking: str) -> bool:
    """三点 is a time, 有一点疼 and 两点建议 are not."""
    if NO_CLOCK_AFTER.match(text, token.end) or _clock(token) is None:
        return False
    if token.match["h"] != "一" or token.match["more"] or token.match[0].endswith("点钟"):
        return True
    before, behind = text[: token.start], text[token.end - 1 :]
    if NO_CLOCK_BEFORE.search(before) or A_BIT.match(behind):
        return False
    if CLAUSE_BEGINS.search(before) and COMES_AT_ONE.match(behind):
        return True
    bare = squeeze(text)
    return bool(asking in ("time", "date") or any(before.rstrip().endswith(w) for w in (*PART_OF, "天", "号", "到"))
                or len(bare) <= 3 or re.search(r"(?:周|礼拜|星期).$", before))


def _clock(token: Token) -> Optional[Tuple[Tuple[int, int], bool, Optional[Tuple[int, int]]]]:
    """Hour and minute, whether said in the 24-hour way, and an end for 八九点."""
    match = token.match
    spoken = match["h"]
    hour = number(spoken)
    if hour is None or hour > 24:
        pair = _pair(spoken)
        return ((pair[0], 0), False, (pair[1], 0)) if pair else None
    if token.name == "short_of":
        minutes = 15 if "刻" in match["min"] else number(match["min"].rstrip("分钟")) or 0
        return ((hour - 1) % 24, 60 - minutes), False, None
    if token.name in ("colon", "clock_hour"):
        minutes = number((match["min"] or "0").rstrip("分")) or 0
        return (hour % 24, minutes), token.name == "clock_hour" or spoken.startswith("0"), None
    more = match["more"] or ""
    if more.startswith("差"):
        short = 15 if "刻" in more else number(more[1:].rstrip("分")) or 0
        return ((hour - 1) % 24, 60 - short), False, None
    minutes = 30 if more == "半" else {"一": 15, "三": 45}[more[0]] if "刻" in more else number(more.rstrip("分").lstrip("零〇")) or 0
    return ((hour % 24, minutes), False, None) if minutes < 60 else None


def _pair(spoken: str) -> Optional[Tuple[int, int]]:
    tail = spoken[-2:]
    if len(tail) == 2 and all(c in DIGITS for c in tail) and DIGITS[tail[1]] - DIGITS[tail[0]] == 1:
        base = 10 if spoken.startswith("十") else 0
        return base + DIGITS[tail[0]], base + DIGITS[tail[1]]
    return None


def _add(found: Found, token: Token, now: datetime, connected: bool, joined: bool) -> bool:
    """Adds a word to an expression; False if it begins a new one."""
    if token.name in CALENDAR:
        days = MEANINGS[token.name](token.match, now)
        if days and token.name in SPANS and ON_FROM.match(token.match.string, token.end):
            days.end = None
        if days and days.step == "week" and found.date and not found.every and found.date.isoweekday() == days.date.isoweekday():
            return True  # 七号星期一: the same day once more
        if days and days.date and token.name == "lunar_also" and found.every == "month" and found.date:
            found.date = min(found.date, days.date)  # 每月初一十五: whichever comes next
            return True
        if days and token.name == "month_day" and _is_its_day(found, days):
            found.date, found.step = days.date, days.step
            return True
        if days is None or not _add_days(found, days, connected):
            return False
        found.part = found.part or PART_IN_DAY.get(token.match[0])
        return True
    if token.name in ("part", "meal"):
        part = PART_OF.get(token.match[0]) or MEAL_OF[token.match[0]]
        if connected and found.has_clock:
            found.end_part = part
            return True
        if found.part and token.name == "meal":
            said = token.match.string[found.start : found.end]
            return found.part == part or {found.part, part} != TWO_MEALS and said not in MEAL_OF  # 午饭晚饭都要
        if found.part and found.part != part:
            return False
        found.part = part
        return True
    clock = _clock(token)
    if clock is None:
        return False
    (moment, sure, end) = clock
    vague = bool(end) or "多" in token.match[0] or bool(token.match.groupdict().get("after"))
    if found.clock and (connected or (joined and found.end_part)) and not found.end_clock:
        found.end_clock = moment
    elif found.clock:
        return False
    else:
        found.clock, found.end_clock, found.sure = moment, end, sure
        found.bound = LIMITS.get((token.match.groupdict().get("after") or "")[-1:], "")
    found.vague = found.vague or vague
    return True


def _left_out(text: str, found: Found, token: Token) -> bool:
    """Whether one of the two is every day, and the other are days on which nothing is to come (每天送，礼拜天不用)."""
    if found.every == "day" and token.name in WEEKLY:
        days = (token.start, token.end)
    elif token.name == "every_day" and not token.match["but"] and found.date and found.step == "week":
        days = (found.start, found.end)
    else:
        return False
    return bool(OUT_BEFORE.search(text[: days[0]]) or OUT_BEHIND.match(text, days[1]))


def _next_day(found: List[Found], token: Token) -> bool:
    """Whether a day begins the next wish, as the meal before it has its own already (明天给我妈送午饭 后天理发)."""
    if token.name not in CALENDAR or len(found) < 2:
        return False
    day, meal = found[-2:]
    return day.has_day and not day.has_clock and meal.has_clock and not meal.has_day


def _is_its_day(found: Found, days: Days) -> bool:
    """Whether a day of the calendar only tells a day once more, or which week that weekday is of (星期二十二月八号)."""
    if not found.date or not days.date or found.every or found.end_date:
        return False
    return found.date == days.date or found.step == "week" and found.date.isoweekday() == days.date.isoweekday()


def _add_days(found: Found, days: Days, connected: bool) -> bool:
    if connected and found.date and days.date and not days.every:
        end = days.end or days.date
        while end < found.date and days.step:
            end = end + timedelta(weeks=1) if days.step == "week" else plus_months(end, 1 if days.step == "month" else 12)
        found.end_date = max(end, found.date)
        return True
    if days.date and (found.date or found.clock and days.moment) or found.weekdays and days.vague and _two_days(days.date, days.end):
        return False
    if days.every or days.weekdays:
        if found.every and found.weekdays:
            return False
        found.every, found.weekdays = days.every or found.every, days.weekdays or found.weekdays
        found.apart = found.apart or days.apart
    found.date, found.end_date = days.date or found.date, days.end or found.end_date
    found.past, found.vague, found.step = days.past or found.past, days.vague or found.vague, days.step
    if days.moment:
        found.clock, found.sure = (days.moment.hour, days.moment.minute), True
    return True


def _run(found: Found, text: str) -> None:
    """从明天开始连订五天: the number of days gives the end."""
    match = RUN.match(text, found.end)
    if not (found.date and not found.end_date and match and STARTS.search(text[found.end - 2 : match.end()])):
        return
    count = number(match["n"]) or 0
    if match["n"] == "半":
        found.end_date = found.date + timedelta(days=HALF_MONTH - 1) if match["u"] == "月" else found.end_date
    elif match["u"] == "月":
        found.end_date = plus_months(found.date, count) - timedelta(days=1)
    elif count:
        found.end_date = found.date + timedelta(days=count * (1 if match["u"] in ("天", "日") else 7) - 1)
    found.end = match.end()


def _combine(found: List[Found], text: str) -> List[Found]:
    """Drops what was corrected and unites what belongs together (明天给我送，中午)."""
    result: List[Found] = []
    for expression in found:
        if not result:
            result.append(expression)
            continue
        last = result[-1]
        between = text[last.end : expression.start]
        dropped = REPLACED.search(text[max(0, last.start - 3) : last.start])
        if DENIED.fullmatch(between) and (between != "不是" or IS.search(text[: last.start])):
            continue
        if CORRECTION.search(between) or (dropped and len(between) <= 4):
            result[-1] = _corrected(last, expression)
        elif last.role == expression.role and _complete(last, expression) and "改" not in between:
            result[-1] = _united(last, expression)
        else:
            result.append(expression)
    return result


def _complete(first: Found, second: Found) -> bool:
    """Whether the second adds only what the first lacks."""
    if first.has_day and first.has_clock and second.part and not second.clock and not second.has_day:
        return second.part == first.part
    return (not (first.has_day and second.has_day and not _adds_repetition(first, second))
            and not (first.clock and second.clock) and not (first.part and second.part and first.part != second.part)
            and (first.has_day or first.has_clock) and (second.has_day or second.has_clock))


def _adds_repetition(first: Found, second: Found) -> bool:
    weekend = any(one.vague and _two_days(one.date, one.end_date) and other.weekdays for one, other in ((first, second), (second, first)))
    return bool(first.date) != bool(second.date) and bool(first.every) != bool(second.every) and not weekend  # 工作日送，周末不要


def _two_days(first: Optional[date], last: Optional[date]) -> bool:
    """Whether a stretch is as long as a weekend."""
    return bool(first and last and last - first == timedelta(days=1))


def _united(first: Found, second: Found) -> Found:
    return Found(
        first.start, second.end, first.date or second.date, first.end_date or second.end_date, first.clock or second.clock,
        first.end_clock or second.end_clock, first.part or second.part, first.end_part or second.end_part,
        first.sure or second.sure, first.every or second.every, first.weekdays or second.weekdays, first.apart or second.apart,
        first.past or second.past, first.vague or second.vague, first.step or second.step, first.bound or second.bound, first.role,
    )


def _corrected(first: Found, second: Found) -> Found:
    """The second word counts; what it does not touch stays."""
    keep_day, keep_part = not second.has_day and not first.past, not second.part
    return Found(
        second.start, second.end,
        first.date if keep_day else second.date, first.end_date if keep_day else second.end_date,
        second.clock or (first.clock if not second.part or second.part == first.part else None), second.end_clock,
        first.part if keep_part else second.part, second.end_part, second.sure,
        first.every if keep_day else second.every, first.weekdays if keep_day else second.weekdays,
        first.apart if keep_day else second.apart,
        first.past if keep_day else second.past, second.vague, first.step if keep_day else second.step, second.bound, second.role,
    )


def _hour(clock: Tuple[int, int], part: Optional[str]) -> Tuple[int, int, int]:
    """(days later, hour, minute) of a clock time in a part of the day."""
    hour, minute = clock
    if hour >= 13 or part is None or part == "morning":
        return 0, hour, minute
    if part == "dawn":
        return (1, 0, minute) if hour == 12 else (0, hour, minute)
    if part == "noon":
        return 0, hour + 12 if hour <= 3 else hour, minute
    if part == "afternoon":
        return 0, hour + 12 if hour < 12 else hour, minute
    if hour == 12:
        return 1, 0, minute
    return 0, hour + 12 if hour > 3 else hour, minute


def _value(found: Found, now: datetime) -> Dict[str, Any]:
    day, end_day = found.date, found.end_date
    time = end_time = None
    ampm = bool(found.part)
    if found.clock:
        later, hour, minute = _hour(found.clock, found.part)
        ampm = ampm or found.sure or hour >= 12 or hour == 0
        time = f"{hour:02d}:{minute:02d}"
        day = day + timedelta(days=later) if day and later else day
        if found.end_clock:
            _, until, minute = _hour(found.end_clock, found.end_part or found.part)
            until += 12 if until < hour and until <= 12 and ampm and not found.end_part else 0
            end_time = f"{until % 24:02d}:{minute:02d}"
    past = found.past
    if day and day == now.date() and not past:
        gone = time is not None and ampm and not found.vague and time < now.strftime("%H:%M")
        gone = gone or (time is None and found.part is not None and HOURS[found.part][1] <= now.hour)
        if gone and found.step == "week":
            day += timedelta(weeks=1)
        elif gone:
            past = True
    return {
        "date": day.isoformat() if day else None, "end_date": end_day.isoformat() if end_day else None,
        "time": time, "end_time": end_time, "part": found.part, "ampm": ampm, "every": found.every,
        "weekdays": found.weekdays, "past": past, "vague": found.vague,
        **{name: value for name, value in (("bound", found.bound), ("role", found.role)) if value not in ("", told.WANTED)},
        **({"apart": found.apart} if found.apart else {}),
    }
