"""Whether short words straight after a policy mean that policy: 那多少钱, 念给我听, 那我爸七十五呢, 这是哪个部门的事, 广州呢."""

from __future__ import annotations

import re

from care.conversation.model import Conversation
from care.policy.asked import understand
from care.policy.decide import decide
from care.policy.dialogue import SOURCE
from care.policy.leaning import MONEY_TOLD, MORE, complete, last_told
from care.policy.paper import FORMAL, PERIOD, of_what_was_told
from care.policy.records import library
from care.turn import Turn

GUESSED = 0.5
"""Confidence below which the bot's choice for short words after a policy is a guess."""
SURE_INTENT = 0.7
"""Confidence from which the bot's choice stands."""
ELIGIBILITY = "eligibility_ask"
PLACE_TOO = re.compile(
    "^(那|那么|要是|换成|还有)?(在|到)?.{2,8}?(呢|的呢|那边呢|那里呢|咋样|怎么样|怎样|有没有|一样吗|也一样吗|也是吗|也是这样吗|也这样吗|也有吗)[？?。]?$"
)
"""“广州呢”: the same, asked for another place."""
THAT = re.compile("^(那|那么|这|这个|这事|那个|它|该|具体)")
AFTER_POLICY = frozenset({
    "who_are_you", "out_of_scope", "nlu_fallback", "inform", "help", "callback", "policy_source", "order_status",
    "service_query", "my_info", "ask_time", "privacy", "correct",
})  # fmt: skip
"""What the bot takes short words for that mean the policy just told."""
AFTER_ASPECTS = frozenset(
    {"department", "how_to_apply", "who", "percent", "how_often", "deadline", "materials", "age", "fee", "amount", "count"}
)
OF_PAPER = frozenset({"order_status", "inform", "nlu_fallback", "out_of_scope"})
NEVER_OF_PAPER = frozenset({"human", "callback", "bye", "order_cancel", "family_bind"})
"""What people say for its own sake, also after a policy."""
TOLD_TO_ORDER = frozenset({"service", "time", "phone", "address", "order_number", "person_name"})
NOW = re.compile("今天|现在|今儿|几点|星期|礼拜|几号")
READ_OUT = frozenset({"out_of_scope", "nlu_fallback", "repeat", "inform", "help"})
SO_TOO_FROM = frozenset({"inform", "nlu_fallback", "eligibility_ask", "correct", "out_of_scope", "my_info"})
SO_TOO = re.compile("^((那|那么|要是|如果).{1,12}|.{1,4}的)呢[？?。]?$")
"""“那我爸七十五呢”: the same, asked for somebody else."""
THE_OTHERS = re.compile("^(那|那么|要是|如果|换成)[^，。]{1,12}的呢[？?。]?$")
"""“那完全动不了的呢”: the same of other people, which is nobody's wish, whatever it sounds like."""
VERDICT = "eligibility"
"""Kind of the card that an eligibility check shows."""
HOW_MUCH = frozenset({"price_query", "policy_ask", "eligibility_ask", "nlu_fallback", "inform", "out_of_scope"})
LONGEST_LEANING = 14
"""The same of one that points back: 这是哪个部门的事."""
LONGEST_FOLLOW = 8
"""Longest question, in characters, that leans on the policy just told."""


def asks_after_paper(conversation: Conversation, turn: Turn) -> bool:
    """Whether words straight after a policy ask after its paper, whatever they sound like: 这玩意儿到底定没定."""
    card = (conversation.last_replies[-1].get("card") or {}) if conversation.last_replies else {}
    if card.get("kind") != "policy" or not card.get("records") or turn.intent in NEVER_OF_PAPER:
        return False
    return of_what_was_told(turn.text) and not any(e.kind in TOLD_TO_ORDER for e in turn.entities)


def asks_of_others(conversation: Conversation, turn: Turn) -> bool:
    """Whether words straight after a policy ask the same of other people."""
    card = (conversation.last_replies[-1].get("card") or {}) if conversation.last_replies else {}
    if card.get("kind") != "policy" or not card.get("records") or turn.intent in NEVER_OF_PAPER:
        return False
    return bool(THE_OTHERS.search(turn.text)) and not any(e.kind in TOLD_TO_ORDER for e in turn.entities)


def _orders(turn: Turn) -> bool:
    return turn.intent in NEVER_OF_PAPER or any(e.kind in TOLD_TO_ORDER for e in turn.entities)


def told_of(conversation: Conversation) -> tuple[str, str]:
    """The topic of what a document just told, or was asked for in vain, and the region; empty where something else was told."""
    card = (conversation.last_replies[-1].get("card") or {}) if conversation.last_replies else {}
    last = last_told(conversation)
    topics: dict[str, float] = (last.get("asked") or {}).get("topics") or {}
    if card.get("kind") != "policy" or not topics:
        return "", ""
    told = library().records.get(next(iter(card.get("records") or ()), ""))
    topic = told.topics[0] if told else max(topics, key=lambda topic: topics[topic])
    return topic, str(last.get("region") or "")


def silent_on(conversation: Conversation) -> bool:
    """Whether the document that was just asked about said nothing of it."""
    return bool(told_of(conversation)[0]) and not conversation.last_replies[-1]["card"].get("records")


def known_besides(conversation: Conversation, text: str) -> bool:
    """Whether the document that was just told of also answers what is asked on."""
    last, said = last_told(conversation), understand(text)
    finding = decide(complete(conversation, said), last["region"])
    fresh = finding.record is not None and finding.record.id not in last.get("records", [])
    return finding.known and (fresh or bool(said.aspects))


def leans(conversation: Conversation, turn: Turn) -> bool:
    """Whether a short question asks for one more detail of the policy told a moment ago: 我妈重度失能能报多少."""
    card = (conversation.last_replies[-1].get("card") or {}) if conversation.last_replies else {}
    if card.get("kind") != "policy" or not card.get("records") or len(turn.text) > LONGEST_LEANING:
        return False
    return bool(AFTER_ASPECTS & set(understand(turn.text).aspects))


def asks_how_much_after_verdict(conversation: Conversation, turn: Turn) -> bool:
    """Whether words after an eligibility check ask how much is given (那能给多少钱): its record knows, or nobody does."""
    told = any((said.get("card") or {}).get("kind") == VERDICT for said in conversation.last_replies)
    if not told or turn.intent not in HOW_MUCH or turn.all("service") or len(turn.text) > LONGEST_LEANING:
        return False
    return "amount" in understand(turn.text).aspects


def follows(conversation: Conversation, turn: Turn) -> bool:
    """Whether these words lean on what was told a moment ago."""
    if not conversation.last_replies:
        return False
    if asks_how_much_after_verdict(conversation, turn):
        return True
    card = conversation.last_replies[-1].get("card") or {}
    if card.get("kind") not in ("policy", "policy_compare"):
        return False
    if turn.intent in AFTER_POLICY and turn.all("place") and not turn.all("service") and PLACE_TOO.search(turn.text):
        return True
    if card.get("kind") != "policy":
        return False
    if turn.intent == "price_query" and not turn.last("service") and len(turn.text) <= LONGEST_FOLLOW:
        return True
    if not card.get("records"):
        return False
    short = len(turn.text) <= LONGEST_FOLLOW
    if short and turn.confidence < GUESSED and leans(conversation, turn) and not _orders(turn):
        return True
    if (
        turn.intent in AFTER_POLICY | {ELIGIBILITY}
        and MONEY_TOLD.search(turn.text)
        and len(turn.text) <= LONGEST_LEANING
    ):
        return True
    if (
        turn.intent in AFTER_POLICY
        and turn.confidence < SURE_INTENT
        and len(turn.text) <= LONGEST_LEANING
        and not turn.all("service")
        and AFTER_ASPECTS & set(understand(turn.text).aspects)
        and (THAT.search(turn.text) or len(turn.text) <= LONGEST_FOLLOW)
    ):
        return True
    if (
        turn.intent in AFTER_POLICY
        and turn.confidence < SURE_INTENT
        and MORE.search(turn.text)
        and len(turn.text) <= LONGEST_LEANING
    ):
        return True
    if turn.intent in READ_OUT and SOURCE.search(turn.text) and len(turn.text) <= LONGEST_FOLLOW:
        return True
    if (
        turn.intent in OF_PAPER
        and (PERIOD.search(turn.text) or FORMAL.search(turn.text))
        and len(turn.text) <= LONGEST_FOLLOW
    ):
        return True
    if turn.intent == "ask_time":
        return (
            len(turn.text) <= LONGEST_FOLLOW
            and not NOW.search(turn.text)
            and "deadline" in understand(turn.text).aspects
        )
    if turn.last("service"):
        return False
    return turn.intent in SO_TOO_FROM and bool(SO_TOO.search(turn.text)) and not turn.all("time")
