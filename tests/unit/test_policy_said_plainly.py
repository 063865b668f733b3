"""Policies as strangers ask: after the paper of what was told, two offices side by side, beside words of a service, by somebody's case."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import policy, routing
from care.conversation.model import Conversation
from care.eligibility import hearing, task
from care.policy.asked import understand
from care.policy.decide import decide
from care.policy.matters import sides
from care.policy.paper import of_what_was_told
from tests.conftest import said
from tests.unit.test_policy_asked import Line, likely, words


@pytest.fixture
def line(session: Session, conversation: Conversation) -> Line:
    """A caller in a new conversation."""
    return Line(session, conversation)


@pytest.mark.parametrize(
    ("question", "after", "told"),
    [
        ("南昌互助养老点哪年都有", "刚才讲的这个文件批了没有", "送审稿"),
        ("南昌公办养老院先收哪些人", "你念的那个南昌的东西，算不算数", "送审稿"),
        ("长春喘息服务怎么说", "这玩意儿到底定没定", "征求意见稿"),
        ("东莞大配餐是怎么回事", "呢份嘢系边年嘅", "二〇二〇年"),
    ],
)
def test_the_paper_of_what_was_told_may_be_asked_after(line: Line, question: str, after: str, told: str) -> None:
    line(question)
    assert told in words(line(after, "order_status"))


def test_other_words_are_not_about_the_paper() -> None:
    assert of_what_was_told("那份文件哪年的") and of_what_was_told("定下来没有")
    assert not of_what_was_told("扶手装好了没有") and not of_what_was_told("送餐定了没有")


def test_the_office_is_told_for_each_of_two_things(line: Line) -> None:
    heard = words(line("我们杨凌，单元门口修个坡归哪个局，屋里头装扶手又归哪个局"))
    assert "住建局" in heard and "民政局" in heard
    assert sides("厕所里改跟楼道里改，是不是找两个地方") and not sides("屋里改造归哪个部门管")


@pytest.mark.parametrize(
    "turn",
    [
        likely("我给孤老头扫地得的分，杨凌这分能换啥", "book", 0.85, service="cleaning"),
        likely("湘潭老娘瘫了，镇上医生上不上门换药", "book", 0.86, service="home_nursing"),
        likely("在永州照顾瘫痪的爹，去学护理，学费退不退", "book", 0.75, service="carer_training"),
    ],
    ids=lambda turn: turn.text,
)
def test_what_a_document_answers_is_answered_before_anything_is_ordered(conversation: Conversation, turn) -> None:
    assert policy.claims(conversation, turn)


def test_errands_stay_orders(conversation: Conversation) -> None:
    assert not policy.claims(
        conversation, likely("眼睛花了不会弄手机，能帮我交个水费不", "book", 0.6, service="errand")
    )


def test_what_counts_into_an_insurance_is_in_the_document(conversation: Conversation) -> None:
    turn = likely("我妈失能，在长春家里设的床位能不能走长护险", "eligibility_ask", 0.8, topic="ltc_insurance")
    assert routing.claimed_by(conversation, turn, "eligibility") == "policy"


def test_whether_it_is_paid_for_is_told_before_the_questions(session: Session, conversation: Conversation) -> None:
    turn = said("我爸低保户还少一条腿，家里整个扶手，长春政府给出钱不", message_id="1")
    outcome = task.take(session, conversation, turn)
    heard = "".join(reply.say for reply in outcome.replies)
    assert "征求意见稿" in heard and ("补贴" in heard or "可以去申请" in heard)
    assert hearing.facts(turn)["disability"] == "unspecified"


def test_a_province_of_ours_is_a_registration(session: Session, conversation: Conversation) -> None:
    task.take(session, conversation, said("南昌，我妈二级残疾，江西户口，能领护理补贴吗", message_id="1"))
    assert conversation.recall("facts")["mother"]["hukou"] == "local"


@pytest.mark.parametrize(
    ("region", "text", "record"),
    [
        ("yangling", "门口那个坡坡归哪家修", "YL-026"),
        ("hunan", "躺着起不来的人，有没有管护理的那种保险", "HN-036"),
        ("changchun", "腿脚出不去屋，残疾怎么评，来人不", "CC-014"),
        ("changchun", "哪几样老人是要重点去看的", "CC-018"),
        ("nanchang", "颐养之家哪个牵头办的", "NC-066"),
        ("dongguan", "五保屋里改造是不是善款出的", "DG-020"),
    ],
)
def test_everyday_words_find_the_documents_terms(region: str, text: str, record: str) -> None:
    found = decide(understand(text), region).record
    assert found is not None and found.id == record
