"""To a human, at once: warm words, one ticket, and the truth about when somebody can answer."""

from __future__ import annotations

from datetime import time

from sqlalchemy.orm import Session

from care.clock import now
from care.conversation.model import Conversation
from care.handover.tickets import open_ticket
from care.reply import Command, Outcome, Reply
from care.texts import reply
from care.turn import Turn
from care.wording import say_digits, say_phone

OPENS, CLOSES = time(8, 0), time(18, 0)
"""Hours of the desk, every day; emergencies go to the duty desk at any time."""


def desk_is_open() -> bool:
    """Whether somebody sits at the desk now."""
    return OPENS <= now().time() < CLOSES


def human(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Hands over: a ticket with what was said so far, and the channel's transfer. Asking twice makes no second one."""
    ticket = open_ticket(session, "human", conversation, turn.text, turn.last("phone"))
    name = "human_open" if desk_is_open() else "human_closed"
    number = say_digits(ticket.number)
    if ticket.phone:
        said = reply(f"handover.{name}", number=number, plain=ticket.number, phone=say_phone(ticket.phone))
    else:
        said = reply(f"handover.{name}_no_phone", number=number, plain=ticket.number)
    command = Command("transfer", {"to": "desk", "ticket": ticket.number, "open": desk_is_open()})
    return Outcome([Reply(said.say, said.show, said.choices, command)], "handed_over")
