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
    assert "无偿" in told and "低偿" in told and "没写" in told


def test_how_many_days_is_a_detail_that_may_be_lacking(line: Line) -> None:
    assert "没写" in words(line("长春喘息服务一年能歇几天"))


def test_what_an_assessment_is_for_depends_on_the_place(line: Line) -> None:
    assert line("给老人评个失能等级有什么用").state == "asking_region"
    assert "长护险" in words(line("株洲", "inform"))


@pytest.mark.parametrize("text", ["原来在别处评过，搬来南昌了，要不要重新评估", "评估评过一回，换到长春还认不认"])
def test_whether_an_old_assessment_counts_is_no_order(conversation: Conversation, text: str) -> None:
    assert policy.claims(conversation, likely(text, "book", 0.8, service="ability_assessment"))


@pytest.mark.parametrize(
    "turn",
    [
        likely("我老人九十五了，家里改造原先说是哪年给弄好", "book", 0.8, service="home_adaptation"),
        likely("俺镇上的幸福院评星级不，考不考核", "service_query", 0.8, service="canteen"),
        likely("不会摆弄手机，到办事大厅有没有人代办", "book", 0.6, service="errand"),
    ],
    ids=lambda turn: turn.text,
)
def test_what_is_laid_down_is_answered_where_no_place_is_named(conversation: Conversation, turn) -> None:
    assert policy.claims(conversation, turn)


def test_when_something_comes_that_is_ordered_is_no_plan(conversation: Conversation) -> None:
    assert not policy.claims(conversation, likely("我妈要装扶手，什么时候能弄完", "book", 0.8, service="home_adaptation"))


def test_the_same_of_other_people_is_no_wish(line: Line, conversation: Conversation) -> None:
    line("南昌养老院收一个能自理的老人，上头补院里几多")
    assert policy.claims(conversation, likely("那瘫在床上的呢", "well_being", 0.6))
    told = words(line("那瘫在床上的呢", "well_being"))
    assert "重度" in told and "中度" in told
    assert "三百" in words(line("那中度失能的呢"))


@pytest.mark.parametrize(
    ("question", "region", "record"),
    [
        ("九十二的老人家里改造归哪年弄完", "yangling", "YL-029"),
        ("养老院乱来，有没有法子治", "yangling", "YL-034"),
        ("空厂房改成养老院，手续快不快", "yangling", "YL-024"),
        ("住公办院是按先来后到还是怎么排", "nanchang", "NC-005"),
        ("回乡的人能不能在村里找个照顾老人的差事", "hunan", "HN-056"),
        ("改厕所的钱是全包还是出一半", "nanchang", "NC-055"),
    ],
)
def test_the_fact_meant_is_found_by_other_words(question: str, region: str, record: str) -> None:
    finding = decide(understand(question), region)
    assert finding.known and finding.record is not None and finding.record.id == record


def test_both_years_are_told_where_no_age_is_named(line: Line) -> None:
    told = words(line("杨凌给困难老人改造屋子，多大岁数的哪年改完"))
    assert "二〇二一" in told and "二〇二二" in told
