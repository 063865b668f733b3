"""A wish said a moment ago, of which only what a booking needs is told next: the booking begins with all that was told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from care import routing
from care.booking import claims, remember_told, told_for
from tests.conftest import said
from tests.unit.booking_talk import FRIDAY, Talk, time

WHETHER = "你们那里有冇得人来搞卫生的"
FRIDAY_NINE = {"time": time(FRIDAY, "09:00", "morning")}
WHO = {"phone": "13912345678", "person_name": "李桂香"}


def wish(talk: Talk, text: str = WHETHER, intent: str = "policy_ask", **entities: object) -> None:
    remember_told(talk.conversation, said(text, intent, "m0", **({"service": "cleaning"} | entities)))


@pytest.mark.parametrize("task", ["policy_region", "service_region", "eligibility"])
def test_a_day_and_hour_instead_of_a_place_leave_that_question(stranger: Talk, task: str) -> None:
    wish(stranger)
    stranger.conversation.task = task
    assert routing.left_for_booking(stranger.conversation, said("就礼拜五上午搞吧九点", **FRIDAY_NINE), task)


def test_who_they_are_leaves_it_too_unless_an_application_may_follow(stranger: Talk) -> None:
    told = said("我叫李桂香，电话13912345678", **WHO)
    wish(stranger)
    stranger.conversation.task = "policy_region"
    assert told_for(stranger.conversation, told) == "cleaning"
    stranger.conversation.task = "eligibility"
    assert not told_for(stranger.conversation, told)
    wish(stranger, "平安铃怎么装", service="safety_bell")
    stranger.conversation.task = "policy_region"
    assert not told_for(stranger.conversation, told)


@pytest.mark.parametrize("intent", ["inform", "nlu_fallback", "order_reschedule", "policy_ask"])
def test_after_any_answer_it_begins_with_the_service_and_all_facts(stranger: Talk, intent: str) -> None:
    wish(stranger, address="幸福路8号")
    remember_told(stranger.conversation, said("我叫李桂香，电话13912345678", "inform", "m1", **WHO))
    turn = said("就礼拜五上午搞吧九点", intent, **FRIDAY_NINE)
    assert claims(stranger.conversation, turn)
    assert "打扫" in stranger.say("就礼拜五上午搞吧九点", intent, **FRIDAY_NINE)
    draft = stranger.draft
    assert (draft.service, draft.date, draft.time, draft.phone, draft.name) == ("cleaning", FRIDAY, "09:00", *WHO.values())


def test_words_that_were_not_understood_count_where_a_wish_was_thought_of(stranger: Talk) -> None:
    unclear = replace(said("玻璃脏得看不见外头", "nlu_fallback", "m0"), meant="cleaning")
    remember_told(stranger.conversation, unclear)
    assert not told_for(stranger.conversation, said("礼拜五上午九点", **FRIDAY_NINE))
    remember_told(stranger.conversation, replace(unclear, ranking=(("book", 0.2),)))
    assert told_for(stranger.conversation, said("礼拜五上午九点", **FRIDAY_NINE)) == "cleaning"


@pytest.mark.parametrize(
    ("text", "intent", "entities"),
    [
        ("明天她上午九点就来了", "inform", FRIDAY_NINE),
        ("礼拜五上午九点开门吗", "service_query", FRIDAY_NINE),
        ("礼拜五", "inform", {"time": time(FRIDAY)}),
        ("礼拜五上午九点算了", "stop", FRIDAY_NINE),
        ("上个礼拜五上午九点", "inform", {"time": time(FRIDAY, "09:00", past=True)}),
        ("礼拜五上午九点洗澡", "inform", FRIDAY_NINE | {"service": "bath"}),
    ],
)
def test_other_words_begin_nothing(stranger: Talk, text: str, intent: str, entities: dict) -> None:
    wish(stranger)
    assert not told_for(stranger.conversation, said(text, intent, **entities))


def test_it_holds_for_three_turns(stranger: Talk) -> None:
    wish(stranger)
    for number in range(2):
        remember_told(stranger.conversation, said("我七十五岁啦腿脚不好", "inform", f"n{number}"))
    assert told_for(stranger.conversation, said("礼拜五上午九点", **FRIDAY_NINE))
    remember_told(stranger.conversation, said("我七十五岁啦腿脚不好", "inform", "n2"))
    assert not told_for(stranger.conversation, said("礼拜五上午九点", **FRIDAY_NINE))


def test_what_bare_facts_seem_to_mean_by_themselves_counts_for_nothing(stranger: Talk) -> None:
    wish(stranger)
    stranger._taken(replace(said("就礼拜五上午搞吧九点", "book", "m9", **FRIDAY_NINE), meant="travel"))
    assert stranger.draft.service == "cleaning"
