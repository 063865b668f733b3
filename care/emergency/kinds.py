"""Which help somebody needs who tells of danger, so that the advice fits: learnt from examples sorted by what is the matter.

Weighed by the scraps of the words, like the danger itself (`likeness`), by what the whole words mean (`meaning`), and by which
kinds the patterns and the signs of `care/data/emergency.yaml` name in them. Where nothing stands out it is `OTHER`, whose advice
is right for all. The weights stand in `care/data/emergency_kinds.bin`; `python -m care.emergency.learn` makes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy

from care.emergency.likeness import place, scraps
from meaning import DIMENSIONS, vector

WEIGHTS = Path(__file__).parents[1] / "data" / "emergency_kinds.bin"
OTHER = "other"
KINDS = (
    "fall", "chest_pain", "stroke", "breathing", "bleeding", "choking", "poisoning", "unresponsive", "no_answer", "burn",
    "electric", "fire", "gas", "lost", "locked_out", "suicide", "crime", OTHER,
)  # fmt: skip
PLACES = 2**14
"""Of scraps in the table of weights, which share a place if they fall on the same one."""
ROWS = PLACES + DIMENSIONS
"""Of the table: the places of scraps, then the directions of a meaning."""
STEPS = 12
"""Of a stored weight to a weight of one."""
START = 0.2
"""What stands in every sentence, so that frequent kinds are likelier."""
PATTERN, SOUND_OR_CALMED, SIGN = 0.5, 0.35, 0.3
"""Beside the scraps, whose length is one."""
LIKELY = 0.3
"""Below this chance nothing stands out."""


def traits(words: str, text: str, matched: Mapping[str, bool], signs: Sequence[str]) -> dict[int, float]:
    """Traits that tell one kind from another: rows of the table of weights, and how much stands there.

    Args:
        words: as `likeness` looks at them.
        text: as it was said, for its meaning.
        matched: kinds that a pattern names, and whether by the letter and in earnest.
        signs: kinds that single words point at.
    """
    found = scraps(words) | {f"={kind}": PATTERN if plainly else SOUND_OR_CALMED for kind, plainly in matched.items()}
    found |= {f"~{kind}": SIGN for kind in signs} | {"": START}
    spread: dict[int, float] = {}
    for trait, worth in found.items():
        spread[place(trait) % PLACES] = spread.get(place(trait) % PLACES, 0.0) + worth
    point = vector(text)
    return spread if point is None else spread | {PLACES + i: float(part) for i, part in enumerate(point)}


def likeliest(spread: Mapping[int, float]) -> str:
    """The likeliest of `KINDS` by these traits."""
    weighed = numpy.array(list(spread.values())) @ _weights()[list(spread)]
    best = int(weighed.argmax())
    chance = 1 / float(numpy.exp(weighed - weighed[best]).sum())
    return KINDS[best] if chance >= LIKELY else OTHER


@lru_cache
def _weights() -> numpy.ndarray:
    return numpy.frombuffer(WEIGHTS.read_bytes(), numpy.int8).reshape(ROWS, len(KINDS)) / STEPS
