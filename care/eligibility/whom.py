"""For whom a check is: the person asked for, apart from those who are only mentioned; and how they are spoken of."""

from __future__ import annotations

import re
from functools import lru_cache

from care.eligibility.rules import load
from care.eligibility.words import NUMERAL, words_of
from care.told_of import OWNER, SOMEBODY_NEAR
from care.turn import Turn

SELF = "self"

KIN = r"(?:大伯|二伯|伯伯|叔叔?|姑姑?|姑妈|舅舅?|大哥|二哥|哥哥?|弟弟?|姐姐?|妹妹?|嫂子?|大姐|姨)"

BYSTANDER = re.compile(
    r"就(?:剩)?我(?:们)?(?:自己)?(?:跟|和|同|与)(?:老伴|老头子?|老太婆|爱人|老婆|老公)|(?:跟|和|同|与|带着|靠|照顾|服侍)(?:我|她|他)?(?:老伴|老头子?|老太婆|爱人|老婆|老公)(?=[^，]{0,6}(?:住|过|一起|两个|俩|在家))"
    rf"|(?:跟|和|同|与|带着|靠)(?:我|俺|额|她|他)?(?:们)?{KIN}(?:们|一家|家|他们|两口子?)*(?=[^，]{{0,4}}(?:住|过|一起|一块))"
    rf"|(?:有)?(?:我|俺|额)?{KIN}[^，]{{0,4}}(?:照顾|伺候|陪着|服侍|照看|帮我|给我)|老?两口子?"
    r"|(?:我)?是[^，]{1,8}的(?:老婆|老公|爱人|妻子|丈夫|堂客)|(?:老伴儿?|老头子?|老倌子?|老太婆|老婆子?|老公|爱人|堂客|婆娘|婆姨|屋里头|那口子)(?:他|她)?(?:早就?|先|都|就|已经|也|前年|去年|今年|前几年|上个?月|头几年)*(?:走(?!路|动|不)|去世|过世|不在|没(?:了|咧|哒|得早)|死|过身|过背|殁|老了人)[了咗哒咧]?"
)
"""Husbands, wives and kin who are only mentioned."""

DEAD = re.compile(
    r"(?:我|俺|额)?(?:老)?(?:爸爸?|妈妈?|爹|娘|父亲|母亲|公公|婆婆|爷爷|奶奶|外公|外婆|叔叔?|婶子?|伯伯?|姑父|姨父|姑妈|姨妈)(?:是|当过?)?(?:军人|兵|烈士)?，?"
    r"(?:早就|早|都|已经|也|前年|去年|前几年|走得|在部队|因公|为国)*(?:(?:走|殁)(?:了|得早)(?=，|$|[一二三四五六七八九十两几好多]+年)|去世|过世|不在了|没[了的]|死了|过身|牺牲)"
)
"""Parents and kin who are no longer alive."""

STRANGER = re.compile(
    SOMEBODY_NEAR.pattern.replace("?P<who>", "?:") + "|" r"(?:隔壁|对门|楼[上下]|邻居|邻家|门口|同村|村里)(?:家|的|那个)?(?:老)?[\u4e00-\u9fff]?(?:老|大|二|三)?(?:奶奶|爷爷|大?爷|大?妈|大?娘|婆婆?|公|伯|叔|婶子?|姨|嫂|哥|姐|太太)"
)
"""A neighbour called as one calls kin: 对门吴奶奶."""

OF_ONESELF = re.compile(
    r"(?:^|(?<=[，是个]))(?:[我俺额](?:是|就)?)?(?:一)?个?(?:五保|特困|低保|残疾|孤|单身|瘫|独居|空巢|聋|瞎|吃(?:五|低)保)(?:户)?的?[^，我俺额她他]{0,2}?老(?:头子?|汉|婆子|太婆|倌|太太?)(?!是|也|都|的)"
)
"""What somebody calls themselves by their state: 我是个五保老婆子, 孤老头子一个; no wife or husband is meant."""

CARED_FOR = re.compile(r"照[顾料看]|伺候|服侍|守着|陪")
SPOUSE = re.compile(r"老伴|老头|老太婆|爱人|老婆|老公|屋里头|堂客|丈夫|妻子|媳妇|婆姨|当家的|那口子")

DISTANT = re.compile(
    r"[大小老二三四五六]?(?:姑(?!娘)|姨|舅|婶|伯|叔)(?:妈妈?|爹|娘|爸爸?|母|父|婆|公|爷爷?|奶奶?)|(?:表|堂|干)(?:爹|妈|爷|奶|叔|伯|姑|舅)"
    r"|[二三四五六][大姑姨舅婶伯叔](?:爷|妈|娘|爹)?|(?:我|俺|额)(?:们)?家?大(?:爷|娘|妈)(?!家)"
)
"""Uncles and aunts, whose names hold those of nearer kin (姑妈, 舅公)."""

MENTIONED = frozenset({"sibling", "child", "friend"})
"""Kin and friends who are mostly only mentioned where an elder is named as well (我兄弟在西安)."""

ABOUT_SOMEBODY = re.compile(rf"(?:{NUMERAL})|残|低保|特困|五保")

NEIGHBOURS = re.compile(
    r"^(?:可是?|但是?|像|看(?:见|到)?|因为|我们?|俺们?|咱们?|那|就)*(?:楼[上下]|隔壁|对门|邻居|邻舍|人家|别人|别家|同事|老?同学|战友|同村|村里的?|[张王李赵刘陈杨黄周吴孙朱胡郭何林罗高梁][大老二三]?(?:爷|妈|娘|伯|叔|婶|姨|哥|姐|奶奶|爷爷))"
)
"""A part of a sentence about somebody who is none of the family."""

FIRST = 2
"""Characters that may stand before the person of whom a part of a sentence tells."""

THEIRS = re.compile(r"^(?:他|她|佢|人家)")
SAYS = re.compile(r"说|讲|告诉|听|问|替|帮")
WITH_THEM = re.compile(r"照[顾看料]|伺候|服侍|陪|一起|一块|同住|跟|和|带|住|在家|军|兵|烈|牺牲|因公")
"""Words that tie somebody only mentioned to the person spoken of."""

ELDERS = frozenset({
    "mother", "father", "mother_in_law", "father_in_law", "wifes_mother", "wifes_father", "grandmother", "grandfather",
    "aunt_uncle",
})  # fmt: skip

IN_LAW = re.compile(r"丈母娘|岳母|老丈人|岳父|丈人")

WIFES = {"mother_in_law": "wifes_mother", "father_in_law": "wifes_father"}
"""How a man's in-laws are called differs from how a woman's are."""

OWN_AGE = re.compile(rf"(?:我|俺|额)(?:今年|都|也|快|已经|上个月|刚)*(?:满|是)?(?:{NUMERAL})(?!的)")
"""“我今年七十九”: whoever tells their age speaks of themselves."""


ASKS_FOR_SELF = re.compile(r"[我俺额](?:自己|本人)?(?:能不能|可不可以|能|够不够|有没有资格|算不算)")
FOR_SOMEBODY = re.compile(r"(?:给|帮|替|为|代)[我俺额]?")
ILL = re.compile(r"瘫|失智|痴呆|糊涂|失能|卧床|动不了|不能动|中风|偏瘫|不能自理|起不来|下不了床|躺")


@lru_cache
def _relation_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((e["relation"], re.compile("|".join(e["when"]))) for e in load("relations"))


def relation(turn: Turn) -> str | None:
    """For whom; none when the turn does not say. “我妈” counts, a mere “我” means oneself."""
    said_whole = words_of(turn.text)
    whole = OWNER.sub("", said_whole)
    own = whole.replace("老公公", "公公")
    own = own if CARED_FOR.search(own) else OF_ONESELF.sub("我", own)
    words = STRANGER.sub("邻居", DEAD.sub("", BYSTANDER.sub("", own)))
    near = DISTANT.sub("亲戚", words)
    heard = [e for e in turn.of("relation") if e.text not in said_whole or e.text in near]
    said = _meant([(e.value, e.text) for e in heard if e.value != "spouse" or SPOUSE.search(words)], words)
    if not set(said) - {SELF}:
        said = (
            ["neighbour"] if "邻居" in words and STRANGER.search(whole) else ["aunt_uncle"] if near != words else said
        )
    if OWN_AGE.search(words) and not _asks_for_elder(near):
        return SELF
    if {"mother", "father"} <= set(said):
        return "parents"
    if said and said[-1] != SELF:
        return WIFES.get(said[-1], said[-1]) if IN_LAW.search(words) else said[-1]
    for name, expression in _relation_words():
        if expression.search(near):
            return name
    if said:
        return SELF
    return (
        SELF if re.search(r"我(?:自己|本人|今年|能|可以|是|有|一个人|这样|这种|够)|^(?:俺|额)(?!们)", words) else None
    )


def _asks_for_elder(words: str) -> bool:
    """Whether a caller who tells their own age asks for an elder of whom something is told too: 我五十二，我婆婆七十八."""
    if ASKS_FOR_SELF.search(words):
        return False
    parts = [
        part
        for part in OWN_AGE.sub("我", words).split("，")
        if ABOUT_SOMEBODY.search(part) or FOR_SOMEBODY.search(part)
    ]
    elders = [expression for name, expression in _relation_words() if name in ELDERS]
    return any(expression.search(part) for part in parts for expression in elders)


def cared_for(turn: Turn) -> str | None:
    """Of whom an illness is told, where a benefit is for those who care: 我奶奶失智，我妈带着她，我妈去培训有补贴吗."""
    for part in words_of(turn.text).split("，"):
        if not ILL.search(part) or DISTANT.search(part):
            continue
        named = [(hit.start(), name) for name, expression in _relation_words() if (hit := expression.search(part))]
        if named:
            return min(named)[1]
    return None


def _meant(said: list[tuple[str, str]], words: str) -> list[str]:
    """The people named without those who are only mentioned beside an elder of whom something is told."""
    if not any(name not in MENTIONED and name != SELF for name, _ in said):
        return [name for name, _ in said]
    parts = words.split("，")
    told = [name for name, text in said if any(text in part and ABOUT_SOMEBODY.search(part) for part in parts)]
    return [name for name, _ in said if name not in MENTIONED or name in told]


def without_others(words: str, name: str | None) -> str:
    """The words without the parts that only tell of somebody else: 楼上王大爷是低保，他家给改了."""
    kept: list[str] = []
    of_another = False
    for part in words.split("，"):
        of_another = _tells_of_another(part, name) or of_another and bool(THEIRS.match(part))
        if not of_another:
            kept.append(part)
    return "，".join(kept)


def _tells_of_another(part: str, name: str | None) -> bool:
    if WITH_THEM.search(part) or SAYS.search(part):
        return False
    if NEIGHBOURS.match(part):
        return name not in ("neighbour", "client", "friend")
    if name not in ELDERS:
        return False
    there = {
        other for other, expression in _relation_words() if (hit := expression.search(part)) and hit.start() <= FIRST
    }
    return bool(there & ELDERS) and name not in there and not DISTANT.match(part)


def who(name: str | None) -> str:
    """How the person is spoken of: 您, 您妈妈, 那位老人."""
    if name in (None, SELF):
        return "您"
    return next((e["who"] for e in load("relations") if e["relation"] == name), "那位老人")
