"""To a human, at once: warm words, one ticket, and the truth about when somebody can answer."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from care.clock import now, within
from care.conversation.model import Conversation
from care.handover.model import Ticket
from care.handover.phones import find_phone
from care.handover.tickets import open_ticket
from care.reply import Command, Outcome, Reply
from care.settings import settings
from care.texts import reply
from care.turn import Turn
from care.wording import say_digits, say_phone, say_time

CALL = "phone"
"""The channel on which the caller can be put through."""
NOT_DIGITS = re.compile(r"[^0-9零一二三四五六七八九幺]")
NOT_A_NUMBER = re.compile(r"[\s\-，。,.、]")
NO_TRANSFER = "no_transfer"
"""Memory key: the line of this call goes nowhere else (the phone of a page), so nothing of the kind is promised."""


def desk_is_open() -> bool:
    """Whether somebody sits at the desk now; emergencies go to the duty desk at any time."""
    return within(settings().duty_hours, now())


def opening() -> str:
    """When the desk opens, as it is said: 早上八点."""
    return say_time(settings().duty_hours.split("-")[0].strip().zfill(5))


def goes_through(conversation: Conversation) -> bool:
    """Whether the line of a call can be joined to another telephone."""
    return conversation.channel == CALL and not conversation.recall(NO_TRANSFER)


def human(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Hands over: a ticket with what was said so far, and the channel's transfer. Asking twice makes no second one."""
    ticket = open_ticket(session, "human", conversation, turn.text, turn.last("phone"))
    if conversation.task:
        conversation.remember(asked=turn.message_id)  # people take over: the task's question is not asked after it
    there = desk_is_open()
    taken = goes_through(conversation) and bool(settings().operator_numbers)
    through = there and (conversation.channel != CALL or taken)
    name = _wording(conversation, ticket, there, through)
    said = reply(
        f"handover.{name}",
        number=say_digits(ticket.number),
        plain=ticket.number,
        phone=say_phone(ticket.phone or ""),
        opens=opening(),
    )
    command = Command("transfer", {"to": "desk", "ticket": ticket.number, "open": through})
    return Outcome([Reply(said.say, said.show, said.choices, command)], "handed_over")


def number_given(session: Session, conversation: Conversation, text: str) -> Outcome | None:
    """A telephone number told right after the handover, as was asked for: it goes onto the open ticket."""
    phone = find_phone(text) if conversation.state == "handed_over" else None
    if phone is None or len(NOT_DIGITS.sub("", text)) < len(NOT_A_NUMBER.sub("", text)) / 2:
        return None
    open_ticket(session, "human", conversation, "", phone)
    return Outcome([reply("handover.human_number", phone=say_phone(phone))], "handed_over")


def _wording(conversation: Conversation, ticket: Ticket, there: bool, through: bool) -> str:
    """Which sentence fits; on the telephone short ones, and no number is read to somebody who calls from it."""
    if conversation.channel == CALL and ticket.phone:
        later = "human_call_later" if conversation.last_replies else "human_call_later_first"
        return "human_call" if through else later if there else "human_call_closed"
    if conversation.channel == CALL and there and not through:
        return "human_call_later_no_phone"
    return ("human_open" if there else "human_closed") + ("" if ticket.phone else "_no_phone")
