"""Day and time of a booking as they were heard: which day, which hour, several days, one of the times proposed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from care import agreement, clock
from care.booking import (
    away,
    contact,
    data,
    days_out,
    fetched,
    free_time,
    how_long,
    proposals,
    stretches,
    suits,
    way_back,
)
from care.booking.draft import LAST_DAY
from care.booking.hearing import Hearing, is_question, not_that
from care.booking.when_words import halves, in_part
from care.turn import Entity

_FROM = re.compile(r"从[^，。]{1,8}(?:开始|起)")
"""A first day of several whose number is still to be asked."""
_EACH = re.compile(r"[两俩]天|各|每天|都(?:要|送|来|订)|天天|一天一")
"""Words that want every day of a stretch (周末两天中午各送一份)."""
_DAILY = re.compile(r"[两俩三四五六七八九十几]天|各|每天|天天|连着|日日")
"""Words that want every day of a stretch also of what is booked day by day (从后天起去五天)."""
_SOME_DAY = re.compile(r"过|几天|[两俩]天|改天|回头|哪天")
_ONE = re.compile(r"(?:就|只|只要|先)[^，。]{0,4}一天")
_THAT_DAY = re.compile(r"(?:那|同|当)(?:一)?[天日](?!早|晚上?送错)|同一天|(?:也是|还是)(?:那|这)天|一样的日子|当日")
"""The day that was booked for just before."""
_DOOR = re.compile(r"[0-9零一二三四五六七八九十百]+号")
"""A day of the month, or a house number when the address was asked for."""
_EITHER = re.compile(r"(?:或者|或是|要不|要么)[^，。]*(?:都行|都可以|都中|都好|都成|都得|随便)")
"""Of several days that are all right the first is taken."""
_ANY_DAY = re.compile(r"(?:天天|每天|日日|整天)[^，。]{0,4}(?:在家|在屋|有空|得闲|都行|都可以|都得|没事|[吃恰呷食服喝]着?药)|药(?:都|也|是|还|要)*(?:天天|每天|日日)")
"""Whoever is at home every day wants nothing every day."""
_MOVED = re.compile(r"改|换|推迟|提前|挪|送")
"""Words that move the hour at which somebody is brought."""
MONTH = "month"
"""Said of what is to come back every month: only the first time can be booked."""
VAGUE_DAYS = 2
"""What “过两天” comes to."""


def read(hearing: Hearing) -> None:
    """Takes days and times out of the turn into the draft."""
    draft = hearing.draft
    if draft.options and proposals.choose(hearing) or how_long.shift(hearing):
        return
    if hearing.item is not None and not hearing.item.dated:
        said_when = any(not value.get("past") for value in hearing.turn.all("time"))
        if not hearing.fresh and said_when and not is_question(hearing.turn.text):
            hearing.note("not_dated")
        return
    coming = any(not value.get("past") for value in hearing.turn.all("time"))
    said, out = days_out.split(hearing, list(hearing.turn.of("time")))
    if len(said) > 1 and _EITHER.search(hearing.turn.text):
        said = [entity for n, entity in enumerate(said) if n == 0 or not entity.value.get("date")]
    said = fetched.take(hearing, way_back.take(hearing, suits.without_the_old(hearing, said)))
    said = [e for e in said if not (draft.time and _only_asked(hearing.turn.text, e))]
    said, ends = how_long.without_ends(hearing, said)
    said = _with_its_day(hearing, said)
    ends_as_told = (draft.date, draft.end_date)
    together = stretches.days_together(hearing, said) or stretches.until(hearing, said) or stretches.in_that_week(said)
    for entity in together or stretches.one_by_one(hearing, said):
        value = entity.value
        if _DOOR.fullmatch(entity.text) and (
            hearing.asked == "place" or contact.to_a_door(hearing.turn.text, entity.text)
        ):
            continue
        if value.get("past"):
            if not coming:
                hearing.note("past", when="")
            continue
        if value.get("bound") and _take_limit(hearing, value) or _loose(hearing, value, entity.text):
            continue
        if days_out.ends_with(hearing, entity) or days_out.is_one_of_them(hearing, value):
            continue
        value = stretches.that_weekday(draft.date, value, entity.text)
        _take_day(hearing, value)
        _take_hour(hearing, value)
    _take_that_day(hearing)
    for entity in hearing.turn.of("duration"):
        if not not_that(hearing.turn.text, entity.text):
            how_long.take(hearing, entity.value)
    how_long.take_about(hearing)
    how_long.take_ends(hearing, ends)
    days_out.take(hearing, out, ends_as_told)
    suits.leave_out(hearing, out)
    suits.make_room(hearing)
    if (
        hearing.fresh
        and draft.date
        and hearing.item
        and hearing.item.kind == stretches.SEVERAL
        and _FROM.search(hearing.turn.text)
    ):
        draft.repeats = True
    soon = hearing.fresh and _at_once(hearing) or not hearing.fresh and proposals.SOONEST.search(hearing.turn.text)
    if soon and not said and not draft.date and not draft.options:
        free_time.offer_nearest(hearing, hearing.today, f"{clock.now():%H:%M}")
    if draft.repeats and not draft.end_date and _ONE.search(hearing.turn.text):
        how_long.take(hearing, {"days": 1})
    refused = (
        hearing.turn.intent == "deny"
        and not agreement.closes(hearing.turn.text)
        and not agreement.goes_ahead(hearing.turn.text)
        and not way_back.refused(hearing)
    )
    if (
        draft.options
        and refused
        and not hearing.changed
        and hearing.asked in ("date", "time")
        and proposals.refused(hearing.turn.text)
    ):
        free_time.offer_others(hearing)
        hearing.handled = True


def _at_once(hearing: Hearing) -> bool:
    """Whether somebody is to come as soon as possible (水管爆了，快来人): no day is asked for."""
    hurry = data.table("schedule")["at_once"].get(hearing.item.code, ()) if hearing.item else ()
    return any(word in hearing.turn.text for word in hurry)


def _with_its_day(hearing: Hearing, said: list[Entity]) -> list[Entity]:
    """An hour with the day that was told for something else (后天三点的火车，一点来接; 明天我不在家，六点给他送饭); without an hour that day alone."""
    told = [e for e in suits.coming(hearing.turn) if suits.role(e) == suits.TOLD_ONLY and e.value.get("time")]
    told = told or away.days(hearing)
    if not told or hearing.draft.date or any(e.value.get("date") or e.value.get("every") for e in said):
        return said
    hours = [e for e in said if e.value.get("time") or e.value.get("part")]
    day = {name: told[0].value.get(name) for name in ("date", "end_date")}
    if hours:
        return [replace(e, value={**e.value, **day}) if e is hours[0] else e for e in said]
    return [*said, replace(told[0], value={**told[0].value, "time": None, "end_time": None, "part": None})]


def _only_asked(text: str, said: Entity) -> bool:
    """Whether a part of the day stands only in a question besides (你们这个电话晚上也有人接吗)."""
    piece = next((piece for piece in re.split(r"[，,。；;！!]", text) if said.text in piece), "")
    now = said.value.get("vague") and said.value.get("time") and not said.value.get("end_date")  # 现在就给钱吗
    return (now or not said.value.get("date") and not said.value.get("time")) and is_question(piece)


def _loose(hearing: Hearing, value: dict[str, Any], words: str) -> bool:
    """“过两天”, “周末吧”, “马上”: the nearest free time from then on is proposed."""
    first, last = value.get("date") or "", value.get("end_date") or ""
    if last and hearing.item and hearing.item.kind == stretches.SEVERAL and _EACH.search(hearing.turn.text):
        return False
    at_once = first == hearing.today.isoformat() and bool(value.get("time"))
    if not value.get("vague") or value.get("every", "") not in (None, "", MONTH) or not (hearing.fresh or hearing.asked in ("date", "time")):
        return False
    if hearing.item is None or not (at_once or last or not first):
        return False
    if value.get("part"):
        hearing.draft.part = value["part"]
    if proposals.SOONEST.search(hearing.turn.text):
        free_time.offer_nearest(
            hearing,
            date.fromisoformat(hearing.draft.date) if hearing.draft.date else hearing.today,
            f"{clock.now():%H:%M}",
        )
        return True
    if free_time.names_no_day(hearing, first, last):
        return True
    later = timedelta(days=0 if value.get("time") and not _SOME_DAY.search(words) else VAGUE_DAYS)
    start = date.fromisoformat(first) if first else hearing.today + later
    free_time.offer_nearest(hearing, start, value.get("time") or "")
    return True


def _take_limit(hearing: Hearing, value: dict[str, Any]) -> bool:
    """四点之前 is the last hour before it that can be had, 九点以后 the first one; proposed where no day is known."""
    draft, item = hearing.draft, hearing.item
    known = value.get("date") or draft.date
    if item is None or not item.timed or draft.repeats or value.get("every") or value.get("end_date"):
        return False
    spoken_of = [e.value["date"] for e in suits.coming(hearing.turn)]
    day = date.fromisoformat(known or min(spoken_of, default=hearing.today.isoformat()))
    limit = next(
        (t for t in ([value["time"]] if value.get("ampm") else halves(value["time"])) if _open(hearing, t)),
        value["time"],
    )
    free = free_time.free_times(hearing, item, day)
    fitting = [t for t in free if t < limit][-1:] if value["bound"] == "before" else [t for t in free if t >= limit][:1]
    if not fitting:
        return False
    if known:
        draft.date, draft.time, draft.part, draft.open_time, draft.options = day.isoformat(), fitting[0], "", "", []
        hearing.set("date")
        hearing.set("time")
    elif spoken_of:
        draft.time, draft.part, draft.open_time = fitting[0], "", ""  # 明天我走不开……六点以前送到: which day is asked
        hearing.set("time")
    else:
        draft.options = [[day.isoformat(), fitting[0]]]
        hearing.handled = True
    return True


def _take_day(hearing: Hearing, value: dict[str, Any]) -> None:
    draft, item = hearing.draft, hearing.item
    every, weekdays = value.get("every"), list(value.get("weekdays") or [])
    if every == MONTH:
        hearing.note("not_weekly")
        every = None
    first, last = value.get("date") or "", value.get("end_date") or ""
    several = item is None or item.kind == stretches.SEVERAL
    if several and draft.repeats and draft.weekdays and not every and _starts(hearing, value):
        _start_anew(hearing, first)
        return
    if not several and last and last != first:
        if "duration" in hearing.listed.slots:
            draft.days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
            hearing.set("duration")
        elif value.get("vague") or not _DAILY.search(hearing.turn.text):
            hearing.note("one_day")
            return
        else:
            hearing.note("not_weekly")
        last = ""
    if not several and every and not _ANY_DAY.search(hearing.turn.text):
        hearing.note("not_weekly")
    repeats = several and bool(every or (last and last != first))
    if several and not every and first and not last and len(weekdays) > 1:
        # 周六和周日: a few days of one week
        begin = date.fromisoformat(first)
        last = (begin + timedelta(days=max((day - begin.isoweekday()) % 7 for day in weekdays))).isoformat()
        every, repeats = "week", last != first
    if every and not first and draft.end_date and weekdays == draft.weekdays and value.get("apart", draft.apart) == draft.apart:
        hearing.handled = True  # 每天一份, as it stands
        return
    if every and not first:
        first = draft.date or how_long.first_day(hearing.today, weekdays)
        last = last or draft.end_date if draft.repeats else last  # other weekdays, for as long as before
    if not first:
        return
    before = (draft.date, draft.end_date, draft.weekdays, draft.apart, draft.chosen)
    if draft.repeats and not last and not every and stretches.START.search(hearing.turn.text) and (first < draft.end_date or not draft.end_date):
        last, repeats, every, weekdays = (
            draft.end_date,
            True,
            "week" if draft.weekdays else None,
            draft.weekdays,
        )
    draft.date, draft.repeats = first, repeats
    draft.end_date = last if repeats else ""
    draft.weekdays = weekdays if repeats and every == "week" else []
    draft.apart = (value.get("apart") or (0 if every else draft.apart)) if repeats else 0
    draft.chosen = list(value.get("chosen") or []) if repeats else []
    if before != (draft.date, draft.end_date, draft.weekdays, draft.apart, draft.chosen):
        draft.without = []
        hearing.set("date")
        draft.options = []
    else:
        hearing.handled = True


def _take_that_day(hearing: Hearing) -> None:
    """“那天晌午再送一份饭”: the day of what was booked last."""
    draft, before = hearing.draft, hearing.conversation.recall(LAST_DAY) or ""
    if not draft.date and before >= hearing.today.isoformat() and _THAT_DAY.search(hearing.turn.text):
        draft.date = before
        hearing.set("date")


def _starts(hearing: Hearing, value: dict[str, Any]) -> bool:
    """Whether a day, or a week, only says from when on something is wanted every week (从下个星期开始)."""
    return bool(value.get("date")) and bool(stretches.START.search(hearing.turn.text))


def _start_anew(hearing: Hearing, first: str) -> None:
    """Every week, from another day on: the weekdays stay."""
    draft = hearing.draft
    start = date.fromisoformat(first)
    days = (start + timedelta(days=n) for n in range(7))
    draft.date = next(day for day in days if day.isoweekday() in draft.weekdays).isoformat()
    draft.end_date, draft.chosen, draft.options = "", [], []
    hearing.set("date")


def _take_hour(hearing: Hearing, value: dict[str, Any]) -> None:
    draft = hearing.draft
    time, part = value.get("time") or "", value.get("part") or ""
    if draft.options and not value.get("date") and all(day != draft.date for day, _ in draft.options):
        draft.date = draft.options[0][0]
    if time:
        before = draft.time
        _set_time(hearing, time, bool(value.get("ampm")), part or draft.part or _part_of(draft.time))
        if draft.time == before and not draft.open_time:
            hearing.handled = True
        else:
            hearing.set("time")
            draft.options = []
    elif part:
        if draft.time and hearing.item and not hearing.item.timed and not _MOVED.search(hearing.turn.text):
            hearing.handled = True  # 午饭在那边吃 is none of when somebody is brought
            return
        if draft.open_time:
            _set_time(hearing, draft.open_time, False, part)
        elif draft.part == part or (draft.time and in_part(draft.time, part)):
            hearing.handled = True
            return
        else:
            draft.part, draft.time, draft.options = part, "", []
        hearing.set("time")


def _set_time(hearing: Hearing, time: str, certain: bool, part: str) -> None:
    """Decides which half of the day a time means: by the part of the day, by the hours of the service, or asks."""
    draft = hearing.draft
    draft.open_time = ""
    options = [time] if certain else halves(time)
    within = [t for t in options if part and in_part(t, part)]
    if len(within) == 1 and (not hearing.corrects or _open(hearing, within[0])):
        options = within
    fitting = [t for t in options if _open(hearing, t)]
    if len(fitting) > 1:
        draft.time, draft.open_time = "", time
        return
    if not fitting:
        start, end = data.table("schedule")["waking"]
        fitting = [t for t in options if start <= t <= end] or options
    draft.time, draft.part = fitting[0], ""


def _open(hearing: Hearing, time: str) -> bool:
    item, draft = hearing.item, hearing.draft
    if item is None:
        return True
    if draft.date == hearing.today.isoformat() and time < f"{clock.now():%H:%M}":
        return False
    return any(start <= time < end for start, end in item.hours)


def _part_of(time: str) -> str:
    """The half of the day of a time already agreed, as a hint for a corrected hour."""
    return "" if not time else "morning" if time < "12:00" else "afternoon" if time < "18:00" else "evening"
