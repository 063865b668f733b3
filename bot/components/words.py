"""Finds the words of the lexicon in a text with spaCy: one token per character, PhraseMatcher for plain phrases,
Matcher for phrases with a wildcard, and a comparison by sound for short answers without any written match."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from dataclasses import replace
from typing import Any, Dict, Iterable, List, Set, Tuple

import jieba
import spacy
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from bot.components.lexicon import MEASURE, WILDCARD, Word
from bot.components.sounds import syllables
from bot.components.spans import Span, longest, squeeze

WILD_LENGTH = 2
GAP = WILDCARD * 2
GAP_LENGTH = 10
MEASURES = list("个把一下回次趟点两几完了过场张份条只顿遍我")
"""Characters that MEASURE stands for."""
MEASURE_LENGTH = 3
BY_SOUND = {"service", "diet", "bath_place", "medical_task", "cleaning_task", "aid", "relation"}
"""Kinds that may be recognised by their sound alone."""
HEARD_ANYWHERE = {"service"}
"""Kinds whose listed mishearings count in sentences of any length, not only in short answers."""
BY_SOUND_LONGEST = 8
"""Only answers of at most so many characters are compared by sound."""
BY_SOUND_CONFIDENCE = 0.6
WISHED = re.compile(r"(?:我|俺|咱|给我|帮我)?(?:想要|想|要|订|定|约|预约|来|办|叫)(?:一)?(?:个|次|份|下|回)?")
RENTS = ("租", "借")
"""First characters of words that mean what they say (想租一张床), whatever they sound like."""
SOUND_LENGTHS = (4, 3, 2)
"""Lengths of a service's name that is looked for by its sound behind a wish."""

GONE = re.compile(r"(?:他|她|都|也|就|又|早|早就|已经|早已|前年|去年|今年|前几年|头年|上个月|年前|[一二三四五六七八九十两\d]+年前)*"
                  r"(?:走了(?=$|[，,。 ]|以后|之后|后|就|我|剩|[一二三四五六七八九十两\d]+年)|没了(?=$|[，,。 ]|就|我|剩)|不在了|不在世|去世|过世|死了|过身|老了人)")
"""Said of somebody who has died."""
OURSELVES = re.compile(r"(?:我们|俺们|咱们?|额们|我俩|俺俩|阮|我哋|我|俺|额)(?:这|这里|这儿|家|就|是)*(?:老两口|老俩口|两个老人|两个老的)$")
ELDEST = re.compile(r"大[舅姨伯姑哥姐嫂爷娘妈叔婶侄弟妹]")
"""给我大 means the father in the north-west, but not in 给我大姨."""
FILLERS = re.compile(r"^(?:嗯|那个|我|俺)?(?:要|想|就|是|订|办|选|约|做|来)?(?:个|一个|一份|一下)?|(?:吧|啊|呀|嘛|的|呗|哈|好了|就行)+$")
"""Said around a short answer."""

DENIED = re.compile(
    r"(?:(?<!是)不是|(?<!有)没有|没得|没办|没领|没拿|没享受|没|冇|无|不算|不属于|不系|唔系|不吃|未|非|不(?!是))"
    r"(?:什么|啥子|啥|那个|个|过|得|领|吃|拿|评|办|定|上|是|到)?$"
)
DENIAL_REACH = 6
AVOIDED = re.compile(r"过敏|不能吃|不吃|吃不得|吃不了|忌|别放|不要放|不放|莫放|不要")


class WordFinder:
    """The lexicon, ready to search. Not bound to Rasa."""

    def __init__(self, lexicon: Iterable[Word]) -> None:
        jieba.setLogLevel(logging.WARNING)
        jieba.initialize()
        self._vocab = spacy.blank("zh").vocab
        self._meanings: Dict[str, Tuple[str, Any, bool]] = {}
        self._phrases = PhraseMatcher(self._vocab)
        self._patterns = Matcher(self._vocab)
        self._sounds: Dict[Tuple[str, ...], List[Tuple[str, Any]]] = defaultdict(list)
        plain: Dict[str, List[Doc]] = defaultdict(list)
        wild: Dict[str, List[List[Dict[str, Any]]]] = defaultdict(list)
        labels: Dict[Tuple[str, str, bool, int], str] = {}
        self._tails: Dict[int, int] = {}
        for word in lexicon:
            tail = len(word.phrase.rpartition(GAP)[2]) if GAP in word.phrase else 0
            label = labels.setdefault((word.kind, repr(word.value), word.heard, tail), f"{word.kind}|{len(labels)}")
            if tail:
                self._tails[self._vocab.strings.add(label)] = tail
            self._meanings[label] = (word.kind, word.value, word.heard)
            if WILDCARD in word.phrase or MEASURE in word.phrase:
                wild[label].append(_pattern(word.phrase, word.kind != "fact"))
                continue
            plain[label].append(self._doc(word.phrase))
            if not word.heard and word.kind in BY_SOUND and len(word.phrase) > 1:
                self._sounds[tuple(syllables(word.phrase))].append((word.kind, word.value))
        for label, docs in plain.items():
            self._phrases.add(label, docs)
        for label, patterns in wild.items():
            self._patterns.add(label, patterns)

    def _doc(self, text: str) -> Doc:
        return Doc(self._vocab, words=list(text), spaces=[False] * len(text))

    def find(self, text: str) -> List[Span]:
        """The words in the text; within one kind the longest match wins. Facts carry their negation."""
        if not text:
            return []
        doc = self._doc(text)
        by_kind: Dict[str, List[Span]] = defaultdict(list)
        misheard: Dict[str, List[Span]] = defaultdict(list)
        patterns = self._patterns(doc) if len(self._patterns) else []
        for label, start, end in (*self._phrases(doc), *patterns):
            kind, value, heard = self._meanings[self._vocab.strings[label]]
            if _asks_whether(text, start):
                continue
            start = max(start, end - self._tails.get(label, end))
            if heard:
                misheard[kind].append(Span(kind, value, start, end, BY_SOUND_CONFIDENCE))
            else:
                by_kind[kind].append(Span(kind, value, start, end))
        short = len(squeeze(text)) <= BY_SOUND_LONGEST
        for kind, spans in misheard.items():
            if kind not in by_kind and (short or kind in HEARD_ANYWHERE):
                by_kind[kind] = spans
        by_kind["relation"] = [s for s in by_kind["relation"] if not ELDEST.match(text, s.end - 1)]
        by_kind["relation"] = _ourselves(text, _living(text, _others_first(by_kind["relation"])))
        found = [span for spans in by_kind.values() for span in longest(spans)]
        found = [self._with_sense(text, span) for span in found]
        kept = [span for span in found if span.kind != "allergen"] + _allergies(text, found)
        return sorted(kept, key=lambda s: (s.start, s.end, s.kind))

    def _with_sense(self, text: str, span: Span) -> Span:
        if span.kind != "fact" or not DENIED.search(text[max(0, span.start - DENIAL_REACH) : span.start]):
            return span
        return replace(span, value={**span.value, "negative": True})

    def find_by_sound(self, text: str, kinds: Set[str]) -> List[Span]:
        """Words that a short answer merely sounds like; none if it is long or has two meanings by sound."""
        bare = squeeze(text)
        if not 1 < len(bare) <= BY_SOUND_LONGEST:
            return []
        core = FILLERS.sub("", bare)
        if len(core) < 2:
            return []
        same = [m for m in self._sounds.get(tuple(syllables(core)), ()) if m[0] in kinds]
        if len({repr(m) for m in same}) != 1:
            return []
        kind, value = same[0]
        return [Span(kind, value, 0, len(text), BY_SOUND_CONFIDENCE)]


    def find_wished_by_sound(self, text: str) -> List[Span]:
        """A service that is wished for in words which are none, but sound like its name (我要住参明天)."""
        for wish in WISHED.finditer(text):
            for length in SOUND_LENGTHS:
                words = text[wish.end() : wish.end() + length]
                meant = {value for kind, value in self._sounds.get(tuple(syllables(words)), ()) if kind == "service"}
                rents = words[:1] in RENTS
                if len(words) == length and len(meant) == 1 and not rents and not jieba.dt.FREQ.get(words):
                    return [Span("service", meant.pop(), wish.end(), wish.end() + length, BY_SOUND_CONFIDENCE)]
        return []


def _asks_whether(text: str, start: int) -> bool:
    """Whether a word that begins with a denial is really the second half of 有没有, 是不是."""
    return text[start : start + 1] in ("没", "不") and start > 0 and text[start - 1] == text[start + 1 : start + 2]


def _others_first(relations: List[Span]) -> List[Span]:
    """给我 means oneself, but not in 给我妈."""
    others = [s for s in relations if s.value != "self"]
    return [s for s in relations if s.value != "self" or not any(s.start <= o.end and o.start <= s.end for o in others)]


def _living(text: str, relations: List[Span]) -> List[Span]:
    """老伴前年走了: nobody to do anything for."""
    return [s for s in relations if not GONE.match(text, s.end)]


def _ourselves(text: str, relations: List[Span]) -> List[Span]:
    """我们老两口 is whoever speaks and the husband or wife, not somebody's parents."""
    found = []
    for span in relations:
        if span.value == "parents" and OURSELVES.search(text[: span.end]):
            middle = span.end - 1
            found += [replace(span, value="self", end=middle), replace(span, value="spouse", start=middle)]
        else:
            found.append(span)
    return found


def _pattern(phrase: str, denial: bool) -> List[Dict[str, Any]]:
    """Tokens of a phrase with wildcards; without `denial` they never stand for 不 or 没 (户口不在本地)."""
    other: Dict[str, Any] = {"OP": "?", "IS_PUNCT": False}
    if not denial:
        other["TEXT"] = {"NOT_IN": ["不", "没", "未"]}
    tokens: List[Dict[str, Any]] = []
    for part in re.findall(r"\*+|[^*]", phrase):
        if part == MEASURE:
            tokens += [{"OP": "?", "TEXT": {"IN": MEASURES}}] * MEASURE_LENGTH
        elif part[0] == WILDCARD:
            tokens += [other] * (GAP_LENGTH if part == GAP else WILD_LENGTH)
        else:
            tokens.append({"TEXT": part})
    return tokens


def _allergies(text: str, found: List[Span]) -> List[Span]:
    """Foods become something to avoid only when the text says so."""
    if not AVOIDED.search(text):
        return []
    return [Span("diet", {"allergy": s.value}, s.start, s.end) for s in found if s.kind == "allergen"]
