"""Whoever a service is for by plain words alone: put right (不是我妈，是我爸), taken back, the speaker's child, or called by name."""

from __future__ import annotations

import re

from care.booking import data, whom
from care.booking.hearing import Hearing
from care.turn import Turn

JOINING = "和于时连从向同对都"
"""Surnames that mostly join what stands before and behind (我和大哥)."""
_NOT_FOR = re.compile(r"(?:不|唔)(?:是|系)[给帮替为]?(?:[我俺额咱]家?)?$")
"""Right before whoever it is not for (不是我妈，是我爸)."""

_FOR = re.compile(r"(?:不是[我俺]自?己?|我?就?是|都|[，,\s])*[给替](?:(?:我们?|咱们?)?(?:村里?|队里?|楼[上下]|隔壁|对门|邻居)的?)?")
"""Begins words that say for whom it is, whatever was asked (是给张老三办)."""


def is_not_for(hearing: Hearing) -> bool:
    """Whether the words only say that it is not for the one it was taken to be for (不是给我妈订)."""
    told = [e for e in hearing.turn.of("relation") if e.end and _NOT_FOR.search(hearing.turn.text[: e.start])]
    return any(e.value == hearing.draft.person for e in told)


def not_but(text: str, named: list[whom.Named]) -> str:
    """Whoever it is for in words that say for whom it is not (不是我妈，是我爸; 是我爸不是我妈)."""
    wrong = {n.relation for n in named if n.end and _NOT_FOR.search(text[: n.start])}
    return next((n.relation for n in reversed(named) if n.end and n.relation not in wrong), "") if wrong else ""


def children(hearing: Hearing) -> list[whom.Named]:
    """The speaker's child for whom something is booked in so many words (给我闺女订个饭)."""
    if not (hearing.fresh or hearing.asked == "person" or hearing.corrects):
        return []
    people = data.table("people")
    words = "|".join(sorted(people["relations"]["child"]["words"], key=len, reverse=True))
    found = re.finditer(rf"[给帮替为][我俺额咱]?(?:们?家|屋里)?的?[大小老二三]?(?P<who>{words})(?={people['booked']})", hearing.turn.text)
    return [whom.Named(*one.span("who"), "child") for one in found]


def titled(hearing: Hearing, named: list[whom.Named]) -> list[whom.Named]:
    """Acquaintances by surname and title (替二楼吴婶订, 给老李头办, 给张老三办), where that is no name of the speaker's own."""
    anywhere, said_for = hearing.fresh or hearing.asked == "person", _FOR.match(hearing.turn.text)
    if not (anywhere or said_for):
        return []
    people = data.table("people")
    found = re.finditer(
        rf"(?<!我是)(?<!俺是)(?<!叫)(?<!叫我)(?<!叫俺)(?<!姓)(?:[老小]?[{people['surnames']}](?:{'|'.join(people['titles'])})|老[{people['surnames']}]头(?![发疼痛晕昏])|[{people['surnames']}]老[二三四五六七](?![0-9一二三四五六七八九十]))",
        hearing.turn.text,
    )
    free = (one for one in found if not any(one.start() <= other.end and other.start < one.end() for other in named))  # 老姐妹李大姐 is one
    told = (one for one in free if one.group()[0] not in JOINING and (anywhere or (said_for and one.start() == said_for.end())))
    return [whom.Named(one.start(), one.end(), "neighbour") for one in told]


def named_in_full(turn: Turn) -> str:
    """The name of whoever it is for, where they are called by nothing else (给安志明约个理发)."""
    return next((str(e.value) for e in turn.of("person_name") if e.end and turn.text[: e.start].endswith(("给", "帮", "替", "为"))), "")
