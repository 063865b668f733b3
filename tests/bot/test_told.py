"""What the times of a speech are there for: wanted, only told, not suiting, the end, or a day left out."""

from __future__ import annotations

from pathlib import Path
from typing import Dict

import pytest

from bot.components import lexicon, told, told_examples
from bot.components.recognise import Recogniser

KEPT = Path(__file__).with_name("told_times.yml")
RIGHT = 0.84
"""Share of the kept sentences' times of which the role is heard."""


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(lexicon.words())


def test_kept_sentences_are_heard_as_they_are_marked() -> None:
    heard = [
        (role, said)
        for text, times, roles, _ in told_examples.examples(KEPT)
        for role, said in zip(roles, told_examples.learnt().of(text, times))
        if role
    ]
    assert sum(role == said for role, said in heard) >= RIGHT * len(heard)
    assert sum((role in told.PASSING) == (said in told.PASSING) for role, said in heard) >= 0.9 * len(heard)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("我昨天刚出院，后天上午想找个护士", {"昨天": "told", "后天上午": ""}),
        ("天天夜里起三四次，实在累，下周一送他去住五天", {"天天夜里": "told", "下周一": "", "五天": ""}),
        ("伺候他三年了，想约明天洗澡", {"三年": "told", "明天": ""}),
        ("三点我得睡一觉，四点来", {"三点": "busy", "四点": ""}),
        ("周日我回家陪她，那天别送", {"周日": "off"}),
        ("早上八点送过去，下午五点我去接", {"早上八点": "", "下午五点": "until"}),
        ("后天下午三点的高铁，一点来接我", {"后天下午三点": "told", "一点": ""}),
        ("明天上午吧，下午我得去给他取药", {"明天上午": "", "下午": "busy"}),
        ("明天", {"明天": ""}),
        ("八点半，我老公七点就起来吵人了", {"八点半": "", "七点": "told"}),
        ("我爱人六点就起来了", {"六点": "told"}),
        ("九点吧我崽七点就出门了", {"九点": "", "七点": "told"}),
        ("上午十点她九点还没睡醒呢", {"上午十点": "", "九点": "busy"}),
        ("改了十点的，九点家里有工人", {"十点": "", "九点": "busy"}),
        ("就后天晌午送一顿，大后天俺闺女就从郑州回来了，大后天就不用送了", {"后天晌午": "", "大后天": "told", "大后天 2": "off"}),
        ("周五送就行周六我闺女就到了周六不用你们管", {"周五": "", "周六": "told", "周六 2": "off"}),
        ("只要听日一餐，后日阿妹就返来，后日唔使送", {"听日": "", "后日": "told", "后日 2": "off"}),
        ("周四下午三点吧周三不行周三我孙子要带我去吃喜酒", {"周四下午三点": "", "周三": "busy"}),
        ("下周三吧，下周二不行，下周二我女儿要领我去体检", {"下周三": "", "下周二": "busy"}),
        ("后天不行后天我要去吃酒明天上午九点吧", {"后天": "busy", "明天上午九点": ""}),
        ("周一不行，周二成不成", {"周二": ""}),
        ("礼拜五送来礼拜六就没用了", {"礼拜五": "", "礼拜六": "told"}),
        ("周三吧，周四就晚了", {"周三": "", "周四": "told"}),
        ("我孙崽礼拜天转来恰饭，礼拜六上昼送来就好", {"礼拜天": "told", "礼拜六上昼": ""}),
    ],
)
def test_the_roles_of_times(recogniser: Recogniser, text: str, roles: Dict[str, str]) -> None:
    heard: Dict[str, str] = {}
    for span in recogniser.find(text):
        if span.kind in ("time", "told_time", "duration"):
            words = text[span.start : span.end]
            heard[f"{words} 2" if words in heard else words] = span.value.get("role", "")
    assert heard == roles
    assert all((s.kind == "told_time") == (s.value.get("role") in told.PASSING) for s in recogniser.find(text) if isinstance(s.value, dict) and "role" in s.value)


@pytest.mark.parametrize(
    "text",
    ["这一天得多少钱啊", "那这一天下来要好多钱", "这1天多少钱", "那一天要多少钱", "照这么算一天得几多钱", "每一天多少钱", "这三天一共多少钱", "这五天下来得花多少钱"],
)
def test_a_price_of_days_spoken_of_wishes_for_no_day(recogniser: Recogniser, text: str) -> None:
    assert not [s for s in recogniser.find(text) if s.kind == "time"]


def test_what_somebody_does_when_it_does_not_suit_is_no_wish(recogniser: Recogniser) -> None:
    assert not [s for s in recogniser.find("明天上午吧，下午我得去给他取药") if s.kind in ("service", "medical_task")]
    assert [s.value for s in recogniser.find("我后天要去取药，请人代我去") if s.kind == "medical_task"]


def test_limits_and_lengths_left_open(recogniser: Recogniser) -> None:
    assert [s.value["bound"] for s in recogniser.find("今天下午四点之前送到") if s.kind == "time"] == ["before"]
    assert [s.value["bound"] for s in recogniser.find("九点以后来") if s.kind == "time"] == ["after"]
    assert [s.value for s in recogniser.find("想租个轮椅用几天") if s.kind == "duration"] == [{"about": 7}]
    assert [s.value for s in recogniser.find("让她在你们那住一阵子") if s.kind == "duration"] == [{"about": 30}]
    assert not [s for s in recogniser.find("前几天摔的") if s.kind == "duration"]
    assert not [s for s in recogniser.find("过几天再说") if s.kind == "duration"]


@pytest.mark.parametrize(("text", "days"), [("礼拜六，礼拜天冇用了", 2), ("周五周六来不及了", 2), ("周一，周三都行", 1), ("周六，周日都不行", 1)])
def test_of_two_days_asked_for_one_may_be_spoken_against(recogniser: Recogniser, text: str, days: int) -> None:
    assert len([span for span in recogniser.find(text, "date") if span.kind in ("time", "told_time")]) == days
