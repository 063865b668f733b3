"""A second opinion on what an example's label would be: learnt from what whole sentences mean (`meaning`), asked only where the
first one, learnt from characters and sounds, is unsure. The encoder takes longer than all the rest of understanding."""

from __future__ import annotations

from pathlib import Path
from typing import List, Sequence, Text

import numpy as np
from sklearn.linear_model import LogisticRegression

from meaning import DIMENSIONS, vector

LEAST = 1e-4
"""Probability below which nothing is told apart."""


class SecondOpinion:
    """Logistic regression on the meanings of the examples."""

    def __init__(self, classes: np.ndarray, weights: np.ndarray, base: np.ndarray) -> None:
        self.classes: List[Text] = [str(name) for name in classes]
        self._weights = weights
        self._base = base

    @classmethod
    def learnt(cls, texts: Sequence[Text], labels: Sequence[Text], firmness: float) -> SecondOpinion:
        """Learns from texts and their labels; without meanings, or with less than three labels, it has no opinion."""
        told = [(point, label) for text, label in zip(texts, labels) if (point := vector(text)) is not None]
        if len({label for _, label in told}) < 3:
            return cls(np.zeros(0, dtype=str), np.zeros((0, DIMENSIONS), dtype=np.float32), np.zeros(0))
        learner = LogisticRegression(C=firmness, max_iter=300, tol=0.01)
        learner.fit(np.stack([point for point, _ in told]).astype(np.float32), [label for _, label in told])
        return cls(np.array(learner.classes_, dtype=str), learner.coef_.astype(np.float32), learner.intercept_)

    def save(self, path: Path) -> None:
        """Keeps it in a file of the model."""
        np.savez(path, classes=np.array(self.classes, dtype=str), weights=self._weights, base=self._base)

    @classmethod
    def load(cls, path: Path) -> SecondOpinion:
        """The one kept in a file of the model."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(kept["classes"], kept["weights"], kept["base"])

    def joined(self, text: Text, classes: Sequence[Text], shares: np.ndarray, worth: float) -> np.ndarray:
        """Probabilities after both opinions; those of the first, where there is no second.

        Args:
            text: what was said.
            classes: the labels of the first opinion, in its order.
            shares: its probabilities.
            worth: weight of the second opinion against the first.
        """
        point = vector(text) if self.classes else None
        if point is None:
            return shares
        scores = self._weights @ point + self._base
        scores = np.exp(scores - scores.max())
        second = dict(zip(self.classes, scores / scores.sum()))
        both = np.log(shares + LEAST) + worth * np.log([second.get(name, 0.0) + LEAST for name in classes])
        both = np.exp(both - both.max())
        return both / both.sum()
