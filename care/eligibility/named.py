"""Which benefit a sentence asks about: named in words, by a service or topic heard, or come near to."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from care import regions
from care.eligibility.rules import benefits
from care.eligibility.words import AGE_SAID, words_of
from care.policy.phrasings import nearest_topic
from care.turn import Turn

OF_SERVICE = {
    "home_adaptation": "home_adaptation", "home_bed": "home_bed", "ability_assessment": "assessment",
    "waitlist": "waitlist", "meal": "meals", "canteen": "meals", "respite": "respite", "visit": "visits",
    "carer_training": "carer_training", "family_doctor": "family_doctor", "home_nursing": "home_nursing",
    "disability_assessment": "disability_assessment", "aids_rental": "aids", "bath": "purchase",
    "cleaning": "purchase",
}  # fmt: skip

OF_TOPIC = {
    "consumption_subsidy": "consumption_subsidy",
    "meals": "meals", "six_helps": "purchase", "home_adaptation": "home_adaptation", "home_bed": "home_bed",
    "visits": "visits", "assessment": "assessment", "institution": "waitlist", "allowance": "allowance",
    "high_age_allowance": "high_age_allowance", "disability_allowance": "disability_allowance",
    "ltc_insurance": "ltc_insurance", "family_doctor": "family_doctor", "home_nursing": "home_nursing",
    "carer_training": "carer_training", "respite": "respite", "aids": "aids", "purchase": "purchase",
    "disability_help": "disability_assessment",
}  # fmt: skip

FIRST = (
    "consumption_subsidy", "disability_allowance", "disability_assessment", "high_age_allowance", "ltc_insurance", "home_bed",
    "home_adaptation", "respite", "family_doctor", "carer_training", "home_nursing", "allowance", "assessment",
    "waitlist", "visits", "purchase", "meals", "aids",
)  # fmt: skip
"""Benefits in the order in which their words are looked for: the special before the general."""

ASKS = re.compile(r"[能可够该]|符合|[管给]不|有没有|算不算|轮得|资格|享受|申请|[吗么嘛啵咩不没冇]$")
"""A part of a sentence that asks; the benefit named there is the one meant."""

DONE = re.compile(r"过|了|没|有")
"""Words of something told, not asked for."""

JOINED = re.compile(r"和|跟|还有|以及|与|同|加上|连同|连带|或者?|再")
"""What joins two things that are both asked for."""

BESIDE_A_NAME = 4
"""Characters that a part of a sentence may have beside a benefit's name and still only name it: “改厕所、送饭补贴能申请吗”."""

IN_GENERAL = re.compile("政策|待遇|福利")
"""Words for all that there is, which come near to no single benefit."""

HELPS_OTHERS = re.compile("(?:当|做|成为|报名|加入|参加)(?:个|一个|一名)?(?:志愿|义工)")
"""Who wants to help others asks for no service: 六十五能去当志愿者不."""

FOR_ALL = re.compile(
    r"(?:能|可以|够|该|会|可)[^，]{0,6}(?:什么|啥|哪些|哪几|哪样|么子|乜|咩)[^，]{0,4}(?:补贴|补助|津贴|政策|待遇|福利|好处|优惠|照顾|服务|钱)?(?:呀|啊|呢|吗|不)?(?=，|$)"
    r"|(?:有|属于|符合|够)(?:没有|得)?(?:什么|啥|哪些|哪几|么子|乜|咩)[^，]{0,4}(?:补贴|补助|津贴|政策|待遇|福利|好处|优惠|照顾)(?=[^，]{0,6}(?:能|可以|给|够|我|她|他|老人)|，|$)"
)
"""A question for everything that somebody may have."""


@lru_cache
def _benefit_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile("|".join(benefits()[code].words))) for code in FIRST)


@lru_cache
def _weak_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile("|".join(benefits()[code].weak))) for code in FIRST if benefits()[code].weak)


def benefit(turn: Turn) -> str | None:
    """The benefit that a turn asks about: named where it asks, named anywhere, its service or topic, hinted at."""
    words = words_of(turn.text)
    if HELPS_OTHERS.search(words):
        return None
    asking = [part for part in words.split("，") if ASKS.search(part)]
    for parts in (asking, [words]):
        for code, expression in _benefit_words():
            if any(expression.search(part) for part in parts):
                return "disability_allowance" if code == "allowance" and "残" in words else code
    service, topic = turn.last("service"), turn.last("topic")
    if known := OF_SERVICE.get(service or "") or OF_TOPIC.get(topic or ""):
        return "disability_allowance" if known == "allowance" and "残" in words else known
    return next((code for code, expression in _weak_words() if expression.search(words)), None)


def benefits_asked(turn: Turn) -> list[str]:
    """Every benefit named where the words ask, in the order in which they are named.

    In one part of a sentence only those that are joined count: “做了能力评估能领补贴吗” asks for one thing.
    """
    found: list[str] = []
    parts = words_of(turn.text).split("，")
    for place, part in enumerate(parts):
        hits = _benefits_in(part)
        asks = ASKS.search(part.replace("能力", ""))
        bare = place + 1 < len(parts) and len(part) - sum(len(span) for span, _ in hits) <= BESIDE_A_NAME
        if not hits or not (asks or bare and not DONE.search(part)):
            continue
        here = [hits[-1][1]]
        for (before, code), (span, _) in reversed(list(pairwise(hits))):
            if not JOINED.search(part[before.stop : span.start]):
                break
            here.insert(0, code)
        found += here
    return list(dict.fromkeys(found))


def _benefits_in(part: str) -> list[tuple[range, str]]:
    """Where a part of a sentence names benefits; of names that overlap the more special one."""
    found: list[tuple[range, str]] = []
    for code, expression in _benefit_words():
        for hit in expression.finditer(part):
            span = range(hit.start(), hit.end())
            code = "disability_allowance" if code == "allowance" and "残" in part else code
            if not any(span.start < other.stop and other.start < span.stop for other, _ in found):
                found.append((span, code))
    return sorted(found, key=lambda one: one[0].start)


def likely_benefit(turn: Turn) -> str | None:
    """The benefit that the words come near to, when none is named: “有人定期上家里瞧他不” is about visits."""
    words = words_of(turn.text)
    parts = [part for part in words.split("，") if ASKS.search(part)]
    if IN_GENERAL.search(words) or HELPS_OTHERS.search(words):
        return None
    if not parts and (regions.find(words) or AGE_SAID.search(words)):
        return None  # who and where answer another question
    return next((found for part in (*parts, words) if (found := OF_TOPIC.get(nearest_topic(part)))), None)


def asks_for_all(turn: Turn) -> bool:
    """Whether somebody wants to know what there is for them at all: 我妈能享受哪些补贴."""
    words = words_of(turn.text)
    return bool(FOR_ALL.search(words)) and not any(named.search(words) for _, named in _benefit_words())
