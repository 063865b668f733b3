"""Whose telephone number was said, where somebody asks for another."""

from __future__ import annotations

import re

import pytest

from care.booking.draft import Draft
from care.booking.whose import OTHERS, OWN, THEIRS, Whose
from care.handover.model import Ticket
from care.orders import by_number
from care.turn import Entity, Turn
from tests.unit.booking_talk import FRIDAY, Talk, time

HERS, MINE = "13511110001", "13600000001"


def numbers(text: str) -> tuple[Entity, ...]:
    """The telephone numbers in the words, as the understanding gives them."""
    return tuple(Entity("phone", m[0], m[0], m.start(), m.end()) for m in re.finditer(r"1\d{10}|[2-9]\d{7}", text))


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        (f"她电话{HERS}我是她女儿{MINE}", [THEIRS, OWN]),
        (f"她电话{HERS} 我{MINE}", [THEIRS, OWN]),
        (f"打{HERS}找她 找不到打我{MINE}", [THEIRS, OWN]),
        (f"{HERS}是我妈的 我自己的是{MINE}", [THEIRS, OWN]),
        (f"我妈{HERS} 我{MINE}", [THEIRS, OWN]),
        (f"我是她儿子电话{MINE}她自己的{HERS}", [OWN, THEIRS]),
        (f"{HERS}我妈的 {MINE}我的", [THEIRS, OWN]),
        (f"{MINE}是我的 她的{HERS}", [OWN, THEIRS]),
        (f"佢电话{HERS} 我系佢个女{MINE}", [THEIRS, OWN]),
        (f"额妈电话{HERS}额是她儿{MINE}", [THEIRS, OWN]),
        (f"座机87654321是老人的 我手机{MINE}", [THEIRS, OWN]),
        (f"有事找我{MINE} 平时打她{HERS}", [OWN, THEIRS]),
        (f"打我妈{HERS}要是没人接打我哥{MINE}", [THEIRS, OTHERS]),
        (f"她没手机 打我的 {MINE}", [OWN]),
        (f"打我这儿{MINE}", [OWN]),
        (f"我妈的电话我给你说{HERS}", [THEIRS]),
        (f"{HERS}，我是她女儿", [""]),
        (f"我记一下{HERS}", [""]),
    ],
)
def test_whose_it_is_stands_before_or_behind_a_number(text: str, whose: list[str]) -> None:
    turn = Turn("c", text, "inform", 0.9, numbers(text), "m")
    assert Whose(Draft(person="mother"), turn).owners(text, numbers(text)) == whose


@pytest.fixture
def mother(talk: Talk) -> Talk:
    """A meal for the caller's mother, up to the question for her number."""
    noon = time(FRIDAY, part="noon")
    talk.say("给我妈订后天中午的饭，送到幸福路18号", "book", service="meal", time=noon, diet="normal", relation="mother", address="幸福路18号")
    return talk


def told(talk: Talk, text: str) -> str:
    """What is answered to words with telephone numbers in them."""
    return talk.say(text, "inform", phone=[one.value for one in numbers(text)])


@pytest.mark.parametrize(
    "text", [f"她电话{HERS}我是她女儿{MINE}", f"打{HERS}找她，找不到打我{MINE}", f"{MINE}是我的，我妈的{HERS}", f"我妈{HERS}，我在外地{MINE}"]
)
def test_of_two_numbers_the_elders_is_hers_and_the_callers_is_kept_apart(mother: Talk, text: str) -> None:
    heard = told(mother, text)
    assert (mother.draft.phone, mother.draft.asker_phone) == (HERS, MINE)
    assert "一三五，一一一一，零零零一" in heard and "一三六" not in heard


@pytest.mark.parametrize("text", [f"她没手机，打我的{MINE}", f"老人没有电话，我的是{MINE}", f"她没手机{MINE}"])
def test_an_elder_without_a_telephone_has_not_the_callers_stored_as_hers(mother: Talk, text: str) -> None:
    heard = told(mother, text)
    assert "打您的电话一三六" in heard and "工作人员会打您的电话，问她一声" in heard
    mother.say("对", "affirm")
    order = by_number(mother.session, mother.order)
    assert (order.person_phone, order.asked_by_phone) == ("", MINE)
    ticket = mother.session.query(Ticket).filter_by(kind="consent").one()
    assert ticket.phone == MINE and "老人没留电话" in ticket.summary


@pytest.mark.parametrize("first", ["她电话没有，打我的138", "打我的138", "我的电话是一三八"])
def test_the_callers_own_number_in_pieces_is_the_callers(mother: Talk, first: str) -> None:
    for piece in (*first.split("，"), "0013", "8000"):
        heard = mother.say(piece)
    assert (mother.draft.phone, mother.draft.asker_phone) == ("13800138000", "13800138000")
    assert "打您的电话一三八" in heard
