"""Whether words ask for a policy although the bot took them for something else.

“东莞那个行动计划过期了没有” sounds like a question about an order, “杨凌空巢老人是不是都能免费享受服务” like one about somebody's
own case; both ask what a document says. A place and nearness to what the documents hold decide.
"""

from __future__ import annotations

import re

from care import regions
from care.conversation.model import Conversation
from care.policy.asked import Asked, understand
from care.policy.decide import Finding, decide, outside
from care.policy.follows import AFTER_POLICY, asks_after_paper, asks_of_others, follows, leans
from care.policy.leaning import MEMORY, asks_on
from care.policy.matters import PAUSE, QUESTION, matters
from care.policy.only_papers import (
    ORDER,
    UNPRICED,
    UNSURE_ORDER,
    asks_laid_down,
    asks_rule,
    asks_whose_money,
    to_come,
)
from care.policy.paper import asks_paper
from care.policy.phrasings import phrasings
from care.policy.records import library
from care.policy.retrieve import NEAR_ENOUGH, find
from care.policy.terms import asked as asks_meaning
from care.policy.where import known_region, without
from care.turn import Turn

LOOSE = frozenset(
    {"inform", "nlu_fallback", "help", "out_of_scope", "order_status", "rate", "well_being", "my_info", "complain"}
)
"""Intents whose words are a policy's as soon as they come near to one."""
UNSURE_ONLY = frozenset(
    {"lonely", "privacy", "scam", "correct", "order_reschedule", "medical_advice", "waitlist_query"}
)
"""Intents whose words are a policy's only where the bot itself was not sure of them."""
UNHEARD = frozenset({"nlu_fallback", "out_of_scope"})
"""Intents that say nothing, so that words need not even sound like a question."""
STRICT = frozenset({"service_query", "price_query", "book", "waitlist_query", "eligibility_ask", "order_cancel"})
"""Intents that have good answers of their own: only what is nearly a question on file is taken from them."""
ELIGIBILITY, POLICY = "eligibility_ask", "policy_"
SURE_TOPIC = 2.0
PLAIN_TOPIC = 4.0
"""Weight of words that leave no doubt about their topic, also where no place is named."""
SURE_INTENT = 0.7
"""Confidence from which the bot's choice gives way only to what is nearly a question on file."""
UNSURE_INTENT = 0.5
"""Confidence below which its choice is a guess."""
POLICY_TOO = 0.3
"""Confidence in a policy question beside the intent chosen that makes it as likely."""
POLICY_SECOND = 0.2
POLICY_AT_ALL = 0.1
LIKELY = 0.4
"""Confidence in a policy question that was passed over only because a service is named."""
NEAR_STRICT = 0.4
"""Nearness to a question on file that takes words from a capability that could answer them in its own way."""
NEAR_IN_GENERAL = 0.3
"""The same for a general question that was taken for one about somebody's own case."""
NEAR_AT_ALL = 0.15
"""Nearness of something that is told where nobody else knows anything."""
UNBOOKABLE = frozenset({
    "time_bank", "staff", "provider", "finance", "market", "platform", "quality", "catalogue", "insurance", "ltc_insurance",
    "elder_education", "facilities", "digital", "hospice",
})  # fmt: skip
"""Topics of which nothing can be ordered."""
OWN_CHECK = frozenset({"ltc_insurance", "facilities", "provider"})
"""Those of them with which a question about one's own case may be meant."""
HELP = re.compile("帮(我|俺|咱|额|她|他|老人)|替(我|俺|咱)|给我(?!们)")
"""Words of somebody who wants a hand."""
REFERRED_FROM = LOOSE | UNSURE_ONLY | {"price_query", "service_query", "order_cancel"}
"""Intents from which such a matter is taken."""
SHORT_MATTER = 14
"""Longest words, in characters, that are about that alone."""
SOMEBODY_CALLED = re.compile(
    "有人|打电话|来电|电话里|短信|微信|说是|说我|讲我|叫我|让我|喊我|要我|自称|冒充|转账|汇|验证|密码|停用|冻结|异常|涉案|骗|先[收交打]|手续费|保证金"
)
"""Words of a scam, whatever card it is about."""
COUNTS_INTO = re.compile(
    "(床位?|补贴|费用?|钱).{0,8}(进|纳入|走|算进|算到|列入|归到|用).{0,4}(长护险|护理险|护理保险|保险)"
    "|(?<!在)(?<!卧)(?<!了)床位?(?!上)[^，]{0,4}，?(长护险|护理险|护理保险|保险).{0,6}(算|报|纳|认|包|管)"
)
"""Whether one thing counts into another: 家里的床位能不能走长护险."""
TOLD_TO_ORDER = frozenset({"time", "phone", "address", "person_name"})
"""Kinds of entities that somebody tells who orders."""
WHETHER = re.compile(
    r"[吗么不没呢啵咩未]$|(?P<v>[\u4e00-\u9fff])[不唔](?P=v)|能不能|可不可以|有没有|有无|会不会|给不给|(给|补|贴|退|报|出|管)(多少|几)"
)
"""Words that ask whether, and do not order."""
SHORTEST = 5
"""Characters that a question needs beside its place."""
OPENING = re.compile("几点|开饭|开门|关门|营业|打烊|礼拜天|星期天|周末")
"""Opening hours, which the service list holds."""
LOCAL = re.compile("敬老餐厅|长者饭堂|颐养之家|幸福院|光荣院|养老大院|优待卡|居家养老服务管理办法")
"""What only a document calls so."""
HOME_BED = re.compile("(家庭|家里|在家).{0,4}床位?.*(有没有人|有冇人|有人|管啥|上门|给.{0,3}什么)")
"""What a bed at home brings is laid down in the documents."""
NEEDY = re.compile("低保|五保|特困|困难")
"""Those for whom a document, not the price list, says what a service costs."""
GENERAL = re.compile("福利院|护工|护理员|老人|老年人|户|村|社区|医院|医生|护士|养老院|敬老院|政府|物业|残疾")
SHORT_NUMBER = re.compile(r"(?<!\d)(12\d{3}|96110|1[12]\d)(?!\d)")
SCORED = re.compile(
    "多久(要|再|复)?评|几年评|多长时间评|评(的|完)?(结果)?(管|能用)(多久|几年)|[多几满]少?分|分(算|是|满|够)|(多少|几|好多)(项|条|样|题|道)|考(些)?(什么|啥|哪些|么子)|满分|评(个)?几级|算几级|(重新|再|另外?|从头|又|重)(来|去|要|得)?(评|打|测|做|搞)|还(用|要|得|需要)?(评|测|打|做)不(评|测|打|做)|(评|测|打|做)(过|了|完|的).{0,24}(认|作数|算数|管用|通用|(重新|再|从头)来)"
)
"""The points of an assessment, which the national standard lays down."""
SCORED_FROM = STRICT | {"medical_advice", "inform", "nlu_fallback", "add_item", "out_of_scope"}
PRIVACY = "privacy"
"""What the bot is sure to hear where somebody asks 会不会: the documents may have it all the same."""
NURSING = "home_nursing"
"""Nurses at home, whom a document promises in general and no list of places answers."""
RENT = re.compile("租|押金")
ASKS = re.compile(
    r"[吗么不没呢吧?？啵]$|(?P<v>[\u4e00-\u9fff])不(?P=v)|是.{1,8}还是|咋|多远|多长|好久|几久|几耐|什么|怎么|多少|几|谁|哪|多久|多大|是不是|有没有|能不能|会不会|要不要|管不管|给不给|算不算|行不行|可不可以|率$|比例$|没有$|是不是|可以.*吗"
)
OFFICIAL = re.compile(
    "补|政策|规定|政府|国家|文件|方案|计划|比例|率|占多|占几|几成|百分|覆盖|哪年|哪一年|几所|几家|重点|优先|标准|物业|窗口"
)
"""Words of papers and offices, with which a service is hardly ordered."""
IN_PIECES = re.compile("^[^，]{1,9}(老人|老头|老太太?|人|户|家庭|的|岁|失能|低保|特困|独居|残疾)，")
"""Somebody described in short pieces: “失独老人，在东莞，…”."""
PERSON = re.compile("(?:我|俺|额|咱)(?!们?(?:这|那|村|镇|乡|县|市|区|社区|小区|街道|城|省))|本人|爸|妈|爹|(?<!的)娘|奶|爷|姥|婆婆|公公|老伴|老头子|丈夫|媳妇|她|(?<!其)他")
WISH = re.compile(
    "岁|(?<![得会用道])申请|够不够|够条件|符合|资格|想|打算|帮(?!着)|给.{0,2}(约|订|派)" r"|[七八九]十|\d|级残疾"
)
PERSONAL = re.compile(f"{PERSON.pattern}|{WISH.pattern}")
"""Words of somebody who speaks of one person or wants something done, not of what a document says."""
PLANNED = re.compile("哪一?年|几几年|当时|原(来|先|定)|定的|说(好|到|的|是|过)|年底|最[晚迟]")
"""Words that ask by when a plan is to be done, not when something comes that is ordered."""
RULE = re.compile(
    "铺开|摸索|推开|网上|线上|小程序|听说|真的假的|政策|规定|方案|文件|省里|市里|上头|公家|政府|国家|说法|要求|目标|标准|比例|几成|是不是(每|都|所有)|每个?(镇|村|社区|街道|县|区|小区|家)|哪些(人|家|老人|户)"
    "|哪(种|样|号)(人|老人)|归(谁|哪)|最晚|哪年(以?前|之前|要)|网点|扶持|怎么(讲|安排|写)的"
)
"""Words that ask what is laid down."""
NAMED_OUTRIGHT = 4.0
"""Weight of a topic that words name more than once over (当志愿者)."""


def claims(conversation: Conversation, turn: Turn) -> bool:
    """Whether the policies take this turn from the capability that the bot chose."""
    if conversation.task:
        return False
    if asks_after_paper(conversation, turn) or asks_of_others(conversation, turn):
        return True
    if _of_papers_alone(turn) or asks_on(conversation, turn):
        return True
    if follows(conversation, turn):
        return True
    if turn.intent not in LOOSE | STRICT | UNSURE_ONLY | AFTER_POLICY:
        return False
    if turn.intent not in LOOSE | STRICT | UNSURE_ONLY | {"callback", "ask_time"}:
        return False
    if turn.intent in UNSURE_ONLY and turn.intent != "scam" and _laid_down(conversation, turn):
        return True
    sure = UNSURE_INTENT if turn.intent != PRIVACY else 1.0
    if turn.intent == "ask_time" or turn.intent in UNSURE_ONLY and turn.confidence >= sure:
        return False
    places = regions.find(turn.text) or regions.find_heard(turn.text)
    named = next((p.region for p in places if p.region), "")
    spoken_of = "" if places else (conversation.recall(MEMORY) or {}).get("region", "") and known_region(conversation)
    region = named or spoken_of
    asked = understand(without(turn.text, places))
    if asked.topic == "hotline" and asked.topics["hotline"] >= SURE_TOPIC and _asks_hotline(asked.text):
        return turn.intent in LOOSE | {"price_query", "callback", "service_query"}
    if len(asked.text) >= SHORTEST and _unbookable(turn, asked, region):
        return True
    if not region:
        return len(asked.text) >= SHORTEST and (_anywhere(turn, asked) or _laid_down_somewhere(turn, asked))
    if len(asked.text) < SHORTEST:
        return False
    guessed = turn.intent == "inform" and turn.confidence < UNSURE_INTENT
    if turn.intent not in UNHEARD and not guessed and not ASKS.search(asked.text.strip("。，,. ")):
        return False
    if asks_paper(asked):
        return turn.intent != "callback" or turn.confidence < UNSURE_INTENT
    if turn.intent == "callback":
        unsure = turn.confidence < UNSURE_INTENT
        return unsure and "phone" in asked.aspects and decide(asked, region).record is not None
    if turn.intent == "service_query" and OPENING.search(asked.text):
        return False
    if turn.intent in STRICT and (asks_rule(turn, asked, region) or asks_laid_down(turn, asked, region)):
        return True
    if turn.intent in ("service_query", "price_query") and _two_facts(turn, asked, region):
        return True
    if named and _whether(turn, asked, region):
        return True
    if turn.intent in STRICT and _of_somebody(turn, asked.text):
        return False
    if turn.intent == ELIGIBILITY and IN_PIECES.match(turn.text):
        return False
    finding = decide(asked, region)
    near = _nearness(asked, region, finding)
    if turn.intent in UNSURE_ONLY:
        return finding.known and near >= NEAR_STRICT
    if turn.intent in LOOSE:
        if turn.confidence >= SURE_INTENT and turn.intent not in UNHEARD:
            return finding.known and near >= (NEAR_IN_GENERAL if turn.intent == "inform" else NEAR_STRICT)
        if turn.confidence < UNSURE_INTENT and (outside(asked) or finding.known and _policy_too(turn) >= POLICY_SECOND):
            return True
        sure = near >= NEAR_ENOUGH or bool(named) and max(asked.topics.values(), default=0.0) >= SURE_TOPIC
        return sure and finding.found != "none"
    return _strictly(turn, asked, finding, near, bool(named))


def _of_papers_alone(turn: Turn) -> bool:
    """Whether only a paper knows this, whatever it sounds like: whose a sum is, whether an assessment made elsewhere counts."""
    text = turn.text
    if turn.intent not in LOOSE | SCORED_FROM | {"scam"} or ORDER.search(text):
        return False
    asked = understand(without(text, regions.find(text)))
    if asks_whose_money(asked):
        return True
    scored = turn.intent in SCORED_FROM and bool(SCORED.search(text)) and bool(ASKS.search(text.strip("。，,. ")))
    return scored and "assessment" in asked.topics


def _laid_down(conversation: Conversation, turn: Turn) -> bool:
    """Whether the question at the end of a sad or doubtful story is one that the document of the place answers."""
    places = regions.find(turn.text) or regions.find_heard(turn.text)
    region = next((p.region for p in places if p.region), "") or known_region(conversation)
    return bool(region) and asks_laid_down(turn, understand(without(turn.text, places)), region)


def _unbookable(turn: Turn, asked: Asked, region: str) -> bool:
    """Whether a matter is asked about that nobody orders (攒的分能换啥), though words of a service stand beside it."""
    if turn.intent not in STRICT | LOOSE or not ASKS.search(asked.text.strip("。，,. ")) or ORDER.search(asked.text):
        return False
    if asked.topic not in UNBOOKABLE or asked.topics[asked.topic] < SURE_TOPIC or to_come(turn):
        return False
    if turn.intent == ELIGIBILITY and asked.topic in OWN_CHECK:
        return False
    where = region or _nearest_region(asked)
    plainly = asked.topics[asked.topic] >= PLAIN_TOPIC
    if HELP.search(asked.text) or not (region or plainly or find(asked, where, limit=1)[0].near >= NEAR_AT_ALL):
        return False
    found = [decide(asked, where)]
    if plainly and not region:
        found = [decide(asked, place.id) for place in regions.regions()]
    return any(finding.record or finding.gap for finding in found)


def _anywhere(turn: Turn, asked: Asked) -> bool:
    """Whether a question that names no place is one that some document answers: 公家多久打发人来看一回."""
    if not ASKS.search(asked.text.strip("。，,. ")) or turn.intent not in STRICT | LOOSE or to_come(turn):
        return False
    if (
        turn.intent in STRICT
        and _of_somebody(turn, asked.text)
        or ORDER.search(asked.text)
        or HELP.search(asked.text)
        or OPENING.search(asked.text)
    ):
        return False
    local = bool(LOCAL.search(asked.text)) and "meals" not in asked.topics
    rule = local or bool(RULE.search(asked.text) or OFFICIAL.search(asked.text))
    if turn.confidence >= SURE_INTENT and not rule:
        return False
    near, _ = phrasings().nearest(asked.text)
    plainly = local or turn.intent in LOOSE and rule
    return max(near.values()) >= (NEAR_ENOUGH if plainly else NEAR_STRICT)


def _laid_down_somewhere(turn: Turn, asked: Asked) -> bool:
    """Whether the part that asks wants what the document that comes nearest lays down, of whomever the rest tells."""
    if turn.intent not in STRICT or "deadline" in asked.aspects and not PLANNED.search(asked.text):
        return False
    return asks_laid_down(turn, asked, _nearest_region(asked))


def _nearest_region(asked: Asked) -> str:
    """The region whose document comes nearest to the words."""
    near, _ = phrasings().nearest(asked.text)
    return next((r for id in sorted(near, key=lambda id: -near[id]) if (r := library().records[id].region)), "")


def _whether(turn: Turn, asked: Asked, region: str) -> bool:
    """Whether it is asked if something is done in a place named, which the document says: the order is offered after the answer."""
    if turn.intent not in ("book", "service_query", "price_query") or not WHETHER.search(asked.text.strip("。，,. ")):
        return False
    if ORDER.search(asked.text) or OPENING.search(asked.text) or any(e.kind in TOLD_TO_ORDER for e in turn.entities):
        return False
    finding = decide(asked, region)
    if not finding.known or finding.record is None:
        return False
    # What a right is about can be ordered after the answer, which offers it.
    enough = NEAR_ENOUGH if finding.record.kind == "right" else NEAR_STRICT
    return _nearness(asked, region, finding) >= enough


def _nearness(asked: Asked, region: str, finding: Finding) -> float:
    """How near the questions on file come, of the record that would be told or of the first one found."""
    told = phrasings().nearest(asked.text)[0][finding.record.id] if finding.record else 0.0
    return max(told, find(asked, region, limit=1)[0].near)


def comes_first(conversation: Conversation, turn: Turn) -> bool:
    """Whether only a document answers, also where somebody's own case or something offered a moment ago could be meant."""
    if asks_after_paper(conversation, turn) or asks_meaning(turn.text) or _referred(turn):
        return True
    if not COUNTS_INTO.search(turn.text):
        return False
    places = regions.find(turn.text) or regions.find_heard(turn.text)
    region = next((p.region for p in places if p.region), "") or known_region(conversation)
    return bool(region) and decide(understand(without(turn.text, places)), region).known


def _referred(turn: Turn) -> bool:
    """Whether short words are about a matter outside the documents, for which another office is named: 医保卡掉了咋办, 救护车多少钱."""
    if turn.intent not in REFERRED_FROM or turn.all("service") or len(turn.text) > SHORT_MATTER:
        return False
    return not SOMEBODY_CALLED.search(turn.text) and outside(understand(turn.text)) is not None


def knows(conversation: Conversation, turn: Turn) -> bool:
    """Whether what is on file has something to these words, for the place named or spoken of, or for everywhere."""
    places = regions.find(turn.text) or regions.find_heard(turn.text)
    region = next((p.region for p in places if p.region), "") or known_region(conversation)
    asked = understand(without(turn.text, places), turn)
    asking = [part for part in PAUSE.split(asked.text) if QUESTION.search(part)] or [asked.text]
    if any(outside(understand(part)) for part in asking) or leans(conversation, turn):
        return True
    if not region or len(asked.text) < SHORTEST:
        return False
    best = find(asked, region, limit=1)[0]
    named = max(asked.topics.values(), default=0.0) >= NAMED_OUTRIGHT
    return decide(asked, region).found in ("answer", "masked", "gap", "partly") and (named or best.near >= NEAR_AT_ALL)


def _asks_hotline(text: str) -> bool:
    """Whether a hotline is asked for in general; its own digits are no count of anything."""
    return not PERSON.search(text) and not WISH.search(SHORT_NUMBER.sub("", text))


def _two_facts(turn: Turn, asked: Asked, region: str) -> bool:
    """Whether two matters are asked for in one breath of which a document tells both."""
    several = matters(asked.text)
    if len(several) == 1 or not (LOCAL.search(asked.text) or _policy_too(turn) >= POLICY_SECOND):
        return False
    return all(decide(understand(part), region).found not in ("none", "no_topic") for part in several)


def _of_somebody(turn: Turn, text: str) -> bool:
    """Whether the words speak of one person, or want something done."""
    if PERSON.search(text):
        return True
    if turn.intent == "book" and turn.confidence >= SURE_INTENT:
        return True
    return bool(WISH.search(text)) and not RULE.search(text) and not _overruled(turn)


def _policy_too(turn: Turn) -> float:
    """How sure the bot is of a policy question beside what it chose."""
    return sum(confidence for intent, confidence in turn.ranking if intent.startswith(POLICY))


def _rather(turn: Turn, text: str, near: float, weight: float) -> bool:
    """Whether a fact that is known answers the words better than an order or a price would."""
    general = bool(GENERAL.search(text))
    if _overruled(turn) and (general or RULE.search(text)):
        return True
    if near >= NEAR_IN_GENERAL and turn.intent == "price_query" and NEEDY.search(text):
        return True
    if turn.intent == "book":
        likely = near >= NEAR_STRICT or near >= NEAR_ENOUGH and weight >= SURE_TOPIC
        return likely and general and turn.confidence < UNSURE_ORDER and not turn.all("time")
    if near < NEAR_STRICT:
        return False
    return turn.confidence < UNSURE_INTENT or general and _policy_too(turn) >= POLICY_SECOND


def _overruled(turn: Turn) -> bool:
    """Whether the bot took the words for a policy question by themselves, and only a service named made it choose otherwise."""
    return bool(turn.ranking) and turn.ranking[0][0].startswith(POLICY) and turn.ranking[0][1] >= LIKELY


def _strictly(turn: Turn, asked: Asked, finding: Finding, near: float, named: bool) -> bool:
    """Whether words are taken from a capability that has good answers of its own."""
    policy_too = _policy_too(turn)
    rule = bool(RULE.search(asked.text) or OFFICIAL.search(asked.text))
    if turn.intent == ELIGIBILITY:
        likely = near >= NEAR_STRICT and policy_too >= POLICY_AT_ALL
        named_there = bool(LOCAL.search(asked.text)) and near >= NEAR_ENOUGH
        return finding.found in ("answer", "masked") and (near >= NEAR_IN_GENERAL or likely or named_there)
    if (
        turn.intent == "price_query"
        and asked.topic in UNPRICED
        and (asked.topics[asked.topic] >= SURE_TOPIC or not turn.last("service"))
        and not RENT.search(asked.text)
    ):
        return bool(finding.gap or finding.record)
    known = bool(finding.record) and near >= NEAR_IN_GENERAL
    if turn.intent == "service_query" and finding.known and turn.confidence < SURE_INTENT and asked.topic == NURSING:
        return near >= NEAR_IN_GENERAL and policy_too >= POLICY_SECOND
    if finding.record and (LOCAL.search(asked.text) or turn.intent == "service_query" and HOME_BED.search(asked.text)):
        return True
    if finding.known and _rather(turn, asked.text, near, max(asked.topics.values(), default=0.0)):
        return True
    if known and policy_too >= POLICY_TOO and (rule or near >= NEAR_STRICT):
        return True
    if known and rule:
        return True
    if turn.last("service"):
        return False
    if bool(finding.record) and near >= NEAR_STRICT:
        return True
    return (
        rule
        and finding.found in ("gap", "no_topic")
        and (near >= NEAR_ENOUGH or named and max(asked.topics.values(), default=0.0) >= SURE_TOPIC)
    )
