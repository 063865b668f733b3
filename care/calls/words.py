"""Short words that have a meaning of their own on the telephone (`care/data/call_words.yaml`)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from care.conversation.hearing import bare

WORDS = Path(__file__).resolve().parent.parent / "data" / "call_words.yaml"


@lru_cache
def _table() -> dict[str, frozenset[str]]:
    with WORDS.open(encoding="utf-8") as file:
        return {name: frozenset(words) for name, words in yaml.safe_load(file).items()}


def means(text: str, name: str) -> bool:
    """Whether these words, as a whole, are among those listed under a name."""
    return bare(text) in _table()[name]
