"""Orders: placing, finding, cancelling, moving, pricing, rating."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from care import orders
from care.orders import ClosedThen, NotAllowed, OrderRequest, SlotFull, UnknownOrder, UnknownService, numbers
from care.orders.model import SlotUse
from care.settings import settings

MEAL = {"region": "nanchang", "service": "meal", "date": "2026-11-27", "time": "11:30", "quantity": 2}
BATH = {"region": "nanchang", "service": "bath", "date": "2026-11-28", "time": "10:00"}


def request(key: str, **fields) -> OrderRequest:
    return OrderRequest(key=key, person_phone="13800000003", address="红谷滩凤凰家园3栋1201", **fields)


def taken(session) -> dict[tuple[str, str], int]:
    return {(str(use.day), use.time): use.used for use in session.scalars(select(SlotUse)) if use.used}


def test_an_order_stands_with_its_provider_and_its_place(session):
    order = orders.place(session, request("a", **MEAL))
    assert order.status == "confirmed" and order.provider == "nc-honggutan"
    assert order.total == Decimal(24) and order.price_demo
    assert taken(session) == {("2026-11-27", "11:30"): 2}
    assert orders.by_number(session, order.number) is order


def test_the_same_key_gives_the_same_order(session):
    first = orders.place(session, request("a", **MEAL))
    assert orders.place(session, request("a", **{**MEAL, "quantity": 9})) is first
    assert taken(session) == {("2026-11-27", "11:30"): 2}


def test_numbers_are_easy_to_hear(session):
    for n in range(40):
        number = orders.place(session, request(str(n), region="hunan", service="home_bed")).number
        assert re.fullmatch(r"[235789]{4}", number)
        assert not re.search(r"(.)\1", number)


def test_numbers_grow_longer_when_short_ones_get_rare(session, monkeypatch):
    monkeypatch.setattr(numbers, "FILL", 0.001)
    orders.place(session, request("a", **MEAL))
    assert len(orders.place(session, request("b", **MEAL)).number) == 5


def test_the_last_place_is_given_once_and_the_next_hears_what_is_near(session):
    orders.place(session, request("a", **BATH, quantity=2))
    with pytest.raises(SlotFull) as full:
        orders.place(session, request("b", **BATH))
    assert full.value.alternatives == [(date(2026, 11, 28), "09:00"), (date(2026, 11, 28), "11:00")]
    assert taken(session) == {("2026-11-28", "10:00"): 2}


def test_a_day_that_is_full_takes_no_place_on_the_other_days(session):
    orders.place(session, request("a", **{**MEAL, "date": "2026-11-29", "quantity": 40}))
    with pytest.raises(SlotFull) as full:
        orders.place(session, request("b", **MEAL, end_date="2026-12-01"))
    assert full.value.day == date(2026, 11, 29)
    assert taken(session) == {("2026-11-29", "11:30"): 40}


@pytest.mark.parametrize(
    ("service", "day", "time", "reason"),
    [
        ("bath", "2026-11-24", "10:00", "past"),
        ("bath", "2026-11-25", "09:00", "past"),
        ("bath", "2026-11-25", "11:00", "too_soon"),
        ("bath", "2026-11-26", "20:00", "closed"),
        ("bath", "2026-11-26", "12:30", "closed"),
        ("haircut", "2026-11-29", "10:00", "closed"),
        ("bath", "2027-01-01", "10:00", "holiday"),
        ("bath", "2026-11-26", "10:00", ""),
        ("meal", "2027-01-01", "11:30", ""),
    ],
)
def test_why_it_cannot_be_had_then(session, service, day, time, reason):
    found = orders.check(session, "hunan", service, day, time, 1)
    assert (found.ok, found.reason) == (not reason, reason)
    assert len(found.alternatives) == (2 if reason else 0)
    for other, at in found.alternatives:
        assert orders.check(session, "hunan", service, other, at, 1).ok


def test_a_day_of_rest_offers_two_different_days(session):
    found = orders.check(session, "hunan", "haircut", "2026-11-29", "10:00", 1)
    assert [day for day, _ in found.alternatives] == [date(2026, 11, 30), date(2026, 11, 28)]


def test_a_week_of_meals_is_one_order(session):
    order = orders.place(session, request("a", **MEAL, end_date="2026-12-03"))
    assert len(order.live_days) == 7 and order.total == Decimal(168)
    assert set(taken(session).values()) == {2} and len(taken(session)) == 7


def test_only_some_weekdays_and_days_of_rest_are_left_out(session):
    some = orders.place(session, request("a", **MEAL, end_date="2026-12-10", weekdays=[1, 5]))
    assert [day.isoweekday() for day in some.live_days] == [5, 1, 5, 1]
    cut = request("b", region="hunan", service="day_care", date="2026-12-31", end_date="2027-01-04")
    assert date(2027, 1, 1) not in orders.place(session, cut).live_days


def test_some_days_can_be_cancelled(session):
    order = orders.place(session, request("a", **MEAL, end_date="2026-12-03"))
    orders.cancel(session, order.number, ["2026-11-28", "2026-11-29"])
    assert order.status == "confirmed" and len(order.live_days) == 5 and order.total == Decimal(120)
    assert ("2026-11-28", "11:30") not in taken(session)
    orders.cancel(session, order.number)
    assert order.status == "cancelled" and not taken(session)


def test_cancelling_frees_the_place_once(session):
    first = orders.place(session, request("a", **BATH))
    orders.place(session, request("b", **BATH))
    orders.cancel(session, first.number)
    orders.cancel(session, first.number)
    assert taken(session) == {("2026-11-28", "10:00"): 1}
    orders.place(session, request("c", **BATH))


def test_moving_to_a_full_slot_keeps_the_old_one(session):
    orders.place(session, request("full", **{**BATH, "date": "2026-11-30"}, quantity=2))
    order = orders.place(session, request("a", **BATH))
    before = taken(session)
    with pytest.raises(SlotFull):
        orders.reschedule(session, order.number, date="2026-11-30")
    assert order.date == date(2026, 11, 28) and order.time == "10:00" and taken(session) == before


def test_moving_gives_the_old_place_back(session):
    order = orders.place(session, request("a", **BATH))
    orders.reschedule(session, order.number, date="2026-11-30", time="15:00", quantity=2)
    assert taken(session) == {("2026-11-30", "15:00"): 2} and order.total == Decimal(60)


def test_one_more_person_in_the_same_slot_needs_one_place_only(session):
    order = orders.place(session, request("a", **BATH))
    orders.reschedule(session, order.number, quantity=2)
    assert taken(session) == {("2026-11-28", "10:00"): 2}
    with pytest.raises(SlotFull):
        orders.reschedule(session, order.number, quantity=3)
    assert order.quantity == 2


def test_a_trial_changes_nothing(session):
    order = orders.place(session, request("a", **BATH))
    orders.check_move(session, order.number, date="2026-11-30")
    assert order.date == date(2026, 11, 28) and taken(session) == {("2026-11-28", "10:00"): 1}
    assert [event.what for event in order.history] == ["placed", "confirmed"]


def test_one_day_of_a_week_can_be_moved(session):
    order = orders.place(session, request("a", **MEAL, end_date="2026-11-29"))
    orders.reschedule(session, order.number, day="2026-11-28", date="2026-12-02")
    assert order.live_days == [date(2026, 11, 27), date(2026, 11, 29), date(2026, 12, 2)]


def test_a_cancelled_day_can_be_taken_up_again_by_moving(session):
    order = orders.place(session, request("a", **MEAL, end_date="2026-11-29"))
    orders.cancel(session, order.number, ["2026-11-28"])
    orders.reschedule(session, order.number, day="2026-11-29", date="2026-11-28")
    assert order.live_days == [date(2026, 11, 27), date(2026, 11, 28)]


def test_a_new_address_finds_its_own_provider(session):
    order = orders.place(session, request("a", **MEAL))
    orders.reschedule(session, order.number, address="青山湖区湖滨社区二号")
    assert order.provider == "nc-qingshanhu" and order.status == "confirmed"


def test_what_is_done_or_past_cannot_be_changed(session, monkeypatch):
    order = orders.place(session, request("a", **MEAL))
    orders.advance(session, order.number, "dispatched")
    orders.advance(session, order.number, "done")
    with pytest.raises(NotAllowed):
        orders.cancel(session, order.number)
    with pytest.raises(NotAllowed):
        orders.advance(session, order.number, "confirmed")


def test_unknown_things_are_refused(session):
    with pytest.raises(UnknownService):
        orders.place(session, request("a", region="hunan", service="safety_bell"))
    with pytest.raises(UnknownOrder):
        orders.cancel(session, "9999")
    with pytest.raises(ClosedThen):
        orders.place(session, request("b", **{**BATH, "time": "20:00"}))
    with pytest.raises(ValueError):
        orders.place(session, request("c", **{**BATH, "time": ""}))


@pytest.mark.parametrize(
    ("fields", "total"),
    [
        ({"service": "cleaning", "date": "2026-11-27"}, Decimal(50)),
        ({"service": "cleaning", "date": "2026-11-27", "particulars": {"duration": {"minutes": 240}}}, Decimal(100)),
        ({"service": "cleaning", "date": "2026-11-27", "particulars": {"cleaning_task": "kitchen"}}, Decimal(20)),
        ({"service": "urgent", "date": "2026-11-27"}, Decimal(0)),
        ({"service": "respite", "date": "2026-11-27"}, None),
        ({"service": "home_bed"}, None),
    ],
)
def test_prices(fields, total, now):
    assert orders.price_of(OrderRequest(key="x", region="hunan", **fields)).total == total


def test_orders_of_a_telephone_nearest_first(session):
    late = orders.place(session, request("a", **{**MEAL, "date": "2026-12-05"}))
    soon = orders.place(session, request("b", **BATH))
    gone = orders.place(session, request("c", **MEAL))
    orders.cancel(session, gone.number)
    assert orders.of_phone(session, "13800000003") == [soon, late, gone]
    assert orders.of_phone(session, "13800009999") == []


def test_a_card_without_private_data(session):
    order = orders.place(session, request("a", **MEAL, person_name="陈桂兰"))
    open_card, full_card = orders.as_card(order, private=False), orders.as_card(order)
    assert "陈桂兰" not in str(open_card) and "凤凰家园" not in str(open_card) and "13800000003" not in str(open_card)
    assert full_card["person_name"] == "陈桂兰" and full_card["total"] == "24.00" and full_card["price_note"] == "演示"


def test_rating_is_one_to_five(session):
    order = orders.place(session, request("a", **MEAL))
    orders.rate_order(session, order.number, 5, "很好")
    assert order.rating == 5
    with pytest.raises(ValueError):
        orders.rate_order(session, order.number, 6)


def test_a_rental_takes_a_place_on_the_day_of_delivery_only(session):
    rental = request("a", region="hunan", service="aids_rental", date="2026-11-27", end_date="2026-12-26", time="10:00")
    assert orders.place(session, rental).live_days == [date(2026, 11, 27)]
    assert taken(session) == {("2026-11-27", "10:00"): 1}


def test_a_rest_of_a_week_can_be_cancelled_after_todays_meal(session, monkeypatch):
    order = orders.place(session, request("a", **{**MEAL, "date": "2026-11-25", "end_date": "2026-11-27"}))
    monkeypatch.setenv("CARE_NOW", "2026-11-25T14:00:00")
    settings.cache_clear()
    orders.cancel(session, order.number)
    assert order.status == "cancelled" and order.live_days == [date(2026, 11, 25)] and order.total == Decimal(24)


def test_a_day_that_is_past_cannot_be_changed(session, monkeypatch):
    order = orders.place(session, request("a", **{**MEAL, "date": "2026-11-26"}))
    monkeypatch.setenv("CARE_NOW", "2026-11-27T14:00:00")
    settings.cache_clear()
    with pytest.raises(NotAllowed):
        orders.reschedule(session, order.number, time="12:00")
    with pytest.raises(NotAllowed):
        orders.cancel(session, order.number)
