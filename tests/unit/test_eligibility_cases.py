"""Callers from tests/data/eligibility.yaml: the right result after few questions, told with what must go along."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.eligibility import claims, task
from care.reply import Outcome
from tests.conftest import said

CASES = yaml.safe_load((Path(__file__).parents[1] / "data" / "eligibility.yaml").read_text(encoding="utf-8"))
SEVERAL = ("hardship", "condition", "circumstances", "special")
MOST_QUESTIONS = 4


def converse(session: Session, conversation: Conversation, case: dict[str, Any]) -> tuple[Outcome, list[str]]:
    """The final outcome and the questions that it took."""
    facts = case.get("facts", {})
    line, asked = said(case["ask"], "eligibility_ask", message_id="ask"), []
    while len(asked) <= MOST_QUESTIONS:
        outcome = task.take(session, conversation, line)
        if outcome.finished:
            return outcome, asked
        slot = task.ask(session, conversation, False).state.removeprefix("asking_")
        asked.append(slot)
        told = facts.get(slot) or ("，".join(facts.values()) if slot in SEVERAL and facts else "不知道")
        line = said(told, message_id=f"answer{len(asked)}")
    raise AssertionError(f"still asking: {asked}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["ask"])
def test_callers_are_told_what_holds_for_them(session: Session, conversation: Conversation, case: dict) -> None:
    outcome, asked = converse(session, conversation, case)
    answer = "".join(reply.say + reply.show for reply in outcome.replies)
    wanted = {True: "yes", False: "no"}.get(case["result"], case["result"])
    assert conversation.recall("eligibility")["outcome"] == wanted, (answer, asked)
    records = [id for reply in outcome.replies for id in (reply.card or {}).get("records", ())]
    for words in case.get("must", ()):
        assert words in answer or words in records
    assert len(asked) == len(set(asked)), asked


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["ask"])
def test_what_was_told_at_first_is_not_asked(session: Session, conversation: Conversation, case: dict) -> None:
    _, asked = converse(session, conversation, case)
    unexpected = [slot for slot in asked if slot not in case.get("facts", {}) and slot not in SEVERAL]
    assert not unexpected


def test_a_question_taken_for_a_policy_is_about_the_person(conversation: Conversation) -> None:
    for text in (
        "东莞空巢老人，七十四，可以申请上门探访吗",
        "特困老人，长春的，想住养老院能给安排不",
        "额大瘫在炕上，杨凌滴，能不能申请家庭护理床位",
    ):
        assert claims(conversation, said(text, "policy_ask")), text
        assert claims(conversation, said(text, "book")), text
    assert claims(conversation, said("南昌低保户想装扶手，有没有资格", "price_query"))


def test_policies_bookings_and_dangers_are_left_alone(conversation: Conversation) -> None:
    for text, intent in (
        ("八十岁以上的老人能领高龄津贴吗", "policy_ask"),
        ("杨凌的失能老人可以申请家庭床位吗", "policy_ask"),
        ("帮我妈申请能力评估，她瘫了", "book"),
        ("我妈八十三了，能给她订饭不", "book"),
        ("我坐轮椅能安排车不", "book"),
        ("我妈摔了动不了，能不能申请改造", "emergency"),
    ):
        assert not claims(conversation, said(text, intent)), text
