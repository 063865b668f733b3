"""Wrong telephone endings given for one order, over all conversations: only ten thousand endings exist."""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import datetime, timedelta

from care import clock

MOST = 6
"""So many wrong endings for one order within `WITHIN`, and only people open it."""
WITHIN = timedelta(hours=12)


class Guesses:
    """Counts in this process; only numbers of orders that exist are counted, so that it stays small."""

    def __init__(self) -> None:
        self._wrong: dict[str, deque[datetime]] = defaultdict(lambda: deque(maxlen=MOST))

    def wrong(self, number: str) -> None:
        """An ending was wrong for this order."""
        self._wrong[number].append(clock.now())

    def too_many(self, number: str) -> bool:
        """Whether no further ending is listened to for this order."""
        given = self._wrong.get(number) or deque()
        return len(given) == MOST and clock.now() - given[0] < WITHIN


guesses = Guesses()
