"""A number told after a wish for people, in the middle of a booking: it goes onto their ticket, and the booking goes on."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from care import handover
from care.conversation import handed
from care.conversation.model import Conversation
from care.handover import Ticket
from tests.conftest import said
from tests.unit.booking_talk import Talk, meal

NUMBER = "13900001119"


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    talk = Talk(session, conversation)
    talk.say("后天中午订一份饭", "book", **meal())
    assert talk.state == "asking_diet"
    conversation.task = "booking"
    conversation.state = handover.human(session, conversation, said("我要人工", "human")).state
    return talk


@pytest.mark.parametrize("words", [NUMBER, f"我电话{NUMBER}", f"打{NUMBER}", "幺三九零零零零幺幺幺九"])
def test_it_goes_onto_the_ticket_and_the_question_is_asked_again(talk: Talk, words: str) -> None:
    told = handed.number_given(talk.session, talk.conversation, words)
    assert told is not None and told.state == "asking_diet" and "忌口" in told.replies[-1].say
    assert talk.session.scalars(select(Ticket)).one().phone == NUMBER
    assert talk.draft.offered["phone"] == NUMBER and not talk.draft.phone


def test_it_is_proposed_for_the_booking(talk: Talk) -> None:
    handed.number_given(talk.session, talk.conversation, NUMBER)
    talk.conversation.state = "asking_diet"
    talk.say("软的", diet="soft")
    heard = talk.say("康乐路12号2单元301", address="康乐路12号2单元301")
    assert "留您这个电话吗" in heard


def test_for_somebody_else_it_is_the_speakers(session: Session, conversation: Conversation) -> None:
    talk = Talk(session, conversation)
    talk.say("给我妈后天中午订一份软饭", "book", relation="mother", **meal(diet="soft"))
    conversation.task = "booking"
    conversation.state = handover.human(session, conversation, said("我要人工", "human")).state
    handed.number_given(session, conversation, NUMBER)
    assert talk.draft.asker_phone == NUMBER and not talk.draft.phone


def test_other_words_are_for_the_booking(talk: Talk) -> None:
    assert handed.number_given(talk.session, talk.conversation, "软的") is None
