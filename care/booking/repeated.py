"""What somebody says again at the read-back as it is already (不要上门，到你们那里洗; 是三份): said back, so that they know it was
heard, and need not say it a third time."""

from __future__ import annotations

import re
from typing import Any

from care import agreement
from care.booking import data, particulars, readback, stance, steering
from care.booking.hearing import Hearing, is_question
from care.booking.missing import CHANGE, CONFIRM, next_slot
from care.booking.when_words import say_when
from care.booking.who import PERSON_UNITS
from care.turn import Entity
from care.wording import say_address, say_time

_NUMBER = re.compile(r"[0-9零〇一二两三四五六七八九十百]")
LITTLE = 8
"""Characters beside what is repeated that may stand in words that find something wrong (日子写错哒，下个礼拜四)."""
NEVER_SAID = ("health", "priority")
"""Particulars that are not read out for being told twice."""


def say_back(hearing: Hearing) -> None:
    """Says the very points back that these words repeat, where they change nothing."""
    draft, item, turn = hearing.draft, hearing.item, hearing.turn
    if hearing.asked not in (CONFIRM, CHANGE) or hearing.changed or hearing.notes or item is None or is_question(turn.text):
        return
    if next_slot(draft, item) not in (CONFIRM, CHANGE) or turn.intent in ("go_back", "dont_know") or steering.calls_off(turn):
        return
    found: dict[str, str] = {}
    for entity in turn.entities:
        point = _point(hearing, entity)
        if point and entity.end and stance.denied(turn.text, entity.start, entity.end):
            return  # 不要十点: that very point is refused
        if point:
            found |= {entity.text: point}
    said = list(found.values())
    said += [particulars.say(name, draft.particulars[name]) for name in hearing.again if name in draft.particulars and name not in NEVER_SAID]
    if not said and draft.service in turn.all("service"):
        found = {word.text: data.service_name(item) for word in turn.of("service") if word.value == draft.service}
        said = list(found.values())
    if not said or _finds_more_wrong(turn.text, list(found)):
        return
    draft.changing = False
    hearing.note("already_so", what="，".join(dict.fromkeys(said)))
    hearing.said_back = all(one["say"] != hearing.notes[-1].say for one in hearing.conversation.last_replies)


def _finds_more_wrong(text: str, repeated: list[str]) -> bool:
    """Whether words that find something wrong say more than what is right already."""
    if not (agreement.objects(text) or agreement.finds_wrong(text)):
        return False
    for words in sorted(repeated, key=len, reverse=True):
        text = text.replace(words, "")
    return len(text) > LITTLE


def _point(hearing: Hearing, entity: Entity) -> str:
    """The point of the booking that an entity repeats, in words; empty where it is none, or is another."""
    draft, value = hearing.draft, entity.value
    if entity.kind == "time":
        return _when(hearing, value)
    if entity.kind == "quantity" and hearing.listed and "quantity" in hearing.listed.slots:
        same = value.get("unit", "") in PERSON_UNITS and value.get("n") == draft.quantity
        return readback.portions(draft, hearing.listed) if same else ""
    if entity.kind == "person_name" and value == draft.name:
        return readback.spoken_name(draft)
    if entity.kind == "phone" and value in (draft.phone, draft.asker_phone):
        return readback.spoken_phone(draft) if value == draft.phone else ""
    if entity.kind == "address" and draft.address and say_address(str(value)) in say_address(draft.address):
        return "" if _NUMBER.search(hearing.turn.text.replace(entity.text, "")) else readback.spoken_address(draft)
    return ""


def _when(hearing: Hearing, value: dict[str, Any]) -> str:
    """The day or hour of a booking for one day, where it is told again as it is."""
    draft = hearing.draft
    told = (value.get("date"), value.get("time"))
    if draft.end_date or value.get("past") or value.get("end_date") or not any(told):
        return ""
    if told[0] not in (None, draft.date) or told[1] not in (None, draft.time):
        return ""
    return say_when(draft, hearing.today, full=False) if told[0] else say_time(draft.time)
