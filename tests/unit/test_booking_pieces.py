"""Telephone numbers and addresses told in pieces, one turn after the other."""

from __future__ import annotations

import pytest

from care.booking import number_pieces
from tests.unit.booking_talk import Talk, time

SATURDAY = time("2026-11-28", "10:00", ampm=True)


@pytest.fixture
def phone(stranger: Talk) -> Talk:
    """A haircut, up to the question for the number."""
    stranger.say("周六上午十点理发，杨凌康乐路8号院1号楼303", "book", service="haircut", time=SATURDAY, address="杨凌康乐路8号院1号楼303")
    assert stranger.state == "asking_phone"
    return stranger


@pytest.mark.parametrize(
    ("pieces", "number"),
    [
        (["一三八", "零零一三", "八零零零"], "13800138000"),
        (["138", "0013", "8000"], "13800138000"),
        (["我电话是一五二九", "一一一", "零零二五"], "15291110025"),
        (["一三八", "七四八零", "三三四四"], "13874803344"),
        (["幺三八，", "然后是零零一三", "最后八零零零"], "13800138000"),
        (["一三", "八零", "零一", "三八", "零零", "零"], "13800138000"),
        (["一三八", "一三八零零一三", "八零零零"], "13800138000"),
        (["零七三一", "八七零三", "六六六六"], "073187036666"),
        (["八七零三", "六六六六"], "87036666"),
        (["1529111", "0025"], "15291110025"),
    ],
)
def test_a_number_told_in_pieces_is_joined(phone: Talk, pieces: list[str], number: str) -> None:
    for piece in pieces[:-1]:
        heard = phone.say(piece)
        assert phone.state == "asking_phone" and "好像少了" not in heard
    phone.say(pieces[-1])
    assert phone.draft.phone == number and phone.state == "confirming"


def test_what_was_heard_is_said_back_and_the_rest_asked_for(phone: Talk) -> None:
    assert phone.say("一三八").endswith("一三八，后面呢？")
    assert phone.say("零零一三").endswith("一三八，零零一三，后面呢？")


def test_other_things_between_the_pieces_lose_none(phone: Talk) -> None:
    phone.say("一三八")
    phone.say("等一下啊", "hold_on")
    phone.say("零零一三")
    phone.say("八零零零")
    assert phone.draft.phone == "13800138000"


@pytest.mark.parametrize("text", ["我住三号楼", "一份软饭", "后天九点", "一三八零零一三八零零"])
def test_other_words_with_digits_are_no_piece(text: str) -> None:
    assert number_pieces.piece(text) == ""
