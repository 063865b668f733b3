"""The service that was offered (要我帮您登记吗？), and how long the offer stands.

An offer stays open for a few turns: people first tell more of their case, where they live and who they are, and then say that it
is to be done. Which words take it up, `care.booking.offered` says.
"""

from __future__ import annotations

import re

from care.conversation.model import Conversation
from care.reply import Reply
from care.service_list import aliases

MOST = 2
"""Choices of an offer: yes, and not now."""
OPEN = "offer"
"""Memory key of the offer that was made last: its words, and for how many turns it still stands."""
TURNS = 3
"""So many turns an offer that was not taken up at once stays open."""
LOOKED_AT = "能不能"
"""A case is offered to be looked at (我能不能申请…): no offer of a service."""
BEGUN = re.compile(r"asking_(?!region)|confirming|booked|submitted|rescheduled|cancelled|emergency|handed_over|ended")
"""States in which something else was begun or done since."""
DECLINES = re.compile(
    r"不用|不要|不订|不约|先不|算了|(?<!没|冇|有)(?<!没有)别|再说|下次|不是(?=[要想这那的，。]|$)|回头|商量|考虑"
)


def by_words(text: str) -> list[str]:
    """The service that words name, by the longest of its names."""
    plain = text.replace("个", "")
    hits = sorted((word for word in aliases() if word in text or word in plain), key=len, reverse=True)
    return [aliases()[hits[0]]] if hits else []


def just_now(conversation: Conversation) -> str:
    """The words with which the offer at the end of the last answer is taken; empty when it made none."""
    last = Reply.from_dict(conversation.last_replies[-1]) if conversation.last_replies else None
    if last is None or not 1 <= len(last.choices) <= MOST or not by_words(last.choices[0].value):
        return ""
    return "" if LOOKED_AT in last.choices[0].value else last.choices[0].value


def wish(conversation: Conversation) -> str:
    """The words with which the offer that is still open is taken; empty when there is none."""
    return just_now(conversation) or str((conversation.recall(OPEN) or {}).get("words", ""))


def leave_open(conversation: Conversation, words: str) -> None:
    """Leaves something open, also where the answer offers another thing first (那先帮我登记)."""
    conversation.remember(**{OPEN: {"words": words, "left": TURNS + 1}})


def keep(conversation: Conversation, declined: bool) -> None:
    """Keeps an offer open after a turn, unless it was declined or something else was begun."""
    still = conversation.recall(OPEN)
    if made := just_now(conversation):
        conversation.remember(**{OPEN: {"words": made, "left": TURNS}})
    elif still:
        over = declined or BEGUN.match(conversation.state) or still["left"] <= 1
        conversation.remember(**{OPEN: None if over else {**still, "left": still["left"] - 1}})
