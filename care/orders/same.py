"""Whether what is about to be ordered stands already: the same, for the same person, then and there."""

from __future__ import annotations

from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.orders import finding
from care.orders.capacity import as_day, wanted_days
from care.orders.model import Order
from care.orders.service import OrderRequest, of_phone
from care.wording import say_address

IN_PASSING = frozenset({"remark", "asker_name", "place_label"})
"""Particulars that make no other order."""
THE_MATTER = ("problem",)
"""Particulars that say what it is all about: told differently, or not told, it is another order."""


def standing(session: Session, conversation: Conversation, request: OrderRequest) -> Order | None:
    """The order that stands for the very same; none where anything that matters differs.

    Whoever told its telephone number may hear of it.
    """
    known = {order.id: order for order in finding.known(session, conversation)}
    told = {order.id: order for order in of_phone(session, request.person_phone)}
    return next((order for order in (known | told).values() if order.key != request.key and _same(order, request)), None)


def _same(order: Order, request: OrderRequest) -> bool:
    """Whether a standing order covers a request."""
    alike = ("region", "service", "quantity", "relation", "person_phone")
    if not finding.is_open(order) or any(getattr(order, name) != getattr(request, name) for name in alike):
        return False
    if order.person_name and request.person_name and order.person_name != request.person_name:
        return False
    if order.time != request.time and order.days:
        return False
    return _covers(order, request) and _one_place(order.address, request.address) and _alike(order, request)


def _covers(order: Order, request: OrderRequest) -> bool:
    if request.date is None:
        return not order.days
    last = as_day(request.end_date) if request.end_date else None
    return set(wanted_days(as_day(request.date), last, request.weekdays, request.without)) <= set(order.live_days)


def _one_place(one: str, other: str) -> bool:
    """Whether two addresses are one, the town named in one of them only."""
    first, second = sorted((say_address(one), say_address(other)), key=len)
    return second.endswith(first) if first else not second


def _alike(order: Order, request: OrderRequest) -> bool:
    before, now = order.particulars, request.particulars
    if any(before.get(name) != now.get(name) for name in THE_MATTER):
        return False
    return all(before[name] == value for name, value in now.items() if name in before and name not in IN_PASSING)
