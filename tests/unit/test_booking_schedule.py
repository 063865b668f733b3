"""Days and times in a booking: which hour is meant, what cannot be had and what is near, several days in one order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from care.booking import data, task
from care.conversation.model import Conversation
from care.orders import OrderRequest, by_number, place, speech
from care.service_list import item
from care.turn import Entity, Turn
from tests.conftest import said
from tests.unit.booking_talk import FRIDAY, SATURDAY, THURSDAY, Talk, time

TODAY = "2026-11-25"
NEW_YEAR = "2027-01-01"


def fill(talk: Talk, service: str, day: str, hour: str, places: int) -> None:
    """Takes the places of a slot."""
    for n in range(places):
        place(talk.session, OrderRequest(f"other-{day}-{hour}-{n}", "yangling", service, day, time=hour))


def test_the_hours_of_the_service_decide_the_half_of_the_day(talk: Talk) -> None:
    talk.say("后天三点理发", "book", service="haircut", time=time(FRIDAY, "03:00"))
    assert talk.draft.time == "15:00" and talk.state == "asking_place"


def test_an_hour_open_in_both_halves_is_asked_for(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    long_day = item("yangling", "urgent").model_copy(update={"hours": (("07:00", "21:00"),)})
    monkeypatch.setattr(data, "item", lambda region, code: long_day)
    heard = talk.say("灯泡坏了，后天八点来修", "book", service="urgent", time=time(FRIDAY, "08:00"))
    assert heard.endswith("是早上八点，还是晚上八点？") and talk.choices == ["早上八点", "晚上八点"]
    talk.say("上午", time=time(part="morning"))
    assert talk.draft.time == "08:00" and talk.state == "asking_place"


def test_today_an_hour_that_is_over_means_the_later_one(talk: Talk) -> None:
    talk.say("水管漏水，今天八点来", "book", service="urgent", time=time(TODAY, "08:00"))
    assert talk.draft.time != "08:00"


def test_a_part_of_the_day_for_a_bath_offers_two_free_times(talk: Talk) -> None:
    talk.say("大后天上午洗澡", "book", service="bath", time=time(SATURDAY, part="morning"))
    assert talk.state == "asking_time" and len(talk.choices) == 2
    second = talk.draft.options[1]
    talk.say("第二个", "inform", ordinal={"ordinal": 2})
    assert [talk.draft.date, talk.draft.time] == second


@pytest.mark.parametrize("yes", ["对", "嗯", "好的", "是的是的", "对啊"])
def test_a_bare_yes_to_two_times_is_asked_which_once(talk: Talk, yes: str) -> None:
    talk.say("大后天上午洗澡", "book", service="bath", time=time(SATURDAY, part="morning"))
    first = talk.draft.options[0]
    assert "您挑一个" in talk.say(yes, "affirm") and not talk.draft.time
    talk.say(yes, "affirm")
    assert [talk.draft.date, talk.draft.time] == first


@pytest.mark.parametrize("yes", ["行", "可以", "都行", "好，就这样"])
def test_who_minds_neither_of_two_times_has_the_first(talk: Talk, yes: str) -> None:
    talk.say("大后天上午洗澡", "book", service="bath", time=time(SATURDAY, part="morning"))
    first = talk.draft.options[0]
    talk.say(yes, "affirm")
    assert [talk.draft.date, talk.draft.time] == first


@pytest.mark.parametrize("taken", [0, 1])
def test_the_offered_hour_is_taken_beside_one_told_of_something_else(talk: Talk, taken: int) -> None:
    talk.say("大后天上午洗澡", "book", service="bath", time=time(SATURDAY, part="morning"))
    picked = talk.draft.options[taken]
    task_words = f"{picked[1]}，我老公七点就起来吵人了"
    turn = Turn("c", task_words, "inform", 0.9, (Entity("time", time("", picked[1]), picked[1], 0, 5), Entity("time", time("", "07:00"), "七点", 9, 11)), "m9")
    talk._taken(turn)
    assert [talk.draft.date, talk.draft.time] == picked


@pytest.mark.parametrize(
    ("words", "hours", "then"),
    [
        ("改了十点的，九点家里有工人", {"十点": "10:00", "九点": "09:00"}, "10:00"),
        ("要十点，九点来不了", {"十点": "10:00", "九点": "09:00"}, "10:00"),
        ("换十点吧九点家里有人", {"十点": "10:00", "九点": "09:00"}, "10:00"),
        ("九点有工人，改到十点", {"九点": "09:00", "十点": "10:00"}, "10:00"),
        ("十点我有事，还是九点吧", {"十点": "10:00", "九点": "09:00"}, "09:00"),
    ],
)
def test_another_hour_with_the_old_one_told_as_unsuitable(talk: Talk, words: str, hours: dict[str, str], then: str) -> None:
    talk.say("后天九点理发", "book", service="haircut", time=time(FRIDAY, "09:00", "morning", ampm=True))
    assert talk.draft.time == "09:00"
    found = tuple(Entity("time", time("", hour), said, words.find(said), words.find(said) + len(said)) for said, hour in hours.items())
    talk._taken(Turn("c", words, "correct", 0.9, found, "m9"))
    assert talk.draft.time == then


def test_the_offered_time_may_be_tapped(talk: Talk) -> None:
    talk.say("大后天下午洗澡", "book", service="bath", time=time(SATURDAY, part="afternoon"))
    first = talk.choices[0]
    talk.say(first, "inform", time=time(SATURDAY, "14:00", "afternoon", ampm=True))
    assert (talk.draft.date, talk.draft.time) == (SATURDAY, "14:00")


def test_a_past_day_is_said_and_asked_again(talk: Talk) -> None:
    heard = talk.say("昨天中午送饭", "book", service="meal", time=time("2026-11-24", part="noon", past=True))
    assert "已经过了" in heard and talk.state == "asking_date"


def test_an_hour_of_today_that_is_over_gets_the_nearest_instead(talk: Talk) -> None:
    heard = talk.say("今天上午九点理发", "book", service="haircut", time=time(TODAY, "09:00", "morning", ampm=True))
    assert "已经过了" in heard and len(talk.choices) == 2


def test_too_soon_says_how_long_before(talk: Talk) -> None:
    heard = talk.say("今天上午十一点洗澡", "book", service="bath", time=time(TODAY, "11:00", "morning", ampm=True))
    assert "来不及准备，洗澡要提前四个钟头约" in heard and talk.state == "asking_time"


def test_outside_the_hours_says_the_hours_and_offers_two(talk: Talk) -> None:
    heard = talk.say("后天晚上九点洗澡", "book", service="bath", time=time(FRIDAY, "21:00", "evening", ampm=True))
    assert "上午九点到十一点，下午两点到四点" in heard and len(talk.choices) == 2


def test_a_part_of_the_day_without_service_says_so(talk: Talk) -> None:
    heard = talk.say("后天晚上洗澡", "book", service="bath", time=time(FRIDAY, part="evening"))
    assert "晚上没有洗澡" in heard and len(talk.choices) == 2


def test_a_holiday_is_named(talk: Talk) -> None:
    heard = talk.say("元旦上午十点洗澡", "book", service="bath", time=time(NEW_YEAR, "10:00", "morning", ampm=True))
    assert "元旦" in heard and "不上班" in heard and talk.choices


def test_a_full_slot_offers_the_two_nearest_and_yes_takes_one(talk: Talk) -> None:
    fill(talk, "bath", SATURDAY, "10:00", 2)
    heard = talk.say("大后天上午十点洗澡", "book", service="bath", time=time(SATURDAY, "10:00", "morning", ampm=True))
    assert "已经约满了" in heard and len(talk.choices) == 2
    talk.say("九点吧", time=time(time="09:00"))
    assert (talk.draft.date, talk.draft.time) == (SATURDAY, "09:00") and talk.state == "asking_bath_place"


def test_a_slot_that_fills_up_before_the_yes_loses_nothing(talk: Talk) -> None:
    talk.say(
        "大后天上午十点去站里洗澡，身体挺好",
        "book",
        service="bath",
        bath_place="centre",
        health="none",
        time=time(SATURDAY, "10:00", "morning", ampm=True),
    )
    assert talk.state == "confirming"
    fill(talk, "bath", SATURDAY, "10:00", 2)
    heard = talk.say("对", "affirm")
    assert "别的都给您留着" in heard and talk.state == "asking_time" and talk.order is None
    talk.say("十一点", time=time(time="11:00"))
    assert talk.state == "confirming" and talk.draft.particulars["bath_place"] == "centre"
    talk.say("对", "affirm")
    assert by_number(talk.session, talk.order).time == "11:00"


def test_too_far_ahead_is_said(talk: Talk) -> None:
    heard = talk.say("明年五月一号理发", "book", service="haircut", time=time("2027-05-01"))
    assert "太远了" in heard and talk.state == "asking_date"


def test_a_range_of_days_for_meals_is_one_order(talk: Talk) -> None:
    talk.say(
        "明天到后天中午送一份饭，没忌口",
        "book",
        service="meal",
        quantity={"n": 1, "unit": "份"},
        diet="normal",
        time=time(THURSDAY, part="noon", end_date=FRIDAY),
    )
    heard = talk.say("对", "affirm")
    assert "十一月二十六号到十一月二十七号，每天，中午十一点半" in heard and "共两天，一共二十四块" in heard
    talk.say("对", "affirm")
    assert [str(d) for d in by_number(talk.session, talk.order).live_days] == [THURSDAY, FRIDAY]


def test_weekdays_every_week_ask_for_how_long(talk: Talk) -> None:
    heard = talk.say(
        "每周一三五中午送饭",
        "book",
        service="meal",
        quantity={"n": 1, "unit": "份"},
        diet="normal",
        time=time(part="noon", every="week", weekdays=[1, 3, 5]),
    )
    assert "每星期一、三、五" in heard and talk.state == "asking_duration"
    talk.say("两个星期", duration={"days": 14})
    talk.say("对", "affirm")
    assert talk.state == "confirming"
    talk.say("对", "affirm")
    days = by_number(talk.session, talk.order).live_days
    assert len(days) == 6 and {day.isoweekday() for day in days} == {1, 3, 5} and days[0] == date(2026, 11, 27)


def test_a_week_of_meals_starts_tomorrow_when_no_day_was_said(talk: Talk) -> None:
    talk.say(
        "订一个星期的午饭",
        "book",
        service="meal",
        quantity={"n": 1, "unit": "份"},
        diet="normal",
        duration={"days": 7},
        time=time(part="noon"),
    )
    assert (talk.draft.date, talk.draft.end_date) == (THURSDAY, "2026-12-02")


def test_a_bath_on_several_days_asks_for_one(talk: Talk) -> None:
    heard = talk.say("这周五到下周四洗澡", "book", service="bath", time=time(FRIDAY, end_date="2026-12-03"))
    assert "一次约一天" in heard and talk.state == "asking_date"


def test_a_range_longer_than_an_order_may_be_asks_for_how_long(talk: Talk) -> None:
    heard = talk.say(
        "明天起送一年的饭",
        "book",
        service="meal",
        quantity={"n": 1, "unit": "份"},
        diet="normal",
        time=time(THURSDAY, part="noon", end_date="2027-11-25"),
    )
    assert "六十天" in heard and talk.state == "asking_duration"


def test_a_corrected_day_keeps_the_hour(talk: Talk) -> None:
    talk.say("后天上午十点理发", "book", service="haircut", time=time(FRIDAY, "10:00", "morning", ampm=True))
    talk.say("不对，是大后天", "correct", time=time(SATURDAY))
    assert (talk.draft.date, talk.draft.time) == (SATURDAY, "10:00")


def test_no_to_the_offers_brings_others_and_then_an_open_question(talk: Talk) -> None:
    talk.say("大后天上午洗澡", "book", service="bath", time=time(SATURDAY, part="morning"))
    first = talk.draft.options
    talk.say("都不行", "deny")
    second = talk.draft.options
    assert (
        second[0][0] == SATURDAY
        and second[0][1] >= "12:00"
        and second[1][0] > SATURDAY
        and not any(one in first for one in second)
    )
    heard = talk.say("都不行", "deny")
    assert talk.draft.options == [] and talk.state == "asking_time" and heard.endswith("几点方便？")


def test_an_unknown_town_does_not_stop_the_questions(session: Session, conversation: Conversation) -> None:
    talk = Talk(session, conversation, region="")
    talk.say("大后天上午洗澡", "book", service="bath", time=time(SATURDAY, part="morning"))
    assert talk.state == "asking_time" and len(talk.choices) == 2


# --- many days, told in pieces --------------------------------------------------------------------------------


def test_every_week_keeps_its_days_when_it_starts_later(talk: Talk) -> None:
    every = time(part="noon", every="week", weekdays=[1, 3, 5])
    talk.say("每个星期一三五中午送饭", "book", service="meal", time=every)
    week = time("2026-11-30", end_date="2026-12-06", vague=True)
    talk.say("从下个星期开始，先送两个星期", time=week, duration={"days": 14})
    assert (talk.draft.date, talk.draft.end_date, talk.draft.weekdays) == ("2026-11-30", "2026-12-13", [1, 3, 5])


def test_the_last_day_may_come_later_in_the_words(session, conversation) -> None:
    talk = Talk(session, conversation)
    text = "从这周五开始每天中午给她送一份饭送到下周五"
    first, last = time(FRIDAY, part="noon", every="day"), time("2026-12-04")
    found = (Entity("service", "meal", "饭", 14, 15), Entity("time", first, "这周五", 1, 10), Entity("time", last, "下周五", 18, 21))
    task.take(session, conversation, replace(said(text, "book", "m"), entities=found))
    assert (talk.draft.date, talk.draft.end_date) == (FRIDAY, "2026-12-04")


def test_both_days_of_a_weekend(talk: Talk) -> None:
    weekend = time("2026-11-28", part="noon", end_date="2026-11-29", vague=True)
    talk.say("这个周末两天中午各送一份饭", "book", service="meal", time=weekend, duration={"days": 2})
    assert (talk.draft.date, talk.draft.end_date) == ("2026-11-28", "2026-11-29")


def test_a_day_looked_for_lies_in_the_week_that_was_named(session, conversation) -> None:
    talk = Talk(session, conversation)
    week, day = time("2026-11-30", end_date="2026-12-06", vague=True), time("2026-11-25")
    turn = said("下个礼拜……礼拜几来着，礼拜三吧", "book", "m")
    found = (Entity("service", "haircut", "", 0, 0), Entity("time", week, "下个礼拜", 0, 4), Entity("time", day, "礼拜三", 12, 15))
    task.take(session, conversation, replace(turn, entities=found))
    assert talk.draft.date == "2026-12-02"


def test_by_an_hour_means_today(talk: Talk) -> None:
    by = time(time="15:00", part="afternoon", ampm=True, vague=True)
    talk.say("代买两盒药，下午三点以前送来", "book", service="errand", time=by)
    assert talk.draft.options[0][0] == "2026-11-25"


MONDAY_ON = "2026-11-30"


def rhythm(talk: Talk, text: str, **value: object) -> str:
    """A wish for meals in a rhythm, two weeks long."""
    talk.say(text, "book", service="meal", quantity={"n": 1, "unit": "份"}, time=time(part="noon", **value))
    talk.say("两个星期", duration={"days": 14})
    talk.say("没有", "deny")
    return talk.say("对", "affirm")


def test_chosen_weekdays_are_read_back_and_counted(talk: Talk) -> None:
    said = rhythm(talk, "每周一三五，一份，从下周一开始", date=MONDAY_ON, every="week", weekdays=[1, 3, 5])
    assert "每星期一、三、五" in said and "共六天" in said
    talk.say("对", "affirm")
    order = by_number(talk.session, talk.order)
    assert [day.isoweekday() for day in order.live_days] == [1, 3, 5, 1, 3, 5] and order.total_fen == 6 * 1200


def test_every_other_day_is_read_back_and_counted(talk: Talk) -> None:
    said = rhythm(talk, "隔一天送一顿，从明天起", date=THURSDAY, every="day", apart=2)
    assert "隔一天一次" in said and "共七天" in said
    talk.say("对", "affirm")
    order = by_number(talk.session, talk.order)
    steps = {(later - day).days for day, later in zip(order.live_days, order.live_days[1:], strict=False)}
    assert len(order.live_days) == 7 and steps == {2} and "隔一天一次" in speech.when(order)


def test_a_series_may_get_other_weekdays(talk: Talk) -> None:
    rhythm(talk, "每周一三五", date=MONDAY_ON, every="week", weekdays=[1, 3, 5])
    said = talk.say("改成二四六送吧", "correct", time=time(every="week", weekdays=[2, 4, 6]))
    assert "每星期二、四、六" in said and talk.draft.end_date == "2026-12-13"


def test_two_weekdays_for_some_weeks(talk: Talk) -> None:
    talk.say("周二和周四中午送饭，送三个星期", "book", service="meal", time=time(THURSDAY, part="noon", weekdays=[2, 4]), duration={"days": 21})
    assert talk.draft.weekdays == [2, 4] and talk.draft.end_date == "2026-12-16"


def test_working_days_for_a_month(talk: Talk) -> None:
    talk.say("周一到周五中午送饭送一个月", "book", service="meal", time=time(MONDAY_ON, part="noon", end_date="2026-12-04"), duration={"days": 30})
    assert talk.draft.weekdays == [1, 2, 3, 4, 5]


def test_working_days_without_a_pause_before_the_days_off(talk: Talk) -> None:
    text = "工作日送午饭周末不要"
    working = Entity("time", time(part="noon", every="week", weekdays=[1, 2, 3, 4, 5]), "工作日送午饭", 0, 6)
    off = Entity("time", time(SATURDAY, end_date="2026-11-29", vague=True), "周末", 6, 8)
    task.take(talk.session, talk.conversation, replace(said(text, "book"), entities=(Entity("service", "meal", "送午饭", 3, 6), working, off)))
    assert talk.draft.weekdays == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("text", ["每天晚上送一份饭除了礼拜天", "每天晚上送一份饭，礼拜天不要", "每天晚上送一份饭礼拜天不用送", "每天晚上送一份饭送一个月礼拜天不要"])
def test_a_weekday_on_which_nothing_ever_comes(talk: Talk, text: str) -> None:
    at = text.index("礼拜天")
    every = Entity("time", time(part="evening", every="day"), "每天晚上", 0, 4)
    never = Entity("time", time("2026-11-29"), "礼拜天", at, at + 3)
    month = (Entity("duration", {"days": 30}, "一个月", text.index("一个月"), text.index("一个月") + 3),) if "一个月" in text else ()
    amount = Entity("quantity", {"n": 1, "unit": "份"}, "一份", 5, 7)
    task.take(talk.session, talk.conversation, replace(said(text, "book"), entities=(Entity("service", "meal", "送", 4, 5), every, never, amount, *month)))
    assert talk.draft.weekdays == [1, 2, 3, 4, 5, 6]


def test_a_day_left_out_in_the_words_for_every_day_leaves_the_others(talk: Talk) -> None:
    text = "除了星期天每天中午送饭 一个月"
    daily = Entity("time", time(part="noon", every="week", weekdays=[1, 2, 3, 4, 5, 6]), "除了星期天每天中午", 0, 9)
    month = Entity("duration", {"days": 30}, "一个月", 12, 15)
    task.take(talk.session, talk.conversation, replace(said(text, "book"), entities=(daily, Entity("service", "meal", "送饭", 9, 11), month)))
    draft = talk.draft
    assert (draft.date, draft.weekdays, draft.without, draft.time) == (THURSDAY, [1, 2, 3, 4, 5, 6], [], "11:30")


def test_what_comes_back_every_month_is_booked_for_its_next_day(talk: Talk) -> None:
    heard = talk.say("每月初一来理发", "book", service="haircut", time=time("2026-12-09", every="month"))
    assert (talk.draft.date, talk.draft.repeats) == ("2026-12-09", False) and "先约头一回" in heard


def days(text: str, *named: tuple[str, str], **last: object) -> tuple[Entity, ...]:
    """Single days in the words of a text; `last` is told with the last of them."""
    found = [Entity("time", time(day), words, text.find(words), text.find(words) + len(words)) for words, day in named]
    return (*found[:-1], replace(found[-1], value={**found[-1].value, **last}))


def listed(talk: Talk, text: str, service: str, *named: tuple[str, str], **last: object) -> str:
    """A wish for several single days."""
    entities = (Entity("service", service, ""), *days(text, *named, **last))
    return talk._taken(replace(said(text, "book"), entities=entities))


def test_single_days_far_apart_are_one_order(talk: Talk) -> None:
    told = listed(talk, "十号和二十号中午各送一份饭", "meal", ("十号", "2026-12-10"), ("二十号", "2026-12-20"), part="noon")
    assert "十二月十号、十二月二十号，中午" in told and talk.draft.time == "11:30"
    assert len(talk.draft.away) == 9 and "2026-12-10" not in talk.draft.away
    talk.say("一份，没有忌口", quantity={"n": 1, "unit": "份"}, diet="normal")
    order = by_number(talk.session, place_all(talk))
    assert [str(day.day) for day in order.days] == ["2026-12-10", "2026-12-20"] and order.total == 24


def place_all(talk: Talk) -> str:
    """Answers what is still asked, and agrees."""
    for _ in range(8):
        if talk.order:
            break
        answers = {"asking_place": ("杨凌示范区康乐路8号", {"address": "杨凌示范区康乐路8号"}), "asking_phone": ("13900000001", {"phone": "13900000001"}),
                   "asking_quantity": ("一份", {"quantity": {"n": 1, "unit": "份"}}), "asking_diet": ("没有", {"diet": "normal"}),
                   "asking_name": ("陈桂兰", {"person_name": "陈桂兰"})}  # fmt: skip
        words, entities = answers.get(talk.state, ("对", {}))
        talk.say(words, "affirm" if words == "对" else "inform", **entities)
    assert talk.order
    return talk.order


def test_days_of_the_month_need_no_word_between_them(talk: Talk) -> None:
    told = listed(talk, "五号十五号二十五号各送一份饭", "meal", ("五号", "2026-12-05"), ("十五号", "2026-12-15"), ("二十五号", TODAY))
    assert "十二月五号、十二月十五号、十二月二十五号" in told


def test_one_of_the_single_days_is_left_out(talk: Talk) -> None:
    listed(talk, "五号十五号二十号各送一份饭", "meal", ("五号", "2026-12-05"), ("十五号", "2026-12-15"), ("二十号", "2026-12-20"))
    talk.hear("十五号不要了", "inform", time=(time("2026-12-15"), "十五号"))
    assert talk.draft.chosen == ["2026-12-05", "2026-12-20"] and "2026-12-15" in talk.draft.away


def test_of_what_comes_once_the_first_day_is_booked_and_the_others_afterwards(talk: Talk) -> None:
    told = listed(talk, "十号和十八号各来理一次发", "haircut", ("十号", "2026-12-10"), ("十八号", "2026-12-18"), time="09:00", ampm=True)
    assert talk.draft.date == "2026-12-10" and talk.draft.time == "09:00" and "再订一次我记着" in told
    place_all(talk)
    assert talk.draft.service == "haircut" and (talk.draft.date, talk.draft.time) == ("2026-12-18", "09:00")


def test_days_that_are_both_all_right_are_no_two_bookings(talk: Talk) -> None:
    listed(talk, "十号和十八号都行，理个发", "haircut", ("十号", "2026-12-10"), ("十八号", "2026-12-18"))
    assert talk.draft.date == "2026-12-10" and not talk.draft.queue


def test_of_several_days_on_end_the_first_is_taken_and_said(talk: Talk) -> None:
    told = talk.say("从后天起去五天日间照料", "book", service="day_care", time=time(FRIDAY, end_date="2026-12-01"))
    assert talk.draft.date == FRIDAY and "先约头一回" in told
