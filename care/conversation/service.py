"""Every turn of every channel: who is it, is it an emergency, ask the bot, keep the transcript, never be silent.

The order is fixed: emergencies are looked for before anything else, also when the database or the bot is down;
then a message that was delivered before gets its old answer; then commands and keys; then the bot.
"""

from __future__ import annotations

import asyncio
import time
import uuid
import weakref
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from care import agreement, booking, company, emergency, handover, identity, offers, orders, policy, scams
from care.calls import unfinished
from care.conversation import handed, hearing, machine, manners, openers, repair, reproach, spelling
from care.conversation.bot import Bot, BotAnswer, BotUnavailable
from care.conversation.model import CUT_SHORT, Conversation, Line
from care.conversation.opening import opened
from care.db import unit_of_work
from care.emergency import doubt, lasting
from care.masking import mask
from care.reply import Outcome, Reply
from care.settings import settings
from care.texts import reply
from care.turn import Turn

log = structlog.get_logger(__name__)

SESSION_TURNS = 12
"""After so many turns, with no task open, the bot gets a fresh session: its turns stay quick in a long chat."""
EARLIER = "-"
"""Ends the id of words that are taken up before those of the message."""
GREETED_ELSEWHERE = ("web", "phone")
"""Channels that introduce the assistant themselves before the first message."""
INTRODUCED = "introduced"
"""Memory key: the assistant has said what it is."""
DONE = ("submitted",)
"""What is told of something finished stays said when a wish told along is taken up after it, as does whatever has a card."""
UNKNOWN = "unknown"
"""The state of words that nothing came of."""
REPEATING = ("repeat", "slower", "faster", "louder", "quieter", "accent")
"""Commands whose answer says the last replies again; they do not become the last replies themselves."""


@dataclass(frozen=True)
class Message:
    """One message from a channel."""

    conversation: str
    text: str
    channel: str = "test"
    phone: str | None = None
    """The caller's number, if the channel vouches for it or the caller gave it."""
    message_id: str = ""
    """The same id means: delivered again. Empty means that the channel never repeats."""
    cut_short: bool = False
    """The person spoke into the last answer before all of it was said."""


@dataclass(frozen=True)
class Result:
    """What a channel gives back."""

    conversation: str
    replies: list[Reply]
    state: str
    order: str | None = None
    trouble: str = ""
    """What could not be reached: `bot` or `database`; empty when all is well."""
    region: str = ""
    """Region id that the conversation is about, as far as it is known."""


@dataclass
class _Opened:
    """A turn after its first look at the database."""

    text: str
    result: Result | None = None
    sender: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)
    before: list[Reply] = field(default_factory=list)
    """Said before the bot's answer."""
    first: list[str] = field(default_factory=list)
    """Words said earlier that are still to be taken up, before the text."""
    state: str = ""
    """The conversation's state before this turn."""


class Desk:
    """Takes the turns of all conversations of one process."""

    def __init__(self, bot: Bot | None = None) -> None:
        self._bot = bot or Bot()
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    async def handle(self, message: Message) -> Result:
        """One turn. Turns of one conversation are taken one after the other; only an emergency waits for nobody."""
        if not message.message_id:
            message = replace(message, message_id=uuid.uuid4().hex)
        danger = emergency.check(message.text)
        if danger:
            return await self._turn(message, danger)
        async with self._locks.setdefault(message.conversation, asyncio.Lock()):
            return await self._turn(message, None)

    async def unheard(self, message: Message) -> Result:
        """One turn of which the words could not be made out; its text is empty."""
        message = replace(message, message_id=message.message_id or uuid.uuid4().hex)
        async with self._locks.setdefault(message.conversation, asyncio.Lock()):
            try:
                return await asyncio.to_thread(_unheard, message, time.perf_counter())
            except SQLAlchemyError as error:
                log.error("database_unavailable", error=type(error).__name__)
                return _without_database(message, None)

    async def _turn(self, message: Message, danger: emergency.Emergency | None) -> Result:
        started = time.perf_counter()
        try:
            opened = await asyncio.to_thread(_open, message, danger, started)
            if opened.result is not None:
                return opened.result
            answer = await self._ask(opened)
            return await asyncio.to_thread(_close, message, opened, answer, started)
        except SQLAlchemyError as error:
            log.error("database_unavailable", error=type(error).__name__)
            return _without_database(message, danger)

    async def _ask(self, opened: _Opened) -> BotAnswer | None:
        """The bot's answer, also to words that an action wants taken up anew; none when it cannot be had."""
        try:
            told: BotAnswer | None = None
            unclear: list[str] = []
            for number, earlier in enumerate(opened.first, 1):
                metadata = {**opened.metadata, "message_id": opened.metadata["message_id"] + EARLIER * number}
                answer = await self._answered(opened.sender, earlier, metadata)
                opened.metadata |= await asyncio.to_thread(_asked_now, opened.metadata["conversation"])
                if opened.metadata["task"]:  # its question gives way to what is said next
                    opened.before += [said for said in answer.replies[:-1] if said.say]
                elif answer.state == UNKNOWN:  # words that say nothing by themselves are heard with those after them
                    await asyncio.to_thread(_unmissed, opened.metadata["conversation"])
                    unclear.append(earlier)
                else:
                    opened.before += told.replies if told else []
                    told = answer
            text = "，".join([*unclear, opened.text])
            answer = await self._answered(opened.sender, text, opened.metadata)
        except BotUnavailable:
            return None
        if told and answer.state == UNKNOWN:
            await asyncio.to_thread(_unmissed, opened.metadata["conversation"])
            return told
        opened.before += told.replies if told else []
        return answer

    async def _answered(self, sender: str, text: str, metadata: dict[str, Any]) -> BotAnswer:
        answer = await self._bot.ask(sender, text, metadata)
        if answer.again:
            done = answer.replies if answer.state in DONE else [told for told in answer.replies if told.card]
            asked = await asyncio.to_thread(_asked_now, metadata["conversation"])
            metadata = {**metadata, "message_id": metadata["message_id"] + "+", **asked}
            answer = await self._bot.ask(sender, answer.again, metadata)
            answer = replace(answer, replies=[*done, *answer.replies])
        return answer

    async def close(self) -> None:
        """Closes what is open."""
        await self._bot.close()


def _open(message: Message, danger: emergency.Emergency | None, started: float) -> _Opened:
    """Finds or begins the conversation and answers whatever needs no understanding."""
    with unit_of_work() as session:
        conversation = opened(session, message.conversation, message.channel, message.phone)
        if before := _delivered_before(session, conversation, message):
            return _Opened(message.text, before)
        conversation.remember(**{CUT_SHORT: message.cut_short or None})
        heard = hearing.clean(message.text, settings().max_text)
        outcome = _urgent(session, conversation, message, danger)
        if outcome is None and heard.fault:
            outcome = Outcome([reply(heard.fault)], conversation.state if conversation.task else "unknown")
        last = Reply.from_dict(conversation.last_replies[-1]) if conversation.last_replies else None
        text = heard.text if outcome else hearing.chosen(spelling.mended(heard.text, conversation.asking), conversation.asking, last)
        outcome = outcome or _command(session, conversation, message, text)
        replies: list[Reply] = []
        first: list[str] = []
        if isinstance(outcome, emergency.Leaving):
            *first, text = outcome.words
            replies, outcome = outcome.replies, None
        elif outcome is None:
            told = machine.asked(text)
            text = machine.beside(text) if told else text
            outcome, words, replies = _by_desk(session, conversation, text)
            replies = [machine.truth(conversation), *replies] if told else replies
            *first, text = words
        if outcome is not None:
            return _Opened(text, _record(session, conversation, message, outcome, started))
        if (
            not conversation.last_replies
            and message.channel not in GREETED_ELSEWHERE
            and not conversation.recall(INTRODUCED)
        ):
            replies = [reply("conversation.introduce"), *replies]
            conversation.remember(**{INTRODUCED: True})
        return _Opened(
            text, None, _bot_session(conversation), _metadata(conversation, message), replies, first, conversation.state
        )


def _by_desk(session: Session, conversation: Conversation, text: str) -> tuple[Outcome | None, list[str], list[Reply]]:
    """Answers to the desk's own questions (whether there is danger, who is calling, whether to go on with what was broken off).

    Returns:
        What is said, if that is all; else the words for the bot, one after the other, and what is said before its answer.
    """
    if conversation.asking == doubt.ASKING:
        outcome, words = doubt.answer(session, conversation, text)
        return outcome, words, []
    if conversation.asking == unfinished.ASKING:
        return unfinished.answer(session, conversation, text), [text], []
    if outcome := (handed.number_given(session, conversation, text) or scams.asked_on(session, conversation, text)):
        return outcome, [text], []
    if conversation.asking != identity.ASKING:
        if not conversation.task:
            text = agreement.after_thanks(text) or text
        text = orders.retold(session, conversation, text) or company.visit_wished(conversation, text) or text
        return None if _understood(conversation, text) else doubt.ask(conversation, text), [text], []
    outcome, again = identity.answer(session, conversation, text)
    return (None, [again], outcome.replies) if outcome and again else (outcome, [text], [])


def _understood(conversation: Conversation, text: str) -> bool:
    """Whether words that do not speak for danger are plainly about an order that stands, plainly lonely, or of a scam."""
    told = (
        orders.afterwards.plainly(conversation, text)
        or company.tells_of_loneliness(text)
        or scams.tells_of_one(text)
    )
    return told and emergency.urgency(text) < emergency.ALARMING


def _unheard(message: Message, started: float) -> Result:
    with unit_of_work() as session:
        conversation = opened(session, message.conversation, message.channel, message.phone)
        outcome = repair.unheard(session, conversation, _plain_turn(message, "", "nlu_fallback"), message.cut_short)
        return _record(session, conversation, message, outcome, started)


def _delivered_before(session: Session, conversation: Conversation, message: Message) -> Result | None:
    newest = select(func.max(Line.id)).where(Line.conversation_id == message.conversation).scalar_subquery()
    found = session.execute(
        select(Line, Line.id == newest).where(
            Line.conversation_id == message.conversation, Line.message_id == message.message_id
        )
    ).first()
    if found is None:
        return None
    line, is_newest = found
    said = conversation.last_replies if is_newest and not line.repeats else line.said
    return Result(message.conversation, [Reply.from_dict(r) for r in said], line.state, line.order_number)


def _urgent(
    session: Session, conversation: Conversation, message: Message, danger: emergency.Emergency | None
) -> Outcome | None:
    harmless = (
        danger
        and (lasting.described(conversation, message.text, danger) or doubt.denied(conversation, message.text))
        or doubt.cannot_answer(conversation, message.text)
    )
    if harmless:
        return None
    if danger:
        return doubt.ask_first(conversation, message.text, danger) or emergency.raise_alarm(
            session, conversation, danger, message.text
        )
    if conversation.state == "emergency":
        return emergency.follow_up(session, conversation, message.text)
    return None


def _command(session: Session, conversation: Conversation, message: Message, text: str) -> Outcome | None:
    if begun := openers.met(conversation, text):
        return begun
    name = hearing.command(text)
    if conversation.task not in (None, "complaint") and hearing.wants_who_is_in_charge(text):
        name = "human"
        if conversation.task == "callback":
            conversation.keep_draft("callback", None)
            conversation.task = None
    if name == "human":
        return handover.human(session, conversation, _plain_turn(message, text, "human"))
    if name:
        return manners.command(conversation, name)
    if not conversation.task and not conversation.asking and agreement.takes_leave(text):
        return manners.bye(conversation)
    if machine.asked(text) and not machine.beside(text):
        conversation.remember(**{INTRODUCED: True})
        return machine.answer(conversation)
    return reproach.met(session, conversation, _plain_turn(message, text, "human"))


def _plain_turn(message: Message, text: str, intent: str) -> Turn:
    return Turn(message.conversation, text, intent, 1.0, (), message.message_id, message.channel)


def _unmissed(conversation_id: str) -> None:
    """Words taken up together with others are no miss of their own."""
    with unit_of_work() as session:
        conversation = session.get_one(Conversation, conversation_id)
        conversation.misses = max(conversation.misses - 1, 0)


def _asked_now(conversation_id: str) -> dict[str, str]:
    """What is being asked after words that were taken up first."""
    with unit_of_work() as session:
        conversation = session.get_one(Conversation, conversation_id)
        return {"task": conversation.task or "", "asking": conversation.asking}


def _metadata(conversation: Conversation, message: Message) -> dict[str, Any]:
    return {
        "conversation": conversation.id,
        "message_id": message.message_id,
        "channel": message.channel,
        "task": conversation.task or "",
        "asking": conversation.asking,
    }


def _bot_session(conversation: Conversation) -> str:
    number, turns = conversation.recall("bot_session", [0, 0])
    if turns >= SESSION_TURNS and not conversation.task and not conversation.drafts:
        number, turns = number + 1, 0
    conversation.remember(bot_session=[number, turns + 1])
    return f"{conversation.id}#{number}"


def _close(message: Message, opened: _Opened, answer: BotAnswer | None, started: float) -> Result:
    """Records what the bot answered, or says honestly that it could not."""
    with unit_of_work() as session:
        conversation = session.get_one(Conversation, message.conversation)
        if answer is None:
            outcome = _trouble(session, conversation, message, opened.text)
        else:
            conversation.remember(trouble=None)
            if answer.intent != "nlu_fallback" and (not conversation.task or conversation.recall(repair.UNHEARD)):
                conversation.misses = 0
                conversation.remember(**{repair.UNHEARD: None})
            # Fixed sentences decide no state: an open task still asks its question, anything else is answered.
            state = answer.state or (conversation.state if conversation.task else "answered")
            outcome = Outcome(answer.replies, state, answer.order)
        if conversation.state == "emergency" != opened.state:
            outcome.state = "emergency"  # it came in while the bot was thinking about this turn
        outcome.replies = [*opened.before, *outcome.replies]
        result = _record(session, conversation, message, outcome, started)
        return result if answer else replace(result, trouble="bot")


def _trouble(session: Session, conversation: Conversation, message: Message, text: str) -> Outcome:
    """The bot or its actions are down: say so, keep everything, offer people."""
    times = conversation.recall("trouble", 0)
    conversation.remember(trouble=times + 1)
    if times:
        handover.open_ticket(session, "callback", conversation, text, conversation.phone)
    state = conversation.state if conversation.task else "unknown"
    return Outcome([reply("conversation.trouble", attempt=times, text=text.replace("{", "").replace("}", ""))], state)


def _record(session: Session, conversation: Conversation, message: Message, outcome: Outcome, started: float) -> Result:
    repeats = any(r.command and r.command.name in REPEATING for r in outcome.replies)
    conversation.state = outcome.state
    if not repeats:
        conversation.last_replies = [r.as_dict() for r in outcome.replies]
        offers.keep(conversation, booking.declines(message.text))
        policy.keep(conversation)
    session.add(
        Line(
            conversation_id=conversation.id,
            message_id=message.message_id,
            heard=mask(message.text[: settings().max_text]),
            said=[{"say": mask(r.say)} for r in outcome.replies],
            repeats=repeats,
            state=outcome.state,
            order_number=outcome.order,
            milliseconds=round((time.perf_counter() - started) * 1000),
        )
    )
    region = booking.region_of(conversation) or conversation.region
    return Result(conversation.id, outcome.replies, outcome.state, outcome.order, region=region)


def _without_database(message: Message, danger: emergency.Emergency | None) -> Result:
    """Even without a database an emergency gets its sentence, and nobody gets silence."""
    if danger:
        return Result(message.conversation, [emergency.advice(danger)], "emergency")
    said = reply("conversation.trouble", text=message.text[:50].replace("{", ""))
    return Result(message.conversation, [said], "unknown", trouble="database")
