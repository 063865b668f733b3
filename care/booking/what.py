"""Which service is booked: named at the start, changed, or wanted besides."""

from __future__ import annotations

from care.booking import data
from care.booking.draft import Draft
from care.booking.hearing import Hearing
from care.service_list import aliases

STARTS = ("book", "add_item")
SEVERAL_WORDS = ("和", "跟", "还", "再", "另外", "顺便", "也")
CHANGE_WORDS = ("改", "换")


def read_service(hearing: Hearing) -> None:
    """Takes the service out of the turn: the first one, another instead, or one more for afterwards."""
    draft, turn = hearing.draft, hearing.turn
    codes = list(dict.fromkeys(turn.all("service")))
    if not codes and hearing.asked in ("service", "change"):
        codes = _by_words(turn.text)
    if codes:
        if not draft.service:
            _first(hearing, codes)
        elif hearing.corrects or any(word in turn.text for word in CHANGE_WORDS):
            _instead(hearing, codes[-1])
        elif turn.intent in STARTS:
            _besides(hearing, codes)
    hearing.item = data.service_item(draft.region, draft.service)


def _by_words(text: str) -> list[str]:
    plain = text.replace("个", "")
    hits = sorted((word for word in aliases() if word in text or word in plain), key=len, reverse=True)
    return [aliases()[hits[0]]] if hits else []


def _first(hearing: Hearing, codes: list[str]) -> None:
    several = len(codes) > 1 and any(word in hearing.turn.text for word in SEVERAL_WORDS)
    chosen = codes[0] if several or "不" not in hearing.turn.text else codes[-1]
    hearing.draft.service = chosen
    hearing.set("service")
    if several:
        hearing.draft.queue += [code for code in codes if code != chosen]


def _instead(hearing: Hearing, code: str) -> None:
    draft = hearing.draft
    item = data.service_item(draft.region, code)
    if code == draft.service:
        hearing.handled = True
        return
    draft.service = code
    hearing.set("service")
    if item is None:
        return
    slots = asked_slots(draft)
    kept = bool(draft.date or draft.address or draft.phone)
    draft.particulars = {name: value for name, value in draft.particulars.items() if name in slots}
    draft.offered, draft.options = {}, []
    if "quantity" not in slots:
        draft.quantity = 0
    if item.kind != "delivery":
        draft.repeats, draft.end_date, draft.weekdays = False, "", []
    if not item.dated:
        draft.forget("date")
        draft.forget("time")
    hearing.note("service_changed_kept" if kept else "service_changed", service=data.service_name(item))


def _besides(hearing: Hearing, codes: list[str]) -> None:
    draft = hearing.draft
    for code in codes:
        item = data.service_item(draft.region, code)
        if code != draft.service and code not in draft.queue and item:
            draft.queue.append(code)
            now = data.service_item(draft.region, draft.service)
            hearing.note("queued", later=data.service_name(item), now=data.service_name(now) if now else "")


def asked_slots(draft: Draft) -> list[str]:
    """Every slot that a booking of this service fills, in the order of asking."""
    item = data.service_item(draft.region, draft.service)
    if item is None:
        return []
    services = data.table("services")
    late = services["late_slots"]
    slots = [slot for slot in item.slots if slot not in late]
    for extra in services["extra_slots"].get(item.code, ()):
        slots.insert(slots.index("phone"), extra)
    if draft.repeats and "duration" not in slots:
        slots.insert(slots.index("date") + 1, "duration")
    slots.insert(slots.index("place") + 1 if "place" in slots else slots.index("phone"), "region")
    for name in late:
        if name in item.slots:
            slots.insert(slots.index("phone"), name)
    return slots
