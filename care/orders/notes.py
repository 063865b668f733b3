"""Notes for whoever comes, kept with an order that stands: said plainly, or offered where it is not sure that they are one."""

from __future__ import annotations

from care import agreement
from care.conversation.model import Conversation
from care.orders import finding, meaning, speech
from care.orders.model import Order, OrderEvent
from care.reply import Choice, Outcome
from care.texts import reply
from care.turn import Turn

REMARK, REMARKS, LONGEST = "remark", 4, 60
"""The particular that keeps notes, how many of them, and how long one may be."""
TELL_THEM = "给上门的人捎句话，"
"""Put before words that are to be noted whatever they sound like."""
OF_AN_ORDER = ("service", "time", "quantity", "phone", "address", "place", "topic", "order_number")
"""Kinds of entity with which something else is wished for."""
PARTICULARS = ("department", "medical_task", "cleaning_task", "diet", "bath_place", "mobility", "aid", "health")
"""Kinds of entity that only whoever comes needs to know: told as a change (改看骨科), they are noted."""
SHORTEST = 6
"""Characters of words that may be a note though they sound like none."""
UNHEARD = ("inform", "correct", "nlu_fallback", "out_of_scope")
"""Intents that say nothing of what is meant."""


def note(order: Order, turn: Turn) -> Outcome:
    """Keeps a wish for whoever comes with the order, and says it back."""
    words = turn.text.removeprefix(TELL_THEM).strip("，。！!？? ")[:LONGEST]
    kept = [one for one in str(order.particulars.get(REMARK) or "").split("；") if one and one != words]
    order.particulars = {**order.particulars, REMARK: "；".join([*kept, words][-REMARKS:])}
    order.history.append(OrderEvent(what="noted", detail={"words": words}))
    said = reply("orders.noted", name=speech.name(order), words=words, card=speech.as_card(order, True))
    return Outcome([said], "answered", order.number)


def likely(conversation: Conversation, turn: Turn) -> bool:
    """Whether words that nobody understood may be meant for whoever comes: it is asked, nothing is written down unasked."""
    if conversation.task or turn.intent not in UNHEARD or not conversation.recall(finding.LAST):
        return False
    says_more = any(entity.kind in OF_AN_ORDER for entity in turn.entities)
    tells = len(turn.text) >= SHORTEST and not says_more and not meaning.ASKS.search(turn.text)
    return tells and meaning.nearest(turn.text) in ("", meaning.NOTE) and not agreement.agrees(turn)


def offer(order: Order, turn: Turn) -> Outcome:
    """Asks whether the words are to be written down for whoever comes."""
    words = turn.text.strip("，。！!？? ")[:LONGEST]
    taps = (Choice("写上", TELL_THEM + words), Choice("不用写", "先不用"))
    return Outcome(
        [reply("orders.note_offer", name=speech.name(order), words=words, choices=taps)], "answered", order.number
    )
