"""A wish said a moment ago, when what comes next tells only what a booking needs (你们那里有冇得人来搞卫生的……就礼拜五上午搞吧九点).

Whatever was answered to the wish, or asked back: who tells a day with its hour, or their name and telephone, wanted it done.
"""

from __future__ import annotations

import re

from care.booking import data
from care.booking.hearing import asks_openly
from care.conversation.model import Conversation
from care.offers import DECLINES
from care.turn import Turn

BEFORE = "told_before"
"""Memory key of the last turns before a booking: words, what was recognised in them, and the service they wished for."""
ORDERED = "ordered_services"
APPLICATION = "application"
"""Kind of what is applied for: who they are is then told for that, and no proof of a wish."""
CHECK = "eligibility"
"""The task in which names and telephones are told for the application that may follow."""
WISHES = frozenset({"book", "add_item"})
ASKS = frozenset({"service_query", "price_query", "policy_ask", "eligibility_ask", "waitlist_query", "order_status"})
"""Intents of questions in which a service may be wished for."""
UNSURE = frozenset({"nlu_fallback", "inform", "correct", "emergency", "affirm"})
"""Intents of words that were not understood; what they wish for is taken as learnt where the bot thought of a wish too."""
NOTHING_OF_IT = frozenset({
    "human", "emergency", "scam", "complain", "abuse", "stop", "deny", "callback", "bye", "order_cancel", "lonely", "medical_advice",
})  # fmt: skip
"""Intents of words that book nothing, whatever they tell."""
OTHERS_COME = re.compile(r"(?<![给帮替])(?:他|她|佢|人家|儿子|女儿|闺女|媳妇|孙[子女]|亲戚)们?[^，。]{0,8}(?:来|回|走|到|接)")
"""Words about those who come anyway (明天上午九点她就来了)."""


def of(turn: Turn) -> str:
    """The service that these words wish for or ask about; empty where they do neither."""
    if turn.intent in WISHES:
        return turn.last("service") or turn.meant
    if turn.intent in ASKS:
        return turn.last("service") or ""
    thought_of = any(name in WISHES for name, _ in turn.ranking)
    return turn.last("service") or (turn.meant if thought_of else "") if turn.intent in UNSURE else ""


def last(conversation: Conversation) -> str:
    """The service wished for or asked about last, within the turns that are kept; empty when there is none."""
    told = conversation.recall(BEFORE) or []
    return next((one["wished"] for one in reversed(told) if one.get("wished")), "")


def told_for(conversation: Conversation, turn: Turn) -> str:
    """The service wished for a moment ago for which these words tell what only a booking needs; empty where they do not."""
    code = last(conversation)
    if not code or turn.all("service") or turn.intent in NOTHING_OF_IT or code in (conversation.recall(ORDERED) or []):
        return ""
    if asks_openly(turn.text) or DECLINES.search(turn.text) or OTHERS_COME.search(turn.text):
        return ""
    item = data.service_item("", code)
    who = turn.all("phone") and turn.all("person_name") and conversation.task != CHECK
    of_them = bool(who) and item is not None and item.kind != APPLICATION
    return code if of_them or any(_comes(value) for value in turn.all("time")) else ""


def _comes(value: object) -> bool:
    """Whether a time is a day to come with its hour, or at least its part of the day."""
    if not isinstance(value, dict) or value.get("past") or value.get("vague"):
        return False
    return bool(value.get("date") and (value.get("time") or value.get("part")))
