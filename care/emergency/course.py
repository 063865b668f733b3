"""What somebody in an emergency says next, and which sentence meets it: by what was heard, the kind, and whether help is called.

A question is answered from the instructions of that emergency; what is told is taken and met fittingly; and the kind
stays what it was unless something else, that needs other help, is named in so many words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from care.conversation.hearing import bare
from care.reply import Reply
from care.texts import has, reply

FOLLOW_UP = Path(__file__).parents[1] / "data" / "emergency_follow_up.yaml"
OF_KIND = {
    "place_told": {"no_answer": "with_you_door", "suicide": "place_told_safe", "crime": "place_told_safe", "fire": "leave_first", "gas": "leave_first", "lost": "place_told_lost"},
    "details_told": {"no_answer": "with_you_door", "suicide": "place_told_safe", "crime": "place_told_safe", "fire": "leave_first", "gas": "leave_first", "lost": "place_told_lost"},
    "with_you": {"suicide": "with_you_suicide", "crime": "with_you_110", "fire": "with_you_119", "gas": "with_you_119", "lost": "with_you_lost", "locked_out": "with_you_110", "no_answer": "with_you_door"},
    "still_there": {"suicide": "still_there_suicide", "crime": "still_there_110", "lost": "still_there_110", "locked_out": "still_there_110", "no_answer": "still_there_door"},
    "means_at_hand": {"fire": "leave_first", "gas": "leave_first"},
    "not_really": {"no_answer": "unanswered"},
    "waking": {"suicide": "listening", "crime": "listening", "lost": "listening", "locked_out": "listening", "no_answer": "listening_door"},
    "alone": {"fire": "leave_first", "gas": "leave_first", "crime": "with_you_110", "lost": "with_you_lost", "locked_out": "with_you_110", "suicide": "with_you_suicide", "no_answer": "with_you_door"},
    "someone_here": {"fire": "with_you_119", "gas": "with_you_119", "crime": "with_you_110", "lost": "with_you_lost", "locked_out": "with_you_110", "no_answer": "with_you_door"},
    "over": {"no_answer": "over_safe", "suicide": "over_safe", "crime": "over_safe", "lost": "over_safe", "locked_out": "over_safe", "fire": "over_safe", "gas": "over_safe"},
}  # fmt: skip
"""What is said instead, by what was heard and the kind of emergency: advice for the injured is not for all."""
SAME_HELP = {
    "fall": {"locked_out"},
    "stroke": {"fall", "breathing", "lost", "choking", "locked_out"},
    "chest_pain": {"fall", "breathing", "locked_out"},
    "breathing": {"fall", "chest_pain"},
    "bleeding": {"fall"},
    "choking": {"breathing", "fall"},
    "poisoning": {"fall", "breathing", "stroke", "suicide"},
    "unresponsive": {"fall", "stroke", "breathing", "chest_pain", "choking", "locked_out"},
    "burn": {"fall"},
    "electric": {"fall", "burn"},
    "fire": {"breathing", "choking", "fall", "gas", "locked_out", "electric", "poisoning"},
    "gas": {"breathing", "choking", "fall", "poisoning", "stroke", "locked_out"},
    "suicide": {"fall", "lost", "locked_out", "gas"},
    "crime": {"fall", "locked_out", "lost"},
    "lost": {"locked_out"},
    "no_answer": {"locked_out", "lost"},
}
"""Kinds that somebody in the first one tells of as well (who had a stroke cannot stand): they change nothing."""
VAGUE = ("other", "no_answer")
"""Kinds that tell less than any other, and so change nothing."""
ASKED = "ask_"
"""Begins the names of questions."""
NOW = "ask_now"
"""The question what to do, which is answered differently when help is on its way."""

OTHERS = re.compile(
    r"老伴|老头|老公|老婆|老汉|老倌|老太|老爷子|老人|大[爷妈娘姨叔舅]|[奶爷]奶?爷?|姥|[外阿][公婆伯嫲爷妈]|婆婆|公公|娭毑|[妈爸娘爹]|岳[父母]|邻居|隔壁|他|她|佢|孩子|孙|儿子|闺女|女儿|崽|护工|保姆|师傅|有个|有人"
)
"""Somebody else is told of (a relative at hand is, too: 我摔了，老伴在 says 我 as well)."""
ONESELF = re.compile(
    r"(?:^|，|。)?(?:我|俺|额|偶|咱)(?:自己|刚|又|现在|在|胸|心|头|腿|手|腰|摔|跌|滑|喘|憋|难受|疼|起不|动不)"
)
"""It happened to the one who speaks."""


@lru_cache
def _words() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Name, the kind in which alone it counts (or nothing), and the words."""
    data: dict[str, list[str]] = yaml.safe_load(FOLLOW_UP.read_text(encoding="utf-8"))
    words = []
    for entry, expressions in data.items():
        name, _, kind = entry.partition("@")
        words.append((name, kind, re.compile("|".join(f"(?:{e})" for e in expressions))))
    return tuple(words)


def heard(text: str, kind: str) -> str | None:
    """What these words are in the course of an emergency of a kind, by the first of the data file's names that fits."""
    words = bare(text)
    return next((name for name, of_kind, told in _words() if of_kind in ("", kind) and told.search(words)), None)


def changes(kind: str, other: str | None) -> bool:
    """Whether what is told now (`other`, where a pattern names it) makes another emergency of this one."""
    return other not in (None, kind, *VAGUE) and other not in SAME_HELP.get(kind, ())


def of_another(text: str) -> bool:
    """Whether it happened to somebody else than the one who speaks."""
    return bool(OTHERS.search(text)) and not ONESELF.search(text)


def advised(kind: str, text: str) -> Reply:
    """What to do now: said to whom it happened, or to who tells of somebody else."""
    return said("", {"kind": kind, "another": of_another(text)})


def said(what: str, memory: dict[str, Any], attempt: int = 0) -> Reply:
    """The sentence for what was heard: for this kind, for help that is already called, for who tells of somebody else.

    Args:
        what: name of what was heard; nothing stands for the first advice of the kind.
    """
    kind = memory["kind"]
    what = "called" if what == NOW and memory.get("called") else what
    names = [f"{what}_{kind}", OF_KIND.get(what, {}).get(kind, what), what] if what else [kind]
    if memory.get("called"):
        names = [f"{name}_called" for name in names[1:]] + names
    if memory.get("another"):
        names = [form for name in names for form in (f"{name}_of_another", name)]
    return reply(f"emergency.{next(name for name in names if has(f'emergency.{name}'))}", attempt=attempt)
