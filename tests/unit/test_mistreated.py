"""Elders whom the family hurts: told from complaints about staff and from everyday words, and answered with help."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import mistreated, routing
from care.conversation.model import Conversation
from tests.conftest import said

TOLD = [
    "儿媳妇天天骂我 不给我饭吃",
    "儿子不给我饭吃",
    "女婿老打我",
    "女婿老大我",
    "我被儿媳妇打了",
    "老头子喝了酒就打我",
    "儿子把我赶出来了",
    "孙子把我锁在家里",
    "儿子拿走了我的养老金",
    "隔壁老头的儿子经常打他",
    "仔唔俾我饭食",
]
NOT_TOLD = [
    "儿子打我电话",
    "老伴大我三岁",
    "老伴老说大我三岁",
    "女儿打我手机打不通",
    "儿子不让我吃咸的",
    "儿子打我这儿过",
    "护工骂我",
    "儿子天天给我送饭",
    "老伴推我去医院",
    "儿子把我的门锁修好了",
    "儿子把他送到养老院",
]


@pytest.mark.parametrize("text", TOLD)
@pytest.mark.parametrize("intent", ["lonely", "bind_family", "book", "nonsense"])
def test_whoever_is_hurt_by_the_family_is_heard(conversation: Conversation, text: str, intent: str) -> None:
    assert routing.claimed_by(conversation, said(text, intent)) == routing.MISTREATED


@pytest.mark.parametrize("text", NOT_TOLD)
def test_everyday_words_of_the_family_are_not_it(text: str) -> None:
    assert not mistreated.tells(text)


@pytest.mark.parametrize("task", ["booking", "eligibility"])
def test_it_does_not_wait_for_a_task(conversation: Conversation, task: str) -> None:
    conversation.task = task
    assert routing.taken_from(conversation, said(TOLD[0], "inform"), task) == routing.MISTREATED


def test_a_human_is_offered_and_110_named_and_the_second_time_in_other_words(session: Session, conversation: Conversation) -> None:
    first, second = (mistreated.answer(session, conversation, said(text)).replies[0] for text in TOLD[:2])
    assert "一一零" in first.say and "不是您的错" in first.say and first.say != second.say
    assert first.choices[0].value == "请给我回电话"
