"""Telephone numbers as people dictate them: digits or hanzi, in groups, also in two breaths."""

from __future__ import annotations

import re

from care.conversation.model import Conversation

HANZI_DIGITS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
SEPARATORS = re.compile(r"(?<=\d)[\s\-—–、，,.。·]+(?=\d)")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
LANDLINE = re.compile(r"(?<!\d)(?:0\d{9,11}|[2-8]\d{6,7})(?!\d)")
PEOPLE = "booking_people"
"""Memory key under which a booking keeps who it was for."""
PART = re.compile(r"(?<!\d)\d{3,10}(?!\d)")


def _digits(text: str) -> str:
    return SEPARATORS.sub("", re.sub(r"(?<=\d)(?:然后|后面是|再是|后面|接着)(?=\d)", "", text.translate(HANZI_DIGITS)))


def find_phone(text: str) -> str | None:
    """The telephone number in a text, as digits; the last one if there are several."""
    plain = _digits(text)
    found = MOBILE.findall(plain) or LANDLINE.findall(plain)
    return found[-1] if found else None


def part_of_phone(text: str) -> str:
    """A piece of a number that is still being dictated (3 to 10 digits), or nothing."""
    found = PART.findall(_digits(text))
    return found[-1] if found else ""


def joined(first: str, second: str) -> str | None:
    """Two pieces as one mobile number, if they make one."""
    whole = first + second
    return whole if MOBILE.fullmatch(whole) else None


def reachable(conversation: Conversation) -> str:
    """Where to call the speaker back: the line's own number, else one told in what is open or with a booking made here."""
    told = [
        conversation.recall(PEOPLE, {}),
        *(draft for draft in conversation.drafts.values() if isinstance(draft, dict)),
    ]
    numbers = (one.get("asker_phone") or one.get("phone") for one in reversed(told))
    return conversation.phone or next(filter(None, numbers), "")
