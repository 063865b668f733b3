"""A booking that began by mistake is left for what was meant; one that was wanted goes on."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.booking.mistaken import meant, never_wanted
from care.conversation.model import Conversation
from care.interruptions import interrupts
from care.turn import Entity, Turn
from tests.unit.booking_talk import Talk


def turn(text: str, *named: tuple[str, str, str], stops: str = "", intent: str = "inform") -> Turn:
    found = tuple(Entity(kind, value, words, text.index(words), text.index(words) + len(words)) for kind, value, words in named)
    return Turn("c", text, intent, 0.9, found, "m9", moves=((stops, "stop"),) if stops else ())


BATH = ("service", "bath", "洗澡")
CANTEEN = ("service", "canteen", "食堂")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (turn("不是洗澡 我是问补贴", BATH), "我是问补贴"),
        (turn("我是问补贴 不是洗澡", BATH), "我是问补贴"),
        (turn("不是洗澡我是问补贴", BATH), "我是问补贴"),
        (turn("我不洗澡 咱聊天", BATH), "咱聊天"),
        (turn("我没说要约啊，我就是随便聊聊"), "我就是随便聊聊"),
        (turn("我不是要登记，我是想问问政策"), "我是想问问政策"),
        (turn("算了，不办这个了，问一下护理补贴多少钱", stops="不办这个了"), "问一下护理补贴多少钱"),
        (turn("不要送了，我自己去吃，附近有食堂没", CANTEEN, stops="不要送了"), "附近有食堂没"),
        (turn("你搞错了，我问的是高龄津贴", ("topic", "high_age_allowance", "高龄津贴")), "我问的是高龄津贴"),
    ],
)
def test_what_was_meant_is_taken_up(said: Turn, words: str) -> None:
    assert meant("bath", said) == words


@pytest.mark.parametrize(
    "said",
    [
        turn("我问一下洗澡多少钱", BATH),
        turn("不是在家，我是想问去你们那儿要带什么"),
        turn("不用了，我问一下多少钱"),
        turn("算了，不要送了，我问问我闺女再说", stops="不要送了"),
        turn("不是我妈，是我自己洗澡", BATH),
        turn("你听错了，我问的是洗澡几点来", BATH),
        turn("不对，是后天"),
    ],
)
def test_a_booking_that_is_wanted_goes_on(said: Turn) -> None:
    assert not meant("bath", said)


@pytest.mark.parametrize("text", ["我没说要洗澡", "谁说要订了", "我没叫你约啊"])
def test_nothing_was_ever_wanted(text: str) -> None:
    assert never_wanted("bath", turn(text, *[BATH] * ("洗澡" in text)))


@pytest.mark.parametrize("text", ["算了不要送了 我问问我闺女再说", "先不洗了，回头再说吧", "不洗了，回头再说", "不约了以后再说"])
def test_what_is_put_off_is_not_gone_on_with(session: Session, conversation: Conversation, text: str) -> None:
    talk = Talk(session, conversation)
    talk.hear("我想洗澡", "book", service=("bath", "洗澡"))
    talk.say(text, "stop")
    assert talk.finished and not conversation.draft("booking")


def test_what_is_wrong_in_a_booking_is_no_end() -> None:
    assert not never_wanted("meal", turn("我没说要订两份", ("quantity", "2", "两份")))


def test_the_booking_is_left_and_the_question_heard(session: Session, conversation: Conversation) -> None:
    talk = Talk(session, conversation)
    talk.hear("我想洗澡", "book", service=("bath", "洗澡"))
    words = "不是洗澡 问一下补贴多少钱"
    asked = turn(words, BATH, ("topic", "allowance", "补贴"), intent="policy_ask")
    assert not interrupts(conversation, asked, "booking")
    talk.hear(words, "policy_ask", service=("bath", "洗澡"), topic=("allowance", "补贴"))
    assert talk.finished and conversation.recall("again") == "问一下补贴多少钱" and not conversation.draft("booking")
