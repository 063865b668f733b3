"""The present moment on the spot: `CARE_NOW`, or real time in `CARE_TIMEZONE`; the same rule as care.clock."""

from __future__ import annotations

import os
from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = "Asia/Shanghai"


def now() -> datetime:
    """Local time without an offset."""
    zone = ZoneInfo(os.environ.get("CARE_TIMEZONE", ZONE))
    fixed = os.environ.get("CARE_NOW")
    if not fixed:
        return datetime.now(zone).replace(tzinfo=None)
    moment = datetime.fromisoformat(fixed.replace("Z", "+00:00"))
    return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment
