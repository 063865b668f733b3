"""Questions about policies in conversation: which region, follow-ups, comparisons, the original words on request."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from care import regions
from care.conversation.model import Conversation
from care.offers import by_words
from care.policy.asked import Asked, topics_of, understand
from care.policy.compose import compared, lacks_still, not_said, original, refuse, tell
from care.policy.decide import Finding, decide, outside
from care.policy.leaning import (
    BESIDE,
    MEMORY,
    PAID,
    SHORT,
    VAGUE,
    asked_plainly,
    asks_on,
    complete,
    last_told,
    remembering,
    restored,
    stored,
)
from care.policy.matters import matters, sides
from care.policy.paper import NUMBER, about, asks_paper, of_what_was_told
from care.policy.records import library
from care.policy.terms import explained
from care.policy.where import HERE, keeps, known_region, places_in, without
from care.regions import Place
from care.reply import Outcome, Reply
from care.service_list import SERVICE_SPOKEN_OF
from care.texts import reply
from care.turn import Turn

TASK = "policy_region"
MOST_COMPARED = 3
SOURCE = re.compile(
    r"原文|出处|依据|哪一?条写|第几条|文件(上|里)?怎么(写|说)的?|念(一|给|条|文)|哪个文件(说|写|规定)|凭什么|谁规定|哪(来|儿来)的规定|文号"
)
COMPARE = re.compile(
    r"比(一比|较|一下|起来)|区别|不一样|差别|相比|哪(个|里|边|儿)(的)?(更|好|多|勤|早)|谁(更|好|多|勤)|分别|两(个地方|地|边)|各是|都(是|怎么|咋)?"
)
EVERYWHERE = re.compile(
    "[五5各]个?(?:地方|地|处|城市)的?|几个(?:地方|城市)的?(?=[^，]{0,4}(?:都|一样|怎么|分别|谁|哪))|每个地方|哪个地方.{0,8}(?:最|更)"
)
"""All places at once, which nobody could follow by ear."""
WHICH = re.compile("^(那|那么)?哪(个|里|边|儿)(地方)?(有|没|要|管|给|收|写|说)")
"""“哪个有年龄要求”, of places just set side by side."""
MORE_MONEY = re.compile("哪(个|里|边|儿|头)?(地方)?的?(给得|发得|补得)?(更)?(多|高|少|低)|谁(更)?(多|高)|差多少")
NATIONAL_TOPICS = frozenset({"hotline", "consumption_subsidy", "six_helps_content"})
"""Topics answered alike everywhere, so no region is asked for."""
NATIONAL_ANSWER = frozenset({"X-C-01", "X-C-02", "X-C-06", "X-C-07"})
OWN_MATTER = 3.0
"""Weight of words that name a topic of their own."""


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Answers `policy_ask`, `policy_compare` and `policy_source`."""
    text = turn.text.strip()
    if told := explained(text):
        return remembering(conversation, understand(text), "", told)
    if asks_on(conversation, turn):
        return _asked_on(conversation, text)
    places = places_in(turn, text, known_region(conversation))
    asked = complete(conversation, understand(without(text, places), turn))
    wants_source = turn.intent == "policy_source" or (
        SOURCE.search(text) and len(text) < SHORT and not topics_of(text).keys() - {"document"}
    )
    spoken_of = last_told(conversation).get("region", "")
    here = next((p.region for p in places), spoken_of)
    if spoken_of and here and (NUMBER.search(text) and not places or of_what_was_told(without(text, places))):
        return respond(conversation, understand("文件" + without(text, places)), here)
    if (
        wants_source
        and turn.intent == "policy_source"
        and (_asks_when(text, asked) or _new_matter(conversation, asked) or not SOURCE.search(text) and places and asks_or_knows(asked, places))
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
    if mentioned:  # 吉林和湖南: a province named beside one of ours stands for what we have of it
        mentioned = list(dict.fromkeys(p.region or p.options[0] for p in places if p.region or len(p.options) == 1))
    if _is_comparison(turn, text, mentioned, conversation):
        return _compare(conversation, asked, mentioned)
    if not mentioned and EVERYWHERE.search(text):
        return remembering(conversation, asked, "", Outcome([reply("policy.compare_which")], "answered"))
    if not mentioned and not asked.topics and (turn.intent == "policy_compare" or COMPARE.search(text)):
        return Outcome([reply("policy.compare_what")], "unknown")
    if VAGUE.match(asked.text) or not (asked.topics or asked.tokens):
        conversation.region = next(iter(mentioned), conversation.region)
        return remembering(conversation, asked, "", Outcome([reply("policy.vague")], "answered"))
    if mentioned:
        return respond(conversation, asked, mentioned[0], keep=keeps(conversation, text))
    if places:
        return _elsewhere(conversation, asked, places)
    region = _region_for(conversation, asked, text)
    if region or _is_national(asked):
        return respond(conversation, asked, region)
    return ask_region(conversation, asked)


def _asked_on(conversation: Conversation, text: str) -> Outcome:
    """One more question about what was just told: another fact of its topic, a detail of it, or plainly that it is not written."""
    last = last_told(conversation)
    before, said = restored(last["asked"]), understand(asked_plainly(text))
    asked = replace(understand(f"{before.text}，{said.text}"), topics=before.topics, aspects=said.aspects)
    finding = decide(asked, last["region"])
    told_already = finding.record is not None and finding.record.id in last.get("records", [])
    of_it = finding.record is not None and bool(before.topics.keys() & set(finding.record.topics))
    if finding.found == "gap" or of_it and (not told_already or finding.known and said.aspects):
        return respond(conversation, asked, last["region"])
    shown = conversation.last_replies[-1].get("card") or {"kind": MEMORY, "records": last.get("records", [])}
    times = shown.get("unsaid", 0)
    return Outcome([replace(not_said(last["region"], times), card={**shown, "unsaid": times + 1})], "unknown")


def asks_or_knows(asked: Asked, places: list[Place]) -> bool:
    """Whether words with a place ask for its paper or for something that is on file there."""
    region = next((p.region for p in places if p.region), "")
    return asks_paper(asked) or bool(region) and decide(asked, region).known


def _one_by_one(conversation: Conversation, several: list[str], places: list[Place]) -> Outcome | None:
    """The answers to questions of one breath, each for its own place or else the first one named; none where no place is known."""
    region = next((p.region for p in places if p.region), "") or last_told(conversation).get("region", "")
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


def _asks_when(text: str, asked: Asked) -> bool:
    """“哪一年”: by when it is to be, not the words of the paper."""
    return "deadline" in asked.aspects and not SOURCE.search(text)


def _new_matter(conversation: Conversation, asked: Asked) -> bool:
    """Whether words that ask for a paper name a matter of their own, not yet spoken of: 消费券是谁发的文件."""
    own = {t: w for t, w in asked.topics.items() if t != "document" and w >= OWN_MATTER}
    last = last_told(conversation)
    return bool(own) and not (last.get("records") and own.keys() & (last.get("asked") or {}).get("topics", {}).keys())


def respond(conversation: Conversation, asked: Asked, region: str, keep: bool = False) -> Outcome:
    """The answer for a known region; `keep` makes it the conversation's own."""
    if region and (keep or not conversation.region):
        conversation.region = region
    if paper := about(asked, region):
        kept = remembering(conversation, asked, region, Outcome([paper], "answered"))
        conversation.remember(**{MEMORY: {**last_told(conversation), "records": (paper.card or {})["records"]}})
        return kept
    finding = decide(asked, region)
    if finding.record is None:
        found = remembering(conversation, asked, region, Outcome([refuse(asked, finding, region)], "unknown"))
        conversation.remember(**{MEMORY: {**last_told(conversation), "records": []}})
        return found
    last = last_told(conversation)
    told, offers = list(last.get("told", [])), list(last.get("offered", []))
    topic = finding.record.topics[0]
    if finding.found == "partly" and finding.record.id in last.get("records", []) and region == last.get("region"):
        spoken = lacks_still(finding)
    else:
        spoken = tell(asked, finding, told, offer=topic not in offers or not finding.known)
    outcome = Outcome([spoken], "answered" if finding.known else "unknown")
    remembering(conversation, asked, region, outcome)
    conversation.remember(
        **{
            MEMORY: {
                **last_told(conversation),
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
    conversation.keep_draft(TASK, {"asked": stored(asked), "tries": 1, "last_message": "", "options": options or []})
    remembering(conversation, asked, "", Outcome())
    topic = library().topics.get(asked.topic or "")
    if topic and (named := by_words(topic.service)):
        conversation.remember(**{SERVICE_SPOKEN_OF: named[0]})  # 给我妈装一个 wants it, before any place is told
    return Outcome([question or reply("policy.ask_region")], "asking_region")


def _region_for(conversation: Conversation, asked: Asked, text: str) -> str:
    """The region meant where none is named: the one just spoken of, unless the words say "here"."""
    spoken = last_told(conversation).get("region", "")
    return (
        known_region(conversation)
        if HERE.search(text) and known_region(conversation)
        else spoken or known_region(conversation)
    )


def _is_comparison(turn: Turn, text: str, mentioned: list[str], conversation: Conversation) -> bool:
    if len(mentioned) > 1:
        return True
    if not mentioned and (BESIDE.search(text) or WHICH.search(text)) and not _brings_topic(text):
        return len(last_told(conversation).get("regions", [])) > 1
    comparing = BESIDE.search(text) is not None
    other = last_told(conversation).get("region") or known_region(conversation)
    return comparing and len(mentioned) == 1 and bool(other) and other != mentioned[0]


def _brings_topic(text: str) -> bool:
    """Whether words bring a topic of their own."""
    return bool(topics_of(text))


def _compare(conversation: Conversation, asked: Asked, mentioned: list[str]) -> Outcome:
    if not mentioned:
        mentioned = last_told(conversation)["regions"][-2:]
    if len(mentioned) == 1:
        mentioned = [last_told(conversation).get("region") or known_region(conversation), *mentioned]
    if not (asked.topics or asked.tokens):
        return remembering(conversation, asked, "", Outcome([reply("policy.vague")], "answered"))
    if not asked.aspects and MORE_MONEY.search(asked.text) and asked.topic in PAID:
        asked = replace(asked, aspects=("amount",))
    findings: list[tuple[str, Finding]] = [(region, decide(asked, region)) for region in mentioned[:MOST_COMPARED]]
    said = compared(asked, findings)
    known = any(f.record for _, f in findings)
    remembering(conversation, asked, mentioned[-1], Outcome())
    conversation.remember(
        **{
            MEMORY: {
                **last_told(conversation),
                "records": [f.record.id for _, f in findings if f.record],
                "regions": mentioned[:MOST_COMPARED],
            }
        }
    )
    return Outcome([said], "answered" if known else "unknown")


def _is_national(asked: Asked) -> bool:
    """Whether the answer is the same in all of China."""
    if asks_paper(asked):
        return False
    if asked.topic in NATIONAL_TOPICS or outside(asked):
        return True
    if asked.topics.keys() & {"assessment", "dementia", "childcare"}:
        finding = decide(asked, "")
        if asked.topic == "childcare":
            return True
        national = finding.record is not None and finding.record.id in NATIONAL_ANSWER and finding.known
        return national and all(decide(asked, r.id).record is finding.record for r in regions.regions())
    return not asked.topics and decide(asked, "").record is None and not _anywhere(asked)


def _anywhere(asked: Asked) -> bool:
    """Whether any of the five documents has something to these words."""
    return any(decide(asked, r.id).record is not None for r in regions.regions())


def _elsewhere(conversation: Conversation, asked: Asked, places: list[Place]) -> Outcome:
    """A place that is none of ours, or not yet certain."""
    open_place = next((p for p in places if p.options), None)
    if open_place is None:
        name = next((p.name for p in places if p.name), "")
        return remembering(conversation, asked, "", Outcome([reply("policy.not_covered", place=name)], "unknown"))
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
    conversation.remember(**{MEMORY: {**last_told(conversation), "records": [record]}})


def _source(conversation: Conversation) -> Outcome:
    """Reads out the words behind the last answer."""
    last = last_told(conversation)
    records = [library().records[i] for i in last.get("records", []) if i in library().records]
    if records:
        return Outcome([original(record) for record in records[:MOST_COMPARED]], "answered")
    return Outcome(
        [reply("policy.source_gap" if last.get("asked") else "policy.source_none")],
        "answered" if last.get("asked") else "unknown",
    )
