"""Words with other signs of the same sound (坐论椅, 水笼头), written as they are meant before anything is understood.

Recognisers mistake them and so do people who type by sound. Where a name was asked for nothing is changed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

WORDS = Path(__file__).resolve().parent.parent / "data" / "homophones.yaml"
NAMES = ("name", "identity")
"""Questions that a name answers, which has its signs from whoever bears it."""


@lru_cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    with WORDS.open(encoding="utf-8") as file:
        table: dict[str, list[str]] = yaml.safe_load(file)
    return tuple((meant, re.compile("|".join(said))) for meant, said in table.items())


def mended(text: str, asking: str = "") -> str:
    """The text, as long as before.

    Args:
        text: what was said.
        asking: the slot asked for.
    """
    if asking in NAMES:
        return text
    for meant, said in _patterns():
        text = said.sub(meant, text)
    return text
