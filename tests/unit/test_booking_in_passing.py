"""What callers say beside the answer that was asked for, and whom and what they do not mean by it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from care import routing
from care.booking import contact, task
from care.conversation import manners, repair
from care.conversation.model import Conversation
from care.orders import by_number
from care.service_list import SERVICE_SPOKEN_OF
from care.turn import Entity
from tests.conftest import said
from tests.unit.booking_talk import Talk, time

FRIDAY, SATURDAY = "2026-11-27", "2026-11-28"


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    return Talk(session, conversation)


def bath_until_name(talk: Talk) -> None:
    talk.say("周六上午九点在家洗澡", "book", service="bath", time=time(SATURDAY, "09:00", ampm=True), bath_place="home")
    talk.say("都没有", "deny")
    talk.say("西农路29号", address="西农路29号")
    assert talk.state == "asking_name"


def test_a_change_said_instead_of_the_name_is_no_name(talk: Talk) -> None:
    bath_until_name(talk)
    talk.say("等等,改成十点", "correct", time=time(time="10:00", ampm=True))
    assert talk.draft.time == "10:00" and not talk.draft.name and talk.state == "asking_name"


@pytest.mark.parametrize("words", ["在家", "在家里", "擦玻璃跟厨房", "她走路要人扶,低保"])
def test_what_is_no_address_is_asked_again(talk: Talk, words: str) -> None:
    talk.say("后天下午两点打扫全屋", "book", service="cleaning", time=time(FRIDAY, "14:00", ampm=True), cleaning_task="whole")
    entities = {"cleaning_task": ["windows", "kitchen"]} if "玻璃" in words else {}
    assert talk.state == "asking_place"
    talk.say(words, "inform", **entities)
    talk.say("西农路6号", address="西农路6号")
    assert talk.draft.address == "西农路6号"


def test_a_street_named_after_a_cure_orders_no_nurse(talk: Talk) -> None:
    talk.say("后天中午一份饭", "book", service="meal", time=time(FRIDAY, "", "noon"), quantity={"n": 1, "unit": "份"})
    talk.say("送到康复路1号", address="康复路1号")
    turn = said("错了,是康复路11号", "correct", "m9", address="康复路11号")
    turn = replace(turn, entities=(*turn.entities, Entity("service", "home_nursing", "康复")))
    task.take(talk.session, talk.conversation, turn)
    assert (talk.draft.service, talk.draft.address) == ("meal", "康复路11号")


def test_a_surname_is_no_yes_to_a_wheelchair(talk: Talk) -> None:
    talk.say("明天上午八点送我去人民医院", "book", service="travel", facility="人民医院", time=time("2026-11-26", "08:00", ampm=True))
    assert talk.state == "asking_wheelchair"
    talk.say("陈国强", "affirm")
    assert "wheelchair" not in talk.draft.particulars


def test_a_wheelchair_named_at_once_is_not_asked_for(talk: Talk) -> None:
    talk.say("明早八点送我去人民医院 轮椅", "book", service="travel", facility="人民医院", time=time("2026-11-26", "08:00", ampm=True))
    assert talk.draft.particulars["wheelchair"] is True


def test_who_fetches_medicine_brings_no_wheelchair(talk: Talk) -> None:
    talk.say("后天上午十点帮我去人民医院取药", "book", service="medical", medical_task="fetch_medicine", facility="人民医院",
             time=time(FRIDAY, "10:00", ampm=True))  # fmt: skip
    assert talk.state == "asking_place"


@pytest.mark.parametrize(
    ("words", "relations", "person"),
    [
        ("不是给我妈,是给我爸订", ["mother", "father"], "father"),
        ("我妈不用,给我爸订", ["mother", "father"], "father"),
        ("给我爸和我妈订", ["father", "mother"], "parents"),
        ("隔壁老李介绍来的,我想订个饭", ["neighbour"], "self"),
        ("我爸在杨凌,给他订明天的饭", ["father"], "father"),
    ],
)
def test_for_whom(talk: Talk, words: str, relations: list[str], person: str) -> None:
    said_as = {"mother": "我妈", "father": "我爸", "neighbour": "隔壁"}
    turn = said(words, "book", "m1", service="meal")
    entities = tuple(Entity("relation", name, said_as[name]) for name in relations)
    turn = replace(turn, entities=(*turn.entities, *entities))
    task.take(talk.session, talk.conversation, turn)
    assert talk.draft.person == person


def test_the_granny_next_door_is_not_the_callers_own(talk: Talk) -> None:
    turn = said("帮三楼的独居老人赵奶奶约个上门探访", "book", "m1", service="visit")
    turn = replace(turn, entities=(*turn.entities, Entity("relation", "grandmother", "奶奶")))
    task.take(talk.session, talk.conversation, turn)
    assert talk.draft.person != "grandmother"


def test_an_elder_without_a_telephone_is_reached_by_the_callers(talk: Talk) -> None:
    talk.say("给我妈约能力评估", "book", service="ability_assessment", relation="mother")
    talk.say("墩子塘3号", address="墩子塘3号")
    talk.say("她叫胡水英", person_name="胡水英")
    talk.say("她没电话,打我的13755512345", "deny", phone="13755512345")
    assert talk.state == "confirming" and talk.draft.phone == talk.draft.asker_phone == "13755512345"


@pytest.mark.parametrize("words", ["就这个号", "显示的这个就行", "打我个一零四七他耳朵聋", "就打我手里这个"])
def test_the_number_somebody_calls_with_can_be_named_so(stranger: Talk, words: str) -> None:
    stranger.conversation.phone, stranger.conversation.region = "13800001047", "hunan"
    stranger.say("给我妈后天中午订一份饭，不忌口", "book", service="meal", relation="mother", quantity={"n": 1, "unit": "份"},
                 diet="normal", time=time(FRIDAY, "12:00", ampm=True))  # fmt: skip
    stranger.say("长沙幸福路12号3栋501", address="长沙幸福路12号3栋501")
    assert stranger.state == "asking_phone"
    stranger.say(words)
    assert stranger.draft.phone == stranger.draft.asker_phone == "13800001047"


def test_a_number_that_nobody_sees_is_asked_for_again(stranger: Talk) -> None:
    stranger.conversation.phone, stranger.conversation.region = None, "hunan"
    stranger.say("后天中午订一份饭，不忌口", "book", service="meal", quantity={"n": 1, "unit": "份"}, diet="normal",
                 time=time(FRIDAY, "12:00", ampm=True))  # fmt: skip
    stranger.say("长沙幸福路12号3栋501", address="长沙幸福路12号3栋501")
    assert "看不到" in stranger.say("就这个号") and stranger.state == "asking_phone"


def test_a_leak_is_seen_to_as_soon_as_can_be(talk: Talk) -> None:
    heard = talk.say("水管爆了,快找人来修", "book", service="urgent")
    assert "今天" in heard and talk.state == "asking_time"


def test_two_days_of_one_wish_are_one_order(talk: Talk) -> None:
    talk.say("周六和周日中午各送两份饭,不忌口", "book", service="meal", quantity={"n": 2, "unit": "份"}, diet="normal",
             time=time(SATURDAY, "", "noon", weekdays=[6, 7]))  # fmt: skip
    talk.say("西农路1号", address="西农路1号")
    talk.say("13100022222", phone="13100022222")
    talk.say("对", "affirm")
    order = by_number(talk.session, talk.order or "")
    assert order is not None and [day.day.isoformat() for day in order.days] == [SATURDAY, "2026-11-29"]


def test_a_portion_of_each_are_two(talk: Talk) -> None:
    one = {"n": 1, "unit": "份"}
    talk.say("后天中午两份饭", "book", service="meal", time=time(FRIDAY, "", "noon"), quantity={"n": 2, "unit": "份"})
    talk.say("一份糖尿病的一份普通的", "inform", quantity=[one, one], diet=["diabetic", "normal"])
    assert talk.draft.quantity == 2 and talk.draft.shares == {"diabetic": 1}


def test_a_house_number_put_right_is_no_day(talk: Talk) -> None:
    talk.say("后天中午一份饭,不忌口", "book", service="meal", time=time(FRIDAY, "", "noon"), quantity={"n": 1, "unit": "份"}, diet="normal")
    talk.say("西农路15号", address="西农路15号")
    turn = said("不对,送到16号", "correct", "m9", time=time("2026-12-16"))
    entity = Entity("time", turn.entities[0].value, "16号")
    task.take(talk.session, talk.conversation, replace(turn, entities=(entity,)))
    assert (talk.draft.date, talk.draft.address) == (FRIDAY, "西农路16号")
    assert contact.to_a_door("送到16号", "16号") and not contact.to_a_door("16号送", "16号")


def test_a_stopped_booking_comes_back_with_what_is_said_along(talk: Talk) -> None:
    talk.say("约个理发", "book", service="haircut")
    talk.say("算了不要了", "stop")
    back = said("还是约吧,后天下午三点", "inform", "back", time=time(FRIDAY, "15:00", ampm=True))
    outcome = repair.answer(talk.session, talk.conversation, back)
    assert outcome.state == "asking_place" and (talk.draft.date, talk.draft.time) == (FRIDAY, "15:00")


def test_what_was_just_priced_can_be_had_by_a_word(talk: Talk) -> None:
    talk.conversation.remember(**{SERVICE_SPOKEN_OF: "bath"})
    turn = said("那约一个后天下午三点的", "inform", "m1", time=time(FRIDAY, "15:00", ampm=True))
    manners.loose(talk.session, talk.conversation, turn)
    assert "洗澡" in talk.conversation.recall("again")


def test_the_place_after_a_price_is_a_question_for_the_price(talk: Talk) -> None:
    talk.conversation.remember(**{SERVICE_SPOKEN_OF: "meal"})
    talk.conversation.last_replies = [{"say": "送餐，一份十二块，这是演示的价。要帮您订吗？", "show": ""}]
    manners.loose(talk.session, talk.conversation, said("杨凌的", "inform", place={"region": "yangling", "name": "杨凌"}))
    assert talk.conversation.recall("again").endswith("多少钱")


def test_one_more_of_what_was_just_ordered_alters_the_order(talk: Talk) -> None:
    turn = said("刚才那个饭加一份,来两份", "add_item", service="meal", quantity={"n": 2, "unit": "份"})
    assert routing.claimed_by(talk.conversation, turn) != "change"
    talk.conversation.remember(last_order="7582")
    assert routing.claimed_by(talk.conversation, turn) == "change"
    assert routing.claimed_by(talk.conversation, said("再给我爸订一份", "add_item", service="meal")) != "change"


def test_two_things_wanted_go_to_the_same_address(talk: Talk) -> None:
    text = "给我爸明天上午理发,再给我妈后天中午送饭,我们在西农路33号"
    turn = said(text, "book", "m1")
    found = (
        Entity("time", time("2026-11-26", "", "morning"), "明天上午", 3, 7), Entity("service", "haircut", "理发", 7, 9),
        Entity("time", time(FRIDAY, "", "noon"), "后天中午", 14, 18), Entity("service", "meal", "送饭", 18, 20),
        Entity("address", "西农路33号", "西农路33号", text.index("西"), len(text)),
    )  # fmt: skip
    task.take(talk.session, talk.conversation, replace(turn, entities=found))
    assert talk.draft.address == "西农路33号" and [wish.service for wish in talk.draft.queue] == ["meal"]


@pytest.mark.parametrize(
    ("words", "service"),
    [
        ("后天早上八点送我爸去省中医院 带轮椅", "travel"),
        ("想找个人推着轮椅带我妈去公园转转", "travel"),
        ("轮椅租一个,推我妈去公园转转", "aids_rental"),
        ("想要个轮椅,推老伴去医院用", "aids_rental"),
    ],
)
def test_who_is_taken_out_in_a_wheelchair_rents_none(talk: Talk, words: str, service: str) -> None:
    talk.say(words, "book", aid="wheelchair")
    assert talk.draft.service == service


@pytest.mark.parametrize(
    ("words", "service"),
    [
        ("白天想把老人放你们那儿", "day_care"),
        ("我想学怎么给老人翻身喂饭", "carer_training"),
        ("想约人来陪我妈", "visit"),
        ("请人剃头", "haircut"),
    ],
)
def test_services_wanted_in_everyday_words(talk: Talk, words: str, service: str) -> None:
    talk.say(words, "book")
    assert talk.draft.service == service


def errand_asked_the_day(talk: Talk) -> None:
    talk.say("帮我买两板鸡蛋", "book", service="errand", problem="两板鸡蛋")
    assert talk.state == "asking_date"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("我孙崽要转来恰饭，礼拜六上昼九点半送来就好", "恰饭"),
        ("我闺女回来吃饭，礼拜六上午九点半送吧", "吃饭"),
        ("孩子们过来吃饭，礼拜六上午九点半送吧", "吃饭"),
    ],
)
def test_a_meal_that_others_come_for_swallows_no_day(talk: Talk, text: str, word: str) -> None:
    errand_asked_the_day(talk)
    hour = (time(SATURDAY, "09:30", "morning", ampm=True), "礼拜六上")
    heard = talk.hear(text, "book", "tells", service=("meal", word), time=hour)
    assert (talk.draft.date, talk.draft.time) == (SATURDAY, "09:30") and not talk.draft.queue and "送餐" not in heard


def test_the_day_that_was_asked_for_is_taken_beside_another_wish(talk: Talk) -> None:
    errand_asked_the_day(talk)
    talk.hear("礼拜六上午九点半，另外再订一份饭", "add_item", "", service=("meal", "订一份饭"), time=(time(SATURDAY, "09:30", "morning", ampm=True), "礼拜六上午九点半"))  # fmt: skip
    assert talk.draft.date == SATURDAY and [wish.service for wish in talk.draft.queue] == ["meal"]
