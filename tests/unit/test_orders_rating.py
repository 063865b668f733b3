"""Rating a service and complaining about one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from care import orders
from care.handover.model import Ticket
from care.orders.rating import stars
from care.wording import say_digits
from tests.conftest import said
from tests.unit.orders_talk import BATH, PHONE, Talk


@pytest.fixture
def talk(session, conversation) -> Talk:
    return Talk(session, conversation)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("很满意", 5), ("五星", 5), ("打五分", 5), ("给个满分", 5), ("三颗星", 3), ("还可以", 3), ("马马虎虎，三分", 3),
        ("不行", 1), ("差评", 1), ("零分", 1), ("十分里头打八分", 4), ("我给不了满分，给个四分吧", 4), ("打两分吧", 2),
        ("不太满意", 2), ("做得不错，还不错", 4), ("不好不坏", 3), ("我想打个分", None), ("那好不好办", None), ("行不行啊", None),
    ],
)  # fmt: skip
def test_stars_from_words(text, given):
    assert stars(text) == given


def test_a_bad_rating_is_kept_and_offers_a_complaint(talk, make, conversation):
    bath = make(**BATH)
    conversation.phone = PHONE
    outcome = orders.rate(talk.session, conversation, said("差评", "rate"))
    assert bath.rating == 1 and bath.rating_words == "差评" and outcome.replies[0].choices[0].value == "我要投诉"


def test_nobody_rates_the_order_of_somebody_else(talk, make, conversation):
    bath = make(**BATH)
    orders.rate(talk.session, conversation, said(f"单号{bath.number}五分", "rate", order_number=bath.number))
    assert bath.rating is None


def test_a_rating_with_the_number_of_an_order_is_taken_at_once(talk, make, conversation):
    bath = make(**BATH)
    told = orders.rate(talk.session, conversation, said(f"单号{bath.number} 打五分", "rate", order_number=bath.number))
    ticket = talk.session.scalars(select(Ticket)).one()
    assert bath.rating is None and ticket.kind == "rating" and say_digits(ticket.number) in told.replies[0].say


def test_a_number_that_no_order_has_is_told_so(talk, conversation):
    told = orders.rate(talk.session, conversation, said("单号2392 打五分", "rate", order_number="2392"))
    assert say_digits("2392") in told.replies[0].say and "没有" in told.replies[0].say
    assert not talk.session.scalars(select(Ticket)).all()


def test_what_has_not_come_yet_cannot_be_rated(talk, make, conversation):
    bath = make(**BATH)
    conversation.phone = PHONE
    told = orders.rate(talk.session, conversation, said(f"单号{bath.number}打五分", "rate", order_number=bath.number))
    assert bath.rating is None and "还没到日子" in told.replies[0].say


def test_the_digits_of_the_number_are_no_points(talk, make, conversation):
    bath = make(**BATH)
    told = orders.rate(talk.session, conversation, said(f"给单号{bath.number}分", "rate", order_number=bath.number))
    assert "几分" in told.replies[0].say


@pytest.mark.parametrize("told, intent, more", [("没有单号", "deny", {}), ("单号我忘了", "dont_know", {}), ("我姓张", "correct", {"person_name": "张"})])
def test_a_name_or_a_missing_number_throws_no_complaint_away(talk, told, intent, more):
    talk.conversation.phone = PHONE
    task = orders.complaint_task
    talk.say(task, "送饭的师傅态度差", "complain")
    heard = talk.say(task, told, intent, **more)
    assert talk.state == "confirming" and "态度差" in heard
    talk.say(task, "对", "affirm")
    assert "态度差" in talk.session.scalars(select(Ticket)).one().summary


def test_a_complaint_becomes_a_ticket_with_a_number(talk, make):
    bath = make(**BATH)
    talk.conversation.phone = PHONE
    task = orders.complaint_task
    assert "什么事" in talk.say(task, "我要投诉", "complain") and talk.state == "asking_what"
    asked = talk.say(task, "洗澡的人毛手毛脚把我弄疼了", "complain", service="bath")
    assert talk.state == "confirming" and "毛手毛脚" in asked
    told = talk.say(task, "对", "affirm")
    ticket = talk.session.scalars(select(Ticket)).one()
    assert talk.state == "submitted" and say_digits(ticket.number) in told
    assert ticket.kind == "complaint" and bath.number in ticket.summary and ticket.phone == PHONE


def test_a_complaint_without_a_telephone(talk):
    task = orders.complaint_task
    talk.say(task, "饭送来都凉了", "complain")
    assert talk.state == "asking_phone"
    talk.say(task, "不留", "deny")
    assert talk.state == "confirming"
    assert "没留电话" in talk.say(task, "对", "affirm")


def test_a_complaint_is_not_sent_without_a_yes(talk):
    talk.conversation.phone = PHONE
    task = orders.complaint_task
    talk.say(task, "饭送来都凉了", "complain")
    assert "重说一遍" in talk.say(task, "不对", "deny")
    assert talk.state == "asking_what" and not talk.session.scalars(select(Ticket)).all()
    assert "先不登记" in talk.say(task, "不说了", "stop") and talk.finished
