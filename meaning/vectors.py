"""Points of sentences in few dimensions; those of the examples and of the questions on file are kept in `kept.npz`.

To compute the points of all examples takes two minutes, so they are kept, keyed by a digest of the text. A text that is not
among them is computed when it is needed: nothing has to be kept for the product to work. Made by `yinling meaning`.
"""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from meaning.encoder import encode

DIMENSIONS = 128
"""Directions kept of the encoder's 384: on unseen sentences as good as all of them."""
STEPS = 127
"""Largest value of a signed byte."""
FILE = Path(__file__).parent / "kept.npz"


class Kept(NamedTuple):
    """The kept points, and how a new one is brought into the same few dimensions."""

    rows: dict[int, int]
    """Place of a text's point by its key."""
    points: np.ndarray
    """One row of signed bytes for each text."""
    middle: np.ndarray
    """Mean of all texts, which is no difference between any two."""
    axes: np.ndarray
    """The directions in which the texts differ most, as columns."""


@cache
def kept() -> Kept:
    """What `kept.npz` holds."""
    with np.load(FILE, allow_pickle=False) as file:
        rows = {int(key): row for row, key in enumerate(file["keys"])}
        return Kept(rows, file["points"], file["middle"].astype(np.float32), file["axes"].astype(np.float32))


def key_of(text: str) -> int:
    """Sixty-four bits that stand for a text."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "ignore"), digest_size=8).digest(), "big")


@lru_cache(maxsize=512)
def vector(text: str) -> np.ndarray | None:
    """The point of a text (`DIMENSIONS` numbers, length 1), or nothing where it is neither kept nor can be computed."""
    text = text.strip()
    known = kept()
    row = known.rows.get(key_of(text))
    if row is not None:
        return _of_length_one(known.points[row].astype(np.float32))
    whole = encode(text)
    return None if whole is None else _of_length_one((whole - known.middle) @ known.axes)


def _of_length_one(point: np.ndarray) -> np.ndarray:
    return point / (float(np.linalg.norm(point)) or 1.0)
