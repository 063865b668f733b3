"""A developer's command: learns the weights of `whom` from the marked examples.

    python -m care.booking.whom_learnt

In `care/data/booking/for_whom.yaml` somebody whom the service is for stands in [ ], somebody only named in ( ), each with the
relation: 给[我妈|mother]订饭，(我哥|sibling)不在家. Ridge logistic regression, solved by accelerated gradients (Nesterov
1983); the same examples give the same weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy
import yaml

from care.booking import data
from care.booking.whom import PLACES, STEPS, WEIGHTS, Named, place, scraps

EXAMPLES = data.FOLDER / "for_whom.yaml"
ROUNDS = 300
POWER_ROUNDS = 30
RIDGE = 0.0004
"""Pull of every weight towards nought."""
LARGEST = 127
_MARK = re.compile(r"\[([^|\]]+)\|(\w+)\]|\(([^|)]+)\|(\w+)\)")


def examples() -> list[tuple[str, list[Named], list[bool]]]:
    """Words, the people named in them, and which of these are meant."""
    return [read(line) for line in yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))["examples"]]


def read(line: str) -> tuple[str, list[Named], list[bool]]:
    """One example without its marks."""
    text, people, meant, after = "", [], [], 0
    for mark in _MARK.finditer(line):
        text += line[after : mark.start()]
        words, relation = (mark[1], mark[2]) if mark[1] else (mark[3], mark[4])
        people.append(Named(len(text), len(text) + len(words), relation))
        meant.append(bool(mark[1]))
        text, after = text + words, mark.end()
    return text + line[after:], people, meant


def learn(taught: Iterable[tuple[str, list[Named], list[bool]]]) -> numpy.ndarray:
    """The table of weights, what speaks for somebody from the start last."""
    told, sides = [], []
    for text, people, meant in taught:
        for one, is_meant in zip(people, meant, strict=True):
            told.append({place(scrap): worth for scrap, worth in scraps(text, people, one).items()})
            sides.append(1.0 if is_meant else -1.0)
    row = numpy.repeat(numpy.arange(len(told)), [len(one) for one in told])
    column = numpy.concatenate([list(one) for one in told])
    worth = numpy.concatenate([list(one.values()) for one in told])
    side, size, n = numpy.array(sides), PLACES + 1, len(told)

    def out(weights: numpy.ndarray) -> numpy.ndarray:
        return numpy.bincount(row, worth * weights[column], n) + weights[-1]

    def back(values: numpy.ndarray) -> numpy.ndarray:
        return numpy.append(numpy.bincount(column, worth * values[row], PLACES), values.sum())

    vector = numpy.ones(size)
    for _ in range(POWER_ROUNDS):
        vector = back(out(vector / numpy.linalg.norm(vector)))
    step = 1 / (numpy.linalg.norm(vector) / (4 * n) + RIDGE)
    weights = look = numpy.zeros(size)
    for turn in range(ROUNDS):
        slope = -side / (1 + numpy.exp(side * out(look))) / n
        new = look - step * (back(slope) + RIDGE * numpy.append(look[:-1], 0.0))
        look, weights = new + turn / (turn + 3) * (new - weights), new
    return weights


def main() -> None:
    """Writes the table."""
    weights = learn(examples())
    rounded = numpy.clip(numpy.rint(weights * STEPS), -LARGEST, LARGEST).astype(numpy.int8)
    WEIGHTS.write_bytes(rounded.tobytes())


if __name__ == "__main__":
    main()
