"""Chinese numerals as people say them: 二十三, 廿三, 两百五, 俩, 一百零八, 幺三八."""

from __future__ import annotations

import re
from typing import Optional

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
DIGITS.update({"〇": 0, "两": 2, "俩": 2, "仨": 3, "幺": 1, "壹": 1, "贰": 2, "叁": 3, "洞": 0})
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
NUMBER = r"(?:\d+|[零〇一二两三四五六七八九十廿百千]+)"
"""A number in digits or characters, as part of a pattern."""
SMALL = r"(?:\d{1,2}|[一二两三四五六七八九十廿]{1,3})"
"""A number of a clock or calendar."""
_TAIL = re.compile(r"([百千万])([一二三四五六七八九])$")


def number(text: str) -> Optional[int]:
    """The value, or None if the text is no numeral. 两百五 is 250, 一千二 is 1200."""
    if re.fullmatch(r"\d+", text):
        return int(text)
    if not text or any(c not in DIGITS and c not in UNITS and c != "廿" for c in text):
        return None
    text = text.replace("廿", "二十")
    if not any(c in UNITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    tail = _TAIL.search(text)
    if tail:
        text += {"百": "十", "千": "百", "万": "千"}[tail[1]]
    total = part = 0
    digit: Optional[int] = None
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c == "万":
            total, part, digit = (total + part + (digit or 0)) * UNITS[c], 0, None
        else:
            part += (1 if digit is None or (digit == 0 and c == "十") else digit) * UNITS[c]
            digit = None
    return total + part + (digit or 0)


def digits(text: str) -> str:
    """Digits read one by one: 幺三八零零 → 13800; other characters are dropped."""
    return "".join(c if c.isdigit() else str(DIGITS[c]) for c in text if c.isdigit() or c in DIGITS)
