"""Portions that are not all alike: 一份软的，一份糖尿病的; 我妈不吃辣，我爸糖尿病; 四个人，有一个吃素."""

from __future__ import annotations

import re

from care.booking import particulars
from care.booking.data import slot, values
from care.booking.hearing import Hearing

_PIECES = re.compile(
    r"[，。,；;、\s]+|(?=另?[一两三四五1-5](?:份|个人?|位))|(?<=[^给帮替和跟同与])(?=(?:我|俺)?(?:老伴|老头子?|老倌子?|老汉|老太婆|老太|老婆|老公|爱人|堂客|公公|婆婆|爸|妈|爹|娘|爷爷|奶奶|他|她))|(?=[我俺](?:自己|要|吃|有|血糖|血压|牙|不吃|呢|没|冇|随便|无所谓|啥都|什么都|都|正常))"
)
_PERSON = re.compile(r"老伴|老头子?|老倌子?|老汉|老太婆?|老婆|老公|爱人|堂客|公公|婆婆|爸|妈|爹|娘|爷|奶|他|她|我|俺")
_EATS_ALL = re.compile(
    r"(?:没|冇|无)(?:有|得)?(?:啥|什么|么子|咩|得)?(?:忌口?|讲究|戒口|毛?病|这个)?[的了啊呀嘛]*$|不(?:用|忌|挑|讲究)|随便|无所谓|都(?:行|可以|好|吃|中)|正常|普通|平常"
)
"""Words of somebody who may eat whatever there is (老头有糖尿病，我没有)."""
_COUNT = re.compile(r"([一两二三四五1-5])(?:份|个人?|位)")
_ALL = re.compile(r"都|全|换|改")
"""Words with which a diet is for every portion."""
_ONE = {"一": 1, "1": 1, "两": 2, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4, "五": 5, "5": 5}


def read(hearing: Hearing, found: list[str]) -> list[str]:
    """Takes how many portions are of which diet, where the words say so; a diet for everybody makes them alike again.

    Returns every diet of the order then: one portion told anew (一份是低糖的) leaves the others as they were.
    """
    draft = hearing.draft
    plain = slot("diet")["none"]
    shares: dict[str, int] = {}
    people, eats_all = [], False
    for piece in _PIECES.split(hearing.turn.text):
        diets = [code for code in _diets(hearing, piece) if code in values("diet") and code != plain]
        if not diets:
            alike = plain in particulars.from_words(piece, "diet", asked=True) or bool(_EATS_ALL.search(piece))
            eats_all = eats_all or bool(_PERSON.search(piece)) and alike
            continue
        count, person = _COUNT.search(piece), _PERSON.search(piece)
        if not count and not person:
            draft.shares = {} if _ALL.search(piece) else draft.shares
            return found
        people += [person.group()] if person and not count else []
        shares[diets[0]] = _ONE[count.group(1)] if count else shares.get(diets[0], 0) + 1
    total = sum(shares.values())
    several = len(shares) > 1 and (not people or len(set(people)) > 1 or len(people) < len(shares))
    some = len(shares) == 1 and 0 < total < draft.quantity and (not people or eats_all)  # 老伴血糖高，我啥都吃
    if several and not draft.quantity and "quantity" in (hearing.item.slots if hearing.item else ()):
        draft.quantity = total
        hearing.set("quantity")
    if (several or some) and set(shares) <= set(found):
        others = {code: n for code, n in draft.shares.items() if code not in shares}
        while others and total + sum(others.values()) > draft.quantity:
            others.popitem()
        if others and not people:
            draft.shares = {**others, **shares}
            return [*others, *(code for code in found if code not in others)]
        draft.shares = shares
    elif shares or draft.shares:
        draft.shares = {}
    return found


def _diets(hearing: Hearing, piece: str) -> list[str]:
    """The diets that a piece of the words names, by the words known here and by what was recognised in it."""
    heard = [str(e.value) for e in hearing.turn.of("diet") if e.end and e.text in piece]
    return list(dict.fromkeys([*heard, *particulars.from_words(piece, "diet", asked=False)]))
