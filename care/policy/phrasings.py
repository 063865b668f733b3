"""Everyday questions on file for each record (`questions.yaml`): how near a question as said comes to what it answers.

Compared twice: by pairs of characters, of sounds and by words, rare ones counting more (tf-idf); and by what the whole
sentence means (`meaning`), which knows words that no question on file has. A ridge regression over all questions on file
learns which of these speak for which record, so that wording and dialect may differ while the matter is the same, and that
words which every question has say nothing.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import pairwise

import numpy

from care.emergency.sound import syllable
from care.policy.asked import plain, tokens_of
from care.policy.records import library
from meaning import Lessons

RIDGE = 0.5
"""How little a single question is trusted."""
MEANING_RIDGE = 0.3
"""The same, compared by meaning."""
MEANING_SHARE = 0.65
"""Worth of the meaning against that of the characters, together one."""
CONTENT_SHARE = 0.4
"""Trust in a record's own wording, as if it were a question."""
SOUND_SHARE = 0.5
"""Worth of a pair of sounds against a pair of characters."""
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
    for a, b in pairwise([syllable(c) for c in hanzi if c != " "]):
        found[f"~{a}{b}"] += SOUND_SHARE  # type: ignore[assignment]
    for word in tokens_of(text):
        if len(word) > 1:
            found["=" + word] += WORD_SHARE  # type: ignore[assignment]
    return found


def taught() -> list[str]:
    """Every text from which is learnt what speaks for which record."""
    return [text for text, _, _ in _lessons()]


def _lessons() -> list[tuple[str, set[str], float]]:
    """Each text with the records that answer it and how far it is trusted: questions on file, questions outside, contents."""
    known = library()
    told: dict[str, set[str]] = {}
    for id, asks in known.questions.items():
        for ask in asks:
            told.setdefault(ask, set()).add(id)
    lessons = [(ask, ids, 1.0) for ask, ids in told.items()]
    lessons += [(ask, set(), 1.0) for ask in known.outside]
    return lessons + [(r.content, {r.id}, CONTENT_SHARE) for r in known.records.values() if not r.hidden]


class _ByWords:
    """How alike a text is to each lesson in its characters, sounds and words."""

    def __init__(self, texts: list[str]) -> None:
        counted = [features(text) for text in texts]
        spread = Counter(key for features_ in counted for key in features_)
        self._idf = {key: math.log(1 + len(counted) / n) for key, n in spread.items()}
        self._unknown = math.log(1 + len(counted))
        holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, features_ in enumerate(counted):
            length = self._length(features_)
            for key, n in features_.items():
                holders[key].append((row, n * self._idf[key] / length))
        self._holders = {
            key: (numpy.array([row for row, _ in held]), numpy.array([worth for _, worth in held]))
            for key, held in holders.items()
        }
        self._count = len(texts)

    def learnt(self, answers: numpy.ndarray, trust: numpy.ndarray) -> numpy.ndarray:
        """What a likeness to each lesson is worth for each record: ridge regression in its dual form."""
        alike = numpy.zeros((self._count, self._count))
        for held, worths in self._holders.values():
            alike[numpy.ix_(held, held)] += numpy.outer(worths, worths)
        alike[numpy.diag_indices_from(alike)] += RIDGE / trust
        return numpy.linalg.solve(alike, answers)

    def to(self, text: str) -> numpy.ndarray:
        """The likeness of a text to each lesson, 0 to 1."""
        asked = features(text)
        length = self._length(asked)
        rows = numpy.zeros(self._count)
        for key, n in asked.items():
            if key in self._holders:
                held, worths = self._holders[key]
                rows[held] += n * self._idf[key] / length * worths
        return rows

    def _length(self, counted: Counter[str]) -> float:
        return math.sqrt(sum((n * self._idf.get(key, self._unknown)) ** 2 for key, n in counted.items())) or 1.0


class Phrasings:
    """The questions on file, and what they teach about the records."""

    def __init__(self) -> None:
        lessons = _lessons()
        texts = [text for text, _, _ in lessons]
        self._places = {id: place for place, id in enumerate(library().records)}
        self._asks = [
            (ask, [self._places[id] for id in ids]) for ask, ids, trust in lessons if ids and trust > CONTENT_SHARE
        ]
        answers = numpy.zeros((len(lessons), len(self._places)))
        for row, (_, ids, _) in enumerate(lessons):
            answers[row, [self._places[id] for id in ids]] = 1.0
        trust = numpy.array([trust for _, _, trust in lessons])
        self._words = _ByWords(texts)
        self._by_words = self._words.learnt(answers, trust)
        self._meaning = Lessons(texts, answers, MEANING_RIDGE, trust)

    @lru_cache(maxsize=256)  # noqa: B019 - one instance lives as long as the process
    def nearest(self, text: str) -> tuple[dict[str, float], dict[str, str]]:
        """For every record how near (about 0 to 1) the questions that it answers are, and the nearest one of them."""
        alike = self._words.to(text)
        near = alike @ self._by_words
        meant = self._meaning.alike(text)
        if meant is not None:
            near = (1 - MEANING_SHARE) * near + MEANING_SHARE * self._meaning.answers(meant)
            alike = (1 - MEANING_SHARE) * alike + MEANING_SHARE * meant
        best, words = [0.0] * len(self._places), [""] * len(self._places)
        for likeness, (ask, ids) in zip(alike.tolist(), self._asks, strict=False):
            for place in ids:
                if likeness > best[place]:
                    best[place], words[place] = likeness, ask
        worths = near.tolist()
        return (
            {id: worths[place] for id, place in self._places.items()},
            {id: words[place] for id, place in self._places.items()},
        )


def nearest_topic(text: str, near_enough: float = 0.08, lead: float = 1.25) -> str:
    """The topic to which the questions on file point in any region; empty when they point nowhere.

    Args:
        text: what was said.
        near_enough: nearness that a fact of the topic needs.
        lead: how many times as near it must be as the facts of any other topic.
    """
    near, _ = phrasings().nearest(text)
    best: dict[str, float] = {}
    for id, worth in near.items():
        topic = library().records[id].topics[0]
        best[topic] = max(best.get(topic, 0.0), worth)
    first, second = sorted(best, key=lambda topic: -best[topic])[:2]
    return first if best[first] >= near_enough and best[first] >= lead * best[second] else ""


@lru_cache
def phrasings() -> Phrasings:
    """The questions on file, learnt once per process."""
    return Phrasings()
