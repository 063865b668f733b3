"""Wishes about the food: noted and said back, never the end of a booking, never something wrong."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.booking import particulars
from care.conversation.model import Conversation
from tests.unit.booking_talk import Talk, known, meal


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    known(session, conversation)
    return Talk(session, conversation)


WISHES = ("莫放猪油，我胆囊割哒", "别搁香菜", "不要放花生", "唔好落咁多盐呀", "莫送鱼 有刺", "少放油", "葱蒜都不要", "别给我送鸡蛋", "不能吃太咸的")


@pytest.mark.parametrize("words", WISHES)
@pytest.mark.parametrize("intent", ["stop", "deny", "inform", "out_of_scope"])
def test_at_the_read_back_it_is_noted(talk: Talk, words: str, intent: str) -> None:
    talk.to_confirmation()
    said = talk.hear(words, intent, "stop" if intent == "stop" else "")
    assert not talk.finished and talk.state == "confirming" and talk.order is None
    assert talk.draft.remarks or talk.draft.particulars["diet"] != ["soft"]
    assert "哪里要改" not in said and "没听" not in said


@pytest.mark.parametrize("words", ["别整太咸", "莫搞咸了", "咸了吃不得", "唔好整咁咸", "咸的他吃不了"])
def test_little_salt_in_any_words(talk: Talk, words: str) -> None:
    talk.say("后天中午给我妈订一份饭", "book", relation="mother", **meal())
    talk.hear(words, "inform")
    assert talk.draft.particulars["diet"] == ["low_salt"] and not talk.finished


@pytest.mark.parametrize("words", ["不咸没味道", "不要咸菜", "我要咸一点"])
def test_a_word_of_salt_alone_is_no_diet(words: str) -> None:
    assert "low_salt" not in particulars.from_words(words, "diet", True)


@pytest.mark.parametrize("words", ["酸菜炖粉条有没有别整太咸老李血压一百八", "饺子有没有？别太咸了"])
def test_a_dish_asked_for_and_a_wish_in_one_breath(talk: Talk, words: str) -> None:
    talk.say("后天中午给我妈订一份饭", "book", relation="mother", **meal())
    heard = talk.hear(words, "service_query", "ask")
    assert talk.draft.particulars["diet"] == ["low_salt"] and "一荤两素一汤" in heard and talk.state != "asking_diet"


def test_asked_for_a_diet_it_answers(talk: Talk) -> None:
    talk.say("后天中午给我妈订一份饭", "book", relation="mother", **meal())
    assert talk.state == "asking_diet"
    said = talk.hear("莫放猪油，我胆囊割哒", "stop", "stop")
    assert "莫放猪油" in said and talk.state != "asking_diet" and not talk.finished
    assert talk.draft.remarks == ["莫放猪油，我胆囊割哒"]


@pytest.mark.parametrize("words", ["不要了", "莫送了", "不订了", "莫放猪油……算了，不订了", "不用送饭了，我吃素", "算了，我自己煮点软和的"])
def test_what_ends_a_booking_still_does(talk: Talk, words: str) -> None:
    talk.to_confirmation()
    talk.hear(words, "stop", "stop")
    assert talk.finished and talk.order is None


def test_a_diet_in_other_words_is_that_diet(talk: Talk) -> None:
    talk.to_confirmation()
    assert "不辣" in talk.hear("你忘咧，辣子不敢放", "out_of_scope")
