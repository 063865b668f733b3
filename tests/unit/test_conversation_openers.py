"""Whoever only begins to speak is told to go on; words that say more are understood as ever."""

from __future__ import annotations

import pytest

from care.conversation import openers
from care.conversation.model import Conversation


@pytest.mark.parametrize(
    "words",
    [
        "我想问个事", "我想打听个事情", "我有点事想麻烦你", "跟你打听一下", "请教一下", "有个事不懂", "我想咨询一下", "求你帮个忙",
        "俺问你个事", "姑娘我问你个事行不", "有件事弄不明白", "我有两个问题", "麻烦问一下", "我跟你说个事", "想跟你了解个情况",
    ],
)  # fmt: skip
def test_an_opening_is_waited_for(conversation: Conversation, words: str) -> None:
    outcome = openers.met(conversation, words)
    assert outcome and outcome.replies[0].say == "您说，我听着。" and outcome.state == "idle"


@pytest.mark.parametrize(
    "words",
    ["那就麻烦你们了", "跟你说说话行不", "我想问送饭多少钱", "我想打听补贴", "你说", "我要说话", "没有问题", "我要反映个问题", "有事", "我不懂"],
)
def test_words_that_say_more_or_other_are_no_opening(conversation: Conversation, words: str) -> None:
    assert openers.met(conversation, words) is None


def test_whether_anybody_is_there_is_answered_at_the_beginning(conversation: Conversation) -> None:
    outcome = openers.met(conversation, "喂，有人吗")
    assert outcome and "我在" in outcome.replies[0].say
    conversation.state = "unknown"
    assert openers.met(conversation, "有没有人啊") is None


def test_an_opening_amid_a_booking_keeps_it(conversation: Conversation) -> None:
    conversation.state, conversation.task = "asking_date", "booking"
    outcome = openers.met(conversation, "我问你个事")
    assert outcome and outcome.state == "asking_date"
