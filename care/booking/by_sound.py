"""Words found by their sound, for answers of which the letters say nothing (坐论椅, 拖弟扫弟)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pypinyin import Style, pinyin

SHORTEST = 2
"""Signs of the shortest word that is told by its sound."""
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_CURLED = re.compile(r"^([zcs])h")


@lru_cache(maxsize=8192)
def _readings(sign: str) -> frozenset[str]:
    """The toneless syllables of a sign, zh and z alike; anything but a hanzi is itself."""
    if not _HANZI.match(sign):
        return frozenset(sign)
    return frozenset(_CURLED.sub(r"\1", one) for one in pinyin(sign, style=Style.NORMAL, heteronym=True)[0])


def places(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where one of these words may be heard in the text, in order; of two that overlap the longer one."""
    heard = [_readings(sign) for sign in text]
    found: list[tuple[int, int]] = []
    for word in sorted(set(words), key=len, reverse=True):
        wanted = [_readings(sign) for sign in word] if len(word) >= SHORTEST else []
        for at in range(len(text) - len(word) + 1) if wanted else ():
            end = at + len(word)
            free = not any(at < other_end and start < end for start, other_end in found)
            if free and all(one & other for one, other in zip(heard[at:end], wanted, strict=True)):
                found.append((at, end))
    return sorted(found)
