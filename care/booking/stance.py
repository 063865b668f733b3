"""Whether something named is so, of the one the service is for: an illness, a diet, an aid, a way of walking, a task.

People deny in the same breath as they tell: 没有糖尿病，就是牙不好; 高血压倒没有; 皮肤没破; 骨折早好了; 轮椅不用. They deny several
things at once (没有糖尿病、高血压), doubt (不知道有没有糖尿病), and tell of others (我老伴有糖尿病，我没有). What is denied or somebody
else's must never stand in an order. The words are in care/data/booking/stance.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from care.booking import data
from care.booking.hearing import Hearing

_BREAK = re.compile(r"[，。,；;！!？?\n]")
_ILLNESS = re.compile(r"(?:病|血[压脂糖]|梗|中风|痛风|癌|炎|疮|烧|手术|症|哮喘|癫痫|慢支)$")
"""Ends of the names of illnesses, of which a list needs only one denial (没有高血压，心脏病)."""
_ME = re.compile(r"(?<![给帮替])[我俺额咱](?:自己|个人|本人)?(?:也|倒)?(?:(?=有|患|得[了过]|血|心脏|牙|腿|脚)|$)")
"""The speaker as the one of whom something is told."""


_CHILD = re.compile(
    r"(?:儿子|女儿|闺女|儿媳妇?|媳妇|女婿|孙子|孙女|外孙女?|崽|囡囡?|伢子|保姆|护工|阿姨)(?:他|她|自己|也|是|一直|老|本来|都)*(?:(?=血|心)|有|患|得了)?(?:个|点|过)*$"
)
"""Children and helpers, to whom no service goes, right before what they have."""
_TELLS = re.compile(r"说|讲|让|叫|喊|交代|嘱咐|劝|给我|帮我|不准")
"""Behind somebody who only says it."""


class _Words(NamedTuple):
    """The pieces of stance.yaml, put together."""

    before: re.Pattern[str]
    lookalike: re.Pattern[str]
    doubts: re.Pattern[str]
    joins: re.Pattern[str]
    joins_next: re.Pattern[str]
    behind: re.Pattern[str]
    inside: re.Pattern[str]
    all_of_them: re.Pattern[str]
    has: re.Pattern[str]
    illnesses: tuple[str, ...]


def denied(text: str, start: int, end: int, others: Iterable[str] = ()) -> bool:
    """Whether what is named there is denied, over, or not known.

    Args:
        others: words of other things that may be denied together with it (没有糖尿病、高血压).
    """
    words = _words()
    together = [*(word for word in others if word), *words.illnesses]
    if words.inside.search(text[start:end]) or words.behind.match(text[end:]):
        return True
    if words.all_of_them.match(_behind_all(text, end, together)) and not words.has.search(_before_all(text, start, end, together)):
        return True  # 高血压心脏病都没有
    lead = _before_all(text, start, end, together)
    return bool(words.doubts.search(lead) or words.before.search(lead) and not words.lookalike.search(lead))


def of_other(hearing: Hearing, start: int) -> bool:
    """Whether what is named there is told of somebody else than the one the service is for.

    A diet may be that of anyone who eats along.
    """
    draft, text = hearing.draft, hearing.turn.text
    begins = max((found.end() for found in _BREAK.finditer(text, 0, start)), default=0)
    said = [e for e in hearing.turn.of("relation") if e.end and begins <= e.start < start]
    last = max(said, key=lambda one: one.start, default=None)
    me = _ME.search(text, max(begins, last.end if last else 0), start)
    if _TELLS.search(text[last.end if last else begins : start]):
        return False  # 我老伴让少放盐
    if not me and _CHILD.search(text[begins:start]):
        return True
    if draft.for_other:
        others = {"self", "parents", "elder", *data.table("people")["not_family"]}
        return bool(me) or last is not None and draft.person not in others and last.value not in (draft.person, *others)
    shared = hearing.item is not None and "quantity" in hearing.item.slots and draft.quantity != 1
    return not shared and not me and last is not None and last.value != "self"


def _before_all(text: str, start: int, end: int, others: list[str]) -> str:
    """The words before something, without what is named together with it: a denial before all of them is its own too."""
    before = text[:start]
    named = _ILLNESS.search(text[start:end]) and (end == len(text) or _BREAK.match(text[end]))
    here = text[start:end]
    while True:
        rest = _words().joins.sub("", before)
        rest = rest.rstrip("，,") if named else rest
        other = next((word for word in sorted(others, key=len, reverse=True) if rest.endswith(word)), "")
        in_a_row = _ILLNESS.search(other) and _ILLNESS.search(here)  # 没有心脏病高血压
        if not other or rest == before and not in_a_row:
            return before
        before, here = rest.removesuffix(other), other


def _behind_all(text: str, end: int, others: list[str]) -> str:
    """The words behind something, without the illnesses named together with it."""
    behind = text[end:]
    while True:
        rest = _words().joins_next.sub("", behind)
        other = next((word for word in sorted(others, key=len, reverse=True) if rest.startswith(word) and _ILLNESS.search(word)), "")
        if not other:
            return behind
        behind = rest.removeprefix(other)


@lru_cache
def _words() -> _Words:
    table = data.table("stance")
    several = {name: "|".join(words.split()) for name, words in table.items()}
    between = rf"(?:{several['between']}){{0,3}}$"
    return _Words(
        re.compile(rf"(?:{several['denials']}){between}|(?:{several['unneeded']})(?:{several['done']}){{1,3}}$"),
        re.compile(rf"(?:{several['not_denials']}){between}"),
        re.compile(rf"(?:{several['doubts']}){between}"),
        re.compile(rf"(?:{several['joins']})+$"),
        re.compile(rf"^(?:{several['joins']})+"),
        re.compile(rf"(?:{several['subjects']}){{0,3}}(?:{several['stressed']}){{0,3}}(?:{several['over']})"),
        re.compile(several["inside"]),
        re.compile(rf"(?:{several['subjects']}){{0,3}}(?:{several['all']}){{1,2}}(?:{several['stressed']}){{0,2}}(?:{several['over']})"),
        re.compile(rf"(?:{several['has']})$"),
        tuple(table["illnesses"].split()),
    )
