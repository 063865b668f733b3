"""The very same asked for again is told with its number; a second order needs the wish for one more."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.orders import Order, cancel
from tests.unit.booking_talk import SATURDAY, Talk, meal, time

ADDRESS, PHONE = "康乐路12号2单元301", "13804311239"


def ask(talk: Talk, text: str = "后天中午送一份软饭", n: int = 1) -> str:
    return talk.say(text, "book", **meal(n, diet="soft"), address=ADDRESS, phone=PHONE)


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    talk = Talk(session, conversation)
    ask(talk)
    talk.say("对", "affirm")
    assert talk.order
    return talk


def stored(talk: Talk) -> int:
    return talk.session.scalar(select(func.count()).select_from(Order)) or 0


def spoken(number: str | None) -> str:
    return "、".join("零一二三四五六七八九"[int(digit)] for digit in number or "")


def test_the_same_again_is_told_with_its_number(talk: Talk) -> None:
    said = ask(talk)
    assert "已经订了" in said and spoken(talk.order) in said and talk.state == "asking_one_more"
    said = talk.say("不用了", "deny")
    assert talk.finished and "不另订" in said and stored(talk) == 1


@pytest.mark.parametrize(("words", "intent"), [("哦 我忘了", "inform"), ("知道了", "affirm"), ("就这一单", "inform"), ("取消吧", "order_cancel"), ("谢谢", "thanks")])
def test_one_is_enough_in_other_words(talk: Talk, words: str, intent: str) -> None:
    ask(talk)
    talk.say(words, intent)
    assert talk.finished and stored(talk) == 1


def test_in_another_conversation_too(talk: Talk) -> None:
    other = Conversation(id="later", channel="web")
    talk.session.add(other)
    talk.session.flush()
    later = Talk(talk.session, other)
    assert spoken(talk.order) in ask(later) and later.state == "asking_one_more"


@pytest.mark.parametrize(("words", "intent"), [("对", "affirm"), ("再订一单", "add_item"), ("再来一份", "add_item")])
def test_one_more_is_read_back_and_stored_with_another_yes(talk: Talk, words: str, intent: str) -> None:
    ask(talk)
    talk.say(words, intent)
    assert talk.state == "confirming" and stored(talk) == 1
    talk.say("对", "affirm")
    assert stored(talk) == 2


def test_who_asks_for_one_more_is_not_asked(talk: Talk) -> None:
    ask(talk, "再订一份后天中午的软饭")
    assert talk.state == "confirming"


def test_another_day_is_another_order(talk: Talk) -> None:
    ask(talk)
    talk.say("不是，我要礼拜六的", "correct", time=time(SATURDAY))
    assert talk.state == "confirming" and talk.draft.date == SATURDAY


def test_another_amount_or_a_cancelled_order_is_not_the_same(talk: Talk) -> None:
    ask(talk, n=2)
    assert talk.state == "confirming"
    talk.say("不订了", "stop")
    cancel(talk.session, str(talk.order))
    ask(talk)
    assert talk.state == "confirming"


def test_something_else_is_taken_up_instead(talk: Talk) -> None:
    ask(talk)
    said = talk.say("再加个理发", "add_item", service="haircut")
    assert "不另订" in said and talk.draft.service == "haircut" and stored(talk) == 1
