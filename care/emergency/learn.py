"""A developer's command: learns the weights of `likeness`, `meant` and `kinds` from examples of dangers and of everyday talk.

    python -m care.emergency.learn tests/unit/emergency_*.yaml nlu_data/nlu voice_gateway/speech_model/said.txt

A YAML file has the sentences under `alarm` and `calm`, in lists or in groups of lists (those of `alarm` named by kind); a folder holds the bot's training
examples, whose intent `emergency` is danger and all others are everyday talk; a text file has everyday talk, one sentence
a line, but for what a YAML file has under `alarm` or `open`. `care/data/emergency_grammar.yaml` adds sentences built of
parts. Ridge logistic regression, solved by
accelerated gradients (Nesterov 1983); the same examples give the same weights.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
import yaml

from care import regions
from care.emergency import kinds, learn_kinds, meant
from care.emergency.detect import pull, telling
from care.emergency.likeness import OF_A_PIECE, PLACES, STEPS, WEIGHTS, pieces, place, scraps

ROUNDS = 600
POWER_ROUNDS = 30
RIDGE = 0.012
"""Pull of every weight towards nought."""
RAREST = 2
"""Scraps that fewer examples have are left out."""
WORTH_ALARM, WORTH_CALM, WORTH_SAID, WORTH_BOT = 2.4, 2.2, 1.0, 0.6
"""A danger counts most; everyday talk that looks like one more than what is said of anything, and than the bot's plain examples."""
GRAMMAR = WEIGHTS.with_name("emergency_grammar.yaml")
WAYS, WAYS_OF_PLACES = 40, 120
"""How often each form of the grammar is filled; there are a thousand places."""
WORTH_BUILT = 0.5
AGAIN, MORE, NEAR = 4, 2.5, 0.3
"""How often it is learnt anew with the sentences that came out wrong, or right by less than so much, counting so many times more."""
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
                    yield (
                        MARKS.sub(r"\1", line.strip().removeprefix("-").strip()),
                        danger,
                        WORTH_ALARM if danger else WORTH_BOT,
                    )
        return
    if path.suffix == ".txt":
        yield from ((line, False, WORTH_SAID) for line in path.read_text(encoding="utf-8").split("\n") if line)
        return
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for sentence in _sentences(data["alarm"]):
        yield sentence, True, WORTH_ALARM
    for sentence in _sentences(data.get("calm")):
        yield sentence, False, WORTH_CALM


def told_apart(paths: list[Path]) -> list[tuple[str, bool, float]]:
    """The examples of all files; of everyday talk without what a file tells apart as a danger, or as open."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths if path.suffix == ".yaml"]
    apart = {sentence for one in files for part in ("alarm", "open") for sentence in _sentences(one.get(part))}
    taught = [example for path in paths for example in examples(path)]
    return [
        (said, danger, worth) for said, danger, worth in taught if danger or worth != WORTH_SAID or said not in apart
    ]


def built() -> Iterator[tuple[str, bool, float]]:
    """Sentences of the grammar: the same ones at every run."""
    data = yaml.safe_load(GRAMMAR.read_text(encoding="utf-8"))
    words = {**data["words"], "place": sorted({name for one in regions.regions() for name in regions.names(one.id)})}
    chance = random.Random(len(data["words"]))
    for part, danger in (("alarm", True), ("calm", False)):
        for form in data[part]:
            fills = WAYS_OF_PLACES if "<place>" in form else WAYS
            ways = {re.sub(r"<(\w+)>", lambda m: str(chance.choice(words[m[1]])), form) for _ in range(fills)}
            yield from ((sentence, danger, WORTH_BUILT * (WORTH_ALARM if danger else 1)) for sentence in sorted(ways))


@dataclass(frozen=True)
class _Table:
    """The scraps of all examples, one behind the other."""

    places: numpy.ndarray
    worths: numpy.ndarray
    starts: numpy.ndarray
    lengths: numpy.ndarray

    def told_by(self, weights: numpy.ndarray) -> numpy.ndarray:
        return numpy.add.reduceat(weights[self.places] * self.worths, self.starts)

    def back(self, values: numpy.ndarray) -> numpy.ndarray:
        return numpy.bincount(self.places, numpy.repeat(values, self.lengths) * self.worths, PLACES + 1)


def _table(texts: list[str]) -> _Table:
    told = [scraps(text) for text in texts]
    spread = Counter(scrap for one in told for scrap in one)
    kept = [[(place(s), worth) for s, worth in one.items() if spread[s] >= RAREST] + [(PLACES, 1.0)] for one in told]
    return _Table(
        numpy.array([p for one in kept for p, _ in one]),
        numpy.array([w for one in kept for _, w in one]),
        numpy.cumsum([0, *map(len, kept)])[:-1],
        numpy.array([len(one) for one in kept]),
    )


def learn(taught: list[tuple[str, bool, float]]) -> numpy.ndarray:
    """The table of weights, the start value last.

    Everyday talk on which a pattern fires has to be spoken against as much as the pattern speaks for danger.
    """
    texts = [telling(sentence) for sentence, _, _ in taught]
    table = _table(texts)
    parts = [pieces(text) for text in texts]
    table_of_parts = _table([part for one in parts for part in one])
    firsts = numpy.cumsum([0, *map(len, parts)])[:-1]
    danger = numpy.array([float(d) for _, d, _ in taught])
    pulled = numpy.array([pull(sentence) for sentence, _, _ in taught])
    counts = numpy.array([c for *_, c in taught])
    weights = _fitted(table, danger, pulled, counts)
    for _ in range(AGAIN):
        best = numpy.maximum.reduceat(table_of_parts.told_by(weights), firsts)
        weighed = (table.told_by(weights) + OF_A_PIECE * best) / (1 + OF_A_PIECE)
        right_by = (weighed + pulled) * numpy.where(danger > 0, 1, -1)
        counts = numpy.where(right_by < NEAR, MORE, 1) * counts
        weights = _fitted(table, danger, pulled, counts)
    return weights


def _fitted(table: _Table, danger: numpy.ndarray, pulled: numpy.ndarray, counts: numpy.ndarray) -> numpy.ndarray:
    ridge = numpy.full(PLACES + 1, RIDGE)
    ridge[PLACES] = 0.0
    pulled = numpy.where(danger > 0, 0.0, pulled)
    steepest = numpy.ones(PLACES + 1)
    for _ in range(POWER_ROUNDS):
        steepest = table.back(counts * table.told_by(steepest))
        bend = float(numpy.linalg.norm(steepest))
        steepest /= bend
    step = 1 / (bend / 4 + RIDGE)
    weights = ahead = numpy.zeros(PLACES + 1)
    pace = 1.0
    for _ in range(ROUNDS):
        chance = 1 / (1 + numpy.exp(-table.told_by(ahead) - pulled))
        moved = ahead - step * (table.back(counts * (chance - danger)) + ridge * ahead)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = moved + (pace - 1) / faster * (moved - weights)
        weights, pace = moved, faster
    return weights


def main(paths: list[str]) -> None:
    """Learns from the files named and writes the weights."""
    told_by_people = told_apart([Path(path) for path in paths if not path.endswith(".txt")])
    taught = [*built(), *told_apart([Path(path) for path in paths])]
    weights = numpy.clip(numpy.round(learn(taught) * STEPS), -LARGEST, LARGEST).astype(numpy.int8)
    WEIGHTS.write_bytes(weights.tobytes())
    numpy.save(meant.WEIGHTS, meant.learnt(told_by_people).astype(numpy.float32))
    kinds.WEIGHTS.write_bytes(learn_kinds.learnt(learn_kinds.sorted_dangers([Path(path) for path in paths])).tobytes())
    print(f"{len(taught)} examples, {numpy.count_nonzero(weights)} weights → {WEIGHTS}")


if __name__ == "__main__":
    main(sys.argv[1:])
