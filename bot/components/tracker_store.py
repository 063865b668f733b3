"""Rasa's trackers in memory, only the conversations spoken last.

A tracker holds nothing that the database does not: who comes back after being dropped is restored by
action_session_start, as after a restart of the bot. Its events are kept as they are: writing them out and reading them
back (Rasa's own way) was half of a turn's work besides understanding.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, List, Optional, Text

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

MOST_CONVERSATIONS = 2000
MOST_MEGABYTES = 128
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Kept:
    """The events of one conversation; nobody changes an event once it has happened."""

    events: List[Event]
    size: int
    """Characters that they would take written out."""


class LatestTrackerStore(InMemoryTrackerStore):
    """Forgets the conversation that has been silent for the longest time when there are too many.

    Options in endpoints.yml: `conversations` and `megabytes` kept at most.
    """

    def __init__(
        self, domain: Domain, event_broker: Any = None, conversations: int = MOST_CONVERSATIONS,
        megabytes: int = MOST_MEGABYTES, **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self.store: OrderedDict[Text, Kept] = OrderedDict()
        self._most = max(1, int(conversations))
        self._most_size = int(megabytes) * MEGABYTE
        self._size = 0

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the tracker, and drops the oldest while there are too many. The one just saved always stays."""
        await self.stream_events(tracker)
        before = self.store.get(tracker.sender_id) or Kept([], 0)
        kept = _kept(tracker, before)
        self._size += kept.size - before.size
        self.store[tracker.sender_id] = kept
        self.store.move_to_end(tracker.sender_id)
        while len(self.store) > 1 and (len(self.store) > self._most or self._size > self._most_size):
            _, dropped = self.store.popitem(last=False)
            self._size -= dropped.size

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """The tracker of a conversation, if it is still kept."""
        if sender_id in self.store:
            self.store.move_to_end(sender_id)
        return await super().retrieve(sender_id)

    def deserialise_tracker(self, sender_id: Text, serialised_tracker: Any) -> DialogueStateTracker:
        """A tracker of its own with the events kept: what a broken turn does to it is forgotten."""
        tracker = self.init_tracker(sender_id)
        tracker.recreate_from_dialogue(Dialogue(sender_id, list(serialised_tracker.events)))
        return tracker


def _kept(tracker: DialogueStateTracker, before: Kept) -> Kept:
    events, known = list(tracker.events), len(before.events)
    if known > len(events) or (known and events[known - 1] is not before.events[-1]):
        before, known = Kept([], 0), 0
    return Kept(events, before.size + sum(len(json.dumps(event.as_dict(), default=str)) for event in events[known:]))
