"""What is called off at the read-back is never booked, in whatever words, and not by the yes after them either."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from tests.unit.booking_talk import FRIDAY, SATURDAY, Talk, known, meal, time


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    known(session, conversation)
    talk = Talk(session, conversation)
    talk.to_confirmation()
    return talk


@pytest.mark.parametrize(
    ("words", "does", "named"),
    [
        ("饭取消吧", "", {"service": ("meal", "饭")}),
        ("送餐取消吧 不约了", "stop", {"service": ("meal", "送餐")}),
        ("把饭退了吧", "", {"service": ("meal", "饭")}),
        ("送饭的免了吧", "", {"service": ("meal", "送饭")}),
        ("叫他莫送饭来了", "", {"service": ("meal", "送饭")}),
        ("那一份饭退了吧", "stop", {"quantity": ({"n": 1, "unit": "份"}, "一份")}),
        ("礼拜五的饭取消", "tells", {"time": (time(FRIDAY), "礼拜五"), "service": ("meal", "饭")}),
    ],
)
def test_the_whole_booking_ends(talk: Talk, words: str, does: str, named: dict[str, Any]) -> None:
    said = talk.hear(words, "order_cancel", does, **named)
    assert "先不订了" in said and talk.finished and talk.order is None


def test_it_ends_where_something_else_is_asked(session: Session, conversation: Conversation) -> None:
    talk = Talk(session, conversation)
    talk.say("后天中午订一份软饭", "book", **meal(diet="soft"))
    assert talk.state.startswith("asking")
    talk.hear("把饭退了吧", "order_cancel", service=("meal", "饭"))
    assert talk.finished and talk.order is None


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("打扫退了吧", {"service": ("cleaning", "打扫")}),
        ("单号5789退了吧", {"order_number": ("5789", "5789")}),
        ("礼拜六的退了吧", {"time": (time(SATURDAY), "礼拜六")}),
    ],
)
def test_something_else_called_off_does_not_end_it(talk: Talk, words: str, named: dict[str, Any]) -> None:
    talk.hear(words, "order_cancel", **named)
    assert not talk.finished and talk.order is None


def test_a_part_is_no_end(session: Session, conversation: Conversation) -> None:
    known(session, conversation)
    talk = Talk(session, conversation)
    talk.say("后天中午订三份软饭", "book", **meal(3, diet="soft"))
    talk.say("对", "affirm")
    assert talk.state == "confirming"
    talk.hear("退掉两份", "order_cancel", quantity=({"n": 2, "unit": "份"}, "两份"))
    assert not talk.finished and talk.order is None


def test_a_yes_behind_words_that_call_off_books_nothing(talk: Talk) -> None:
    talk.hear("单号5789退了吧", "order_cancel", order_number=("5789", "5789"))
    talk.say("对", "affirm")
    assert talk.order is None


def test_what_was_to_come_next_is_let_go(session: Session, conversation: Conversation) -> None:
    known(session, conversation)
    talk = Talk(session, conversation)
    talk.say("后天中午订一份软饭", "book", **meal(diet="soft"))
    talk.say("对", "affirm")
    talk.say("再加个打扫", "add_item", service="cleaning")
    assert [wish.service for wish in talk.draft.queue] == ["cleaning"]
    said = talk.hear("打扫取消吧", "order_cancel", service=("cleaning", "打扫"))
    assert "不订了" in said and not talk.draft.queue and talk.state == "confirming"
    assert "订好了" in talk.say("对", "affirm") and talk.finished
