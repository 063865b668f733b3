"""The clock of the product: real time in the town's time zone, or the fixed moment in `CARE_NOW`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from care.settings import settings


def now() -> datetime:
    """The present moment as people on the spot would say it: local time without an offset."""
    zone = ZoneInfo(settings().timezone)
    fixed = settings().now
    if fixed is None:
        return datetime.now(zone).replace(tzinfo=None)
    return fixed.astimezone(zone).replace(tzinfo=None) if fixed.tzinfo else fixed


def today() -> date:
    """The present day on the spot."""
    return now().date()


def utc_now() -> datetime:
    """The true moment for records (created, logged), never fixed by `CARE_NOW`; UTC without an offset."""
    return datetime.now(UTC).replace(tzinfo=None)


def within(hours: str, moment: datetime) -> bool:
    """Whether a moment lies in `HH:MM-HH:MM`; hours may go past midnight, 24:00 is the end of the day.

    Raises:
        ValueError: these are no hours.
    """
    found = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*", hours)
    if not found:
        raise ValueError(f"no hours: {hours!r}")
    first, last = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    minute = moment.hour * 60 + moment.minute
    return first <= minute < last if first <= last else minute >= first or minute < last
