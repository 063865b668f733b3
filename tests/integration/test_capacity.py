"""Places under concurrency: real operating-system processes at one database."""

from __future__ import annotations

import multiprocessing
import os

import pytest
from sqlalchemy import func, select

from care import db, orders
from care.orders.model import Order, OrderDay, SlotUse

SPAWN = multiprocessing.get_context("spawn")
BATH = {"region": "hunan", "service": "bath", "date": "2026-11-28", "time": "10:00"}
CROWD = 6
PLACES = 2
"""Places per slot of a bath."""


def _book(key, start, results):
    """One process that books as soon as all are ready."""
    from care import db, orders

    with db.reading() as session:
        session.execute(select(1))
    start.wait(30)
    try:
        with db.unit_of_work() as session:
            results.put(("placed", orders.place(session, orders.OrderRequest(key=key, **BATH)).number))
    except orders.SlotFull as full:
        results.put(("full", full.alternatives))


def _book_and_die(moment):
    """One process that is killed between taking the place and the commit."""
    from care import db, orders

    with db.unit_of_work() as session:
        orders.place(session, orders.OrderRequest(key="dies", **BATH))
        os._exit(moment)


def _run(keys):
    start, results = SPAWN.Barrier(len(keys)), SPAWN.Queue()
    crowd = [SPAWN.Process(target=_book, args=(key, start, results)) for key in keys]
    for one in crowd:
        one.start()
    answers = [results.get(timeout=60) for _ in crowd]
    for one in crowd:
        one.join(30)
    return answers


@pytest.fixture
def one_place_left(database):
    with db.unit_of_work() as session:
        orders.place(session, orders.OrderRequest(key="before", **BATH, quantity=PLACES - 1))


def test_the_last_place_goes_to_exactly_one(one_place_left):
    answers = _run([f"k{n}" for n in range(CROWD)])
    assert [kind for kind, _ in answers].count("placed") == 1
    for kind, told in answers:
        if kind == "full":
            assert len(told) == 2 and all(at != "10:00" or str(day) != "2026-11-28" for day, at in told)
    with db.reading() as session:
        assert session.scalar(select(SlotUse.used)) == PLACES
        assert session.scalar(select(func.count(Order.id))) == 2


def test_the_same_request_sent_by_several_at_once_is_one_order(database):
    answers = _run(["same"] * 3)
    assert len({number for _, number in answers}) == 1
    with db.reading() as session:
        assert session.scalar(select(func.count(Order.id))) == 1
        assert session.scalar(select(SlotUse.used)) == 1


def test_a_crash_before_the_commit_leaves_nothing_half(database):
    victim = SPAWN.Process(target=_book_and_die, args=(9,))
    victim.start()
    victim.join(60)
    assert victim.exitcode == 9
    with db.reading() as session:
        assert session.scalar(select(func.count(Order.id))) == 0
        assert session.scalar(select(func.count(OrderDay.id))) == 0
        assert session.scalar(select(func.sum(SlotUse.used))) in (None, 0)
    with db.unit_of_work() as session:
        assert orders.place(session, orders.OrderRequest(key="dies", **BATH)).number


def test_a_caught_refusal_inside_a_unit_of_work_leaves_nothing_half(database):
    with db.unit_of_work() as session:
        orders.place(session, orders.OrderRequest(key="a", **{**BATH, "date": "2026-11-30"}, quantity=PLACES))
        with pytest.raises(orders.SlotFull):
            orders.place(session, orders.OrderRequest(key="b", **BATH, end_date="2026-11-30"))
    with db.reading() as session:
        assert session.scalar(select(func.sum(SlotUse.used))) == PLACES


def test_a_cancelled_place_can_be_taken_by_another(one_place_left):
    with db.unit_of_work() as session:
        number = orders.place(session, orders.OrderRequest(key="mine", **BATH)).number
    assert _run(["late"])[0][0] == "full"
    with db.unit_of_work() as session:
        orders.cancel(session, number)
    assert _run(["later"])[0][0] == "placed"


def test_moving_to_a_full_slot_keeps_the_old_place_after_the_commit(one_place_left):
    with db.unit_of_work() as session:
        number = orders.place(session, orders.OrderRequest(key="mine", **{**BATH, "time": "15:00"})).number
        orders.place(session, orders.OrderRequest(key="last", **BATH))
    with db.unit_of_work() as session, pytest.raises(orders.SlotFull):
        orders.reschedule(session, number, time="10:00")
    with db.reading() as session:
        order = orders.by_number(session, number)
        assert (order.time, order.live_days[0].isoformat()) == ("15:00", "2026-11-28")
        used = dict(session.execute(select(SlotUse.time, SlotUse.used)).all())
        assert used == {"10:00": PLACES, "15:00": 1}
