"""Words that do not fit the open question: no question in the same words for ever, nothing lost, nothing made up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from care.booking import task
from care.turn import Entity
from tests.conftest import said
from tests.unit.booking_talk import MONDAY, SATURDAY, Talk, time

ADDRESS = "康乐路12号2单元301"


def to_bath_place(talk: Talk) -> str:
    talk.say("我是刘桂香，礼拜六上午十点想洗澡", "book", service="bath", person_name="刘桂香", time=time(SATURDAY, "10:00", ampm=True))
    assert talk.state == "asking_bath_place"
    return talk.replies[-1].say


def test_an_address_says_that_the_bath_is_at_home(talk: Talk) -> None:
    to_bath_place(talk)
    heard = talk.say(ADDRESS, address=ADDRESS)
    assert talk.draft.particulars["bath_place"] == "home" and talk.draft.address == ADDRESS
    assert talk.state == "asking_health" and "在家洗" in heard


def test_half_an_address_says_so_too(talk: Talk) -> None:
    to_bath_place(talk)
    talk.say("康乐小区", address="康乐小区")
    assert talk.draft.particulars["bath_place"] == "home"


def test_to_the_centre_stays_to_the_centre(talk: Talk) -> None:
    to_bath_place(talk)
    talk.say("到站里洗，我住康乐路12号2单元301", address=ADDRESS, bath_place="centre")
    assert talk.draft.particulars["bath_place"] == "centre"


def test_no_words_a_third_time_though_the_answers_are_of_use(talk: Talk) -> None:
    asked = [to_bath_place(talk)]
    told = [("都没有毛病", {"health": "none"}), ("给我妈约的", {"relation": "mother"}), ("她叫王桂芳", {"person_name": "王桂芳"}),
            ("13800005555", {"phone": "13800005555"}), ("换到下午三点", {"time": time(SATURDAY, "15:00", ampm=True)})]  # fmt: skip
    for words, entities in told:
        talk.say(words, **entities)
        assert talk.state == "asking_bath_place"
        asked.append(talk.replies[-1].say)
    assert max(Counter(asked).values()) <= 2


def test_no_words_a_third_time_after_questions_in_between(talk: Talk) -> None:
    asked = [to_bath_place(talk)] + [talk.resume().partition("：")[2] for _ in range(4)]
    assert max(Counter(asked).values()) <= 2


@pytest.mark.parametrize("words", ["俺想磨刀", "能不能磨个刀", "我还想配眼镜", "那帮我喂鸽子吧"])
@pytest.mark.parametrize("intent", ["nlu_fallback", "book", "inform", "out_of_scope"])
def test_what_nobody_offers_is_said_and_the_booking_goes_on(talk: Talk, words: str, intent: str) -> None:
    to_bath_place(talk)
    heard = talk.say(words, intent)
    assert "单子上" in heard and "没听" not in heard and talk.state == "asking_bath_place"
    assert talk.draft.service == "bath"


def test_a_wish_is_nobodys_name(talk: Talk) -> None:
    talk.say("给我妈约周六上午十点去站里洗澡", "book", service="bath", relation="mother", bath_place="centre", time=time(SATURDAY, "10:00", ampm=True))
    talk.say("没毛病", health="none")
    assert talk.state == "asking_name"
    talk.say("俺想磨刀", "nlu_fallback")
    assert talk.draft.name == ""


@pytest.mark.parametrize("words", ["我想问一下", "我要喝水", "我想想", "能听见吗"])
def test_other_words_are_no_wish_for_a_service(talk: Talk, words: str) -> None:
    to_bath_place(talk)
    assert "单子上" not in talk.say(words, "nlu_fallback")


@pytest.mark.parametrize(
    ("words", "intent", "entities", "right"),
    [
        ("哦不对，是3栋301", "correct", {"address": "3栋301"}, "井冈山大道200号3栋301"),
        ("不是，五栋", "deny", {"address": "五栋"}, "井冈山大道200号五栋301"),
    ],
)
def test_numbers_of_the_address_are_put_right(talk: Talk, words: str, intent: str, entities: dict, right: str) -> None:
    talk.say("给我妈约周六上午九点擦窗户", "book", service="cleaning", relation="mother", cleaning_task="windows", time=time(SATURDAY, "09:00", ampm=True))
    talk.say("井冈山大道200号2栋301", address="井冈山大道200号2栋301")
    talk.say(words, intent, **entities)
    assert talk.draft.address == right and talk.draft.date == SATURDAY


def test_another_day_is_no_other_house(talk: Talk) -> None:
    talk.say("给我妈约周六上午九点擦窗户", "book", service="cleaning", relation="mother", cleaning_task="windows", time=time(SATURDAY, "09:00", ampm=True))
    talk.say("井冈山大道200号", address="井冈山大道200号")
    talk.say("不对，是30号", "correct", time=time(MONDAY))
    assert talk.draft.address == "井冈山大道200号" and talk.draft.date == MONDAY


def test_the_number_of_a_house_put_right_is_no_day(talk: Talk) -> None:
    words = "地址错了，是5号"
    talk.say("给我妈约周六上午九点擦窗户", "book", service="cleaning", relation="mother", cleaning_task="windows", time=time(SATURDAY, "09:00", ampm=True))
    talk.say("帅家村3号", address="帅家村3号")
    heard = Entity("time", time("2026-12-05"), "5号", 6, 8)
    task.take(talk.session, talk.conversation, replace(said(words, "correct", "late"), entities=(heard,)))
    assert talk.draft.address == "帅家村5号" and talk.draft.date == SATURDAY
