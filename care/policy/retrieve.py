"""Finding the records that answer a question: BM25 over words, weighed with topic, aspect, age and groups of people."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import bm25s
import numpy

from care.policy.asked import Asked, aspects_of, text_of_group, tokens_of, understand
from care.policy.grades import levels, levels_meant, of_a_series
from care.policy.phrasings import phrasings
from care.policy.records import REGION_FILES, Record, library

TOPIC_WEIGHT = 5.0
SURE_AT_ONE = 0.7
"""Share of the topic weight when only a word of weight one points at the topic; from weight two on it counts in full."""
PAIR_WEIGHT = 0.35
SECOND_TOPIC = 0.75
"""Worth of a record's further topics against its first."""
ALSO_TOPIC = 0.4
"""Worth of a second topic of the question that the record has as well."""
ASPECT_WEIGHT = 2.5
UNHELD = 1.5
"""What it costs a record to hold nothing of what is asked."""
MASKED_ASPECT_WEIGHT = 2.0
FEE_WEIGHT = 1.2
"""Whether it costs anything is half an answer to how much."""
SUM_WEIGHT = 3.0
GROUP_WEIGHT = 1.0
WRONG_LEVEL = 20.0
"""What it costs a record to hold for another grade of ability than the question names: its sum would be the wrong one."""
AGE_WEIGHT = 2.5
OLDER = 20
"""Years that make one more point: of two ages that fit, the nearer one is meant."""
NARROW_WEIGHT = 2.0
"""What it costs a record to hold only from some age on, or only for a needy few, when neither was mentioned."""
NARROW = re.compile("特殊困难|有困难|岁|多大|年纪|高龄|贫困|困难")
DEFINES = re.compile("(是|做|干)(个)?什么")
DEFINES_WEIGHT = 2.0
"""What it costs a record on money for providers when somebody asks what a thing is."""
REGISTERS = re.compile("备案|不用审批|不用许可|手续|轮候|先后顺序|上门评残")
"""Words that tell how one goes about it."""
MAIN_WEIGHT = 0.9
NEAR_WEIGHT = 40.0
"""Worth of a question on file that is the same as the one asked."""
NEAR_FLOOR = 0.05
"""Nearness that any two questions about old age have."""
NEAR_ENOUGH = 0.2
"""Nearness from which a question on file shows what a record answers."""
WORDS_FOR_SECOND = 1.5
"""BM25 that a record needs when only a further topic of it fits."""
BM25_CAP = 14.0
KIND_WEIGHT = {"right": 1.2, "mechanism": 0.6, "target": 0.0, "provider": -0.6, "admin": -0.4}
PAYS = re.compile("补贴|补助|资助|奖补|免费|无偿|低偿|有偿|收费|自己付|慈善资金|政府购买|政府买|优惠")
"""Words that tell who pays, whatever they are called in the question."""
HOW_MANY = re.compile("多少|几|好多|比例|百分|占")
UNITS = ("村|居委会", "乡|镇|街道", "县")
WRONG_UNIT = 8.0
LASTS = re.compile("多久|多长时间|几个月|几年")
"""A span of time may be asked like a date and be held as a count."""
PROVIDER_TOPICS = frozenset({"provider", "staff"})
DRY_TOPICS = frozenset({"document", "finance", "catalogue", "hotline", "goals"})
"""Topics whose records are dry by nature, so their kind costs nothing."""


@dataclass(frozen=True)
class Hit:
    """A record found, with why."""

    record: Record
    score: float
    words: float
    """The share of BM25, before everything else."""
    topical: bool
    """The record belongs to a topic of the question: by its first topic, or by another one and by its words."""
    held: tuple[str, ...]
    """Asked aspects that the record holds."""
    near: float = 0.0
    """How near (0 to 1) the nearest question on file for the record is."""


def pairs_of(text: str) -> set[str]:
    """The pairs of neighbouring hanzi in a text."""
    return {a + b for a, b in pairwise(text) if "\u4e00" <= a <= "\u9fff" and "\u4e00" <= b <= "\u9fff"}


class _Index:
    """All that may be told in one region."""

    def __init__(self, region: str) -> None:
        self.records = [
            r
            for r in library().records.values()
            if not r.hidden and r.region in (region, "") and region not in r.not_for
        ]
        topics = library().topics
        texts = [
            list(tokens_of(r.content))
            + list(tokens_of(r.quote))
            + list(tokens_of(r.audience))
            + 2 * [w for word in r.keywords for w in (word, *tokens_of(word))]
            + [w for t in r.topics for w in tokens_of(topics[t].say)]
            for r in self.records
        ]
        self.bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.5)
        self.bm25.index(texts, show_progress=False)
        self.sets = {record.id: set(text) for record, text in zip(self.records, texts, strict=True)}
        self.pair_holders: dict[str, list[int]] = {}
        for place, r in enumerate(self.records):
            for pair in pairs_of(r.content) | pairs_of(r.quote) | pairs_of("，".join((r.audience, *r.keywords))):
                self.pair_holders.setdefault(pair, []).append(place)
        self.vocabulary = {word for text in texts for word in text}

    def pairs(self, text: str) -> numpy.ndarray:
        """How rare the pairs of characters are that each record shares with a text; finds half-said words."""
        score = numpy.zeros(len(self.records))
        for pair in pairs_of(text):
            holders = self.pair_holders.get(pair)
            if holders:
                score[holders] += math.log(len(self.records) / len(holders))
        return score

    def covers(self, record: Record, tokens: tuple[str, ...]) -> bool:
        """Whether the record has every one of the words."""
        return bool(tokens) and set(tokens) <= self.sets[record.id]

    def words(self, tokens: tuple[str, ...]) -> numpy.ndarray:
        """BM25 scores of all records."""
        known = [t for t in tokens if t in self.vocabulary]
        return self.bm25.get_scores(known) if known else numpy.zeros(len(self.records))


@lru_cache
def _index(region: str) -> _Index:
    return _Index(region)


def covers(region: str, record: Record, tokens: tuple[str, ...]) -> bool:
    """Whether a record of a region has every word of a question."""
    return _index(region).covers(record, tokens)


def warm() -> None:
    """Builds every index now, so that the first question does not wait."""
    for region in ("", *REGION_FILES):
        _index(region)
    phrasings().nearest(understand("多久探访一次").text)


def find(asked: Asked, region: str, limit: int = 5) -> list[Hit]:
    """The best records of a region (national ones included), best first."""
    index = _index(region)
    words = index.words(asked.tokens)
    heaviest = max(asked.topics.values(), default=0.0)
    pairs = index.pairs(asked.text)
    near, asks = phrasings().nearest(asked.text)
    hits = [
        _hit(asked, record, float(words[i]), float(pairs[i]), heaviest, near[record.id], asks[record.id])
        for i, record in enumerate(index.records)
    ]
    hits.sort(key=lambda h: -h.score)
    return hits[:limit]


def _hit(asked: Asked, record: Record, words: float, pairs: float, heaviest: float, near: float, ask: str) -> Hit:
    shares = [
        asked.topics.get(code, 0.0) / (heaviest or 1.0) * (SECOND_TOPIC if place else 1.0)
        for place, code in enumerate(record.topics)
    ]
    shares.sort(reverse=True)
    topic = shares[0] + ALSO_TOPIC * sum(shares[1:2])
    answered = aspects_of(ask) if near >= NEAR_ENOUGH else ()
    if PAYS.search(record.content):
        answered = (*answered, "fee")
    if "count" in record.aspects and LASTS.search(asked.text):
        answered = (*answered, "deadline")
    if REGISTERS.search(record.content):
        answered = (*answered, "how_to_apply")
    held = tuple(a for a in asked.aspects if a in record.aspects or a in answered)
    sure = min(1.0, SURE_AT_ONE + (heaviest - 1) * (1 - SURE_AT_ONE))
    score = min(words, BM25_CAP) + PAIR_WEIGHT * pairs + TOPIC_WEIGHT * topic * sure
    score += NEAR_WEIGHT * max(0.0, near - NEAR_FLOOR)
    score += ASPECT_WEIGHT * len(held) / max(len(asked.aspects), 1)
    score -= UNHELD * bool(asked.aspects and not held)
    score += FEE_WEIGHT * ("amount" in asked.aspects and "fee" in record.aspects)
    score += MASKED_ASPECT_WEIGHT * any(a in record.masked_aspects for a in asked.aspects)
    score += SUM_WEIGHT * any(number.value in asked.sums for number in record.numbers)
    score += MAIN_WEIGHT * (record.main and topic > 0)
    score += _group_score(asked, record) + _age_score(asked, record) + _unit_score(asked, record)
    score -= DEFINES_WEIGHT * (record.kind == "provider" and bool(DEFINES.search(asked.text)))
    dry = record.topics[0] in DRY_TOPICS and topic > 0
    if not (dry or (record.kind == "provider" and asked.topics.keys() & PROVIDER_TOPICS)):
        score += KIND_WEIGHT[record.kind]
    if record.topics[0] == "hotline" and "hotline" not in asked.topics:
        score -= BM25_CAP
    topical = asked.topics.get(record.topics[0], 0.0) > 0 or (topic > 0 and words >= WORDS_FOR_SECOND)
    return Hit(record, score, words, topical or near >= NEAR_ENOUGH, held, near)


def _unit_score(asked: Asked, record: Record) -> float:
    """What it costs a record to tell of other units than the village or town of which a figure is asked."""
    if not HOW_MANY.search(asked.text):
        return 0.0
    meant = {unit for unit in UNITS if re.search(unit, asked.text)}
    told = {unit for unit in UNITS if re.search(unit, record.content)}
    return -WRONG_UNIT if meant and told and not meant & told else 0.0


def _group_score(asked: Asked, record: Record) -> float:
    text = record.content + record.audience + "".join(record.keywords)
    said = text_of_group(asked.text)
    meant, held = (levels_meant if of_a_series(record) else levels)(said), levels(text)
    wrong = meant and held and not meant & held
    return GROUP_WEIGHT * sum(group in text for group in library().groups if group in said) - WRONG_LEVEL * bool(wrong)


def _age_score(asked: Asked, record: Record) -> float:
    if record.age_from is None:
        return 0.0
    if asked.age is None:
        return 0.0 if "age" in asked.aspects or NARROW.search(asked.text) else -NARROW_WEIGHT
    return AGE_WEIGHT + record.age_from / OLDER if asked.age >= record.age_from else -AGE_WEIGHT


def search(text: str, region: str, limit: int = 5) -> list[Hit]:
    """The best records for a question as said, in one region."""
    return find(understand(text), region, limit)
