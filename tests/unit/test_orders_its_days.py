"""The days of an order as callers name them, and other wishes beside an order that stands."""

from __future__ import annotations

import pytest

from care import booking, emergency, orders, routing
from care.orders import afterwards, finding, its_days
from care.turn import Entity, Turn
from tests.conftest import said
from tests.unit.orders_talk import Talk, when

NEXT_WEEK = {"service": "meal", "date": "2026-11-30", "end_date": "2026-12-04", "time": "11:30", "quantity": 1}


@pytest.fixture
def talk(session, conversation) -> Talk:
    return Talk(session, conversation)


@pytest.fixture
def week(talk, make) -> orders.Order:
    """Meals for next week, ordered in this conversation; today is Wednesday, November 25."""
    made = make(**NEXT_WEEK)
    made.conversation = talk.conversation.id
    finding.made(talk.conversation, made)
    return made


def timed(text: str, words: str, intent: str = "order_cancel", day: str | None = None, **more: object) -> Turn:
    """A turn with one time at its place."""
    start = text.index(words)
    value = when(day, **more)
    entity = Entity("time", value, words, start, start + len(words))
    return Turn("c1", text, intent, 0.9, (entity,), f"t-{text}")


@pytest.mark.parametrize(("text", "words", "heard", "wanted"), [
    ("周五那天不用送了，我带她出去吃", "周五", "2026-11-27", "十二月四号"),
    ("礼拜三别送了", "礼拜三", "2026-11-25", "十二月二号"),
    ("星期四的饭不要了", "星期四", "2026-11-26", "十二月三号"),
    ("拜一我妹来，那顿取消", "拜一", "2026-11-30", "十一月三十号"),
    ("就退三号那天的", "三号", "2027-01-03", "单号"),
])  # fmt: skip
def test_a_day_named_is_one_of_the_orders(talk, week, text, words, heard, wanted):
    told = talk.change(text, turn=timed(text, words, day=heard))
    assert wanted in told


def test_the_day_named_is_cancelled_at_the_second_breath(talk, week):
    text = "周五那天不用送了，我带她出去吃"
    assert "只取消星期五，十二月四号" in talk.say(orders.change_task, text, turn=timed(text, "周五", day="2026-11-27"))
    text = "对，就取消周五那一份，其他照旧"
    talk.say(orders.change_task, text, turn=timed(text, "周五", day="2026-11-27"))
    assert talk.state == "cancelled"
    assert [day.day for day in week.live_days] == [30, 1, 2, 3]


@pytest.mark.parametrize(("text", "days"), [
    ("第一天不要了", [30]), ("最后一天不送", [4]), ("后两天不用来", [3, 4]), ("第三天取消", [2]), ("头两天不在家，不要", [30, 1]),
    ("最后三天我去闺女家", [2, 3, 4]), ("后头两天不要", [3, 4]), ("剩下两天退了", [3, 4]), ("前头两天别送", [30, 1]), ("头一天别送", [30]), ("末一天退了", [4]), ("往后两天送", []), ("前两天订的那个", []), ("周末天气不好", []),
])  # fmt: skip
def test_days_by_their_place(week, text, days):
    turn = its_days.heard(week, said(text, "order_cancel", ordinal={"ordinal": 1}))
    named = [value for value in turn.all("time") if value.get("date")]
    got = [
        day.day
        for day in week.live_days
        for one in named
        if one["date"] <= str(day) <= (one["end_date"] or one["date"])
    ]
    assert got == days


@pytest.mark.parametrize(("text", "words", "heard", "same"), [
    ("改到周五吧", "周五", "2026-11-27", True), ("这周五不要", "这周五", "2026-11-27", True), ("明天不要", "明天", "2026-11-26", True),
    ("周五晚上六点送", "周五晚上六点", "2026-11-27", False), ("4号不送", "4号", "2027-01-04", False), ("20号不送", "20号", "2026-12-20", True),
])  # fmt: skip
def test_only_bare_days_not_moved_to_are_looked_for_in_the_order(week, text, words, heard, same):
    turn = timed(text, words, day=heard)
    assert (its_days.own(week, turn.entities[0], text) == turn.entities[0]) is same


def test_one_day_has_no_other_week(make):
    bath = make(service="bath", date="2026-12-04", time="10:00")
    turn = timed("周五不用来了", "周五", day="2026-11-27")
    assert its_days.heard(bath, turn) == turn


def test_a_span_of_weekdays(week):
    text = "周三到周五不用送"
    value = {**when("2026-11-25"), "end_date": "2026-11-27"}
    turn = Turn("c1", text, "order_cancel", 0.9, (Entity("time", value, "周三到周五", 0, 5),), "m")
    heard = its_days.heard(week, turn).all("time")[0]
    assert (heard["date"], heard["end_date"]) == ("2026-12-02", "2026-12-04")


def test_another_number_for_a_day(talk, week):
    text = "礼拜三那顿改成两份"
    turn = timed(text, "礼拜三", "order_reschedule", "2026-11-25")
    turn = Turn(
        "c1", text, turn.intent, 0.9, (*turn.entities, Entity("quantity", {"n": 2, "unit": "份"}, "两份", 7, 9)), "m1"
    )
    assert "十二月二号那天的送餐单独改：两份" in talk.say(orders.change_task, text, turn=turn)


def test_another_hour_for_a_day_named_by_its_place(talk, week):
    text = "第一天改到中午十二点"
    noon = Entity("time", when(time="12:00"), "中午十二点", 5, 10)
    turn = Turn("c1", text, "order_reschedule", 0.9, (noon,), "m2")
    assert "十一月三十号那天的送餐单独改：中午十二点" in talk.say(orders.change_task, text, turn=turn)


def test_of_several_orders_the_one_with_that_weekday(talk, week, make):
    other = make(service="bath", date="2026-11-28", time="10:00")
    turn = timed("周四的不要了", "周四", day="2026-11-26")
    assert finding.narrowed([other, week], turn) == [week]


@pytest.mark.parametrize(("text", "meant", "services"), [
    ("哎对了，给我老头儿也剪个头吧，同一天，修完饭就剪", "haircut", ["haircut", "meal"]),
    ("顺便再订个洗澡吧，同一天下午，地址一样", "bath", ["bath"]),
    ("还想叫个人打扫屋子", "cleaning", ["cleaning"]),
    ("我老伴也要修脚，那天一起", "foot_care", ["foot_care"]),
    ("吃完饭以后再给我妈理个发", "haircut", ["meal", "haircut"]),
    ("另外约个车去医院", "travel", ["travel"]),
])  # fmt: skip
def test_another_service_besides_is_a_new_order(talk, week, text, meant, services):
    turn = said(text, "book", service=services)
    turn = Turn("c1", text, "book", 0.5, turn.entities, "m", meant=meant)
    assert afterwards.wants_another(talk.conversation, turn)
    assert not orders.claims(talk.conversation, turn)
    moved = Turn("c1", text, "order_reschedule", 0.5, turn.entities, "m", meant=meant)
    assert routing.claimed_by(talk.conversation, moved, "change") == "booking"


@pytest.mark.parametrize(("text", "meant", "services"), [
    ("我妈还要去医院，饭改到周四", "medical", ["medical"]),
    ("再加一份饭", "meal", ["meal"]),
    ("那天我还要去看病，别送了", "medical", ["medical"]),
    ("她还得理发，早点送饭", "meal", ["haircut", "meal"]),
])  # fmt: skip
def test_a_reason_or_the_same_is_no_other_order(talk, week, text, meant, services):
    turn = said(text, "book", service=services)
    assert not afterwards.wants_another(
        talk.conversation, Turn("c1", text, "book", 0.5, turn.entities, "m", meant=meant)
    )


@pytest.mark.parametrize(
    "text",
    ["租的助行器不用了 要退", "租的床退了", "借来的轮椅不要了", "拐杖不用了来拿走", "那张床不用了", "制氧机退了吧"],
)
@pytest.mark.parametrize("rented", [False, True])
def test_what_was_rented_goes_back_unless_it_is_still_to_come(talk, week, make, text, rented):
    turn = Turn("c1", text, "order_cancel", 0.7, said(text, service="aids_rental").entities, "m", meant="aids_return")
    if rented:
        talk.conversation.remember(**{finding.STANDING: ["aids_rental", "meal"]})
    assert booking.claims(talk.conversation, turn) is not rented
    assert orders.claims(talk.conversation, turn) is rented


def test_what_goes_back_without_its_name_is_not_the_meal(talk, week):
    turn = Turn("c1", "我租的那张床不用了", "order_cancel", 0.3, (), "m", meant="aids_return")
    assert not orders.claims(talk.conversation, turn)
    assert routing.claimed_by(talk.conversation, turn, "change") == "booking"


@pytest.mark.parametrize("text", ["单号我找不到了", "单子找不着了，东西没坏", "那个编号不见了", "号码我找不着了"])
def test_a_lost_order_number_is_nobody_lost(text):
    assert emergency.check(text) is None


@pytest.mark.parametrize(
    "text",
    ["周四那份加成两份，我也在", "礼拜二那顿多送一份", "3号那餐改晚上", "最后一天那份少送一份", "星期一那顿早一点送"],
)
def test_the_one_of_a_day_is_changed_not_ordered_anew(talk, week, text):
    turn = Turn("c1", text, "add_item", 0.9, said(text, service="meal").entities, "m", meant="meal")
    assert orders.claims(talk.conversation, turn)


@pytest.mark.parametrize("text", ["周六那天再给我订一份", "周四那份送了吗", "再加一份饭，周四的"])
def test_a_new_one_or_a_question_is_no_change_of_that_day(text):
    assert not afterwards.THAT_ONE.search(text)


def some_portions(text: str, n: int) -> Turn:
    start = text.index("份") - 1
    amount = Entity("quantity", {"n": n, "unit": "份"}, text[start : start + 2], start, start + 2)
    return Turn("c1", text, "order_change", 0.9, (amount,), f"t-{text}")


@pytest.mark.parametrize(("text", "days"), [("后两天改成两份", ["2026-12-03", "2026-12-04"]), ("头三天都改成两份", ["2026-11-30", "2026-12-01", "2026-12-02"])])
def test_some_days_get_another_number(session, talk, week, text, days):
    told = talk.change(text, turn=some_portions(text, 2))
    assert "这几天" in told and "两份" in told and "每天" not in told
    talk.change("对", "affirm")
    apart = orders.by_number(session, talk.order)
    assert [str(day) for day in apart.live_days] == days and apart.quantity == 2
    assert len(week.live_days) == 5 - len(days) and week.quantity == 1


def test_all_of_one_weekday_are_cancelled(session, talk, make):
    month = make(**{**NEXT_WEEK, "end_date": "2026-12-30", "weekdays": [2, 4, 6]})
    month.conversation = talk.conversation.id
    finding.made(talk.conversation, month)
    text = "周四的都不要了"
    talk.change(text, turn=timed(text, "周四", day="2026-11-26"))
    talk.change("对", "affirm")
    assert {day.isoweekday() for day in month.live_days} == {2, 6}
