"""What is being booked, asked for amid the booking: answered from what is noted, and the question goes on."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.booking import recap
from care.booking.draft import Draft
from care.conversation.model import Conversation
from care.interruptions import interrupts
from tests.conftest import said
from tests.unit.booking_talk import FRIDAY, Talk, known

WHEN = ["几点送", "几点送来啊", "什么时候送到", "那啥时候来", "师傅几点到", "饭几点能到", "哪天来", "几时送嚟呀", "么子时候上门"]
PLACE = ["送到哪", "送去哪里", "地址是哪来着", "你地址写的是哪", "你们记的啥地址", "住址填的什么呀", "饭送到边度", "地址报的是哪里"]
PHONE = ["留的哪个电话", "电话是多少来着", "你记的电话是哪个", "登记的谁的电话"]
ELSE = [
    "你们几点开门", "你们站的地址在哪", "领导电话多少", "改几点好", "能不能早点送", "附近哪里有食堂", "今天几号", "换个地址行不", "几点送都行吧我不挑的啦你们定",
    "送到哪一户都是热的吧", "多久来一次", "哪里不对",
]  # fmt: skip
DRAFT = Draft(service="meal", date=FRIDAY, time="11:30", address="光明社区七号楼二单元", phone="13900000001", quantity=2, asking="confirm")


@pytest.mark.parametrize("point, text", [("when", t) for t in WHEN] + [("place", t) for t in PLACE] + [("phone", t) for t in PHONE] + [("quantity", "我订了几份")])
def test_the_point_asked_for_is_heard(point: str, text: str) -> None:
    assert recap.asked(DRAFT, said(text, "my_info")) == [point]


@pytest.mark.parametrize("text", ELSE)
def test_other_questions_are_left_alone(text: str) -> None:
    assert recap.asked(DRAFT, said(text, "service_query")) == []


@pytest.mark.parametrize("text", ["几点送", "送到哪", "留的哪个电话"])
def test_what_is_not_noted_yet_is_no_recap(text: str) -> None:
    assert recap.asked(Draft(service="meal", asking="date"), said(text, "service_query")) == []


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    known(session, conversation)
    return Talk(session, conversation)


def test_the_read_back_goes_on(talk: Talk) -> None:
    talk.to_confirmation()
    assert "中午十一点半" in talk.say("几点送", "ask_time") and talk.state == "confirming"
    assert "光明社区" in talk.say("你地址写的是哪", "my_info") and talk.state == "confirming"
    assert "光明社区" in talk.say("地址是哪来着", "service_query", change="place") and talk.state == "confirming"
    assert talk.draft.address and not talk.draft.remarks and not talk.draft.changing
    talk.say("对", "affirm")
    assert talk.order


@pytest.mark.parametrize("text, intent", [("几点送", "ask_time"), ("你地址写的是哪", "my_info")])
def test_the_booking_answers_it_itself(talk: Talk, text: str, intent: str) -> None:
    talk.to_confirmation()
    talk.conversation.task = "booking"
    assert not interrupts(talk.conversation, said(text, intent), "booking")


def test_the_time_of_day_is_still_told(talk: Talk) -> None:
    talk.to_confirmation()
    talk.conversation.task = "booking"
    assert interrupts(talk.conversation, said("现在几点了", "ask_time"), "booking")
