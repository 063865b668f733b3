"""What a leg has heard and nobody has taken yet."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from voice_gateway.leg import Event, Gone, Sound

MOST_SOUND = 250
"""Frames kept (5 s): of a listener that lags more, the oldest sound is lost; keys, hold and the end never are."""


class Mailbox:
    """A queue of events for one reader; ends with `Gone`."""

    def __init__(self, most: int = MOST_SOUND) -> None:
        self._events: deque[Event] = deque()
        self._most = most
        self._sounds = 0
        self._news = asyncio.Event()
        self._gone: Gone | None = None

    def put(self, event: Event) -> None:
        """Adds an event; after `Gone` nothing is taken any more."""
        if self._gone:
            return
        if isinstance(event, Sound):
            if self._sounds >= self._most:
                self._drop_oldest()
            self._sounds += 1
        if isinstance(event, Gone):
            self._gone = event
        self._events.append(event)
        self._news.set()

    def _drop_oldest(self) -> None:
        for index, event in enumerate(self._events):
            if isinstance(event, Sound):
                del self._events[index]
                self._sounds -= 1
                return

    async def events(self) -> AsyncIterator[Event]:
        """All events in order, until `Gone`."""
        while True:
            while self._events:
                event = self._events.popleft()
                if isinstance(event, Sound):
                    self._sounds -= 1
                yield event
                if isinstance(event, Gone):
                    return
            if self._gone:
                return
            self._news.clear()
            await self._news.wait()
