"""An order asked about in passing, and a yes to a change in many words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from care.orders import afterwards, asked, finding
from tests.conftest import said
from tests.unit.orders_talk import BATH, MEALS, PHONE, Talk, when

ASKS = [
    "那2358这个单子是不是就没了", "那我约的洗澡还算数不", "取消了没有", "真的给我退掉了吧", "那你再查下，现在是哪天来", "帮我看看现在定的是几号几点",
    "改完了是星期几的，什么时候来", "那我这个单还剩哪几天",
]  # fmt: skip
ASKS_NOT = ["现在是几点", "今天几号", "饭没了再送一份", "屋里米没了", "改到下礼拜一", "是的，取消", "我想问下高龄津贴现在是多少", "取消吧"]


@pytest.fixture
def talk(session, conversation) -> Talk:
    return Talk(session, conversation)


@pytest.mark.parametrize("text", ASKS)
def test_how_the_order_stands_is_asked_in_many_ways(text: str) -> None:
    assert asked.about_it(text)


@pytest.mark.parametrize("text", ASKS_NOT)
def test_other_words_ask_nothing_about_it(text: str) -> None:
    assert not asked.about_it(text)


def test_whether_it_is_gone_is_answered_after_a_cancellation(talk, make):
    bath = make(**BATH)
    talk.conversation.phone = PHONE
    talk.change("把洗澡退了", "order_cancel", service="bath")
    assert "取消了" in talk.change("嗯，退了吧", "order_cancel")
    asks = said(f"那{bath.number}这个单是不是就没了", "scam", order_number=bath.number)
    assert afterwards.claims(talk.conversation, asks)
    assert "已经取消" in afterwards.answer(talk.session, talk.conversation, asks).replies[0].say


def test_nobody_hears_of_an_order_that_is_not_theirs(talk, make):
    bath = make(**BATH)
    talk.conversation.remember(**{finding.LAST: bath.number})
    told = afterwards.answer(talk.session, talk.conversation, said("这个单子是不是没了", "order_status"))
    assert "洗澡" not in told.replies[0].say


@pytest.mark.parametrize(
    ("text", "intent"),
    [("是，改礼拜一", "correct"), ("对，改吧", "order_reschedule"), ("没错，就改那天", "inform"), ("系啊，麻烦晒", "inform")],
)
def test_a_yes_to_a_change_in_many_words_moves_the_order(talk, make, text: str, intent: str):
    bath = make(**BATH)
    talk.conversation.phone = PHONE
    monday = when("2026-11-30")
    talk.change("洗澡改到礼拜一", "order_reschedule", service="bath", time=monday)
    assert talk.state == "confirming"
    talk.change(text, intent, **({"time": monday} if "礼拜一" in text else {}))
    assert talk.state == "rescheduled" and str(bath.date) == "2026-11-30"


def test_a_question_at_the_confirmation_is_answered_and_changes_nothing(talk, make):
    bath = make(**BATH)
    talk.conversation.phone = PHONE
    talk.change("洗澡改到礼拜一", "order_reschedule", service="bath", time=when("2026-11-30"))
    told = talk.change("你帮我看下现在定的是哪一日几点", "correct", time=when("2026-12-01"))
    assert talk.state == "confirming" and "星期六" in told and "对吗" in told
    assert talk.conversation.draft("change")["date"] == "2026-11-30"
    assert talk.conversation.recall(finding.LAST) == bath.number


@pytest.mark.parametrize("text", ["还要送几天啊", "我这个饭还要送好多天", "仲要送几日", "吃到几号", "送到什么时候为止", "我妈还要去几天", "还剩几顿", "还有几天"])
def test_how_many_days_are_left_is_asked_of_the_order(text: str) -> None:
    assert asked.about_it(text)


@pytest.mark.parametrize("text", ["还要吃几天药", "你们送到几点", "还有几天过年", "送到哪里"])
def test_other_words_of_how_long_ask_nothing_about_it(text: str) -> None:
    assert not asked.about_it(text)


def test_the_days_that_are_left_are_counted(talk, make):
    order = make(**MEALS)
    finding.made(talk.conversation, order)
    finding.verify(talk.conversation, order)
    asks = replace(said("还要送几天啊", "book"), meant="respite")
    assert afterwards.claims(talk.conversation, asks)
    assert "还有七天" in afterwards.answer(talk.session, talk.conversation, asks).replies[0].say
