"""What a prepared clip is: a clause by itself, or a piece that flows into others; texts cut into them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voice_gateway.speaking.ear_text import clauses, for_the_ear, sentences

SLOT = "䨻"
"""Stands for a placeholder while a template is cut up: a hanzi that nobody says."""


@dataclass(frozen=True)
class Item:
    """Something to render."""

    text: str
    """Hanzi; 、 may stand inside; ends with ？ when asked."""
    flowing: bool = False
    """Stands beside other pieces without a pause (十一月 | 二十七号)."""


def of_text(said: str) -> Iterator[Item]:
    """The clauses of something that is said in full."""
    for sentence in sentences(for_the_ear(said)):
        for clause in clauses(sentence):
            yield Item(clause.rstrip("，。、"))


def of_template(template: str) -> Iterator[Item]:
    """The clauses of a template that have no placeholder, and the words around the placeholders of the others."""
    for item in of_text(re.sub(r"\{\w+\}", SLOT, template)):
        if SLOT not in item.text:
            yield item
            continue
        asked = item.text.endswith("？")
        parts = [part for part in re.split(f"[{SLOT}、]+", item.text) if len(part.removesuffix("？")) > 1]
        yield from (Item(part, flowing=not (asked and part.endswith("？"))) for part in parts)


def flowing(words: Iterable[str]) -> Iterator[Item]:
    """Pieces for the inside of clauses."""
    return (Item(word, flowing=True) for word in words)


def once(items: Iterable[Item]) -> list[Item]:
    """Without repetition, the first of each text."""
    seen: dict[str, Item] = {}
    for item in items:
        if item.text:
            seen.setdefault(item.text, item)
    return list(seen.values())
