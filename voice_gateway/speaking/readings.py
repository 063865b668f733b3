"""Readings of characters that have several (重, 行, 长, 还, 得 …), where the dictionary of pypinyin is wrong for us.

Both the prepared and the live voice read through pypinyin, so that one table serves both (`readings.yaml`).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pypinyin import load_phrases_dict

FILE = Path(__file__).with_name("readings.yaml")


@lru_cache
def load() -> None:
    """Teaches pypinyin, once."""
    table: dict[str, str] = yaml.safe_load(FILE.read_text("utf-8")) or {}
    load_phrases_dict({phrase: [[syllable] for syllable in reading.split()] for phrase, reading in table.items()})
