"""Portions that are not all alike: 一份软的，一份糖尿病的; 我妈不吃辣，我爸糖尿病; 四个人，有一个吃素."""

from __future__ import annotations

import re

from care.booking import particulars
from care.booking.data import slot, values
from care.booking.hearing import Hearing

_PIECES = re.compile(
    r"[，。,；;、\s]+|(?=另?[一两三四五1-5](?:份|个人?|位))|(?<=[^给帮替和跟同与])(?=(?:我|俺)?(?:老伴|老头子|老太婆|老婆|爸|妈|爹|娘|爷爷|奶奶|他|她))|(?=[我俺](?:自己|要|吃|有|血糖|血压|牙|不吃|呢))"
)
_PERSON = re.compile(r"老伴|老头子|老太婆|老婆|爸|妈|爹|娘|爷|奶|他|她|我|俺")
_COUNT = re.compile(r"([一两二三四五1-5])(?:份|个人?|位)")
_ALL = re.compile(r"都|全|换|改")
"""Words with which a diet is for every portion."""
_ONE = {"一": 1, "1": 1, "两": 2, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4, "五": 5, "5": 5}


def read(hearing: Hearing, found: list[str]) -> None:
    """Takes how many portions are of which diet, where the words say so; a diet for everybody makes them alike again."""
    draft = hearing.draft
    plain = slot("diet")["none"]
    shares: dict[str, int] = {}
    people, eats_all = [], False
    for piece in _PIECES.split(hearing.turn.text):
        diets = [code for code in particulars.from_words(piece, "diet", asked=False) if code in values("diet") and code != plain]
        if not diets:
            eats_all = eats_all or bool(_PERSON.search(piece)) and plain in particulars.from_words(piece, "diet", asked=True)
            continue
        count, person = _COUNT.search(piece), _PERSON.search(piece)
        if not count and not person:
            draft.shares = {} if _ALL.search(piece) else draft.shares
            return
        people += [person.group()] if person and not count else []
        shares[diets[0]] = _ONE[count.group(1)] if count else shares.get(diets[0], 0) + 1
    total = sum(shares.values())
    several = len(shares) > 1 and (not people or len(set(people)) > 1 or len(people) < len(shares))
    some = len(shares) == 1 and 0 < total < draft.quantity and (not people or eats_all)  # 老伴血糖高，我啥都吃
    if several and not draft.quantity and "quantity" in (hearing.item.slots if hearing.item else ()):
        draft.quantity = total
        hearing.set("quantity")
    if (several or some) and set(shares) <= set(found):
        draft.shares = shares
    elif shares or draft.shares:
        draft.shares = {}
