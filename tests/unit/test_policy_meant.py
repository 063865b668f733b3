"""What strangers mean by a question: the grade in everyday words, what only describes somebody, the fact that holds what is asked."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import policy
from care.conversation.model import Conversation
from care.policy.asked import understand
from care.policy.decide import decide
from care.policy.grades import levels, levels_meant
from tests.unit.test_policy_asked import Line, likely, words


@pytest.fixture
def line(session: Session, conversation: Conversation) -> Line:
    """A caller in a new conversation."""
    return Line(session, conversation)


@pytest.mark.parametrize(
    "question",
    [
        "南昌养老院收一个能吃能睡能走的老人，上头给院里几多",
        "腿脚还利索的老人住进南昌的养老院，政府一个月补院里多少",
        "南昌养老院收个不用人照顾的，公家一个月贴几多",
    ],
)
def test_one_grade_in_everyday_words_is_told_alone(line: Line, question: str) -> None:
    told = words(line(question))
    assert "两百" in told and "三百" not in told and "四百" not in told


def test_how_badly_off_somebody_is_promises_no_grade(line: Line) -> None:
    told = words(line("南昌养老院收一个瘫在床上的，上头贴院里几多"))
    assert "中度" in told and "重度" in told and "不是发给老人的" in told


def test_grades_are_heard_apart_from_their_denial() -> None:
    assert levels("不能自理") == frozenset() and levels("能自理") == {"自理"}
    assert levels_meant("轻微失能，还走得动") == {"轻度"} and not levels_meant("瘫了三年")


@pytest.mark.parametrize(
    ("question", "region", "record"),
    [
        ("是不是有人去看孤寡老人，算哪些人", "hunan", "HN-030"),
        ("失能等级的评定，哪年全省弄成一样", "hunan", "HN-008"),
        ("残疾证要怎么评，人下不来楼", "changchun", "CC-014"),
        ("家里支一张照护的床，给不给补", "yangling", "YL-028"),
        ("屋里做个养老床位行不行", "changchun", "CC-028"),
    ],
)
def test_the_fact_meant_is_found(question: str, region: str, record: str) -> None:
    told = decide(understand(question), region).record
    assert told is not None and told.id == record


def test_whether_it_costs_anything_is_told_where_the_sum_is_not_written(line: Line) -> None:
    told = words(line("杨凌特困老人上门照顾多少钱一回，白给还是少收"))
    assert "无偿" in told and "低偿" in told and "没写多少钱" in told


def test_how_many_days_is_a_detail_that_may_be_lacking(line: Line) -> None:
    assert "没写" in words(line("长春喘息服务一年能歇几天"))


def test_what_an_assessment_is_for_depends_on_the_place(line: Line) -> None:
    assert line("给老人评个失能等级有什么用").state == "asking_region"
    assert "长护险" in words(line("株洲", "inform"))


@pytest.mark.parametrize("text", ["原来在别处评过，搬来南昌了，要不要重新评估", "评估评过一回，换到长春还认不认"])
def test_whether_an_old_assessment_counts_is_no_order(conversation: Conversation, text: str) -> None:
    assert policy.claims(conversation, likely(text, "book", 0.8, service="ability_assessment"))
