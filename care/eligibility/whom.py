"""For whom a check is: the person asked for, apart from those who are only mentioned; and how they are spoken of."""

from __future__ import annotations

import re
from functools import lru_cache

from care.eligibility.rules import load
from care.eligibility.words import NUMERAL, words_of
from care.turn import Turn

SELF = "self"

KIN = r"(?:大伯|二伯|伯伯|叔叔?|姑姑?|姑妈|舅舅?|大哥|二哥|哥哥?|弟弟?|姐姐?|妹妹?|嫂子?|大姐|姨)"

BYSTANDER = re.compile(
    r"就(?:剩)?我(?:们)?(?:自己)?(?:跟|和|同|与)(?:老伴|老头子?|老太婆|爱人|老婆|老公)|(?:跟|和|同|与|带着|靠|照顾|服侍)(?:我|她|他)?(?:老伴|老头子?|老太婆|爱人|老婆|老公)(?=[^，]{0,6}(?:住|过|一起|两个|俩|在家))"
    rf"|(?:跟|和|同|与|带着|靠)(?:我|俺|额|她|他)?(?:们)?{KIN}(?:们|一家|家|他们|两口子?)*(?=[^，]{{0,4}}(?:住|过|一起|一块))"
    rf"|(?:有)?(?:我|俺|额)?{KIN}[^，]{{0,4}}(?:照顾|伺候|陪着|服侍|照看|帮我|给我)|老?两口子?"
    r"|(?:我)?是[^，]{1,8}的(?:老婆|老公|爱人|妻子|丈夫|堂客)|(?:老伴|老头子?|老太婆|爱人|老婆|老公)(?:早就?|都|已经|也|前年|去年|前几年)?(?:走|去世|过世|不在|没了|死|过身)了?"
)
"""Husbands, wives and kin who are only mentioned."""

SPOUSE = re.compile(r"老伴|老头|老太婆|爱人|老婆|老公|屋里头|堂客|丈夫|妻子|媳妇|婆姨|当家的|那口子")

IN_LAW = re.compile(r"丈母娘|岳母|老丈人|岳父|丈人")

WIFES = {"mother_in_law": "wifes_mother", "father_in_law": "wifes_father"}
"""How a man's in-laws are called differs from how a woman's are."""

OWN_AGE = re.compile(rf"(?:我|俺|额)(?:今年|都|也|快|已经|上个月|刚)*(?:满|是)?(?:{NUMERAL})(?!的)")
"""“我今年七十九”: whoever tells their age speaks of themselves."""


@lru_cache
def _relation_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((e["relation"], re.compile("|".join(e["when"]))) for e in load("relations"))


def relation(turn: Turn) -> str | None:
    """For whom; none when the turn does not say. “我妈” counts, a mere “我” means oneself."""
    whole = words_of(turn.text)
    words = BYSTANDER.sub("", whole)
    said = [e.value for e in turn.of("relation") if e.text not in whole or e.text in words]
    said = [name for name in said if name != "spouse" or SPOUSE.search(words)]
    if OWN_AGE.search(words):
        return SELF
    if {"mother", "father"} <= set(said):
        return "parents"
    if said and said[-1] != SELF:
        return WIFES.get(said[-1], said[-1]) if IN_LAW.search(words) else said[-1]
    for name, expression in _relation_words():
        if expression.search(words):
            return name
    if said:
        return SELF
    return (
        SELF if re.search(r"我(?:自己|本人|今年|能|可以|是|有|一个人|这样|这种|够)|^(?:俺|额)(?!们)", words) else None
    )


def who(name: str | None) -> str:
    """How the person is spoken of: 您, 您妈妈, 那位老人."""
    if name in (None, SELF):
        return "您"
    return next((e["who"] for e in load("relations") if e["relation"] == name), "那位老人")
