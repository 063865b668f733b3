"""Whether words alter an order that stands, although the bot took them for a new one: “刚才那个饭加一份”."""

from __future__ import annotations

import re

from care.conversation.model import Conversation
from care.orders import finding
from care.turn import Turn

TAKEN_OVER = frozenset({"book", "add_item", "inform", "correct", "nlu_fallback"})
JUST_NOW = re.compile(r"(?:刚才|刚刚|方才|才刚|刚)(?:订|定|约|叫|说|要)?(?:的|好的?|那)?[^，。]{0,6}[，,]?(?:再|给我)?(?:加|多|减|少|改|变|换)")
"""Words about what was ordered a moment ago, and that it is to be otherwise."""
MORE_OF_IT = re.compile(r"^(?:那|哦|对了|等等|，)*(?:再)?多(?:送|加|订|来)(?:一|两|1|2)份[吧啊呗]?$")
"""One more of what was ordered a moment ago (再多送一份)."""
CANCELS = re.compile(r"取消|退掉|退了|撤了|撤掉|撤单|(?:不要|不订|不约|不去|不洗|不送|不做|不办|不吃)了|别(?:送|来|做)了|不用(?:来|送|做)了?")
"""Words that, after an order, mean that order; it is repeated and asked about before anything is cancelled."""
PLAINLY = re.compile(r"别(?:再)?(?:送|来)了|不用(?:再)?(?:来|送)了?|取消|退掉|撤单")
"""Those that mean it in any sentence (那天我得去随礼，别来了)."""
REFUSING = ("deny", "stop")
CANCELLING = "取消刚才的订单，"
"""Put before words that are to be taken up as a cancellation."""


def cancelling(conversation: Conversation, turn: Turn) -> str:
    """The words to take up when the order made last, or some of its days, is not wanted any more (那两天不要了)."""
    if not conversation.recall(finding.LAST) or not CANCELS.search(turn.text):
        return ""
    plain = PLAINLY.search(turn.text) and not turn.all("service")
    meant = turn.intent in REFUSING or turn.all("time") or turn.all("duration") or plain
    return CANCELLING + turn.text if meant else ""
MOVING = "我要改刚才的订单，"
"""Put before words that are to be taken up as a change."""
SENT_TO = re.compile(r"(?:送到?|改到?|换到?|搬到?)[^，。]{1,}")


def redirecting(conversation: Conversation, turn: Turn) -> str:
    """The words to take up when, after an order, another address is told (送到东城区我女儿那边行吗)."""
    elsewhere = turn.all("address") and SENT_TO.search(turn.text)
    return MOVING + turn.text if conversation.recall(finding.LAST) and elsewhere else ""


def claims(conversation: Conversation, turn: Turn) -> bool:
    """Whether the change task takes this turn: an order was made in this conversation, and no task is open."""
    if conversation.task or turn.intent not in TAKEN_OVER or not conversation.recall(finding.LAST):
        return False
    return bool(JUST_NOW.search(turn.text) or MORE_OF_IT.search(turn.text))
