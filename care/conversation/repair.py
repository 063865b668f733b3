"""When nothing was understood: rephrase with an example, then two choices, then a human (never the same twice)."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from care import agreement, booking, company, orders
from care.conversation.model import Conversation
from care.handover import human
from care.reply import Outcome, Reply
from care.texts import phrase, reply
from care.turn import Turn

RUNGS = 2


LONG = 60
"""Characters from which words are a tale, out of which the wish is taken up by itself."""
TAKEN = 80
AGAIN = "+"
"""Ends the id of a message that is taken up anew; it is not taken up a third time."""
WISH = re.compile(r"能不能|可不可以|给我[送约找派订]|帮我|我想[要约订请找问]|想[请约订找]|我要[约订请找问]")


def _wish(turn: Turn) -> str:
    """The end of a long tale from its last wish on; empty when the words are short or wish for nothing."""
    if len(turn.text) <= LONG or turn.message_id.endswith(AGAIN):
        return ""
    last = max((found.start() for found in WISH.finditer(turn.text)), default=0)
    # 能不能…给我送 is one wish: the earlier word counts when the two are close.
    close = [found.start() for found in WISH.finditer(turn.text) if 0 <= last - found.start() <= TAKEN // 4]
    return turn.text[min(close, default=last) :][:TAKEN] if last else ""


UNHEARD = "unheard"
"""Memory key: the misses in a row are of sound, not of understanding; any words that come through end them."""
NEAR_LIMIT = 3
"""So many choices can be named with their keys."""
NUMERALS = "一二三"
CONFIRM = "confirm"
YES_NO = "吗？"
"""Ends a question that yes or no answers."""


def unheard(session: Session, conversation: Conversation, turn: Turn, cut_short: bool = False) -> Outcome:
    """The same ladder for sound without words: once more please, then the question with keys, then a human.

    A long answer is never said again for it, only what it asks; “对吗” is asked with its keys from the first time on,
    unless what it is asked about was `cut_short`.
    In danger nobody is asked to speak up; they are asked how they are.
    """
    if conversation.state == "emergency":
        return Outcome([reply("emergency.still_there")], "emergency")
    conversation.misses += 1
    conversation.remember(**{UNHEARD: True})
    if conversation.misses > RUNGS:
        conversation.misses = 0
        return human(session, conversation, turn)
    asked = _asked(conversation)
    if asked is None:
        return Outcome([reply("call.unheard") if conversation.misses < RUNGS else reply("call.unheard_keys")], "unknown")
    if conversation.misses < RUNGS and conversation.asking == CONFIRM and cut_short:
        return Outcome([reply("call.unheard"), asked.repeated], conversation.state)
    if conversation.misses < RUNGS and conversation.asking == CONFIRM:
        return Outcome([replace(asked, say=phrase("call.unheard_confirm"), show="")], conversation.state)
    if conversation.misses < RUNGS:
        return Outcome([reply("call.unheard"), asked], conversation.state)
    return Outcome([replace(_with_keys(conversation, asked), again=asked.again)], conversation.state)


def _asked(conversation: Conversation) -> Reply | None:
    """The question that waits for an answer, without what was said before it; all of that is there for who asks for it."""
    if not conversation.last_replies:
        return None
    last = Reply.from_dict(conversation.last_replies[-1])
    if not conversation.asking and not (conversation.state == "answered" or last.choices):
        return None
    asked = last.question
    if not asked and not conversation.asking:
        return None
    return replace(last, say=asked or last.say, show=asked or last.show, again=last.again or last.say)


def _with_keys(conversation: Conversation, asked: Reply) -> Reply:
    """How to answer the open question without speaking."""
    choices = asked.choices[:NEAR_LIMIT]
    if not choices and (conversation.asking == CONFIRM or asked.say.endswith(YES_NO)):
        return reply("call.unheard_keys_of", keys=phrase("call.unheard_yes_no"))
    if choices:
        keys = "，".join(
            phrase("call.unheard_key", title=choice.title, key=numeral)
            for choice, numeral in zip(choices, NUMERALS, strict=False)
        )
        return reply("call.unheard_keys_of", keys=keys, choices=choices)
    return reply("call.unheard", attempt=1)


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """The next rung of the ladder; while company is kept, company."""
    if taken_up := booking.task.take_up(session, conversation, turn):
        return taken_up
    if company.going_on(conversation):
        return company.go_on(session, conversation, turn)
    if agreement.closes(turn.text):
        return Outcome([reply("conversation.deny")], "idle")
    wish = _wish(turn) or booking.taken_with(conversation, turn) or orders.cancelling(conversation, turn) or orders.redirecting(conversation, turn)
    if wish:
        conversation.remember(again=wish)
        return Outcome([reply("conversation.affirm")], "idle")
    conversation.misses += 1
    if conversation.misses > RUNGS:
        conversation.misses = 0
        return human(session, conversation, turn)
    guess = booking.guess(turn) if conversation.misses == 1 else None
    if guess and turn.ranking and turn.ranking[0][0] == "book" and not turn.message_id.endswith(AGAIN):
        conversation.remember(again=guess.choices[0].value)
        return Outcome([reply("conversation.affirm")], "idle")
    return Outcome([guess or reply("conversation.not_understood", attempt=conversation.misses - 1)], "unknown")
