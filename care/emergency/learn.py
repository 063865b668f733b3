"""A developer's command: learns the weights of `likeness` and of `meant` from examples of dangers and of everyday talk.

    python -m care.emergency.learn tests/unit/emergency_*.yaml nlu_data/nlu voice_gateway/speech_model/said.txt

A YAML file has the sentences under `alarm` and `calm`, in lists or in groups of lists; a folder holds the bot's training
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
from pathlib import Path
from typing import Any

import numpy
import yaml

from care import regions
from care.emergency import meant
from care.emergency.detect import pull, telling
from care.emergency.likeness import PLACES, STEPS, WEIGHTS, place, scraps

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


def learn(taught: list[tuple[str, bool, float]]) -> numpy.ndarray:
    """The table of weights, the start value last.

    Everyday talk on which a pattern fires has to be spoken against as much as the pattern speaks for danger.
    """
    told = [scraps(telling(sentence)) for sentence, _, _ in taught]
    spread = Counter(scrap for one in told for scrap in one)
    kept = [[(place(s), worth) for s, worth in one.items() if spread[s] >= RAREST] + [(PLACES, 1.0)] for one in told]
    starts = numpy.cumsum([0, *map(len, kept)])[:-1]
    places = numpy.array([p for one in kept for p, _ in one])
    worths = numpy.array([w for one in kept for _, w in one])
    lengths = numpy.array([len(one) for one in kept])
    danger = numpy.array([float(d) for _, d, _ in taught])
    pulled = numpy.array([0.0 if d else pull(sentence) for sentence, d, _ in taught])
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
        chance = 1 / (1 + numpy.exp(-told_by(ahead) - pulled))
        moved = ahead - step * (back(counts * (chance - danger)) + ridge * ahead)
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
    print(f"{len(taught)} examples, {numpy.count_nonzero(weights)} weights → {WEIGHTS}")


if __name__ == "__main__":
    main(sys.argv[1:])
