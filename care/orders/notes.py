"""Notes for whoever comes, kept with an order that stands: said plainly, or offered where it is not sure that they are one."""

from __future__ import annotations

import re

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
"""Kinds of entity of how it is done: what of them cannot be changed, and is told as a change, is noted."""
ALTERS = re.compile(
    r"改|还是|换(?!药|水|鞋|衣)|不要[^，。]{1,8}(?:要|就)|(?:再|还|另外|顺便|也)[^，。]{0,4}(?:加|添|要|擦|洗|扫|弄|搞)|(?:加|添)(?:个|一个|上|一样)|(?:那[一1]?[份个]|饭|菜|[一两三]份)[^，。]{0,3}(?:要|得|改|弄)[^，。]{0,2}(?:软|淡|烂|素|少|不)"
)
"""Words that have it done otherwise than it was agreed on."""
TOLD_OTHERWISE = ("cleaning_task", "diet", "bath_place", "aid", "medical_task", "department", "mobility")
"""Kinds of entity with which that is told."""
BATH, WHERE = "bath", re.compile(r"(?:改|换|还是)[^，。,]{0,4}(?:上门|家|屋|站|澡堂|中心)")
"""A bath, and words that have it elsewhere."""
AT_THE_DOOR = re.compile(r"敲|拍门|叫门|门铃|进门|到了|来了|来的时候|打[^，]{0,3}电话|(?:他|她|佢|老人|老伴|老太太?|老头子?|[爸妈爹娘])(?:的)?(?:耳|听不)")
SHORTEST = 6
"""Characters of words that may be a note though they sound like none."""
UNHEARD = ("inform", "correct", "nlu_fallback", "out_of_scope")
"""Intents that say nothing of what is meant."""


def at_the_door(text: str) -> bool:
    """Whether words say how loudly somebody is to knock, ring or call, and not how the assistant is to speak."""
    return bool(AT_THE_DOOR.search(text))


def alters(turn: Turn, ordered: set[str]) -> bool:
    """Whether particulars of what was agreed on are told otherwise (改成在家洗, 再加个擦厨房, of a bath 还是上门吧)."""
    if not ALTERS.search(turn.text):
        return False
    where = BATH in ordered and WHERE.search(turn.text)
    return bool(where) or any(entity.kind in TOLD_OTHERWISE for entity in turn.entities)


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
