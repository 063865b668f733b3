"""Handing over to people: tickets, a human at once, a call back, a family account."""

from __future__ import annotations

from care.handover.binding import binding_task
from care.handover.callback import callback_task
from care.handover.desk import NO_TRANSFER, desk_is_open, goes_through, human, number_given
from care.handover.model import Ticket
from care.handover.phones import find_phone, reachable
from care.handover.tickets import close_ticket, open_ticket, waiting

__all__ = [
    "NO_TRANSFER", "Ticket", "binding_task", "callback_task", "close_ticket", "desk_is_open", "find_phone", "goes_through", "human",
    "number_given", "open_ticket", "reachable", "waiting",
]  # fmt: skip
