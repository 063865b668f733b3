"""A telephone number told in pieces, one turn after the other: 一三八 … 零零一三 … 八零零零."""

from __future__ import annotations

import re

from care.booking import contact

LONGEST_PIECE = 7
"""A longer run that is no whole number is one of which digits were missed."""
_DIGIT = "[0-9零〇洞一幺二两三四五六七八九]"
_AROUND = r"(?:嗯|哎|啊|喂|哦|那|就|打|用|留|记|写|给|找|我|您|她|他|妈|爸|老人|的|电话|手机|座机|号码?|前面|开头|先|然后|后面|后头|接着|接下来|中间|最后|还有|再|是|吧|呢|哈|嘛|了|完|没|[，,。、 ])*"
_PIECE = re.compile(rf"{_AROUND}(?P<digits>{_DIGIT}(?:[，,、 ]*{_DIGIT})*){_AROUND}")
_MOBILE, _WITH_AREA, _LANDLINE = 11, 10, 7


def piece(text: str) -> str:
    """The digits of words that are nothing but a few of them; else empty."""
    found = _PIECE.fullmatch(text.strip("。！!？? "))
    digits = re.sub(r"\D", "", found["digits"].replace("洞", "0").translate(contact.HANZI_DIGITS)) if found else ""
    return digits if len(digits) <= LONGEST_PIECE else ""


def joined(first: str, more: str) -> str:
    """The number so far with a further piece; what begins it anew or is too much for it takes its place."""
    if more.startswith(first):
        return more
    return first + more if len(first + more) <= _MOBILE else more


def unfinished(digits: str) -> bool:
    """Whether these can be the first digits of a number of which more are to come."""
    if digits.startswith("1"):
        return len(digits) < _MOBILE and bool(re.match(r"1(?:[3-9]|$)", digits))
    return len(digits) < (_WITH_AREA if digits.startswith("0") else _LANDLINE)
