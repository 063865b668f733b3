"""Two benefits in one breath, facts put right, people only told of: nothing that was said is lost."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.eligibility import concerns, hearing
from tests.conftest import said
from tests.unit.test_eligibility_dialogue import talk, words


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("残疾补贴她能领不，公办养老院能不能优先", ["disability_allowance", "waitlist"]),
        ("装扶手和送饭都能申请吗", ["home_adaptation", "meals"]),
        ("装扶手、家庭医生能申请吗", ["home_adaptation", "family_doctor"]),
        ("做过能力评估，能领护理补贴吗", ["allowance"]),
        ("评估做了能领护理补贴吗", ["allowance"]),
    ],
)
def test_what_is_asked_for_is_heard_in_order(text: str, asked: list[str]) -> None:
    assert hearing.benefits_asked(said(text)) == asked


def test_the_second_benefit_follows_the_first(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "东莞，我爸八十一，低保，二级残疾，残疾补贴能领吗，有人定期上门看他不")
    heard = words(done)
    assert done.finished and "先看残疾人两项补贴，再看上门探访" in heard
    assert heard.index("二百九十块") < heard.index("再看您问的上门探访") < heard.index("每个月至少一次")
    assert [choice.title for reply in done.replies for choice in reply.choices] == ["帮我登记", "先不用"]


def test_the_second_is_asked_about_after_the_first_is_told(session: Session, conversation: Conversation) -> None:
    asked = talk(session, conversation, "湖南，我妈一级残疾，低保，残疾补贴能领吗，公办养老院能不能优先")
    assert asked.state == "asking_ability" and "一百一十块" in words(asked) and "再看您问的公办养老院" in words(asked)
    assert "养老院" in words(talk(session, conversation, "走不动，要人扶"))


def test_not_this_but_that_puts_a_verdict_right(session: Session, conversation: Conversation) -> None:
    assert "不在" in words(talk(session, conversation, "东莞，我妈八十三，低保边缘，家里能改造不"))
    conversation.remember(handled=conversation.recall("eligibility")["message"])
    mended = talk(session, conversation, "不对，不是低保边缘，是特困")
    assert "可以去申请" in words(mended)


def test_no_group_in_cantonese_is_a_no() -> None:
    assert hearing.facts(said("我屋企唔系困难户"))["income"] == "normal"


def test_who_has_no_children_is_not_left_behind(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "杨凌，五保户，社区会不会定期上门看望", "没有儿女")
    assert done.finished and done.state == "answered"


def test_an_old_person_at_home_is_spoken_of_as_such() -> None:
    assert hearing.relation(said("家里有个动不得的老人，能改厕所吗")) == "client"
    assert hearing.relation(said("有没有人来看老人")) is None


def test_a_soldier_who_fell_counts(session: Session, conversation: Conversation) -> None:
    assert hearing.facts(said("我老公是因公牺牲的军人"))["martyr_family"] is True


@pytest.mark.parametrize(
    "text",
    ["我六十九了身体好，家里改造有我的份没", "我们老两口有退休金，上门打扫能少收点不", "我爸是低保，公办养老院优先吗"],
)
def test_a_share_less_to_pay_and_priority_are_asked_for_somebody(text: str) -> None:
    assert concerns(said(text, "service_query", service="cleaning" if "打扫" in text else []))
