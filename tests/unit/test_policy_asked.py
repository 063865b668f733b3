"""Policies in conversation: what an officer would say to everyday questions, follow-ups, words taken for something else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.orm import Session

from care import policy, regions
from care.conversation.model import Conversation
from care.policy.asked import aspects_of, plain, understand
from care.policy.decide import decide
from care.reply import Outcome
from care.turn import Turn
from tests.conftest import said
from yinling.evaluate.heldout import missing

CASES = yaml.safe_load((Path(__file__).parent / "policy_asked.yaml").read_text(encoding="utf-8"))
ENOUGH = 0.95
OFFICE = "policy_ask"


class Line:
    """One caller who asks one question after another."""

    def __init__(self, session: Session, conversation: Conversation) -> None:
        self._session, self._conversation, self._count = session, conversation, 0

    def __call__(self, text: str, intent: str = OFFICE) -> Outcome:
        self._count += 1
        turn = said(text, intent, message_id=f"m{self._count}")
        if self._conversation.draft("policy_region"):
            outcome = policy.region_task.take(self._session, self._conversation, turn)
        else:
            outcome = policy.answer(self._session, self._conversation, turn)
        self._conversation.last_replies = [reply.as_dict() for reply in outcome.replies]
        return outcome


@pytest.fixture
def line(session: Session, conversation: Conversation) -> Line:
    """A caller in a new conversation."""
    return Line(session, conversation)


def words(outcome: Outcome) -> str:
    return "".join(reply.say + reply.show for reply in outcome.replies)


def _faults(line: Line, case: dict[str, Any]) -> list[str]:
    outcome = Outcome()
    for question in [*case.get("before", ()), case["question"]]:
        outcome = line(question)
        if outcome.state == "asking_region" and case.get("region"):
            outcome = line(case["region"], "inform")
    faults = missing(words(outcome), case)
    if case.get("state") and outcome.state != case["state"]:
        faults.append(outcome.state)
    return faults


def test_an_officer_would_say_the_same(session: Session) -> None:
    wrong = []
    for number, case in enumerate(CASES):
        conversation = Conversation(
            id=f"asked-{number}", channel="test", state="idle", drafts={}, memory={}, last_replies=[]
        )
        session.add(conversation)
        if faults := _faults(Line(session, conversation), case):
            wrong.append((case["question"], faults))
    assert 1 - len(wrong) / len(CASES) >= ENOUGH, wrong


def likely(text: str, intent: str, confidence: float, *others: tuple[str, float], **entities: object) -> Turn:
    """A turn of which the bot is only so sure, with what it also thought of."""
    turn = said(text, intent, **entities)
    return Turn(turn.conversation, text, intent, confidence, turn.entities, turn.message_id, "test", others)


@pytest.mark.parametrize(
    "turn",
    [
        likely("杨凌家政公司转行做养老给扶持不", "book", 0.31, ("policy_ask", 0.28), service="cleaning"),
        likely("湖南老人要请人做饭护理，省里的方案怎么安排", "book", 0.54, ("policy_ask", 0.42), service="meal"),
        likely("杨凌哪些人家能给厕所装抓手", "service_query", 0.6, ("policy_ask", 0.49), service="home_adaptation"),
        likely("长春敬老餐厅一顿饭多少钱", "price_query", 0.8, ("policy_ask", 0.16), service="meal"),
        likely("杨凌低保老人洗澡打扫收不收钱", "price_query", 0.86, service="bath"),
        likely("南昌福利院一个护工要管几个瘫痪老人", "book", 0.69, ("policy_ask", 0.12), service="waitlist"),
        likely("东莞困难老人多久有人上门探访", "lonely", 0.4),
        likely("杨凌隔多远要有一处养老的地方", "inform", 0.45, ("policy_ask", 0.3)),
        likely("常德困难老人自己不知道申请，政府会找上门不", "eligibility_ask", 0.33, ("policy_ask", 0.17)),
    ],
    ids=lambda turn: turn.text,
)
def test_words_that_ask_what_is_laid_down_are_taken_over(conversation: Conversation, turn: Turn) -> None:
    assert policy.claims(conversation, turn)


@pytest.mark.parametrize(
    "turn",
    [
        likely("长春护士出发了吗", "order_status", 0.76, service="home_nursing"),
        likely("杨凌可以办哪些事", "help", 0.93),
        likely("长春投诉处理得咋样，没人理我", "complain", 0.95),
        likely("杨凌我爸走不动，想租个轮椅", "book", 0.9, service="aids_rental"),
        likely("长春坐便椅租一个礼拜多少钱", "price_query", 0.95, service="aids_rental"),
        likely("长春取一趟药要给多少钱", "price_query", 0.87, service="medical"),
        likely("长春有啥服务", "service_query", 0.48, ("policy_ask", 0.4)),
        likely("东莞明天老人送餐订得上吗", "book", 0.5, service="meal", time={"date": "2026-11-26"}),
    ],
    ids=lambda turn: turn.text,
)
def test_orders_prices_and_complaints_stay_where_they_are(conversation: Conversation, turn: Turn) -> None:
    assert not policy.claims(conversation, turn)


def test_the_sum_of_another_grade_is_never_told(line: Line) -> None:
    for question in ("南昌收一个中度失能老人，养老院拿几百", "南昌养老院收中度失智的，上头补院里多少"):
        told = line(question).replies[0].say
        assert "三百" in told and "四百" not in told
    assert "两百" in line("南昌养老院收一个自己还能动的，一个月补院里几百").replies[0].say


def test_two_grades_set_side_by_side_are_both_told(line: Line) -> None:
    told = line("南昌重度失能的补给院里的钱比中度多多少").replies[0].say
    assert "三百" in told and "四百" in told and "不是发给老人的" in told


def test_the_paper_just_spoken_of_is_asked_about_in_short_words(line: Line, conversation: Conversation) -> None:
    line("长春喘息服务有没有")
    assert policy.claims(conversation, said("这份定下来没有", "order_status"))
    assert "征求意见稿" in words(line("这份定下来没有", "order_status"))
    assert "文号" in words(line("文件号是多少"))


def test_who_gives_the_money_is_no_office() -> None:
    assert "department" not in aspects_of("清单要不要写明钱由谁出")


def test_what_another_regions_document_calls_so_is_said_to_be_missing(line: Line) -> None:
    assert "没写颐养之家" in words(line("长春有没有颐养之家"))
    assert "没写颐养之家" not in (told := words(line("南昌颐养之家是谁办的"))) and "村党支部" in told


def test_somebody_younger_hears_for_whom_the_date_was_set(line: Line, conversation: Conversation) -> None:
    line("杨凌八十岁以上困难老人家里改造什么时候完成")
    follow = said("那我爸七十五呢", "inform")
    assert policy.claims(conversation, follow)
    told = words(line("那我爸七十五呢", "inform"))
    assert "没单独写七十五岁" in told and "八十岁以上" in told


def test_the_same_for_everybody_else_drops_the_needy(line: Line) -> None:
    line("杨凌六十五岁困难老人家庭医生签约要到多少")
    assert "六成" in words(line("那一般的老人呢"))


@pytest.mark.parametrize(
    ("intent", "text", "expected"),
    [
        ("out_of_scope", "念给我听", "原文是这样写的"),
        ("ask_time", "什么时候做完", "二〇二二年"),
        ("order_status", "这个过期了没有", "到期"),
        ("price_query", "那多少钱", "没写"),
    ],
)
def test_short_words_straight_after_a_policy_mean_that_policy(
    line: Line, conversation: Conversation, intent: str, text: str, expected: str
) -> None:
    line("杨凌八十岁以上困难老人家里改造归谁管")
    assert policy.claims(conversation, said(text, intent))
    assert expected in words(line(text, intent))


@pytest.mark.parametrize("text", ["现在几点了", "今天几号"])
def test_the_time_of_day_is_no_follow_up(line: Line, conversation: Conversation, text: str) -> None:
    line("杨凌八十岁以上困难老人家里改造归谁管")
    assert not policy.claims(conversation, said(text, "ask_time"))


def test_which_has_more_leans_on_what_was_asked_of_both(line: Line) -> None:
    line("湖南重残护理补贴多少")
    line("东莞的呢")
    told = words(line("哪边的多"))
    assert "110" in told and "290" in told


def test_a_paper_asked_for_by_its_matter_is_a_question(line: Line) -> None:
    assert "民政部" in words(line("消费券是谁发的文件", "policy_source"))


def test_nobody_pays_in_advance(line: Line) -> None:
    outcome = line("办补贴会不会先收我的钱")
    assert "都别交" in words(outcome) and outcome.state == "unknown"


def test_dialect_words_leave_common_words_whole() -> None:
    for text in ("什么时候弄完", "金额是多少", "日间照料在哪", "怎么样了"):
        assert plain(text) == text
    assert plain("额屋里么时候弄") == "我家里什么时候弄"


def test_who_runs_a_thing_is_told_by_its_record() -> None:
    assert "department" not in aspects_of("颐养之家是谁办的")
    assert "department" in aspects_of("颐养之家归谁管")


def test_what_only_the_bot_heard_is_no_reason_to_refuse() -> None:
    turn = said("养老清单能不能比省里的打折扣", OFFICE, aspect="percent")
    assert decide(understand(turn.text, turn), "hunan").known


def test_an_everyday_word_is_a_place_where_it_stands_as_one() -> None:
    assert [p.region for p in regions.find("榆树那边老人能租轮椅不")] == ["changchun"]
    assert regions.find("门口榆树倒了") == []
