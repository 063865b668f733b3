"""That the elder agrees is told by whoever books: it is heard, and no remark for whoever comes."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.booking import consent
from care.conversation.model import Conversation
from tests.unit.booking_talk import FRIDAY, Talk, time


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    talk = Talk(session, conversation)
    talk.say("后天上午九点给我爸理发", "book", service="haircut", relation="father", time=time(FRIDAY, "09:00", ampm=True))
    return talk


@pytest.mark.parametrize("text", ["我爸知道的，他同意", "他同意的", "我妈自己愿意", "跟我爸说好了", "老人家都点头了", "我妈晓得", "问过他了"])
def test_that_the_elder_agrees_is_heard(text: str) -> None:
    assert consent.told(text)


@pytest.mark.parametrize("text", ["我妈不同意", "不知道他同不同意", "他还不知道", "我爸同意不", "她不知道的", "要他同意吗", "他知道路"])
def test_other_words_are_no_consent(text: str) -> None:
    assert not consent.told(text)


def test_it_is_no_remark_and_the_staff_still_ask(talk: Talk) -> None:
    told = talk.say("我爸知道的，他同意", relation="father")
    assert "他点头了就好" in told and not talk.draft.remarks
    talk.say("安志明，杨凌示范区康乐路8号", person_name="安志明", address="杨凌示范区康乐路8号")
    told = talk.say("13572940611", phone="13572940611")
    assert talk.state == "confirming" and "还会打电话跟您父亲核实" in told and "要您父亲同意" not in told


def test_beside_a_yes_it_places_the_order(talk: Talk) -> None:
    talk.say("安志明，杨凌示范区康乐路8号", person_name="安志明", address="杨凌示范区康乐路8号")
    talk.say("13572940611", phone="13572940611")
    talk.say("对，他同意的", "affirm")
    assert talk.order
