"""Orders: what was agreed on and stands in the database, from placing to rating."""

from care.orders import afterwards, meaning
from care.orders.capacity import Availability, alternatives, check
from care.orders.card import as_card
from care.orders.change import change_task
from care.orders.claims import cancelling, claims, redirecting, retold
from care.orders.complaint import complains, complaint_task
from care.orders.errors import ClosedThen, NotAllowed, NotAvailable, OrderError, SlotFull, UnknownOrder, UnknownService
from care.orders.model import Order
from care.orders.pricing import Price, price_of
from care.orders.rating import rate
from care.orders.service import (
    OrderRequest,
    advance,
    by_number,
    cancel,
    check_move,
    of_conversation,
    of_phone,
    place,
    rate_order,
    reschedule,
)
from care.orders.status import answer

__all__ = [
    "Availability",
    "ClosedThen",
    "NotAllowed",
    "NotAvailable",
    "Order",
    "OrderError",
    "OrderRequest",
    "Price",
    "SlotFull",
    "UnknownOrder",
    "UnknownService",
    "advance",
    "afterwards",
    "alternatives",
    "answer",
    "as_card",
    "by_number",
    "cancel",
    "cancelling",
    "change_task",
    "check",
    "check_move",
    "claims",
    "complains",
    "complaint_task",
    "meaning",
    "of_conversation",
    "of_phone",
    "place",
    "price_of",
    "rate",
    "rate_order",
    "redirecting",
    "reschedule",
    "retold",
]
