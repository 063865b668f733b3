"""Learns from texts with known answers what the answers to other texts are, by how near these are in meaning."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from meaning.vectors import DIMENSIONS, vector

POWER = 3
"""Of a likeness: all that elders ask is somewhat alike, and only what is near shall count."""


class Lessons:
    """Kernel ridge regression in its dual form over the meanings of the texts."""

    def __init__(self, texts: Sequence[str], answers: np.ndarray, ridge: float, trust: np.ndarray | None = None) -> None:
        """Learns.

        Args:
            texts: what is taught; a text whose meaning cannot be told teaches nothing.
            answers: a row of numbers for each text.
            ridge: how little a single text is trusted.
            trust: the same text by text, as a share of one.
        """
        points = [vector(text) for text in texts]
        self.points = np.stack([np.zeros(DIMENSIONS) if point is None else point for point in points])
        alike = (self.points @ self.points.T) ** POWER
        alike[np.diag_indices_from(alike)] += ridge / (np.ones(len(texts)) if trust is None else trust)
        self.worth = np.linalg.solve(alike, answers)

    @classmethod
    def known(cls, points: np.ndarray, worth: np.ndarray) -> Lessons:
        """Lessons learnt before: the points of the texts, and what each speaks for."""
        lessons = cls.__new__(cls)
        lessons.points, lessons.worth = points, worth
        return lessons

    def alike(self, text: str) -> np.ndarray | None:
        """How near a text is to each of those taught, -1 to 1; nothing where its meaning cannot be told."""
        point = vector(text)
        return None if point is None else (self.points @ point) ** POWER

    def answers(self, alike: np.ndarray) -> np.ndarray:
        """The answers to a text with these likenesses: about one for what is known, about nought for what is unlike all."""
        return alike @ self.worth
