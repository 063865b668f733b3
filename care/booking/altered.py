"""The particulars of an order that stands, told otherwise: bath at home instead of at the centre, softer food, another aid.

What is told is read as in a booking; the order's own draft is only lent for that and changes nothing by itself.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from care.booking import fetched, particulars, readback, towns
from care.booking.draft import Draft
from care.booking.hearing import Hearing
from care.clock import today
from care.conversation.model import Conversation
from care.orders.model import Order
from care.orders.pricing import price_then
from care.service_list import ServiceItem
from care.turn import Turn
from care.wording import say_count

ALTERABLE = ("diet", "bath_place", "cleaning_task", "medical_task", "department", "aid", "wheelchair", "mobility")
"""Particulars that may be told otherwise later; an illness or a remark is only noted."""
SHARES, LENGTH, REMARK = "diet_shares", "duration", "remark"
BESIDES = re.compile(r"再|还|加|添|也|另外|顺便|顺带|一并|连")
"""Words of something besides what was agreed on."""
WHERE, INSTEAD = "bath_place", re.compile(r"(?:改|换|还是)[^，。,]{0,4}(?:上门|家|屋|站|澡堂|中心)")
"""Where it is done, and words with which its plain names (上门) mean that place instead."""
ONLY = re.compile(r"(?:就)?只(?:要|用|想|有)?(?=[擦扫洗拖打收做弄])|就(?=[擦扫洗拖打][^，。]{1,6}(?:行|好|够|可以|得了|中|成))")
LONGER = re.compile(r"续|延|(?:多|再|接着)(?:租|借|住)")
"""A longer time is agreed on by telephone (`care.orders.for_staff`)."""


def read(
    session: Session, conversation: Conversation, order: Order, listed: ServiceItem, sofar: dict[str, Any], turn: Turn
) -> dict[str, Any]:
    """The particulars that these words tell otherwise than the order, and what was told for it before, has them."""
    known = {**order.particulars, **sofar}
    shares = known.get(SHARES) or {}
    draft = Draft(service=order.service, region=order.region, person=order.relation, quantity=order.quantity,
                  particulars=dict(known), shares=shares, changing=not BESIDES.search(turn.text))  # fmt: skip
    turn = _only(turn)
    hearing = Hearing(session, conversation, draft, replace(turn, intent="inform"), today(), "change", False, listed)
    slots = [slot for slot in listed.slots if slot in ALTERABLE]
    for slot in slots:
        hearing.asked = slot if slot == WHERE and INSTEAD.search(turn.text) else "change"
        particulars.read(hearing, slot)
    told = {slot: draft.particulars[slot] for slot in slots if slot in hearing.changed}
    if draft.shares != shares:
        told[SHARES] = draft.shares
    if length := _length(listed, known, turn):
        told[LENGTH] = length
    return told


def fetched_then(
    session: Session, conversation: Conversation, order: Order, listed: ServiceItem, turn: Turn
) -> tuple[dict[str, Any], Turn]:
    """Another hour of being fetched home (改到五点来接) as the remark it becomes, and the turn without that hour."""
    before = str(order.particulars.get(REMARK) or "")
    draft = Draft(service=order.service, region=order.region, person=order.relation, date=str(order.date or ""),
                  time=order.time, remarks=[one for one in before.split("；") if one])  # fmt: skip
    hearing = Hearing(session, conversation, draft, turn, today(), "change", False, listed)
    left = fetched.take(hearing, list(turn.of("time")))
    after = "；".join(draft.remarks)
    if after == before:
        return {}, turn
    return {REMARK: after}, replace(turn, entities=tuple(e for e in turn.entities if e.kind != "time" or e in left))


def _only(turn: Turn) -> Turn:
    """The words from the one on that says what alone is wanted (玻璃不用擦了，只擦厨房就行)."""
    found = ONLY.search(turn.text)
    if found is None:
        return turn
    kept = [e for e in turn.entities if e.start >= found.start() or not e.end]
    shifted = (replace(e, start=max(e.start - found.start(), 0), end=max(e.end - found.start(), 0)) for e in kept)
    return replace(turn, text=turn.text[found.start() :], entities=tuple(shifted))


def _length(listed: ServiceItem, known: dict[str, Any], turn: Turn) -> dict[str, Any] | None:
    """For how long instead, where the order is for a length of time (改成租两个月)."""
    said, before = turn.last("duration"), known.get(LENGTH)
    if not isinstance(said, dict) or not isinstance(before, dict) or LONGER.search(turn.text):
        return None
    length = {"days": said["days"]} if said.get("days") else None
    return length if length != before and LENGTH in listed.slots else None


def said(order: Order, listed: ServiceItem, changes: dict[str, Any], quantity: int) -> list[str]:
    """The changed particulars in words."""
    words = []
    if "diet" in changes or SHARES in changes:
        known = {**order.particulars, **changes}
        words.append(readback.portions(Draft(quantity=quantity, particulars=known, shares=known.get(SHARES) or {}), listed))
    words += [particulars.say(name, value) for name, value in changes.items() if name in ALTERABLE and name != "diet"]
    if remark := changes.get(REMARK):
        words.append(remark.split("；")[-1])
    if length := changes.get(LENGTH):
        words.append(f"{say_count(length['days'])}天")
    return words


def price(order: Order, listed: ServiceItem, changes: dict[str, Any], quantity: int) -> str:
    """What it costs then, and what comes on top."""
    known = {**order.particulars, **changes}
    found = price_then(order, listed, known, quantity)
    note = readback.price_note(known, listed, found)
    return "，".join(part for part in (readback.price_words(found), note) if part)


def address_then(order: Order, told: str) -> str:
    """Another address of an order, in the town that it had, where it names none."""
    return towns.like(order.address or "", order.region, told)


def lacks_place(order: Order, listed: ServiceItem, changes: dict[str, Any]) -> bool:
    """Whether somebody has to come to a home of which the order knows no address, because it was to be elsewhere."""
    needed = "place" in listed.slots and "place" not in particulars.hidden({**order.particulars, **changes})
    return bool(changes) and needed and not order.address


def comes_now(order: Order, listed: ServiceItem, changes: dict[str, Any]) -> bool:
    """Whether somebody comes to the address on the order now, which was not read out while it was to be elsewhere."""
    before, after = order.particulars, {**order.particulars, **changes}
    now = "place" in listed.slots and "place" not in particulars.hidden(after)
    return now and "place" in particulars.hidden(before) and bool(order.address)


def goes_there(order: Order, changes: dict[str, Any]) -> bool:
    """Whether they now go to the centre themselves: no address is needed."""
    return bool(changes) and "place" in particulars.hidden({**order.particulars, **changes})
