"""Orders as they are stored."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from care.clock import utc_now
from care.db import Base

Day = date
"""Another name, where `date` is that of a column."""
SUBMITTED, CONFIRMED, DISPATCHED, DONE, CANCELLED = "submitted", "confirmed", "dispatched", "done", "cancelled"
TRANSITIONS: dict[str, frozenset[str]] = {
    SUBMITTED: frozenset({CONFIRMED, DISPATCHED, DONE, CANCELLED}),
    CONFIRMED: frozenset({DISPATCHED, DONE, CANCELLED}),
    DISPATCHED: frozenset({CONFIRMED, DONE, CANCELLED}),
    DONE: frozenset(),
    CANCELLED: frozenset(),
}
"""From a status to those that may follow."""


class Order(Base):
    """One thing agreed on: a meal for a week, a bath, an application."""

    __tablename__ = "service_order"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(10), unique=True)
    """What people say and hear."""
    key: Mapped[str] = mapped_column(String(80), unique=True)
    """Idempotency key: the same request sent again finds this order."""
    region: Mapped[str] = mapped_column(String(20))
    service: Mapped[str] = mapped_column(String(30))
    status: Mapped[str] = mapped_column(String(12), default=SUBMITTED)
    time: Mapped[str] = mapped_column(String(5), default="")
    """Agreed time of day "HH:MM", of a whole day the hour of arrival if one was told; empty for applications."""
    quantity: Mapped[int] = mapped_column(default=1)
    person_name: Mapped[str] = mapped_column(String(40), default="")
    """Who it is for."""
    person_phone: Mapped[str] = mapped_column(String(20), default="", index=True)
    address: Mapped[str] = mapped_column(String(120), default="")
    asked_by: Mapped[str] = mapped_column(String(40), default="")
    """Who asked, in words (女儿); empty = the elder."""
    asked_by_phone: Mapped[str] = mapped_column(String(20), default="", index=True)
    relation: Mapped[str] = mapped_column(String(20), default="self")
    """For whom, seen from who asked: self, mother …"""
    particulars: Mapped[dict[str, Any]] = mapped_column(default=dict)
    conversation: Mapped[str] = mapped_column(String(80), default="", index=True)
    channel: Mapped[str] = mapped_column(String(10), default="")
    provider: Mapped[str] = mapped_column(String(40), default="")
    """Id of who carries it out; empty = not assigned yet."""
    total_fen: Mapped[int | None]
    """Sum in 分; none = not known here."""
    payer: Mapped[str] = mapped_column(String(12), default="paid")
    price_demo: Mapped[bool] = mapped_column(default=False)
    rating: Mapped[int | None]
    rating_words: Mapped[str] = mapped_column(Text, default="")
    created: Mapped[datetime] = mapped_column(default=utc_now)
    updated: Mapped[datetime] = mapped_column(default=utc_now, onupdate=utc_now)

    days: Mapped[list[OrderDay]] = relationship(order_by="OrderDay.day", cascade="all, delete-orphan")
    history: Mapped[list[OrderEvent]] = relationship(order_by="OrderEvent.id", cascade="all, delete-orphan")

    __table_args__ = (CheckConstraint("rating IS NULL OR (rating BETWEEN 1 AND 5)", name="rating_range"),)

    @property
    def live_days(self) -> list[Day]:
        """The days that still stand, earliest first."""
        return [day.day for day in self.days if not day.cancelled]

    @property
    def date(self) -> Day | None:
        """The first day that stands."""
        return next(iter(self.live_days), None)

    @property
    def end_date(self) -> Day | None:
        """The last day that stands."""
        return self.live_days[-1] if self.live_days else None

    @property
    def awaits_consent(self) -> bool:
        """Whether the elder, for whom somebody else asked, has still to agree."""
        return self.status == SUBMITTED and self.relation not in ("", "self")

    @property
    def total(self) -> Decimal | None:
        """The sum in yuan."""
        return None if self.total_fen is None else Decimal(self.total_fen) / 100


class OrderDay(Base):
    """One day of an order; a week of meals has seven."""

    __tablename__ = "order_day"
    __table_args__ = (UniqueConstraint("order_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("service_order.id", ondelete="CASCADE"), index=True)
    day: Mapped[date] = mapped_column(Date)
    cancelled: Mapped[bool] = mapped_column(default=False)


class OrderEvent(Base):
    """What happened to an order, for whoever has to answer for it."""

    __tablename__ = "order_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("service_order.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(20))
    """placed, confirmed, dispatched, done, cancelled, part_cancelled, rescheduled, rated"""
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime] = mapped_column(default=utc_now)


class SlotUse(Base):
    """How many places of one slot are taken; never more than the service's capacity."""

    __tablename__ = "slot_use"
    __table_args__ = (
        UniqueConstraint("region", "service", "day", "time"),
        CheckConstraint("used >= 0", name="used_not_negative"),
        Index("ix_slot_use_day", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(20))
    service: Mapped[str] = mapped_column(String(30))
    day: Mapped[date] = mapped_column(Date)
    time: Mapped[str] = mapped_column(String(5))
    """Start of the slot; empty = the whole day."""
    used: Mapped[int] = mapped_column(default=0)
