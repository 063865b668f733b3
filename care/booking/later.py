"""Words after an offer that put it off: they begin nothing, and refuse nothing (我跟我妈商量一下, 再看看)."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from care.booking.hearing import is_question
from care.booking.offered import onward
from care.conversation.model import Conversation
from care.offers import just_now
from care.reply import Outcome
from care.texts import reply
from care.turn import Turn

LATER = re.compile(
    r"商量|商议|合计|寻思|琢磨|考虑|掂量|(?:再|先|得|让我|容我|等我)(?:看看|看一看|看下|想想|想一想|想一下|想下|说吧|瞧瞧|瞅瞅|等等看|看情况)|[再先要得让我](?:想想|想一想|想一下)|再说(?=[，。吧呗啊了]|$)|拿不定|没想好|没定|以后再|(?:改天|改日|回头|下回|下次)(?:再|聊|说|打|吧|联系|讲|我|[，。]|$)"
    r"|(?<![你您他她会])(?:问问?|问一下|问过|打听下?)(?:我|俺|额|他|她|家里?|屋里|儿|女|闺女|娃|孩子|老伴|老头)[^，。]{0,6}$|(?:等|听)[^，。]{1,8}(?:回来|来了|的意思|怎么说|点头)|过(?:几|两|些)天|过(?:一)?阵"
)
"""Words that neither take an offer up nor refuse it (我跟我妈商量一下, 再看看)."""
ASKS_LEAVE = re.compile(r"[，,]?(?:行不?行?|可以|好|中|要得)(?:吗|不|么|不好|吧|啵)?[？?。]?$")
"""The end of words that ask whether waiting is fine (我想想再说行不)."""
LONGEST_LATER = 20
"""Longest words, in characters, that only put it off."""
TAKES_BESIDE = frozenset({"address", "phone", "person_name", "service", "topic", "quantity"})
"""Kinds of entity of words that take an offer up, or ask for another thing."""


def puts_off(conversation: Conversation, turn: Turn) -> bool:
    """Whether words after an offer want to think it over first, and do nothing else."""
    if conversation.task or not just_now(conversation) or onward(turn.text) or len(turn.text) > LONGEST_LATER:
        return False
    if any(e.kind in TAKES_BESIDE for e in turn.entities):
        return False
    return bool(LATER.search(turn.text)) and not is_question(ASKS_LEAVE.sub("", turn.text))


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """The answer to who thinks an offer over: nothing is begun, and it can be had any time."""
    return Outcome([reply("conversation.think_over")], "idle")
