"""Where to find and reach somebody in danger: told in the same breath, in what was open, booked before, or on file.

The summary of a ticket is masked; these stand beside it, unmasked, because whoever is sent out needs the door and the name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from care.conversation.model import Conversation
from care.emergency.everyday import ADDRESS, CLAUSE, NAMED
from care.handover import reachable
from care.handover.phones import find_phone

PEOPLE = "booking_people"
"""Memory key under which a booking keeps who it was for."""


@dataclass(frozen=True)
class Whereabouts:
    """What is known of them; empty where nothing is."""

    phone: str = ""
    place: str = ""
    """Name and address, as they were told."""


def told(conversation: Conversation, text: str) -> Whereabouts:
    """What the words in danger, and everything told before them, say of where somebody is."""
    known = [draft for draft in conversation.drafts.values() if isinstance(draft, dict)]
    known.append(conversation.recall(PEOPLE, {}))
    if conversation.person:
        known.append({"name": conversation.person.name, "address": conversation.person.address})
    said = [clause for clause in CLAUSE.split(text) if ADDRESS.search(clause) or NAMED.search(clause)]
    named = any(NAMED.search(clause) for clause in said)
    placed = any(ADDRESS.search(clause) for clause in said)
    before = [*([] if named else [_first(known, "name")]), *([] if placed else [_first(known, "address", "place")])]
    phone = conversation.phone or find_phone(text) or reachable(conversation) or _first(known, "phone", "asker_phone")
    return Whereabouts(phone or "", "，".join(filter(None, [*before, *said])))


def _first(known: list[dict[str, Any]], *names: str) -> str:
    """The first that is known under one of these names."""
    return next((str(one[name]) for one in known for name in names if one.get(name)), "")
