"""Learns the weights of `kinds` from dangers sorted by kind; part of the command `python -m care.emergency.learn`.

The groups under `alarm` in the files of examples are named by kind; those named otherwise teach nothing here. Multinomial
ridge logistic regression by accelerated gradients (Nesterov 1983); the same examples give the same weights.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy
import yaml

from care.emergency.detect import traits_of_kind
from care.emergency.kinds import KINDS, PLACES, ROWS, STEPS

ROUNDS = 300
PACE = 1.5
RIDGE = 1e-4
"""Pull of every weight towards nought."""
LARGEST = 127


def sorted_dangers(paths: list[Path]) -> list[tuple[str, str]]:
    """Sentence and kind, of all files that sort their dangers."""

    def of(path: Path) -> Iterator[tuple[str, str]]:
        groups = yaml.safe_load(path.read_text(encoding="utf-8"))["alarm"]
        yield from ((said, kind) for kind in KINDS for said in groups.get(kind, ()))

    return [pair for path in paths if path.suffix == ".yaml" for pair in of(path)]


def learnt(taught: list[tuple[str, str]]) -> numpy.ndarray:
    """The table of weights, a row for each place and a column for each of `KINDS`; rare kinds count more."""
    spread = [traits_of_kind(said) for said, _ in taught]
    scraps = [[(place, worth) for place, worth in one.items() if place < PLACES] for one in spread]
    meant = numpy.array([[one.get(row, 0.0) for row in range(PLACES, ROWS)] for one in spread], numpy.float32)
    rows = numpy.repeat(numpy.arange(len(scraps)), [len(one) for one in scraps])
    places = numpy.array([place for one in scraps for place, _ in one])
    worths = numpy.array([[worth] for one in scraps for _, worth in one], numpy.float32)
    starts = numpy.searchsorted(rows, numpy.arange(len(scraps)))
    order = numpy.argsort(places, kind="stable")
    used, firsts = numpy.unique(places[order], return_index=True)

    right = numpy.eye(len(KINDS), dtype=numpy.float32)[[KINDS.index(kind) for _, kind in taught]]
    many = right.sum(0)
    counts = (right @ (many.max() / numpy.maximum(many, 1)) ** 0.5)[:, None]
    counts /= counts.mean() * len(taught)

    weights = ahead = numpy.zeros((ROWS, len(KINDS)), numpy.float32)
    pace = 1.0
    for _ in range(ROUNDS):
        told = numpy.exp(numpy.add.reduceat(worths * ahead[places], starts) + meant @ ahead[PLACES:])
        amiss = (told / told.sum(1, keepdims=True) - right) * counts
        slope = RIDGE * ahead
        slope[used] += numpy.add.reduceat(worths[order] * amiss[rows[order]], firsts)
        slope[PLACES:] += meant.T @ amiss
        moved = ahead - PACE * slope
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = moved + numpy.float32((pace - 1) / faster) * (moved - weights)
        weights, pace = moved, faster
    return numpy.clip(numpy.round(weights * STEPS), -LARGEST, LARGEST).astype(numpy.int8)
