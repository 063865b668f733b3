"""Policies: told honestly, of the right region, with the source; what is not known is not told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from care import policy
from care.conversation.model import Conversation
from care.policy.check import check_quotes
from care.policy.dialogue import TASK
from care.policy.records import PolicyDataError, library, load
from care.reply import Outcome
from tests.conftest import said

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
REGIONS = {"yangling": "杨凌", "hunan": "湖南", "nanchang": "南昌", "changchun": "长春", "dongguan": "东莞"}
SOFT = ("探索", "鼓励", "力争", "适当", "有条件")


@pytest.fixture
def ask(session: Session, conversation: Conversation):
    """Asks one question after another, in the form while the region is asked."""
    count = iter(range(1000))

    def one(text: str, intent: str = "policy_ask", region: str = "", **entities: object) -> Outcome:
        if region:
            conversation.region = region
        turn = said(text, intent, message_id=f"m{next(count)}", **entities)
        if conversation.draft(TASK):
            outcome = policy.region_task.take(session, conversation, turn)
            if not outcome.finished:
                asked = policy.region_task.ask(session, conversation, False)
                outcome = Outcome(outcome.replies + asked.replies, asked.state)
        else:
            outcome = policy.answer(session, conversation, turn)
        conversation.state = outcome.state
        return outcome

    return one


def words(outcome: Outcome) -> str:
    return "".join(reply.say for reply in outcome.replies)


@pytest.mark.parametrize(
    ("region", "question", "expected"),
    [
        ("dongguan", "多久上门看一次老人", "每个月至少探访一次"),
        ("yangling", "留守老人多久有人来看", "每半个月探访一次"),
        ("nanchang", "困难老人多久探访一次", "每个月"),
        ("yangling", "我妈八十三想给厕所装扶手", "八十岁以上有特殊困难"),
        ("hunan", "烈属进公办养老院能不能优先", "同等条件下优先"),
        ("changchun", "行动不便能上门评残吗", "上门做残疾评定"),
        ("dongguan", "普通老人在饭堂吃饭要钱吗", "有偿"),
        ("nanchang", "看病有没有方便老人的通道", "便捷通道"),
        ("hunan", "残疾人补贴一个月多少", "一百一十元"),
        ("yangling", "时间银行的积分能换啥", "家政服务"),
    ],
)
def test_answers_with_the_right_fact(ask, region: str, question: str, expected: str) -> None:
    outcome = ask(question, region=region)
    assert outcome.state == "answered"
    assert expected in words(outcome)


def test_answer_names_region_year_and_expiry_and_shows_number_and_clause(ask) -> None:
    outcome = ask("我们东莞多久上门看一次老人")
    assert words(outcome).startswith("东莞二〇二〇年的")
    assert "二〇二二年" in words(outcome) and "核实" in words(outcome)
    assert "东府办〔2020〕57号" in outcome.replies[0].show and "二（一）" in outcome.replies[0].show


def test_full_caveat_only_once_per_region(ask) -> None:
    first, second = ask("东莞多久探访一次"), ask("长者饭堂要钱吗")
    assert "怎么执行" in words(first)
    assert "怎么执行" not in words(second) and "核实" in words(second)


@pytest.mark.parametrize(("region", "label"), [("nanchang", "送审稿"), ("changchun", "征求意见稿")])
def test_drafts_are_called_drafts_first(ask, region: str, label: str) -> None:
    text = words(ask("适老化改造管哪些人", region=region))
    assert label in text and text.index(label) < 25


@pytest.mark.parametrize(
    "question",
    [
        "多少岁能做健康评估",
        "适老化改造要改多少户",
        "养老服务圈几分钟",
        "福彩公益金用于养老的比例",
        "护理型床位占多少",
        "多大年纪建健康档案",
    ],
)
def test_masked_figures_are_never_filled_in(ask, question: str) -> None:
    outcome = ask(question, region="changchun")
    assert outcome.state == "unknown"
    assert "遮住" in words(outcome) and "星" not in words(outcome) and "*" not in words(outcome)
    assert not re.search(r"六十五|六十岁|十五分钟|百分之五十五|五成五", words(outcome))


@pytest.mark.parametrize("region", REGIONS)
def test_amount_of_the_high_age_allowance_is_not_known_anywhere(ask, region: str) -> None:
    outcome = ask("高龄津贴一个月多少钱", region=region)
    assert outcome.state == "unknown"
    assert "不知道准数" in words(outcome) and "一二三四五" in words(outcome)
    assert outcome.replies[0].choices[0].value == "让人给我回电话"


@pytest.mark.parametrize(
    ("region", "question"),
    [("dongguan", "平安铃装一个多少钱"), ("dongguan", "敬老优待卡多大年纪能办"), ("nanchang", "长护险南昌开了没"), ("nanchang", "助餐一顿补多少钱"),
     ("hunan", "清单里有哪些项目"), ("nanchang", "轻度失能补多少钱"), ("changchun", "失能老人护理补贴多少钱")],
)  # fmt: skip
def test_gaps_are_admitted(ask, region: str, question: str) -> None:
    outcome = ask(question, region=region)
    assert outcome.state == "unknown"
    assert not re.search(r"[0-9百]|〇(?![二年])", words(outcome))


@pytest.mark.parametrize(
    "question", ["自理老人每个月200是给我的吗", "住养老院政府一个月补我400块吗", "中度失能补300元发给谁"]
)
def test_money_for_institutions_is_never_sold_as_the_elders(ask, question: str) -> None:
    outcome = ask(question, region="nanchang")
    assert "不是发给老人的" in words(outcome) and "养老机构" in words(outcome)


@pytest.mark.parametrize("question", ["居家社区养老服务覆盖率要到多少", "养老护理人才要多少人", "护理型床位占比多少"])
def test_garbled_figures_are_not_told(ask, question: str) -> None:
    outcome = ask(question, region="nanchang")
    assert outcome.state == "unknown" and "看不准" in words(outcome)


def test_childcare_is_not_answered(ask) -> None:
    outcome = ask("托育每个托位补多少", region="nanchang")
    assert outcome.state == "unknown" and "元" not in words(outcome)


def test_another_regions_words_stay_there(ask) -> None:
    outcome = ask("平安铃怎么装", region="hunan")
    assert outcome.state == "unknown" and "东莞" not in words(outcome)


def test_region_is_asked_once_and_remembered(ask, conversation: Conversation) -> None:
    asked = ask("家里装扶手政府管不管")
    assert asked.state == "asking_region" and words(asked).endswith("？")
    answered = ask("杨陵", "inform")
    assert answered.finished and "杨凌" in words(answered) and "适老化改造" in words(answered)
    assert conversation.region == "yangling"
    assert ask("有人来看留守老人吗").state == "answered"


def test_misheard_region_is_understood(ask) -> None:
    ask("多久探访一次")
    assert "东莞" in words(ask("东管", "inform"))


def test_region_question_ends_with_a_way_out(ask) -> None:
    ask("多久探访一次")
    assert ask("呃那个", "nlu_fallback").state == "asking_region"
    given_up = ask("嗯嗯", "nlu_fallback")
    assert given_up.finished and "一二三四五" in words(given_up)


def test_same_message_twice_changes_nothing(session: Session, conversation: Conversation) -> None:
    policy.answer(session, conversation, said("多久探访一次", "policy_ask"))
    turn = said("不晓得呀那个", "nlu_fallback", message_id="same")
    policy.region_task.take(session, conversation, turn)
    before = conversation.draft(TASK)
    policy.region_task.take(session, conversation, turn)
    assert conversation.draft(TASK) == before


def test_shared_name_is_asked_about_and_confirmed(ask) -> None:
    assert "长春" in words(ask("朝阳区有敬老餐厅吗"))
    assert "敬老餐厅" in words(ask("对", "affirm"))


def test_place_that_is_none_of_ours(ask) -> None:
    outcome = ask("苏州有没有长护险")
    assert outcome.state == "unknown" and "苏州" in words(outcome) and "一二三四五" in words(outcome)


def test_province_says_what_holds_for_the_province_and_asks_otherwise(ask) -> None:
    assert "江西省二〇二五年" in words(ask("江西残疾人补贴一个月多少钱"))
    asked = ask("广东适老化改造管哪些人")
    assert asked.state == "asking_region" and "东莞" in words(asked)


def test_follow_ups_lean_on_the_question_before(ask) -> None:
    ask("杨凌适老化改造管哪些人")
    assert "多少钱" in words(ask("那多少钱"))
    assert "责任单位" in words(ask("要找哪个部门")) or "民政局" in words(ask("要找哪个部门"))
    assert words(ask("那东莞呢")).startswith("东莞二〇二〇年")


def test_comparison_is_two_attributed_statements(ask) -> None:
    outcome = ask("杨凌和东莞多久探访一次有啥不一样", "policy_compare")
    text = words(outcome)
    assert "杨凌二〇二〇年的方案说，留守老人至少每半个月" in text and "东莞二〇二〇年的行动计划说" in text
    assert outcome.replies[0].show.count("出处") == 2


def test_source_reads_the_exact_words_with_clause(ask) -> None:
    ask("杨凌留守老人多久有人看")
    outcome = ask("念原文", "policy_source")
    assert "至少每半月探访一次" in words(outcome) and "第四部分第七节第十点" in words(outcome)
    assert "四（七）10" in outcome.replies[0].show


def test_source_without_an_answer_before(ask) -> None:
    assert ask("念原文", "policy_source").state == "unknown"


@pytest.mark.parametrize("question", ["政策", "我想问问养老政策", "有什么政策"])
def test_vague_questions_get_three_topics(ask, question: str) -> None:
    outcome = ask(question)
    assert len(outcome.replies[0].choices) == 3 and words(outcome).count("？") == 1


@pytest.mark.parametrize(
    "question", ["股票能不能买", "今天天气怎么样", "景区门票老人免费吗", "养老金涨多少", "，，，", "😀"]
)
def test_what_no_document_holds_is_not_known(ask, question: str) -> None:
    assert ask(question, region="dongguan").state in ("unknown", "answered")
    assert not re.search(r"百分之|每月\w*元", words(ask(question, region="hunan")))


def test_soft_words_of_the_quote_survive_in_the_plain_words() -> None:
    lost = [
        r.id
        for r in library().records.values()
        for w in SOFT
        if w in r.quote and w not in r.content and r.kind == "right"
    ]
    assert set(lost) <= {"CC-072"}  # its quote continues with another record's matter


def test_no_names_numbers_or_marks_of_the_page_are_told() -> None:
    told = "".join(r.content for r in library().records.values())
    assert not re.search(r"1[3-9]\d{9}|400-|廖先生|友龄|水韵天伦居|\*|淘文阁|比地", told)


def test_old_departments_are_called_former() -> None:
    named = {d for r in library().records.values() for d in r.departments}
    assert not {d for d in named if ("银保监" in d or "乡村振兴局" in d or "地方金融" in d) and not d.startswith("原")}


@pytest.mark.skipif(not SEEDS.exists(), reason="the published documents are not here")
def test_every_quote_stands_in_the_document() -> None:
    assert check_quotes(SEEDS) == []


def test_loader_names_file_and_entry_of_a_fault(tmp_path: Path) -> None:
    import shutil

    from care.policy.records import FOLDER

    shutil.copytree(FOLDER, tmp_path / "policy")
    file = tmp_path / "policy" / "dongguan.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("kind: right", "kind: gift", 1), encoding="utf-8")
    with pytest.raises(PolicyDataError, match=r"dongguan\.yaml，DG-\d+：.*kind"):
        load(tmp_path / "policy")
