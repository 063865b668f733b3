"""To a human, at once: warm words, one ticket, and the truth about when somebody can answer."""

from __future__ import annotations

from sqlalchemy.orm import Session

from care.clock import now, within
from care.conversation.model import Conversation
from care.handover.tickets import open_ticket
from care.reply import Command, Outcome, Reply
from care.settings import settings
from care.texts import reply
from care.turn import Turn
from care.wording import say_digits, say_phone, say_time


def desk_is_open() -> bool:
    """Whether somebody sits at the desk now; emergencies go to the duty desk at any time."""
    return within(settings().duty_hours, now())


def opening() -> str:
    """When the desk opens, as it is said: 早上八点."""
    return say_time(settings().duty_hours.split("-")[0].strip().zfill(5))


def human(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Hands over: a ticket with what was said so far, and the channel's transfer. Asking twice makes no second one."""
    ticket = open_ticket(session, "human", conversation, turn.text, turn.last("phone"))
    name = "human_open" if desk_is_open() else "human_closed"
    number = say_digits(ticket.number)
    if ticket.phone:
        said = reply(f"handover.{name}", number=number, plain=ticket.number, phone=say_phone(ticket.phone), opens=opening())
    else:
        said = reply(f"handover.{name}_no_phone", number=number, plain=ticket.number, opens=opening())
    command = Command("transfer", {"to": "desk", "ticket": ticket.number, "open": desk_is_open()})
    return Outcome([Reply(said.say, said.show, said.choices, command)], "handed_over")
