"""Which numbers the hotline may call, and how often one was called today."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from care.calls.model import CallRecord
from care.clock import utc_now
from care.handover import Ticket
from care.orders import Order
from care.people import Person
from care.settings import settings


def may_be_called(session: Session, phone: str) -> bool:
    """Whether a number is on file: of a person, of an order, or of a piece of work that waits for a call back."""
    if not phone:
        return False
    return any(
        session.scalar(select(func.count()).select_from(table).where(condition))
        for table, condition in (
            (Person, Person.phone == phone),
            (Ticket, (Ticket.phone == phone) & (Ticket.status != "closed")),
            (Order, or_(Order.person_phone == phone, Order.asked_by_phone == phone)),
        )
    )


def placed_today(session: Session, phone: str) -> int:
    """How many calls were placed to a number since midnight on the spot, answered or not."""
    zone = ZoneInfo(settings().timezone)
    here = utc_now().replace(tzinfo=UTC).astimezone(zone)
    midnight = datetime(here.year, here.month, here.day, tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
    found = select(func.count()).select_from(CallRecord)
    return (
        session.scalar(
            found.where(CallRecord.phone == phone, CallRecord.direction == "out", CallRecord.began >= midnight)
        )
        or 0
    )
