"""What is kept of an emergency: who, what, when, and what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from care.clock import utc_now
from care.db import Base


class EmergencyRecord(Base):
    """One emergency of one conversation; later words of the same emergency are added to it."""

    __tablename__ = "emergency"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    """What was said, masked."""
    phone: Mapped[str | None] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ticket: Mapped[str] = mapped_column(String(12), default="")
    """Number of the urgent ticket at the duty desk."""
    alerts: Mapped[list[Any]] = mapped_column(default=list)
    """What was really done, in order: {"what": "ticket", "number": …, "at": …}; nothing that was only meant."""
    at: Mapped[datetime] = mapped_column(default=utc_now)
    over: Mapped[datetime | None]
    """When the person said that it was over."""
