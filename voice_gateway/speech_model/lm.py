"""Which words the graph knows and which follow which: a bigram of the product's own text plus common words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import jieba
from pypinyin import lazy_pinyin

from voice_gateway.speech_model.material import common_words
from voice_gateway.speech_model.sentences import (
    HANZI,
    ROOT,
    SURNAMES,
    Talk,
    clauses,
    examples,
    services,
    values,
    written,
)
from voice_gateway.speech_model.units import word_units

START, END, UNKNOWN = "<s>", "</s>", "[unk]"
NUMERALS = "零一二两三四五六七八九十百千万幺点半"
SPLIT_NUMERALS = re.compile(f"[{NUMERALS}]|[^{NUMERALS}]+")
ONE_SPELLING = str.maketrans("她它妳", "他他你")
DISCOUNT = 0.5
TEMPLATE_PHRASES = 40_000


class Cutter:
    """Cuts text into words: jieba with the product's words; every figure of a number is a word of its own."""

    def __init__(self) -> None:
        self._jieba = jieba.Tokenizer()
        self._jieba.load_userdict(str(ROOT / "nlu_data" / "lexicon" / "jieba" / "yinling.txt"))
        self._known: dict[str, list[str]] = {}

    def words(self, text: str) -> list[str]:
        text = text.translate(ONE_SPELLING)
        if text not in self._known:
            found: list[str] = []
            for word in self._jieba.cut(text):
                numbers = sum(c in NUMERALS for c in word)
                found += SPLIT_NUMERALS.findall(word) if numbers > 1 or (numbers and word[0] in NUMERALS) else [word]
            self._known[text] = found
        return self._known[text]


class Mender:
    """Puts the product's terms back where an example is written as a recogniser would mishear it (高铃金铁)."""

    SHORTEST, LONGEST = 3, 8

    def __init__(self, cutter: Cutter) -> None:
        self._cutter = cutter
        terms = [term for term in (*services(), *values("topic")) if len(term) >= self.SHORTEST]
        self._terms: dict[tuple[str, ...], str] = {}
        for term in sorted(terms, key=self._pieces):
            self._terms.setdefault(tuple(lazy_pinyin(term)), term)

    def _pieces(self, text: str) -> int:
        return len(self._cutter.words(text))

    def mended(self, text: str) -> str:
        """Whole words that together sound like a term, and are more words than it, become that term."""
        words = self._cutter.words(text)
        done, at = "", 0
        while at < len(words):
            for end in range(min(len(words), at + self.LONGEST), at + 1, -1):
                term = self._terms.get(tuple(lazy_pinyin("".join(words[at:end]))))
                if term and self._pieces(term) < end - at:
                    done, at = done + term, end
                    break
            else:
                done, at = done + words[at], at + 1
        return done


@dataclass
class Bigram:
    """P(word) and, where a word was seen, P(next | word) with a weight of falling back on P(next)."""

    single: dict[str, float]
    after: dict[str, dict[str, float]] = field(default_factory=dict)
    back: dict[str, float] = field(default_factory=dict)

    def words(self) -> list[str]:
        return sorted(word for word in self.single if word not in (END, UNKNOWN))


def bigram(
    weighted: Iterable[tuple[float, list[str]]], general: dict[str, float], general_share: float, unknown: float
) -> Bigram:
    """From sentences (weight, words); words that have no pronunciation break a sentence in two."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for weight, words in weighted:
        before = START
        for word in [*words, END]:
            if word != END and word_units(word) is None:
                before = ""
                continue
            if before:
                counts[before][word] += weight
            totals[word] += weight
            before = word
    everything, general_total = sum(totals.values()), sum(general.values())
    single = {word: (1 - general_share) * count / everything for word, count in totals.items()}
    for word, value in general.items():
        single[word] = single.get(word, 0.0) + general_share * value / general_total
    if unknown:
        single = {word: value * (1 - unknown) for word, value in single.items()} | {UNKNOWN: unknown}
    model = Bigram(single)
    for before, follow in counts.items():
        seen = sum(follow.values())
        share = min(0.9, max(0.02, DISCOUNT * len(follow) / seen))
        model.back[before] = share
        model.after[before] = {
            word: (1 - share) * count / seen + share * single[word] for word, count in follow.items()
        }
    return model


def product_bigram(
    general_words: int = 5000, general_share: float = 0.06, unknown: float = 0.05, seed: int = 1
) -> Bigram:
    """The hotline's: templates, examples of the understanding, clauses of the written data, common words."""
    cutter, talk = Cutter(), Talk(seed)
    mender = Mender(cutter)
    sentences: list[tuple[float, list[str]]] = []
    sentences += [(1.0, cutter.words(talk.phrase())) for _ in range(TEMPLATE_PHRASES)]
    for line in examples():
        parts = [mender.mended(clause) for clause in clauses(line)]
        sentences.append((2.0, [word for part in parts for word in cutter.words(part)]))
        if len(parts) > 1:
            sentences += [(1.0, cutter.words(part)) for part in parts]
    for text in written():
        sentences += [(0.5, cutter.words(clause)) for clause in clauses(text) if len(clause) <= 30]
    general = {word: 1 / (rank + 50) for rank, word in enumerate(common_words(general_words))}
    listed = set(general) | {word for _, words in sentences for word in words}
    letters = {c for word in listed for c in word if HANZI.fullmatch(c)} | set(SURNAMES)
    for letter in sorted(letters):
        if word_units(letter):
            general.setdefault(letter, 1e-5)
    general = {word.translate(ONE_SPELLING): value for word, value in general.items()}
    return bigram([(weight, words) for weight, words in sentences if words], general, general_share, unknown)
