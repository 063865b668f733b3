"""What a question asks: topics, aspects, ages and words, read from the text itself.

The understanding in front of us may miss a topic or an aspect, so both are recognised here from data
(`topics.yaml`, `aspects.yaml`); what it did recognise is added.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from functools import lru_cache

import jieba

from care.policy.records import library
from care.turn import Turn

TOPIC_FROM_NLU = 1.5
"""Weight of a topic that only the understanding saw."""
AGE = re.compile(
    r"(?<![\d一二三四五六七八九十])((?:1[01]|[4-9])\d|[四五六七八九]?十[一二三四五六七八九]?|[六七八九][一二三四五六七八九]|一百[零一二三四五六]*)"
    r"(?![\d一二三四五六七八九十百千万元块个家所张人项%％年月号分点])"
)
"""An age as said: 83, 八十三, 八三, with or without 岁; not a sum, a count or a date."""
YOUNGEST, OLDEST = 45, 120
HUNDREDS = "零一二三四五六七八九"
HIGH_AGE = 80
"""Age in years from which a bare question for an allowance means the one for high age."""
OTHER_ALLOWANCE = re.compile("护理|失能|困难|残|低保|特困|改造|养老院|机构|培训|消费")
HIGH_AGE_WEIGHT = 3.0
GOES_TO = re.compile("(钱|块|元|补助|补贴).{0,4}(归|是|给|发给|发到)谁|(钱|费用?)(由|是)?谁(出|掏|付|给)")
"""Who gets or gives the money, not which office is in charge."""
RUN_BY = re.compile(
    "(?<![归找由])(谁|哪个|哪家|什么人|哪些人)(来|在|牵头|领头|带头)?(办|开|建|搞)(的|起来的|$|[啊呀嘛呢？?，])"
)
"""Who runs a thing, which its record tells."""
WHAT_NOW = re.compile("怎么办$|怎么办[？?。，]")
"""What to do now is no question how to apply."""
SUMS = frozenset({"amount", "count", "fee"})
GUESSED = frozenset({"where", "percent"})
"""Aspects that the understanding hears in words about other things (打折扣, 钱从哪里来); our own patterns suffice for them."""
TEN = "一二三四五六七八九"
NOT_OF = re.compile(
    "(?<!是)(?<!有)(不是|不吃|没吃|没有?|不算|不属于|不享受|非)(?:拿|吃|办)?(低保边缘|低保户?|特困户?|五保户?|困难户?|贫困户?|建档立卡)"
    "|(?:一般|普通)(?:的)?(?:人家|家庭|老人家|人)|(?<!困难)(?<!贫)不困难|(家里|家境)?条件(还|都)?(行|好|可以|不差|一般)的?"
)
"""Somebody who says not to belong to a group is asking for all the others."""
COSTS = re.compile("免费|钱|费|掏|免不免|有偿|白吃")
ANYBODY = "普通其他"
NATIONWIDE = re.compile("(全国|中央|国家)[^，]{0,8}失能|失能[^，]{0,8}(全国|中央)")
"""The subsidy for the disabled that is the same everywhere."""
HOTLINE_FOR = re.compile("医保|社保|养老金|退休金|残联|心里|诈骗|被骗|骗子|消费者|打官司|法律|着火|救护")
"""Matters that have a hotline of their own."""
HOTLINE_OVER, HOTLINE_WEIGHT = 2.0, 3.0
WHICH_PEOPLE = re.compile("哪几?[样种类号些]的?(老|人|残|户|家)")
"""哪几样老人 asks who, not how many."""
COMES = re.compile("什么时候.{0,6}(来|去|有人|上门|看|探|瞧|派)")
"""When somebody comes to look after an old person means how often."""
NAMED_ONLY = re.compile("(送审稿|征求意见稿|草案)(?=里|上|中|说|写|讲|头)")
"""A paper called by what it is, of which something else is asked: 送审稿里补多少."""
BED = re.compile("(?<![卧瘫躺在了来开])床(?!上)")
"""A bed that is set up, not one that somebody cannot leave."""
BED_OVER = 3.0
"""Weight that the bed has over the insurance into which it is to count."""
BOUGHT = re.compile("(?:换|兑换?|兑付|买)(?:得|到|成|来|取|点|些|个|回)*(?:啥|什么|么子|哪些|嘛|哪样|么事|乜|咩|东西)")
"""What points buy is no sum, however many hours are told (帮了好多钟头，攒的分能换点啥)."""
ONCE_MORE = re.compile(
    "(重新|再|从头|另外|又)(来|去|要|得)?[^，]{0,3}(评|打|测|做|搞|弄|来)|重(评|打|测|做)|还(用|要|得|需要)?(评|测|打|做)不(评|测|打|做)"
    "|认不认|认账|作数|算数|通用|管用|认吗|认不|不认|互认"
)
"""Whether an assessment made elsewhere counts: 搬到衡阳要不要重新打一次."""
FOR_MONEY = re.compile(
    "(评|打|测|定)(了|过|完|出|好|上)?[^，]{0,3}(分|级|等级|估)?(了|以后|之后|完)?[^，]{0,3}，?[^，]{0,4}(才|再|方)[^，]{0,6}(补|领|拿|给钱|发钱|有钱|待遇)"
    "|(补贴?|钱|待遇)[^，]{0,8}(先|要|得|必须)[^，]{0,6}(评|打分|测)(?!.{0,6}(多少|几))"
)
FIRST_ASSESSED = "领补贴要不要先评估"
"""Whether there is money only after an assessment: 评了级才好拿补贴，是不是有这回事."""
OF_ITSELF = re.compile("多久|几年|多长|几个月|不服|不满|不准|评错|钱|多少|满分")
"""Words that ask something else of an assessment that is made again."""
ELSEWHERE_TOO = "评估结果互认吗"
"""The same as the questions on file put it."""
FREE_THING = re.compile("免费(?!吗|么|不|没|的吗|啵|呢|[？?。，,]|$)")
"""A thing called free in passing; what it costs is not the question then."""


@dataclass(frozen=True)
class Asked:
    """A question, taken apart."""

    text: str
    topics: dict[str, float] = field(default_factory=dict)
    """Topic codes with the weight of the words that point at them."""
    aspects: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    """Content words, with the documents' own words for them."""
    age: int | None = None
    sums: frozenset[int] = frozenset()
    """Figures named in the question: 400, 四百."""
    group: str = ""
    """People for whom the question before it is asked once more: 那失能的呢."""

    @property
    def topic(self) -> str:
        """The weightiest topic, or nothing."""
        return max(self.topics, key=lambda t: self.topics[t]) if self.topics else ""


@lru_cache
def segmenter() -> jieba.Tokenizer:
    """A word segmenter that knows the topics' words."""
    jieba.setLogLevel(logging.WARNING)
    made = jieba.Tokenizer()
    made.initialize()
    for word, _, _ in _topic_words():
        if len(word) > 1:
            made.add_word(word)
    for word in library().synonyms:
        made.add_word(word)
    return made


@lru_cache
def _topic_words() -> tuple[tuple[str, float, str], ...]:
    """(word, weight, topic) for every word that points at a topic."""
    found = []
    for code, topic in library().topics.items():
        for entry in topic.words:
            word, _, weight = entry.partition("^")
            found.append((word, float(weight or 1), code))
    return tuple(found)


@lru_cache
def _topic_patterns() -> tuple[tuple[re.Pattern[str], float, str], ...]:
    """(expression, weight, topic) for every way of saying that points at a topic."""
    entries = [(entry.rpartition("^"), code) for code, topic in library().topics.items() for entry in topic.like]
    return tuple((re.compile(like), float(weight), code) for (like, _, weight), code in entries)


@lru_cache
def _aspect_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile("|".join(a.patterns))) for name, a in library().aspects.items())


@lru_cache
def _dialect() -> re.Pattern[str]:
    longest_first = sorted((word for word, _ in library().dialect), key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in longest_first))


def plain(text: str) -> str:
    """The text with dialect words turned into those of the common language."""
    common = dict(library().dialect)
    return _dialect().sub(lambda found: common[found.group()], text)


def text_of_group(text: str) -> str:
    """The text with a group that somebody says not to belong to turned into everybody else."""
    return NOT_OF.sub(ANYBODY, text)


def topics_of(text: str) -> dict[str, float]:
    """The topics that the words point at; a word inside a longer found word does not count."""
    hits: list[tuple[int, int, float, str]] = []
    for word, weight, code in _topic_words():
        start = text.find(word)
        if start >= 0:
            hits.append((start, start + len(word), weight, code))
    for like, weight, code in _topic_patterns():
        if found := like.search(text):
            hits.append((*found.span(), weight, code))
    weights: dict[str, float] = {}
    for start, end, weight, code in hits:
        if any(s <= start and end <= e and e - s > end - start and w > weight for s, e, w, _ in hits):
            continue
        weights[code] = weights.get(code, 0.0) + weight
    for code in list(weights):
        if any(word in text for word in library().topics[code].not_words):
            del weights[code]
    return weights


def aspects_of(text: str) -> tuple[str, ...]:
    """What is asked about the topic, in the order of the data."""
    found = [name for name, pattern in _aspect_patterns() if pattern.search(text)]
    if "department" in found and (GOES_TO.search(text) or RUN_BY.search(text)):
        found.remove("department")
    if "how_to_apply" in found and "where" in found:
        found.remove("where")
    if "how_often" in found and "deadline" in found and not re.search("什么时候|哪年|何时|到期|截止|期限", text):
        found.remove("deadline")
    if "age" in found and re.search("用房|面积|地方|房子|多大的(院|中心)", text) and "岁" not in text:
        found[found.index("age")] = "count"
    if "fee" in found and len(found) > 1 and FREE_THING.search(text) and not COSTS.search(FREE_THING.sub("", text)):
        found.remove("fee")
    if "count" in found and WHICH_PEOPLE.search(text):
        found.remove("count")
    if "amount" in found and "count" in found and re.search("钱|补|块|元", text):
        found.remove("count")
    return tuple(found)


def tokens_of(text: str) -> tuple[str, ...]:
    """Content words of a text for the search, with synonyms from the documents."""
    words: list[str] = []
    stops = library().stop_words
    for word in segmenter().cut_for_search(text):
        if word in stops or not word.isalnum():
            continue
        words.append(word)
        words.extend(library().synonyms.get(word, "").split())
    return tuple(words)


def age_in(text: str) -> int | None:
    """An age named in the text, in years: 83, 八十三, 八三."""
    match = AGE.search(text)
    if not match:
        return None
    said = match.group(1)
    if said.isdigit():
        age = int(said)
    elif said.startswith("一百"):
        age = 100
    elif "十" in said:
        tens, _, ones = said.partition("十")
        age = (TEN.index(tens) + 1 if tens else 1) * 10 + (TEN.index(ones) + 1 if ones else 0)
    else:
        age = (TEN.index(said[0]) + 1) * 10 + TEN.index(said[1]) + 1
    return age if YOUNGEST <= age <= OLDEST else None


def sums_in(text: str) -> frozenset[int]:
    """Figures from ten upwards named in a text, in digits or as full hundreds."""
    found = {int(digits) for digits in re.findall(r"\d{2,5}", text)}
    found |= {HUNDREDS.index(digit) * 100 for digit in re.findall(f"([{HUNDREDS[1:]}])百", text.replace("两", "二"))}
    return frozenset(found)


def _of_assessment(text: str, aspects: bool) -> str:
    """What is asked about an assessment as the questions on file put it; empty where it is something else."""
    if FOR_MONEY.search(text):
        return FIRST_ASSESSED
    return ELSEWHERE_TOO if ONCE_MORE.search(text) and not aspects else ""


def understand(text: str, turn: Turn | None = None) -> Asked:
    """The question taken apart; `turn` adds what the understanding recognised."""
    text = NAMED_ONLY.sub("方案", plain(text))
    topics, aspects = topics_of(text_of_group(text)), list(aspects_of(text))
    age = age_in(text)
    if topics.get("assessment") and not OF_ITSELF.search(text) and (asked := _of_assessment(text, bool(aspects))):
        text, aspects, topics = asked, [], {"assessment": topics["assessment"]}
    if turn is not None:
        for topic in turn.all("topic"):
            if topic in library().topics and topic not in topics:
                topics[topic] = TOPIC_FROM_NLU
        money = bool(GOES_TO.search(text))
        heard = [
            a
            for a in turn.all("aspect")
            if a not in GUESSED
            and not (a == "department" and money)
            and (a != "how_to_apply" or not WHAT_NOW.search(text))
        ]
        aspects += [a for a in heard if a not in aspects and a in library().aspects and not aspects]
        age = age or next((a for a in turn.all("age") if isinstance(a, int)), None)
    if "allowance" in topics and NATIONWIDE.search(text):
        topics["consumption_subsidy"] = topics["allowance"] + 1
    if "phone" in aspects and HOTLINE_FOR.search(text) and max(topics.values(), default=0.0) <= HOTLINE_OVER:
        topics["hotline"] = HOTLINE_WEIGHT
    if "time_bank" in topics and BOUGHT.search(text):
        aspects = [aspect for aspect in aspects if aspect not in SUMS]
    if "ltc_insurance" in topics and BED.search(text):
        topics["home_bed"] = topics.get("home_bed", 0.0) + topics["ltc_insurance"] + BED_OVER
    if "visits" in topics and "deadline" in aspects and COMES.search(text):
        aspects[aspects.index("deadline")] = "how_often"
    old = "高龄" in text or (age or 0) >= HIGH_AGE
    if old and set(topics) == {"allowance"} and not OTHER_ALLOWANCE.search(text):
        topics["high_age_allowance"] = HIGH_AGE_WEIGHT
    return Asked(text, topics, tuple(aspects), tokens_of(text_of_group(text)), age, sums_in(text))
