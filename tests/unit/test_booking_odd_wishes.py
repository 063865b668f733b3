"""A day that is in no calendar, and meals that are not all alike."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.booking.no_such_day import named_in
from care.conversation.model import Conversation
from tests.unit.booking_talk import FRIDAY, Talk, known, meal


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    known(session, conversation)
    return Talk(session, conversation)


@pytest.mark.parametrize("text, day", [
    ("12月32号送饭", "12月32号"), ("十一月三十一号给我送饭", "十一月三十一号"), ("二月三十日来打扫", "二月三十日"), ("11月31日", "11月31日"),
    ("十二月三十一号送饭", ""), ("2月28号", ""), ("十一月二十七日", ""), ("住12月亮湾32号", ""), ("每月三十一号", ""), ("送到三月路31号", ""),
])  # fmt: skip
def test_a_day_of_no_calendar_is_known(now: None, text: str, day: str) -> None:
    assert named_in(text) == day


def test_it_is_said_that_there_is_no_such_day(talk: Talk) -> None:
    heard = talk.say("12月32号送饭", "book", service="meal")
    assert "没有12月32号这一天" in heard and talk.state == "asking_date"


@pytest.mark.parametrize("text", [
    "老头有糖尿病 我没啥忌口", "她有糖尿病 我没有", "老公糖尿病我随便", "老倌子血糖高，我都行", "爱人糖尿病，我不忌", "婆婆有糖尿病，我不挑",
])  # fmt: skip
def test_one_of_two_may_eat_anything(talk: Talk, text: str) -> None:
    talk.say("后天中午订两份饭", "book", **meal(2, FRIDAY))
    heard = talk.say(text, diet=["diabetic"])
    assert talk.draft.shares == {"diabetic": 1} and "一份糖尿病饭，一份平常饭" in heard


def test_a_diet_of_both_stays_one_of_both(talk: Talk) -> None:
    talk.say("后天中午订两份饭", "book", **meal(2, FRIDAY))
    assert "两份糖尿病饭" in talk.say("都要糖尿病的", diet=["diabetic"]) and not talk.draft.shares
