"""What other offices answer, and which day it is: said plainly, whatever it sounds like."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import policy, routing
from care.conversation import manners
from care.conversation.model import Conversation
from tests.conftest import said


@pytest.mark.parametrize("text, intent, word", [
    ("救护车多少钱", "price_query", "一二零"), ("叫个救护车要几多钱", "price_query", "一二零"), ("丧葬费", "price_query", "殡葬"),
    ("我医保卡掉了咋办", "scam", "一二三九三"), ("医保卡丢哒何什补", "scam", "一二三九三"), ("社保卡激活", "scam", "一二三三三"),
    ("身份证不见了怎么补", "scam", "派出所"),
])  # fmt: skip
def test_matters_of_other_offices(session: Session, conversation: Conversation, text: str, intent: str, word: str) -> None:
    turn = said(text, intent)
    assert routing.claimed_by(conversation, turn) == routing.POLICY
    assert word in policy.answer(session, conversation, turn).replies[0].say


@pytest.mark.parametrize("text", ["有人打电话说社保卡停用", "短信讲我医保卡异常", "让我激活社保卡先交钱", "说我社保卡涉案"])
def test_a_scam_with_a_card_is_a_scam(conversation: Conversation, text: str) -> None:
    assert routing.claimed_by(conversation, said(text, "scam")) != routing.POLICY


def test_a_service_with_a_price_is_ours(conversation: Conversation) -> None:
    assert routing.claimed_by(conversation, said("看病陪诊医保卡能报吗多少钱", "price_query", service="medical")) != routing.POLICY


def test_the_day_asked_for_is_told(session: Session, conversation: Conversation) -> None:
    tomorrow = {"date": "2026-11-26", "end_date": None, "time": None}
    assert "星期四" in manners.answer(session, conversation, said("明天星期几", "ask_time", time=tomorrow)).replies[0].say
    today = {"date": "2026-11-25", "end_date": None, "time": None}
    assert "现在" in manners.answer(session, conversation, said("今天几号", "ask_time", time=today)).replies[0].say
    assert "查不到" in manners.answer(session, conversation, said("今天农历几号", "ask_time", time=today)).replies[0].say
