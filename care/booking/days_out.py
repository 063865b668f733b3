"""Days of a series that are not wanted, taken out of it before it is booked: 周日那天别送，别的照送; 最后一天不要; 送到星期二就行.

A single day named of a series is never the whole of it. Only where somebody says so (只要明天一天) one day is left.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from care.booking import suits
from care.booking.draft import Draft
from care.booking.hearing import Hearing
from care.booking.stretches import START
from care.orders.capacity import wanted_days
from care.orders.its_days import PLACES
from care.orders.moving import days_said
from care.turn import Entity

_NOT = r"(?:不用|不要|不必|不需要|用不着|别|莫|甭|嫑|唔使|唔好|不消|不)"
_OUT = re.compile(
    rf"{_NOT}(?:再)?(?:[给帮](?:[我俺咱他她]|老人)们?)?(?:送|订|定|做|来(?!不及)|安排|(?:吃|要|算)(?=[了啦咧哒吧饭餐，]|$|我|你|那|这))|(?:不用|不要|不需要|甭|别|莫)(?:了|啦|咧|哒|$)"
    r"|停(?:送|掉|了|一|$)|跳过|去掉|扣掉|扣除|减掉|减去|刨[掉开去]|除外|除(?:了|开|去|掉)|取消|退掉|空(?:着|出来|一)|免(?:了|掉|$)|撤(?:掉|了)|歇一"
)
"""Words that want nothing on a day."""
_THAT = re.compile(r"[那这](?:个)?[一两几]?(?:天|日|顿|餐|次|回|份)|当天|就|都")
"""Words for a day named in the clause before."""
_SHORT = 6
"""So short a clause (characters) is about the day named right before it."""
_LAST = re.compile(r"(?:最后|末|尾|末了)(?:的)?(?:一|那|那一)?(?:天|日|顿|餐|次|回)")
_FIRST = re.compile(r"(?:第一|头一|开头|起头|头)(?:那|那一|的)?(?:天|日|顿|餐|次|回)")
_UNTIL = re.compile(r"(?:送|订|定|吃|做|就)?[到至]$")
_ENOUGH = re.compile(r"^[^，。]{0,3}(?:为止|就行|就够|就好|就可以|就停|结束|行了|够了|止)|^$")
_ONLY = re.compile(r"(?:只|光|仅|单)(?:要|送|订|定|吃|留)|就(?:要|送|订|定|留)|(?:改|换)(?:成|为)?(?:只|就)")
_MORE = re.compile(r"(?:多|少|加|减|再)(?:送|来|订|要|加)?(?:上)?[一两二三四五0-9]+份|[一两二三四五0-9]+份(?:就够|就行)")
_MOVED = re.compile(r"改|换|挪|调")
_WEEKDAY_ALONE = re.compile(r"(?:每个?|逢|到了?)?(?:(?:周|星期|礼拜|拜)[一二三四五六日天末]|双休日?|[、，,和跟])+")
_ONE_OF_THEM = re.compile(r"(?:的)?(?:那|这|一)(?:一)?[天日顿餐次]")
"""Behind a weekday of which a single one is meant (周日那天别送)."""
WEEK = 7
_COMES = re.compile(r"[送订定要吃来]")
"""Before the next day: something comes on the first."""
_PIECE = re.compile(r"[^，,。；;！!？?]+")


def split(hearing: Hearing, said: list[Entity]) -> tuple[list[Entity], list[Entity]]:
    """The days and times of a turn that say when, and those that say when not; of what is no series only those that call a day off."""
    out = [e for e in said if suits.role(e) == suits.OFF]
    if not _series_told(hearing.draft, said):
        return [e for e in said if e not in out], out
    before: list[Entity] = []
    for piece in _PIECE.finditer(hearing.turn.text):
        here = [e for e in said if e.end and piece.start() <= e.start < piece.end() and _a_day(e.value)]
        words = _without_daily(piece.group(), piece.start(), here)
        if found := _OUT.search(words):
            about = words[: found.start()]
            near = not here and (_THAT.search(about) or len(words) <= _SHORT)
            out += _beside(here, piece.group(), piece.start(), found.start()) or (before if near else [])
        before = [e for e in here if not e.value.get("every") and not e.value.get("end_date")] or before
    gone = {e.value["date"] for e in out if e.value.get("date")}
    again = [e for e in said if e.value.get("date") in gone and not e.value.get("time") and not e.value.get("end_date")]
    return [e for e in said if e not in out and e not in again], out  # 礼拜天不要，礼拜天在儿子家吃


def _without_daily(piece: str, start: int, here: list[Entity]) -> str:
    """The words of a piece with those blanked that themselves say which days of the week are left out (除了星期天每天)."""
    for one in here:
        if one.value.get("every"):
            at = one.start - start
            piece = piece[:at] + "　" * len(one.text) + piece[at + len(one.text) :]
    return piece


def _beside(here: list[Entity], piece: str, start: int, at: int) -> list[Entity]:
    """Of several days in one breath (工作日送周末不要) those right beside the words that call off, and not those that something comes on."""
    spoken = [piece[one.start - start : after.start - start] for one, after in zip(here, here[1:], strict=False)]
    apart = [n for n, words in enumerate(spoken) if _COMES.search(words)]
    if behind := [one for one in here if one.start - start >= at]:
        return behind  # 每天送，除了礼拜天
    return here[apart[-1] + 1 :] if apart else here


def take(hearing: Hearing, out: list[Entity], before: tuple[str, str]) -> None:
    """Takes the days that are not wanted out of the series.

    Args:
        before: first and last day before this turn; what has begun later already is not cut off once more.
    """
    draft, text = hearing.draft, hearing.turn.text
    days = _days(draft)
    if (never := _never(hearing, out)) and (len(days) > WEEK or not draft.end_date and not draft.days):
        left = [day for day in draft.weekdays or range(1, WEEK + 1) if day not in never]
        draft.weekdays = left if left and draft.repeats and draft.apart < 2 else draft.weekdays
        hearing.set("date")
        return
    if len(days) < 2:
        return
    away = set(days_said(days, replace(hearing.turn, entities=tuple(out))))
    for piece in _PIECE.findall(text):
        if _OUT.search(piece) and _LAST.search(piece) and before[1] in ("", draft.end_date):
            away.add(days[-1])
        elif _OUT.search(piece) and _FIRST.search(piece) and before[0] in ("", draft.date):
            away.add(days[0])
    kept = [day for day in days if day not in away]
    if not away:
        return
    if not kept:
        draft.changing = True
        hearing.handled = True
        return
    away = set() if draft.chosen else away
    draft.without = [day for day in dict.fromkeys([*draft.without, *sorted(away)]) if kept[0] < day < kept[-1]]
    draft.date, draft.end_date = kept[0], kept[-1]
    draft.days, draft.chosen = 0, kept if draft.chosen else []
    if len(kept) == 1:
        draft.repeats, draft.end_date, draft.weekdays, draft.apart, draft.chosen = False, "", [], 0, []
    hearing.set("date")


def _never(hearing: Hearing, out: list[Entity]) -> set[int]:
    """The weekdays that are called off in the same breath as the series is wished for: never on them (每天送一份，礼拜天不要)."""
    never: set[int] = set()
    for one in out:
        single = _ONE_OF_THEM.match(hearing.turn.text[one.end :]) if one.end else True
        if not hearing.fresh or single or not _WEEKDAY_ALONE.fullmatch(one.text):
            return set()
        first = date.fromisoformat(one.value["date"]) if one.value.get("date") else None
        last = date.fromisoformat(one.value["end_date"]) if one.value.get("end_date") else first
        never |= set(one.value.get("weekdays") or ())
        never |= {(first + timedelta(days=n)).isoweekday() for n in range((last - first).days + 1)} if first and last else set()
    return never


def as_many(draft: Draft, days: int) -> bool:
    """Whether the series has so many days already (七天就七天)."""
    return bool(draft.end_date) and days > 1 and len(_days(draft)) == days


def ends_with(hearing: Hearing, said: Entity) -> bool:
    """Whether a day is told as the new last one of the series (送到下周二就行), and makes it so."""
    draft, text, day = hearing.draft, hearing.turn.text, said.value.get("date") or ""
    if hearing.fresh or not draft.repeats or not draft.date < day or said.value.get("end_date") or not said.end:
        return False
    piece = next((one for one in _PIECE.finditer(text) if one.start() <= said.start < one.end()), None)
    if (
        piece is None
        or not _UNTIL.search(text[piece.start() : said.start])
        or not _ENOUGH.match(text[said.end : piece.end()])
    ):
        return False
    if draft.end_date != day:
        draft.end_date, draft.days = day, 0
        draft.without = [one for one in draft.without if one < day]
        hearing.set("date")
    return True


def is_one_of_them(hearing: Hearing, value: dict[str, Any]) -> bool:
    """Whether a single day is only one of a series that is agreed on: the series stands, and whoever wants that day otherwise
    is told how."""
    draft, text = hearing.draft, hearing.turn.text
    if hearing.fresh or not _within(draft, value) or START.search(text) or _ONLY.search(text):
        return False
    if value.get("time") and value["time"] != draft.time or _MOVED.search(text):
        hearing.note("one_of_series")
    hearing.handled = True
    return True


def only_that_day(hearing: Hearing) -> bool:
    """Whether another number is wanted on one day of a series only (星期二那天多送一份): that is told, and changes not all of it."""
    text, draft = hearing.turn.text, hearing.draft
    if hearing.fresh or not draft.repeats or _ONLY.search(text) or START.search(text):
        return False
    amounts = [value.get("n") for value in hearing.turn.all("quantity")]
    named = any(_within(draft, e.value) for e in hearing.turn.of("time")) or PLACES.search(text)
    if not named or not amounts or amounts[-1] == draft.quantity and not _MORE.search(text):
        return False
    hearing.note("one_of_series")
    return True


def left_out_already(hearing: Hearing) -> bool:
    """Whether words only say once more which day is left out (对，只取消周日)."""
    again = any(e.value.get("date") in hearing.draft.without for e in hearing.turn.of("time"))
    return again and bool(_OUT.search(hearing.turn.text))


def _within(draft: Draft, value: dict[str, Any]) -> bool:
    """Whether a single day lies in the time that a series takes."""
    day = value.get("date") or ""
    single = day and not value.get("end_date") and not value.get("every") and len(value.get("weekdays") or ()) < 2
    return bool(single and draft.repeats and draft.end_date and draft.date <= day <= draft.end_date)


def _series_told(draft: Draft, said: list[Entity]) -> bool:
    return draft.repeats or any(
        e.value.get("every")
        or len(e.value.get("weekdays") or ()) > 1
        or e.value.get("end_date") not in (None, "", e.value.get("date"))
        for e in said
    )


def _a_day(value: dict[str, Any]) -> bool:
    return bool(value.get("date") or value.get("weekdays"))


def _days(draft: Draft) -> list[str]:
    """The days of the series as it stands, ISO."""
    if not draft.repeats or not draft.date:
        return []
    first = date.fromisoformat(draft.date)
    last = date.fromisoformat(draft.end_date) if draft.end_date else first + timedelta(days=max(draft.days, 1) - 1)
    return [day.isoformat() for day in wanted_days(first, last, draft.weekdays, draft.away)]
