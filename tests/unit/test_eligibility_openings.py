"""How a check begins as strangers begin it: who is in no need, who asks for whom, where only the children are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from care import eligibility, regions
from care.conversation.model import Conversation
from care.eligibility import hearing, named, whom
from care.eligibility.dialogue import EligibilityTask
from care.eligibility.verdict import check
from care.turn import Entity
from tests.conftest import said


@pytest.mark.parametrize(
    "turn",
    [
        said("我七十一，无病无痛，想申请家里装扶手", "book", service="home_adaptation"),
        said("退休金七千多，想让政府出钱给我改厕所", "book", service="home_adaptation"),
        said("我爸能跑能跳的，想要公家给装个家庭床位", "book", service="home_bed"),
        said("想给我妈打听探访的事，她八十四，独居", "book", service="visit"),
        said("我是低保，请人上门擦澡用不用掏钱", "book", service="bath"),
        said("我孤老一个，社区会不会派人来看看我", "book", service="visit"),
        said("湘潭的，崽都不在屋里，谁来看我们两个老的", "book"),
        said("我舅公仔女都去咗香港，想登记有人定期来睇下", "book"),
        said("我老伴啥都不会自己做，我去上护理班能补学费吗", "book", service="carer_training"),
        said("我爸五保户，街道能不能出钱请人给他洗澡", "book", service="bath"),
        said("退休老师，七十六，想让社区常来看看我们", "book", service="visit"),
        said("我浑身没毛病，想让公家每个月派人来探访", "book", service="visit"),
        said("隔壁刘奶奶没儿没女，街道该不该去看看她", "book"),
        said("我婆婆瘫了，我去学护理，学费有人退没有", "book", service="carer_training"),
        said("我爸会走会跳，长护险报不报", "policy_ask"),
        said("我娘是军属，进公办养老院能不能排前头", "book", service="waitlist"),
    ],
    ids=lambda turn: turn.text,
)
def test_a_check_goes_before_an_application(conversation: Conversation, turn) -> None:
    assert eligibility.claims(conversation, turn)


@pytest.mark.parametrize(
    "turn",
    [
        said("我妈退休金五千，帮我申请适老化改造", "book", service="home_adaptation"),
        said("我身体好，想订个饭", "book", service="meal"),
        said("打听一下，明天能送饭不", "book", service="meal", time={"date": "2026-11-26"}),
        said("上门洗澡要不要钱", "price_query", service="bath"),
        said("我爸腿不行，政府出钱改卫生间，哪些人有份", "book", service="home_adaptation"),
        said("我想咨询一下，不是，我就想登个记。我爸八十六，一个人住，公办养老院听说要排队，先给排上", "book", service="waitlist", fact={"fact": "living", "value": "alone"}),
        said("我打听过了，我妈八十二，独居，公办养老院先给她报个名", "book", service="waitlist", fact={"fact": "living", "value": "alone"}),
    ],
    ids=lambda turn: turn.text,
)
def test_orders_and_prices_stay_what_they_are(conversation: Conversation, turn) -> None:
    assert not eligibility.claims(conversation, turn)


@pytest.mark.parametrize(
    ("text", "person", "age"),
    [
        ("我婆婆今年八十一，我五十，她独居，有人上门探访吗", "mother_in_law", 81),
        ("我今年四十八，给我爸问问，他七十七，低保", "father", 77),
        ("我六十二了，我妈九十瘫了，能装扶手吗", "mother", 90),
        ("我今年七十九，儿子在外地，能不能装扶手", "self", 79),
    ],
)
def test_the_callers_own_age_is_not_the_elders(text: str, person: str, age: int) -> None:
    turn = said(text, "eligibility_ask")
    assert whom.relation(turn) == person
    assert hearing.facts(turn, of=person)["age"] == age


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("就我们两个，娃在西安", {"西安"}),
        ("仔女都去咗香港", {"香港"}),
        ("我住杨凌，儿子在东莞打工", {"东莞"}),
        ("我跟女儿在东莞住", set()),
        ("我妈在上海", set()),
        ("我在东莞打工，我妈从湖南过来住", {"湖南"}),
        ("我从湖南过来的", set()),
    ],
)
def test_where_only_the_children_are_is_not_where_the_elder_lives(text: str, away: set[str]) -> None:
    assert regions.elsewhere(text) == away


def test_the_childrens_town_does_not_end_a_check(session: Session, conversation: Conversation) -> None:
    turn = said("我跟老伴俩，娃在西安，退休金一万，能享受政府买的上门服务不", "eligibility_ask")
    task = EligibilityTask()
    assert not task.take(session, conversation, turn).finished
    assert task.ask(session, conversation, False).state == "asking_region"


def test_the_training_of_a_carer_rests_on_the_one_cared_for(session: Session, conversation: Conversation) -> None:
    turn = said("株洲，我奶奶失智了，我妈带着她，我妈去培训有补贴吗", "eligibility_ask")
    outcome = EligibilityTask().take(session, conversation, turn)
    assert outcome.state == "answered" and "您奶奶" in outcome.replies[0].say


def test_who_is_first_is_named_to_somebody_who_is_not() -> None:
    facts = {
        "income": "dibao",
        "ability": "mild",
        "dementia": False,
        "disability": "none",
        "age": 66,
        "childless": False,
    }
    verdict = check("changchun", "waitlist", {**facts, "lost_child": False, "martyr_family": False, "veteran": False})
    assert verdict.outcome == "no" and "中度以上失能" in verdict.explain


@pytest.mark.parametrize("text", ["有没有人去望望她", "会不会来人看看我", "公家能不能给屋里改一改"])
def test_the_benefit_is_heard_in_other_words(text: str) -> None:
    assert named.benefit(said(text)) in ("visits", "home_adaptation")


@pytest.mark.parametrize(
    "text",
    ["我爸今年八十七了，老伴儿没了，自己住", "我爸八十七，老伴去年就走了，一个人", "我爸八十七，堂客早过世哒，一个人住", "我爸八十七，他那口子不在了"],
)
def test_somebody_dead_is_not_the_one_it_is_for(text: str) -> None:
    turn = said(text, "inform")
    assert whom.relation(turn) == "father"
    word = next(w for w in ("老伴", "堂客", "那口子") if w in text)
    named_too = (Entity("relation", "father", "我爸"), Entity("relation", "spouse", word))
    assert whom.relation(replace(turn, entities=named_too)) == "father"
