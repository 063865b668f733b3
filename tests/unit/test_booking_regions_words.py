"""Answers as they are said north and south, and answers that only sound like one."""

from __future__ import annotations

import pytest

from care.booking import particulars
from tests.unit.booking_talk import SATURDAY, THURSDAY, Talk, time


def told(slot: str, text: str) -> str:
    return (particulars.from_words(text, slot, asked=True) or [""])[-1]


@pytest.mark.parametrize(
    "said",
    ["在屋头洗，有热水器", "喺屋企", "屋里头洗咯", "我这儿洗", "来我家", "到我屋里来", "额屋里", "搁家", "你们来我这儿洗", "到屋头来嘛", "我屋下洗"],
)
def test_at_home(said: str) -> None:
    assert told("bath_place", said) == "home"


@pytest.mark.parametrize(
    "said", ["你们那达", "去你里洗", "你们嗰边", "恁那儿", "去你们那", "到恩里洗", "克你们那里", "去你哋嗰度", "我自己去站里", "我过去洗", "澡堂子洗"]
)
def test_at_the_centre(said: str) -> None:
    assert told("bath_place", said) == "centre"


@pytest.mark.parametrize(
    ("slot", "said", "value"),
    [
        ("health", "么子都冇", "none"),
        ("health", "旁的么啥", "none"),
        ("health", "屙肚子", "vomiting"),
        ("diet", "冇牙，煮烂啲", "soft"),
        ("diet", "辣子不敢放", "no_spicy"),
        ("diet", "我食斋嘅", "vegetarian"),
        ("diet", "么子都恰", "normal"),
        ("medical_task", "去睇医生", "escort"),
        ("medical_task", "帮我攞药", "fetch_medicine"),
        ("wheelchair", "行唔到路", "true"),
        ("wheelchair", "莫要，我走得", "false"),
        ("mobility", "落唔到床", "bedridden"),
        ("mobility", "要人搀", "needs_arm"),
        ("cleaning_task", "灶屋里油糊糊的", "kitchen"),
        ("cleaning_task", "成间屋都要", "whole"),
        ("cleaning_task", "洗衫", "laundry"),
        ("aid", "拄棍", "cane"),
    ],
)
def test_values_in_the_words_of_the_regions(slot: str, said: str, value: str) -> None:
    assert told(slot, said) == value


@pytest.mark.parametrize(
    ("answer", "heard"),
    [("坐仑以，自己有，能折起来的", "要轮椅"), ("走布动", "要轮椅"), ("不坐仑以", "不用轮椅")],
)
def test_an_answer_may_only_sound_like_a_word_for_what_was_asked(talk: Talk, answer: str, heard: str) -> None:
    talk.say("明天下午两点去国茂大饭店", "book", service="travel", time=time(THURSDAY, "14:00"), facility="国茂大饭店")
    assert talk.state == "asking_wheelchair"
    assert heard in talk.say(answer)


def test_that_there_is_nothing_is_not_taken_from_the_sound(talk: Talk) -> None:
    talk.say("大后天上午十点在家洗澡", "book", service="bath", bath_place="home", time=time(SATURDAY, "10:00"))
    assert "没有不舒服" not in talk.say("梅病")
    assert talk.state == "asking_health"
