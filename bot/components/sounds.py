"""How characters sound: syllables without tones, with the sounds merged that recognisers and southern accents mix up."""

from __future__ import annotations

from functools import lru_cache
from typing import List, Tuple

from pypinyin import Style, lazy_pinyin

INITIALS: Tuple[Tuple[str, str], ...] = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("hu", "f"))
"""Heard alike: 知/资, 吃/次, 是/四, 牛/刘, 湖/福 (only 湖 and its like: `hu` + vowel stays)."""
FINALS: Tuple[Tuple[str, str], ...] = (("ing", "in"), ("eng", "en"), ("ang", "an"))
"""Heard alike: 行/心, 正/真, 王/完."""


@lru_cache(maxsize=20_000)
def merged(syllable: str) -> str:
    """The syllable as a southern ear hears it: `zhang` and `zan` are one."""
    for sound, alike in INITIALS:
        if sound == "hu":
            if syllable == "hu":
                return "fu"
            continue
        if syllable.startswith(sound):
            syllable = alike + syllable[len(sound) :]
            break
    for sound, alike in FINALS:
        if syllable.endswith(sound):
            return syllable[: -len(sound)] + alike
    return syllable


def syllables(text: str, merge: bool = True) -> List[str]:
    """One syllable for each Chinese character; anything else stands for itself."""
    found = _read(text)
    return [merged(s) for s in found] if merge else list(found)


@lru_cache(maxsize=50_000)
def _read(text: str) -> Tuple[str, ...]:
    """Kept, because one sentence is read by several recognisers, and each example several times in a training, one run through
    all of them after the other: room for all their spellings, or it would help none."""
    return tuple(lazy_pinyin(text, style=Style.NORMAL, errors=list))
