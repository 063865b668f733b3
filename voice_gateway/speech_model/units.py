"""What the network tells apart: a blank, 21 initials and 38 finals, without tones."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.contrib.tone_convert import to_finals, to_initials

BLANK = "<blk>"
INITIALS = ["b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s"]
FINALS = [
    "a",
    "o",
    "e",
    "i",
    "u",
    "v",
    "ii",
    "ai",
    "ei",
    "ao",
    "ou",
    "an",
    "en",
    "ang",
    "eng",
    "er",
    "ong",
    "ia",
    "ie",
    "iao",
    "iou",
    "ian",
    "in",
    "iang",
    "ing",
    "iong",
    "ua",
    "uo",
    "uai",
    "uei",
    "uan",
    "uen",
    "uang",
    "ueng",
    "ve",
    "van",
    "vn",
    "ê",
]
UNITS = [BLANK, *INITIALS, *FINALS]
INDEX = {unit: i for i, unit in enumerate(UNITS)}
FLAT_TONGUE = {"zh", "ch", "sh", "r", "z", "c", "s"}
SPECIAL = {"嗯": ("en",), "呒": ("u",)}


def syllable_units(pinyin: str) -> list[str] | None:
    """zhuang → zh uang; None for what is no syllable of the standard language (m, hng)."""
    pinyin = re.sub(r"\d", "", pinyin.lower().replace("u:", "v").replace("ü", "v"))
    if pinyin in ("n", "ng", "m", "hm", "hng"):
        return None
    if pinyin == "ê":
        pinyin = "ei"
    initial = to_initials(pinyin, strict=True)
    final = to_finals(pinyin, strict=True, v_to_u=False).replace("ü", "v")
    if initial in FLAT_TONGUE and final in ("i", "-i"):
        final = "ii"
    units = [initial, final] if initial else [final]
    return units if all(unit in INDEX for unit in units) else None


@lru_cache(100_000)
def word_units(word: str) -> tuple[str, ...] | None:
    """The units of one word, or None if it cannot be said with them."""
    if word in SPECIAL:
        return SPECIAL[word]
    units: list[str] = []
    for pinyin in lazy_pinyin(word, style=Style.NORMAL, v_to_u=False, errors="ignore"):
        found = syllable_units(pinyin)
        if found is None:
            return None
        units += found
    return tuple(units) or None


def text_units(text: str) -> tuple[str, ...] | None:
    """The units of words that stand apart."""
    units: list[str] = []
    for word in text.split():
        found = word_units(word)
        if found is None:
            return None
        units += found
    return tuple(units) or None
