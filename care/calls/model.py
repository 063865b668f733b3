"""The record of one call; what was said is in the transcript of the conversation with the same id."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from care.clock import utc_now
from care.db import Base


class CallRecord(Base):
    """One call, incoming or outgoing."""

    __tablename__ = "call"
    __table_args__ = (Index("ix_call_phone_began", "phone", "began"),)

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    """Also the id of its conversation."""
    line: Mapped[str] = mapped_column(String(10))
    """`sip` or `browser`."""
    direction: Mapped[str] = mapped_column(String(3), default="in")
    """`in` or `out`."""
    purpose: Mapped[str] = mapped_column(String(20), default="")
    """Of an outgoing call."""
    phone: Mapped[str] = mapped_column(String(20), default="")
    """The other side's number; empty when withheld."""
    began: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    ended: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(20), default="")
    """`finished`, `hung_up`, `transferred`, `callback`, `silent`, `limit`, `broken`, `stopped`; of outgoing calls that
    nobody answered the reason (`busy`, `no_answer` …); empty while it goes on."""
    reason: Mapped[str] = mapped_column(String(20), default="")
    """Who or what ended the line."""
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Quality: milliseconds of every turn, interruptions, faults, what the line measured."""
    audio: Mapped[bool] = mapped_column(default=False)
    """Its sound is kept in `home/calls/<id>.wav` until it expires."""
