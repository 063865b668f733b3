"""Words that only sound answer nothing: they end nothing, are no diet and no name, and the third time people help."""

from __future__ import annotations

import pytest

from care.booking import task
from tests.conftest import said
from tests.unit.booking_talk import Talk, meal

NOISE = "呜哩哇啦"


@pytest.fixture
def diet(stranger: Talk) -> Talk:
    stranger.say("后天中午订一份饭", "book", **meal())
    assert stranger.state == "asking_diet"
    return stranger


def test_noise_is_no_diet_and_people_help_in_the_end(diet: Talk) -> None:
    for _ in range(2):
        diet.say(NOISE, "nlu_fallback", noise=NOISE)
        assert diet.state == "asking_diet" and "diet" not in diet.draft.particulars
    diet.say(NOISE, "nlu_fallback", noise=NOISE)
    assert diet.finished and diet.state == "handed_over"


def test_what_was_told_is_had_again_after_that(diet: Talk) -> None:
    for _ in range(3):
        diet.say(NOISE, "nlu_fallback", noise=NOISE)
    outcome = task.take_up(diet.session, diet.conversation, said("接着订吧", "book", "later"))
    assert outcome is not None and outcome.state == "asking_diet"


def test_noise_is_nobodys_name(stranger: Talk) -> None:
    stranger.say("礼拜六上午十点在家洗澡，身体好", "book", service="bath", bath_place="home", health="none")
    stranger.say(NOISE, "nlu_fallback", noise=NOISE)
    assert not stranger.draft.name


@pytest.mark.parametrize(("words", "told"), [("13812345678", {"phone": "13812345678"}), ("月亮圆圆", {})])
def test_the_diet_is_asked_once_more_where_something_else_was_said(diet: Talk, words: str, told: dict) -> None:
    diet.say(words, **told)
    assert diet.state == "asking_diet"
    assert "没有忌口" in diet.say("我叫王桂芳", person_name="王桂芳") and diet.state != "asking_diet"


@pytest.mark.parametrize(("words", "intent"), [("没有", "deny"), ("对", "affirm"), ("不知道", "dont_know")])
def test_a_plain_answer_to_the_diet_needs_no_second(diet: Talk, words: str, intent: str) -> None:
    diet.say(words, intent)
    assert diet.state != "asking_diet"


def test_an_address_after_many_side_questions_is_taken(stranger: Talk) -> None:
    stranger.say("后天上午十点打扫", "book", service="cleaning")
    assert stranger.state == "asking_cleaning_task"
    for _ in range(6):
        stranger.resume()
    stranger.say("康乐路12号2单元301", address="康乐路12号2单元301")
    assert not stranger.finished and stranger.state == "asking_cleaning_task" and stranger.draft.address
