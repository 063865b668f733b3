"""Policies and eligibility in the words of old people and their families (open data, see the heads of the files)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.eligibility import task
from care.policy.asked import understand
from care.policy.compose import tell
from care.policy.decide import Finding, decide
from care.policy.paper import about
from care.policy.speech import speakable
from tests.conftest import said

HERE = Path(__file__).parent
POLICY = yaml.safe_load((HERE / "policy_everyday.yaml").read_text(encoding="utf-8"))
ELIGIBILITY = yaml.safe_load((HERE / "eligibility_everyday.yaml").read_text(encoding="utf-8"))
ENOUGH = 0.95
SURE = ("answer", "masked", "garbled")


def _told(finding: Finding) -> set[str]:
    record = finding.record
    if record is None:
        return set()
    return {record.id, *(record.joint.others if finding.joint and record.joint else ())}


def _right(case: dict[str, Any], region: str) -> bool:
    asked = understand(case["ask"])
    if paper := about(asked, region):
        return bool(set(case["told"]) & set(paper.card["records"]))
    finding = decide(asked, region)
    if case["told"] in (["none"], ["gap"]):
        return finding.found not in SURE or finding.record is None
    return finding.found in SURE and bool(set(case["told"]) & _told(finding))


def test_everyday_questions_get_their_fact() -> None:
    cases = [(case, region) for region, cases in POLICY["questions"].items() for case in cases]
    wrong = [case["ask"] for case, region in cases if not _right(case, region)]
    assert 1 - len(wrong) / len(cases) >= ENOUGH, wrong


@pytest.mark.parametrize("region", sorted(POLICY["unanswerable"]))
def test_what_a_document_lacks_is_never_answered_with_another_regions_fact(region: str) -> None:
    for question in POLICY["unanswerable"][region]:
        finding = decide(understand(question), region)
        if finding.record is None:
            continue
        assert finding.record.region in (region, "")
        reply = tell(understand(question), finding, [finding.record.document], False)
        # An answer says nothing but what the record holds.
        assert finding.found != "answer" or speakable(finding.record.content)[:12] in reply.say, (question, reply.say)


@pytest.mark.parametrize("case", ELIGIBILITY, ids=lambda case: case["said"][0])
def test_eligibility_in_everyday_words(session: Session, conversation: Conversation, case: dict[str, Any]) -> None:
    for number, words in enumerate(case["said"]):
        outcome = task.take(session, conversation, said(words, message_id=f"m{number}"))
        if outcome.finished:
            last = conversation.recall("eligibility")
            assert (last["outcome"], last["benefit"]) == (case["outcome"], case.get("benefit"))
            return
        conversation.state = task.ask(session, conversation, False).state
    assert case["outcome"] == "need" and conversation.state == f"asking_{case['question']}"
