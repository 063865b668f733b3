"""What still has to be asked, and what can be taken without asking."""

from __future__ import annotations

from care.booking import data, particulars, towns
from care.booking.draft import Draft
from care.booking.hearing import Hearing
from care.booking.what import asked_slots
from care.service_list import ServiceItem

CONFIRM, CHANGE = "confirm", "change"
COUPLE = "parents"


def next_slot(draft: Draft, item: ServiceItem | None) -> str:
    """The slot to ask for now; `confirm` when nothing is missing."""
    if draft.changing:
        return CHANGE
    if item is None:
        return "service"
    if draft.unserved and not draft.region:
        return "region"
    if draft.telling_place and not draft.address and "place" in item.slots:
        return "place"
    if draft.options:
        return "time" if item.timed else "date"
    if draft.place_label and not draft.address and "place" in item.slots:
        return "place"
    away = particulars.hidden(draft.particulars) | set(data.table("services")["unasked"].get(item.code, ()))
    return next((s for s in asked_slots(draft) if s not in away and not filled(draft, item, s)), CONFIRM)


def filled(draft: Draft, item: ServiceItem, slot: str) -> bool:
    """Whether nothing has to be asked for a slot."""
    core = {
        "person": draft.person,
        "region": draft.region and not towns.lacking(draft, item),
        "name": draft.name,
        "date": draft.date,
        "time": draft.time or not item.timed,
        "place": draft.address,
        "quantity": draft.quantity,
        "phone": draft.phone,
        "duration": draft.days or draft.end_date,
    }
    return bool(core[slot]) if slot in core else slot in draft.particulars


def _to_be_asked(hearing: Hearing) -> bool:
    """Whether for whom it is was taken back (不是给我妈), so that nobody is assumed."""
    return "person" in hearing.draft.offered and "person" in asked_slots(hearing.draft)


def fill_defaults(hearing: Hearing) -> None:
    """Takes what need not be asked: for oneself, one portion for one person, no diet when it was just asked along."""
    draft, item = hearing.draft, hearing.item
    if item is None:
        return
    known = hearing.conversation.person is not None
    if not draft.person and not _to_be_asked(hearing) and (item.kind != "application" or known or "person" not in item.slots):
        draft.person = "self"
    if "quantity" in item.slots and not draft.quantity and draft.for_other and not draft.offered.get("quantity"):
        draft.quantity = 2 if draft.person == COUPLE else 1
    for covered in data.table("services")["covers"].get(hearing.asked, ()):
        usual = particulars.unknown(covered)
        if hearing.asked in hearing.changed and covered in item.slots and covered not in draft.particulars:
            draft.particulars = {**draft.particulars, covered: usual}
