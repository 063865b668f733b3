"""Rasa's trackers in memory, only the conversations spoken last.

A tracker holds nothing that the database does not: who comes back after being dropped is restored by
action_session_start, as after a restart of the bot.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Optional, Text

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

MOST_CONVERSATIONS = 2000
MOST_MEGABYTES = 128
MEGABYTE = 1_000_000


class LatestTrackerStore(InMemoryTrackerStore):
    """Forgets the conversation that has been silent for the longest time when there are too many.

    Options in endpoints.yml: `conversations` and `megabytes` kept at most.
    """

    def __init__(
        self, domain: Domain, event_broker: Any = None, conversations: int = MOST_CONVERSATIONS,
        megabytes: int = MOST_MEGABYTES, **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self.store: OrderedDict[Text, Text] = OrderedDict()
        self._most = max(1, int(conversations))
        self._most_size = int(megabytes) * MEGABYTE
        self._size = 0

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the tracker, and drops the oldest while there are too many. The one just saved always stays."""
        self._size -= len(self.store.get(tracker.sender_id, ""))
        await super().save(tracker)
        self.store.move_to_end(tracker.sender_id)
        self._size += len(self.store[tracker.sender_id])
        while len(self.store) > 1 and (len(self.store) > self._most or self._size > self._most_size):
            _, dropped = self.store.popitem(last=False)
            self._size -= len(dropped)

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """The tracker of a conversation, if it is still kept."""
        if sender_id in self.store:
            self.store.move_to_end(sender_id)
        return await super().retrieve(sender_id)
