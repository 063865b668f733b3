"""Puts an order card into the words of a screen: a title, and lines of name and value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from care import clock
from care.booking import particulars
from care.booking.readback import by_diet
from care.texts import phrase
from care.wording import WEEKDAYS, day_part

UNSHOWN = ("health", "place_label", "asker_name")
"""Particulars that are not repeated on a screen: others may look at it."""


def drawn(card: dict[str, Any] | None) -> dict[str, Any] | None:
    """An order card with `title` and `lines` ({name, value, demo}) added; any other card as it is."""
    if not card or card.get("kind") != "order":
        return card
    values = {
        "what": _what(card),
        "when": _when(card),
        "who": card.get("person_name"),
        "where": card.get("address"),
        "by": card.get("provider"),
        "price": _price(card),
        "status": card.get("status_name"),
    }
    lines = [
        {
            "name": phrase(f"web.card_{name}"),
            "value": value,
            "demo": name == "price" and bool(card.get("price_note")),
        }
        for name, value in values.items()
        if value
    ]
    return card | {"title": card["service_name"], "lines": lines}


def _what(card: dict[str, Any]) -> str:
    words = []
    quantity, unit = card.get("quantity") or 0, card.get("unit") or ""
    told = card.get("particulars") or {}
    shares = told.get("diet_shares") or {}
    if shares:
        words += by_diet(shares, quantity, screen=True)
    elif quantity > 1 or unit == phrase("web.card_portion"):
        words.append(f"{quantity} {unit}")
    for name, value in told.items():
        if name in UNSHOWN:
            continue
        if name == "diet" and shares:
            value = [code for code in value if code.startswith(particulars.ALLERGY)]
        try:
            words.append(particulars.say(name, value) if value != [] else "")
        except (KeyError, TypeError, AttributeError):  # a particular that has no words for people
            continue
    return "，".join(filter(None, words))


def _when(card: dict[str, Any]) -> str:
    days = [date.fromisoformat(day) for day in card.get("days") or [card.get("date")] if day]
    if not days:
        return ""
    if len(days) == 1:
        words = f"{_day(days[0])} 星期{WEEKDAYS[days[0].weekday()]}"
    else:
        words = phrase("web.card_days", first=_day(days[0]), last=_day(days[-1]), count=len(days))
    if card.get("time"):
        words += " " + _time(card["time"])
        if card.get("until"):
            words += phrase("web.card_until", time=_time(card["until"], card["time"]))
    return words


def _day(day: date) -> str:
    year = "" if day.year == clock.today().year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def _time(time: str, after: str = "") -> str:
    hour, minute = time.split(":")
    part = "" if after and day_part(after) == day_part(time) else day_part(time) + " "
    return f"{part}{int(hour) - 12 if int(hour) > 12 else int(hour)}:{minute}"


def _price(card: dict[str, Any]) -> str:
    if card.get("payer") == "free":
        return phrase("web.card_free")
    if card.get("total") is None:
        return phrase("web.card_price_unknown")
    shown = f"{Decimal(card['total']).normalize():f}"
    return phrase("web.card_subsidised" if card.get("payer") == "subsidised" else "web.card_sum", sum=shown)
