"""Deciding what may be said to a question in one region: a record, a part of one, or honestly nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from care.policy.asked import Asked
from care.policy.grades import levels, levels_meant
from care.policy.phrasings import phrasings
from care.policy.records import Gap, Record, Referral, library
from care.policy.retrieve import NEAR_ENOUGH, Hit, covers, find

WORDS_ENOUGH = 7.0
"""BM25 needed where no topic was recognised: measured on own questions, nonsense stays below."""
SOFT_ASPECTS = frozenset({"who", "what"})
"""Aspects that the content itself answers; lacking them is no reason to refuse."""
HARD_ORDER = (
    "amount",
    "fee",
    "age",
    "how_often",
    "percent",
    "count",
    "deadline",
    "department",
    "phone",
    "how_to_apply",
    "materials",
    "where",
)
ILLNESS, CLASS = "dementia", "assistance"
"""Topics that also only describe somebody: 老年痴呆, 吃低保的."""
HELD_BESIDE = frozenset({"fee", "deadline", "how_often", "department", "percent"})
"""What another fact of the same topic may tell where the one that fits best does not."""
GENERAL_TOPICS = frozenset(
    [
        "allowance",
        "assistance",
        "document",
        "goals",
        "platform",
        "facilities",
        "institution",
        "medical_care",
        "quality",
        "market",
        "staff",
        "provider",
        "six_helps",
    ]
)
"""Topics so wide that a record of another one may answer them when its words fit well."""
TOLD_WITH_COMPLAINTS = frozenset({"how_to_apply", "where", "phone"})
"""Where to complain is told with every such answer: the hotline."""
WORDS_COVERED = 2.5
"""BM25 that is enough where the record has every word of the question."""
NEAR_ALONE = 0.22
"""Nearness to a question on file that is enough where no topic was recognised."""
NEAR_HALF = 0.14
WORDS_HALF = 3.0
"""Nearness and BM25 that are enough together."""
NEAR_SURE = 0.28
"""Nearness to a question on file that counts more than the topic."""
ABOUT_AS_WELL = 4.0
"""Points by which one fact may fit less well than another of its topic and still be told for it."""
NEAR_PLAIN = 0.45
"""Nearness from which a fact goes before another of the topic that the questions on file hardly point at."""
LEAD, LEAD_BY = 0.13, 1.6
"""Nearness, and how many times that of the next one, from which a record goes before what a single vague word says."""
AS_NEAR = 0.9
"""Share of the nearest one's nearness up to which facts of one topic are equally near, and the rest of the words decides."""
ELSEWHERE, LITTLE = 0.3, 0.35
"""Nearness of what another region has, and the share of it below which this region has nothing of the kind."""
VAGUE_TOPIC = 1.0
"""Weight of a topic that a single everyday word points at."""
WEAK_TOPIC = 2.0
"""Up to this weight a topic gives way to a matter known to lie outside the documents."""

Found = Literal["answer", "partly", "masked", "garbled", "gap", "no_topic", "none", "document"]


@dataclass(frozen=True)
class Finding:
    """What is known to a question in one region."""

    found: Found
    record: Record | None = None
    lacking: tuple[str, ...] = ()
    """Asked aspects that the record does not hold."""
    gap: Gap | None = None
    joint: bool = False
    """Tell the record together with its companions."""

    @property
    def known(self) -> bool:
        """Whether what was asked is answered."""
        return self.found == "answer"


def decide(asked: Asked, region: str) -> Finding:
    """What may be said; the region is one of ours, or empty for what holds everywhere."""
    if asked.topic == "childcare" or outside(asked):
        return Finding("none")
    gap = _gap(asked, region)
    if gap:
        return Finding("gap", gap=gap)
    hits = find(asked, region, limit=8)
    best = _best(asked, hits, region)
    absent = best is None or _only_elsewhere(asked, best)
    if absent and (rest := _without_description(asked, region)):
        asked = rest
        hits = find(asked, region, limit=8)
        best = _best(asked, hits, region)
        absent = best is None or bool(asked.aspects) and not best.held
    if best is None or absent:
        return Finding("no_topic" if asked.topics else "none")
    record = best.record
    hard = [a for a in HARD_ORDER if a in asked.aspects and a not in SOFT_ASPECTS]
    if record.topics[0] == "complaint":
        hard = [a for a in hard if a not in TOLD_WITH_COMPLAINTS]
    lacking = tuple(a for a in hard if a not in best.held)
    if record.garbled:
        return Finding("garbled", record)
    if record.masked_aspects and (not hard or set(hard) & set(record.masked_aspects)):
        return Finding("masked", record)
    if "amount" in lacking and "fee" in record.aspects and len(hard) == 1:
        return Finding("partly", record, ("amount",), joint=_joint(asked, record))
    if hard and len(lacking) == len(hard) and not record.region and record.kind != "right":
        return Finding("no_topic" if asked.topics else "none")
    if hard and len(lacking) == len(hard) and not _about_it(asked, record) and best.near < NEAR_ENOUGH:
        return Finding("no_topic" if asked.topics else "none")
    if hard and len(lacking) == len(hard):
        older = _for_older(asked, hits, record, hard)
        return Finding("answer", older) if older else Finding("partly", record, lacking[:1])
    if record.age_from and asked.age and asked.age < record.age_from:
        record = _for_older(asked, hits, record, hard) or record
    together = _together(asked, record)
    if together:
        return Finding("answer", together, joint=True)
    # A question on file may come near, and yet no sum is written in the record.
    unsaid = "amount" in hard and "amount" not in record.aspects
    return Finding("answer", record, ("amount",) if unsaid else (), joint=_joint(asked, record))


def _without_description(asked: Asked, region: str) -> Asked | None:
    """What is asked about somebody, without what only describes them: 老年痴呆，公办院收的话要不要出钱; none where there is nothing else.

    An illness of which the region's document speaks, or that is all that the question names, is the matter itself.
    """
    held = {t for r in library().records.values() if r.region == region and not r.hidden for t in r.topics}
    describes = {CLASS} if ILLNESS in held else {CLASS, ILLNESS}
    rest = {topic: weight for topic, weight in asked.topics.items() if topic not in describes}
    if rest == asked.topics or not asked.aspects and rest or ILLNESS in asked.topics and not rest:
        return None
    return replace(asked, topics=rest)


def _about_it(asked: Asked, record: Record) -> bool:
    """Whether the record is about what is asked, first of all or among other things."""
    return record.topics[0] in asked.topics or asked.topic in record.topics and asked.topic not in GENERAL_TOPICS


def _together(asked: Asked, record: Record) -> Record | None:
    """The record that tells several grades at once, where the question names two of them, or asks for money paid out and names none."""
    named = levels_meant(asked.text)
    in_general = not named and not asked.sums and record.kind == "provider" and "amount" in asked.aspects
    if len(named) < 2 and not in_general:
        return None
    group = (r for r in library().records.values() if r.joint and record.id in (r.id, *r.joint.others))
    return next(group, None)


def _for_older(asked: Asked, hits: list[Hit], record: Record, hard: list[str]) -> Record | None:
    """What is said of the next older people, where nothing is said of somebody of this age."""
    older = [
        h.record
        for h in hits
        if asked.age
        and (h.record.age_from or 0) > asked.age
        and h.record.topics[0] == record.topics[0]
        and set(hard) <= set(h.held)
    ]
    return min(older, key=lambda r: r.age_from or 0, default=None)


def outside(asked: Asked) -> Referral | None:
    """The matter outside the documents that the question is about, if it is."""
    if max(asked.topics.values(), default=0.0) > WEAK_TOPIC:
        return None
    referral = next((r for r in library().referrals if any(w in asked.text for w in r.words)), None)
    if referral is None:
        return None
    near, _ = phrasings().nearest(asked.text)
    return None if max(near.values()) >= NEAR_SURE else referral  # 退休金 and the like are also said in passing


def _best(asked: Asked, hits: list[Hit], region: str) -> Hit | None:
    """The hit to speak from: the one that fits best, or another fact of its topic that holds what is asked."""
    fits = _fitting(asked, hits, region)
    return fits and (_holder(asked, fits, hits) or fits)


def _fitting(asked: Asked, hits: list[Hit], region: str) -> Hit | None:
    """The hit that fits best: of the question's own topic where there is one."""
    if max(asked.topics.values(), default=0.0) <= VAGUE_TOPIC and (lead := _lead(hits)):
        return lead
    if asked.topics:
        topical = [h for h in hits if h.topical and _own(asked, h)]
        if topical:
            nearest = max(hits, key=lambda h: h.near)
            if nearest.near >= NEAR_PLAIN and nearest.near >= LEAD_BY * topical[0].near and _shares(asked, nearest):
                return nearest
            if _of_another_matter(nearest, topical[0]) and nearest in topical:
                return nearest
            if hits[0].near >= NEAR_SURE and _own(asked, hits[0]):
                return hits[0]
            strong = hits[0].words >= WORDS_ENOUGH and asked.topics[asked.topic] <= WEAK_TOPIC
            return hits[0] if strong and _own(asked, hits[0]) else topical[0]
        if set(asked.topics) - GENERAL_TOPICS:
            return None
    return next((h for h in hits[:3] if _fits(asked, h, region)), None)


def _of_another_matter(nearest: Hit, first: Hit) -> bool:
    """Whether the questions on file point away from the first fact, to one of another topic that fits about as well."""
    plainly = nearest.near >= NEAR_ENOUGH and first.near < LITTLE * nearest.near
    apart = nearest.record.topics[0] != first.record.topics[0]
    return plainly and apart and nearest.score >= first.score - ABOUT_AS_WELL


def _holder(asked: Asked, fits: Hit, hits: list[Hit]) -> Hit | None:
    """Of facts of one topic that fit about as well, the one that holds what is asked, where the one that fits best does not."""
    wanted = HELD_BESIDE & set(asked.aspects)
    if fits.held or not wanted:
        return None
    near = (h for h in hits if h.topical and _own(asked, h) and h.score >= fits.score - ABOUT_AS_WELL)
    return next((h for h in near if h.record.topics[0] == fits.record.topics[0] and wanted & set(h.held)), None)


def _shares(asked: Asked, hit: Hit) -> bool:
    """Whether a fact of the region is also of a topic of the question."""
    return bool(hit.record.region) and bool(asked.topics.keys() & set(hit.record.topics))


def _lead(hits: list[Hit]) -> Hit | None:
    """The hit to which the questions on file point alone, if they do."""
    ranked = sorted((h for h in hits if h.record.region), key=lambda h: -h.near)
    if not ranked or ranked[0].near < LEAD:
        return None
    kin = [h for h in ranked if h.record.topics[0] == ranked[0].record.topics[0]]
    rivals = (h.near for h in ranked if h not in kin)
    if ranked[0].near < LEAD_BY * next(rivals, 0.0):
        return None
    return max((h for h in kin if h.near >= AS_NEAR * kin[0].near), key=lambda h: h.score)


def _only_elsewhere(asked: Asked, best: Hit) -> bool:
    """Whether the questions on file say that this is what another region's document holds, and this one's does not."""
    if best.record.document.startswith("x-") or best.words >= WORDS_ENOUGH:
        return False
    if best.held and best.topical and max(asked.topics.get(t, 0.0) for t in best.record.topics) >= WEAK_TOPIC:
        return False  # it is of the very topic and holds what is asked, however it is put
    if "amount" in asked.aspects and best.topical and set(asked.topics) - GENERAL_TOPICS:
        return False  # the matter is there, and that its price is not written is the answer
    near, _ = phrasings().nearest(asked.text)
    nearest = max(near, key=lambda id: near[id])
    same = library().records[nearest].topics[0] == best.record.topics[0]
    return not same and near[nearest] >= ELSEWHERE and best.near < LITTLE * near[nearest]


def _own(asked: Asked, hit: Hit) -> bool:
    """A fact of the whole country answers only its own topic, or a question that comes near to one on file."""
    return bool(hit.record.region) or hit.record.topics[0] in asked.topics or hit.near >= NEAR_SURE


def _fits(asked: Asked, hit: Hit, region: str) -> bool:
    """Whether a hit may be told though no topic was recognised."""
    if hit.words >= WORDS_ENOUGH or _covered(asked, hit, region):
        return True
    if not hit.record.region:
        return hit.near >= NEAR_SURE
    return hit.near >= NEAR_ALONE or (hit.near >= NEAR_HALF and hit.words >= WORDS_HALF)


def _covered(asked: Asked, hit: Hit, region: str) -> bool:
    return hit.words >= WORDS_COVERED and covers(region, hit.record, asked.tokens)


def _gap(asked: Asked, region: str) -> Gap | None:
    if not asked.topics:
        return None
    heaviest = max(asked.topics.values())
    strong = {t for t, w in asked.topics.items() if w >= heaviest}
    for gap in library().gaps:
        if gap.regions and region not in gap.regions:
            continue
        if not strong & set(gap.topics):
            continue
        if set(gap.topics) <= GENERAL_TOPICS and strong - GENERAL_TOPICS:
            continue  # money in general is meant only where nothing else is named as plainly
        if gap.aspects and not set(gap.aspects) & set(asked.aspects):
            continue
        if asked.sums & paid_sums(region):
            continue  # the very figure stands in a record, which says whom it is for
        if gap.words and not any(w in asked.text or w in levels_meant(asked.text) for w in gap.words):
            continue
        if any(w in asked.text for w in gap.not_words):
            continue
        return gap
    return None


@lru_cache
def paid_sums(region: str) -> frozenset[int]:
    """The monthly sums that the region's records name."""
    return frozenset(
        number.value
        for record in library().records.values()
        if record.region == region and not record.hidden and "amount" in record.aspects
        for number in record.numbers
        if isinstance(number.value, int) and "元" in number.unit
    )


def _joint(asked: Asked, record: Record) -> bool:
    if record.joint is None or asked.sums or any(word in asked.text for word in record.joint.unless):
        return False
    return not (levels(record.content) and levels_meant(asked.text) or record.age_from and asked.age)
