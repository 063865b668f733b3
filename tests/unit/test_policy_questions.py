"""Policies: everyday and dialect wording finds the right record; questions taken for something else are claimed."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import policy
from care.conversation.model import Conversation
from care.policy.asked import plain
from care.policy.records import library
from care.policy.retrieve import search
from care.reply import Outcome
from tests.conftest import said


@pytest.fixture
def ask(session: Session, conversation: Conversation):
    """Asks one question after another."""
    count = iter(range(1000))

    def one(text: str, intent: str = "policy_ask") -> Outcome:
        return policy.answer(session, conversation, said(text, intent, message_id=f"m{next(count)}"))

    return one


def words(outcome: Outcome) -> str:
    return "".join(reply.say for reply in outcome.replies)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("杨凌是不是走一公里就有养老的地方", "每公里范围内"),
        ("杨凌养老试点的钱两级咋摊", "一比一"),
        ("杨凌专业养老公司想要几家", "十家"),
        ("杨凌一般老人家庭医生签到几成", "六成"),
        ("南昌镇上老年学校要办到几成", "八成"),
        ("长春重点去看哪些老人", "独居、空巢"),
        ("长春伺候老娘累垮了，能替我两天不", "喘息"),
        ("东莞阿婆去长者饭堂食饭使唔使钱", "有偿"),
        ("湖南困难老人不晓得享受么子，政府来找不", "主动发现"),
        ("东莞敬老院有隐患咋办", "一二三四五"),
        ("听讲南昌每月给老人四百，我能领不", "不是发给老人的"),
    ],
)
def test_everyday_wording_finds_the_fact(ask, question: str, expected: str) -> None:
    outcome = ask(question)
    assert outcome.state == "answered" and expected in words(outcome)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("东莞那个行动计划过期了没有", "二〇二二年底，已经到期"),
        ("湖南这个养老方案到哪一年为止", "二〇二五年底"),
        ("东莞这份计划文号是多少", "东府办二〇二〇年五十七号"),
        ("长春那个方案定下来没有", "征求意见稿"),
        ("南昌的方案是正式文件吗", "送审稿"),
        ("东莞这个计划有咩问题打边个电话", "一二三四五"),
        ("杨凌这个方案是哪个单位发的", "示范区管委会"),
    ],
)
def test_questions_about_the_document_itself(ask, question: str, expected: str) -> None:
    outcome = ask(question)
    assert outcome.state == "answered" and expected in words(outcome)


def test_number_of_the_document_spoken_of(ask) -> None:
    ask("东莞长者饭堂要钱吗")
    assert "五十七号" in words(ask("文号是多少"))


@pytest.mark.parametrize("intent", ["policy_ask", "policy_compare"])
def test_another_region_named_alone_is_no_comparison(ask, intent: str) -> None:
    ask("东莞残疾人护理补贴多少钱")
    text = words(ask("那湖南呢", intent))
    assert "湖南" in text and "广东" not in text


def test_comparing_words_set_two_regions_side_by_side(ask) -> None:
    ask("东莞残疾人护理补贴多少钱")
    ask("湖南呢")
    assert "湖南" in (text := words(ask("哪个多", "policy_compare"))) and "广东" in text


def test_comparison_of_two_unknowns_shows_the_way_out(ask) -> None:
    assert "一二三四五" in words(ask("长沙和东莞的高龄津贴哪个高", "policy_compare"))


def test_a_group_alone_asks_the_same_for_that_group(ask) -> None:
    ask("东莞长者饭堂免费吗")
    assert "用餐" in words(ask("特困的呢"))


@pytest.mark.parametrize("question", ["南昌养老院护理床要占到多少", "南昌护理员到二五年要有多少人"])
def test_garbled_figures_are_found_and_not_told(ask, question: str) -> None:
    outcome = ask(question)
    assert outcome.state == "unknown" and "看不准" in words(outcome)


@pytest.mark.parametrize("question", ["居家养老服务补助分几档", "平安铃一个月收多少钱", "适老化改造补几千"])
def test_tiers_and_sums_that_are_not_written_are_not_known(ask, question: str) -> None:
    assert ask("东莞" + question).state == "unknown"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("东莞那个行动计划过期了没有", "order_status"),
        ("杨凌试点资金两级财政咋分担的", "inform"),
        ("杨凌空巢老人是不是都能免费享受服务", "eligibility_ask"),
        ("长春家庭养老床位能用长护险不", "eligibility_ask"),
        ("东莞平安铃一个月要多少钱", "price_query"),
        ("湖南瘫在床上的老人，医生护士能上门不", "service_query"),
        ("湖南困难老人政府会主动来找不", "eligibility_ask"),
    ],
)
def test_questions_taken_for_something_else_are_claimed(conversation: Conversation, text: str, intent: str) -> None:
    assert policy.claims(conversation, said(text, intent))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我妈八十三在长春能申请能力评估吗", "eligibility_ask"),
        ("长春洗个澡多少钱", "price_query"),
        ("东莞我想订明天的午饭", "book"),
        ("我在杨凌", "inform"),
        ("杨凌", "inform"),
        ("一级残疾，湖南的，能不能领重度残疾护理补贴", "eligibility_ask"),
        ("明天下午三点", "inform"),
        ("长春我的单子到哪了", "order_status"),
    ],
)
def test_other_matters_are_left_to_others(conversation: Conversation, text: str, intent: str) -> None:
    assert not policy.claims(conversation, said(text, intent))


def test_price_straight_after_a_policy_is_that_policys(ask, conversation: Conversation) -> None:
    told = ask("杨凌家里装扶手管哪些人")
    conversation.last_replies = [reply.as_dict() for reply in told.replies]
    assert policy.claims(conversation, said("那多少钱", "price_query"))
    assert not policy.claims(conversation, said("洗澡呢多少钱", "price_query", service="bath"))


def test_no_claim_inside_a_task(conversation: Conversation) -> None:
    conversation.task = "booking"
    assert not policy.claims(conversation, said("东莞那个行动计划过期了没有", "order_status"))


def test_dialect_becomes_common_language() -> None:
    assert plain("边个俾钱") == "谁给钱" and plain("几时有") == "什么时候有"


def test_every_question_on_file_finds_one_of_its_records_among_the_first() -> None:
    lost = []
    for id, asks in library().questions.items():
        record = library().records[id]
        if record.hidden:
            continue
        mates = {other for other, theirs in library().questions.items() if set(theirs) & set(asks)}
        for text in asks:
            hits = [hit.record.id for hit in search(text, record.region or "hunan", limit=3)]
            if not mates & set(hits):
                lost.append((id, text, hits))
    assert len(lost) <= 2, lost
