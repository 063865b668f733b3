"""What was learnt of a turn decides only what it may: nothing is placed, ended or noted on a guess that the words speak against."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import agreement
from care.booking.left_over import words_of
from care.conversation.model import Conversation
from care.turn import Turn
from tests.unit.booking_talk import FRIDAY, Talk, known, time


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    known(session, conversation)
    return Talk(session, conversation)


@pytest.mark.parametrize("words", ["行是行，就是钟点得往后", "好是好就是太早了", "可以倒是可以，换个人", "都对，就电话错了", "你记岔咧", "对，姓写反了"])
def test_a_yes_that_leads_up_to_a_but_places_nothing(talk: Talk, words: str) -> None:
    talk.to_confirmation()
    talk.hear(words, "affirm", "agree")
    assert talk.order is None and not talk.draft.remarks


@pytest.mark.parametrize("words", ["一点儿没记错，订上就是", "可以是可以，订吧", "是是是，没错", "冇讲错，报起咯", "麻烦你写上", "刚才是我听错了，现在对了，订吧"])
def test_a_yes_with_the_same_words_in_it_still_does(words: str) -> None:
    assert agreement.agrees(Turn("c", words, "affirm", does="agree"))


@pytest.mark.parametrize("words", ["要是没有女的来就甭办了", "等不到人就莫订了"])
def test_what_is_not_to_be_done_is_not_gone_ahead_with(talk: Talk, words: str) -> None:
    talk.to_confirmation()
    talk.say(words, "stop")
    assert talk.order is None


@pytest.mark.parametrize("does", ["stop", "change", "remark", ""])
def test_what_is_wrong_gives_nothing_up_and_is_no_remark(talk: Talk, does: str) -> None:
    talk.to_confirmation()
    said = talk.hear("你弄拧了", "nlu_fallback", does)
    assert not talk.draft.remarks and "记上了" not in said and talk.state == "asking_change"


def test_praise_is_heard_and_not_noted(talk: Talk) -> None:
    talk.to_confirmation()
    said = talk.hear("你声音蛮甜的", "inform", "nothing")
    assert "记上了" not in said and "没听" not in said and not talk.draft.remarks


def test_a_moment_in_any_words_is_waited_for(talk: Talk) -> None:
    talk.say("我想订饭", "book", service="meal")
    asked = talk.state
    said = talk.hear("我先把窗户关上", "inform", "wait")
    assert "不急" in said and talk.state == asked
    assert "不急" not in talk.hear("明天的", "book", "wait", time=(time("2026-11-26"), "明天"))


def test_none_of_what_is_proposed_is_taken_by_who_wants_it_otherwise(talk: Talk) -> None:
    talk.say("我是刘桂香，后天上午想理发", "book", service="haircut", person_name="刘桂香", time=time(FRIDAY, part="morning"))
    assert talk.draft.options
    talk.hear("都往后头挪挪看", "dont_know", "change")
    assert not talk.draft.time
    talk.hear("随你安排", "dont_know")
    assert talk.draft.time


def test_the_day_of_a_remark_keeps_its_first_word() -> None:
    turn = Turn("c", "那天我侄女也过来搭把手", "inform", does="remark")
    assert words_of(turn) == ["那天我侄女也过来搭把手"]


def test_a_change_put_as_a_question_is_asked_for_and_is_no_riddle(talk: Talk) -> None:
    talk.to_confirmation()
    said = talk.hear("钟点能不能往后拖些", "service_query", "change")
    assert "哪里要改" in said and "说不准" not in said
