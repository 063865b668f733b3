"""What the prepared voice should hold, found in the product's own data: prompts, pieces to compose, answers.

In order of importance, because rendering takes long and a pack has a size: what is always said comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import yaml

from care.settings import ROOT
from care.texts import FOLDER
from voice_gateway.speaking import answers, pieces
from voice_gateway.speaking.items import Item, of_template, of_text, once
from voice_gateway.speaking.plan import plan

AT_HAND = ("call", "emergency")
"""Capabilities whose sentences are held in memory."""
FIRST = ("call", "emergency", "conversation", "handover", "booking", "policy")
"""Capabilities whose usual sentences are rendered first."""
NOT_SPOKEN = frozenset({"desk", "phone_page"})
BOT = ROOT / "bot" / "domain"
"""The few sentences that the bot says by itself."""


@dataclass(frozen=True)
class Saying:
    """A sentence of care/texts."""

    capability: str
    rung: int
    """Place on its ladder; 0 is the usual wording."""
    text: str


@lru_cache
def sayings() -> tuple[Saying, ...]:
    """Every sentence of care/texts that is spoken, the important capabilities first."""
    said: list[Saying] = []
    for path in FOLDER.glob("*.yaml"):
        if path.stem not in NOT_SPOKEN:
            entries = yaml.safe_load(path.read_text("utf-8"))
            said += _sayings(path.stem, {name: one for name, one in entries.items() if not _for_desk(path.stem, name)}, 0)
    order = {capability: place for place, capability in enumerate(FIRST)}
    return tuple(sorted(dict.fromkeys(said), key=lambda one: order.get(one.capability, len(FIRST))))


def _for_desk(capability: str, name: str) -> bool:
    """Whether a text is only read, on the ticket of a call that is to be returned."""
    return capability == "call" and name.startswith("why_")


def _sayings(capability: str, entry: Any, rung: int) -> list[Saying]:
    if isinstance(entry, str):
        return [Saying(capability, rung, entry)]
    if isinstance(entry, list):
        return [said for place, one in enumerate(entry) for said in _sayings(capability, one, place)]
    if isinstance(entry, dict) and "say" in entry:
        return [Saying(capability, rung, entry["say"])]
    return (
        [said for one in entry.values() for said in _sayings(capability, one, rung)] if isinstance(entry, dict) else []
    )


def prompts(capabilities: tuple[str, ...] = (), rungs: range = range(9)) -> Iterator[Item]:
    """The product's own sentences; of all capabilities when none is named."""
    for said in sayings():
        if said.rung in rungs and (not capabilities or said.capability in capabilities):
            yield from of_template(said.text)


def smalltalk() -> Iterator[Item]:
    """What the bot says by itself."""
    for path in sorted(BOT.glob("*.yml")):
        domain = yaml.safe_load(path.read_text("utf-8")) or {}
        for variants in domain.get("responses", {}).values():
            for variant in variants:
                yield from of_text(variant.get("text", ""))


def at_hand() -> list[str]:
    """Clauses that must never fail or wait: those of the call itself, and of emergencies."""
    return [item.text for item in once(prompts(AT_HAND))]


def inventory(answers_heard: Iterable[str] = ()) -> list[Item]:
    """Everything to render, each once, the most important first.

    Args:
        answers_heard: answers that callers really heard; what was said oftenest in them comes right after the prompts
            that must always be at hand.
    """
    usual = once(_in_usual_order())
    return once(chain(prompts(AT_HAND), _oftenest(usual, answers_heard), usual))


def _in_usual_order() -> Iterator[Item]:
    return chain(
        prompts(AT_HAND),
        prompts(FIRST, range(1)),
        pieces.numbers(),
        pieces.times(),
        pieces.people(),
        pieces.services(),
        smalltalk(),
        answers.documents(),
        prompts((), range(1)),
        answers.policy(right=True),
        answers.eligibility(),
        prompts(),
        answers.policy(right=False),
        answers.refusals(),
        answers.service_list(),
        answers.originals(),
    )


def _oftenest(items: list[Item], heard: Iterable[str]) -> list[Item]:
    """Those of `items` that say the answers heard, the most used first."""
    known = {item.text: item for item in items}
    used: Counter[str] = Counter()
    for text in heard:
        planned = plan(text, lambda words: ("prepared", known[words].flowing) if words in known else None)
        used.update(part.text for clause in planned for part in clause if part.source == "prepared")
    return [known[text] for text, _ in used.most_common()]
