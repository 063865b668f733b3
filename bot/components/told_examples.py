"""The examples from which the roles of times are learnt (nlu_data/times.yml).

How well that does on sentences that it has not learnt from (of their 196 times 182 are rightly kept or passed over):

    PYTHONPATH=. bot/.venv/bin/python -m bot.components.told_examples tests/bot/told_times.yml
"""

from __future__ import annotations

import sys
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Iterator, List, NamedTuple

import yaml

from bot.components import told
from bot.components.lexicon import ROOT
from bot.components.numbers_zh import numbers
from bot.components.spans import plain
from bot.components.time_zh import Found, expressions
from meaning import marks
from meaning.around import clause
from meaning.marks import THEN

FILE = ROOT / "nlu_data" / "times.yml"
NOW = datetime(2026, 11, 25, 10, 0)
"""The moment at which the examples are read; it only tells a day gone by from one to come."""
MARKS = {"[": told.WANTED, "(": told.TOLD, "{": told.BUSY, "<": told.UNTIL, "~": told.OFF}


class Example(NamedTuple):
    """One example without its marks: the words and the times found in them, and of each time the role and the clause around its mark."""

    text: str
    times: List[told.Named]
    roles: List[str]
    clauses: List[str]


def read(line: str) -> Example:
    """One example."""
    raw, marked = marks.read(line)
    text = plain(raw)
    times = named(expressions(text, NOW), [s for s in numbers(text) if s.kind == "duration"])
    of = [next((mark for mark in marked if one.start < mark.end and mark.start < one.end), None) for one in times]
    roles = [MARKS[mark.kind] if mark else "" for mark in of]
    return Example(text, times, roles, [clause(raw, (mark.start, mark.end), THEN) if mark else "" for mark in of])


def named(found: List[Found], lengths: list) -> List[told.Named]:
    """Times and lengths as the learner sees them, in the order said; a length inside or right behind a time (周末两天) is part of it."""
    times = []
    for f in found:
        behind = [s.end for s in lengths if f.end <= s.start <= f.end + 1]
        times.append(told.Named(f.start, max([f.end, *behind]), f.kind))
    alone = [s for s in lengths if not any(s.start < t.end and t.start < s.end for t in times)]
    return sorted([*times, *(told.Named(s.start, s.end, "length") for s in alone)], key=lambda t: t.start)


def examples(path: Path = FILE) -> Iterator[Example]:
    """The examples of a file."""
    return map(read, yaml.safe_load(path.read_text(encoding="utf-8"))["examples"])


@lru_cache
def learnt() -> told.Roles:
    """What the examples teach."""
    return told.learn(examples())


def main(path: Path) -> None:
    """Prints the sentences of which a time is read otherwise than it is marked."""
    right = passing = count = 0
    for text, times, roles, _ in examples(path):
        for one, role, heard in zip(times, roles, learnt().of(text, times)):
            if role:
                count, right = count + 1, right + (role == heard)
                passing += (role in told.PASSING) == (heard in told.PASSING)
            if role and role != heard:
                print(f"{text}\n    {text[one.start : one.end]}: {role}, heard as {heard}")
    print(f"{right} of {count} roles; of {passing} it is right whether they are only named")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
