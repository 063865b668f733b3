"""Whoever a service is for by plain words alone: put right (不是我妈，是我爸), taken back, or the speaker's child."""

from __future__ import annotations

import re

from care.booking import data, whom
from care.booking.hearing import Hearing

_NOT_FOR = re.compile(r"(?:不|唔)(?:是|系)[给帮替为]?(?:[我俺额咱]家?)?$")
"""Right before whoever it is not for (不是我妈，是我爸)."""


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
