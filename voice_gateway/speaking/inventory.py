"""What the prepared voice should hold, found in the product's own data: prompts, pieces to compose, answers.

In order of importance, because rendering takes long and a pack has a size: what is always said comes first. A whole
clause is said by itself; a `flowing` piece stands beside other pieces without a pause (十一月 | 二十七号).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from care.texts import FOLDER
from voice_gateway.speaking.ear_text import clauses, for_the_ear, sentences

SLOT = "䨻"
"""Stands for a placeholder while a template is cut up: a hanzi that nobody says."""
AT_HAND = ("call", "emergency")
FIRST = ("call", "emergency", "conversation", "handover", "booking")
"""Capabilities whose sentences are rendered first."""
NOT_SPOKEN = frozenset({"desk"})


@dataclass(frozen=True)
class Item:
    """Something to render."""

    text: str
    """Hanzi; 、 may stand inside; ends with ？ when asked."""
    flowing: bool = False


def bare(clause: str) -> str:
    """A clause as it is looked up: without its closing mark, unless that is a question mark."""
    return clause.rstrip("，。、")


def of_text(said: str) -> Iterator[Item]:
    """The clauses of something that is said in full."""
    for sentence in sentences(for_the_ear(said)):
        for clause in clauses(sentence):
            yield Item(bare(clause))


def of_template(template: str) -> Iterator[Item]:
    """The clauses of a template that have no placeholder, and the words around the placeholders of the others."""
    for item in of_text(re.sub(r"\{\w+\}", SLOT, template)):
        if SLOT not in item.text:
            yield item
            continue
        for piece in re.split(f"[{SLOT}、]+", item.text.removesuffix("？")):
            if len(piece) > 1:
                yield Item(piece, flowing=True)


@lru_cache
def templates() -> tuple[str, ...]:
    """Every sentence of care/texts that is spoken, the important ones first."""
    files = sorted(
        FOLDER.glob("*.yaml"),
        key=lambda path: (path.stem not in FIRST, FIRST.index(path.stem) if path.stem in FIRST else 0, path.stem),
    )
    said: list[str] = []
    for path in files:
        if path.stem not in NOT_SPOKEN:
            said += _sayings(yaml.safe_load(path.read_text("utf-8")))
    return tuple(dict.fromkeys(said))


def _sayings(entry: Any) -> list[str]:
    if isinstance(entry, str):
        return [entry]
    if isinstance(entry, list):
        return [said for one in entry for said in _sayings(one)]
    if isinstance(entry, dict) and "say" in entry:
        return [entry["say"]]
    return [said for one in entry.values() for said in _sayings(one)] if isinstance(entry, dict) else []


def prompts() -> Iterator[Item]:
    """The product's own sentences."""
    for template in templates():
        yield from of_template(template)


def at_hand() -> list[str]:
    """Clauses that must never fail or wait: those of the call itself, and of emergencies."""
    table = {name: yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8")) for name in AT_HAND}
    items = [item for said in _sayings(table) for item in of_template(said)]
    return list(dict.fromkeys(item.text for item in items))


def inventory() -> list[Item]:
    """Everything to render, each once, the most important first."""
    return _once(prompts())


def _once(items: Iterable[Item]) -> list[Item]:
    """Without repetition; a piece that is also a whole clause needs no take of its own."""
    seen: dict[str, Item] = {}
    for item in items:
        if item.text and item.text != SLOT:
            seen.setdefault(item.text, item)
    return list(seen.values())
