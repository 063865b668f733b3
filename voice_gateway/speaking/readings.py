"""Readings of characters that have several (重, 长, 还, 得, 着 …), where the dictionary of pypinyin is wrong for us.

The prepared and the live voice both read through pypinyin, so that one table (`readings.yaml`) serves both.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pypinyin import load_phrases_dict, load_single_dict
from pypinyin.contrib.tone_convert import to_tone3

FILE = Path(__file__).with_name("readings.yaml")


@lru_cache
def table() -> dict[str, str]:
    """Phrases and how they are read."""
    return yaml.safe_load(FILE.read_text("utf-8")) or {}


@lru_cache
def load() -> None:
    """Teaches pypinyin, once per process."""
    load_single_dict({ord(phrase): reading for phrase, reading in table().items() if len(phrase) == 1})
    phrases = {phrase: reading for phrase, reading in table().items() if len(phrase) > 1}
    load_phrases_dict({phrase: [[syllable] for syllable in reading.split()] for phrase, reading in phrases.items()})


def numbered(phrase: str) -> str:
    """The reading of a phrase of the table with tone numbers, which espeak-ng takes: chong2 shuo1."""
    return " ".join(to_tone3(syllable, neutral_tone_with_five=True) for syllable in table()[phrase].split())


def used_in(text: str) -> str:
    """What the table says about a text; empty where it says nothing."""
    return "|".join(f"{phrase}={reading}" for phrase, reading in table().items() if phrase in text)
