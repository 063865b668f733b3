"""Bookings as they were heard from callers: corrections, asides, slips of the tongue, second thoughts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from care.conversation import manners
from care.conversation.model import Conversation
from care.orders import by_number, service
from tests.conftest import said
from tests.unit.booking_talk import Talk, time

SATURDAY = "2026-11-28"
TOMORROW = "2026-11-26"
FRIDAY = "2026-11-27"
PHONE = "13800007002"


@pytest.fixture
def caller(session: Session, conversation: Conversation) -> Talk:
    return Talk(session, conversation, "nanchang")


def test_no_other_trouble_answers_the_question_about_health_before_it_is_asked(caller: Talk) -> None:
    caller.say("礼拜六上午十点我想洗澡", "book", service="bath", time=time(SATURDAY, "10:00", ampm=True))
    text = f"那就在站里洗，给我自己洗，我叫周桂芳，没发烧，没有别的毛病，电话{PHONE}"
    caller.say(text, bath_place="centre", relation="self", person_name="周桂芳", health="fever", phone=PHONE)
    assert caller.state == "confirming" and "十点" in caller.replies[-1].say
    caller.say("对", "affirm")
    assert by_number(caller.session, caller.order).particulars["health"] == ["none"]


def test_somebody_to_go_along_is_a_ride_to_the_place_named(caller: Talk) -> None:
    caller.say("后天上午九点去西湖区我女儿家，找个人陪着", "book", time=time(FRIDAY, "09:00", ampm=True))
    assert caller.draft.service == "travel" and caller.draft.particulars["destination"] == "西湖区女儿家"


def test_an_aid_of_no_more_use_is_returned_not_rented(caller: Talk) -> None:
    caller.say("轮椅用不着了，你们来人收走吧", "book", aid="wheelchair", service="aids_rental", relation="self")
    assert caller.draft.service == "aids_return"
    assert caller.state != "asking_duration"


def test_an_order_for_yesterday_is_said_to_be_too_late_even_in_a_long_sentence(caller: Talk) -> None:
    text = f"我在南昌，昨天中午给我自己送一份饭，不忌口，送到绿园区景阳大路3号二单元，电话{PHONE}"
    yesterday = time("2026-11-24", part="noon", past=True)
    heard = caller.say(text, "book", service="meal", time=yesterday, relation="self", phone=PHONE)
    assert "过了" in heard and caller.state == "asking_date"


def _meal(talk: Talk) -> None:
    talk.say(
        f"后天中午给我自己订一份饭，不忌口，送到康乐路52号，电话{PHONE}", "book", service="meal", time=time(FRIDAY, part="noon"),
        relation="self", quantity={"n": 1, "unit": "份"}, diet="normal", address="康乐路52号", phone=PHONE,
    )  # fmt: skip
    assert talk.state == "confirming"


def test_a_number_said_again_at_the_end_is_not_asked_for_again(caller: Talk) -> None:
    _meal(caller)
    caller.say(f"电话{PHONE}", change="phone", phone=PHONE)
    assert caller.state == "confirming"


def test_a_policy_question_taken_for_an_answer_is_answered(caller: Talk) -> None:
    caller.say("明天中午我想订饭", "book", service="meal", time=time(TOMORROW, part="noon"), relation="self")
    text = "对了，南昌多久上门看一次老人"
    heard = caller.say(text, topic="visits", aspect="how_often", quantity={"n": 1, "unit": "次"})
    assert "月" in heard or "周" in heard or "次" in heard
    assert caller.state == "asking_quantity"


def test_a_stopped_booking_comes_back_with_all_that_was_said(caller: Talk) -> None:
    _meal(caller)
    caller.say("算了不订了", "stop")
    assert caller.finished
    outcome = manners.loose(caller.session, caller.conversation, said("还是订吧", "stop", "back"))
    assert outcome.state == "confirming" and "康乐路五十二号" in outcome.replies[-1].say


def test_a_stopped_booking_comes_back_when_it_is_heard_as_a_new_one(caller: Talk) -> None:
    _meal(caller)
    caller.say("算了不订了", "stop")
    caller.say("哎，还是订吧", "book")
    assert caller.state == "confirming"


def test_two_diets_for_two_people_are_one_of_each(caller: Talk) -> None:
    caller.say(
        "明天中午给我们送两份饭", "book", service="meal", time=time(TOMORROW, part="noon"), quantity={"n": 2, "unit": "份"},
    )  # fmt: skip
    heard = caller.say("他没牙，我有糖尿病", diet=["soft", "diabetic"])
    assert "一份软饭，一份糖尿病饭" in heard


def test_nonsense_is_no_goodbye(session: Session, conversation: Conversation) -> None:
    unsure = replace(said("呱啦呱啦", "bye"), confidence=0.41)
    assert manners.answer(session, conversation, unsure).state == "unknown"
    assert manners.answer(session, conversation, replace(unsure, text="那就这样，再见")).state == "ended"


def test_a_town_misheard_where_somebody_says_they_are(session: Session, conversation: Conversation) -> None:
    talk = Talk(session, conversation, "")
    talk.say("我在杨林明天中午给我自己送两份软饭", "book", service="meal", time=time(TOMORROW, part="noon"), relation="self")
    assert talk.draft.region == "yangling"


def test_a_room_number_put_right_by_itself_later(caller: Talk) -> None:
    caller.say("明天中午给我订饭", "book", service="meal", time=time(TOMORROW, part="noon"), relation="self")
    caller.say("送到景阳大路3号1门402", address="景阳大路3号1门402")
    caller.say("不对，是四零三", "correct")
    assert caller.draft.address == "景阳大路3号1门403"


def test_a_room_number_put_right_while_the_telephone_is_asked_for(caller: Talk) -> None:
    caller.say(
        "明天中午给我订一份软饭送到阳明路8号302", "book", service="meal", time=time(TOMORROW, part="noon"), relation="self",
        diet="soft", quantity={"n": 1, "unit": "份"}, address="阳明路8号302",
    )  # fmt: skip
    assert caller.state == "asking_phone"
    heard = caller.say("不对，是三零三", "correct")
    assert caller.draft.address == "阳明路8号303" and "十一位" not in heard


def test_an_order_nobody_has_taken_yet_promises_a_call(caller: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "providers", lambda *_: [])
    _meal(caller)
    heard = caller.say("对", "affirm")
    assert caller.state == "submitted" and "再给您回电话" in heard and "订好了" not in heard


def test_only_me_with_bad_teeth_is_one_soft_meal(caller: Talk) -> None:
    caller.say("明天中午给俺送饭", "book", service="meal", time=time(TOMORROW, part="noon"), relation="self")
    heard = caller.say("就俺一个，牙口不中")
    assert "一份软饭" in heard


def test_as_soon_as_possible_takes_the_earlier_of_the_times_proposed(caller: Talk) -> None:
    caller.say("后天下午来换个灯泡，灯泡坏了", "book", service="urgent", time=time(FRIDAY, part="afternoon"), relation="self")
    first = min(caller.draft.options)[1]
    caller.say("越快越好", time=time("2026-11-25", "10:00", vague=True))
    assert (caller.draft.date, caller.draft.time) == (FRIDAY, first)


def test_a_dialect_yes_that_was_not_understood_agrees(caller: Talk) -> None:
    _meal(caller)
    caller.say("啱", "nlu_fallback")
    assert caller.state == "booked"


def test_another_service_wished_for_where_an_address_is_asked_is_kept_for_afterwards(caller: Talk) -> None:
    caller.say("后天中午给我自己订一份饭，不忌口", "book", service="meal", time=time(FRIDAY, part="noon"), relation="self",
               quantity={"n": 1, "unit": "份"}, diet="normal")  # fmt: skip
    assert caller.state == "asking_place"
    heard = caller.say("我想洗个澡", service="bath", address="我想洗个澡")
    assert "洗澡我记着" in heard and caller.draft.service == "meal" and not caller.draft.address


def test_an_amount_is_no_address(caller: Talk) -> None:
    caller.say("后天中午给我自己订饭，不忌口", "book", service="meal", time=time(FRIDAY, part="noon"), relation="self", diet="normal",
               quantity={"n": 1, "unit": "份"})  # fmt: skip
    caller.say("一份", quantity={"n": 1, "unit": "份"})
    assert caller.state == "asking_place" and not caller.draft.address


def foot_care_first(caller: Talk) -> None:
    """An order for the caller's own feet, made in this conversation."""
    text = f"礼拜六上午十点修脚，送到长春普阳街16号3栋5门，周桂芳，{PHONE}，我自己"
    caller.say(text, "book", service="foot_care", relation="self", person_name="周桂芳", phone=PHONE,
               address="长春普阳街16号3栋5门", time=time(SATURDAY, "10:00", ampm=True))  # fmt: skip
    caller.say("对", "affirm")
    assert by_number(caller.session, caller.order).service == "foot_care"


def test_the_same_day_and_home_for_the_spouse(caller: Talk) -> None:
    foot_care_first(caller)
    ten = time("", "11:00", ampm=True)
    caller.say("给我老伴也剪个头吧，同一天，十一点", "book", service="haircut", relation="spouse", time=ten)
    assert caller.draft.date == SATURDAY and "普阳街" in caller.replies[-1].say
    caller.say("还是这个地址，这个电话，他叫马文山", person_name="马文山")
    assert caller.draft.address == "长春普阳街16号3栋5门" and caller.draft.phone == PHONE


@pytest.mark.parametrize("words", ["地址一样，电话也一样", "还是刚才的地址，还是那个号", "老地方，号码不变", "同一个地址，同一个电话"])
def test_the_same_place_and_number_for_somebody_of_another_home(caller: Talk, words: str) -> None:
    foot_care_first(caller)
    eleven = time(SATURDAY, "11:00", ampm=True)
    caller.say("再给我妈剪个头，她叫刘玉兰", "add_item", service="haircut", relation="mother", time=eleven, person_name="刘玉兰")
    assert caller.draft.address == "" and "普阳街" not in caller.replies[-1].say
    caller.say(words)
    assert caller.draft.address == "长春普阳街16号3栋5门" and caller.draft.phone == PHONE
    assert caller.draft.through_asker


@pytest.mark.parametrize("words", ["租的床退了，老爷子走了", "借的轮椅完璧归赵", "租你们的拐杖，人好了"])
def test_what_is_meant_goes_back_whatever_aid_is_named(caller: Talk, words: str) -> None:
    turn = replace(said(words, "order_cancel", service="aids_rental"), meant="aids_return")
    caller._taken(turn)
    assert caller.draft.service == "aids_return"
