"""Whoever cares for somebody and can no more is told of a stay for some days, warmly; nobody else is."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import carers, offers
from care.conversation.model import Conversation
from tests.conftest import said


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("天天守到我婆婆，人都熬垮了，有没有地方托几日让我缓口气", "service_query"),
        ("我伺候老娘五年实在顶不住了有没有地方能让她住几天", "book"),
        ("照顾瘫痪的老头子照顾得我快垮了，有没有人能替我几天", "book"),
        ("一个人照顾失智的妈，整宿睡不了，累得想哭", "lonely"),
        ("我下周要做手术，家里老娘没人管，能不能找地方住几天", "book"),
        ("带着糊涂的老爷子熬得人都脱了形，谁能顶我两天", "nlu_fallback"),
        ("睇住我阿妈几年，真系顶唔住，有冇地方俾佢住几日", "policy_ask"),
        ("我一人顾着俩老的，人都快散架了，有没有地方能替我看两天", "book"),
        ("我照看公公五年，夜夜睡不好，想歇一个礼拜行不行", "book"),
        ("俺爹瘫了，我得出趟门，有地方寄放几天不", "book"),
    ],
)
def test_the_worn_out_are_told_of_a_stay(session: Session, conversation: Conversation, text: str, intent: str) -> None:
    turn = said(text, intent)
    assert carers.claims(conversation, turn)
    told = carers.answer(session, conversation, turn).replies[0]
    assert "喘息服务" in told.say and "要帮您订吗" in told.say
    assert offers.wish(conversation) == "我要约喘息服务"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我照顾我妈，想问问护理补贴", "eligibility_ask"),
        ("帮我约短期托养，我照顾我爸累坏了", "book"),
        ("我婆婆瘫了，睡不了觉，吃啥药好", "medical_advice"),
        ("我妈累得很，想歇一下", "lonely"),
        ("我照顾瘫痪老伴，喘息服务能申请不", "eligibility_ask"),
        ("老伴走了两年了，我一个人撑不住", "lonely"),
    ],
)
def test_nobody_else_is(conversation: Conversation, text: str, intent: str) -> None:
    assert not carers.claims(conversation, said(text, intent))


def test_an_open_task_is_not_left(conversation: Conversation) -> None:
    conversation.task = "booking"
    assert not carers.claims(conversation, said("守着我妈熬垮了，有没有地方托几天", "book"))
