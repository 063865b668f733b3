"""What is said again at the read-back as it is already is said back, and what a booking has no place for is noted."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from tests.unit.booking_talk import FRIDAY, SATURDAY, Talk, known, time


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    known(session, conversation)
    talk = Talk(session, conversation)
    talk.to_confirmation()
    return talk


def test_the_portions_and_the_day_are_said_back(talk: Talk) -> None:
    said = talk.hear("只要一份，我堂客走人家去哒", "correct", quantity=({"n": 1, "unit": "份"}, "一份"))
    assert "一份软饭，没错" in said and talk.state == "confirming" and talk.order is None
    said = talk.hear("礼拜五送咧", "correct", time=(time(FRIDAY), "礼拜五"))
    assert "星期五" in said and "没错" in said and talk.state == "confirming"


def test_the_place_of_a_bath_is_said_back(session: Session, conversation: Conversation) -> None:
    known(session, conversation)
    talk = Talk(session, conversation)
    talk.say("后天下午三点去站里洗澡，身体好", "book", service="bath", bath_place="centre", time=time(FRIDAY, "15:00"), health="none")
    assert talk.state == "confirming"
    said = talk.hear("不要上门，额到你们那达去洗", "book", "change", bath_place=("centre", "你们那达去洗"))
    assert "到站里洗，没错" in said and talk.draft.particulars["bath_place"] == "centre"


def test_what_is_refused_is_not_said_to_be_right(talk: Talk) -> None:
    said = talk.hear("不要星期五", "deny", time=(time(FRIDAY), "星期五"))
    assert "没错" not in said


def test_another_day_is_a_change(talk: Talk) -> None:
    said = talk.hear("不对，是礼拜六", "correct", time=(time(SATURDAY), "礼拜六"))
    assert "改好了" in said and "没错" not in said


def test_words_that_find_more_wrong_are_asked_about(talk: Talk) -> None:
    said = talk.hear("不对，星期五那天你们写的人好像不是我啊", "deny", time=(time(FRIDAY), "星期五"))
    assert "没错" not in said and talk.state == "asking_change"


def test_an_age_is_noted(talk: Talk) -> None:
    said = talk.hear("岁数八十七", "correct", "tells", age=(87, "八十七"))
    assert "岁数八十七" in said and talk.state == "confirming" and talk.draft.remarks == ["岁数八十七"]


def test_asked_what_to_change_the_same_again_leads_back(talk: Talk) -> None:
    talk.say("不对", "deny")
    said = talk.hear("一份", "inform", quantity=({"n": 1, "unit": "份"}, "一份"))
    assert "没错" in said and talk.state == "confirming"


def test_what_the_health_question_did_not_ask_for_is_noted_beside_its_no(session: Session, conversation: Conversation) -> None:
    known(session, conversation)
    talk = Talk(session, conversation)
    talk.say("后天下午三点在家洗澡", "book", service="bath", bath_place="home", time=time(FRIDAY, "15:00"))
    assert talk.state == "asking_health"
    said = talk.hear("肩周炎，心脏莫得问题，血压也还要得", "inform", "remark")
    assert "肩周炎" in said and talk.state != "asking_health"
    assert talk.draft.particulars["health"] == ["none"] and talk.draft.remarks == ["肩周炎"]
