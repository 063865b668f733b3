"""Everyday questions on file for each record (`questions.yaml`): how near a question as said comes to one of them.

Compared by pairs of characters and by words, rare ones counting more (cosine of tf-idf), so that wording and dialect
may differ while the matter is the same.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy

from care.policy.asked import plain, tokens_of
from care.policy.records import Record, library

WORD_SHARE = 1.3
"""Worth of a word against a pair of characters."""
SINGLE_SHARE = 0.35
"""Worth of a single character."""
EMPTY = frozenset("的了吗呢啊呀吧么嘛是有不没我你他她们这那个想请问能会要可以什怎哪谁几多少")
"""Characters that say nothing about the matter."""
ASKING = frozenset(
    [
        "什么",
        "多少",
        "怎么",
        "怎样",
        "么样",
        "哪里",
        "哪些",
        "条件",
        "能不",
        "不能",
        "有没",
        "没有",
        "可以",
        "时候",
        "要不",
        "不要",
        "是不",
        "不是",
        "多久",
        "几个",
        "么办",
        "么条",
        "要什",
        "老人",
        "多大",
        "有什",
        "么时",
        "是什",
        "给谁",
        "到多",
        "要到",
        "一个",
        "个月",
        "要多",
        "不管",
        "管不",
    ]
)
"""Pairs that only ask, or that every question here has."""
ASKING_SHARE = 0.35


def features(text: str) -> Counter[str]:
    """What of a question is compared: characters, neighbouring characters, words with their synonyms."""
    hanzi = [c if "\u4e00" <= c <= "\u9fff" or c.isdigit() else " " for c in plain(text)]
    found: Counter[str] = Counter()
    for a, b in pairwise(hanzi):
        if " " not in (a, b):
            found[a + b] += ASKING_SHARE if a + b in ASKING else 1  # type: ignore[assignment]
    for c in hanzi:
        if c != " " and c not in EMPTY:
            found[c] += SINGLE_SHARE  # type: ignore[assignment]
    for word in tokens_of(text):
        if len(word) > 1:
            found["=" + word] += WORD_SHARE  # type: ignore[assignment]
    return found


class Phrasings:
    """The questions on file for some records."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = len(records)
        self._asks: list[tuple[int, str]] = [
            (place, ask) for place, r in enumerate(records) for ask in library().questions.get(r.id, ())
        ]
        counted = [features(ask) for _, ask in self._asks]
        spread = Counter(key for features_ in counted for key in features_)
        self._idf = {key: math.log(1 + len(counted) / n) for key, n in spread.items()}
        self._unknown = math.log(1 + len(counted))
        self._holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, features_ in enumerate(counted):
            length = self._length(features_)
            for key, n in features_.items():
                self._holders[key].append((row, n * self._idf[key] / length))

    def _length(self, counted: Counter[str]) -> float:
        return math.sqrt(sum((n * self._idf.get(key, self._unknown)) ** 2 for key, n in counted.items())) or 1.0

    def nearest(self, text: str) -> tuple[numpy.ndarray, list[str]]:
        """For every record how near (0 to 1) its nearest question is, and that question."""
        asked = features(text)
        length = self._length(asked)
        rows = numpy.zeros(len(self._asks))
        for key, n in asked.items():
            for row, weight in self._holders.get(key, ()):
                rows[row] += n * self._idf[key] * weight / length
        near, words = numpy.zeros(self._records), [""] * self._records
        for row, (place, ask) in enumerate(self._asks):
            if rows[row] > near[place]:
                near[place], words[place] = rows[row], ask
        return near, words
