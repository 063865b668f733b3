"""Tickets: what a person at the desk has to do."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from care.clock import utc_now
from care.db import Base

KINDS = (
    "human", "callback", "complaint", "binding", "emergency", "policy_question", "scam", "rating", "feedback", "consent", "other",
)  # fmt: skip


class Ticket(Base):
    """One piece of work for the desk. The summary is masked; the number to call, and where somebody in danger is, are kept apart from it."""

    __tablename__ = "ticket"
    __table_args__ = (Index("ix_ticket_status_urgent", "status", "urgent"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(12), unique=True)
    """Five digits or more, without look-alikes; orders have four, so the two are not mixed up."""
    kind: Mapped[str] = mapped_column(String(20))
    urgent: Mapped[bool] = mapped_column(default=False)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversation.id", ondelete="SET NULL"), index=True)
    phone: Mapped[str | None] = mapped_column(String(20))
    summary: Mapped[str] = mapped_column(Text, default="")
    whereabouts: Mapped[str] = mapped_column(Text, default="")
    """Who it is about and where they are, unmasked: of an emergency only, for whoever is sent out."""
    status: Mapped[str] = mapped_column(String(10), default="open")
    """`open`, `taken` or `closed`."""
    created: Mapped[datetime] = mapped_column(default=utc_now)
    updated: Mapped[datetime] = mapped_column(default=utc_now, onupdate=utc_now)
