"""Several orders wished for in one breath (明天中午送饭 后天来打扫; 午饭晚饭都要; 给我妈订一份 我自己也要一份).

One order has one service, one hour and one home. The first is booked, each of the others afterwards with the words and
the days that belong to it; the caller is told so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from care.booking import another, data, suits, who
from care.booking.draft import Wish
from care.booking.hearing import Hearing
from care.booking.stretches import SEVERAL
from care.texts import reply
from care.turn import Entity, Turn

_INSTEAD = re.compile(r"不对|不是|不不|说错|错了|算了|改|换|还是|或|要么|要不|都行|都可以|都中|都成|随便|哪[个样天]")
"""Words after which one of two things counts, and not both."""
_CLAUSE = re.compile(r"[，。,；;、！!\s]+|另外|然后|顺便|还要|再(?=订|约|给|来|送|要)")
"""Where a new clause may begin."""
_I_TOO = re.compile(r"(?<![和跟同给帮替])[我俺额](?:自己|自个儿?|本人)?(?:也|还)(?:想|得)?(?:要|订|定|来|约)(?:一|个|份|[，。 ]|$)")
"""The speaker wants the same too."""
_ALSO = re.compile(r"[我俺]?(?:也|还)(?:要|想|得|来|送|给|订|约)")
"""Right behind one more day for the same."""
_EACH = re.compile(r"一人|每人|每个人|各|分别")
"""Words that give something to each of those named."""
JOINING = ("和", "跟", "同", "、")
"""Right before one more person."""
MEALS = ("morning", "noon", "evening")
"""Parts of the day at which somebody eats: two of them are two meals."""
DAYS = ("date", "end_date", "every", "weekdays", "apart", "vague")
"""What a time says of the day."""
OF_ALL = ("phone", "place", "person_name", "age", "role")
"""Kinds of entity that belong to the first order, wherever they are said; those after it are for the same people."""
OF_ONE = ("address", "relation")
"""Kinds that do so where they are said once."""
ONCE = ("duration", "quantity", "diet")
"""Kinds that hold for every order where they are said once."""
PORTION = "份"
LONGEST = 42
"""Characters up to which several things told are several wishes; more are a story, in which other meals and other days are told of too."""


@dataclass
class _Piece:
    """The part of the words that one order is wished for in."""

    start: int
    end: int
    service: str
    person: str = ""
    same_days: bool = False
    entities: list[Entity] = field(default_factory=list)
    others: list[Entity] = field(default_factory=list)
    """Those named in its words whom it is not for."""

    def text(self, turn: Turn) -> str:
        """Its words, blank where others are named."""
        words = turn.text
        for one in self.others:
            start = one.start - words[: one.start].endswith(JOINING)
            words = words[:start] + " " * (one.end - start) + words[one.end :]
        return words[self.start : self.end].rstrip()


def apart(hearing: Hearing) -> None:
    """Leaves in the turn the first of several orders wished for; the others are kept for afterwards, and that is said."""
    turn = hearing.turn
    if turn.intent not in another.STARTS or _INSTEAD.search(turn.text) or len(turn.text) > LONGEST:
        return
    pieces = _services(turn) or _meals(turn) or _again(turn) or _me_too(turn) or _homes(turn)
    if len(pieces) < 2 or any(data.service_item(hearing.draft.region, piece.service) is None for piece in pieces):
        return
    first, *others = pieces
    if first.person:
        who.becomes(hearing, first.person)
    named = [data.service_name(data.chosen(hearing.draft.region, piece.service)) for piece in pieces]
    for piece in others:
        said = [(e.kind, e.value, e.text) for e in piece.entities if e.kind != "service"]
        wish = Wish(service=piece.service, text=piece.text(turn).strip(), entities=said, person=piece.person, same_days=piece.same_days)
        hearing.draft.queue.append(wish)
    hearing.turn = replace(turn, text=first.text(turn), entities=tuple(first.entities), meant=first.service, moves=())
    if later := [name for name in dict.fromkeys(named[1:]) if name != named[0]]:
        hearing.notes.append(reply("booking.queued", later="、".join(later), now=named[0]))
    else:
        hearing.notes.append(reply("booking.queued_same"))


def _services(turn: Turn) -> list[_Piece]:
    """Different services, each with its own day or hour (明天上午打扫 下午理发)."""
    services = _wanted_services(turn)
    firsts = [e for n, e in enumerate(services) if e.value not in [one.value for one in services[:n]]]
    times = _wanted_times(turn)
    if len(firsts) < 2 or len(times) < 2:
        return []
    cuts = []
    for one, other in zip(firsts, firsts[1:], strict=False):
        between = [e.start for e in times if one.end <= e.start < other.start]
        pauses = [found.end() for found in _CLAUSE.finditer(turn.text, one.end, other.start)]
        if times[0].start < firsts[0].start and between:
            cuts.append(between[0])
        elif pauses or times[0].start > firsts[0].start:
            cuts.append(pauses[-1] if pauses else other.start)
        else:
            return []
    pieces = _cut(turn, cuts, [str(e.value) for e in firsts])
    return _with_days(pieces) if all(_times(piece) for piece in pieces) else []


def _meals(turn: Turn) -> list[_Piece]:
    """Meals of different parts of the day, or so many on one day and so many on another (中午一份 晚上也要一份)."""
    services = {str(e.value) for e in _wanted_services(turn)} or {turn.meant}
    code = next(iter(services))
    item = data.service_item("", code) if len(services) == 1 and code else None
    times = _wanted_times(turn)
    if item is None or item.kind != SEVERAL or any(suits.role(e) for e in turn.of("time")):
        return []
    at_meals = [e for e in times if e.value.get("part") in MEALS]
    days = [e for e in times if e not in at_meals]
    if len(at_meals) > 1 and len({e.value["part"] for e in at_meals}) == len(at_meals) and len(days) < 2:
        pieces = _cut(turn, [e.start for e in at_meals[1:]], [code] * len(at_meals))
        for piece in pieces:
            others = [e for e in days if e not in piece.entities]
            piece.entities = [*others, *piece.entities]
            _join_day(piece, days)
        told = [e for e in at_meals if _says_days(e.value)]
        if len(told) == 1 and not _says_days(at_meals[0].value):  # 中午送一份 晚上也要一份 明天的
            _join_day(pieces[0], told)
        return _with_days(pieces)
    portions = [e.start for e in turn.of("quantity") if e.value.get("unit") == PORTION and e.end]
    if len(times) > 1 and len(portions) == len(times) and all(e.value.get("date") and not e.value.get("end_date") for e in times):
        pieces = _cut(turn, [e.start for e in times[1:]], [code] * len(times))
        counted = all(any(piece.start <= at < piece.end for at in portions) for piece in pieces)
        return _with_days(pieces) if counted else []
    return []


def _again(turn: Turn) -> list[_Piece]:
    """The same on another day too (我明天洗澡 后天也要洗)."""
    services = {str(e.value) for e in _wanted_services(turn)}
    times = _wanted_times(turn)
    single = all(e.value.get("date") and not e.value.get("end_date") and not e.value.get("every") for e in times)
    if len(services) != 1 or len(times) < 2 or not single or any(suits.role(e) for e in turn.of("time")):
        return []
    if not all(_ALSO.match(turn.text, e.end) for e in times[1:]):
        return []
    return _with_days(_cut(turn, [e.start for e in times[1:]], [*services] * len(times)))


def _me_too(turn: Turn) -> list[_Piece]:
    """Something for somebody who lives elsewhere, and the same for the speaker."""
    found = _I_TOO.search(turn.text)
    services = {str(e.value) for e in _wanted_services(turn)}
    people = [str(e.value) for e in turn.of("relation") if found and e.end and e.end <= found.start()]
    away = [one for one in people if one != "self" and not data.relation(one).get("same_home")]
    if found is None or len(services) != 1 or not away or services & set(data.table("services")["one_by_one"]):
        return []
    pieces = _cut(turn, [found.start()], [*services] * 2)
    shared = [e for e in pieces[0].entities if e.kind in ("time", *ONCE)]
    known = {e.kind for e in pieces[1].entities}
    pieces[1].entities += [e for e in shared if e.kind not in known]
    pieces[0].entities = [e for e in pieces[0].entities if e.kind != "relation" or e.value != "self"]
    pieces[1].entities = [e for e in pieces[1].entities if e.kind not in ("relation", "address", "phone", "person_name")]
    pieces[1].person = "self"
    return pieces


def _homes(turn: Turn) -> list[_Piece]:
    """The same for each of several people, whose homes are told one by one (我妈在康乐路8号 我婆婆在10号)."""
    services = {str(e.value) for e in _wanted_services(turn)}
    people = [e for e in turn.of("relation") if e.end and e.value != "self" and not data.relation(str(e.value)).get("same_home")]
    doors = [e for e in turn.of("address") if e.end]
    if len(services) != 1 or len({e.value for e in people}) < 2 or len(doors) < 2 or not _EACH.search(turn.text):
        return []
    owners = [next((one for one in reversed(people) if one.end <= door.start), None) for door in doors]
    codes = [str(one.value) for one in owners if one]
    if len(set(codes)) != len(doors):
        return []
    rest = [e for e in turn.entities if e.kind not in ("relation", "address") and not _of_a_home(e, owners[0])]
    pieces = []
    for n, (one, door) in enumerate(zip(owners, doors, strict=True)):
        start = one.start if one else 0
        end = doors[n + 1].start if n + 1 < len(doors) else len(turn.text)
        end = max((e.start for e in people if door.end <= e.start < end), default=end)
        own = [e for e in turn.entities if start <= e.start < end]
        common = [e for e in rest if e not in own]
        pieces.append(_Piece(start, end, min(services), person=codes[n], entities=[*common, *own]))
    pieces[0].start = 0
    pieces[0].others = [e for e in people if e.value != codes[0]]
    return pieces


def _of_a_home(said: Entity, first: Entity | None) -> bool:
    """Whether something was told behind the first of those whose homes are told."""
    return first is not None and said.start >= first.start


def _wanted_services(turn: Turn) -> list[Entity]:
    named = [e for e in turn.of("service") if e.end]
    return [e for e in named if not another.refused(turn.text, e) and not another.in_address(turn, e)]


def _wanted_times(turn: Turn) -> list[Entity]:
    """The times to come that say on which days or at which part of them."""
    return [e for e in suits.wanted(turn) if e.end and not e.value.get("past") and (_says_days(e.value) or e.value.get("part"))]


def _says_days(value: dict[str, Any]) -> bool:
    return bool(value.get("date") or value.get("every") or value.get("weekdays"))


def _times(piece: _Piece) -> list[Entity]:
    return [e for e in piece.entities if e.kind == "time" and not suits.role(e)]


def _cut(turn: Turn, cuts: list[int], codes: list[str]) -> list[_Piece]:
    """The pieces between the cuts, each with what is said in it and what holds for all."""
    ends = [*cuts, len(turn.text)]
    pieces = [_Piece(start, end, code) for start, end, code in zip([0, *cuts], ends, codes, strict=True)]
    for n, piece in enumerate(pieces):
        for said in turn.entities:
            once = len(turn.all(said.kind)) == 1
            inside = piece.start <= said.start < piece.end if said.end else not n
            if said.kind in OF_ALL or said.kind in OF_ONE and once:
                inside = not n
            if inside or said.kind in ONCE and once:
                piece.entities.append(said)
    return pieces


def _join_day(piece: _Piece, days: list[Entity]) -> None:
    """Gives a part of the day the one day that is told for all."""
    if days:
        only = {name: value for name, value in days[0].value.items() if name in DAYS}
        times = [e for e in _times(piece) if e not in days]
        others = [e for e in piece.entities if e not in days and e not in times]
        piece.entities = [*others, *(replace(e, value={**e.value, **only}) for e in times)]


def _with_days(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces, each with a day: one that tells none is for that of the piece before."""
    every = next((e.value["every"] for piece in pieces for e in _times(piece) if e.value.get("every")), None)
    before: dict[str, Any] = {}
    for piece in pieces:
        told = next((e.value for e in _times(piece) if _says_days(e.value)), None)
        if told is None and before:
            piece.entities = [replace(e, value={**e.value, **before}) if e in _times(piece) else e for e in piece.entities]
        elif told is None:
            piece.same_days = piece is not pieces[0]
        elif every and not told.get("every") and len(told.get("weekdays") or ()) > 1:
            series = {**told, "every": every, "date": None, "end_date": None}
            piece.entities = [replace(e, value=series) if e.value is told else e for e in piece.entities]
        before = {name: told.get(name) for name in DAYS} if told else before
    return pieces
