"""The duty desk in the terminal: what is waiting, urgent first, and a bell when something urgent comes in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from care import orders
from care.db import reading, unit_of_work
from care.handover import close_ticket, waiting
from care.handover.model import Ticket
from care.settings import settings
from care.texts import phrase
from yinling.processes import StartError

OPERATOR = "operator"
"""Who moved an order on from the terminal, in the order's history."""


def kind_of(ticket: Ticket) -> str:
    """What sort of work it is, in words."""
    return phrase(f"desk.{ticket.kind}")


def show(console: Console) -> None:
    """Prints what is waiting."""
    with reading() as session:
        tickets = waiting(session)
    if not tickets:
        console.print(phrase("desk.nothing"))
        return
    table = Table("工单号", "事由", "电话", "人在哪里", "说了什么", "时间")
    for one in tickets:
        mark = "急 " if one.urgent else ""
        when = f"{_here(one.created):%m-%d %H:%M}"
        table.add_row(one.number, mark + kind_of(one), one.phone or "没留", one.whereabouts, one.summary, when)
    console.print(table)


def _here(moment: datetime) -> datetime:
    """A recorded moment (UTC) by the clock on the wall."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(settings().timezone))


def close(number: str) -> bool:
    """Marks a ticket as done; False when there is none of that number."""
    with unit_of_work() as session:
        return close_ticket(session, number)


def order(number: str, status: str | None) -> dict[str, Any]:
    """An order as the desk sees it, after it was moved on if a status is given.

    Raises:
        StartError: no such order, or it cannot go there from where it is.
    """
    try:
        with unit_of_work() as session:
            if status:
                orders.advance(session, number, status, by=OPERATOR)
            found = orders.by_number(session, number)
            if found is None:
                raise StartError(phrase("desk.no_order", number=number))
            return orders.as_card(found)
    except orders.OrderError as error:
        raise StartError(phrase("desk.not_moved", number=number, status=status, why=error)) from error


class Bell:
    """Tells each new urgent ticket once."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._told: set[str] = set()

    def ring(self) -> None:
        """Looks for urgent tickets that were not told yet; a database that is gone for a while stops nothing else."""
        try:
            with reading() as session:
                urgent = [t for t in waiting(session) if t.urgent and t.number not in self._told]
        except SQLAlchemyError:
            return
        for one in urgent:
            self._told.add(one.number)
            words = phrase(
                "desk.urgent",
                number=one.number,
                kind=kind_of(one),
                phone=one.phone or "没留",
                where=one.whereabouts or "没说",
                text=one.summary,
            )
            self._console.print(f"\a{words}", style="bold red", markup=False, highlight=False, soft_wrap=True)
