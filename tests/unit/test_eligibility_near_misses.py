"""Whoever lacks just one condition of a group must not be told that they fit, in whatever words they tell it.

The people are made from the rules themselves: for every region, benefit and group somebody who has all that the group
asks, told in words, and then, for each condition in turn, the same person without that one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.eligibility import check, hearing, task
from care.eligibility.conditions import Condition
from care.eligibility.rules import NATIONAL, REGIONS, Rule, benefits, conditions, questions, rules
from care.eligibility.verdict import UNSAID
from care.wording import say_number
from tests.conftest import said

Leaf = tuple[str, Any]
Told = tuple[str, dict[str, Any]]
"""What somebody says, and what is meant by it."""
MOST_QUESTIONS = 6
PLAIN: dict[str, Any] = {
    **{fact: value for question in questions().values() for fact, value in question.deny.items()},
    **UNSAID,
    "age": 66,
    "ability": "intact",
    "hukou": "local",
}
"""Somebody without any hardship, who lives where they are registered."""
NO: dict[str, str] = {
    "age": "六十六岁", "income": "都不是，有退休金", "hukou": "在本地", "insured": "不是职工医保", "grade": "评的轻度",
    "living": "跟儿子一起住", "disability": "没有残疾证", "left_behind": "不是，都在身边", "region": "长春",
}  # fmt: skip
"""What somebody answers who has no more to tell."""
INCOME = {
    "tekun": "是特困户", "dibao": "吃低保", "dibao_edge": "是低保边缘户", "low_income": "是低收入家庭",
    "jiandanglika": "是建档立卡户", "normal": "有退休金五千",
}  # fmt: skip
NO_INCOME = ("每月退休金五千", "低保前年就取消了", "以前吃低保如今有退休金")
LIVING = {"alone": "一个人住", "empty_nest": "老两口自己过", "with_family": "跟儿子一家住"}
GRADE = {"mild": "走路要人扶", "moderate": "评的是中度失能", "severe": "评的是重度失能", "total": "评的是完全失能"}
BELOW = {
    "mild": ("身体硬朗不用人照顾", "intact"),
    "moderate": ("评的是轻度失能", "mild"),
    "severe": ("评的是中度失能", "moderate"),
}
LEVELS = {"level1": "残疾证一级", "level2": "残疾证二级", "level3": "残疾证三级", "level4": "残疾证四级", "unspecified": "有残疾证"}
WRONG_LEVEL = (
    ("听力残疾三级", "level3"), ("腿残了三级", "level3"), ("眼睛四级残疾", "level4"), ("没评上二级评了三级残疾", "level3"),
)  # fmt: skip
FLAG = {
    "dementia": ("得了老年痴呆", "脑子清楚"), "lost_child": ("是失独家庭", "有儿有女"), "childless": ("没儿没女", "有儿有女"),
    "unattended": ("没人照顾", "跟儿子一家住"), "left_behind": ("儿女都在外面打工", "儿子一直在身边"),
    "veteran": ("是退伍军人", "儿子是退伍军人"), "martyr_family": ("是烈属", "孙子当过兵早退伍了"),
    "ltc_insured": ("参加了职工医保", "是居民医保"),
}  # fmt: skip
IMPLIED: dict[str, dict[str, Any]] = {"left_behind": {"living": ["empty_nest"]}}
MEANT_BY_NO: dict[str, dict[str, Any]] = {"unattended": {"living": ["with_family"]}}


def conjunctions(condition: Condition) -> Iterator[tuple[Leaf, ...]]:
    """Every set of leaves that makes a condition true; a denied leaf is named with `not ` before it."""
    if isinstance(condition, str):
        yield from conjunctions(conditions()[condition])
        return
    key, value = next(iter(condition.items()))
    if key == "all":
        for parts in product(*(list(conjunctions(part)) for part in value)):
            yield tuple(leaf for part in parts for leaf in part)
    elif key == "any":
        for part in value:
            yield from conjunctions(part)
    elif key == "not":
        parts = [leaf for found in conjunctions(value) for leaf in found]
        yield tuple((f"not {leaf}", wanted) for leaf, wanted in parts)
    else:
        yield ((key, value),)


def _merged(leaves: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    """The leaves with one for each list of values: what fits all of them."""
    found: dict[str, Any] = {}
    for leaf, wanted in leaves:
        found[leaf] = [one for one in found[leaf] if one in wanted] if leaf in found and isinstance(wanted, list) else wanted
    return tuple((leaf, wanted) for leaf, wanted in found.items() if wanted != [])


def having(leaf: str, wanted: Any) -> Told:
    """Somebody for whom this holds."""
    if leaf.startswith("not "):
        return lacking(leaf.removeprefix("not "), wanted)[0]
    if leaf in ("age_from", "age_below"):
        age = wanted if leaf == "age_from" else wanted - 1
        return f"今年{say_number(age)}岁", {"age": age}
    if leaf == "income":
        return INCOME[wanted[0]], {"income": wanted[0]}
    if leaf == "living":
        return LIVING[wanted[0]], {"living": [wanted[0]]}
    if leaf == "disability":
        return LEVELS[wanted[0]], {"disability": wanted[0]}
    if leaf == "disability_kind":
        return {"mind": "是智力上的残疾", "limb": "是肢体残疾"}[wanted[0]], {"disability_kind": wanted[0]}
    if leaf == "hukou":
        return "户口在本地", {"hukou": "local"}
    if leaf == "ability_from":
        return GRADE[wanted], {"ability": "disabled_unspecified" if wanted == "mild" else wanted}
    return FLAG[leaf][0], {leaf: True, **IMPLIED.get(leaf, {})}


def lacking(leaf: str, wanted: Any) -> list[Told]:
    """The ways in which somebody may tell that this does not hold."""
    if leaf.startswith("not "):
        return [having(leaf.removeprefix("not "), wanted)]
    if leaf == "age_from":
        before = {"age": wanted - 1}
        age = say_number(wanted)
        return [
            (f"今年{say_number(wanted - 1)}岁", before), (f"快{age}了", before), (f"再过两个月就{age}", before),
            (f"虚岁{age}", before), (f"明年满{age}", before), (f"{age}还差两个月", before),
        ]  # fmt: skip
    if leaf == "age_below":
        return [(f"今年{say_number(wanted)}岁", {"age": wanted})]
    if leaf == "income":
        poorer = [("是低保边缘户", {"income": "dibao_edge"})] if "dibao_edge" not in wanted else []
        return [*((words, {"income": "normal"}) for words in NO_INCOME if "normal" not in wanted), *poorer]
    if leaf == "living":
        return [("跟儿子一家住", {"living": ["with_family"]}), ("闺女一直在家陪着", {"living": ["with_family"]})]
    if leaf == "disability":
        if "level3" in wanted:
            return [("没有残疾证", {"disability": "none"}), ("残疾证还没办下来", {"disability": "none"})]
        return [(words, {"disability": level}) for words, level in WRONG_LEVEL if level not in wanted]
    if leaf == "disability_kind":
        return [("是听力上的残疾", {"disability_kind": "hearing"})]
    if leaf == "hukou":
        return [("户口还在河南老家", {"hukou": "other"})]
    if leaf == "ability_from":
        words, grade = BELOW[wanted]
        return [(words, {"ability": grade})]
    return [(FLAG[leaf][1], MEANT_BY_NO.get(leaf, {leaf: False}))]


def people() -> Iterator[tuple[Rule, tuple[Told, ...]]]:
    """Whoever fits a group by one set of its conditions, and whoever lacks just one of these."""
    for (region, _), rule in rules().items():
        if rule.region != region:
            continue
        for group in rule.groups:
            for leaves in map(_merged, conjunctions(group.when)):
                whole = [having(*leaf) for leaf in leaves]
                yield rule, tuple(whole)
                for place, leaf in enumerate(leaves):
                    for instead in lacking(*leaf):
                        yield rule, (*whole[:place], *whole[place + 1 :], instead)


def _unique() -> list[tuple[str, str, tuple[Told, ...]]]:
    found = {(rule.region, rule.benefit, tuple(words for words, _ in told)): told for rule, told in people()}
    return [(region, benefit, told) for (region, benefit, _), told in found.items()]


@pytest.mark.parametrize(
    ("region", "benefit", "told"),
    _unique(),
    ids=[f"{region}-{benefit}-{'，'.join(words for words, _ in told)}" for region, benefit, told in _unique()],
)
def test_who_lacks_one_condition_is_not_told_yes(
    session: Session, conversation: Conversation, region: str, benefit: str, told: tuple[Told, ...]
) -> None:
    meant: dict[str, Any] = {}
    for _, facts in told:
        meant |= facts
    wanted = check(region, benefit, meant).outcome
    wanted = check(region, benefit, {**PLAIN, **meant}).outcome if wanted == "need" else wanted
    conversation.region = region or "changchun"
    line = "我妈" + "，".join([*(words for words, _ in told), f"能申请{benefits()[benefit].title}吗"])
    turn = said(line, "eligibility_ask", message_id="ask")
    heard = []
    for number in range(MOST_QUESTIONS):
        outcome = task.take(session, conversation, turn)
        if outcome.finished:
            break
        asked = task.ask(session, conversation, False).state.removeprefix("asking_")
        heard.append(asked)
        turn = said(NO.get(asked, "都没有"), "inform", message_id=f"answer{number}")
    got = conversation.recall("eligibility")["outcome"]
    known = hearing.facts(said(line), of="mother")
    assert (got == "yes") == (wanted == "yes"), (got, wanted, heard, known)


def test_all_regions_and_benefits_are_walked_through() -> None:
    walked = {(region, benefit) for region, benefit, _ in _unique()}
    assert {region for region, _ in walked} == {*REGIONS, NATIONAL}
    assert all(key in walked for key, rule in rules().items() if rule.groups and rule.region == key[0])


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("我姑姑耳朵不好，三级残疾，能领重残的护理补贴吗", {"disability": "level3", "disability_kind": "hearing"}),
        ("她三级残疾，重度残疾人护理补贴有份没", {"disability": "level3"}),
        ("我妈吃低保，残疾人生活补贴能领不", {"income": "dibao"}),
        ("困难残疾人生活补贴能领不", {}),
        ("是重度残疾，消费补贴能领吗", {"disability": "level2"}),
        ("证上没评到二级，三级残疾", {"disability": "level3"}),
        ("我爸工伤三级", {}),
        ("低保正在申请", {}),
        ("低保去年就停了", {"income": "normal"}),
        ("再过半年就八十", {"age": 79}),
        ("八十没到", {"age": 79}),
        ("七老八十的", {}),
        ("五十岁守寡，今年七十一", {"age": 71}),
        ("儿子在外面打工没人照顾", {"left_behind": True, "living": ["empty_nest"], "unattended": True}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words_tell_no_more_than_they_say(text: str, facts: dict[str, Any]) -> None:
    assert hearing.facts(said(text)) == facts


@pytest.mark.parametrize("region", REGIONS)
def test_the_third_grade_of_hearing_has_the_living_subsidy_alone(region: str) -> None:
    facts = {"disability": "level3", "disability_kind": "hearing", "income": "dibao", "hukou": "local"}
    told = check(region, "disability_allowance", facts)
    assert told.outcome == "yes" and "够不上重度残疾人护理补贴" in told.explain and "生活补贴" in told.explain
    poor_no_more = check(region, "disability_allowance", {**facts, "income": "normal"})
    assert poor_no_more.outcome == "no"
    of_mind = check(region, "disability_allowance", {**facts, "disability_kind": "mind"})
    assert "放宽" in of_mind.explain


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("benefit", [code for code, one in benefits().items() if one.elders])
def test_what_is_for_the_old_is_for_nobody_under_sixty(region: str, benefit: str) -> None:
    needy = {"age": 58, "income": "dibao", "ability": "severe", "lost_child": True, "living": ["alone"]}
    assert check(region, benefit, needy).outcome != "yes"
