"""What an answer offered, a price that was told or a check that was made is taken up without being asked again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from care import booking, routing
from care.booking import carried, task
from care.reply import Choice, Reply
from care.turn import Entity
from tests.conftest import said
from tests.unit.booking_talk import Talk

ADDRESS = "康乐路12号2单元301"

OFFERED = Reply(
    "登记不收钱。要帮您登记吗？", "", (Choice("要", "我想要登记适老化改造"), Choice("先不用", "先不用"))
).as_dict()


@pytest.mark.parametrize("words", ["登记吧", "那你帮我登记一下", "报个名"])
def test_words_that_only_want_it_take_an_offer(conversation, words: str) -> None:
    conversation.last_replies = [OFFERED]
    assert booking.claims(conversation, said(words, "my_info"))


@pytest.mark.parametrize("words", ["先不登记", "登记要钱吗", "不用了"])
def test_other_words_take_none(conversation, words: str) -> None:
    conversation.last_replies = [OFFERED]
    assert not booking.claims(conversation, said(words, "my_info"))


def test_who_just_wants_it_leaves_the_question_for_the_town(conversation) -> None:
    conversation.remember(service="waitlist")
    assert routing.left_for_booking(conversation, said("帮我排上", "inform"), "policy_region")
    assert not routing.left_for_booking(conversation, said("长沙的", "inform"), "policy_region")


def test_a_question_after_a_price_is_about_that_service(conversation) -> None:
    conversation.remember(service="cleaning")
    assert routing.claimed_by(conversation, said("来几个人啊", "order_status")) == "service_list"
    conversation.remember(last_order="3582")
    assert routing.claimed_by(conversation, said("来几个人啊", "order_status")) != "service_list"


def test_a_sum_that_is_told_first_is_not_added_once_more(talk: Talk) -> None:
    heard = tuple(Entity("quantity", {"n": n, "unit": "份"}, "份") for n in (3, 1, 2))
    diets = (Entity("diet", "soft", "软"), Entity("diet", "normal", "普通"))
    turn = replace(
        said("要三份饭，一份软的，两份普通的", "book", "m9", service="meal"),
        entities=(*heard, *diets, Entity("service", "meal", "饭")),
    )
    task.take(talk.session, talk.conversation, turn)
    assert talk.draft.quantity == 3


def test_which_aid_goes_back_is_told_in_the_question_too(talk: Talk) -> None:
    talk.say("租你们那张床不用了，怎么退", "order_cancel")
    assert talk.draft.service == "aids_return" and talk.draft.particulars["aid"] == "nursing_bed"


def test_for_whom_it_was_asked_stays_when_the_offer_is_taken_with_an_address(talk: Talk) -> None:
    asked = said(
        "老伴走不动了，能不能上门给他评残", "service_query", relation="spouse", service="disability_assessment"
    )
    carried.keep(talk.conversation, asked)
    offer = Reply(
        "要帮您登记吗？", choices=(Choice("要，登记上门评残", "我想要登记上门评残"), Choice("先不用", "先不用"))
    )
    talk.conversation.last_replies = [offer.as_dict()]
    talk.say(f"我想要登记上门评残，{ADDRESS}", "book", service="disability_assessment", address=ADDRESS)
    assert talk.draft.person == "spouse"
