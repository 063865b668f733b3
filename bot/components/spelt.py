"""Names of which the signs are spelt out: 龙应钦，龙虎的龙，应该的应 and 姓张，弓长张，叫桂芳 are a name and nothing else.

The words that spell may name anything (明天的明); nobody else is to look into them.
"""

from __future__ import annotations

import re
from typing import Iterator, List

from bot.components.people_places import GIVEN, NEVER_IN_NAME, NOT_CALLED, SURNAMES
from bot.components.spans import Span

PAUSE = r"[，,、。；; ]*"
BUILT = (
    r"(?:三横|三划|木子|十八子|弓长|长弓|立早|音十|文刀|卯金刀?|耳东|东耳|木易|草字?头|大肚|走肖|小月|口天|古月|双人旁?|双立人|单人旁?|言午|人可|双木|干[勾钩]|禾呈"
    r"|三点水|两点水|言射|关耳|奠耳|西早|双口|两口|女良|田力|西女|宝盖头?|竹字?头|[木女王金火土石马米言]字?旁|绞丝旁?|提手旁?|耳刀旁?|四维|国字?框|大写|繁体)"
)
"""How surnames and rare signs are told by what they are made of."""
OF = r"的(?:那一?个|这一?个|那|这)?"
BEHIND = r"(?=$|[，,。 ！!、；;]|住|今年|电话|手机|\d|[啊呀哈嘛哦]|他|她|不是)"
LED = r"(?:^|(?<=[，,、。；; ])|(?<=[叫是系姓名]))"


def _unit(*groups: str) -> str:
    """Words that spell one of the signs in these groups (龙虎的龙, 那个弓长张, 笑容满面的笑容)."""
    signs = "|".join(f"(?P={group})" for group in groups)
    return rf"(?:{PAUSE}(?:(?:{signs})?(?:就)?是|那个)?(?:{GIVEN}{{1,5}}?{OF}(?:{signs})|{BUILT}(?:{OF})?(?:{signs}))字?儿?[啊呀哈嘛哦]?)"


IN_FULL = re.compile(rf"{LED}(?P<name>(?P<a>{SURNAMES})(?P<b>{GIVEN})(?P<c>{GIVEN})?){_unit('a', 'b', 'c')}+")
"""A name with the words that spell it (丁桂兰，甲乙丙丁的丁)."""
PAIR_IN_FULL = re.compile(rf"{LED}(?P<name>(?P<a>{SURNAMES})(?P<b>{GIVEN}{{2}})){_unit('a', 'b')}+")
"""The same where both signs of the given name are spelt at once (麦笑容，小麦的麦，笑容满面的笑容)."""
APART = re.compile(
    rf"姓(?P<a>{SURNAMES}){_unit('a')}*{PAUSE}(?:(?:大|全)?名字?(?:就)?(?:叫做?|是|系)?|叫做?|(?=(?P=a))){PAUSE}(?P<b>{GIVEN}{{1,3}}?)(?:{_unit('a', 'b')}+|{BEHIND})"
)
"""Surname and given name told one after the other (姓黎，名叫顺娣; 姓龙，龙虎的龙，叫应钦)."""
BUILT_FIRST = re.compile(rf"(?:{LED}|姓){BUILT}(?:{OF})?(?P<a>{SURNAMES})字?{PAUSE}(?:叫做?)?(?P<b>{GIVEN}{{1,3}}?)(?:{_unit('a', 'b')}+|{BEHIND})")
"""木子李，秀英; 弓长张，张桂芳."""
ONE_BY_ONE = re.compile(rf"^{PAUSE}(?P<units>(?:{GIVEN}{{0,3}}?(?P<s>{GIVEN}){GIVEN}{{0,3}}?{OF}(?P=s)字?{PAUSE}){{2,4}})$")
"""Nothing but the signs (龙虎的龙，应该的应，钦差的钦)."""
SIGN = re.compile(rf"{OF}(?P<sign>{GIVEN})字?(?=$|[，,、。；; ]|{GIVEN}{{2,4}}的)")
SURNAME = re.compile(f"(?:{SURNAMES})")


def spelt(text: str) -> List[Span]:
    """The names that are spelt; a span covers the name with all the words that spell it."""
    return next((found for found in map(list, (_whole(text), _in_parts(text), _by_signs(text))) if found), [])


def _whole(text: str) -> Iterator[Span]:
    found = [match for pattern in (IN_FULL, PAIR_IN_FULL) for match in pattern.finditer(text) if _may_be(match["name"])]
    if found:
        longest = max(found, key=lambda match: match.end() - match.start())
        yield Span("person_name", longest["name"], longest.start(), longest.end())


def _in_parts(text: str) -> Iterator[Span]:
    for pattern in (APART, BUILT_FIRST):
        for match in pattern.finditer(text):
            surname, given = match["a"], match["b"]
            name = given if given.startswith(surname) and len(given) > 1 else surname + given
            if _may_be(name) and not given.startswith(("小", "老", "名")) and len(name) > len(surname):
                yield Span("person_name", name, match.start(), match.end())
                return


def _by_signs(text: str) -> Iterator[Span]:
    match = ONE_BY_ONE.search(text)
    name = "".join(sign["sign"] for sign in SIGN.finditer(match["units"])) if match else ""
    if len(name) > 1 and SURNAME.match(name) and _may_be(name):
        yield Span("person_name", name, match.start("units"), match.end("units"))


def _may_be(name: str) -> bool:
    return len(name) <= 4 and not set(name) & set(NEVER_IN_NAME) and not NOT_CALLED.search(name)


def without(text: str, spans: List[Span]) -> str:
    """The text with pauses in the place of these spans, one sign for one."""
    for span in spans:
        text = text[: span.start] + "，" * (span.end - span.start) + text[span.end :]
    return text
