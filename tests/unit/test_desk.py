"""The duty desk in the terminal: what waits, what is urgent, what is done."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from rich.console import Console
from sqlalchemy import select

from care.db import forget_engine, unit_of_work
from care.handover import Ticket, open_ticket
from care.orders import Order
from care.settings import settings
from yinling import desk
from yinling.processes import StartError


def screen() -> Console:
    return Console(file=io.StringIO(), width=160)


def shown(console: Console) -> str:
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.fixture
def numbers(database: None) -> dict[str, str]:
    """An ordinary ticket, and after it an urgent one."""
    with unit_of_work() as session:
        calm = open_ticket(session, "callback", None, "想问轮候", "13800000009")
        urgent = open_ticket(session, "emergency", None, "摔倒起不来", urgent=True)
        return {"calm": calm.number, "urgent": urgent.number}


def test_urgent_work_stands_first(numbers: dict[str, str]) -> None:
    console = screen()
    desk.show(console)
    assert shown(console).index("紧急求助") < shown(console).index("回电话")
    assert "13800000009" in shown(console)


def test_tickets_are_shown_by_the_clock_on_the_wall(numbers: dict[str, str]) -> None:
    with unit_of_work() as session:
        session.scalars(select(Ticket).where(Ticket.number == numbers["calm"])).one().created = datetime(2026, 11, 25, 18, 30)
    console = screen()
    desk.show(console)
    assert "11-26 02:30" in shown(console)  # Asia/Shanghai


def test_the_bell_rings_once_for_each_urgent_ticket(numbers: dict[str, str]) -> None:
    console = screen()
    bell = desk.Bell(console)
    bell.ring()
    bell.ring()
    assert shown(console).count(numbers["urgent"]) == 1
    assert numbers["calm"] not in shown(console)


def test_what_is_done_is_gone_and_cannot_be_done_twice(numbers: dict[str, str]) -> None:
    assert desk.close(numbers["urgent"])
    assert not desk.close(numbers["urgent"])
    console = screen()
    desk.show(console)
    assert numbers["urgent"] not in shown(console) and numbers["calm"] in shown(console)


def test_an_empty_desk_says_so(database: None) -> None:
    console = screen()
    desk.show(console)
    assert "没有要办的工单" in shown(console)


def test_an_order_that_is_not_there_is_one_sentence(database: None) -> None:
    with pytest.raises(StartError, match="没有单号是 9999 的订单"):
        desk.order("9999", None)
    with pytest.raises(StartError, match="9999"):
        desk.order("9999", "confirmed")


def test_the_desk_moves_an_order_on_but_not_anywhere(database: None) -> None:
    with unit_of_work() as session:
        session.add(Order(number="3582", key="k", region="yangling", service="meal", status="submitted", time="11:30"))
    assert desk.order("3582", "confirmed")["status"] == "confirmed"
    with pytest.raises(StartError, match="3582"):
        desk.order("3582", "nonsense")


def test_a_database_that_is_gone_for_a_while_does_not_stop_the_product(
    numbers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    console = screen()
    bell = desk.Bell(console)
    with monkeypatch.context() as gone:
        gone.setenv("CARE_DATABASE_URL", "sqlite:////nonexistent/x.db")
        settings.cache_clear()
        forget_engine()
        bell.ring()
    settings.cache_clear()
    forget_engine()
    bell.ring()
    assert shown(console).count(numbers["urgent"]) == 1
