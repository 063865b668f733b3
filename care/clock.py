"""The clock of the product: real time in the town's time zone, or the fixed moment in `CARE_NOW`."""

from __future__ import annotations

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
