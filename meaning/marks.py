"""Sentences in which those named are marked, each kind of bracket with its own sense: 给[我妈|mother]订饭，(我哥|sibling)不在家."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from meaning.around import clause

SOMEBODY, THEN = "某人", "那时"
"""Stand for whoever, and for the time, that is looked at where the meaning of a clause is asked."""
_MARK = re.compile(r"\[([^\]]+)\]|\(([^)]+)\)|\{([^}]+)\}|<([^>]+)>|~([^~]+)~")


class Mark(NamedTuple):
    """One of those marked."""

    start: int
    end: int
    kind: str
    """The bracket that opens it."""
    note: str
    """What stands behind a bar in it."""


def read(line: str) -> tuple[str, list[Mark]]:
    """The words without the marks, and the marks."""
    text, marks, after = "", [], 0
    for found in _MARK.finditer(line):
        text += line[after : found.start()]
        words, _, note = found[0][1:-1].partition("|")
        marks.append(Mark(len(text), len(text) + len(words), found[0][0], note))
        text, after = text + words, found.end()
    return text + line[after:], marks


def clauses(lines: Iterable[str], sign: str) -> list[str]:
    """The clause of each one marked, by whose meaning it is learnt."""
    read_lines = (read(line) for line in lines)
    return [clause(text, (mark.start, mark.end), sign) for text, marks in read_lines for mark in marks]
