"""People: the elders, their relatives and neighbours who call for them, and what is known of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from care.clock import utc_now
from care.db import Base


class Person(Base):
    """Somebody on file. Only what a service needs is kept (PIPL art. 6: minimum necessary)."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), default="")
    phone: Mapped[str | None] = mapped_column(String(20), unique=True)
    region: Mapped[str] = mapped_column(String(20), default="")
    address: Mapped[str] = mapped_column(String(120), default="")
    birth_year: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What decides eligibility, as this person told it: {"income": "dibao", "living": "alone", ...}."""
    speech_rate: Mapped[int | None]
    """Hanzi a minute this person wants; none means the default."""
    loud: Mapped[bool] = mapped_column(default=False)
    """Wants to be spoken to louder than usual."""
    accent: Mapped[str] = mapped_column(String(3), default="")
    """`yue` or `cmn`, where this person chose; else empty."""
    demo: Mapped[bool] = mapped_column(default=False)
    created: Mapped[datetime] = mapped_column(default=utc_now)


def by_phone(session: Session, phone: str | None) -> Person | None:
    """The person on file with this telephone number."""
    if not phone:
        return None
    return session.scalar(select(Person).where(Person.phone == phone))
