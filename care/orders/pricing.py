"""What an order costs. Money is `Decimal` yuan here and whole 分 in the database, never a float."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, Protocol

from care.orders.capacity import as_day, wanted_days
from care.orders.model import Order
from care.service_list import Relief, ServiceItem, item, open_hours

PER_HOUR = "小时"


@dataclass(frozen=True)
class Price:
    """A sum and what to say about it."""

    total: Decimal | None
    """Yuan; none = not known here, the provider tells it."""
    demo: bool
    """Demonstration data, to be shown as such."""
    payer: Literal["free", "subsidised", "paid"]
    note: str = ""
    """What comes on top, in spoken words."""
    relief: Relief | None = None
    """Who pays less, as the region's document says."""


class Priced(Protocol):
    """What a price depends on: a request or an order's data."""

    region: str
    service: str
    date: Any
    end_date: Any
    weekdays: Any
    without: Any
    quantity: int
    particulars: dict[str, Any]


def price_of(request: Priced) -> Price:
    """The price of a request: per unit × number × days that the service works; unknown service → no total."""
    found = item(request.region, request.service)
    if found is None:
        return Price(None, False, "paid")
    if found.price is None or not found.price:
        total = Decimal(0) if found.price is not None else None
        return Price(total, False, found.payer, found.price_note, found.relief)
    days = 1
    if request.date:
        last = as_day(request.end_date) if request.end_date else None
        wanted = wanted_days(as_day(request.date), last, request.weekdays or (), request.without)
        days = len([day for day in wanted if open_hours(found, day)]) or 1
    total = unit_total(found, request.particulars) * max(request.quantity, 1) * days
    return Price(total, True, found.payer, found.price_note, found.relief)


def price_then(order: Order, listed: ServiceItem, particulars: dict[str, Any], quantity: int) -> Price:
    """What an order that stands costs with other particulars or another number; what was not known stays unknown."""
    total = order.total
    if total is not None and listed.price:
        days = len(order.live_days) if listed.dated else 1
        total = unit_total(listed, particulars) * quantity * days
    return Price(total, order.price_demo, listed.payer, listed.price_note, listed.relief)


def unit_total(found: ServiceItem, particulars: dict[str, Any]) -> Decimal:
    """The price of one unit on one day in yuan."""
    for variant in found.variants:
        said = particulars.get(variant.slot)
        if said == variant.value or said == [variant.value]:
            return variant.price * (_hours(found, particulars) if variant.unit == PER_HOUR else 1)
    return (found.price or Decimal(0)) * (_hours(found, particulars) if found.price_unit == PER_HOUR else 1)


def _hours(found: ServiceItem, particulars: dict[str, Any]) -> int:
    said = particulars.get("duration")
    minutes = said.get("minutes") if isinstance(said, dict) else None
    return max(1, math.ceil((minutes or found.minutes) / 60))
