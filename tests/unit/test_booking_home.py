"""Home in the words of all regions, addresses that are none, whose name and number it is, and for whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from care.booking import contact, task
from care.turn import Entity
from tests.conftest import said
from tests.unit.booking_talk import Talk, time

FRIDAY = "2026-11-27"
HOME = "光明社区七号楼二单元"


def to_the_place(talk: Talk) -> None:
    talk.say("后天晌午想吃饭", "book", service="meal", time=time(FRIDAY, part="noon"))
    talk.say("一份", quantity={"n": 1, "unit": "份"})
    assert talk.state == "asking_place"


@pytest.mark.parametrize("words", ["就搁家", "嗯，送到屋里来", "送我屋头", "嗯呐，家里边", "屋企", "自个儿家", "在家吃"])
def test_home_in_many_words(talk: Talk, words: str) -> None:
    to_the_place(talk)
    talk.say(words, "inform", address=words)
    assert talk.draft.address == HOME


@pytest.mark.parametrize("words", ["嗯那个啥", "我闺女说的", "随你们便"])
def test_any_words_are_no_address(talk: Talk, words: str) -> None:
    to_the_place(talk)
    talk.say(words, "inform", address=words)
    assert talk.draft.address == ""


def test_a_place_told_twice_is_believed(talk: Talk) -> None:
    to_the_place(talk)
    talk.say("不是", "deny")
    for _ in range(2):
        talk.say("老魏家那院", "inform", address="老魏家那院")
    assert talk.draft.address == "老魏家那院"


@pytest.mark.parametrize("words", ["供销社对面", "老槐树底下", "村东头"])
def test_a_landmark_is_an_address(words: str) -> None:
    assert contact.names_a_landmark(words) or contact.names_a_place(words)


def test_home_said_where_something_else_was_asked(talk: Talk) -> None:
    talk.say("想吃饭", "book", service="meal")
    talk.say("送家", "inform")
    assert talk.draft.address == HOME and talk.state == "asking_date"


def test_a_name_told_in_passing_is_noted_aloud(session, conversation) -> None:
    talk = Talk(session, conversation)
    heard = talk.say("我叫王秀英，我想洗个澡", "book", service="bath", person_name="王秀英")
    assert heard.startswith("好，洗澡。记下了，王秀英。")


def test_ones_own_number_told_again_is_noted(talk: Talk) -> None:
    talk.say("想洗个澡", "book", service="bath")
    heard = talk.say("我电话13900000001", phone="13900000001")
    assert "电话记下了" in heard


def test_the_callers_name_is_not_the_elders(session, conversation) -> None:
    talk = Talk(session, conversation)
    heard = talk.say("我叫李娜，想给我妈约个洗澡", "book", service="bath", person_name="李娜", relation="mother")
    assert "您是李娜，记下了" in heard and talk.draft.name == ""


def test_of_two_numbers_each_goes_where_it_belongs(session, conversation) -> None:
    talk = Talk(session, conversation)
    text = "给我妈订饭，她电话是13979112233，我的电话是13812348888"
    numbers = [Entity("phone", n, n, text.index(n), text.index(n) + len(n)) for n in ("13979112233", "13812348888")]
    turn = said(text, "book", "two")
    kinds = (Entity("service", "meal", "订饭"), Entity("relation", "mother", "我妈"))
    task.take(session, conversation, replace(turn, entities=(*kinds, *numbers)))
    assert (talk.draft.phone, talk.draft.asker_phone) == ("13979112233", "13812348888")


def test_who_is_taken_to_the_doctor_is_the_one_it_is_for(session, conversation) -> None:
    talk = Talk(session, conversation)
    talk.say("下周一带我老爸去吉大一院看病", "book", service="medical", medical_task="escort", facility="吉大一院", relation="father")
    assert talk.draft.person == "father" and talk.draft.quantity == 0


def test_oneself_in_one_word_is_understood_anywhere(talk: Talk) -> None:
    talk.say("吃饭", "book", service="meal")
    assert "没听" not in talk.say("自己", "inform")


def test_a_late_no_to_the_second_half_of_a_question(session, conversation) -> None:
    talk = Talk(session, conversation)
    talk.say("后天中午吃饭", "book", service="meal", time=time(FRIDAY, part="noon"))
    talk.say("一份", quantity={"n": 1, "unit": "份"})
    heard = talk.say("没有", "deny")
    assert heard.startswith("好，没有忌口。") and talk.state == "asking_place"


def test_a_cry_names_nobody_and_wondering_asks_nothing(talk: Talk) -> None:
    turn = said("哎呀妈呀俺家灯咋不亮了呢，快来个人整整", "book", "m")
    found = (Entity("relation", "mother", "妈", 2, 3), Entity("service", "urgent", "灯咋不亮", 6, 10))
    task.take(talk.session, talk.conversation, replace(turn, entities=found))
    assert talk.draft.person == "self" and "不亮" in talk.draft.particulars["problem"]


@pytest.mark.parametrize("text", ["三室的房子", "两室一厅", "三房两厅", "百十平", "大概八十个平方", "我家三室两厅的房子", "三间瓦房"])
def test_how_large_a_home_is_is_no_address(session, conversation, text: str) -> None:
    talk = Talk(session, conversation)
    talk.say("后天上午九点打扫", "book", service="cleaning", cleaning_task="room", time=time(FRIDAY, "09:00", ampm=True))
    assert talk.state == "asking_place"
    told = talk.say(text)
    assert talk.draft.address == "" and talk.draft.remarks == [text] and talk.state == "asking_place" and text in told
