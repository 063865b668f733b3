"""The sound of calls, where a town keeps it: where it lies, and when it is removed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.calls.model import CallRecord
from care.clock import utc_now
from care.settings import settings


def path(call: str) -> Path:
    """The file of a call."""
    return settings().home / "calls" / f"{call}.wav"


def expire(session: Session) -> int:
    """Removes sound that is older than allowed, and files that belong to no call; gives how many."""
    limit = utc_now() - timedelta(days=settings().keep_audio_days)
    kept = session.scalars(select(CallRecord).where(CallRecord.audio.is_(True))).all()
    for record in kept:
        if record.began < limit:
            record.audio = False
    running = session.scalars(select(CallRecord.id).where(CallRecord.ended.is_(None), CallRecord.began >= limit)).all()
    wanted = {record.id for record in kept if record.audio} | set(running)
    removed = 0
    for file in path("x").parent.glob("*.wav"):
        if file.stem not in wanted:
            file.unlink(missing_ok=True)
            removed += 1
    return removed
