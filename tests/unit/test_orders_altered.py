"""How an order that stands is done, told otherwise: repeated with its price, stored on a yes; and whom to call about it."""

from __future__ import annotations

import pytest

from care.conversation import hearing
from care.orders import afterwards, change_task, finding, meaning, wishes
from care.turn import Entity, Turn
from care.wording import say_address
from tests.conftest import said
from tests.unit.orders_talk import Talk, when

CENTRE = {"service": "bath", "date": "2026-11-28", "time": "10:00", "particulars": {"bath_place": "centre"}}
MEAL = {"service": "meal", "date": "2026-11-27", "time": "11:30", "quantity": 2, "particulars": {"diet": ["normal"]}}
CLEANING = {"service": "cleaning", "date": "2026-11-27", "time": "09:00", "particulars": {"cleaning_task": ["room"]}}
AID = {"service": "aids_rental", "date": "2026-11-27", "time": "09:00", "particulars": {"aid": "wheelchair", "duration": {"days": 30}}}


@pytest.fixture
def talk(session, conversation) -> Talk:
    return Talk(session, conversation)


def own(talk: Talk, order):
    finding.made(talk.conversation, order)
    finding.verify(talk.conversation, order)
    return order


def test_a_bath_at_home_instead_of_at_the_centre_asks_for_the_home(talk, make) -> None:
    order = own(talk, make(**CENTRE, address=""))
    assert "上门到哪里" in talk.change("改成在家洗行不，时间不变", "order_reschedule", bath_place="home")
    told = talk.change("凤凰家园3栋1201", address="凤凰家园3栋1201")
    assert "在家洗" in told and "块" in told and told.endswith("对吗？")
    assert order.particulars["bath_place"] == "centre"
    assert "在家洗" in talk.change("对", "affirm") and talk.state == "rescheduled"
    assert order.particulars["bath_place"] == "home" and order.address == "凤凰家园3栋1201"


def test_where_the_home_is_known_it_is_not_asked_again(talk, make) -> None:
    order = own(talk, make(**CENTRE))
    told = talk.change("改成上门洗", "order_reschedule", bath_place="home")
    assert f"上门到{say_address(order.address)}" in told and "对吗" in told
    talk.change("对，改成上门", "affirm", bath_place="home")
    assert talk.state == "rescheduled" and order.particulars["bath_place"] == "home"


@pytest.mark.parametrize(
    ("fields", "words", "entities", "slot", "value", "heard"),
    [
        (CLEANING, "改成擦窗户", {"cleaning_task": "windows"}, "cleaning_task", ["windows"], "擦窗户"),
        (CLEANING, "再加个擦厨房", {"cleaning_task": "kitchen"}, "cleaning_task", ["room", "kitchen"], "擦厨房"),
        (MEAL, "饭换成软一点的", {"diet": "soft"}, "diet", ["soft"], "两份软饭"),
        (AID, "换成护理床", {"aid": "nursing_bed"}, "aid", "nursing_bed", "护理床"),
        (AID, "改成租两个月", {"duration": {"days": 60}}, "duration", {"days": 60}, "六十天"),
    ],
)
def test_what_is_told_otherwise_is_repeated_and_stored(talk, make, fields, words, entities, slot, value, heard) -> None:
    order = own(talk, make(**fields))
    told = talk.change(words, "order_reschedule", **entities)
    assert heard in told and talk.state == "confirming" and order.particulars[slot] != value
    talk.change("对", "affirm")
    assert order.particulars[slot] == value and talk.state == "rescheduled"


def test_only_the_kitchen_costs_less_and_that_is_said(talk, make) -> None:
    order = own(talk, make(**CLEANING))
    told = talk.change("改成只擦厨房", "order_reschedule", cleaning_task="kitchen")
    talk.change("对", "affirm")
    assert order.total == 20 and "二十块" in told


def test_one_portion_of_those_ordered_may_be_soft(talk, make) -> None:
    order = own(talk, make(**MEAL))
    text = "有一份要软一点的"
    entities = (Entity("quantity", {"n": 1, "unit": "份"}, "一份", 1, 3), Entity("diet", "soft", "软", 4, 5))
    told = talk.change(text, turn=Turn("c1", text, "order_reschedule", 0.9, entities, "share"))
    assert "一份软饭" in told and "一份平常饭" in told and "二十四块" in told
    talk.change("对", "affirm")
    assert order.quantity == 2 and order.particulars["diet_shares"] == {"soft": 1}
    assert "两份不辣的饭" in talk.change("饭都换成不放辣的", "order_reschedule", diet="no_spicy")


def test_a_no_keeps_it_as_it_was(talk, make) -> None:
    order = own(talk, make(**CLEANING))
    talk.change("改成擦窗户", "order_reschedule", cleaning_task="windows")
    talk.change("不改了，还是老样子", "deny")
    assert talk.finished and order.particulars["cleaning_task"] == ["room"]


@pytest.mark.parametrize("text", ["改成在家洗行不，时间不变", "对，改成上门", "换成在屋里洗"])
def test_words_with_a_particular_and_a_word_of_change_change_it(talk, make, text) -> None:
    own(talk, make(**CENTRE))
    assert afterwards.means(talk.conversation, said(text, "inform", bath_place="home")) == meaning.CHANGE


def test_where_they_are_picked_up_is_not_where_they_go(talk, make) -> None:
    order = own(talk, make(service="medical", date="2026-11-27", time="10:00", particulars={"hospital": "市医院"}))
    told = talk.change("接我改到幸福路18号行不", "order_reschedule", address="幸福路18号")
    assert "地址换成" in told and "去幸福路" not in told
    talk.change("对", "affirm")
    assert order.address == "幸福路18号" and order.particulars["hospital"] == "市医院"


def test_a_bath_that_is_to_be_had_at_home_after_all(talk, make) -> None:
    order = own(talk, make(**CENTRE))
    assert afterwards.means(talk.conversation, said("算了还是上门", "inform")) == meaning.CHANGE
    assert "在家洗" in talk.change("算了还是上门", "order_reschedule")
    talk.change("算了，还是老样子", "inform")
    assert talk.finished and order.particulars["bath_place"] == "centre"


def test_what_alone_is_wanted_takes_the_place_of_the_rest(talk, make) -> None:
    own(talk, make(**CLEANING))
    text = "玻璃不用擦了只擦厨房就行"
    entities = (Entity("cleaning_task", "windows", "玻璃", 0, 2), Entity("cleaning_task", "kitchen", "厨房", 8, 10))
    told = talk.change(text, turn=Turn("c1", text, "order_reschedule", 0.9, entities, "only"))
    assert "改成擦厨房，一共二十块" in told


def test_the_number_of_somebody_else_is_asked_for(talk, make) -> None:
    order = own(talk, make(**CENTRE))
    talk.conversation.phone = "13912345678"
    turn = said("打我闺女的电话，别打我的", "inform")
    asked = afterwards.answer(talk.session, talk.conversation, turn)
    assert "哪个号码" in asked.replies[-1].say and "139" not in order.particulars["remark"]


ELDER_DOES_NOT_HEAR = "师傅来之前会打电话吗？她手机在屋里接不到的，打我的行不"


def test_the_speaker_is_called_where_the_line_tells_the_number(talk, make) -> None:
    order = own(talk, make(**CENTRE))
    talk.conversation.phone = "13912345678"
    turn = said(ELDER_DOES_NOT_HEAR, "service_query")
    assert afterwards.claims(talk.conversation, turn)
    told = afterwards.answer(talk.session, talk.conversation, turn).replies[0].say
    assert "记上了" in told and "一三九" in told
    assert "13912345678" in order.particulars["remark"] and order.asked_by_phone == "13912345678"


def test_an_unknown_number_is_asked_for_and_written_down(talk, make) -> None:
    order = own(talk, make(**CENTRE))
    asked = afterwards.answer(talk.session, talk.conversation, said(ELDER_DOES_NOT_HEAR, "service_query"))
    assert "哪个号码" in asked.replies[-1].say
    turn = said("13912345678这个", "inform", phone="13912345678")
    assert afterwards.claims(talk.conversation, turn)
    afterwards.answer(talk.session, talk.conversation, turn)
    assert "13912345678" in order.particulars["remark"]


@pytest.mark.parametrize("text", ["她耳朵背，敲门大声点", "我妈耳朵聋敲门大点声", "跟她说话大声点", "喊他大声点", "到了打电话大点声"])
def test_how_loud_others_are_to_be_is_no_command(text) -> None:
    assert hearing.command(text) is None


@pytest.mark.parametrize("text", ["大声点", "我耳朵背，你大声点", "大点声说"])
def test_louder_is_a_command_still(text) -> None:
    assert hearing.command(text) == "louder"


def test_a_day_is_moved_together_with_a_particular(talk, make) -> None:
    order = own(talk, make(**CENTRE))
    told = talk.change("改到周一上午十点，在家洗", "order_reschedule", bath_place="home", time=when("2026-11-30", "10:00"))
    assert "在家洗" in told and "星期一" in told
    talk.change("对", "affirm")
    assert str(order.date) == "2026-11-30" and order.particulars["bath_place"] == "home"


DAY_CARE = {"service": "day_care", "date": "2026-11-27", "time": "08:30", "particulars": {"remark": "下午四点半来接"}}


def test_the_hour_of_arrival_at_the_day_centre_is_moved(talk, make) -> None:
    order = own(talk, make(**DAY_CARE))
    told = talk.change("改到九点送", "order_reschedule", time=when(time="09:00", ampm=False))
    assert "上午九点" in told and talk.state == "confirming" and order.time == "08:30"
    talk.change("对", "affirm")
    assert talk.state == "rescheduled" and order.time == "09:00" and order.particulars["remark"] == "下午四点半来接"


def test_nobody_arrives_outside_the_hours(talk, make) -> None:
    order = own(talk, make(**DAY_CARE))
    told = talk.change("改到晚上九点送", "order_reschedule", time=when(time="21:00"))
    assert "没有日间照料" in told and order.time == "08:30"


def test_the_hour_of_being_fetched_home_is_moved_by_itself(talk, make) -> None:
    order = own(talk, make(**DAY_CARE))
    words = "改到五点来接"
    turn = said(words, "order_reschedule")
    hour = Entity("time", when(time="05:00", ampm=False), "五点", 2, 4)
    told = talk.say(change_task, words, turn=Turn(turn.conversation, words, "order_reschedule", 0.9, (hour,), "x1"))
    assert "下午五点来接" in told and talk.state == "confirming" and "块" not in told
    talk.change("对", "affirm")
    assert order.time == "08:30" and order.particulars["remark"] == "下午五点来接"


def test_how_loudly_to_call_is_noted_whatever_the_bot_is_sure_of(talk, make) -> None:
    own(talk, make(**MEAL))
    assert afterwards.means(talk.conversation, said("到了打电话大点声", "louder")) == meaning.NOTE


def test_another_service_in_the_reason_is_no_new_order() -> None:
    text = "我妈说下周二她要去体检，能不能改成下周四"
    found = (Entity("service", "medical", "体检", 9, 11), Entity("time", {"date": "2026-12-03"}, "下周四", 18, 21))
    assert afterwards._moved_in_a_clause(Turn("c", text, "book", 0.6, found))
    text = "改成陪我去体检，下周四"
    found = (Entity("service", "medical", "体检", 5, 7), Entity("time", {"date": "2026-12-03"}, "下周四", 8, 11))
    assert not afterwards._moved_in_a_clause(Turn("c", text, "book", 0.6, found))


@pytest.mark.parametrize(("text", "days"), [("晚四天", 4), ("一共4晚", 0), ("住两晚，四天", 0), ("明晚，四天", 0)])
def test_nights_are_no_delay(text: str, days: int) -> None:
    by = wishes.shift(said(text, "inform", duration={"days": 4}))
    assert (by.days if by else 0) == days
