"""Emergencies: caught before anything is understood, answered calmly, put before the duty desk at once.

`check` is deterministic and needs neither the bot nor the database; `raise_alarm` and `follow_up` speak and record.
"""

from __future__ import annotations

from care.emergency.alarm import advice, follow_up, raise_alarm
from care.emergency.detect import ALARMING, SURE, Emergency, check, is_calm, urgency
from care.emergency.leaving import Leaving

__all__ = [
    "ALARMING",
    "SURE",
    "Emergency",
    "Leaving",
    "advice",
    "check",
    "follow_up",
    "is_calm",
    "raise_alarm",
    "urgency",
]
