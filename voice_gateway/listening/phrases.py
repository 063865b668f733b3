"""What the held recogniser listens for: the short answers that a question invites, as phrases.

Vosk makes a bigram of them, so words that follow each other in some phrase may be combined: 明天上午 and 上午九点 also
allow 明天上午九点.
"""

from __future__ import annotations

from functools import lru_cache

from voice_gateway.listening import numbers, spoken_names, vocabulary

LONGEST = 8
"""Characters of the longest answer listened for; names and addresses may be longer."""
OPEN = {"name": "person_name", "place": "address", "destination": "address"}
"""Slots that any name or address answers, and the kind that is invented for them."""
ADDRESSED = "place"
"""One of those that addresses answer."""
MOST = 500
"""Answers listened for at once; a larger vocabulary holds the recogniser no better than none."""
SHORT_NAME = 4
"""Characters of the longest name of a service listened for."""
LONGEST_YES = 4
"""Characters of the longest yes or no listened for where a yes stores something."""
SHORT_YES = ("对", "是", "好", "行")
SOUNDS = ("啊", "吧", "呀", "的", "了", "嘞")
"""What people say behind a yes of one syllable."""
HOURS = ("一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
MINUTES = ("半", "钟", "一刻", "三刻", "十分", "二十", "四十")
DAYS = (
    "今天",
    "明天",
    "后天",
    "大后天",
    "周末",
    "这个周末",
    "下个星期",
    "下个月",
    "月底",
    "月初",
    "这个月",
    "随便哪天",
)
PARTS = ("早上", "上午", "中午", "下午", "傍晚", "晚上")
WEEKS = ("星期", "礼拜", "周")
WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日", "天")
WHICH_WEEK = ("", "这", "下", "下个")
UNITS = ("个", "份", "个人", "位", "天", "次", "个月", "个星期", "小时")
AGE_UNIT = "岁"
OLDEST, YOUNGEST = 100, 60


def spoken(value: int) -> str:
    """A number from 1 to 100 as people say it."""
    if value == 100:
        return "一百"
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else numbers.DIGITS[tens] + "十") + (
        numbers.DIGITS[ones] if ones else ""
    )


@lru_cache
def yes_and_no() -> tuple[str, ...]:
    """The answers to what was read out, and ways to end it: of parts of longer phrases (坐席) the recogniser makes words
    that nobody said, and what is said besides is heard freely."""
    listed = [*vocabulary.whole("affirm"), *vocabulary.whole("deny"), *vocabulary.listed("stop")]
    said = [word for word in listed if len(word) <= LONGEST_YES]
    said += [word + sound for word in SHORT_YES for sound in SOUNDS]
    return tuple(sorted(dict.fromkeys(said), key=lambda word: (len(word), word)))


@lru_cache
def days() -> tuple[str, ...]:
    """Days as people name them, alone and with a part of the day."""
    weeks = [
        which + week + day for which in WHICH_WEEK for week in WEEKS for day in WEEKDAYS if (week, day) != ("周", "天")
    ]
    dates = [spoken(day) + "号" for day in range(1, 32)]
    months = [spoken(month) + "月" + date for month, date in zip(range(1, 13), dates, strict=False)]
    return (*DAYS, *weeks, *dates, *months, *(day + part for day in (*DAYS[:4], "星期五", "三号") for part in PARTS))


@lru_cache
def clocks() -> tuple[str, ...]:
    """Times of day as people name them."""
    hours = [hour + "点" for hour in HOURS]
    exact = [hour + minutes for hour in hours for minutes in MINUTES]
    return (*PARTS, *hours, *exact, *(part + hour for part in PARTS for hour in hours))


@lru_cache
def amounts() -> tuple[str, ...]:
    """Small amounts with what is counted."""
    counts = ("一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "半")
    return (*counts, *(count + unit for count in counts for unit in UNITS), "就我一个", "我一个人", "我们两个")


@lru_cache
def ages() -> tuple[str, ...]:
    """Ages of old people."""
    years = [spoken(age) for age in range(YOUNGEST, OLDEST + 1)]
    return (*years, *(year + AGE_UNIT for year in years))


def of_kind(kind: str, slot: str, region: str) -> tuple[str, ...]:
    """The answers of one kind; none where it has too many to help."""
    match kind:
        case "phone" | "order_number":
            return numbers.DIGIT_PAIRS
        case "time":
            return days() + clocks() if slot == "date" else clocks() + days()
        case "quantity" | "duration":
            return amounts()
        case "age":
            return ages()
        case "person_name":
            return spoken_names.people()
        case "address":
            return spoken_names.addresses(region)
        case "number" | "ordinal":
            return ()
        case "place":
            words = vocabulary.cities()
        case "service":
            words = frozenset(name for name in vocabulary.services(region) if len(name) <= SHORT_NAME)
        case _:
            words = vocabulary.terms(kind, region)
    return tuple(sorted(words, key=lambda word: (len(word), word))) if len(words) <= MOST else ()
