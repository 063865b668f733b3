"""Going back loses no count; a wish to change and a question are no remarks; what a nurse must know is noted; the day of the next."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.booking.hearing import is_question
from care.conversation.model import Conversation
from tests.unit.booking_talk import FRIDAY, SATURDAY, Talk, known, meal, time

ADDRESS = "康乐路12号2单元301"


@pytest.fixture
def plain(session: Session, conversation: Conversation) -> Talk:
    return Talk(session, conversation)


def test_going_back_keeps_the_count_unless_another_is_told(plain: Talk) -> None:
    plain.say("后天中午订饭", "book", service="meal", time=time(FRIDAY, part="noon"))
    assert plain.state == "asking_quantity"
    plain.say("三份", quantity={"n": 3, "unit": "份"})
    plain.say("上一个", "go_back")
    assert plain.state == "asking_quantity"
    plain.say("要低盐的", diet="low_salt")
    plain.say(ADDRESS, address=ADDRESS)
    plain.say("13800005555", phone="13800005555")
    assert plain.draft.quantity == 3 and plain.draft.particulars["diet"] == ["low_salt"]


def test_a_wish_to_change_the_address_is_no_remark(plain: Talk) -> None:
    plain.say("后天中午订一份软饭", "book", **meal(diet="soft"))
    plain.say(ADDRESS, address=ADDRESS)
    assert plain.state == "asking_phone"
    plain.hear("改地址", "correct", "change", change=("place", "地址"))
    assert plain.state == "asking_place" and not plain.draft.remarks


@pytest.mark.parametrize("words", ["来的是男的女的", "师傅是男是女", "男师傅还是女师傅", "男的女的来"])
def test_who_comes_is_asked(words: str) -> None:
    assert is_question(words)


@pytest.mark.parametrize("words", ["男的女的都行", "我要个女的", "老人是女的"])
def test_a_wish_for_a_woman_asks_nothing(words: str) -> None:
    assert not is_question(words)


@pytest.fixture
def nurse(session: Session, conversation: Conversation) -> Talk:
    talk = Talk(session, conversation, region="hunan")
    talk.say("后天上午九点护士上门换药", "book", service="home_nursing", time=time(FRIDAY, "09:00", ampm=True))
    assert talk.state == "asking_place"
    return talk


def test_what_the_nurse_must_know_is_noted(nurse: Talk) -> None:
    said = nurse.hear("压疮", "inform", "tells", health=("skin", "压疮"))
    assert "压疮" in said and nurse.draft.remarks == ["压疮"]
    said = nurse.hear("有医嘱", "inform", "remark", address=("有医嘱", "有医嘱"))
    assert "有医嘱" in said and nurse.state == "asking_place" and not nurse.draft.address


def test_what_is_not_there_is_not_noted(nurse: Talk) -> None:
    nurse.hear("没有压疮", "inform", "tells", health=("skin", "压疮"))
    assert not nurse.draft.remarks


def test_words_with_de_are_nobodys_name(nurse: Talk) -> None:
    nurse.say("长沙市芙蓉区韭菜园路9号", address="长沙市芙蓉区韭菜园路9号")
    assert nurse.state == "asking_name"
    nurse.hear("医生开的单子", "inform", "remark", person_name=("医生开的单子", "医生开的单子"))
    assert not nurse.draft.name and nurse.draft.remarks == ["医生开的单子"]


@pytest.fixture
def two(session: Session, conversation: Conversation) -> Talk:
    known(session, conversation)
    talk = Talk(session, conversation)
    talk.say("后天中午订一份软饭", "book", **meal(diet="soft"))
    talk.say("对", "affirm")
    talk.say("再加个理发", "add_item", service="haircut")
    assert talk.state == "confirming"
    return talk


def test_a_day_right_after_the_second_wish_is_that_of_it(two: Talk) -> None:
    said = two.hear("礼拜六上午", "correct", "tells", time=(time(SATURDAY, part="morning"), "礼拜六上午"))
    assert "礼拜六上午" in said and two.draft.date == FRIDAY and two.state == "confirming" and two.order is None
    two.say("对", "affirm")
    assert two.draft.service == "haircut" and two.draft.date == SATURDAY


@pytest.mark.parametrize("words", ["不对，改到礼拜六", "改成礼拜六"])
def test_words_that_put_right_are_about_the_first(two: Talk, words: str) -> None:
    two.hear(words, "correct", "change", time=(time(SATURDAY), "礼拜六"))
    assert two.draft.date == SATURDAY and two.draft.service == "meal"


def test_a_turn_later_a_day_is_about_the_first_again(two: Talk) -> None:
    two.say("送到了打个电话")
    two.hear("礼拜六", "correct", time=(time(SATURDAY), "礼拜六"))
    assert two.draft.date == SATURDAY and two.draft.service == "meal"
