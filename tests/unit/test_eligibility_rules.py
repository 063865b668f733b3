"""The rules of all regions: who is in, who is not, what is asked next, and that nothing is made up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from care.eligibility import check
from care.eligibility.conditions import FaultyCondition, check_condition, evaluate
from care.eligibility.rules import REGIONS, benefits, conditions, documents, questions, rules

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "policy"
REQUIRED = (
    "home_adaptation", "visits", "purchase", "home_bed", "assessment", "waitlist", "meals", "carer_training",
    "ltc_insurance", "disability_allowance", "family_doctor", "respite", "allowance", "high_age_allowance",
)  # fmt: skip
CASES = [
    # home adaptation differs everywhere
    ("yangling", "home_adaptation", {"age": 83, "living": ["alone"]}, "yes", "YL-030"),
    ("yangling", "home_adaptation", {"age": 92, "income": "dibao"}, "yes", "YL-030"),
    ("yangling", "home_adaptation", {"age": 75, "living": ["alone"]}, "yes", "YL-027"),
    ("changchun", "home_adaptation", {"income": "dibao", "age": 85}, "yes", "CC-068"),
    ("changchun", "home_adaptation", {"income": "dibao_edge", "age": 85}, "no", "CC-068"),
    ("changchun", "home_adaptation", {"income": "normal"}, "no", "CC-068"),
    ("dongguan", "home_adaptation", {"income": "jiandanglika", "disability": "level3"}, "yes", "DG-020"),
    ("dongguan", "home_adaptation", {"income": "dibao", "age": 90}, "no", "DG-020"),
    ("nanchang", "home_adaptation", {"income": "dibao", "ability": "mild"}, "yes", "NC-055"),
    ("nanchang", "home_adaptation", {"income": "normal", "age": 90}, "no", "NC-055"),
    ("hunan", "home_adaptation", {"income": "low_income"}, "yes", "HN-015"),
    # visits: the lists are not the same
    ("yangling", "visits", {"left_behind": True}, "yes", "YL-052"),
    ("yangling", "visits", {"left_behind": False, "living": ["alone"]}, "no", "YL-052"),
    ("hunan", "visits", {"living": ["alone"]}, "yes", "HN-030"),
    ("changchun", "visits", {"age": 85}, "yes", "CC-018"),
    ("dongguan", "visits", {"living": ["empty_nest"]}, "yes", "DG-013"),
    ("dongguan", "visits", {"disability": "level2"}, "yes", "DG-013"),
    ("nanchang", "visits", {"income": "dibao"}, "yes", "NC-018"),
    # free or low fee: alone or old is not enough in Yangling
    ("yangling", "purchase", {"income": "tekun"}, "yes", "YL-051"),
    ("yangling", "purchase", {"income": "low_income", "living": ["empty_nest"]}, "yes", "YL-051"),
    ("yangling", "purchase", {"income": "normal", "living": ["alone"], "age": 91, "ability": "severe"}, "no", "YL-051"),
    ("changchun", "purchase", {"income": "dibao_edge", "ability": "moderate"}, "yes", "CC-037"),
    ("changchun", "purchase", {"income": "normal", "age": 91}, "no", "CC-037"),
    ("nanchang", "purchase", {"income": "dibao"}, "unknown", "NC-043"),
    # waiting list priority
    ("hunan", "waitlist", {"martyr_family": True}, "yes", "HN-041"),
    ("dongguan", "waitlist", {"veteran": True}, "yes", "DG-025"),
    ("dongguan", "waitlist", {"income": "dibao", "dementia": True}, "yes", "DG-025"),
    ("changchun", "waitlist", {"income": "dibao_edge", "ability": "severe"}, "yes", "CC-048"),
    ("changchun", "waitlist", {"martyr_family": True, "ability": "moderate"}, "yes", "CC-049"),
    ("nanchang", "waitlist", {"income": "dibao", "age": 86}, "yes", "NC-028"),
    ("yangling", "waitlist", {"income": "tekun"}, "unknown", ""),
    # meals in Dongguan: covered or paid
    ("dongguan", "meals", {"income": "dibao"}, "yes", "DG-008"),
    ("dongguan", "meals", {"income": "normal"}, "yes", "DG-009"),
    # carers, long-term care, beds
    ("hunan", "carer_training", {"ability": "disabled_unspecified"}, "yes", "HN-017"),
    ("hunan", "carer_training", {"ability": "intact", "dementia": False}, "no", "HN-017"),
    ("changchun", "carer_training", {"ability": "moderate"}, "yes", "CC-073"),
    ("hunan", "ltc_insurance", {"ltc_insured": False}, "no", "HN-036"),
    ("hunan", "ltc_insurance", {"ltc_insured": True, "ability": "severe"}, "unknown", "HN-036"),
    ("dongguan", "ltc_insurance", {"ltc_insured": True, "ability": "severe"}, "unknown", "DG-042"),
    ("yangling", "home_bed", {"ability": "severe"}, "yes", "YL-028"),
    ("changchun", "home_bed", {"ability": "moderate"}, "yes", "CC-028"),
    # disability subsidies
    ("hunan", "disability_allowance", {"disability": "level1", "income": "normal"}, "yes", "X-B-02"),
    ("hunan", "disability_allowance", {"disability": "level3", "income": "dibao"}, "yes", "X-B-02"),
    ("hunan", "disability_allowance", {"disability": "none"}, "no", "X-B-02"),
    ("nanchang", "disability_allowance", {"disability": "level1", "income": "dibao", "hukou": "other"}, "no", "X-B-03"),
    ("changchun", "disability_allowance", {"disability": "level4", "income": "normal"}, "no", "X-B-04"),
    # doctor, respite, allowance
    ("yangling", "family_doctor", {"age": 70, "income": "dibao"}, "yes", "YL-046"),
    ("yangling", "family_doctor", {"age": 62}, "yes", "YL-045"),
    ("dongguan", "family_doctor", {}, "yes", "DG-039"),
    ("nanchang", "respite", {}, "yes", "NC-053"),
    ("changchun", "allowance", {"income": "dibao", "ability": "severe"}, "yes", "CC-031"),
    ("dongguan", "allowance", {"ability": "severe"}, "yes", "DG-015"),
]  # fmt: skip


@pytest.mark.parametrize(("region", "benefit", "facts", "outcome", "record"), CASES)
def test_verdicts(region: str, benefit: str, facts: dict, outcome: str, record: str) -> None:
    verdict = check(region, benefit, facts)
    assert verdict.outcome == outcome
    assert verdict.citation is not None and verdict.citation.record == record


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("benefit", REQUIRED)
def test_every_region_answers_every_benefit(region: str, benefit: str) -> None:
    assert (region, benefit) in rules()
    verdict = check(region, benefit, {})
    assert verdict.outcome != "need" or verdict.next_question in questions()


@pytest.mark.parametrize(
    ("region", "benefit", "facts", "question"),
    [
        ("yangling", "home_adaptation", {"age": 83}, "hardship"),
        ("yangling", "home_adaptation", {"living": ["alone"]}, "age"),
        ("changchun", "home_adaptation", {}, "income"),
        ("yangling", "purchase", {"age": 91}, "income"),
        ("hunan", "disability_allowance", {"disability": "level3"}, "income"),
        ("changchun", "ltc_insurance", {"ltc_insured": True}, "grade"),
    ],
)
def test_the_next_question_is_the_one_that_decides(region: str, benefit: str, facts: dict, question: str) -> None:
    assert check(region, benefit, facts).next_question == question


def test_nothing_is_asked_twice() -> None:
    asked: tuple[str, ...] = ()
    facts: dict = {}
    for _ in range(9):
        verdict = check("changchun", "waitlist", facts, asked)
        if verdict.outcome != "need":
            break
        assert verdict.next_question not in asked
        asked = (*asked, verdict.next_question)
        facts |= dict.fromkeys(questions()[verdict.next_question].facts, "unknown")
    assert verdict.outcome == "unknown"


def test_no_says_what_does_not_fit() -> None:
    assert "income" in check("changchun", "home_adaptation", {"income": "normal", "age": 85}).failed


def test_a_benefit_without_a_rule_is_not_known() -> None:
    verdict = check("dongguan", "home_nursing", {})
    assert verdict.outcome == "unknown" and verdict.citation is None


def test_an_unknown_benefit_is_an_error() -> None:
    with pytest.raises(KeyError):
        check("dongguan", "free_gold", {})


def test_help_without_a_grade_leaves_a_grade_open() -> None:
    named = conditions()
    assert evaluate({"ability_from": "mild"}, {"ability": "disabled_unspecified"}, named) is True
    assert evaluate({"ability_from": "moderate"}, {"ability": "disabled_unspecified"}, named) is None
    assert evaluate({"not": "poor"}, {}, named) is None
    assert evaluate({"income": ["tekun", "dibao"]}, {"income": "poor_unspecified"}, named) is None


@pytest.mark.parametrize("condition", [{"colour": "red"}, "nobody", {"income": "dibao"}, {"ability_from": "bad"}])
def test_faulty_conditions_are_refused(condition: object) -> None:
    with pytest.raises(FaultyCondition):
        check_condition(condition, conditions())


def test_every_citation_has_a_document_and_says_how_far_it_holds() -> None:
    for document in documents().values():
        assert document.say and document.show and document.status_say
    for rule in rules().values():
        for group in rule.groups:
            assert group.record


def test_money_is_named_only_from_provincial_and_national_standards() -> None:
    for (_, benefit), rule in rules().items():
        for text in [rule.otherwise, rule.silent, *[g.say + g.limit for g in rule.groups]]:
            named = re.search(r"[一二三四五六七八九十百千0-9]+(?:块|元)", text)
            assert not named or (benefit in ("disability_allowance", "consumption_subsidy") and "每月" in text)


def test_the_masked_draft_gets_no_number() -> None:
    for (region, benefit), rule in rules().items():
        if region == "changchun" and benefit != "disability_allowance":
            texts = "".join([rule.otherwise, rule.silent, *[g.say + g.limit for g in rule.groups]])
            assert not re.search(r"[0-9]|[一二三四五六七八九]十[一二三四五六七八九]?(?:五)?岁", texts)


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed records are not here")
def test_records_and_clauses_are_those_of_the_documents() -> None:
    known = {r["id"]: r for r in yaml.safe_load((SEEDS / "seed_facts.yaml").read_text())["records"]}
    extra = {f["id"] for f in yaml.safe_load((SEEDS / "extra_facts.yaml").read_text())["facts"]}
    for rule in rules().values():
        for record, clause in [(rule.record, rule.clause), *[(g.record, g.clause) for g in rule.groups]]:
            if record.startswith("X-"):
                assert record in extra
            elif record:
                assert known[record]["kind"] != "provider", record
                assert known[record]["clause"] == clause, record


def test_every_benefit_says_where_to_go_and_what_to_bring() -> None:
    assert all(benefit.where and benefit.materials for benefit in benefits().values())
