"""Whom to call about an order: the speaker instead of the elder, who does not hear the telephone (打我的行不)."""

from __future__ import annotations

import re
from dataclasses import replace

from care.conversation.model import Conversation
from care.handover import reachable
from care.orders import notes
from care.orders.model import Order
from care.reply import Outcome
from care.texts import phrase, reply
from care.turn import Turn
from care.wording import say_phone

WANTED = re.compile(
    r"打(?:给)?(?:我|俺)(?:家)?(?:大|小|老)?(?:闺女|女儿|儿子|媳妇|儿媳|女婿|孙子|孙女|崽|外甥女?|侄[儿女子]|姐|妹|哥|弟|老伴)[^，。]{0,3}(?:电话|手机|号码|的)(?!.{0,4}(?:没|不)[通到])"
    r"|打(?:给)?(?:我|俺)(?:的|这个|这边|这头)?(?:电话|手机|号码?)?(?:上)?(?:行|可以|好|吧|就|中|得|成|$|[，。,？?]|别|莫|不)"
    r"|(?:电话|手机)?(?:打|通知|联系)(?:给)?(?:我|俺)(?:的|这个)?(?:电话|手机|号码?)(?!.{0,4}(?:没|不)[通到])|有事(?:找|打|联系)(?:给)?我|(?:接不到|接不了|听不到|听不见|不会接)[^，。]{0,6}[，,]?(?:就)?(?:找|打)(?:给)?(?:我|俺)"
)
"""The speaker is to be called."""
OF_OTHERS = re.compile(r"打(?:给)?(?:我|俺)?(?:家)?(?:的)?(?:大|小|老)?(?:闺女|女儿|儿子|媳妇|儿媳|女婿|孙|崽|仔|囡|外甥|侄|姐|妹|哥|弟|老伴|邻居)")
"""Somebody else than the speaker is to be called."""
PENDING = "number_to_call"
"""Memory key of the order for which the speaker's number was asked."""


def wanted(conversation: Conversation, turn: Turn) -> bool:
    """Whether the speaker is to be called, or tells the number that was asked for that."""
    return bool(WANTED.search(turn.text) or turn.all("phone") and conversation.recall(PENDING))


def answer(conversation: Conversation, order: Order, turn: Turn) -> Outcome | None:
    """Writes the number on the order; the words alone, and the question for the number, where it is not known."""
    if not wanted(conversation, turn):
        return None
    own = "" if OF_OTHERS.search(turn.text) else reachable(conversation) or order.asked_by_phone
    number = str(turn.last("phone") or own)
    conversation.remember(**{PENDING: None})
    if number == order.person_phone and not turn.all("phone"):
        number = ""
    if number:
        order.asked_by_phone = order.asked_by_phone or (number if number != order.person_phone else "")
        words = phrase("orders.call_this", phone=number)
        done = notes.note(order, replace(turn, text=words))
        said = replace(done.replies[0], say=done.replies[0].say.replace(number, say_phone(number)), show=done.replies[0].say)
        return Outcome([said], done.state, done.order)
    done = notes.note(order, turn)
    conversation.remember(**{PENDING: order.number})
    return Outcome([reply("orders.ask_number_to_call", card=done.replies[0].card)], done.state, done.order)
