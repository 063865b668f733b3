"""Words about an order that stands, though they name none: how it stands, how it will be done, a note, a rating.

What they mean is learnt (`care.orders.meaning`); which order they are about is the one whose service they name, else the one
spoken of last. Changes and cancellations go to the change task, which repeats them and asks.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.orders import asked, complaint, finding, meaning, notes, speech, visit, whom_to_call
from care.orders.model import CANCELLED, Order
from care.orders.rating import EARLIER, rate
from care.orders.service import by_number
from care.orders.status import answer as tell_status
from care.reply import Outcome
from care.texts import reply
from care.turn import Turn

ANSWERED = frozenset({meaning.STATUS, meaning.VISIT, meaning.NOTE, meaning.RATE, meaning.SETTLED})
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
PLAINLY = re.compile(r"(?:别|莫|甭)(?:再)?(?:送|来)(?:了|$|，)|不用(?:再)?(?:来|送)了?|取消|退掉|撤单")
"""Words that call off what stands in any sentence (那天我得去随礼，别来了)."""
ASKING = re.compile(r"改(?:到|成)?(?:哪|几)|了(?:没|吗|吧)|是不是|[?？]$")
OF_A_SERVICE = frozenset({meaning.CHANGE, meaning.CANCEL, meaning.NEW})
"""Meanings that are none when another service is named than those that stand."""
ORDERING = ("book", "add_item")
MANNERS = frozenset({"thanks", "compliment", "bye", "greet"})
"""Intents that are answered in their own words also by somebody who is content."""
OF_AN_ORDER = frozenset({meaning.STATUS, meaning.VISIT, meaning.CHANGE, meaning.CANCEL, meaning.NOTE})
"""What may be meant with the number of an order that was not spoken of yet."""
ONE_MORE = re.compile(r"再|还|又|也|另|加|多|顺便|新")
"""Words of one order more."""
BESIDES = re.compile(
    r"再|还(?!是|要不)|又|也|另|加|顺便|顺带|一并|新|(?:同|那|当)一?天|完(?:了)?(?:就|再|以后|之后|接着)"
)
"""Words of a wish besides what stands, also by its day or its end (修完脚就剪)."""
WISHING = ("book", "add_item", "inform", "correct", "nlu_fallback", "order_reschedule")
"""Intents that the wish for another service may be taken for."""
THAT_ONE = re.compile(
    r"(?:[周期拜][一二三四五六日天]|[0-9一二三四五六七八九十]+[号日]|[今明后][天日]|第[一二三四五]天|最后一天)的?(?:那|这)一?(?:份|顿|餐|趟|次|回|单)"
    r"[^，。]{0,4}(?:[加减改换挪推]|多[送要加来]|少[送要来]|[早晚]一?[点些])"
)
"""The one of a certain day is to be otherwise (周四那份加成两份)."""
UNDELIVERED = {"aids_return": "aids_rental"}
"""Giving back what has not come yet is no service of its own but means the rental."""
ASKED = ("", meaning.STATUS, meaning.VISIT)
"""Meanings beside which a question for who comes is one for who comes."""
TELLS_THEM = re.compile(r"叫|让|跟|告诉|喊|请|帮|给|能|别|莫|记|麻烦|提醒")
"""Words of a wish for whoever comes, also where it is put as a question (到了喊我一声行不)."""
PRIOR = re.compile(
    r"刚(?:才|刚)?(?:订|定|约|叫|登记|说)(?:好|下|上)?的|(?:前|先)(?:头|面|一个|前)(?:订|定|约|那)|头一个|早上(?:订|约)的"
)
"""The order made before, in the middle of another booking."""

_CLAUSE = re.compile(r"[，。,；;！!？?\s]+")
_MADE = re.compile(r"(?:改|换|挪|调)(?:成|为)")
"""Made another, in a clause that names no service."""


def wants_another(conversation: Conversation, turn: Turn) -> bool:
    """Whether, besides what stands, another service is wished for (给我老伴也剪个头，修完脚就剪): a new order, no change."""
    if conversation.task or not conversation.recall(finding.LAST) or turn.intent not in WISHING:
        return False
    ordered = set(conversation.recall(finding.STANDING, []))
    others = {UNDELIVERED.get(service, service) for service in turn.all("service")} - ordered
    alters = (
        any(found.search(turn.text) for found in (MOVES, PLAINLY))
        or turn.intent not in ORDERING
        and bool(meaning.ASKS.search(turn.text))
    )
    return bool(others) and turn.meant in others and not alters and bool(BESIDES.search(turn.text))


def _moved_in_a_clause(turn: Turn) -> bool:
    """Whether one clause moves something to a day, and another service is named only in others."""
    services = [e.text for e in turn.of("service")]
    moved = [piece for piece in _CLAUSE.split(turn.text) if MOVES.search(piece) or _MADE.search(piece)]
    return bool(moved and turn.all("time")) and not any(word in piece for piece in moved for word in services)


def means(conversation: Conversation, turn: Turn) -> str:
    """The meaning of words said while an order stands and nothing is being asked; empty where they are about something else."""
    if conversation.task:
        return ""
    if not conversation.recall(finding.LAST):
        return _of_a_number(turn) or _of_the_past(turn)
    if finding.goes_back(conversation, turn):
        return ""
    if turn.text.startswith(notes.TELL_THEM) or whom_to_call.wanted(conversation, turn):
        return meaning.NOTE
    if complaint.complains(turn):
        return meaning.COMPLAIN
    if asked.about_it(turn.text):
        return meaning.STATUS
    if turn.intent == "louder" and notes.at_the_door(turn.text):
        turn = replace(turn, intent="inform")
    if turn.intent in NOT_OURS and turn.confidence >= SURE:
        return ""
    if wants_another(conversation, turn):
        return ""
    ordered, named = set(conversation.recall(finding.STANDING, [])), _wanted(turn)
    if finding.spoken_number(turn):
        named, turn = set(), replace(turn, intent="inform")  # the order is named by its number, whatever else is
    if named and named <= ordered and turn.intent in ORDERING and not turn.all("time"):
        turn = replace(turn, intent="inform")  # what was ordered is only named again
    if not named and turn.all("service") and turn.intent in ORDERING:
        turn = replace(turn, intent="inform")  # a service is named only in the reason
    if named and not named & ordered and _moved_in_a_clause(turn):
        named, turn = set(), replace(turn, intent="inform")  # 我妈说下周二她要去体检，能不能改成下周四
    foreign = bool(ordered and named and not named & ordered)
    if not foreign and MOVES.search(turn.text) and turn.all("time") and not ASKING.search(turn.text):
        return meaning.CHANGE
    if not foreign and THAT_ONE.search(turn.text) and not ASKING.search(turn.text):
        return meaning.CHANGE
    if not foreign and notes.alters(turn, ordered) and not ASKING.search(turn.text):
        return meaning.CHANGE
    meant = meaning.of(turn)
    asks = bool(meaning.ASKS.search(turn.text))
    if asks and meant in ("", meaning.NEW) and not turn.all("time") and meaning.of_words(turn.text) == meaning.VISIT:
        return meaning.VISIT
    if visit.BY_WHOM.search(turn.text) and asks and meaning.of_words(turn.text) in ASKED:
        return meaning.VISIT
    if not meant and _of_the_same(turn, ordered):
        return meaning.CHANGE
    if meant == meaning.NOTE and asks and not TELLS_THEM.search(turn.text):
        return meaning.VISIT
    if not meant and _of_nothing_else(turn) and (near := meaning.nearest(turn.text)) != meaning.NOTE:
        meant = near
    if meant == meaning.SETTLED and (turn.intent in MANNERS or _something_offered(conversation)):
        return ""
    return "" if foreign and meant in OF_A_SERVICE else meant


def _of_the_same(turn: Turn, ordered: set[str]) -> bool:
    """Whether a day or hour is wished for without a word of what, and not one more: then the order that stands is meant."""
    wished = turn.intent in ORDERING and turn.all("time") and not turn.all("service") and not ONE_MORE.search(turn.text)
    asks = meaning.ASKS.search(turn.text)
    return bool(wished) and not asks and (not turn.meant or turn.meant in ordered)


def _of_nothing_else(turn: Turn) -> bool:
    """Whether the bot did not understand the words, or took them for a wish of which it cannot say what for."""
    wish = turn.intent in ORDERING and not turn.all("service") and not turn.meant
    return wish or turn.intent in notes.UNHEARD and not turn.all("place") and not turn.all("topic")


def _wanted(turn: Turn) -> set[str]:
    """The services named; beside words that move something or call it off only those in the same piece: a reason may name others.

    (明天她要去打针，洗澡改到周六 moves a bath.)
    """
    moves = MOVES.search(turn.text) or PLAINLY.search(turn.text)
    first = max(turn.text.rfind(pause, 0, moves.start()) for pause in "，。,；") if moves else -1
    said = [entity.value for entity in turn.of("service") if entity.end == 0 or entity.start > first]
    if not said and turn.meant in UNDELIVERED:
        said = [turn.meant]  # what goes back is told without its name (我租的那张床不用了)
    return {UNDELIVERED.get(service, service) for service in said}


def _something_offered(conversation: Conversation) -> bool:
    """Whether the last answer ended in an offer, which “好” takes up."""
    return bool(conversation.last_replies and conversation.last_replies[-1].get("choices"))


def _of_a_number(turn: Turn) -> str:
    """What is meant by words that name an order by its number, before any was spoken of (5327这单改到周六)."""
    meant = meaning.of_words(turn.text) if finding.spoken_number(turn) else ""
    return meant if meant in OF_AN_ORDER else ""


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
    return (
        meant in ANSWERED or meant == meaning.NEW and _like_it(turn) or not meant and notes.likely(conversation, turn)
    )


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
    standing = set(conversation.recall(finding.STANDING, []))
    named = set(turn.all("service")) or {finding.named_among(standing, turn.text)} - {""}
    if booking in named or not (named and named <= standing or standing and PRIOR.search(turn.text)):
        return ""
    meant = meaning.STATUS if asked.about_it(turn.text) else meaning.of_words(turn.text)
    return meant if meant in (meaning.CANCEL, meaning.CHANGE, meaning.STATUS) else ""


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
        conversation.remember(again=speech.once_more(order, turn.text))
        return Outcome([reply("conversation.affirm")], "idle")
    if meant == meaning.SETTLED:
        return _at_ease(order)
    if order is not None and order.status == CANCELLED and visit.MONEY.search(turn.text):
        return Outcome([reply("orders.cancelled_free", name=speech.name(order))], "answered", order.number)
    if order is None or meant == meaning.STATUS or not finding.is_open(order):
        return tell_status(session, conversation, replace(turn, intent="order_status"))
    conversation.remember(**{finding.LAST: order.number})
    if not meant:
        return notes.offer(order, turn)
    if meant == meaning.NOTE:
        return whom_to_call.answer(conversation, order, turn) or notes.note(order, turn)
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


def _at_ease(order: Order | None) -> Outcome:
    """To somebody who is content and waits: that it stands, and when; of what is over only that they may call again."""
    if order is None or not finding.is_open(order):
        return Outcome([reply("orders.at_your_service")], "idle")
    said = "at_ease" if order.days else "at_ease_application"
    return Outcome(
        [reply(f"orders.{said}", name=speech.name(order), when=speech.when(order))], "answered", order.number
    )
