"""Days and hours at which it does not suit (三点我得睡一觉, 明天我要去打针), and days that are left out (周日那天别送)."""

from __future__ import annotations

import re
from typing import Any

from care.booking.hearing import Hearing
from care.booking.when_words import halves, in_part
from care.turn import Entity, Turn

TOLD = "told_time"
"""Kind of entity of a time that is only named; `role` in its value says for what."""
_BREAK = re.compile(r"[，,。；;！!？?\s]+|(?<=[吧的])|[零一二两三四五六七八九十0-9]+点半?")
"""Where the words of one time end: at a pause, at another hour."""
_INSTEAD = re.compile(r"改|换|挪|推|延|提前|要|吧|行不|可以|好了|最好|[0-9零一二两三四五六七八九十]+[点:][半0-9]*的?$")
"""Beside a time that is wanted instead."""
_KEEPS = re.compile(r"还是|就(?!来|有|要|得|起|出|走|去)|不变|照旧|不改|吧|改[到成为]|换[到成为]")
"""Beside a time that stays, or is wanted."""
BUSY, OFF, TOLD_ONLY, UNTIL = "busy", "off", "told", "until"


def role(entity: Entity) -> str:
    """What a time is there for; empty when it says when something is wanted."""
    return str(entity.value.get("role") or "")


def wanted(turn: Turn) -> list[Entity]:
    """The days and hours at which something is wanted."""
    return [e for e in turn.of("time") if not role(e)]


def coming(turn: Turn) -> list[Entity]:
    """The days to come that are only named, or at which it does not suit."""
    return [e for e in turn.of(TOLD) if role(e) in (BUSY, TOLD_ONLY) and e.value.get("date") and not e.value.get("past")]


def without_the_old(hearing: Hearing, said: list[Entity]) -> list[Entity]:
    """The times told without the one that was agreed on, where another is wanted instead (改了十点的，九点家里有工人)."""
    draft, text = hearing.draft, hearing.turn.text
    old = [e for e in said if draft.time and _is_agreed(hearing, e) and not _KEEPS.search(_around(text, e))]
    others = [e for e in said if e.value.get("time") and e not in old and _INSTEAD.search(_around(text, e))]
    return [e for e in said if e not in old] if others and not hearing.fresh else said


def _is_agreed(hearing: Hearing, said: Entity) -> bool:
    """Whether a time is the one agreed on, told alone or with its day."""
    draft, value = hearing.draft, said.value
    agreed = value.get("time") and draft.time in ([value["time"]] if value.get("ampm") else halves(value["time"]))
    return bool(agreed) and value.get("date") in (None, "", draft.date)


def _around(text: str, said: Entity) -> str:
    """The words of a time with those around it in its clause, up to another time."""
    before = _BREAK.split(text[: said.start])[-1]
    behind = _BREAK.split(text[said.end :])[0]
    return before + said.text + behind


def leave_out(hearing: Hearing, out: list[Entity]) -> None:
    """The one day that was agreed on and is called off without another is asked for anew."""
    draft = hearing.draft
    gone = any(e.value.get("date") == draft.date for e in out)
    if gone and draft.date and not draft.repeats and not wanted(hearing.turn) and not hearing.changed:
        _ask_anew(hearing, "date")


def make_room(hearing: Hearing) -> None:
    """Drops what was agreed on or proposed for a time at which it does not suit, when no other is told instead."""
    draft = hearing.draft
    busy = [e.value for e in hearing.turn.of(TOLD) if role(e) == BUSY and not e.value.get("past")]
    if not busy or wanted(hearing.turn) or draft.repeats or {"date", "time"} & set(hearing.changed):
        return
    if draft.options:
        left = [o for o in draft.options if not any(_meets(value, o[0], o[1]) for value in busy)]
        if not left:
            _ask_anew(hearing, "date" if all(_meets(value, draft.options[0][0], "") for value in busy) else "time")
        elif len(left) < len(draft.options):
            draft.options = left
            hearing.handled = True
        return
    for value in busy:
        if draft.date and _meets(value, draft.date, draft.time):
            _ask_anew(hearing, "time" if draft.time and (value.get("time") or value.get("part")) else "date")
            return


def _ask_anew(hearing: Hearing, slot: str) -> None:
    hearing.draft.forget(slot)
    hearing.note(f"not_that_{slot}")


def _meets(busy: dict[str, Any], day: str, time: str) -> bool:
    """Whether a time lies in one that does not suit; an hour without its day is one of the day that is spoken of."""
    if busy.get("date") and not busy["date"] <= day <= (busy.get("end_date") or busy["date"]):
        return False
    if busy.get("time"):
        return time in ([busy["time"]] if busy.get("ampm") else halves(busy["time"]))
    if busy.get("part"):
        return bool(time) and in_part(time, busy["part"])
    return bool(busy.get("date"))
