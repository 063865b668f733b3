"""Finds the conversation that a message belongs to, or begins it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from care import people
from care.conversation.model import Conversation
from care.settings import settings


def opened(session: Session, identifier: str, channel: str, phone: str | None) -> Conversation:
    """The conversation; who calls is looked up when their number is first known.

    Args:
        identifier: of the conversation; one call is one conversation.
        phone: the caller's number, if the channel vouches for it.
    """
    found = session.get(Conversation, identifier)
    if found is None:
        found = Conversation(
            id=identifier, channel=channel, region=settings().default_region,
            state="idle", drafts={}, memory={}, misses=0, last_replies=[],
        )  # fmt: skip
        session.add(found)
    if phone and not found.phone:
        found.phone = phone
        found.person = people.by_phone(session, phone)
        if found.person and found.person.region and not found.region:
            found.region = found.person.region
    session.flush()
    return found
