"""What a sentence tells for a check: which benefit, for whom, and which facts, from entities and from the words."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

from care import clock, regions
from care.eligibility.conditions import ABILITIES, FLAGS, UNGRADED, VAGUE_POOR, Facts
from care.eligibility.rules import benefits, load
from care.policy.phrasings import nearest_topic
from care.turn import Turn

OF_SERVICE = {
    "home_adaptation": "home_adaptation", "home_bed": "home_bed", "ability_assessment": "assessment",
    "waitlist": "waitlist", "meal": "meals", "canteen": "meals", "respite": "respite", "visit": "visits",
    "carer_training": "carer_training", "family_doctor": "family_doctor", "home_nursing": "home_nursing",
    "disability_assessment": "disability_assessment", "aids_rental": "aids", "bath": "purchase",
    "cleaning": "purchase",
}  # fmt: skip
OF_TOPIC = {
    "consumption_subsidy": "consumption_subsidy",
    "meals": "meals", "six_helps": "purchase", "home_adaptation": "home_adaptation", "home_bed": "home_bed",
    "visits": "visits", "assessment": "assessment", "institution": "waitlist", "allowance": "allowance",
    "high_age_allowance": "high_age_allowance", "disability_allowance": "disability_allowance",
    "ltc_insurance": "ltc_insurance", "family_doctor": "family_doctor", "home_nursing": "home_nursing",
    "carer_training": "carer_training", "respite": "respite", "aids": "aids", "purchase": "purchase",
    "disability_help": "disability_assessment",
}  # fmt: skip
FIRST = (
    "consumption_subsidy", "disability_allowance", "disability_assessment", "high_age_allowance", "ltc_insurance", "home_bed",
    "home_adaptation", "respite", "family_doctor", "carer_training", "home_nursing", "allowance", "assessment",
    "waitlist", "visits", "purchase", "meals", "aids",
)  # fmt: skip
"""Benefits in the order in which their words are looked for: the special before the general."""
ASKS = re.compile(r"[能可够该]|符合|[管给]不|有没有|算不算|轮得|资格|享受|申请|[吗么嘛啵咩不没冇]$")
"""A part of a sentence that asks; the benefit named there is the one meant."""
ALIKE = ("特困|五保|低保边缘|低保|低收入|建档立卡|贫困", "[一二三四1-4]级", "轻度|中度|重度|完全失能")
"""Classes of which somebody is in one only."""
QUESTION_BACK = re.compile(r"[吗么？?]$|什么意思|怎么|为什么|干嘛|哪")
DONE = re.compile(r"过|了|没|有")
"""Words of something told, not asked for."""
CANTONESE = {
    "系唔系": "是不是", "会唔会": "会不会", "要唔要": "要不要", "唔系": "不是", "唔使": "不用", "屋企": "家里", "冇得": "没有",
}  # fmt: skip
"""Words that would hide a no, or a question."""
JOINED = re.compile(r"和|跟|还有|以及|与|同|加上|连同|连带|或者?|再")
"""What joins two things that are both asked for."""
BESIDE_A_NAME = 4
"""Characters that a part of a sentence may have beside a benefit's name and still only name it: “改厕所、送饭补贴能申请吗”."""
IN_GENERAL = re.compile("政策|待遇|福利")
"""Words for all that there is, which come near to no single benefit."""
FOR_ALL = re.compile(
    r"(?:能|可以|够|该|会|可)[^，]{0,6}(?:什么|啥|哪些|哪几|哪样|么子|乜|咩)[^，]{0,4}(?:补贴|补助|津贴|政策|待遇|福利|好处|优惠|照顾|服务|钱)?(?:呀|啊|呢|吗|不)?(?=，|$)"
    r"|(?:有|属于|符合|够)(?:没有|得)?(?:什么|啥|哪些|哪几|么子|乜|咩)[^，]{0,4}(?:补贴|补助|津贴|政策|待遇|福利|好处|优惠|照顾)(?=[^，]{0,6}(?:能|可以|给|够|我|她|他|老人)|，|$)"
)
"""A question for everything that somebody may have."""
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
HANZI = "零一二三四五六七八九"
NUMERAL = r"(?:1[0-1]\d|[4-9]\d|一百[零一二三四五六七八九十]*|[四五六七八九]十有?[一二三四五六七八九]?|[五六七八九][一二三四五六七八九](?=岁|了|，|$))"
AGE_SAID = re.compile(
    rf"(?<![0-9一二三四五六七八九十百第])({NUMERAL})(?:周?岁|多岁|来岁|几岁|出头|(?!来?多?[块元米平号斤分个天次毛楼栋路点份里年月级后万千百十零一二三四五六七八九0-9号幢单室户度寸厘两%]))"
)
AGE_BARE = re.compile(rf"({NUMERAL})")
AGE_ALONE = re.compile(rf"(?:^|，)(?:老人|今年|都|已经)*(?:{NUMERAL})(?:周?岁|多|来岁|出头|了)*(?:，|$)")
"""An age in a clause of its own: somebody's."""
OWN_AGE = re.compile(rf"(?:我|俺|额)(?:今年|都|也|快|已经|上个月|刚)*(?:满|是)?(?:{NUMERAL})(?!的)")
"""“我今年七十九”: whoever tells their age speaks of themselves."""
TWO = re.compile(r"两口|两个老|俩老|老俩|我们俩|(?:和|跟|同)老伴|老伴俩")
"""Two who live together: neither is alone."""
MEANING = re.compile(
    r"(?:是|叫)(?:个)?(?:啥|什么|么子|嘛)(?:意思|东西)?(?:呀|啊|嘛|来着)?$|(?:啥|什么|么子)(?:叫|是)|(?:啥|什么)意思|怎么算|咋算|不懂(?:啥|什么)"
)
"""Words that ask what something means: what they name is no fact."""
AGE_NEARLY = re.compile(
    r"(?:快要?|将近|不到|没到|还没|不满|没满|差(?:一点|点|一岁|几个月)|马上|就要|奔|眼看)(?:就|要|满|到|有|是)*$"
)
"""Words before an age that is not reached yet."""
AGE_LACKING = re.compile(r"岁?(?:还)?(?:差|欠)")
BORN = re.compile(
    r"(?<![0-9零〇一二三四五六七八九])(?:19|一九)?([1-6一二三四五六][0-9零〇一二三四五六七八九])年(?:的?(?:出生|生的?|生人|人)|的(?=，|$|，))"
)
"""The year of birth, as elders tell it: 四二年生的, 1943年出生."""
NOT_THAT = re.compile(
    r"(?:不是|不对|说错了?|搞错了?|错了|记错了?|讲错了?)[^，]*，(?=[^，]{0,4}(?:是|有|才|应该|评|住|今年|满)?)"
)
"""The part that a correction takes back; what comes after it counts."""
DENIAL = re.compile(r"(?:没有?|不是|不算|冇|并非|不属于|也?不|未|家里没(?:有)?(?:人)?)(?:什么|啥|得)?$")
REFUSAL = re.compile(
    r"(?:不|唔|莫)(?:太)?(?:想|愿意?|肯|好|方便|便)(?:跟你|和你)?(?:说|讲|回答|透露|告诉)|不告诉|保密|(?:莫|别|不要|少)(?:再)?问|不回答|跳过|关你"
)
DENIABLE = frozenset({UNGRADED, "unspecified"})
"""Values that a plain no before the words takes away: 没瘫, 没有卧床."""
VAGUE = frozenset({UNGRADED, "unspecified", VAGUE_POOR})
PRECISE = {
    "ability": frozenset(ABILITIES[1:]),
    "disability": frozenset({"level1", "level2", "level3", "level4"}),
    "income": frozenset({"tekun", "dibao", "dibao_edge", "low_income", "jiandanglika"}),
}
"""Values that a vague word beside them does not make vague."""
SHORT_ANSWER = 3
"""Parts of an answer up to which a “don't know” is meant for the question."""
QUICK_NO = re.compile(
    r"^(?:她|他|我)?(?:也|都|全)?(?:没有?|不是|不|无|否|都?没有?|都?不是|(?:啥|什么|哪样|哪个|一样|一个)(?:都|也)(?:不是|没有?|不沾|不占|没得|不算)|没得|冇|不用|不需要)(?:的|了|啊|呀|吧)*$"
)
QUICK_YES = re.compile(r"^(?:是|是的|对|对的|嗯|有|有的|要|需要|在|在的|对啊|是啊|要的|算是|差不多)(?:了|啊|呀|吧)*$")
NEVER_DONE = re.compile(r"(?:没|冇|未)(?:有)?(?:做|评|测|弄|搞|鉴定)过?")
"""“没做过” says something about an assessment, and no to nothing else."""
NO_IDEA = re.compile(r"不(?:知道|清楚|晓得|懂|明白|太清楚|太懂)|说不(?:好|清|准)|记不(?:得|清)|忘了|搞不清|不造|唔知")


def words_of(text: str) -> str:
    """The text without spaces, with one comma for any punctuation."""
    text = re.sub(r"(?<=[\u4e00-\u9fff0-9])\s+(?=[\u4e00-\u9fff0-9])", "，" if text.count(" ") > 1 else "", text)
    for said, plain in CANTONESE.items():
        text = text.replace(said, plain)
    return re.sub(r"[,.;:!?~…、，,。；：！？]+", "，", re.sub(r"\s+", "", text)).strip("，")


@lru_cache
def _benefit_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile("|".join(benefits()[code].words))) for code in FIRST)


@lru_cache
def _weak_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile("|".join(benefits()[code].weak))) for code in FIRST if benefits()[code].weak)


@lru_cache
def _fact_words() -> tuple[tuple[str, Any, re.Pattern[str]], ...]:
    return tuple((e["fact"], e["value"], re.compile("|".join(e["when"]))) for e in load("hearing"))


@lru_cache
def _answer_words() -> dict[str, tuple[tuple[str, Any, re.Pattern[str]], ...]]:
    return {
        asked: tuple((e["fact"], e["value"], re.compile("|".join(e["when"]))) for e in entries)
        for asked, entries in load("answers").items()
    }


@lru_cache
def _relation_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((e["relation"], re.compile("|".join(e["when"]))) for e in load("relations"))


def benefit(turn: Turn) -> str | None:
    """The benefit that a turn asks about: named where it asks, named anywhere, its service or topic, hinted at."""
    words = words_of(turn.text)
    asking = [part for part in words.split("，") if ASKS.search(part)]
    for parts in (asking, [words]):
        for code, expression in _benefit_words():
            if any(expression.search(part) for part in parts):
                return "disability_allowance" if code == "allowance" and "残" in words else code
    service, topic = turn.last("service"), turn.last("topic")
    if known := OF_SERVICE.get(service or "") or OF_TOPIC.get(topic or ""):
        return "disability_allowance" if known == "allowance" and "残" in words else known
    return next((code for code, expression in _weak_words() if expression.search(words)), None)


def benefits_asked(turn: Turn) -> list[str]:
    """Every benefit named where the words ask, in the order in which they are named.

    In one part of a sentence only those that are joined count: “做了能力评估能领补贴吗” asks for one thing.
    """
    found: list[str] = []
    parts = words_of(turn.text).split("，")
    for place, part in enumerate(parts):
        hits = _benefits_in(part)
        asks = ASKS.search(part.replace("能力", ""))
        bare = place + 1 < len(parts) and len(part) - sum(len(span) for span, _ in hits) <= BESIDE_A_NAME
        if not hits or not (asks or bare and not DONE.search(part)):
            continue
        here = [hits[-1][1]]
        for (before, code), (span, _) in reversed(list(pairwise(hits))):
            if not JOINED.search(part[before.stop : span.start]):
                break
            here.insert(0, code)
        found += here
    return list(dict.fromkeys(found))


def _benefits_in(part: str) -> list[tuple[range, str]]:
    """Where a part of a sentence names benefits; of names that overlap the more special one."""
    found: list[tuple[range, str]] = []
    for code, expression in _benefit_words():
        for hit in expression.finditer(part):
            span = range(hit.start(), hit.end())
            code = "disability_allowance" if code == "allowance" and "残" in part else code
            if not any(span.start < other.stop and other.start < span.stop for other, _ in found):
                found.append((span, code))
    return sorted(found, key=lambda one: one[0].start)


def likely_benefit(turn: Turn) -> str | None:
    """The benefit that the words come near to, when none is named: “有人定期上家里瞧他不” is about visits."""
    words = words_of(turn.text)
    parts = [part for part in words.split("，") if ASKS.search(part)]
    if IN_GENERAL.search(words):
        return None
    if not parts and (regions.find(words) or AGE_SAID.search(words)):
        return None  # who and where answer another question
    return next((found for part in (*parts, words) if (found := OF_TOPIC.get(nearest_topic(part)))), None)


def asks_for_all(turn: Turn) -> bool:
    """Whether somebody wants to know what there is for them at all: 我妈能享受哪些补贴."""
    words = words_of(turn.text)
    return bool(FOR_ALL.search(words)) and not any(named.search(words) for _, named in _benefit_words())


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


def number(text: str) -> int:
    """A spoken age as a number: 83, 八十三, 八三, 一百零二."""
    if text.isdigit():
        return int(text)
    if text.startswith("一百"):
        rest = text[2:].replace("零", "")
        return 100 + (number(rest) if rest else 0)
    if "十" in text:
        tens, _, ones = text.replace("有", "").partition("十")
        return (HANZI.index(tens) if tens else 1) * 10 + (HANZI.index(ones) if ones else 0)
    return int("".join(str(HANZI.index(sign)) for sign in text))


def facts(turn: Turn, asking: str = "") -> Facts:
    """The facts in a turn; the words win over the entities where both speak.

    Args:
        turn: what was said.
        asking: the question that was put: a bare number is an age only when the age was asked.
    """
    found = _from_entities(turn)
    words = _without_afterthought(words_of(turn.text))
    _from_words(words, found)
    rest = words
    while corrected := NOT_THAT.search(rest):
        rest = rest[corrected.end() :]
        _from_words(rest, found)
    if found.get("ability") == "unknown" and asking != "grade":
        del found["ability"]
    if "age" not in found and asking == "age" and (bare := AGE_BARE.search(words)):
        found["age"] = number(bare[1])
    return {**_in_answer(turn, asking, words), **found} if asking in load("answers") else found


def _in_answer(turn: Turn, asking: str, words: str) -> Facts:
    """What a short answer tells because one thing was asked: “在本地” about the registration, “跟儿子” about living."""
    if bare_answer(turn) is not None or QUESTION_BACK.search(words):
        return {}
    for fact, value, expression in _answer_words()[asking]:
        if expression.search(words):
            return {fact: value}
    return {}


def _without_afterthought(words: str) -> str:
    """“是特困，不是低保”: what it is counts, what it is not goes."""
    for names in ALIKE:
        words = re.sub(
            rf"((?<!不)是[^，]{{0,4}}(?:{names})[^，]{{0,4}})，(?:也)?不是[^，]{{0,2}}(?:{names})[^，]{{0,3}}(?=，|$)",
            r"\1",
            words,
        )
    return words


def _from_words(words: str, found: Facts) -> None:
    """Adds the facts that the words tell; of several ages the lowest, which promises least."""
    seen: set[str] = set()
    living: list[str] = []
    for fact, value, expression in _fact_words():
        hits = [] if fact in seen and fact != "living" else list(expression.finditer(words))
        if value in DENIABLE:
            hits = [hit for hit in hits if not _denied(words, hit)]
        if not hits:
            continue
        if fact in (*FLAGS, "living") and value is not False and all(_denied(words, hit) for hit in hits):
            if fact in FLAGS:
                found[fact] = False
        elif fact == "living":
            living.append(value)
        elif not (value in VAGUE and found.get(fact) in PRECISE[fact]):
            found[fact] = value
        seen.add(fact)
    if living:
        found["living"] = ["with_family"] if "with_family" in living else living
    if TWO.search(words) and found.get("living", []) != ["alone"]:
        found["living"] = [kind for kind in found.get("living", []) if kind != "alone"] or found.pop("living", [])
    if not found.get("living", True):
        del found["living"]
    if ages := _ages(words):
        found["age"] = min(ages)


def _ages(words: str) -> list[int]:
    """Every age told; 快九十了 and 不到八十 are a year less, a year of birth counts from this year."""
    said = [number(hit[1]) - _not_yet(words, hit) for hit in AGE_SAID.finditer(words)]
    return said or [clock.now().year - 1900 - _year(hit[1]) for hit in BORN.finditer(words)]


def _not_yet(words: str, hit: re.Match[str]) -> bool:
    return bool(AGE_NEARLY.search(words[: hit.start()]) or AGE_LACKING.match(words[hit.end() :]))


def _year(digits: str) -> int:
    return int(
        "".join(
            sign if sign.isdigit() else str("零一二三四五六七八九".index(sign.replace("〇", "零"))) for sign in digits
        )
    )


def _denied(words: str, hit: re.Match[str]) -> bool:
    """Whether a no stands right before the words: 没当过兵, 不是烈属, 没有失独."""
    return DENIAL.search(words[: hit.start()]) is not None


def _from_entities(turn: Turn) -> Facts:
    found: Facts = {}
    if (age := turn.last("age")) is not None:
        found["age"] = int(age)
    for entity in turn.of("fact"):
        name, value = entity.value["fact"], entity.value["value"]
        if name == "ltc_insured":
            continue  # whoever names the insurance in a question (能参加长护险吗) is not insured for that
        if entity.value.get("negative"):
            if name in FLAGS:
                found[name] = False
            elif name in ("income", "disability"):
                found[f"{name}_not"] = [*found.get(f"{name}_not", []), value]
            elif name == "ability":
                found["ability"] = "intact"
            elif name == "living":
                found["living"] = ["with_family"]
        elif name == "living":
            if value == "left_behind":
                found["left_behind"] = True
            else:
                found["living"] = [*found.get("living", []), value]
        elif name == "ability" and value not in (*ABILITIES, "disabled_unspecified"):
            continue
        else:
            found[name] = value
    if turn.last("mobility") in ("needs_arm", "wheelchair", "bedridden"):
        found.setdefault("ability", "disabled_unspecified")
    return found


def bare_answer(turn: Turn) -> str | None:
    """`yes`, `no`, `refused` or `unknown` when that is all that was said."""
    words = words_of(turn.text)
    if REFUSAL.search(words):
        return "refused"
    parts = words.split("，")
    if (NO_IDEA.search(words) and len(parts) <= SHORT_ANSWER) or turn.intent == "dont_know":
        return "unknown"
    if (
        QUICK_NO.match(parts[0])
        or QUICK_NO.match(parts[-1])
        or (turn.intent == "deny" and not NEVER_DONE.search(words))
    ):
        return "no"
    return "yes" if QUICK_YES.match(words) or turn.intent == "affirm" else None
