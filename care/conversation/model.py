"""What the product remembers of one conversation: the one place where its state lives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from care.clock import utc_now
from care.db import Base
from care.people import Person

CUT_SHORT = "cut_short"
"""Memory key: whoever speaks now spoke into the last answer before all of it was said."""


class Conversation(Base):
    """One call or chat, from greeting to goodbye."""

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))
    phone: Mapped[str | None] = mapped_column(String(20), index=True)
    """The caller's own number, if known; never taken for the elder's."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    region: Mapped[str] = mapped_column(String(20), default="")
    """Region id that this conversation is about; empty = not known yet."""
    state: Mapped[str] = mapped_column(String(40), default="idle")
    task: Mapped[str | None] = mapped_column(String(20))
    """The task (form) that is asking now."""
    drafts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What has been filled in so far, by task; a task in the background keeps its draft here."""
    memory: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Small things to refer back to, by capability: last policy record, last order, facts, pace."""
    misses: Mapped[int] = mapped_column(default=0)
    """How often in a row nothing was understood."""
    last_replies: Mapped[list[Any]] = mapped_column(default=list)
    created: Mapped[datetime] = mapped_column(default=utc_now)
    updated: Mapped[datetime] = mapped_column(default=utc_now, onupdate=utc_now)

    person: Mapped[Person | None] = relationship()

    @property
    def asking(self) -> str:
        """The slot being asked for (`date`, `confirm` …), or nothing."""
        if self.state == "confirming":
            return "confirm"
        return self.state.removeprefix("asking_") if self.state.startswith("asking_") else ""

    def draft(self, task: str) -> dict[str, Any]:
        """A copy of what a task has so far."""
        return dict(self.drafts.get(task) or {})

    def keep_draft(self, task: str, draft: dict[str, Any] | None) -> None:
        """Stores a task's draft, or forgets it."""
        rest = {name: kept for name, kept in self.drafts.items() if name != task}
        self.drafts = rest if draft is None else {**rest, task: draft}

    def recall(self, key: str, default: Any = None) -> Any:
        """Something remembered in this conversation."""
        return self.memory.get(key, default)

    def remember(self, **things: Any) -> None:
        """Remembers things for later turns; None forgets."""
        merged = {**self.memory, **things}
        self.memory = {key: value for key, value in merged.items() if value is not None}


class Line(Base):
    """One turn of a transcript: personal data in both directions is masked."""

    __tablename__ = "transcript_line"
    __table_args__ = (Index("ix_line_conversation_message", "conversation_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[str] = mapped_column(String(80), default="")
    heard: Mapped[str] = mapped_column(Text)
    said: Mapped[list[Any]] = mapped_column(default=list)
    repeats: Mapped[bool] = mapped_column(default=False)
    """The answer only said earlier words again."""
    state: Mapped[str] = mapped_column(String(40))
    order_number: Mapped[str | None] = mapped_column(String(12))
    milliseconds: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(default=utc_now)
