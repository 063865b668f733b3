"""Changing one's mind in a booking: corrections, another service, a second item."""

from __future__ import annotations

from care.orders import of_conversation
from care.turn import Entity, Turn
from tests.unit.booking_talk import FRIDAY, HOME, SATURDAY, THURSDAY, Talk, time

# --- corrections --------------------------------------------------------------------------------------------


def test_not_tomorrow_but_the_day_after(talk: Talk) -> None:
    talk.say("明天中午送饭", "book", service="meal", time=time(THURSDAY, part="noon"))
    heard = talk.say("不是明天，是后天", "correct", time=[time(THURSDAY), time(FRIDAY)])
    assert "后天，星期五，中午十一点半" in heard and talk.draft.date == FRIDAY


def test_a_corrected_hour_stays_in_its_half_of_the_day(talk: Talk) -> None:
    talk.say("后天下午三点理发", "book", service="haircut", time=time(FRIDAY, "15:00", "afternoon", ampm=True))
    talk.say("不对，四点", "deny", time=time(time="04:00"))
    assert talk.draft.time == "16:00" and talk.draft.date == FRIDAY


def test_a_correction_during_confirmation_is_confirmed_anew(talk: Talk) -> None:
    talk.to_confirmation()
    heard = talk.say("不对，要两份", "deny", quantity={"n": 2, "unit": "份"})
    assert "两份软饭" in heard and "二十四块" in heard and talk.state == "confirming"


def test_yes_but_something_else_is_not_a_yes(talk: Talk) -> None:
    talk.to_confirmation()
    heard = talk.say("对，不过是晚上", "affirm", time=time(part="evening"))
    assert talk.state == "confirming" and "晚上" in heard or "下午五点" in heard
    assert not of_conversation(talk.session, "c1")


def test_a_bare_no_asks_what_to_change(talk: Talk) -> None:
    talk.to_confirmation()
    assert "哪里要改" in talk.say("不对", "deny")
    assert talk.state == "asking_change" and talk.choices == ["改日子", "改时间", "改地址"]
    heard = talk.say("改地址", "correct", change="place")
    assert talk.state == "asking_place" and heard.endswith("送到哪里？说小区、几号楼、几号。")
    heard = talk.say("幸福路十八号五零二")
    assert "送到幸福路十八号五零二" in heard and "软饭" in talk.replies[-1].show and talk.state == "confirming"


def test_what_to_change_may_be_answered_with_the_new_value(talk: Talk) -> None:
    talk.to_confirmation()
    talk.say("不对", "deny")
    talk.say("大后天", time=time(SATURDAY))
    assert talk.draft.date == SATURDAY and talk.draft.time == "11:30" and talk.state == "confirming"


def test_the_address_is_wrong_asks_for_the_address_only(talk: Talk) -> None:
    talk.to_confirmation()
    talk.say("地址不对", "correct")
    assert talk.state == "asking_place" and talk.draft.date == FRIDAY


def test_changing_the_service_keeps_what_both_share(talk: Talk) -> None:
    talk.say("后天上午十点理发", "book", service="haircut", time=time(FRIDAY, "10:00", "morning", ampm=True))
    heard = talk.say("改成洗澡", "correct", service="bath")
    assert "前面说的我都留着" in heard and talk.state == "asking_bath_place"
    assert (talk.draft.date, talk.draft.time) == (FRIDAY, "10:00")


def test_changing_to_a_service_with_other_hours_offers_times(talk: Talk) -> None:
    talk.say("后天中午送饭", "book", service="meal", time=time(FRIDAY, part="noon"))
    heard = talk.say("不要饭了，改成理发", "correct", service="haircut")
    assert talk.state == "asking_time" and len(talk.choices) == 2 and "不在服务时间" in heard


# --- a second item ------------------------------------------------------------------------------------------


def test_a_second_item_waits_until_the_first_is_confirmed(talk: Talk) -> None:
    talk.to_confirmation()
    heard = talk.say("再订个理发", "add_item", service="haircut")
    assert "我记着" in heard and talk.state == "confirming"
    heard = talk.say("对", "affirm")
    assert "订好了" in heard and "还有别的事吗" not in heard and talk.state == "asking_date"
    assert (talk.draft.service, talk.draft.address) == ("haircut", HOME)
    heard = talk.say("大后天上午十点", time=time(SATURDAY, "10:00", "morning", ampm=True))
    assert talk.state == "confirming"
    talk.say("对", "affirm")
    assert talk.state == "booked" and len(of_conversation(talk.session, "c1")) == 2


def test_two_services_in_one_sentence_are_booked_one_after_the_other(talk: Talk) -> None:
    talk.say("我想订饭，还要理发", "book", service=["meal", "haircut"])
    assert talk.draft.service == "meal" and [wish.service for wish in talk.draft.queue] == ["haircut"]


def test_what_was_said_about_the_second_item_is_not_lost_and_does_not_touch_the_first(talk: Talk) -> None:
    talk.to_confirmation()
    later = time(SATURDAY, "10:00", "morning", ampm=True)
    talk.say("再约个大后天上午十点的理发", "add_item", service="haircut", time=later)
    assert talk.draft.date == FRIDAY and talk.state == "confirming"
    heard = talk.say("对", "affirm")
    assert talk.state == "confirming" and "理发" in heard and "上午十点" in heard
    assert (talk.draft.date, talk.draft.time, talk.draft.address) == (SATURDAY, "10:00", HOME)


def test_the_same_service_once_more_on_another_day(talk: Talk) -> None:
    talk.to_confirmation()
    heard = talk.say("再订个大后天中午的", "add_item", time=time(SATURDAY, part="noon"))
    assert "再订一次我记着" in heard and talk.draft.date == FRIDAY
    talk.say("对", "affirm")
    assert talk.draft.service == "meal" and talk.draft.date == SATURDAY and talk.state == "asking_quantity"


def test_after_a_booking_the_next_offers_the_same_address(talk: Talk) -> None:
    talk.to_confirmation()
    talk.say("不对", "deny")
    talk.say("送到幸福路十八号五零二", "correct", address="幸福路十八号五零二")
    talk.say("对", "affirm")
    talk.say(
        "再约个理发，大后天上午十点",
        "book",
        service="haircut",
        time=time(SATURDAY, "10:00", "morning", ampm=True),
    )
    assert "幸福路十八号五零二" in talk.replies[-1].say and talk.state == "asking_place"


def test_once_more_after_a_booking_means_the_same_service(talk: Talk) -> None:
    talk.to_confirmation()
    talk.say("对", "affirm")
    talk.say("再订个大后天中午的", "add_item", time=time(SATURDAY, part="noon"))
    assert (talk.draft.service, talk.draft.date) == ("meal", SATURDAY)


def test_going_back_from_the_confirmation_asks_the_last_question_again(talk: Talk) -> None:
    talk.to_confirmation()
    talk.say("退回去", "go_back")
    assert talk.state == "asking_place" and talk.draft.address == ""


def test_what_it_is_not_is_no_correction(talk: Talk) -> None:
    talk.say("周六上午九点陪我去湘雅二医院看骨科", "book", service="medical", time=time(SATURDAY, "09:00", ampm=True), facility="湘雅二医院", department="骨科")
    text = "号看错了，是神经内科，不是骨科"
    found = tuple(Entity("department", word, word, text.find(word), text.find(word) + len(word)) for word in ("神经内科", "骨科"))
    talk._taken(Turn(talk.conversation.id, text, "correct", 0.9, found, "m9"))
    assert talk.draft.particulars["department"] == "神经内科"
