"""Opening tickets: one per conversation and kind, with a number that is easy to say."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.handover.model import KINDS, Ticket
from care.masking import mask

DIGITS = "235789"
"""Without 0, 1, 4 and 6, which are misheard on the telephone."""
LENGTH = 5
APART = "，"
"""Between the pieces of where somebody is."""
SUMMARY_LIMIT = 600
"""Characters kept of what was said."""


def _fresh(session: Session) -> str:
    tries = 0
    while True:
        made = secrets.choice(DIGITS)
        while len(made) < LENGTH + tries // 20:
            made += secrets.choice(DIGITS.replace(made[-1], ""))
        if session.scalar(select(Ticket.id).where(Ticket.number == made)) is None:
            return made
        tries += 1


def open_ticket(
    session: Session,
    kind: str,
    conversation: Conversation | None,
    summary: str,
    phone: str | None = None,
    *,
    urgent: bool = False,
    whereabouts: str = "",
) -> Ticket:
    """A ticket for the desk; the open one of the same conversation and kind is added to instead of making two.

    Args:
        session: an open unit of work.
        kind: one of `KINDS`.
        conversation: where it comes from.
        summary: in the person's words; masked here.
        phone: where to call back; none means the conversation's number.
        urgent: put before everything else.
        whereabouts: who it is about and where, as it was told; added to what is known already.

    Raises:
        ValueError: an unknown kind.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown ticket kind: {kind}")
    phone = phone or (conversation.phone if conversation else None)
    masked = mask(summary)[:SUMMARY_LIMIT]
    known = None
    if conversation is not None:
        known = session.scalar(
            select(Ticket).where(
                Ticket.conversation_id == conversation.id, Ticket.kind == kind, Ticket.status != "closed"
            )
        )
    if known is not None:
        if masked and masked not in known.summary:
            known.summary = f"{known.summary}\n{masked}"[-SUMMARY_LIMIT:].lstrip()
        known.phone = phone or known.phone
        known.urgent = known.urgent or urgent
        known.whereabouts = _added(known.whereabouts, whereabouts)
        return known
    made = Ticket(
        number=_fresh(session),
        kind=kind,
        urgent=urgent,
        conversation_id=conversation.id if conversation else None,
        phone=phone,
        summary=masked,
        whereabouts=whereabouts,
    )
    session.add(made)
    session.flush()
    return made


def _added(known: str, told: str) -> str:
    """What was told of where somebody is, nothing twice."""
    pieces = [*known.split(APART), *(piece for piece in told.split(APART) if piece not in known)]
    return APART.join(filter(None, pieces))


def waiting(session: Session) -> list[Ticket]:
    """What the desk still has to do, urgent first, then the oldest."""
    return list(
        session.scalars(select(Ticket).where(Ticket.status == "open").order_by(Ticket.urgent.desc(), Ticket.id))
    )


def close_ticket(session: Session, number: str) -> bool:
    """Marks a ticket as done; False when there is no such open ticket."""
    found = session.scalar(select(Ticket).where(Ticket.number == number, Ticket.status != "closed"))
    if found is None:
        return False
    found.status = "closed"
    return True
