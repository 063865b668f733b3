"""Questions about policies in conversation: which region, follow-ups, comparisons, the original words on request."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from care import regions
from care.conversation.model import Conversation
from care.policy.asked import AGE, Asked, topics_of, understand
from care.policy.compose import compared, lacks_still, original, refuse, tell, year_asked
from care.policy.decide import Finding, decide, outside
from care.policy.matters import matters, sides
from care.policy.paper import NUMBER, about, asks_paper, of_what_was_told
from care.policy.records import library
from care.regions import Place
from care.reply import Outcome, Reply
from care.settings import settings
from care.texts import reply
from care.turn import Turn

TASK = "policy_region"
MEMORY = "policy"
MOST_COMPARED = 3
SOURCE = re.compile(
    r"原文|出处|依据|哪一?条写|第几条|文件(上|里)?怎么(写|说)的?|念(一|给|条|文)|哪个文件(说|写|规定)|凭什么|谁规定|哪(来|儿来)的规定|文号"
)
COMPARE = re.compile(
    r"比(一比|较|一下|起来)|区别|不一样|差别|相比|哪(个|里|边|儿)(的)?(更|好|多|勤|早)|谁(更|好|多|勤)|分别|两(个地方|地|边)|各是|都(是|怎么|咋)?"
)
BESIDE = re.compile(
    r"(?<!配)比(?!例|如|赛|方)|哪(个|里|边|儿)(地方)?的?(更|好|多|勤|早|高|低|便宜)|谁(更|好|多|勤|高)|有(什么|啥)?(区别|差别|不同|不一样)"
    r"|(跟|和|与|同)(我们|我|咱|这|那|它|刚才|前面).*(一样|不同|差)"
)
"""Words that set a region just named beside the one spoken of; its name alone asks only for itself."""
EVERYWHERE = re.compile("[五5几各][个]?(?:地方|地|处|城市)的?|每个地方|哪个地方.{0,8}(?:最|更)")
"""All places at once, which nobody could follow by ear."""
WHICH = re.compile("^(那|那么)?哪(个|里|边|儿)(地方)?(有|没|要|管|给|收|写|说)")
"""“哪个有年龄要求”, of places just set side by side."""
MORE = re.compile("有(什么|啥)?(区别|差别|不同)|不一样|^(是|要)?(打电话|上门|免费|本人|家里人)(还是|吗|么|不|去)")
"""Short questions about what was just told: 是打电话吗, 一级二级有区别吗."""
MONEY_TOLD = re.compile("^(那|那么)?(这|那)(个|笔)?(钱|补助|补贴|款子?).*(我|老人|个人|自己|到手|给谁|谁)")
"""“这钱我自己能拿到吗”: whose the money is that was just told."""
SAME_THERE = re.compile("^(也|都|是不是也)(是|跟这)?(这样|这么|一样|有|这个)(的|办|规定)?(吗|么|不|没)?[？?。]?$")
"""“也是这样吗”, said of another place."""
MORE_MONEY = re.compile("哪(个|里|边|儿|头)?(地方)?的?(给得|发得|补得)?(更)?(多|高|少|低)|谁(更)?(多|高)|差多少")
PAID = frozenset({"allowance", "disability_allowance", "high_age_allowance", "consumption_subsidy", "carer_training"})
"""Topics of which one compares the money."""
HERE = re.compile(r"(我|咱|俺)们?(这|这边|这里|这儿|那|本地)|本地|我们这")
GROUP = re.compile("^(那|那么|要是|如果是?)?.{2,9}(的|户|人|老人|家庭)?呢$")
ANYBODY = re.compile("一般|普通|其他|别的|不困难|正常")
NEEDY = re.compile("(有)?(特殊|经济)?困难的?|低保的?|特困的?|五保的?")
"""Words that narrow a question to the needy; they go when the same is asked for everybody else."""
GROUPS = frozenset({"assistance", "disability_help", "rural", "goals"})
"""Topics that a bare group of people seems to name: after another question it asks the same for that group."""
FOLLOW = re.compile(r"^(那|那么|还有|然后|另外|要是)|呢[？?。]?$")
VAGUE = re.compile(
    r"^(我)?(想|要)?(问|了解|打听|咨询|看看|说说|讲讲|介绍)?(一下|下|问)?(你们)?(有)?(什么|啥|哪些|些|个|点)?(养老|国家|政府|老人|惠民|优惠|好)?的?(养老)?政策(的事|问题|方面)?(有哪些|有啥|都有啥|是什么|是啥|咋样)?(呀|啊|吗|呢)?[？?。]?$"
)
NATIONAL_TOPICS = frozenset({"hotline", "consumption_subsidy", "six_helps_content"})
"""Topics answered alike everywhere, so no region is asked for."""
NATIONAL_ANSWER = frozenset({"X-C-01", "X-C-02", "X-C-06", "X-C-07"})
OF_AGE = re.compile(f"(满|年满|上了|过了)?{AGE.pattern}(多|来|几)?(周?岁)?(以上|往上|以后)?的?")
"""An age in a question, with the words around it."""
FAINT = ({"allowance": 1.0}, {"allowance": 2.0}, {"goals": 1.0}, {"document": 1.0})
"""Topics that a bare "how much is paid" or "who" seems to name; after another question they mean that one's."""
OWN_MATTER = 3.0
"""Weight of words that name a topic of their own."""
SHORT = 12
"""Longest follow-up question that leans on the one before, in characters, when it brings no topic."""


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Answers `policy_ask`, `policy_compare` and `policy_source`."""
    text = turn.text.strip()
    places = _places(turn, text, known_region(conversation))
    asked = _complete(conversation, understand(without(text, places), turn))
    wants_source = turn.intent == "policy_source" or (
        SOURCE.search(text) and len(text) < SHORT and not topics_of(text).keys() - {"document"}
    )
    spoken_of = _last(conversation).get("region", "")
    here = next((p.region for p in places), spoken_of)
    if spoken_of and here and (NUMBER.search(text) and not places or of_what_was_told(without(text, places))):
        return respond(conversation, understand("文件" + without(text, places)), here)
    if (
        wants_source
        and turn.intent == "policy_source"
        and (_new_matter(conversation, asked) or not SOURCE.search(text) and places and asks_or_knows(asked, places))
    ):
        wants_source = False
    if wants_source and not (places and (asks_paper(asked) or turn.intent != "policy_source")):
        return _source(conversation)
    conversation.keep_draft(TASK, None)  # a new question takes the place of one that still waits for its region
    if (both := sides(text)) and (outcome := _side_by_side(conversation, both, asked, places)):
        return outcome
    if len(several := matters(text)) > 1 and (outcome := _one_by_one(conversation, several, places)):
        return outcome
    mentioned = list(dict.fromkeys(p.region for p in places if p.region))
    if _is_comparison(turn, text, mentioned, conversation):
        return _compare(conversation, asked, mentioned)
    if not mentioned and EVERYWHERE.search(text):
        return _remembering(conversation, asked, "", Outcome([reply("policy.compare_which")], "answered"))
    if not mentioned and not asked.topics and (turn.intent == "policy_compare" or COMPARE.search(text)):
        return Outcome([reply("policy.compare_what")], "unknown")
    if VAGUE.match(asked.text) or not (asked.topics or asked.tokens):
        return _remembering(conversation, asked, "", Outcome([reply("policy.vague")], "answered"))
    if mentioned:
        return respond(conversation, asked, mentioned[0], keep=_keeps(conversation, text))
    if places:
        return _elsewhere(conversation, asked, places)
    region = _region_for(conversation, asked, text)
    if region or _is_national(asked):
        return respond(conversation, asked, region)
    return ask_region(conversation, asked)


def asks_or_knows(asked: Asked, places: list[Place]) -> bool:
    """Whether words with a place ask for its paper or for something that is on file there."""
    region = next((p.region for p in places if p.region), "")
    return asks_paper(asked) or bool(region) and decide(asked, region).known


def _one_by_one(conversation: Conversation, several: list[str], places: list[Place]) -> Outcome | None:
    """The answers to questions of one breath, each for its own place or else the first one named; none where no place is known."""
    region = next((p.region for p in places if p.region), "") or _last(conversation).get("region", "")
    region = region or known_region(conversation)
    if not region:
        return None
    replies: list[Reply] = []
    states = []
    for part in several:
        here = regions.find(part, region)
        asked = understand(without(part, here))
        if VAGUE.match(asked.text) or not (asked.topics or asked.tokens):
            return None
        done = respond(conversation, asked, next((p.region for p in here if p.region), region), keep=not replies)
        replies = [told.without_offer() for told in replies] + done.replies
        states.append(done.state)
    return Outcome(replies, "answered" if "answered" in states else states[-1])


def _side_by_side(conversation: Conversation, both: list[str], asked: Asked, places: list[Place]) -> Outcome | None:
    """The office for each of two things, where the document gives two; none where it does not tell them apart."""
    region = next((p.region for p in places if p.region), "") or known_region(conversation)
    if not region:
        return None
    parts = [understand(without(part, regions.find(part, region))) for part in both]
    whole = [part if part.topics else replace(part, topics=asked.topics) for part in parts]
    found = [decide(part, region) for part in whole]
    named = [f.record.id for f in found if f.record is not None and f.record.departments]
    if len(set(named)) < len(both):
        return None
    replies = [respond(conversation, part, region, keep=True).replies[0] for part in whole]
    return Outcome([*(said.without_offer() for said in replies[:-1]), replies[-1]], "answered")


def _new_matter(conversation: Conversation, asked: Asked) -> bool:
    """Whether words that ask for a paper name a matter of their own, not yet spoken of: 消费券是谁发的文件."""
    own = {t: w for t, w in asked.topics.items() if t != "document" and w >= OWN_MATTER}
    last = _last(conversation)
    return bool(own) and not (last.get("records") and own.keys() & (last.get("asked") or {}).get("topics", {}).keys())


def respond(conversation: Conversation, asked: Asked, region: str, keep: bool = False) -> Outcome:
    """The answer for a known region; `keep` makes it the conversation's own."""
    if region and (keep or not conversation.region):
        conversation.region = region
    if paper := about(asked, region):
        kept = _remembering(conversation, asked, region, Outcome([paper], "answered"))
        conversation.remember(**{MEMORY: {**_last(conversation), "records": paper.card["records"]}})
        return kept
    finding = decide(asked, region)
    if finding.record is None:
        found = _remembering(conversation, asked, region, Outcome([refuse(asked, finding, region)], "unknown"))
        conversation.remember(**{MEMORY: {**_last(conversation), "records": []}})
        return found
    last = _last(conversation)
    told, offers = list(last.get("told", [])), list(last.get("offered", []))
    topic = finding.record.topics[0]
    if finding.found == "partly" and finding.record.id in last.get("records", []) and region == last.get("region"):
        spoken = lacks_still(finding)
    else:
        spoken = tell(asked, finding, told, offer=topic not in offers or not finding.known)
    outcome = Outcome([spoken], "answered" if finding.known else "unknown")
    _remembering(conversation, asked, region, outcome)
    conversation.remember(
        **{
            MEMORY: {
                **_last(conversation),
                "records": spoken.card["records"] if spoken.card else [],
                "told": list(dict.fromkeys([*told, finding.record.document])),
                "offered": list(dict.fromkeys([*offers, topic])),
            }
        }
    )
    return outcome


def ask_region(
    conversation: Conversation, asked: Asked, question: Reply | None = None, options: list[str] | None = None
) -> Outcome:
    """Asks where, keeping the question for then."""
    conversation.keep_draft(TASK, {"asked": _stored(asked), "tries": 1, "last_message": "", "options": options or []})
    _remembering(conversation, asked, "", Outcome())
    return Outcome([question or reply("policy.ask_region")], "asking_region")


def _stored(asked: Asked) -> dict[str, Any]:
    return {"text": asked.text, "topics": asked.topics, "aspects": list(asked.aspects), "age": asked.age}


def restored(data: dict[str, Any]) -> Asked:
    """A question kept in a draft or in memory."""
    fresh = understand(data["text"])
    return Asked(data["text"], dict(data["topics"]), tuple(data["aspects"]), fresh.tokens, data.get("age"))


def _last(conversation: Conversation) -> dict[str, Any]:
    return dict(conversation.recall(MEMORY) or {})


def _remembering(conversation: Conversation, asked: Asked, region: str, outcome: Outcome) -> Outcome:
    """Keeps what follow-up questions lean on."""
    last = _last(conversation)
    spoken_of = [r for r in last.get("regions", []) if r != region] + ([region] if region else [])
    kept = {**last, "asked": _stored(asked), "region": region or last.get("region", ""), "regions": spoken_of}
    conversation.remember(**{MEMORY: kept, "policy_question": asked.text})
    return outcome


def known_region(conversation: Conversation) -> str:
    person = conversation.person.region if conversation.person else ""
    return conversation.region or person or settings().default_region


def _region_for(conversation: Conversation, asked: Asked, text: str) -> str:
    """The region meant where none is named: the one just spoken of, unless the words say "here"."""
    spoken = _last(conversation).get("region", "")
    return (
        known_region(conversation)
        if HERE.search(text) and known_region(conversation)
        else spoken or known_region(conversation)
    )


def _places(turn: Turn, text: str, context: str) -> list[Place]:
    """Places by our gazetteer, else those that the understanding found."""
    found = regions.find(text, context) or regions.find_heard(text)
    if found:
        return found
    return [
        Place(p.get("region", ""), str(p.get("name", "")), str(p.get("level", "city")), 0, 0)
        for p in turn.all("place")
        if isinstance(p, dict) and p.get("name")
    ]


AFTER_PLACE = re.compile(r"(?:的|那边的?|这边的?|那里的?|这里的?|人)*(?=[，,。；;？?！!]|$)")
"""What may stand between a place and the end of its clause."""
BEFORE_PLACE = re.compile(r"(?:我们?|俺们?|咱们?|额|阮)?(?:就|现在|也|都)?(?:家住|家在|在|住在?|是)?$")
"""The words that lead up to a place named at the end of a clause."""


OURS = re.compile(r"(?:(?:^|(?<=[，,。；;？?！! ]))(?:我|俺|咱|额|阮|阿拉)|(?:我|俺|咱|额)们)(?:们)?(?:这|那)?$")
"""“我们杨凌”: the place is the speaker's; nobody in particular is meant."""


def without(text: str, places: list[Place]) -> str:
    """The question without its place names and what only belongs to them (我是…的), which would mislead the search."""
    for place in sorted(places, key=lambda p: -p.start):
        if place.end <= place.start:
            continue
        before, after = text[: place.start], text[place.end :]
        if ends := AFTER_PLACE.match(after):
            before, after = BEFORE_PLACE.sub("", before), after[ends.end() :]
            if not before.rstrip("，,。；; "):
                before, after = "", after.lstrip("，,。；;？?！! ")
        before = OURS.sub("", before)
        text = (before.rstrip("，, ") if not after else before) + after
    text = re.sub(r"^(我们?|俺们?|咱们?|额)(就|现在)?(在|住在?|是)(那边|这边)?[，,]", "", text)
    return re.sub(r"^(那|那么)?(的|那边的?|这边的?|那里的?|和|跟|与|，|,)+", r"\1", text).strip()


def _complete(conversation: Conversation, asked: Asked) -> Asked:
    """A follow-up completed with the question before it."""
    last = _last(conversation).get("asked")
    spoken_of = conversation.draft("booking").get("service", "") if conversation.task == "booking" else ""
    if spoken_of in library().topics and not asked.topics and asked.aspects:
        said = library().topics[spoken_of].say
        return replace(understand(f"{said}，{asked.text}"), aspects=asked.aspects)
    if not last or not last.get("text"):
        return asked
    before = restored(last)
    content = [t for t in asked.tokens if len(t) > 1]
    short = bool(asked.aspects) and len(asked.text) <= SHORT
    compares = BESIDE.search(asked.text) is not None and len(asked.text) <= SHORT
    leaning = not asked.topics and (not content or short or compares or FOLLOW.search(asked.text))
    if asked.age and not asked.topics and not asked.aspects and FOLLOW.search(asked.text):
        return understand(f"{OF_AGE.sub('', before.text)}，{asked.text}")  # 那我爸七十五呢: the same for another age
    if GROUP.match(asked.text) and asked.topics.keys() <= GROUPS and before.topics:
        earlier = NEEDY.sub("", OF_AGE.sub("", before.text)) if ANYBODY.search(asked.text) else before.text
        text = f"{asked.text}{earlier}"
        return Asked(
            text, before.topics, before.aspects, tuple(dict.fromkeys(asked.tokens + before.tokens)), before.age
        )
    faint = len(asked.text) <= SHORT and asked.topics in FAINT and bool(before.topics)
    leaning = leaning or not asked.topics and MORE.search(asked.text) is not None and len(asked.text) <= SHORT
    leaning = leaning or SAME_THERE.match(asked.text) is not None
    leaning = leaning or MONEY_TOLD.search(asked.text) is not None and (not asked.topics or asked.topics in FAINT)
    if not (leaning or faint) or VAGUE.match(asked.text):
        return asked
    aspects = asked.aspects or before.aspects
    adds = bool(asked.text) and bool(asked.aspects or content or year_asked(asked.text))
    text = f"{before.text}，{asked.text}" if adds else before.text
    return Asked(
        text, before.topics, aspects, tuple(dict.fromkeys(before.tokens + asked.tokens)), asked.age or before.age
    )


def _is_comparison(turn: Turn, text: str, mentioned: list[str], conversation: Conversation) -> bool:
    if len(mentioned) > 1:
        return True
    if not mentioned and (BESIDE.search(text) or WHICH.search(text)) and not _brings_topic(text):
        return len(_last(conversation).get("regions", [])) > 1
    comparing = BESIDE.search(text) is not None
    other = _last(conversation).get("region") or known_region(conversation)
    return comparing and len(mentioned) == 1 and bool(other) and other != mentioned[0]


def _brings_topic(text: str) -> bool:
    """Whether words bring a topic of their own."""
    return bool(topics_of(text))


def _compare(conversation: Conversation, asked: Asked, mentioned: list[str]) -> Outcome:
    if not mentioned:
        mentioned = _last(conversation)["regions"][-2:]
    if len(mentioned) == 1:
        mentioned = [_last(conversation).get("region") or known_region(conversation), *mentioned]
    if not (asked.topics or asked.tokens):
        return _remembering(conversation, asked, "", Outcome([reply("policy.vague")], "answered"))
    if not asked.aspects and MORE_MONEY.search(asked.text) and asked.topic in PAID:
        asked = replace(asked, aspects=("amount",))
    findings: list[tuple[str, Finding]] = [(region, decide(asked, region)) for region in mentioned[:MOST_COMPARED]]
    said = compared(asked, findings)
    known = any(f.record for _, f in findings)
    _remembering(conversation, asked, mentioned[-1], Outcome())
    conversation.remember(
        **{
            MEMORY: {
                **_last(conversation),
                "records": [f.record.id for _, f in findings if f.record],
                "regions": mentioned[:MOST_COMPARED],
            }
        }
    )
    return Outcome([said], "answered" if known else "unknown")


def _keeps(conversation: Conversation, text: str) -> bool:
    """Whether a place named makes it the conversation's region: it is the speaker's own, or none is known."""
    return not known_region(conversation) or regions.is_own(text)


def _is_national(asked: Asked) -> bool:
    """Whether the answer is the same in all of China."""
    if asks_paper(asked):
        return False
    if asked.topic in NATIONAL_TOPICS or outside(asked):
        return True
    if asked.topics.keys() & {"assessment", "dementia", "childcare"}:
        finding = decide(asked, "")
        return asked.topic == "childcare" or (
            finding.record is not None and finding.record.id in NATIONAL_ANSWER and finding.known
        )
    return not asked.topics and decide(asked, "").record is None and not _anywhere(asked)


def _anywhere(asked: Asked) -> bool:
    """Whether any of the five documents has something to these words."""
    return any(decide(asked, r.id).record is not None for r in regions.regions())


def _elsewhere(conversation: Conversation, asked: Asked, places: list[Place]) -> Outcome:
    """A place that is none of ours, or not yet certain."""
    open_place = next((p for p in places if p.options), None)
    if open_place is None:
        name = next((p.name for p in places if p.name), "")
        return _remembering(conversation, asked, "", Outcome([reply("policy.not_covered", place=name)], "unknown"))
    ours = open_place.options[0]
    if open_place.level == "province" and _provincial(asked, ours):
        return respond(conversation, asked, ours)
    return ask_region(conversation, asked, Reply(open_place.ask), [*open_place.options])


def _provincial(asked: Asked, region: str) -> bool:
    """Whether what is known holds for the whole province."""
    finding = decide(asked, region)
    return finding.record is not None and finding.record.document.startswith("x-")


def speak_of(conversation: Conversation, record: str) -> None:
    """Another capability told what this record says; its words are read out when asked for."""
    conversation.remember(**{MEMORY: {**_last(conversation), "records": [record]}})


def _source(conversation: Conversation) -> Outcome:
    """Reads out the words behind the last answer."""
    last = _last(conversation)
    records = [library().records[i] for i in last.get("records", []) if i in library().records]
    if records:
        return Outcome([original(record) for record in records[:MOST_COMPARED]], "answered")
    return Outcome(
        [reply("policy.source_gap" if last.get("asked") else "policy.source_none")],
        "answered" if last.get("asked") else "unknown",
    )
