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


def bath(talk: Talk) -> None:
    """A bath at home, up to the health question."""
    talk.say("大后天上午十点在家洗澡", "book", service="bath", bath_place="home", time=time(SATURDAY, "10:00", "morning", ampm=True))
    assert talk.state == "asking_health"


@pytest.mark.parametrize("said", ["肩周炎，心脏莫得问题，血压也还要得", "腰上有钢板，医生讲伤口早长好哒", "就是膝盖不行，别的都好"])
def test_a_harmless_ailment_is_noted_and_nothing_against_a_bath(talk: Talk, said: str) -> None:
    bath(talk)
    talk.say(said)
    assert talk.state != "asking_health"


def test_what_is_told_twice_is_not_asked_a_third_time(talk: Talk) -> None:
    bath(talk)
    talk.say("我有肩周炎嘞")
    assert talk.state == "asking_health"
    talk.say("我有肩周炎嘞")
    assert talk.state != "asking_health" and talk.draft.remarks == ["我有肩周炎嘞"]


@pytest.mark.parametrize("said", ["我腰疼，头晕得站不住", "刚做的手术，腿上打了钢板", "脚上烂了", "地址是幸福路18号"])
def test_what_has_to_be_seen_to_first_goes_nowhere(talk: Talk, said: str) -> None:
    bath(talk)
    talk.say(said)
    if not talk.finished:
        talk.say(said)
        assert talk.state == "asking_health"


@pytest.mark.parametrize("said", ["脑出血后遗症，尾巴骨那块有点红", "前年脑溢血过", "中风三年了"])
def test_a_stroke_of_long_ago_is_told_to_the_carers(talk: Talk, said: str) -> None:
    bath(talk)
    talk.say(said)
    assert not talk.finished and talk.draft.particulars["health"] == ["old_stroke"]


def test_a_stroke_of_today_stops_the_bath(talk: Talk) -> None:
    bath(talk)
    talk.say("今天脑出血")
    assert talk.state == "refused"


@pytest.mark.parametrize(
    ("said", "portions"),
    [("就我一个", 1), ("得我一个", 1), ("就我自家", 1), ("额一个人", 1), ("我跟老头子", 2), ("两公婆", 2), ("老两口", 2)],
)
def test_how_many_eat(talk: Talk, said: str, portions: int) -> None:
    talk.say("订个后天中午的饭", "book", service="meal", time=time("2026-11-27", part="noon"))
    assert talk.state == "asking_quantity"
    talk.say(said)
    assert talk.draft.quantity == portions
