"""An order as data for a screen to draw."""

from __future__ import annotations

from typing import Any

from care.masking import mask
from care.orders.model import Order
from care.service_list import interval_of, item, provider

DEMO = "演示"
STATUS_WORDS = {
    "submitted": "已登记",
    "consent": "等老人同意",
    "confirmed": "已订好",
    "dispatched": "已派人",
    "done": "已完成",
    "cancelled": "已取消",
}


def as_card(order: Order, private: bool = True) -> dict[str, Any]:
    """The card of an order; without `private` the telephone number is masked and no name or address is in it."""
    listed = item(order.region, order.service)
    who = provider(order.provider)
    until = interval_of(listed, order.time) if listed and order.time else None
    card: dict[str, Any] = {
        "kind": "order",
        "number": order.number,
        "service": order.service,
        "service_name": listed.say_name if listed else order.service,
        "region": order.region,
        "status": order.status,
        "status_name": STATUS_WORDS["consent" if order.awaits_consent else order.status],
        "awaits_consent": order.awaits_consent,
        "date": str(order.date or next((day.day for day in order.days), "")),
        "end_date": str(order.end_date or ""),
        "days": [str(day) for day in order.live_days],
        "weekdays": sorted({day.isoweekday() for day in order.live_days}),
        "time": order.time,
        "until": until[1] if until else "",
        "quantity": order.quantity,
        "unit": listed.price_unit if listed else "",
        "particulars": order.particulars,
        "provider": who.name if who else "",
        "total": None if order.total is None else f"{order.total:.2f}",
        "payer": order.payer,
        "price_note": DEMO if order.price_demo else "",
        "rating": order.rating,
        "person_phone": order.person_phone if private else mask(order.person_phone),
        "asked_by": order.asked_by,
        "relation": order.relation,
        "channel": order.channel,
        "created": order.created.isoformat(),
    }
    if private:
        card |= {
            "person_name": order.person_name,
            "asked_by_phone": order.asked_by_phone,
            "address": order.address,
        }
    return card
