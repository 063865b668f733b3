"""A booking in words: what is acknowledged in passing, and the one sentence that repeats all of it.

The same is written for a screen with figures instead of hanzi (`screen`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from care import regions
from care.booking import data, particulars
from care.booking.draft import Draft
from care.booking.when_words import say_when
from care.orders import OrderRequest, Price, price_of
from care.orders.capacity import wanted_days
from care.service_list import ServiceItem
from care.texts import phrase
from care.wording import WEEKDAYS, say_address, say_calendar_day, say_count, say_money, say_phone, say_rhythm

MEAL, APPLICATION = "delivery", "application"
PLAIN = "normal"
MOST_NEW = 2
"""Pieces of a booking that may have changed since it was read back for these to be all that is said of it."""


def acknowledge(draft: Draft, item: ServiceItem | None, changed: list[str], today: date) -> str:
    """What this turn filled in, said back in passing; empty when there is nothing to say."""
    if item is None or not changed:
        return ""
    service = data.service_name(item)
    parts = []
    if "person" in changed and draft.for_other:
        parts.append(
            phrase("booking.ack_person", who=data.spoken_of(draft.person, draft.person_word)["you"], service=service)
        )
        service = ""
    when = say_when(draft, today, full=False) if {"date", "time", "duration"} & set(changed) and item.dated else ""
    if when or "service" in changed:
        named = service if "service" in changed else ""
        parts.append(when + named if when else named)
    if {"quantity", "diet"} & set(changed) and draft.quantity:
        parts.append(portions(draft, item))
    elif "diet" in changed:
        parts.append(particulars.say("diet", draft.particulars["diet"]))
    parts += [
        particulars.say(name, draft.particulars[name])
        for name in changed
        if name in draft.particulars and name != "diet"
    ]
    if item.kind != MEAL and "duration" in changed and draft.days:
        parts.append(f"{say_count(draft.days)}天")
    if "place_label" in changed:
        parts.append(_place(item, draft.place_label))
    elif "place" in changed and "place" in particulars.hidden(draft.particulars):
        parts.append(phrase("booking.remark_home", address=spoken_address(draft)))
    elif "place" in changed:
        parts.append(_place(item, spoken_address(draft)))
    if "phone" in changed:
        parts.append(phrase("booking.ack_phone_yours" if draft.through_asker else "booking.ack_phone", phone=spoken_phone(draft)))
    parts = [part for part in parts if part]
    if not parts and "region" in changed and draft.region:
        parts = [regions.region(draft.region).short]
    noted = phrase("booking.ack_name", name=spoken_name(draft)) if "name" in changed else ""
    return (phrase("booking.ack", what="，".join(parts)) if parts else "") + noted


def portions(draft: Draft, item: ServiceItem, screen: bool = False) -> str:
    """How many of what: 两份软饭; people for what is not a meal."""
    count = str(draft.quantity) if screen else say_count(draft.quantity)
    diet = draft.particulars.get("diet")
    if not isinstance(diet, list):
        return f"{count}{item.price_unit or '份'}" if "diet" in item.slots else f"{count}个人"
    kinds = data.values("diet")
    plain = [kinds[code]["as"] for code in diet if code in kinds and code != PLAIN]
    without = [particulars.say("diet", [code]) for code in diet if code not in kinds]
    plain = list(dict.fromkeys(plain))
    if draft.shares and sum(draft.shares.values()) <= draft.quantity:
        return "，".join([*by_diet(draft.shares, draft.quantity, screen), *without])
    food = "、".join(plain) + ("的" if len(plain) > 1 and not plain[-1].endswith("的") else "") + "饭"
    return "，".join([f"{count}份{food}", *without])


def by_diet(shares: dict[str, int], quantity: int, screen: bool) -> list[str]:
    """The portions diet by diet: 一份软饭, 三份平常饭."""
    rest = quantity - sum(shares.values())
    counted = {**shares, **({PLAIN: rest} if rest > 0 else {})}
    kinds = data.values("diet")
    names = {code: kinds[code]["as"] if code != PLAIN else phrase("booking.plain_food") for code in counted}
    return [f"{n if screen else say_count(n)}份{names[code]}饭" for code, n in counted.items()]


def spoken_address(draft: Draft) -> str:
    """The address for the ear; one from before is not read out to whoever has the telephone."""
    return phrase("booking.place_on_file") if draft.address in draft.guarded else say_address(draft.address)


def spoken_name(draft: Draft) -> str:
    """The name for the ear."""
    return phrase("booking.name_on_file") if draft.name in draft.guarded else draft.name


def spoken_phone(draft: Draft) -> str:
    """The telephone number for the ear."""
    return phrase("booking.phone_on_file") if draft.phone in draft.guarded else say_phone(draft.phone)


def _place(item: ServiceItem, address: str) -> str:
    key = data.by_service(data.table("services")["place_as"], item)
    return phrase(f"booking.{key}", address=address)


def summary(draft: Draft, item: ServiceItem, today: date, screen: bool = False, caller: str = "") -> list[str]:
    """Everything that was agreed, piece by piece; the caller's own number is shown but not read out."""
    parts = []
    if draft.for_other:
        key = "sum_person_apply" if item.kind == APPLICATION else "sum_person"
        parts.append(
            phrase(
                f"booking.{key}",
                who=data.spoken_of(draft.person, draft.person_word)["you"],
                name=draft.name if screen else spoken_name(draft),
            )
        )
    elif draft.name and ("name" in item.slots or draft.name_told):
        parts.append(draft.name if screen else spoken_name(draft))
    if item.dated:
        parts.append(_show_when(draft) if screen else say_when(draft, today, full=True))
    parts += _what(draft, item, screen)
    if draft.notes:
        days = [date.fromisoformat(day) for day in draft.notes]
        parts.append(phrase("booking.sum_left_out", days="、".join(say_calendar_day(day, today) for day in days)))
    if draft.remarks:
        parts.append(phrase("booking.sum_remarks", words="；".join(draft.remarks)))
    if draft.address and "place" not in particulars.hidden(draft.particulars) and "place" in item.slots:
        parts.append(_place(item, draft.address if screen else spoken_address(draft)))
    if draft.phone and (screen or draft.for_other or draft.phone != caller):
        phone = draft.phone if screen else spoken_phone(draft)
        parts.append(phrase("booking.sum_phone_yours" if draft.through_asker else "booking.sum_phone", phone=phone))
    return [part for part in parts if part]


def _what(draft: Draft, item: ServiceItem, screen: bool) -> list[str]:
    names = [name for name in draft.particulars if name != "diet" and name in (*item.slots, "priority", "mobility")]
    said = [particulars.say(name, draft.particulars[name]) for name in names if not _unspoken(name, draft)]
    if item.kind == MEAL:
        return [portions(draft, item, screen), *said]
    service = data.service_name(item)
    if item.kind == APPLICATION:
        service = phrase("booking.sum_apply", service=service)
    count = [portions(draft, item, screen)] if draft.quantity and "quantity" in item.slots else []
    days = [f"{say_count(draft.days)}天"] if draft.days and "duration" in item.slots else []
    return [service, *count, *said, *days]


def _unspoken(name: str, draft: Draft) -> bool:
    """What the confirmation need not repeat: no illness, no priority."""
    value, none = draft.particulars[name], data.slot(name).get("none")
    return none is not None and value in (none, [none])


def _show_when(draft: Draft) -> str:
    def day(iso: str) -> str:
        one = date.fromisoformat(iso)
        return f"{one.month}月{one.day}日（星期{WEEKDAYS[one.weekday()]}）"

    if not draft.end_date:
        return day(draft.date) + (f" {draft.time}" if draft.time else "")
    if draft.chosen:
        return "、".join(day(one) for one in draft.chosen) + (f" {draft.time}" if draft.time else "")
    some = say_rhythm(draft.weekdays, draft.apart)
    but = phrase("booking.sum_without", days="、".join(day(one) for one in draft.without)) if draft.without else ""
    return f"{day(draft.date)}到{day(draft.end_date)}，{some}{but}" + (f" {draft.time}" if draft.time else "")


def price_words(price: Price, screen: bool = False) -> str:
    """What it costs and who pays: 一共二十四块，到付."""
    if price.payer == "free" or price.total == 0:
        return phrase("booking.price_free")
    if price.total is None:
        return phrase("booking.price_unknown")
    if screen:
        key = "booking.price_screen_demo" if price.demo else "booking.price_screen"
        amount = f"{price.total:.2f}".removesuffix(".00")
        return phrase(key, amount=amount)
    return phrase(f"booking.price_{price.payer}", amount=say_money(price.total))


def price_note(told: dict[str, Any], item: ServiceItem, price: Price) -> str:
    """What comes on top, unless a particular says that it does not concern this booking."""
    unless = data.table("services")["no_price_note"].get(item.code, {})
    return "" if any(told.get(slot) == value for slot, value in unless.items()) else price.note


@dataclass(frozen=True)
class ReadBack:
    """What is read back to be said yes to."""

    agreed: list[str]
    """What was agreed, piece by piece, for the ear."""
    follows: list[str]
    """What follows from it: how many days, what it costs."""
    said: str
    """The sentence to say yes to, for the ear."""
    shown: str
    """The same for the eye."""

    def since(self, agreed: list[str], follows: list[str]) -> str:
        """What is new against pieces that were heard before, in short; empty where all is to be heard, because much is
        new or something was taken away."""
        new = [piece for piece in self.agreed if piece not in agreed]
        lost = [piece for piece in agreed if piece not in self.agreed]
        after = [piece for piece in self.follows if piece not in follows]
        return _join([*new, *after]) if new and len(lost) <= len(new) <= MOST_NEW else ""


def confirmation(draft: Draft, item: ServiceItem, request: OrderRequest, today: date, caller: str) -> ReadBack:
    """All of a booking, to be said yes to."""
    price = price_of(request)
    consent = ""
    if draft.for_other:
        about = data.spoken_of(draft.person, draft.person_word)
        key = "consent_told" if draft.consent_told else "consent_yours" if draft.through_asker else "consent"
        consent = phrase(f"booking.{key}", who=about["you"], pronoun=about["pronoun"])
    days = phrase("booking.sum_days", days=_days(draft)) if draft.end_date else ""
    note = price_note(draft.particulars, item, price)
    agreed, follows = summary(draft, item, today, caller=caller), [days, price_words(price), note]
    shown = [*summary(draft, item, today, screen=True), days, price_words(price, screen=True), note]
    return ReadBack(
        agreed,
        [piece for piece in follows if piece],
        phrase("booking.confirm", summary=_join([*agreed, *follows]), consent=consent),
        phrase("booking.confirm", summary=_join(shown), consent=consent),
    )


def without_remarks(draft: Draft, item: ServiceItem, today: date) -> str:
    """What a read-back says but for what was only added in passing: the same is not read out whole twice."""
    return _join(summary(draft.model_copy(update={"remarks": []}), item, today, screen=True))


def _join(parts: list[str]) -> str:
    return "，".join(part for part in parts if part)


def _days(draft: Draft) -> str:
    first, last = date.fromisoformat(draft.date), date.fromisoformat(draft.end_date)
    return say_count(len(wanted_days(first, last, draft.weekdays, draft.away)) - len(draft.notes))
