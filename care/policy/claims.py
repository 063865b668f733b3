"""Whether words ask for a policy although the bot took them for something else.

“东莞那个行动计划过期了没有” sounds like a question about an order, “杨凌空巢老人是不是都能免费享受服务” like one about somebody's
own case; both ask what a document says. A place and nearness to what the documents hold decide.
"""

from __future__ import annotations

import re

from care import regions
from care.conversation.model import Conversation
from care.policy.asked import understand
from care.policy.decide import decide
from care.policy.dialogue import MEMORY, known_region, without
from care.policy.paper import asks_paper
from care.policy.retrieve import NEAR_ENOUGH, find
from care.turn import Turn

LOOSE = frozenset(
    {"inform", "nlu_fallback", "help", "out_of_scope", "order_status", "rate", "well_being", "my_info", "complain"}
)
"""Intents whose words are a policy's as soon as they come near to one."""
UNHEARD = frozenset({"nlu_fallback", "out_of_scope"})
"""Intents that say nothing, so that words need not even sound like a question."""
STRICT = frozenset({"service_query", "price_query", "book", "waitlist_query", "eligibility_ask", "order_cancel"})
"""Intents that have good answers of their own: only what is nearly a question on file is taken from them."""
SURE_TOPIC = 2.0
NEAR_STRICT = 0.4
"""Nearness to a question on file that takes words from a capability that could answer them in its own way."""
NEAR_IN_GENERAL = 0.3
"""The same for a general question that was taken for one about somebody's own case."""
SHORTEST = 5
"""Characters that a question needs beside its place."""
LONGEST_FOLLOW = 8
"""Longest question, in characters, that leans on the policy just told."""
UNPRICED = frozenset({
    "safety_bell", "high_age_allowance", "allowance", "benefit_card", "ltc_insurance", "home_adaptation", "disability_allowance",
    "finance",
})  # fmt: skip
"""Topics about which the service list knows no price."""
ASKS = re.compile(
    "[吗么不没呢?？啵]$|什么|怎么|多少|几|谁|哪|多久|多大|是不是|有没有|能不能|会不会|要不要|管不管|给不给|算不算|行不行|可不可以|率$|比例$|没有$|是不是|可以.*吗"
)
OFFICIAL = re.compile(
    "补|政策|规定|政府|国家|文件|方案|计划|比例|率|占多|占几|几成|百分|覆盖|哪年|哪一年|几所|几家|重点|优先|标准|物业|窗口"
)
"""Words of papers and offices, with which a service is hardly ordered."""
IN_PIECES = re.compile("^[^，]{1,9}(老人|老头|老太太?|人|户|家庭|的|岁|失能|低保|特困|独居|残疾)，")
"""Somebody described in short pieces: “失独老人，在东莞，…”."""
PERSONAL = re.compile(
    "我|咱|本人|爸|妈|爹|娘|奶|爷|姥|婆婆|公公|老伴|老头子|丈夫|媳妇|她|他|岁|申请|够不够|够条件|符合|资格|想|打算|帮|给.{0,2}(约|订|派)"
    r"|[七八九]十|\d|级残疾"
)
"""Words of somebody who speaks of one person or wants something done, not of what a document says."""


def claims(conversation: Conversation, turn: Turn) -> bool:
    """Whether the policies take this turn from the capability that the bot chose."""
    if conversation.task or turn.intent not in LOOSE | STRICT | {"callback"}:
        return False
    if turn.intent == "price_query" and _follows(conversation, turn):
        return True
    places = regions.find(turn.text) or regions.find_heard(turn.text)
    named = next((p.region for p in places if p.region), "")
    spoken_of = "" if places else (conversation.recall(MEMORY) or {}).get("region", "") and known_region(conversation)
    region = named or spoken_of
    asked = understand(without(turn.text, places))
    if asked.topic == "hotline" and asked.topics["hotline"] >= SURE_TOPIC and not PERSONAL.search(asked.text):
        return turn.intent in LOOSE | {"price_query", "callback"}
    if not region or len(asked.text) < SHORTEST:
        return False
    if turn.intent not in UNHEARD and not ASKS.search(asked.text.strip("。，,. ")):
        return False
    if asks_paper(asked):
        return turn.intent != "callback"
    if turn.intent == "callback":
        return False
    if turn.intent in STRICT and PERSONAL.search(asked.text):
        return False
    if turn.intent == "eligibility_ask" and IN_PIECES.match(turn.text):
        return False
    best = find(asked, region, limit=1)[0]
    finding = decide(asked, region)
    sure = best.near >= NEAR_ENOUGH or bool(named) and max(asked.topics.values(), default=0.0) >= SURE_TOPIC
    if turn.intent in LOOSE:
        return sure and finding.found != "none"
    if turn.intent == "eligibility_ask":
        return finding.found in ("answer", "masked") and best.near >= NEAR_IN_GENERAL
    if turn.intent == "price_query" and asked.topic in UNPRICED:
        return bool(finding.gap or finding.record)
    if turn.last("service") and not OFFICIAL.search(asked.text):
        return False
    known = bool(finding.record) and best.near >= (NEAR_STRICT if not OFFICIAL.search(asked.text) else NEAR_IN_GENERAL)
    return known or (bool(OFFICIAL.search(asked.text)) and finding.found in ("gap", "no_topic") and sure)


def _follows(conversation: Conversation, turn: Turn) -> bool:
    """A bare “那多少钱” straight after a policy means that policy."""
    if turn.last("service") or len(turn.text) > LONGEST_FOLLOW or not conversation.last_replies:
        return False
    card = conversation.last_replies[-1].get("card") or {}
    return card.get("kind") == "policy" and bool(card.get("records"))
