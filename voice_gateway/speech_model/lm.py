"""Which words the graph knows and which follow which: a trigram of the product's own text plus common words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

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
    said,
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
TEMPLATE_PHRASES = 60_000
TEMPLATE_WEIGHT = 0.7
SENTENCE_WEIGHT = 4.0
"""Of a whole sentence somebody wrote, beside one made from a template: of these there are ten times as many."""
SAID_WEIGHT = 3.0
"""Of a sentence of `said.txt`."""
FEWEST_SENTENCES = 6
"""Sentences that a word must be in to be a word of the graph; a rarer one is spelt character by character, which costs a
third of the words and hardly a right phrase."""
OUTWEIGHED = 3
"""So many times as often as a word, one of the same sound is said in its place: the word was misheard."""
ORDER = 3
LEAST_GAINS = (1.2, 22.0)
"""Gain in log-likelihood over all sentences from which a word after one other, and after two, is kept; less would not fit
12 MB."""
History = tuple[str, ...]
"""The words before a word, oldest first."""


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


def usual(lines: list[list[str]], outweighed: int = OUTWEIGHED) -> list[list[str]]:
    """The lines with each word replaced by the one of the same sound that is said far oftener after the word before it.

    Examples of the understanding are partly written as a recogniser would mishear them (洗个早); the graph is to write
    what is meant, and among words of the same sound it alone decides.
    """
    pairs = Counter(pair for line in lines for pair in pairwise([START, *line]))
    alike: dict[tuple[str, tuple[str, ...]], tuple[int, str]] = {}
    for (before, word), count in pairs.items():
        if sound := word_units(word):
            alike[before, sound] = max(alike.get((before, sound), (0, "")), (count, word))
    mended = []
    for line in lines:
        before, words = START, []
        for word in line:
            count, best = alike.get((before, word_units(word) or ()), (0, word))
            words.append(best if count >= outweighed * pairs[before, word] else word)
            before = words[-1]
        mended.append(words)
    return mended


def spelt(lines: list[tuple[float, list[str]]], fewest: int = FEWEST_SENTENCES) -> list[tuple[float, list[str]]]:
    """The lines (weight, words) with words that are in too few of them cut into characters."""
    found = Counter(word for _, words in lines for word in set(words))
    return [(weight, [c for w in words for c in ([w] if found[w] >= fewest else w)]) for weight, words in lines]


@dataclass
class Ngram:
    """P(word | the words before it), and where a word was not seen after these, a weight of falling back on fewer."""

    after: dict[History, dict[str, float]]
    """By history; the empty one has every word."""
    back: dict[History, float] = field(default_factory=dict)

    def words(self) -> list[str]:
        """All that can be heard, sorted."""
        return sorted(word for word in self.after[()] if word not in (END, UNKNOWN))

    def chance(self, history: History, word: str) -> float:
        """P(word | history)."""
        weight = 1.0
        while history:
            if history in self.after:
                if word in self.after[history]:
                    return weight * self.after[history][word]
                weight *= self.back[history]
            history = history[1:]
        return weight * self.after[()][word]


def ngram(
    weighted: Iterable[tuple[float, list[str]]],
    general: dict[str, float],
    general_share: float,
    unknown: float,
    order: int = ORDER,
    least_gains: Sequence[float] = LEAST_GAINS,
) -> Ngram:
    """From sentences (weight, words); words that have no pronunciation break a sentence in two."""
    counts = _counted(weighted, order)
    totals = counts[0][()]
    everything, general_total = sum(totals.values()), sum(general.values())
    single = {word: (1 - general_share) * count / everything for word, count in totals.items()}
    for word, value in general.items():
        single[word] = single.get(word, 0.0) + general_share * value / general_total
    if unknown:
        single = {word: value * (1 - unknown) for word, value in single.items()} | {UNKNOWN: unknown}
    model = Ngram({(): single})
    for length in range(1, order):
        for history, follow in counts[length].items():
            if history[1:] in model.after:
                _learn(model, history, follow, least_gains[length - 1])
    return model


def _counted(weighted: Iterable[tuple[float, list[str]]], order: int) -> list[dict[History, Counter[str]]]:
    """How often each word follows each history, by the length of the history."""
    counts: list[dict[History, Counter[str]]] = [defaultdict(Counter) for _ in range(order)]
    for weight, words in weighted:
        history: History = (START,)
        for word in [*words, END]:
            if word != END and word_units(word) is None:
                history = ()
                continue
            for length in range(min(order, len(history) + 1)):
                counts[length][history[len(history) - length :]][word] += weight
            history = (*history, word)[1 - order :]
    return counts


def _learn(model: Ngram, history: History, follow: Counter[str], least_gain: float) -> None:
    """Puts the words seen after a history into the model, those that gain little left out."""
    seen = sum(follow.values())
    share = min(0.9, max(0.02, DISCOUNT * len(follow) / seen))
    shorter = {word: model.chance(history[1:], word) for word in follow}
    chances = {word: (1 - share) * count / seen + share * shorter[word] for word, count in follow.items()}
    gains = {word: follow[word] * abs(math.log(chance / shorter[word])) for word, chance in chances.items()}
    kept = {word: chances[word] for word, gain in gains.items() if not least_gain or gain > least_gain}
    left = 1 - sum(shorter[word] for word in kept)
    if kept and left > 0:
        model.after[history] = kept
        model.back[history] = (1 - sum(kept.values())) / left


def product_ngram(
    general_words: int = 5000, general_share: float = 0.06, unknown: float = 0.0005, seed: int = 1
) -> Ngram:
    """The hotline's: templates, examples of the understanding, clauses of the written data, common words."""
    cutter, talk = Cutter(), Talk(seed)
    mender = Mender(cutter)
    sentences: list[tuple[float, list[str]]] = []
    sentences += [(TEMPLATE_WEIGHT, cutter.words(talk.phrase())) for _ in range(TEMPLATE_PHRASES)]
    whole: list[tuple[float, list[str]]] = []
    pieces: list[tuple[float, list[str]]] = []
    written_down = [(SENTENCE_WEIGHT, line) for line in examples()] + [(SAID_WEIGHT, line) for line in said()]
    for weight, line in written_down:
        parts = [cutter.words(mender.mended(clause)) for clause in clauses(line)]
        whole.append((weight, [word for part in parts for word in part]))
        pieces += [(weight / 2, part) for part in parts if len(parts) > 1]
    for lines in (whole, pieces):
        mended = usual([words for _, words in lines])
        sentences += [(weight, words) for (weight, _), words in zip(lines, mended, strict=True)]
    for text in written():
        sentences += [(0.5, cutter.words(clause)) for clause in clauses(text) if len(clause) <= 30]
    sentences = [(weight, words) for weight, words in spelt(sentences) if words]
    general = {word: 1 / (rank + 50) for rank, word in enumerate(common_words(general_words))}
    listed = set(general) | {word for _, words in sentences for word in words}
    letters = {c for word in listed for c in word if HANZI.fullmatch(c)} | set(SURNAMES)
    for letter in sorted(letters):
        if word_units(letter):
            general.setdefault(letter, 1e-5)
    general = {word.translate(ONE_SPELLING): value for word, value in general.items()}
    return ngram(sentences, general, general_share, unknown)
