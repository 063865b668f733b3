"""Day and time of a booking as they were heard: which day, which hour, several days, one of the times proposed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from care import agreement, clock
from care.booking import contact, data, days_out, proposals, remarks, stretches
from care.booking.draft import LAST_DAY
from care.booking.free_time import offer_nearest
from care.booking.hearing import Hearing, bare, is_question, not_that
from care.booking.when_words import halves, in_part
from care.turn import Entity

_FROM = re.compile(r"从[^，。]{1,8}(?:开始|起)")
"""A first day of several whose number is still to be asked."""
_EACH = re.compile(r"[两俩]天|各|每天|都(?:要|送|来|订)|天天|一天一")
"""Words that want every day of a stretch (周末两天中午各送一份)."""
_SOME_DAY = re.compile(r"过|几天|[两俩]天|改天|回头|哪天")
_ONE = re.compile(r"(?:就|只|只要|先)[^，。]{0,4}一天")
_ORDERS = re.compile(r"(?:给|帮|替)[^，。]{1,4}(?:送|订|定|约|叫|派)|(?:想|要)(?:订|定|约)")
_THAT_DAY = re.compile(r"(?:那|同|当)(?:一)?[天日](?!早|晚上?送错)|同一天|(?:也是|还是)(?:那|这)天|一样的日子|当日")
"""The day that was booked for just before."""
_DOOR = re.compile(r"[0-9零一二三四五六七八九十百]+号")
"""A day of the month, or a house number when the address was asked for."""
_EITHER = re.compile(r"(?:或者|或是|要不|要么)[^，。]*(?:都行|都可以|都中|都好|都成|都得|随便)")
"""Of several days that are all right the first is taken."""
_REASON = re.compile(
    r"[^，。,；;]*(?:睡|困觉|眯一|歇晌|休息|上班|上课|不在家|要去|起不来|接孩子|接孙|太早|太晚|来不及|赶不上|不得空|没空|有事|开会|打麻将|有客|吃药|准时吃|才吃|习惯|(?:点|分|半|刻|[一二三四五六七八九十0-9])的(?:火车|高铁|动车|飞机|航班|船|班车|大巴|票|号|门诊|戏|喜酒))[^，。,；;]*"
)
"""A clause that tells why another time is wished (她中午要困觉, 十点四十的火车)."""
_CLAUSE = re.compile(r"[^，。,；;！!？?]+")
_GONE_BY = re.compile(r"了|过(?!来|去)|的$|上次|上回|还是|以后|以来|那时|那会儿|那年|从|就开始|租的|买的|办的")
"""Of what has been."""
_ENDS = re.compile(
    r"[^，。,；;]*(?:(?:再|去|来|要)?接(?:我|他|她|俺|老人|人)?们?(?:回|走|出来)|(?:来|去|过来)接(?:我|他|她|俺|老人|人)?[吧的啊]*$|(?:来|去|过来)接(?=[，。,；;]|$)"
    r"|看完|做完|办完|弄完|完事|结束|送(?:我|他|她|俺|老人)?回|(?<!出院)(?<!接)回(?:来|家|程)(?:的)?(?!洗|吃|住|要|后|以后))[^，。,；;]*"
)
"""A clause that tells when it is over (四点看完再接我回来, 礼拜一接回来)."""
_ANY_DAY = re.compile(r"(?:天天|每天|日日|整天)[^，。]{0,4}(?:在家|在屋|有空|得闲|都行|都可以|都得|没事)")
"""Whoever is at home every day wants nothing every day."""
STORY = 40
"""In longer words (characters) a time gone by belongs to what is told."""
VAGUE_DAYS = 2
"""What “过两天” comes to."""


def read(hearing: Hearing) -> None:
    """Takes days and times out of the turn into the draft."""
    draft = hearing.draft
    if draft.options and proposals.choose(hearing):
        return
    if hearing.item is not None and not hearing.item.dated:
        if not hearing.fresh and any(not value.get("past") for value in hearing.turn.all("time")):
            hearing.note("not_dated")
        return
    coming = any(not value.get("past") for value in hearing.turn.all("time"))
    said = list(hearing.turn.of("time"))
    if len(said) > 1 and _EITHER.search(hearing.turn.text):
        said = [entity for n, entity in enumerate(said) if n == 0 or not entity.value.get("date")]
    if any(e.value.get("date") and not e.value.get("vague") for e in said):
        said = [e for e in said if not (e.value.get("vague") and e.value.get("time"))]  # 不是现在闷
    said = [e for e in said if not _long_ago(hearing, e)]
    said = [e for e in _without_reasons(hearing.turn.text, said) if not (draft.time and _only_asked(hearing.turn.text, e))]
    said, ends = _without_ends(hearing, said)
    said, out = days_out.split(hearing, said)
    ends_as_told = (draft.date, draft.end_date)
    together = stretches.days_together(hearing, said) or stretches.until(hearing, said) or stretches.in_that_week(said)
    for entity in together or said:
        value = entity.value
        if _DOOR.fullmatch(entity.text) and (
            hearing.asked == "place" or contact.to_a_door(hearing.turn.text, entity.text)
        ):
            continue
        if value.get("past"):
            if not coming and not _told(hearing, entity.text):
                hearing.note("past", when="")
            continue
        if _loose(hearing, value, entity.text):
            continue
        if days_out.ends_with(hearing, entity) or days_out.is_one_of_them(hearing, value):
            continue
        value = stretches.that_weekday(draft.date, value, entity.text)
        _take_day(hearing, value)
        _take_hour(hearing, value)
    _take_that_day(hearing)
    for entity in hearing.turn.of("duration"):
        if not _has_lasted(hearing.turn.text, entity) and not not_that(hearing.turn.text, entity.text):
            _take_duration(hearing, entity.value)
    _take_ends(hearing, ends)
    days_out.take(hearing, out, ends_as_told)
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
        offer_nearest(hearing, hearing.today, f"{clock.now():%H:%M}")
    if draft.repeats and not draft.end_date and _ONE.search(hearing.turn.text):
        _take_duration(hearing, {"days": 1})
    refused = (
        hearing.turn.intent == "deny"
        and not agreement.closes(hearing.turn.text)
        and not agreement.goes_ahead(hearing.turn.text)
    )
    if (
        draft.options
        and refused
        and not hearing.changed
        and hearing.asked in ("date", "time")
        and proposals.refused(hearing.turn.text)
    ):
        draft.options = []
        hearing.handled = True


def _at_once(hearing: Hearing) -> bool:
    """Whether somebody is to come as soon as possible (水管爆了，快来人): no day is asked for."""
    hurry = data.table("schedule")["at_once"].get(hearing.item.code, ()) if hearing.item else ()
    return any(word in hearing.turn.text for word in hurry)


def _without_reasons(text: str, said: list[Entity]) -> list[Entity]:
    """The times without those in a clause that only gives a reason, where another clause says when."""
    reasons = [found.span() for found in _REASON.finditer(text)]
    wished = [e for e in said if not e.end or not any(start <= e.start and e.end <= end for start, end in reasons)]
    return wished if any(e.value.get("time") or e.value.get("date") for e in wished) else said


def _long_ago(hearing: Hearing, said: Entity) -> bool:
    """Whether a month or feast that seems to lie far ahead is one gone by (是九月份租的, 上次洗澡还是中秋节)."""
    farthest = hearing.today + timedelta(days=data.table("schedule")["farthest_days"])
    if (said.value.get("date") or "") <= farthest.isoformat():
        return False
    place = said.start if said.end else hearing.turn.text.find(said.text)
    piece = next((found.group() for found in _CLAUSE.finditer(hearing.turn.text) if found.start() <= place < found.end()), "")
    return bool(_GONE_BY.search(piece))


def _without_ends(hearing: Hearing, said: list[Entity]) -> tuple[list[Entity], list[Entity]]:
    """The times without those that tell when it is over, and these; where nothing else says when, they are the times."""
    spans = [found.span() for found in _ENDS.finditer(hearing.turn.text)]
    ends = [e for e in said if e.end and any(start <= e.start < end for start, end in spans)]
    others = [e for e in said if e not in ends]
    known = bool(hearing.draft.date) and hearing.asked not in ("date", "time")
    known = known or any(e.value.get("time") or e.value.get("date") for e in others)
    return (others, ends) if known else (said, [])


def _take_ends(hearing: Hearing, ends: list[Entity]) -> None:
    """A stay is as long as from its first day to the one on which somebody is fetched; else the end is noted with the order."""
    draft, item = hearing.draft, hearing.item
    if not ends or item is None:
        return
    day = next((e.value["date"] for e in ends if e.value.get("date")), "")
    if "duration" in item.slots:
        if day and draft.date and not hearing.turn.all("duration"):
            first, last = date.fromisoformat(draft.date), date.fromisoformat(day)
            while last <= first:
                last += timedelta(days=7)
            _take_duration(hearing, {"days": (last - first).days})
        return
    words = next(found.group() for found in _ENDS.finditer(hearing.turn.text) if found.start() <= ends[0].start < found.end())
    remarks.note(hearing, bare(words))


def _only_asked(text: str, said: Entity) -> bool:
    """Whether a part of the day stands only in a question besides (你们这个电话晚上也有人接吗)."""
    piece = next((piece for piece in re.split(r"[，,。；;！!]", text) if said.text in piece), "")
    now = said.value.get("vague") and said.value.get("time") and not said.value.get("end_date")  # 现在就给钱吗
    return (now or not said.value.get("date") and not said.value.get("time")) and is_question(piece)


def _has_lasted(text: str, said: Entity) -> bool:
    """Whether a length of time tells how long something has been so already (伺候三年了), not how long it is wished for."""
    place = text.find(said.text)
    behind = text[place + len(said.text) :][:2] if place >= 0 else ""
    days = said.value.get("days") or 0
    return (
        days > data.table("schedule")["farthest_days"] * 2
        or bool(re.match(r"[多来]?了(?!吧)|[多来]了", behind))
        and days > 0
    )


def _told(hearing: Hearing, words: str) -> bool:
    """Whether a time gone by belongs to a tale: long words, in which nothing is ordered for it (昨天中午给我送一份饭)."""
    text = hearing.turn.text
    piece = next((piece for piece in re.split(r"[，。,；;！!？?]", text) if words in piece), text)
    return len(text) > STORY and not _ORDERS.search(piece)


def _loose(hearing: Hearing, value: dict[str, Any], words: str) -> bool:
    """“过两天”, “周末吧”, “马上”: the nearest free time from then on is proposed."""
    first, last = value.get("date") or "", value.get("end_date") or ""
    if last and hearing.item and hearing.item.kind == stretches.SEVERAL and _EACH.search(hearing.turn.text):
        return False
    at_once = first == hearing.today.isoformat() and bool(value.get("time"))
    if not value.get("vague") or value.get("every") or not (hearing.fresh or hearing.asked in ("date", "time")):
        return False
    if hearing.item is None or not (at_once or last or not first):
        return False
    if value.get("part"):
        hearing.draft.part = value["part"]
    if proposals.SOONEST.search(hearing.turn.text):
        offer_nearest(
            hearing,
            date.fromisoformat(hearing.draft.date) if hearing.draft.date else hearing.today,
            f"{clock.now():%H:%M}",
        )
        return True
    later = timedelta(days=0 if value.get("time") and not _SOME_DAY.search(words) else VAGUE_DAYS)
    start = date.fromisoformat(first) if first else hearing.today + later
    offer_nearest(hearing, start, value.get("time") or "")
    return True


def _take_day(hearing: Hearing, value: dict[str, Any]) -> None:
    draft, item = hearing.draft, hearing.item
    every, weekdays = value.get("every"), list(value.get("weekdays") or [])
    first, last = value.get("date") or "", value.get("end_date") or ""
    several = item is None or item.kind == stretches.SEVERAL
    if several and draft.repeats and draft.weekdays and not every and _starts(hearing, value):
        _start_anew(hearing, first)
        return
    if not several and last and last != first:
        if "duration" in hearing.listed.slots:
            draft.days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
            hearing.set("duration")
        else:
            hearing.note("one_day")
            return
        last = ""
    if not several and every and not _ANY_DAY.search(hearing.turn.text):
        hearing.note("not_weekly")
    repeats = several and bool(every or (last and last != first))
    if several and not every and first and not last and len(weekdays) > 1:
        # 周六和周日: a few days of one week
        begin = date.fromisoformat(first)
        last = (begin + timedelta(days=(weekdays[-1] - begin.isoweekday()) % 7)).isoformat()
        every, repeats = "week", last != first
    if every and not first:
        first = draft.date or _first_day(hearing.today, weekdays)
    if not first:
        return
    before = (draft.date, draft.end_date, draft.weekdays)
    if draft.repeats and not last and not every and stretches.START.search(hearing.turn.text) and first < draft.end_date:
        last, repeats, every, weekdays = (
            draft.end_date,
            True,
            "week" if draft.weekdays else None,
            draft.weekdays,
        )
    draft.date, draft.repeats = first, repeats
    draft.end_date = last if repeats else ""
    draft.weekdays = weekdays if repeats and every == "week" else []
    if before != (draft.date, draft.end_date, draft.weekdays):
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
    draft.end_date, draft.options = "", []
    hearing.set("date")


def _first_day(today: date, weekdays: list[int]) -> str:
    days = (today + timedelta(days=n) for n in range(1, 8))
    return next(day for day in days if not weekdays or day.isoweekday() in weekdays).isoformat()


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


def _take_duration(hearing: Hearing, value: dict[str, Any]) -> None:
    draft, item, days = hearing.draft, hearing.item, value.get("days")
    if not days or item is None:
        return
    if "duration" in item.slots:
        if draft.days != days:
            draft.days = days
            hearing.set("duration")
        return
    if item.kind == stretches.SEVERAL and days == 1 and draft.repeats and not draft.weekdays:
        draft.repeats, draft.days, draft.end_date = False, 0, ""
        hearing.set("duration")
    if days_out.as_many(draft, days):
        hearing.handled = True
    elif item.kind == stretches.SEVERAL and days > 1:
        draft.days, draft.repeats = days, True
        draft.date = draft.date or _first_day(hearing.today, draft.weekdays)
        draft.end_date = ""
        hearing.set("duration")
