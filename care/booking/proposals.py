"""One of the times that were proposed is taken, or none of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from care import agreement
from care.booking import suits
from care.booking.hearing import Hearing, bare
from care.booking.when_words import halves, in_part, option_choice

SOONEST = re.compile(r"(?:越|愈)(?:快|早)越好|尽快|尽早|最早的?|早的那|赶早|马上|立马|快点?来|快些来|早点来|立刻|赶紧|赶快|这会儿就")
"""Words that choose the earliest of what was proposed."""
_NONE_OF_THEM = re.compile(r"都?不(?:行|好|成|中|方便|合适|得闲|可以|要|在)|没空|没时间|来不及|太[早晚]|换|另")
_WISHED = re.compile(r"(?:钟|左右|来|送|再|才|上门|最)*(?:吧|行|可以|好|合适|最好|得不得|成不|中不|能不能|$)")
"""Right behind an hour that is wanted instead of those proposed."""
NO_CHOICE = ("change", "stop", "wait", "hear")
"""What words do that take none of what was proposed, however like a yes or an “I do not mind” they sound."""
_ONLY_YES = re.compile(r"(?:(?:对|是|嗯|恩|噢|哦|哎|好|系|唔)(?:的|啊|呀|呢|嘞|嘅|咯|啦|吧)?[，。！]?)+")
"""A yes that chooses nothing; 行 and 可以 say that either will do."""
SHORT_NO = 3
"""Characters of a bare no."""


def choose(hearing: Hearing) -> bool:
    """One of the offered times was taken: by its words, its number, a time that only it has, or a plain yes."""
    draft, turn = hearing.draft, hearing.turn
    words = bare(turn.text)
    if SOONEST.search(turn.text):
        draft.options = sorted(draft.options)
        turn = replace(turn, intent="affirm", entities=())
    picked = next((o for o in draft.options if bare(option_choice(draft, o).value) == words), None)
    ordinal = turn.last("ordinal") or turn.last("number") if not turn.all("time") else None
    if isinstance(ordinal, dict):
        ordinal = ordinal.get("ordinal")
    if picked is None and isinstance(ordinal, int) and 1 <= ordinal <= len(draft.options):
        picked = draft.options[ordinal - 1]
    times = [e.value for e in suits.wanted(turn)]
    if picked is None and times:
        fitting = [o for o in draft.options if all(_fits(o, value) for value in times)]
        # Both are in the part of the day that is named again (下午): whoever does not choose has the first.
        loosely = hearing.asked in ("date", "time") and not any(value.get("time") for value in times)
        loosely = loosely and not _NONE_OF_THEM.search(turn.text)  # 都不行，我下午要打牌
        picked = fitting[0] if len(fitting) == 1 or fitting and loosely else _beside_others(hearing)
    if picked is None and not times and hearing.asked in ("date", "time"):
        led = turn.intent in ("affirm", "dont_know") and turn.does not in NO_CHOICE and not agreement.hedges(turn.text)
        if (led or agreement.agrees(turn) or agreement.closes(turn.text)) and not _to_which(hearing):
            picked = draft.options[0]
    if picked is None:
        return False
    if not draft.repeats:
        draft.date = picked[0]
    draft.time, draft.part, draft.open_time, draft.options = picked[1] or draft.time, "", "", []  # a whole day keeps its hour
    hearing.set("date")
    hearing.set("time")
    return True


def _to_which(hearing: Hearing) -> bool:
    """Whether a yes answers neither of two times (上午九点，或者上午十点，哪个好？—对): which one is asked once, then it is the first."""
    only_yes = bool(_ONLY_YES.fullmatch(hearing.turn.text))
    return only_yes and len(hearing.draft.options) > 1 and not hearing.draft.misses.get(hearing.asked)


def _beside_others(hearing: Hearing) -> list[str] | None:
    """The only one of what was proposed that is told by its hour, beside hours told of something else (八点半，我老公七点就起来)."""
    turn = hearing.turn
    hours = [e for e in suits.wanted(turn) if e.value.get("time")]
    named = [[o for o in hearing.draft.options if _fits(o, e.value)] for e in hours]
    told = [options for options in named if options]
    rest = [e for e, options in zip(hours, named, strict=True) if not options]
    if len(told) != 1 or len(told[0]) != 1 or not rest or _NONE_OF_THEM.search(turn.text):
        return None
    wished = any(_WISHED.match(turn.text, e.end) for e in rest)
    return None if wished else told[0][0]


def _fits(option: list[str], value: dict[str, Any]) -> bool:
    if value.get("date") and value["date"] != option[0]:
        return False
    if value.get("time"):
        heard = [value["time"]] if value.get("ampm") else halves(value["time"])
        return option[1] in heard
    if value.get("part"):
        return bool(option[1]) and in_part(option[1], value["part"])
    return bool(value.get("date"))


def refused(text: str) -> bool:
    """Whether words refuse the times proposed; 没有别的病 says something else."""
    return agreement.says_no(text) or bool(_NONE_OF_THEM.search(text)) or len(bare(text)) <= SHORT_NO
