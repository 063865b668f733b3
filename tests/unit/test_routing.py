"""Words that the bot took for something else find the capability that they are about."""

from __future__ import annotations

import pytest

from care import routing
from care.conversation.model import Conversation
from care.turn import Entity, Turn


def said(text: str, intent: str, **entities: object) -> Turn:
    found = tuple(Entity(kind, value, "") for kind, value in entities.items())
    return Turn("c", text, intent, 0.9, found, "m")


@pytest.fixture
def talk() -> Conversation:
    return Conversation(id="c", channel="test", region="", state="idle", drafts={}, memory={}, misses=0, last_replies=[])


@pytest.mark.parametrize("turn, owner", [
    (said("租个轮椅 一个月", "order_reschedule", service="aids_rental"), "booking"),
    (said("轮椅再续租半个月", "order_reschedule", service="aids_rental"), ""),
    (said("订的饭改到后天", "order_reschedule", service="meal"), ""),
    (said("老伴中风了，想办残疾证，能上门评不", "eligibility_ask", service="disability_assessment"), "booking"),
    (said("想装个扶手，能免费上门装不", "eligibility_ask", service="home_adaptation"), ""),
    (said("东莞那个行动计划过期了没有", "order_status"), "policy"),
    (said("我妈是低保，八十三了，能不能申请适老化改造", "book", service="home_adaptation", age=83,
          fact={"fact": "income", "value": "dibao", "negative": False}), "eligibility"),
    (said("明天中午送份饭", "book", service="meal"), ""),
])  # fmt: skip
def test_owner(talk: Conversation, turn: Turn, owner: str) -> None:
    assert routing.claimed_by(talk, turn) == owner


def test_whoever_has_the_turn_is_not_asked_again(talk: Conversation) -> None:
    turn = said("我妈是低保，八十三了，能不能申请适老化改造", "book", service="home_adaptation", age=83,
                fact={"fact": "income", "value": "dibao", "negative": False})  # fmt: skip
    assert routing.claimed_by(talk, turn, "eligibility") != "eligibility"


def test_somebodys_own_case_is_not_told_as_a_policy(talk: Conversation) -> None:
    """A document answers it in general; who tells of themselves asks whether they may."""
    own = said("我在杨凌，低保，残疾证一级，两项补贴能领吗", "eligibility_ask", topic="disability_allowance",
               fact={"fact": "income", "value": "dibao", "negative": False})  # fmt: skip
    assert routing.claimed_by(talk, own, "eligibility") == ""


def test_a_visit_offered_in_company_is_accepted_in_any_words(talk: Conversation) -> None:
    talk.last_replies = [{"say": "要不要我帮您约一位？"}]
    talk.remember(company={"said": "要不要我帮您约一位？", "offered": True})
    assert routing.claimed_by(talk, said("那你帮我约个人来坐坐", "human")) == "company"
    assert routing.claimed_by(talk, said("先不用，咱再说会儿", "lonely")) == ""


def test_what_began_a_check_does_not_leave_it_for_a_booking(talk: Conversation) -> None:
    turn = said("我爹八十五了，一个人住老屋里，想让公家来给茅房装个扶手，成不成", "book", relation="father", service="home_adaptation",
                fact={"fact": "living", "value": "alone", "negative": False})  # fmt: skip
    talk.task, talk.drafts = "eligibility", {"eligibility": {}}
    assert not routing.left_for_booking(talk, turn, "eligibility")
