"""How far apart two short texts sound, for southern ears and recognisers alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from care.emergency.sound import merged

SAME, CONFUSED, NEAR, OTHER = 0.0, 0.1, 0.5, 1.0
"""Cost of a syllable: the same; the same once n/l, zh/z, f/h … are merged; same initial or same final; neither."""
LEAST_WRITTEN = 3
"""Characters below which homophones are too common to say how a word is written."""
GAP = 0.8
"""Cost of a syllable that the other text lacks."""
_INITIALS = ("b", "p", "m", "f", "d", "t", "l", "g", "k", "h", "j", "q", "x", "z", "c", "s", "r", "y", "w")


@lru_cache(maxsize=20_000)
def syllables(text: str) -> tuple[str, ...]:
    """One toneless syllable for each hanzi; anything else stands for itself."""
    return tuple(lazy_pinyin(text, style=Style.NORMAL, errors=list))


def _parts(syllable: str) -> tuple[str, str]:
    initial = syllable[:1] if syllable[:1] in _INITIALS else ""
    return initial, syllable[len(initial) :]


@lru_cache(maxsize=50_000)
def _cost(one: str, other: str) -> float:
    if one == other:
        return SAME
    one, other = merged(one), merged(other)
    if one == other:
        return CONFUSED
    (initial, final), (initial2, final2) = _parts(one), _parts(other)
    return NEAR if final == final2 or (initial and initial == initial2) else OTHER


def distance(one: str, other: str) -> float:
    """0 for texts that sound alike, 1 for texts of which no syllable does: edit distance over the longer one's length."""
    a, b = syllables(one), syllables(other)
    if not a or not b:
        return 0.0 if a == b else 1.0
    row = [GAP * place for place in range(len(b) + 1)]
    for i, here in enumerate(a, 1):
        above, row = row, [GAP * i]
        for j, there in enumerate(b, 1):
            row.append(min(above[j] + GAP, row[j - 1] + GAP, above[j - 1] + _cost(here, there)))
    return min(1.0, row[-1] / max(len(a), len(b)))


def key(text: str) -> tuple[str, ...]:
    """The syllables with confusable sounds merged: equal for texts that a southern ear cannot tell apart."""
    return tuple(map(merged, syllables(text)))


class Terms:
    """Words that are listened for, to be looked up by sound."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_key: dict[tuple[str, ...], str] = {}
        self._with: dict[str, list[str]] = {}
        self.longest = 0
        """Characters of the longest word."""
        self._words = frozenset(words)
        for word in sorted(self._words):
            syllables_of = key(word)
            self._by_key.setdefault(syllables_of, word)
            self.longest = max(self.longest, len(word))
            for syllable in set(syllables_of):
                self._with.setdefault(syllable, []).append(word)

    def alike(self, text: str) -> str:
        """A word that sounds like the text once confusable sounds are merged; empty when there is none."""
        return self._by_key.get(key(text), "")

    def written(self, text: str) -> str:
        """The text with every stretch of three or more characters that sounds exactly like a word written as that word."""
        for size in range(min(len(text), self.longest), LEAST_WRITTEN - 1, -1):
            for start in range(len(text) - size + 1):
                part = text[start : start + size]
                word = self.alike(part)
                if word and part not in self._words and syllables(word) == syllables(part):
                    text = text[:start] + word + text[start + size :]
        return text

    def near(self, text: str) -> list[str]:
        """The words that are of about the same length and share all syllables but one with the text."""
        wanted = set(key(text))
        shared = Counter(word for syllable in wanted for word in self._with.get(syllable, ()))
        enough = max(1, len(wanted) - 1)
        return [word for word, count in shared.items() if count >= enough and abs(len(word) - len(text)) <= 1]
