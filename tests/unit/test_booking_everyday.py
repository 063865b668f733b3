"""What people really say while they book: tales, names in passing, numbers behind addresses, second thoughts."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from care import company
from care.booking import clause, contact
from care.booking.hearing import is_question
from care.conversation import manners
from care.conversation.model import Conversation
from care.handover import Ticket
from care.orders import as_card, by_number
from tests.conftest import said
from tests.unit.booking_talk import Talk, time

THURSDAY, FRIDAY = "2026-11-26", "2026-11-27"
HINTS = ["坏", "漏", "换药", "买", "缴费"]


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    return Talk(session, conversation)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("厨房水管漏水，滴滴答答的，叫个师傅来", "厨房水管漏水"),
        ("我家灯泡坏了，厨房的，黑咕隆咚的啥也看不见，你们快派个人来", "灯泡坏了，厨房的"),
        ("买两斤鸡蛋，一袋米，再交个电费", "买两斤鸡蛋，一袋米，再交个电费"),
        ("想给她约个上门护理换药", "换药"),
    ],
)
def test_a_problem_is_kept_in_the_words_that_name_it(text: str, short: str) -> None:
    assert clause.naming(text, HINTS, asked=False) == short


def test_a_tale_without_a_pause_is_no_problem() -> None:
    assert clause.naming("我这个人一辈子不爱麻烦人上楼下楼都费劲买个菜要歇三四回上个礼拜去菜场", HINTS, asked=False) == ""


def test_names_told_in_passing_and_numbers_that_are_none() -> None:
    assert contact.told_name("给我自己，我叫麦少芬，住虎门大道20号") == "麦少芬"
    assert contact.told_name("我叫人来修一下") == ""
    assert contact.read_name("一三八零零") == ""


def test_seeing_nothing_asks_nothing() -> None:
    assert not is_question("黑咕隆咚的啥也看不见") and is_question("洗一次多少钱")


def test_heart_trouble_is_never_over(talk: Talk) -> None:
    talk.say("明天上午十点在家洗澡", "book", service="bath", time=time(THURSDAY, "10:00", ampm=True), bath_place="home")
    assert talk.state == "asking_health"
    heard = talk.say("心脏不好，去年装了支架")
    assert "洗澡不安全" in heard and talk.finished


def test_no_wheelchair_means_none(talk: Talk) -> None:
    talk.say("明天八点陪我去市医院看骨科", "book", service="medical", time=time(FRIDAY, "08:00", ampm=True),
             medical_task="escort", facility="市医院", department="骨科")  # fmt: skip
    assert talk.state == "asking_place"
    talk.say("不要轮椅", mobility="wheelchair")
    assert talk.draft.particulars["wheelchair"] is False


def test_a_house_without_a_street_is_asked_on(talk: Talk) -> None:
    talk.say("明天中午一份饭没忌口", "book", service="meal", time=time(THURSDAY, part="noon"), diet="normal",
             quantity={"n": 1, "unit": "份"})  # fmt: skip
    assert "哪个小区" in talk.say("2号楼101", address="2号楼101")
    talk.say("光明社区", address="光明社区")
    assert talk.draft.address == "光明社区2号楼101"


def test_a_number_right_after_an_address_is_no_part_of_it(talk: Talk) -> None:
    talk.say("给我自己送明天中午一份饭没忌口，送到桐梓坡社区三栋402，13900001111", "book", service="meal", diet="normal",
             time=time(THURSDAY, part="noon"), quantity={"n": 1, "unit": "份"}, address="桐梓坡社区三栋40213900001111")  # fmt: skip
    assert talk.draft.address == "桐梓坡社区三栋402" and talk.draft.phone == "13900001111"


def test_the_elder_is_asked_by_the_staff_before_anything_is_done(talk: Talk) -> None:
    talk.say("给我妈订明天中午一份饭，没忌口", "book", service="meal", relation="mother", diet="normal",
             time=time(THURSDAY, part="noon"), quantity={"n": 1, "unit": "份"}, address="幸福路18号5栋", phone="13812345678")  # fmt: skip
    heard = talk.say("对", "affirm")
    assert "工作人员会打电话问您母亲" in heard and "我今天" not in heard
    order = by_number(talk.session, talk.order or "")
    ticket = talk.session.scalars(select(Ticket).where(Ticket.kind == "consent")).one()
    assert order is not None and order.status == "submitted" and order.number in ticket.summary
    assert ticket.phone == "13812345678"
    card = as_card(order)
    assert card["status_name"] == "等老人同意" and card["region"] == "yangling"
    assert "13812345678" not in str(as_card(order, private=False))


def test_what_was_found_out_is_not_asked_again(talk: Talk) -> None:
    talk.conversation.remember(eligibility={"benefit": "home_adaptation", "relation": "mother"}, facts={"mother": {}})
    heard = talk.say("我想要登记适老化改造", "book", service="home_adaptation")
    assert talk.draft.person == "mother" and talk.state == "asking_place" and "您母亲住在哪里" in heard


def test_company_goes_on_after_small_answers(session: Session, conversation: Conversation) -> None:
    turns = [("想说说话", "lonely"), ("吃了碗面", "inform"), ("挺好的", "well_being"), ("不用，再陪我说会儿", "deny")]
    heard = []
    for text, intent in turns:
        act = {"lonely": company.lonely, "well_being": company.well_being}.get(intent, manners.loose)
        outcome = act(session, conversation, said(text, intent))
        conversation.last_replies = [one.as_dict() for one in outcome.replies]
        heard.append(outcome.replies[0].say)
    assert "上门坐坐" in heard[2] and "接着聊" in heard[3]
    assert len(set(heard)) == 4 and not any("要办" in one for one in heard)
