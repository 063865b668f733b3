"""What a sentence tells of a person for a check: the facts, from entities and from the words; and bare answers."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from care import clock, not_known
from care.eligibility.conditions import ABILITIES, FLAGS, UNGRADED, VAGUE_POOR, Facts
from care.eligibility.rules import load
from care.eligibility.whom import OWN_AGE, SELF, without_others
from care.eligibility.words import AGE_SAID, NUMERAL, number, words_of
from care.turn import Turn

ALIKE = ("特困|五保|低保边缘|低保|低收入|建档立卡|贫困", "[一二三四1-4]级", "轻度|中度|重度|完全失能")
"""Classes of which somebody is in one only."""
QUESTION_BACK = re.compile(r"[吗么？?]$|什么意思|怎么|为什么|干嘛|哪")
AGE_BARE = re.compile(rf"({NUMERAL})")
AGE_ALONE = re.compile(rf"(?:^|，)(?:老人|今年|都|已经)*(?:{NUMERAL})(?:周?岁|多|来岁|出头|了)*(?:，|$)")
"""An age in a clause of its own: somebody's."""
TWO = re.compile(r"两口|两个老|俩老|老俩|我们俩|(?:和|跟|同)老伴|老伴俩")
"""Two who live together: neither is alone."""
MEANING = re.compile(
    r"(?:是|叫)(?:个)?(?:啥|什么|么子|嘛)(?:意思|东西)?(?:呀|啊|嘛|来着)?$|(?:啥|什么|么子)(?:叫|是)|(?:啥|什么)意思|怎么算|咋算|不懂(?:啥|什么)"
)
"""Words that ask what something means: what they name is no fact."""
AGE_NEARLY = re.compile(
    r"(?:虚岁|毛岁|虚|(?:下个?月|明年|开年|开春|过了?年|过完年|年底|腊月|年后|来年|下半年)[^，0-9零一二三四五六七八九十]{0,4}|(?:再|还)(?:过|有|差|等)[^，]{1,4}|快要?|将近|不到|没到|还没|不满|没满|差(?:一点|点|一岁|几个月)|马上|就要|奔|眼看)(?:就|要|满|到|有|是)*$"
)
"""Words before an age that is not reached yet."""
AGE_LACKING = re.compile(r"岁?(?:还)?(?:差|欠|没到|不到|没满|不满|不足)")
AGE_PAST = re.compile(r"岁?(?:多|来岁|出头)?(?:的?那[年会时]|的?时候?|守寡|退休|下岗|嫁)")
AGE_SINCE = re.compile(r"(?:从|自从|打)$")
"""An age at which something once happened, told by what stands after or before it."""
OLD = 60
"""Of several ages told, one below this is somebody else's, or long past."""
BORN = re.compile(
    r"(?<![0-9零〇一二三四五六七八九])(?:19|一九)?([1-6一二三四五六][0-9零〇一二三四五六七八九])年(?:的?(?:出生|生的?|生人|人)|的(?=，|$|，))"
)
"""The year of birth, as elders tell it: 四二年生的, 1943年出生."""
NOT_THAT = re.compile(
    r"(?:不是|不对|说错了?|搞错了?|错了|记错了?|讲错了?)[^，]*，(?=[^，]{0,4}(?:是|有|才|应该|评|住|今年|满)?)"
)
"""The part that a correction takes back; what comes after it counts."""
OF_BENEFITS = re.compile(
    r"失能(?:老人|人员)?(?:的|那个|这个)*(?:护理|消费|养老|服务)*(?:补贴|津贴|补助|消费券|券|保险|险|评估|鉴定)"
    r"|(?:重度残疾|重残|重度)(?:老?人)?(?:的|才有的|那个|那份|那种|这个|领的|拿的|发的)*(?:残疾(?:人)?)?(?:生活|护理)?(?:的)?(?:补贴|补助|津贴|待遇|费用?|那份钱|那笔钱|钱)"
    r"|(?:经济|生活)?困难(?:的)?(?:高龄|失能)?(?:的)?(?:老年?人|残疾人|残疾)?(?:的)?(?:养老|生活|护理|服务)+(?:补贴|补助|津贴)"
    r"|残疾(?:人|老人)?(?:的)?(?:那|这)?(?:两项|两样|两种|两笔|护理|生活)*(?:的)?(?:补贴|补助|津贴|钱)"
)
"""Names of what one asks for, which tell nothing of the person."""
ELSE = re.compile(
    r"(?:工伤|伤残|军残|战残)(?:军人|等级|证|鉴定|证书)?[^，级]{0,3}[一二三四五六七八九十1-9]级|[一二三四五六七八九十1-9]级(?:的)?(?:工伤|伤残)"
    r"|(?:以前|原来|从前|早先|过去|早些年|那些?年|曾经)[^，]{0,4}(?:是|吃|拿|领|有)(?:过|着|了)?(?:的)?(?:低保|特困|五保)户?"
    r"|(?:正在|刚|刚刚|准备|打算|想|要|去|在|还在)(?:申请|办|报|弄|评)(?:了|着|个|一个|的)*(?:低保边缘|低保|特困|五保)|(?:低保|特困|五保)(?:户|证)?(?:还|正|刚)(?:在)?(?:办|申请|报|批|审|评)(?!了?下来|上|到)"
    r"|(?:能不能|会不会|是不是|有没有|可不可以|要不要|行不行)(?:够|生活|自己|老人|人)*(?:自理|动|走(?:路|动)?|照[顾料]|失能)"
    r"|七老八十"
)
"""Words like those of a fact that are none: grades of other scales, what somebody once was or only applies for."""
DENIAL = re.compile(r"(?:没有?|不是|不算|冇|并非|不属于|也?不|未|家里没(?:有)?(?:人)?)(?:什么|啥|得)?$")
REFUSAL = re.compile(
    r"(?:不|唔|莫)(?:太)?(?:想|愿意?|肯|好|方便|便)(?:跟你|和你)?(?:说|讲|回答|透露|告诉)|不告诉|保密|(?:莫|别|不要|少)(?:再)?问|不回答|跳过|关你"
)
NOT_REACHED = re.compile(
    r"(?:没|冇|未|不|唔)(?:有)?(?:是|能|算|评|够|达|定|批|办|到|给)*(?:得)?(?:上|到|成|着|为)?(?:证上)?(?:[一二三四1-4]级)?$"
)
"""Words before a grade that was not given: 没评上二级, 不到二级."""
DENIABLE = frozenset({UNGRADED, "unspecified"})
"""Values that a plain no before the words takes away: 没瘫, 没有卧床."""
VAGUE = frozenset({UNGRADED, "unspecified", VAGUE_POOR})
PRECISE = {
    "ability": frozenset(ABILITIES[1:]),
    "disability": frozenset({"level1", "level2", "level3", "level4"}),
    "income": frozenset({"tekun", "dibao", "dibao_edge", "low_income", "jiandanglika"}),
}
"""Values that a vague word beside them does not make vague."""
GRADES = {
    "level1": "(?:一级|1级|壹级)", "level2": "(?:二级|两级|2级)", "level3": "(?:三级|3级)", "level4": "(?:四级|4级)",
}  # fmt: skip
"""How the grades of disability are said, put in where the data writes {grade}."""
SHORT_ANSWER = 3
"""Parts of an answer up to which a “don't know” is meant for the question."""
QUICK_NO = re.compile(
    r"^(?:她|他|我)?(?:也|都|全|倒)?(?:(?:没有?|冇|无|没得)(?:什么|啥|得啥|么子|哪样|多大)?(?:的)?(?:困难|难处|毛?病|问题|别的|特别(?:的)?(?:情况)?|特殊(?:的|情况|困难)?|情况|这些|那些|这个|那个)|没有?|不是|不|无|否|都?没有?|都?不是|(?:啥|什么|哪样|哪个|一样|一个)(?:都|也)(?:不是|没有?|不沾|不占|没得|不算)|没得|冇|不用|不需要)(?:的|了|啊|呀|吧)*$"
)
QUICK_YES = re.compile(r"^(?:是|是的|对|对的|嗯|有|有的|要|需要|在|在的|对啊|是啊|要的|算是|差不多)(?:了|啊|呀|吧)*$")
NEVER_DONE = re.compile(r"(?:没|冇|未)(?:有)?(?:做|评|测|弄|搞|鉴定)过?")
"""“没做过” says something about an assessment, and no to nothing else."""
NO_IDEA = re.compile(r"不(?:知道|清楚|晓得|懂|明白|太清楚|太懂)|说不(?:好|清|准)|记不(?:得|清)|忘了|搞不清|不造|唔知")


@lru_cache
def _fact_words() -> tuple[tuple[str, Any, re.Pattern[str], re.Pattern[str] | None], ...]:
    """(fact, value, words that tell it, words of the same part of a sentence with which they tell it of somebody else)."""
    found: list[tuple[str, Any, re.Pattern[str], re.Pattern[str] | None]] = []
    for entry in load("hearing"):
        unless = re.compile(entry["unless"]) if "unless" in entry else None
        for value, grade in GRADES.items() if entry.get("graded") else ((entry["value"], ""),):
            words = "|".join(entry["when"]).replace("{grade}", grade)
            found.append((entry["fact"], value, re.compile(words), unless))
    return tuple(found)


@lru_cache
def _answer_words() -> dict[str, tuple[tuple[str, Any, re.Pattern[str]], ...]]:
    return {
        asked: tuple((e["fact"], e["value"], re.compile("|".join(e["when"]))) for e in entries)
        for asked, entries in load("answers").items()
    }


def facts(turn: Turn, asking: str = "", of: str | None = None) -> Facts:
    """The facts in a turn; the words win over the entities where both speak.

    Args:
        turn: what was said.
        asking: the question that was put: a bare number is an age only when the age was asked.
        of: the person spoken of; what is told of somebody else beside them is left out.
    """
    said = words_of(turn.text)
    own = ELSE.sub("", OF_BENEFITS.sub("", without_others(said, of) if of else said))
    own = OWN_AGE.sub("", own) if of not in (None, SELF) else own
    if own != said:
        turn = replace(turn, entities=tuple(e for e in turn.entities if e.text in own))
    found = _from_entities(turn)
    words = _without_afterthought(own)
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
    found: Facts = {}
    for part in words.split("，"):
        hit = next(((fact, value) for fact, value, expression in _answer_words()[asking] if expression.search(part)), None)
        if hit:
            found.setdefault(*hit)
    return found


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
    """Adds the facts that the words tell; of several old ages the lowest, which promises least."""
    seen: set[str] = set()
    living: list[str] = []
    for fact, value, expression, unless in _fact_words():
        hits = [] if fact in seen and fact != "living" else list(expression.finditer(words))
        if unless and hits:
            hits = [hit for hit in hits if not unless.search(_part_of(words, hit))]
            if not hits:
                found.pop(fact, None)  # what was recognised is somebody else's too
        if value in DENIABLE:
            hits = [hit for hit in hits if not _denied(words, hit)]
        elif fact == "disability":
            hits = [hit for hit in hits if not NOT_REACHED.search(words[: hit.start()])]
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
        found["age"] = min([age for age in ages if age >= OLD] or ages)


def _ages(words: str) -> list[int]:
    """Every age told; 快九十了 and 不到八十 are a year less, a year of birth counts from this year."""
    said = [number(hit[1]) - _not_yet(words, hit) for hit in AGE_SAID.finditer(words) if not _past(words, hit)]
    return said or [clock.now().year - 1900 - _year(hit[1]) for hit in BORN.finditer(words)]


def _not_yet(words: str, hit: re.Match[str]) -> bool:
    return bool(AGE_NEARLY.search(words[: hit.start()]) or AGE_LACKING.match(words[hit.end() :]))


def _past(words: str, hit: re.Match[str]) -> bool:
    after = words[hit.end(1) :]
    return bool(AGE_PAST.match(after) or AGE_SINCE.search(words[: hit.start()]))


def _year(digits: str) -> int:
    return int(
        "".join(
            sign if sign.isdigit() else str("零一二三四五六七八九".index(sign.replace("〇", "零"))) for sign in digits
        )
    )


def _part_of(words: str, hit: re.Match[str]) -> str:
    """The part of the sentence in which a hit lies, up to the commas around it."""
    return words[words.rfind("，", 0, hit.start()) + 1 :].split("，", 1)[0] if "，" not in hit[0] else words


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
    no_idea = NO_IDEA.search(words) and len(parts) <= SHORT_ANSWER
    if no_idea or turn.intent == "dont_know" or not_known.whole(turn.text):
        return "unknown"
    if (
        QUICK_NO.match(parts[0])
        or QUICK_NO.match(parts[-1])
        or (turn.intent == "deny" and not NEVER_DONE.search(words))
    ):
        return "no"
    return "yes" if QUICK_YES.match(words) or turn.intent == "affirm" else None
