"""Words about an order that stands, though they name none: how it stands, how it will be done, a note, a rating.

What they mean is learnt (`care.orders.meaning`); which order they are about is the one whose service they name, else the one
spoken of last. Changes and cancellations go to the change task, which repeats them and asks.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.orders import asked, finding, meaning, speech, visit
from care.orders.model import Order, OrderEvent
from care.orders.rating import EARLIER, rate
from care.orders.service import by_number
from care.orders.status import answer as tell_status
from care.reply import Outcome
from care.texts import reply
from care.turn import Turn

ANSWERED = frozenset({meaning.STATUS, meaning.VISIT, meaning.NOTE, meaning.RATE})
NOT_OURS = frozenset({"human", "emergency", "scam", "bye", "greet", "repeat", "slower", "louder"})
"""Intents that are never about the order when the bot is sure of them."""
SURE = 0.7
OTHER_THING = re.compile(r"车|买|修|灯|药|针|轮椅|床|扶手|养老|志愿|陪|聊")
"""Names of other things than the one ordered."""
TAKEN_FOR_A_WISH = ("book", "add_item", "inform", "nlu_fallback", "service_query", "order_status")
MOVES = re.compile(
    r"(?:改|挪|推|推迟|换|延|调|移|串|提前)(?:到|至)|改(?:大?后天|明天|下个?(?:周|星期|礼拜)|周|星期|礼拜)"
)
"""Words that move what stands, whatever reason is told before them."""
ASKING = re.compile(r"改(?:到|成)?(?:哪|几)|了(?:没|吗|吧)|是不是|[?？]$")
OF_A_SERVICE = frozenset({meaning.CHANGE, meaning.CANCEL, meaning.NEW})
"""Meanings that are none when another service is named than those that stand."""
ORDERING = ("book", "add_item")
REMARK, REMARKS, LONGEST = "remark", 3, 36
"""The particular that keeps notes, how many of them, and how long one may be."""


def means(conversation: Conversation, turn: Turn) -> str:
    """The meaning of words said while an order stands and nothing is being asked; empty where they are about something else."""
    if conversation.task:
        return ""
    if not conversation.recall(finding.LAST):
        return _of_the_past(turn)
    if asked.about_it(turn.text):
        return meaning.STATUS
    if turn.intent in NOT_OURS and turn.confidence >= SURE:
        return ""
    ordered, named = set(conversation.recall(finding.STANDING, [])), set(turn.all("service"))
    if named and named <= ordered and turn.intent in ORDERING and not turn.all("time"):
        turn = replace(turn, intent="inform")  # what was ordered is only named again
    foreign = bool(ordered and named and not named & ordered)
    if not foreign and MOVES.search(turn.text) and turn.all("time") and not ASKING.search(turn.text):
        return meaning.CHANGE
    meant = meaning.of(turn)
    return "" if foreign and meant in OF_A_SERVICE else meant


def _of_the_past(turn: Turn) -> str:
    """Praise or blame for what was done before this conversation, which the bot took for a wish."""
    if turn.intent not in TAKEN_FOR_A_WISH or not EARLIER.search(turn.text):
        return ""
    meant = meaning.of_words(turn.text)
    return meant if meant in (meaning.RATE, meaning.COMPLAIN) else ""


def plainly(conversation: Conversation, text: str) -> bool:
    """Whether words are about the order that stands, as far as the bare text tells."""
    return not conversation.task and bool(conversation.recall(finding.LAST)) and bool(meaning.of_words(text))


def claims(conversation: Conversation, turn: Turn) -> bool:
    """Whether words are about the order, or want another like it, and are answered at once."""
    meant = means(conversation, turn)
    return meant in ANSWERED or meant == meaning.NEW and _like_it(turn)


def _like_it(turn: Turn) -> bool:
    """Whether one more is wanted without saying of what (我自己也要一份)."""
    return (
        not turn.all("service") and not turn.meant and turn.intent not in ORDERING and not OTHER_THING.search(turn.text)
    )


def of_another(conversation: Conversation, turn: Turn, booking: str) -> str:
    """What is meant when words in the middle of a booking are about another order that stands (那个搞卫生的我不要了).

    Args:
        booking: the service that is being booked; what is said of it is for the booking.
    """
    named = set(turn.all("service"))
    if not named or booking in named or not named <= set(conversation.recall(finding.STANDING, [])):
        return ""
    meant = meaning.STATUS if asked.about_it(turn.text) else meaning.of_words(turn.text)
    return meant if meant in (meaning.CANCEL, meaning.STATUS) else ""


def complains(conversation: Conversation, turn: Turn) -> bool:
    """Whether words after an order tell of something that went wrong."""
    return means(conversation, turn) == meaning.COMPLAIN


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Answers by what is meant; in the middle of a task only how an order stands is told."""
    meant = meaning.STATUS if conversation.task else means(conversation, turn)
    if meant == meaning.RATE:
        return rate(session, conversation, turn)
    order = _spoken_of(session, conversation, turn)
    if order is not None and meant == meaning.NEW:
        conversation.remember(again=f"我想再订{speech.name(order)}，{turn.text}")
        return Outcome([reply("conversation.affirm")], "idle")
    if order is None or meant == meaning.STATUS or not finding.is_open(order):
        return tell_status(session, conversation, replace(turn, intent="order_status"))
    conversation.remember(**{finding.LAST: order.number})
    if meant == meaning.NOTE:
        return _note(order, turn)
    return visit.answer(conversation, order, turn)


def _spoken_of(session: Session, conversation: Conversation, turn: Turn) -> Order | None:
    """The order whose service is named, else the one spoken of last."""
    orders = finding.known(session, conversation)
    number = finding.spoken_number(turn)
    last = by_number(session, number or conversation.recall(finding.LAST) or "")
    service = turn.last("service") or finding.named_service(orders, turn.text)
    if last is not None and (number or not service or last.service == service):
        return last if finding.may_hear(conversation, last) else None
    return next((order for order in orders if order.service == service and finding.is_open(order)), last)


def _note(order: Order, turn: Turn) -> Outcome:
    """Keeps a wish for whoever comes with the order, and says it back."""
    words = turn.text.strip("，。！!？? ")[:LONGEST]
    kept = [one for one in str(order.particulars.get(REMARK) or "").split("；") if one and one != words]
    order.particulars = {**order.particulars, REMARK: "；".join([*kept, words][-REMARKS:])}
    order.history.append(OrderEvent(what="noted", detail={"words": words}))
    said = reply("orders.noted", name=speech.name(order), words=words, card=speech.as_card(order, True))
    return Outcome([said], "answered", order.number)
