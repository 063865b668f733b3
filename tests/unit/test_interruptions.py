"""What is said in the middle of a task: an answer to it, or something else that is answered in between."""

from __future__ import annotations

import pytest

from care.booking.draft import Draft, keep
from care.conversation.model import Conversation
from care.interruptions import interrupts
from care.reply import Choice, Reply
from care.turn import Entity, Turn


def said(text: str, intent: str, confidence: float = 0.9, **entities: object) -> Turn:
    return Turn("c", text, intent, confidence, tuple(Entity(kind, value, "") for kind, value in entities.items()), "m")


@pytest.fixture
def booking() -> Conversation:
    talk = Conversation(id="c", channel="test", region="", state="asking_time", drafts={}, memory={}, misses=0, last_replies=[])
    talk.task = "booking"
    keep(talk, Draft(service="bath", asking="time"))
    return talk


@pytest.mark.parametrize("turn, gives_way", [
    (said("对了今天几号来着", "ask_time", 1.0, time={"date": "2026-11-25"}), True),
    (said("你是真人还是机器啊，是什么", "who_are_you"), True),
    (said("长沙高龄津贴多少钱", "policy_ask", 0.8), True),
    (said("送饭多少钱一份", "price_query", 0.9, service="meal"), True),
    (said("洗澡多少钱", "price_query", 0.9, service="bath"), False),  # its own price the booking tells by itself
    (said("那我自己要带些什么东西去", "policy_ask", 0.8), False),  # to the bath: its list says so
    (said("要带毛巾不", "service_query", 0.6), False),
    (said("有人打电话叫我转账", "scam", 0.9), True),
    (said("一个人在家好冷清", "lonely", 0.9, bath_place="home", quantity={"n": 1}), True),
    (said("我一个人，明天洗", "lonely", 0.9, time={"date": "2026-11-26"}), False),
    (said("明天上午十点谢谢", "thanks", 0.9, time={"date": "2026-11-26"}), False),
    (said("后天", "inform", 0.9, time={"date": "2026-11-27"}), False),
    (said("高龄的", "policy_ask", 0.3), False),
])  # fmt: skip
def test_booking(booking: Conversation, turn: Turn, gives_way: bool) -> None:
    assert interrupts(booking, turn, "booking") is gives_way


@pytest.mark.parametrize("turn, gives_way", [
    (said("杨陵区么，还有哪个区", "policy_ask", 0.9, place={"region": "yangling", "name": "杨陵区"}), False),
    (said("长沙咯，还能是哪里", "service_query", 0.8, place={"region": "hunan", "name": "长沙"}), False),
    (said("东莞啦，你话仲有边度", "policy_ask", 0.8, place={"region": "dongguan", "name": "东莞"}, aspect="where"), False),
    (said("长沙高龄津贴多少钱", "policy_ask", 0.8, place={"region": "hunan", "name": "长沙"}, topic="age_allowance"), True),
    (said("西安有没有", "policy_ask", 0.8, place={"region": "", "name": "西安"}), True),
])  # fmt: skip
def test_a_town_that_was_asked_for_is_the_answer_whatever_is_asked_beside_it(booking: Conversation, turn: Turn, gives_way: bool) -> None:
    keep(booking, Draft(service="cleaning", asking="region"))
    assert interrupts(booking, turn, "booking") is gives_way


def test_a_complaint_is_heard_to_its_end(booking: Conversation) -> None:
    assert not interrupts(booking, said("送饭的怎么老是迟到", "service_query"), "complaint")


def test_a_change_tells_of_its_orders_itself(booking: Conversation) -> None:
    assert not interrupts(booking, said("我那个单子几点来", "order_status"), "change")
    assert interrupts(booking, said("高龄津贴多少钱", "policy_ask"), "change")


def test_an_answer_in_between_ends_without_a_question_of_its_own() -> None:
    told = Reply("老年食堂一份十二块。要帮您订吗？", "老年食堂，12 元。要帮您订吗？", (Choice("要", "要"),)).without_offer()
    assert (told.say, told.show, told.choices) == ("老年食堂一份十二块。", "老年食堂，12 元。", ())
    assert Reply("您在哪个城市？").without_offer().say == "您在哪个城市？"
