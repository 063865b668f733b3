"""When somebody is fetched home from a day at the centre or a stay (下午四点半我来接; 晚饭前接走): noted, and no hour of arrival."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from care.booking import data, remarks, suits
from care.booking.hearing import Hearing
from care.booking.way_back import NO_HOUR, hour_after
from care.texts import phrase
from care.turn import Entity
from care.wording import say_calendar_day, say_time

_WHOM = r"(?:我|俺|额|咱|他|她|佢|渠|人|老人|老伴|[爸妈爹娘]){0,3}(?:们)?"
_TO_THE_CENTRE = r"(?![^，。,]{0,4}(?:过去|过来|(?<![回家返屋])去))"
_HOME = re.compile(
    rf"(?:接|领|带|拉){_WHOM}(?:再|就|给)?(?:走|回|返|转|归)|(?:回|返)(?:家|来|去|屋)|屋里?接"
    rf"|(?:我|俺|额|咱|儿子|崽|女儿|闺女|姑娘|媳妇|女婿|老伴|老头子?|家里人?|家属|孩子|仔|女|孙[子女]|[爸妈爹娘])(?:们)?(?:自己|亲自)?(?:再|就|会|还|要|下班)*过?(?:来|去|嚟)?接{_TO_THE_CENTRE}"
)
"""Words of going home, whoever says them."""
_FETCH = re.compile(rf"(?<![直间连衔迎])接(?![送到着电受待下口通]){_TO_THE_CENTRE}")
"""Fetching: home when it is late enough in the day, else to the centre."""
_BRINGS = re.compile(r"送|到(?!家|屋)|过去|来(?!接)")
_NEAR_IT = re.compile(r"(?:之|以)?[前后]|左右|来?钟")
_ROUND_IT = re.compile(r"大概|大约|差不多|左右|[就要吧啊的呢嘛也行可以]|前|后|来钟|钟")
_CLAUSE = re.compile(r"[^，,。；;！!？?]+")
_NOON = "12:00"


def take(hearing: Hearing, said: list[Entity]) -> list[Entity]:
    """Notes when somebody is fetched, and gives the times without the hours of it; a day told with one stays."""
    item = hearing.item
    if item is None or item.code not in data.table("services")["fetched_home"]:
        return said
    said, until = _both_ends(said)
    hours = [e for e in said if (e.value.get("time") or e.value.get("part")) and not e.value.get("past")]
    over = [e for e in hours if _is_it(hearing, e, hours)]
    if until and not over:
        _note(hearing, until, [e for e in hours if e.value.get("time")])
    if not over:
        return said
    before = [e for e in hours if e not in over and e.value.get("time")]
    _note(hearing, over[-1], before)
    left, stays = [], "duration" in item.slots
    for one in said:
        if one not in over:
            left.append(one)
        elif one.value.get("date") and (stays or not hearing.draft.date):
            role = suits.UNTIL if stays and hearing.draft.date else suits.role(one) if stays else ""
            left.append(replace(one, value={**one.value, **NO_HOUR, "bound": None, "role": role}))
    return left


def _both_ends(said: list[Entity]) -> tuple[list[Entity], Entity | None]:
    """The times with only their first hour, and the hour until which it is (8:30到16:30)."""
    long = next((e for e in said if e.value.get("time") and e.value.get("end_time") and not e.value.get("past")), None)
    if long is None:
        return said, None
    end = replace(long, value={**long.value, "time": long.value["end_time"], "end_time": None, "ampm": long.value["end_time"] >= _NOON})
    return [replace(e, value={**e.value, "end_time": None}) if e is long else e for e in said], end


def _is_it(hearing: Hearing, one: Entity, hours: list[Entity]) -> bool:
    """Whether somebody is fetched home at this hour, by the words beside it."""
    if not one.end:
        return suits.role(one) == suits.UNTIL
    words = _words_of(hearing.turn.text, one, hours)
    if _HOME.search(words) or suits.role(one) == suits.UNTIL:
        return True
    if not _FETCH.search(words):
        return False
    known = hearing.draft.time or any(e is not one and e.start < one.start for e in hours)
    if not one.value.get("time"):
        return bool(known) or one.value["part"] in ("afternoon", "evening")
    late = hour_after(hearing, one, []) >= (hearing.draft.time or _NOON)
    return late and (bool(known) or "duration" not in hearing.listed.slots)


def _words_of(text: str, one: Entity, hours: list[Entity]) -> str:
    """The words that are about an hour: behind it up to the next one, else before it, else the clause beside it."""
    clauses = list(_CLAUSE.finditer(text))
    at = next((n for n, c in enumerate(clauses) if c.start() <= one.start < c.end()), None)
    if at is None:
        return ""
    clause = clauses[at]
    behind = text[one.end : min([clause.end(), *(e.start for e in hours if e.start >= one.end)])]
    before = text[clause.start() : one.start]
    alone = not any(clause.start() <= e.start < one.start for e in hours if e is not one)
    if _FETCH.search(behind) or _HOME.search(behind) or _BRINGS.search(behind):
        return behind
    if alone and _ROUND_IT.sub("", before):
        return before
    if _ROUND_IT.sub("", behind) or not alone:
        return ""
    beside = [clauses[n] for n in (at + 1, at - 1) if 0 <= n < len(clauses)]
    free = [c.group() for c in beside if not any(c.start() <= e.start < c.end() for e in hours)]
    return next((words for words in free if _FETCH.search(words) or _HOME.search(words)), "")


def _note(hearing: Hearing, one: Entity, before: list[Entity]) -> None:
    """Keeps it as a remark, in the place of one told before."""
    value, text = one.value, hearing.turn.text
    near = _NEAR_IT.match(text[one.end :]) if one.end else None
    words = one.text
    if value.get("time"):
        words = say_time(hour_after(hearing, one, before)) + (near.group() if near and near.group()[-1] in "前后" else "")
        if value.get("date") and hearing.draft.date not in ("", value["date"]):
            words = say_calendar_day(date.fromisoformat(value["date"]), hearing.today) + words
    elif near:
        words += near.group()
    ending = phrase("booking.fetched_at", time="")
    hearing.draft.remarks = [kept for kept in hearing.draft.remarks if not kept.endswith(ending)]
    remarks.note(hearing, phrase("booking.fetched_at", time=words))
