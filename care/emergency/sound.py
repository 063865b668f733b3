"""Text as it sounds, so that a recogniser's homophones and southern accents still match.

Every hanzi becomes one code character for its toneless syllable, with the pairs merged that southern speakers
and recognisers confuse: n/l, zh/z, ch/c, sh/s, f/h, ing/in, eng/en. Regular expressions over hanzi can be turned
into the same alphabet, because one hanzi stays one character.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

HANZI = re.compile(r"[\u4e00-\u9fff]")
FIRST_CODE = 0xE000
"""Start of Unicode's private use area: room for 6,400 codes, about 400 syllables are needed."""
F_AND_H = {
    "hua": "fa",
    "hui": "fei",
    "huan": "fan",
    "hu": "fu",
    "hun": "fen",
    "huang": "fang",
    "hong": "fen",
}
_codes: dict[str, str] = {}


def merged(syllable: str) -> str:
    """A toneless syllable with the confusable sounds made one: `zhang` → `zang`, `ling` and `nin` → `lin`."""
    syllable = F_AND_H.get(syllable, syllable)
    if syllable[:2] in ("zh", "ch", "sh"):
        syllable = syllable[0] + syllable[2:]
    if syllable.startswith("n"):
        syllable = "l" + syllable[1:]
    return re.sub(r"(?<=[ie])ng$", "n", syllable)


@lru_cache(maxsize=8192)
def syllable(character: str) -> str:
    """The merged syllable of one hanzi; anything else is returned as it is."""
    return merged(lazy_pinyin(character, style=Style.NORMAL)[0]) if HANZI.match(character) else character


@lru_cache(maxsize=8192)
def code(character: str) -> str:
    """The code character of one hanzi; anything else is returned as it is."""
    if not HANZI.match(character):
        return character
    return _codes.setdefault(syllable(character), chr(FIRST_CODE + len(_codes)))


def sounds(text: str) -> str:
    """The text, or a regular expression over hanzi, as code characters; same length, same positions."""
    return "".join(map(code, text))
