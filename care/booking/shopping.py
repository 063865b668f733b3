"""A list of things to be bought, told anew: less of one (面粉两斤就够), without one (酱油还有，别买), or only some (就是面粉和鸡蛋)."""

from __future__ import annotations

import re

from care.booking import clause
from care.booking.hearing import bare, is_question

_PIECE = re.compile(r"[^，。,；;！!？?\s]+")
_ITEM = re.compile(rf"(?:(?!{clause.MEASURED.pattern})[^，,、])*(?:{clause.MEASURED.pattern})(?:(?!{clause.MEASURED.pattern})[^，,、])*")
_NOT = re.compile(r"(?:别|莫|甭|不用|不要|不必|唔使|不|免)(?:再)?(?:买|带|捎|要|了|$)|还有|有了|够了(?!就)|不缺|免了|去掉|划掉")
_AMOUNT = re.compile(rf"[一两二三四五六七八九十半几0-9]+{clause.UNIT}")
_NOT_SO_MUCH = re.compile(r"(?:不要|不用|要不了|用不了|吃不了|不是)$")
_ONLY = re.compile(r"^(?:那|好|行|嗯|对|哎|，)*(?:就|只|光|单)(?:是|要|买|带|捎|剩)?")
_ENOUGH = re.compile(r"够|就行|就好|就成|太[多少]|[多少]了")


def restated(items: str, text: str) -> str:
    """The list as it is told now; the same list where nothing told concerns it."""
    listed = [item.strip("，,、和跟") for item in _ITEM.findall(items)]
    kept = {item: _noun(item) for item in listed}
    only: set[str] = set()
    before: list[str] = []
    for piece in _PIECE.findall(text):
        named = [item for item in kept if kept[item] and kept[item] in piece]
        amount = _AMOUNT.search(piece)
        if is_question(piece):
            continue
        if amount and len(named) == 1 and _NOT_SO_MUCH.search(piece[: amount.start()]):
            pass  # 鸡蛋不要两斤
        elif _NOT.search(piece):
            for item in named or before:
                del kept[item]
            named = []
        elif amount and len(named) == 1 and not (_ENOUGH.search(piece) and re.search("太", piece)):
            kept = {amount.group() + noun if item in named else item: noun for item, noun in kept.items()}
            named = [amount.group() + _noun(named[0])]
        elif amount and not named and len(before) == 1 and _ENOUGH.search(piece):
            noun = kept[before[0]]
            kept = {amount.group() + noun if item in before else item: word for item, word in kept.items()}
        if _ONLY.match(piece):
            only |= set(named)
        before = [item for item in named if item in kept]
    if only:
        kept = {item: noun for item, noun in kept.items() if item in only}
    return "，".join(kept) if kept and list(kept) != listed else items


def repeats(items: str, text: str) -> bool:
    """Whether words only count up again what is on the list."""
    told = clause.goods(text).split("，")
    return bool(told[0]) and all(one in items for one in _ITEM.findall(clause.goods(text)) or told)


def _noun(item: str) -> str:
    """The thing without its amount: 五斤面粉 → 面粉."""
    found = list(clause.MEASURED.finditer(item))
    behind, ahead = bare(item[found[-1].end() :]), bare(item[: found[0].start()])
    return (behind or ahead).removeprefix("的")
