"""A developer's command: learns the weights of `likeness` from examples of dangers and of everyday talk.

    python -m care.emergency.learn tests/unit/emergency_*.yaml nlu_data/nlu

A YAML file has the sentences under `alarm` and `calm`, in lists or in groups of lists; a folder holds the bot's training
examples, whose intent `emergency` is danger and all others are everyday talk. `care/data/emergency_grammar.yaml` adds
sentences built of parts. Ridge logistic regression, solved by
accelerated gradients (Nesterov 1983); the same examples give the same weights.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import yaml

from care import regions
from care.emergency.detect import telling
from care.emergency.likeness import PLACES, STEPS, WEIGHTS, place, scraps

ROUNDS = 600
POWER_ROUNDS = 30
RIDGE = 0.03
"""Pull of every weight towards nought."""
RAREST = 2
"""Scraps that fewer examples have are left out."""
WORTH_CALM, WORTH_BOT = 1.5, 0.6
"""Everyday talk that looks alike counts more than the bot's plain examples."""
GRAMMAR = WEIGHTS.with_name("emergency_grammar.yaml")
WAYS, WAYS_OF_PLACES = 40, 120
"""How often each form of the grammar is filled; there are a thousand places."""
WORTH_BUILT = 0.5
MARKS = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
LARGEST = 127


def _sentences(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        part = [sentence for group in part.values() for sentence in group]
    yield from part or ()


def examples(path: Path) -> Iterator[tuple[str, bool, float]]:
    """Sentence, whether it tells of danger, and how much it counts."""
    if path.is_dir():
        for file in sorted(path.glob("*.yml")):
            for entry in yaml.safe_load(file.read_text(encoding="utf-8")).get("nlu", ()):
                for line in entry.get("examples", "").splitlines() if "intent" in entry else ():
                    danger = entry["intent"] == "emergency"
                    yield MARKS.sub(r"\1", line.strip().removeprefix("-").strip()), danger, 1.0 if danger else WORTH_BOT
        return
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for sentence in _sentences(data["alarm"]):
        yield sentence, True, 1.0
    for sentence in _sentences(data["calm"]):
        yield sentence, False, WORTH_CALM


def built() -> Iterator[tuple[str, bool, float]]:
    """Sentences of the grammar: the same ones at every run."""
    data = yaml.safe_load(GRAMMAR.read_text(encoding="utf-8"))
    words = {**data["words"], "place": sorted({name for one in regions.regions() for name in regions.names(one.id)})}
    chance = random.Random(len(data["words"]))
    for part, danger in (("alarm", True), ("calm", False)):
        for form in data[part]:
            fills = WAYS_OF_PLACES if "<place>" in form else WAYS
            ways = {re.sub(r"<(\w+)>", lambda m: str(chance.choice(words[m[1]])), form) for _ in range(fills)}
            yield from ((sentence, danger, WORTH_BUILT) for sentence in sorted(ways))


def learn(taught: list[tuple[str, bool, float]]) -> numpy.ndarray:
    """The table of weights, the start value last."""
    told = [scraps(telling(sentence)) for sentence, _, _ in taught]
    spread = Counter(scrap for one in told for scrap in one)
    kept = [[(place(s), worth) for s, worth in one.items() if spread[s] >= RAREST] + [(PLACES, 1.0)] for one in told]
    starts = numpy.cumsum([0, *map(len, kept)])[:-1]
    places = numpy.array([p for one in kept for p, _ in one])
    worths = numpy.array([w for one in kept for _, w in one])
    lengths = numpy.array([len(one) for one in kept])
    danger = numpy.array([float(d) for _, d, _ in taught])
    counts = numpy.array([c for *_, c in taught])
    ridge = numpy.full(PLACES + 1, RIDGE)
    ridge[PLACES] = 0.0

    def told_by(weights: numpy.ndarray) -> numpy.ndarray:
        return numpy.add.reduceat(weights[places] * worths, starts)

    def back(values: numpy.ndarray) -> numpy.ndarray:
        return numpy.bincount(places, numpy.repeat(values, lengths) * worths, PLACES + 1)

    steepest = numpy.ones(PLACES + 1)
    for _ in range(POWER_ROUNDS):
        steepest = back(counts * told_by(steepest))
        bend = float(numpy.linalg.norm(steepest))
        steepest /= bend
    step = 1 / (bend / 4 + RIDGE)
    weights = ahead = numpy.zeros(PLACES + 1)
    pace = 1.0
    for _ in range(ROUNDS):
        chance = 1 / (1 + numpy.exp(-told_by(ahead)))
        moved = ahead - step * (back(counts * (chance - danger)) + ridge * ahead)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = moved + (pace - 1) / faster * (moved - weights)
        weights, pace = moved, faster
    return weights


def main(paths: list[str]) -> None:
    """Learns from the files named and writes the weights."""
    taught = [*built(), *(example for path in paths for example in examples(Path(path)))]
    weights = numpy.clip(numpy.round(learn(taught) * STEPS), -LARGEST, LARGEST).astype(numpy.int8)
    WEIGHTS.write_bytes(weights.tobytes())
    print(f"{len(taught)} examples, {numpy.count_nonzero(weights)} weights → {WEIGHTS}")


if __name__ == "__main__":
    main(sys.argv[1:])
