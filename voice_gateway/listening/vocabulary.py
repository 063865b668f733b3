"""The product's own words for what may be said to a question: read from `care` and `nlu_data`, nothing kept here."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from care import agreement, regions, service_list
from care.conversation.hearing import bare
from care.settings import ROOT

LEXICON = ROOT / "nlu_data" / "lexicon"
ASKING = ROOT / "nlu_data" / "asking.yml"
ALWAYS = ("human", "repeat", "slower", "hold_on", "stop")
MOST_CALLED_OFF = 8
"""Characters of words that call something off and say nothing else."""
SHORT = 4
"""Characters of a short command."""
LEAST_PLAIN = 2
"""Characters of a word that says something wherever it stands."""
TALKED_OF = ("fact", "topic")
"""Kinds of words of the lexicon that no order is made of."""
WILDCARD = "*"
"""Lexicon phrases with a gap in them; too loose to listen for."""


@lru_cache
def asking() -> dict[str, Any]:
    """How short answers are understood: slots and their kinds, whole answers, fillers."""
    return yaml.safe_load(ASKING.read_text(encoding="utf-8"))


@lru_cache
def whole(name: str) -> frozenset[str]:
    """Words of one sort: `affirm`, `deny`, `dont_know` (whole answers), `questions` (signs of a question)."""
    return frozenset(str(word) for word in asking()[name])


@lru_cache
def commands() -> frozenset[str]:
    """Whole sentences that are a command (人工, 再说一遍 …)."""
    return frozenset(str(word) for words in asking()["commands"].values() for word in words)


@lru_cache
def interruptions() -> frozenset[str]:
    """Short commands that make sense at any question."""
    listed = asking()["commands"]
    return frozenset(str(word) for name in ALWAYS for word in listed[name] if len(str(word)) <= SHORT)


@lru_cache
def listed(name: str) -> frozenset[str]:
    """Whole sentences that are one command: `bye` ends the call, `stop` what is being done."""
    return frozenset(str(word) for word in asking()["commands"][name])


MOST_BESIDE = 4
"""Characters beside words that end something, up to which that is what was said."""


@lru_cache(maxsize=1024)
def ending(words: str) -> str:
    """The plainest words for what these words end, the call or what is being done; empty when they end nothing."""
    listed = asking()["commands"]
    for name in ("bye", "stop"):
        if any(said in words and len(words) <= len(said) + MOST_BESIDE for said in map(str, listed[name])):
            return str(listed[name][0])
    return str(listed["stop"][0]) if agreement.calls_off(words) and len(words) <= MOST_CALLED_OFF else ""


def is_plain(words: str) -> bool:
    """Whether something in the words has a meaning of its own: more yes, a question, a change, thanks, or a thing of an order."""
    signs = whole("questions") | whole("changes") | {word for name in ("thanks", "bye") for word in asking()["commands"][name]}
    signs |= {word for word in whole("affirm") if len(word) > LEAST_PLAIN}
    signs |= {word for kind, known in lexicon().items() if kind not in TALKED_OF for word in known if len(word) >= LEAST_PLAIN}
    return any(sign in words for sign in signs)


@lru_cache
def around() -> tuple[str, ...]:
    """Words that may stand around a short answer and mean nothing, longest first."""
    return tuple(sorted((str(word) for word in asking()["around"]), key=len, reverse=True))


def kinds(slot: str) -> frozenset[str]:
    """The kinds of things that answer the question for a slot; empty when nobody says."""
    return frozenset(asking()["slots"].get(slot, {}).get("kinds", ()))


@lru_cache
def lexicon() -> dict[str, frozenset[str]]:
    """Proper phrases of the lexicon by kind, without those that have gaps."""
    found: dict[str, set[str]] = {}
    for path in sorted(LEXICON.glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for section in content if isinstance(content, list) else [content]:
            phrases = (str(phrase) for listed in section["values"].values() for phrase in listed)
            found.setdefault(section["kind"], set()).update(p for p in phrases if WILDCARD not in p)
    return {kind: frozenset(phrases) for kind, phrases in found.items()}


@lru_cache
def services(region: str) -> frozenset[str]:
    """What the services of a region are called (of all regions while none is known)."""
    if not region:
        return frozenset(service_list.aliases())
    return frozenset(bare(name) for item in service_list.items(region) for name in (item.say_name, *item.aliases))


@lru_cache
def communities(region: str) -> frozenset[str]:
    """Places inside a region that addresses begin with."""
    there = (name for one in service_list.providers(region) for name in one.communities) if region else ()
    return frozenset({*there, *regions.names(region)})


@lru_cache
def cities() -> frozenset[str]:
    """What people answer to the question where they live: the regions and the larger places in them."""
    known = (place for one in regions.regions() for name in regions.names(one.id) for place in regions.find(name)[:1])
    large = {place.name for place in known if place.level in ("province", "city")}
    return frozenset(large | {one.short for one in regions.regions()})


@lru_cache
def terms(kind: str, region: str) -> frozenset[str]:
    """The words of one kind of thing that may be said in a region."""
    if kind == "service":
        return services(region) | lexicon().get(kind, frozenset())
    if kind == "place":
        return frozenset(name for known in regions.regions() for name in regions.names(known.id))
    if kind == "address":
        return communities(region)
    return lexicon().get(kind, frozenset())
