"""The day on which whoever cares otherwise is away is the day of what comes in their stead; in doubt it is asked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.booking_talk import FRIDAY, THURSDAY, Talk, time

EVENING = time("", "18:00", "evening", ampm=True)


def wish(talk: Talk, text: str, day: tuple[str, str], role: str, hour: str, **people: tuple[str, str]) -> None:
    """A meal wished for beside a day that is only told."""
    words: dict[str, tuple[Any, str]] = {"service": ("meal", "饭"), "time": (EVENING, hour)}
    talk.hear(text, "book", "", **words, told_time=(time(day[0], role=role), day[1]), **people)


@pytest.mark.parametrize(
    ("text", "day", "hour", "people"),
    [
        ("隔壁老汉平时我给他端饭，明儿我要去吃席晚上回不来你们六点给他送一顿饭", (THURSDAY, "明儿"), "六点", {"relation": ("neighbour", "隔壁")}),
        ("我是隔壁的我们院里有个老汉没儿没女今年八十九咧我平时给他端饭哩明儿我要去宝鸡吃席晚上回不来你们六点给他送一顿饭", (THURSDAY, "明儿"), "六点", {"relation": ("neighbour", "隔壁")}),
        ("明天我要加班，六点给我妈送个饭", (THURSDAY, "明天"), "六点", {"relation": ("mother", "我妈")}),
        ("后天我堂客到株洲走人家去哒，我一个人懒得开火，六点送个饭", (FRIDAY, "后天"), "六点", {"relation": ("spouse", "堂客")}),
        ("后天我儿子出差，没人做，六点送个饭给我", (FRIDAY, "后天"), "六点", {}),
    ],
)
@pytest.mark.parametrize("role", ["busy", "told"])
def test_the_day_of_an_absence(talk: Talk, text: str, day: tuple[str, str], hour: str, people: dict, role: str) -> None:
    wish(talk, text, day, role, hour, **people)
    assert (talk.draft.date, talk.draft.time) == (day[0], "18:00")


@pytest.mark.parametrize(
    "text", ["明天我要去打针，六点送个饭", "明天我儿子回来，六点送个饭", "明天我要去打针，后天，六点送个饭"]
)
def test_other_days_that_are_told_are_not_taken(talk: Talk, text: str) -> None:
    wish(talk, text, (THURSDAY, "明天"), "busy", "六点")
    assert talk.draft.date != THURSDAY


def test_today_is_not_assumed_where_another_day_was_spoken_of(talk: Talk) -> None:
    hour = {**EVENING, "bound": "before", "vague": True}
    words = {"service": ("meal", "饭"), "time": (hour, "六点以前"), "told_time": (time(THURSDAY, role="told"), "明天")}
    said = talk.hear("明天我儿子回来，六点以前送个饭", "book", "", **words)
    assert not talk.draft.options and talk.draft.time == "17:30" and talk.state == "asking_date" and "今天" not in said
