"""Telephone numbers and addresses told in pieces, one turn after the other."""

from __future__ import annotations

import pytest

from care.booking import addresses, contact, number_pieces
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


def test_house_and_room_in_one_are_no_piece_of_a_number(phone: Talk) -> None:
    phone.conversation.keep_draft("booking", {**phone.draft.model_dump(), "address": "东莞莞城街道西正路9号"})
    assert "好像少了" not in phone.say("六座302", address="六座302")
    phone.say("一三七一二三四")
    phone.say("零零零零")
    assert (phone.draft.address, phone.draft.phone) == ("东莞莞城街道西正路9号六座302", "13712340000")


def test_a_house_told_at_another_question_goes_with_the_estate(stranger: Talk) -> None:
    stranger.say("周六上午理发，我住杨凌幸福小区", "book", service="haircut", time=time("2026-11-28", part="morning"), address="杨凌幸福小区")
    stranger.say("三栋")
    assert stranger.draft.address == "杨凌幸福小区三栋"


def test_other_things_between_the_pieces_lose_none(phone: Talk) -> None:
    phone.say("一三八")
    phone.say("等一下啊", "hold_on")
    phone.say("零零一三")
    phone.say("八零零零")
    assert phone.draft.phone == "13800138000"


@pytest.mark.parametrize("text", ["我住三号楼", "一份软饭", "后天九点", "一三八零零一三八零零"])
def test_other_words_with_digits_are_no_piece(text: str) -> None:
    assert number_pieces.piece(text) == ""


@pytest.fixture
def place(stranger: Talk) -> Talk:
    """A haircut, up to the question for the place."""
    stranger.conversation.region = ""
    stranger.say("周六上午十点理发", "book", service="haircut", time=SATURDAY)
    assert stranger.state == "asking_place"
    return stranger


@pytest.mark.parametrize(
    ("pieces", "address"),
    [
        (["长沙开福区", "芙蓉北路", "三十六号", "五栋", "二单元", "四零一"], "长沙开福区芙蓉北路三十六号五栋二单元四零一"),
        (["杨凌康乐路8号院", "2号楼", "三单元", "五零一"], "杨凌康乐路8号院2号楼三单元五零一"),
        (["杨村街道", "幸福小区", "六号楼", "一零二"], "杨村街道幸福小区六号楼一零二"),
        (["东莞莞城街道西正路9号", "东正花园", "六座", "302"], "东莞莞城街道西正路9号东正花园六座302"),
    ],
)
def test_an_address_told_in_pieces_keeps_them_all(place: Talk, pieces: list[str], address: str) -> None:
    for piece in pieces:
        assert "没听清" not in place.say(piece) and "好像少了" not in place.say("", "hold_on")
    assert place.draft.address == address
    place.say("一三八")
    place.say("零零一三八零零零")
    assert place.draft.phone == "13800138000" and place.draft.address == address


@pytest.mark.parametrize(
    ("address", "text", "more"),
    [
        ("康乐路8号院2号楼三单元", "五零一", "五零一"),
        ("芙蓉北路三十六号", "五栋二单元", "五栋二单元"),
        ("芙蓉北路三十六号", "五零一", ""),
        ("康乐路8号院2号楼", "一三八", ""),
        ("康乐路8号院2号楼", "1380", ""),
        ("康乐路8号院2号楼303", "五零一", ""),
        ("康乐路8号院2号楼303", "2号楼", ""),
        ("幸福小区3栋", "两份", ""),
        ("幸福小区3栋", "三点", ""),
    ],
)
def test_a_piece_goes_on_with_an_address_only_from_large_to_small(address: str, text: str, more: str) -> None:
    assert addresses.goes_on(address, text) == more


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("凤凰洲，丰和北大道，一百二十号，六单元二零一", "凤凰洲丰和北大道一百二十号六单元二零一"),
        ("他家在绿园区铁西街道普阳街50号2单元301", "绿园区铁西街道普阳街50号2单元301"),
        ("老人住在幸福路18号", "幸福路18号"),
        ("明天中午，芙蓉路3号", "芙蓉路3号"),
    ],
)
def test_the_part_of_town_before_the_street_stays(said: str, address: str) -> None:
    assert addresses.read_address(said) == address


@pytest.mark.parametrize("words", ["马上", "下棋", "去渭河公园", "方便", "唱戏", "人民医院门口"])
def test_everyday_words_are_nobodys_name(phone: Talk, words: str) -> None:
    assert contact.read_name(words) == ""
    phone.say(words)
    assert phone.draft.name == ""


@pytest.mark.parametrize("name", ["马上进", "王秀英", "公孙明", "路村生", "陈庄", "萧月容", "过小刚", "高明"])
def test_names_stay_names(name: str) -> None:
    assert contact.read_name(name) == name
