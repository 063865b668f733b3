"""Numbers read digit by digit: telephone and order numbers, as people say them and as they are misheard."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

DIGITS = "零一二三四五六七八九"
SPOKEN = {**{digit: digit for digit in DIGITS}, **{str(n): digit for n, digit in enumerate(DIGITS)}}
SPOKEN |= {"〇": "零", "洞": "零", "幺": "一", "腰": "一", "两": "二", "俩": "二", "拐": "七", "勾": "九"}
"""Characters that are a digit: 幺 one, 洞 zero, 拐 seven, 勾 nine as in radio speech."""
UNDERSTOOD = frozenset(DIGITS + "〇洞幺两俩0123456789")
"""Those of them that the understanding reads by itself."""
SOUNDS = {
    "ling": "零", "lin": "零", "dong": "零", "yi": "一", "yao": "一", "er": "二", "san": "三", "shan": "三", "si": "四",
    "wu": "五", "liu": "六", "niu": "六", "qi": "七", "guai": "七", "ba": "八", "jiu": "九", "gou": "九",
}  # fmt: skip
"""Syllables that are a digit when they stand among digits (铃 → 零, 气 → 七, 爸 → 八)."""
DIGIT_PAIRS = tuple(a + b for a in DIGITS + "幺" for b in DIGITS + "幺")
"""A grammar in which any digit may follow any other."""
MOBILE = re.compile(r"一[三四五六七八九][零一二三四五六七八九]{9}")
LANDLINE = re.compile(r"零[零一二三四五六七八九]{9,11}|[二三四五六七八][零一二三四五六七八九]{6,7}")
MOBILE_DIGITS = 11
LEAST_SPOKEN = 0.5
"""Share of a stretch that must be digits as written before the rest of it is read by sound."""
MOST_TAIL = 4
"""Figures of a number that are told when only its end is put right."""
SHORTEST = 3
"""Digits in a row below which a stretch is not taken for a number."""


@lru_cache(maxsize=4096)
def by_sound(character: str) -> str:
    """The digit that a character sounds like; empty when it is none."""
    return SPOKEN.get(character) or SOUNDS.get(lazy_pinyin(character, style=Style.NORMAL)[0], "")


def read(text: str) -> str:
    """The text with digits that the understanding reads; everything else as it was.

    Characters that only sound like a digit are taken for one inside a stretch that is mostly digits.
    """
    result, place = "", 0
    while place < len(text):
        end = place
        while end < len(text) and by_sound(text[end]):
            end += 1
        stretch = text[place:end]
        written = sum(character in SPOKEN for character in stretch)
        if written >= SHORTEST and written >= LEAST_SPOKEN * len(stretch):
            result += _digits(stretch)
        else:
            result += stretch or text[end]
        place = max(end, place + 1)
    return result


def _digits(stretch: str) -> str:
    """A stretch that is mostly digits, as digits.

    Its first and last words may only sound like some (要…, …吧): they are digits if that makes the number complete.
    """
    read_whole = "".join(c if c in UNDERSTOOD else by_sound(c) for c in stretch)
    if telephone(read_whole):
        return read_whole
    places = [place for place, character in enumerate(stretch) if character in SPOKEN]
    first, last = places[0], places[-1] + 1
    return stretch[:first] + read_whole[first:last] + stretch[last:]


def figures(text: str) -> str:
    """All figures in a text, in hanzi."""
    return "".join(SPOKEN.get(character, "") for character in text)


def torn(text: str) -> bool:
    """Whether a telephone number is spoken of that was not heard as a whole."""
    named = any(word in text for word in ("电话", "手机", "号码"))
    longest = max(map(len, re.findall(f"[{''.join(SPOKEN)}]+", text)), default=0)
    return named and longest > MOST_TAIL and not telephone(text)


def telephone(text: str) -> str:
    """The telephone number in a text, in hanzi digits; empty when there is none that is complete."""
    plain = "".join(SPOKEN.get(character, character) for character in text)
    stretches = re.findall(f"[{DIGITS}]+", plain)
    if found := next((stretch for stretch in stretches if MOBILE.fullmatch(stretch)), ""):
        return found
    return stretches[0] if len(stretches) == 1 and LANDLINE.fullmatch(stretches[0]) else ""
