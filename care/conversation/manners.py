"""Manners: greeting, repeating, pace, the time of day, goodbye, and a yes or no when no task is asking."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from care import booking, clock, company, emergency, identity, not_known, offers, orders, regions, service_list
from care.booking.hearing import is_question
from care.conversation import accent, repair
from care.conversation.model import Conversation
from care.emergency import doubt
from care.masking import mask
from care.reply import Command, Outcome, Reply
from care.service_list import SERVICE_SPOKEN_OF
from care.texts import reply
from care.turn import Turn
from care.wording import WEEKDAYS, say_calendar_day, say_time

RATE_DEFAULT = 140
RATE_STEP = 20
RATE_LIMITS = (105, 185)
"""Hanzi a minute: what espeak-ng speaks clearly and what elders asked for."""
SURE_OF_DANGER = 0.5
"""Least confidence of the model in an emergency for which it is asked about."""
SURE_OF_BYE = 0.7
"""Confidence from which words are a goodbye although none of the usual ones is in them."""
PARTING = re.compile(
    r"再见|再会|拜|挂|走|回头|改天|下次|下回|没事|没了|没有|不用|好了|行了|可以了|完|休息|睡|忙|谢|就这|这样|到这|不说|不聊|先|安"
)
PRICED = re.compile(r"[块元]|不收钱|免费")
"""An answer that told a price and nothing else; of what a service is, a name with a colon is told first."""
LUNAR = re.compile(r"农历|阴历|旧历|老历|初几|黄历")
"""The day of the old calendar is asked for, which is not known here."""
WHICH_DAY = re.compile(r"星期|礼拜|周几|几号|几月|哪一?天|日子")
"""Words that ask for a day's date or weekday."""
ASKS_ON = re.compile(r"呢[？?]?$")
"""The end of a question that goes on with the one before (那大后天呢)."""
NEAR_LIMIT = 2
"""A question with at most this many choices is a yes-or-no question: its first choice is the yes."""


def greeting_name() -> str:
    """Which greeting fits the hour."""
    hour = clock.now().hour
    return "morning" if 5 <= hour < 11 else "noon" if hour < 13 else "afternoon" if 13 <= hour < 18 else "evening"


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Answers by intent."""
    if turn.intent == "bye" and turn.confidence < SURE_OF_BYE and not PARTING.search(turn.text):
        return repair.answer(session, conversation, turn)
    return command(conversation, turn.intent) or _ANSWERS[turn.intent](session, conversation, turn)


def command(conversation: Conversation, name: str) -> Outcome | None:
    """Carries out repeat, slower, faster, louder, quieter, cantonese or mandarin; anything else is not its business."""
    last = [Reply.from_dict(r) for r in conversation.last_replies]
    if name == "repeat":
        nothing = reply("call.greeting" if conversation.channel == "phone" else "conversation.nothing_said")
        again = [said.repeated for said in last] or [nothing]
        return _same_state(conversation, again, Command("repeat"))
    if name == "here":
        return Outcome([reply("conversation.here"), *(last if conversation.asking else [])], conversation.state)
    if name in ("slower", "faster"):
        rate = _new_rate(conversation, -RATE_STEP if name == "slower" else RATE_STEP)
        return _same_state(
            conversation,
            [reply(f"conversation.{name}"), *last],
            Command("slower" if name == "slower" else "faster", {"rate": rate}),
        )
    if name in ("louder", "quieter"):
        conversation.remember(loud=name == "louder")
        if conversation.person:
            conversation.person.loud = name == "louder"
        return _same_state(
            conversation, [reply(f"conversation.{name}"), *last], Command("louder" if name == "louder" else "quieter")
        )
    if name in accent.NAMES:
        chosen = accent.choose(conversation, name)
        return _same_state(conversation, [reply(f"conversation.{name}"), *last], Command("accent", {"accent": chosen}))
    return None


def _same_state(conversation: Conversation, replies: list[Reply], what: Command) -> Outcome:
    first = replies[0]
    marked = replace(first, command=what)
    return Outcome([marked, *replies[1:]], conversation.state)


def _new_rate(conversation: Conversation, change: int) -> int:
    person = conversation.person
    rate = conversation.recall("rate") or (person.speech_rate if person else None) or RATE_DEFAULT
    rate = max(RATE_LIMITS[0], min(RATE_LIMITS[1], rate + change))
    conversation.remember(rate=rate)
    if person:
        person.speech_rate = rate
    return rate


def _greet(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    return Outcome([reply(f"conversation.greet_{greeting_name()}")], "idle")


def _bye(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    if conversation.task:
        conversation.remember(asked=turn.message_id)  # whoever takes leave is not asked on; what is open is kept
    return bye(conversation)


def bye(conversation: Conversation) -> Outcome:
    """Takes leave; of what is open it is said that it is kept."""
    return Outcome([reply(f"conversation.{'bye_open' if conversation.task else 'bye'}", command=Command("hang_up"))], "ended")


def _ask_time(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    now = clock.now()
    if LUNAR.search(turn.text):
        return Outcome([reply("conversation.time_lunar", date=_weekday(now.date()))])
    if (asked := _other_day(turn)) and asked != now.date():
        return Outcome([reply("conversation.day", date=_weekday(asked))])
    return Outcome([reply("conversation.time", date=_weekday(now.date()), time=say_time(f"{now:%H:%M}"))])


def _other_day(turn: Turn) -> date | None:
    """The one day whose date or weekday is asked for (明天星期几)."""
    told = turn.last("time") or {}
    if not WHICH_DAY.search(turn.text) or not told.get("date") or told.get("end_date"):
        return None
    return date.fromisoformat(told["date"])


def _weekday(day: date) -> str:
    return f"{say_calendar_day(day, day)}，星期{WEEKDAYS[day.weekday()]}"


def _my_info(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    person = conversation.person
    if asked := identity.gate(session, conversation, turn):
        return asked
    if person is None:
        return Outcome([reply("conversation.nothing_on_file")])
    return Outcome([reply("conversation.on_file", name=mask(person.name) or "您", address=mask(person.address))])


_ANSWERS = {"greet": _greet, "bye": _bye, "ask_time": _ask_time, "my_info": _my_info}


def loose(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Words that answer something, when no task asks: they may accept an offer or name a place or a service."""
    if taken_up := booking.task.take_up(session, conversation, turn):
        return taken_up
    accepts = turn.intent == "affirm" and company.has_offered(conversation)
    if company.going_on(conversation) and not turn.last("service") and not accepts:
        return company.go_on(session, conversation, turn)
    if turn.all("time") and ASKS_ON.search(turn.text) and (service := _just_told(conversation)):
        return _again(conversation, f"{ASKS_ON.sub('', turn.text)}{service}有吗")
    if turn.intent in ("inform", "affirm", "correct") and (words := booking.taken_with(conversation, turn)):
        return _again(conversation, words)
    if booking.agreed_again(conversation, turn) and not offers.just_now(conversation):
        return Outcome([reply("booking.settled")], conversation.state)
    if turn.intent == "dont_know" and not_known.cannot_tell(turn.text) and _asked_yes_or_no(conversation):
        return Outcome([reply("conversation.think_over" if offers.just_now(conversation) else "conversation.deny")], "idle")
    if turn.intent in ("affirm", "dont_know"):
        return _accept(conversation)
    offered = offers.just_now(conversation)  # 不要了 refuses the offer, not the order from before
    if not offered and (words := orders.cancelling(conversation, turn) or orders.redirecting(conversation, turn)):
        return _again(conversation, words)
    if turn.intent == "stop" and not booking.declines(turn.text) and (guess := booking.guess(turn)):
        return Outcome([guess], "unknown")  # 头发再不剪就成辫子了
    if turn.intent == "stop" and conversation.recall("last_order") and not offered:
        return Outcome([reply("orders.at_your_service")], "idle")  # nothing is being ordered, and what stands is kept
    if turn.intent == "hold_on" and (rest := booking.after_pause(turn)) and is_question(rest.text):
        return _again(conversation, rest.text)  # 等等先别订，我问问多少钱
    if turn.intent in ("deny", "stop", "hold_on"):
        return Outcome([reply(f"conversation.{turn.intent}")], "idle")
    if turn.intent in ("correct", "go_back") and conversation.recall("last_order"):
        return _again(conversation, f"我要改刚才的订单，{turn.text}")
    if turn.last("service"):
        return _again(conversation, f"想要{turn.text}")
    if place := next((p for p in turn.all("place") if p["region"]), None):
        conversation.region = place["region"]
        if asked := conversation.recall("policy_question"):
            return _again(conversation, f"{place['name']}，{asked}")
        if offers.just_now(conversation) and not PRICED.search(conversation.last_replies[-1]["say"]):
            return Outcome(
                [service_list.offer_again(conversation.last_replies[-1], place["region"])], conversation.state
            )
        if service := _just_told(conversation):
            told = conversation.last_replies[-1]["say"]
            return _again(
                conversation,
                f"{place['name']}的{service}{'多少钱' if PRICED.search(told.partition('：')[0]) else '在哪里'}",
            )
        return Outcome([reply("conversation.place_noted", place=regions.region(place["region"]).name)], "idle")
    return Outcome([booking.guess(turn) or reply("conversation.what_about_it")], "unknown")


def _just_told(conversation: Conversation) -> str:
    """The service that the last answer was about, by its name; empty when it was about something else."""
    code = conversation.recall(SERVICE_SPOKEN_OF)
    told = conversation.last_replies[-1]["say"] if conversation.last_replies else ""
    names = {item.say_name for item in service_list.anywhere(code)} if code else set()
    return next((name for name in names if name in told), "")


def _asked_yes_or_no(conversation: Conversation) -> Reply | None:
    """The last answer, where it ended in a question that a yes takes up."""
    last = Reply.from_dict(conversation.last_replies[-1]) if conversation.last_replies else None
    asks = last and 1 <= len(last.choices) <= NEAR_LIMIT and last.say.rstrip().endswith(("？", "吗", "?"))
    return last if asks else None


def _accept(conversation: Conversation) -> Outcome:
    if last := _asked_yes_or_no(conversation):
        return _again(conversation, last.choices[0].value)
    if wish := offers.wish(conversation):
        return _again(conversation, wish)
    stands = conversation.recall("last_order")
    return Outcome([reply("orders.at_your_service" if stands else "conversation.affirm")], "idle")


def _again(conversation: Conversation, words: str) -> Outcome:
    """Has the turn taken up anew as if these words had been said."""
    conversation.remember(again=words)
    return Outcome([reply("conversation.affirm")], "idle")


def suspect(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """The model suspects danger where the patterns saw none: one calm question, unless it is loneliness told.

    No question when the words tell of something past, over or denied, or when the model is far from sure.
    """
    if company.going_on(conversation) and company.touches(turn) and turn.intent == "emergency":
        return company.go_on(session, conversation, turn)
    if emergency.is_calm(turn.text) or turn.confidence < SURE_OF_DANGER or doubt.cleared(conversation, turn.text):
        return repair.answer(session, conversation, turn)
    if conversation.task or conversation.drafts:
        return Outcome([reply("conversation.danger")])  # the open task asks on after it
    return doubt.question(conversation, turn.text, "conversation.danger")
