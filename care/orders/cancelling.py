"""Cancelling an order: the sentence that repeats what is cancelled, or asks which of its days."""

from __future__ import annotations

from typing import Any

from care.clock import today
from care.orders import speech
from care.orders.model import Order
from care.reply import Choice, Reply
from care.texts import reply
from care.wording import say_day


def question(draft: dict[str, Any], order: Order) -> tuple[Reply, str]:
    """What to ask before an order, or some of its days, is cancelled, and the name of the slot."""
    values: dict[str, Any] = {
        "name": speech.name(order),
        "when": speech.when(order),
        "number": speech.number(order),
    }
    if not order.days:
        return reply("orders.confirm_cancel_application", **values), "confirm"
    if draft.get("part"):
        return reply("orders.confirm_cancel_part", days=speech.some_days(draft["part"]), **values), "confirm"
    ahead = [day for day in order.live_days if day >= today()]
    if len(ahead) > 1 and not draft.get("whole"):
        return reply("orders.ask_part", day=say_day(ahead[0], today(), calendar=False), **values), "date"
    return reply(
        "orders.confirm_cancel", choices=(Choice("对，取消", "对"), Choice("不取消", "不对")), **values
    ), "confirm"
