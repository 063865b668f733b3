"""Which sound says which words: sentence by sentence, clause by clause, longest prepared pieces first.

A clause that is prepared as a whole is taken as it is. Otherwise the cheapest row of prepared pieces and live speech is
found: pieces begin and end where words do, numbers are never torn apart, and a change of voice costs so much that a
name or an address is not patched together from scraps.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import jieba

from voice_gateway.speaking.ear_text import clauses, for_the_ear, hanzi, sentences

jieba.setLogLevel(logging.WARNING)

Source = Literal["recording", "prepared", "live"]

NUMERALS = "零一二三四五六七八九十百千万亿两点半"
MEASURES = frozenset("年月号日点天岁块份个栋楼")
"""Hanzi that end a number."""
DIGITS = frozenset("零一二三四五六七八九")
SPELLED = 3
"""Digits in a row, without 十 or 百, from which a number is read digit by digit."""
PIECE_COST, DIGIT_COST, LIVE_COST, LIVE_HANZI_COST = 1.2, 0.2, 2.0, 1.0
"""What a piece costs, a digit among digits, the beginning of live speech, and each hanzi of it."""
CLOSED_COST = 1.5
"""On top for a piece that was spoken as a clause of its own but stands amid others."""
LONGEST_PIECE = 40
MOST_LIVE, MOST_LIVE_SHARE = 2, 0.75
"""Stretches of live speech in one clause, and their share of it, up to which its other words stay prepared."""

AFTER_SENTENCE, AFTER_CLAUSE, AFTER_ITEM, AFTER_DIGIT, AFTER_PIECE = 0.65, 0.32, 0.24, 0.12, 0.02
"""Seconds of silence at 140 hanzi a minute: after 。 and ？, after ，, at 、, between digits, between words."""


@dataclass(frozen=True)
class Segment:
    """Words said by one source in one go."""

    text: str
    source: Source
    pause: float
    """Seconds of silence afterwards, at 140 hanzi a minute."""


Clause = tuple[Segment, ...]
Find = Callable[[str], tuple[Source, bool] | None]
"""Whether a text is at hand: from which source, and whether it flows (see `items.Item`)."""


def plan(text: str, find: Find) -> list[Clause]:
    """The clauses of a text, each as the segments that say it."""
    spoken = for_the_ear(text)
    planned: list[Clause] = []
    for sentence in sentences(spoken):
        whole = sentence.rstrip("。")
        if found := find(whole):
            planned.append((Segment(whole, found[0], AFTER_SENTENCE),))
            continue
        parts = clauses(sentence)
        for place, clause in enumerate(parts):
            pause = AFTER_SENTENCE if place == len(parts) - 1 else AFTER_CLAUSE
            planned.append(_clause(clause, pause, find))
    return planned


def _clause(clause: str, pause: float, find: Find) -> Clause:
    body = clause.rstrip("，。？")
    asked = clause.endswith("？")
    for text in (body + "？", body) if asked else (body, body + "？"):
        if found := find(text):
            return (Segment(text, found[0], pause),)
    segments: list[Segment] = []
    items = [item for item in body.split("、") if item]
    for place, item in enumerate(items):
        last = place == len(items) - 1
        after = pause if last else AFTER_DIGIT if _is_digit(item) else AFTER_ITEM
        segments += _composed(item, after, asked and last, find)
    return tuple(segments)


def _is_digit(text: str) -> bool:
    return len(text) == 1 and text in DIGITS


def _composed(words: str, pause: float, asked: bool, find: Find) -> list[Segment]:
    """Words without any mark, from pieces and live speech at the least cost."""
    if asked and (found := find(words + "？")):
        return [Segment(words + "？", found[0], pause)]
    cuts = boundaries(words)
    best: dict[int, tuple[float, list[_Part]]] = {0: (0.0, [])}
    for start in cuts:
        if start not in best:
            continue
        cost, way = best[start]
        for end in cuts:
            if not start < end <= start + LONGEST_PIECE:
                continue
            for part in _choices(words, start, end, asked, find):
                extra = part.cost + (
                    LIVE_COST if part.source == "live" and not (way and way[-1].source == "live") else 0
                )
                if end not in best or cost + extra < best[end][0]:
                    best[end] = (cost + extra, [*way, part])
    segments = _segments(best[len(words)][1], pause)
    return [Segment(words, "live", pause)] if _is_patchwork(segments) else segments


@dataclass(frozen=True)
class _Part:
    """A stretch of a clause and what could say it."""

    text: str
    source: Source
    cost: float


def _choices(words: str, start: int, end: int, asked: bool, find: Find) -> list[_Part]:
    piece = words[start:end]
    choices = [_Part(piece, "live", LIVE_HANZI_COST * len(piece))]
    for text in (piece + "？", piece) if asked and end == len(words) else (piece,):
        if found := find(text):
            whole = start == 0 and end == len(words)
            amid = 0 if found[1] or whole or len(piece) == 1 else CLOSED_COST
            choices.append(_Part(text, found[0], (DIGIT_COST if _is_digit(piece) else PIECE_COST) + amid))
            break
    return choices


def _segments(way: list[_Part], pause: float) -> list[Segment]:
    joined: list[tuple[str, Source]] = []
    for part in way:
        if joined and part.source == joined[-1][1] == "live":
            joined[-1] = (joined[-1][0] + part.text, "live")
        else:
            joined.append((part.text, part.source))
    gaps = [AFTER_DIGIT if _is_digit(text) else AFTER_PIECE for text, _ in joined[:-1]] + [pause]
    return [Segment(text, source, gap) for (text, source), gap in zip(joined, gaps, strict=True)]


def _is_patchwork(segments: list[Segment]) -> bool:
    """Whether the voice would change too often, or say hardly more than a scrap of the clause."""
    live = [hanzi(segment.text) for segment in segments if segment.source == "live"]
    return len(live) > MOST_LIVE or sum(live) > MOST_LIVE_SHARE * sum(hanzi(segment.text) for segment in segments)


def boundaries(words: str) -> list[int]:
    """Where pieces may begin and end: between words, around numbers, between digits that are spelled."""
    places, at = {0, len(words)}, 0
    for word in jieba.cut(words):
        at += len(word)
        places.add(at)
    for number in re.finditer(f"[{NUMERALS}]+", words):
        inside = range(number.start() + 1, number.end())
        spelled = len(number.group()) >= SPELLED and set(number.group()) <= DIGITS
        places.difference_update(inside)
        places.update((number.start(), number.end()), inside if spelled else ())
        if number.end() < len(words) and words[number.end()] in MEASURES:
            places.add(number.end() + 1)
    return sorted(places)


def shares(planned: list[Clause]) -> dict[Source, int]:
    """Hanzi by source."""
    counted: dict[Source, int] = {"recording": 0, "prepared": 0, "live": 0}
    for clause in planned:
        for segment in clause:
            counted[segment.source] += hanzi(segment.text)
    return counted
