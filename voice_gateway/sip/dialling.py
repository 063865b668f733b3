"""Whom the hotline may call, and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Literal

from care.clock import within
from care.settings import Settings

LONGEST_NUMBER = 12
"""Digits of the longest number in the country (area code and eight digits)."""

Reason = Literal["not_listed", "international", "hours", "daily", "capacity", "no_trunk"]
Failure = Literal["busy", "no_answer", "declined", "unknown_number", "unreachable", "error"]


class DialRefused(Exception):
    """The hotline may not place this call; nothing was sent."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class DialFailed(Exception):
    """The call was placed and nobody took it."""

    def __init__(self, reason: Failure) -> None:
        super().__init__(reason)
        self.reason = reason


def domestic(text: str) -> str:
    """A number as people in the country dial it: digits only, without +86 and separators; empty when it is none."""
    compact = re.sub(r"[\s().-]", "", text)
    compact = re.sub(r"^(\+86|0086)", "", compact)
    if re.fullmatch(r"861\d{10}", compact):
        compact = compact[2:]
    return compact if re.fullmatch(r"\d{1,20}", compact) else ""


class Permission:
    """The rules of outgoing calls: listed numbers only, within hours, so many a day.

    The people who take over (`operator_numbers`) may be called at any time and as often as needed; people on file
    only within `outgoing_hours` and `outgoing_daily` times a day.
    """

    def __init__(
        self,
        settings: Settings,
        now: Callable[[], datetime],
        on_file: Callable[[str], bool],
        placed_today: Callable[[str], int] | None = None,
    ) -> None:
        """Args:
        now: local time.
        on_file: whether a number belongs to a person on file.
        placed_today: calls placed to a number today by what is recorded; else only this process's own are counted.
        """
        self._settings = settings
        self._now = now
        self._on_file = on_file
        self._placed_today = placed_today
        self._day = date.min
        self._placed: Counter[str] = Counter()

    def operators(self, chosen: str = "") -> list[str]:
        """Those who take over, in order, or the chosen one alone (also an emergency number that the trunk takes); empty
        when that one is not listed."""
        if chosen in self._settings.emergency_numbers:
            return [chosen]
        return [number for number in self._settings.operator_numbers if chosen in ("", number)]

    def check(self, number: str) -> str:
        """The number as it will be dialled.

        Raises:
            DialRefused: why not.
        """
        if number in self._settings.operator_numbers:
            return number
        compact = re.sub(r"[\s()-]", "", number)
        if compact.startswith(("+", "00")):
            raise DialRefused("international")
        if not re.fullmatch(rf"\d{{3,{LONGEST_NUMBER}}}", compact) or not self._on_file(compact):
            raise DialRefused("not_listed")
        moment = self._now()
        if not within(self._settings.outgoing_hours, moment):
            raise DialRefused("hours")
        if self._today(moment.date(), compact) >= self._settings.outgoing_daily:
            raise DialRefused("daily")
        return compact

    def placed(self, number: str) -> None:
        """Counts a call that was placed."""
        self._today(self._now().date(), number)
        self._placed[number] += 1

    def _today(self, day: date, number: str) -> int:
        if day != self._day:
            self._day = day
            self._placed.clear()
        recorded = self._placed_today(number) if self._placed_today else 0
        return max(recorded, self._placed[number])


FAILURES: dict[int, Failure] = {
    486: "busy", 600: "busy", 480: "no_answer", 408: "no_answer", 487: "no_answer", 403: "declined", 603: "declined",
    404: "unknown_number", 410: "unknown_number", 484: "unknown_number", 604: "unknown_number", 503: "unreachable",
}  # fmt: skip


def failure(status: int) -> Failure:
    """What a refusing answer means."""
    return FAILURES.get(status, "error")
