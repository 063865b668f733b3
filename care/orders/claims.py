"""Whether words alter an order that stands, although the bot took them for a new one: “刚才那个饭加一份”."""

from __future__ import annotations

import re

from care.conversation.model import Conversation
from care.orders import finding
from care.turn import Turn

TAKEN_OVER = frozenset({"book", "add_item", "inform", "correct", "nlu_fallback"})
JUST_NOW = re.compile(r"(?:刚才|刚刚|方才|才刚|刚)(?:订|定|约|叫|说|要)?(?:的|好的?|那)?[^，。]{0,6}[，,]?(?:再|给我)?(?:加|多|减|少|改|变|换)")
"""Words about what was ordered a moment ago, and that it is to be otherwise."""


def claims(conversation: Conversation, turn: Turn) -> bool:
    """Whether the change task takes this turn: an order was made in this conversation, and no task is open."""
    if conversation.task or turn.intent not in TAKEN_OVER or not conversation.recall(finding.LAST):
        return False
    return bool(JUST_NOW.search(turn.text))
