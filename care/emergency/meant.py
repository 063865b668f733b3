"""Whether what whole words mean (`meaning`) speaks against a danger of which only their scraps remind.

今儿吃咧一碗臊子面，外头风大得很，坐在屋里头看电视，没意思 is built of scraps that dangers have too, and means none. Asked only where
no pattern has a hold on the words, and only whether the question is to come before the alarm. The weights, one for each direction
of a meaning and the start value, stand in `care/data/emergency_meaning.npy`; `python -m care.emergency.learn` makes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy

from meaning import DIMENSIONS, vector

WEIGHTS = Path(__file__).parents[1] / "data" / "emergency_meaning.npy"
SCALE = 4.0
"""Of a meaning beside the start value."""
RIDGE = 4.0
"""Pull of every weight but the start value towards nought."""
ROUNDS = 25


def speaks_against(text: str) -> bool:
    """Whether the meaning of the words is rather that of everyday talk; not where it cannot be told."""
    point = vector(text)
    return point is not None and float(_weights()[:DIMENSIONS] @ point) * SCALE + float(_weights()[DIMENSIONS]) < 0


def learnt(taught: Sequence[tuple[str, bool, float]]) -> numpy.ndarray:
    """The weights: ridge logistic regression by Newton's method over sentences, whether they tell of danger, and their worth."""
    told = [(point, danger, worth) for text, danger, worth in taught if (point := vector(text)) is not None]
    points = numpy.stack([numpy.append(point * SCALE, 1.0) for point, _, _ in told])
    danger = numpy.array([float(d) for _, d, _ in told])
    worths = numpy.array([w for *_, w in told])
    pull = numpy.append(numpy.full(DIMENSIONS, RIDGE), 1e-6)
    weights = numpy.zeros(DIMENSIONS + 1)
    for _ in range(ROUNDS):
        chance = 1 / (1 + numpy.exp(-points @ weights))
        slope = points.T @ (worths * (chance - danger)) + pull * weights
        bend = (points.T * (worths * chance * (1 - chance))) @ points + numpy.diag(pull)
        weights -= numpy.linalg.solve(bend, slope)
    return weights


@lru_cache
def _weights() -> numpy.ndarray:
    return numpy.load(WEIGHTS, allow_pickle=False)
