"""Whether words said while a task asks something are no answer to it but something else, to be answered in between.

The task keeps its draft and asks its question again afterwards. A question counts when the bot is fairly sure of it and it
fills nothing that was asked for; whatever else an elder may say in between (你好, 有人骗我) must be plain and hold no facts.
"""

from __future__ import annotations

import re

from care import agreement, eligibility
from care.booking import draft as drafts
from care.booking import mistaken, recap
from care.booking.asides import RECAP, of_the_visit
from care.booking.hearing import is_question
from care.conversation.model import Conversation
from care.service_list import ready
from care.turn import Turn

ASKING = frozenset({
    "policy_ask", "policy_compare", "policy_source", "service_query", "price_query", "order_status", "waitlist_query",
    "my_info", "privacy", "who_are_you", "help", "ask_time",
})  # fmt: skip
"""Intents of questions."""
PLAIN = frozenset({"ask_time", "who_are_you", "help", "my_info", "privacy"})
"""Questions that need no word of asking (你是真人还是机器)."""
TELLING = frozenset(
    {"lonely", "scam", "medical_advice", "abuse", "thanks", "greet", "compliment", "human", "emergency", "bye"}
)
"""Intents of other things that are said in between."""
SURE_QUESTION, SURE_PLAIN, SURE_TELLING = 0.5, 0.7, 0.8
FACTS = frozenset({
    "time", "told_time", "quantity", "duration", "phone", "address", "person_name", "diet", "bath_place", "health",
    "medical_task", "cleaning_task", "aid", "fact", "age", "order_number", "relation", "facility", "department",
})  # fmt: skip
"""Kinds of entities that tell something a task may have asked for."""
OF_LONELINESS = frozenset({"bath_place", "quantity", "relation", "fact"})
"""Facts that loneliness is told with (一个人在家好冷清, 孩子都不在身边): they answer no question."""
SAD = re.compile(
    r"冷清|孤|寂寞|闷|没(?:有)?人(?:说|讲|聊|陪|理|管)|冇(?:得)?人|想(?:家|他|她|我|儿|女|孙|老)|难过|难受|心里|伤心|哭|说(?:说|会儿?)?话|聊|讲(?:讲|下)话|陪我|走了|不回|没(?:意思|滋味|盼头)|空荡|愁|睡不着"
)
"""Words of loneliness; without one of them nobody is lonely who only says that they are alone (走一个人)."""
OWN = {"change": frozenset({"order_status", "waitlist_query"})}
"""Questions that a task answers by itself."""
PUTS_RIGHT = re.compile(r"^(?:哎呀?|啊呀|哎哟|哦|嗯|，)*(?:不对|错了|说错|搞错|弄错|听错)")
"""Words that put something right ask nothing, whatever else is in them."""
OF_ORDERS = ("order_status", "waitlist_query")
"""Questions about what is ordered already; where nothing is, about what is just being booked (来的是正式护士不)."""
STANDING = re.compile(r"单号|订单|那单|上回|上次|昨天|前天|上个?(?:星期|礼拜|周|月)|以前|之前|早就|订过|约过|订的|约的|排到|第几|查")
CONTACTS = ("phone", "address", "person_name")
"""Kinds of entity that are told, whatever the words around them sound like (登记的是我妈，方惠珍)."""
TO_BRING = re.compile(r"(?:用|要|需)(?:不用|不要)?[^，。]{0,3}(?:自己|我)?(?:带|准备|备)")
"""Whether something is to be made ready asks of the visit, whatever it is (用不用带换洗衣裳)."""
ANSWERED_BY = {"phone": "phone", "place": "address", "name": "person_name"}
"""Kinds of entity that are the answer to a question of a booking."""
REGION = "region"
"""Slot that a town answers."""
ALARMS = ("emergency", "scam", "abuse", "human")
"""What no yes covers."""
AGREED_TO = ("confirm", "change", "time", "date")
BOOKING, ELIGIBILITY = "booking", "eligibility"
GIVING_WAY = (BOOKING, ELIGIBILITY, "change", "callback")
"""Tasks that give way. The others take a story, or ask for a place that a question may well name."""


def interrupts(conversation: Conversation, turn: Turn, task: str) -> bool:
    """Whether the task that is asking gives way to these words."""
    if task not in GIVING_WAY or turn.intent in OWN.get(task, ()):
        return False
    if turn.intent == "lonely" and not SAD.search(turn.text):
        return False
    if task == BOOKING and (turn.intent == "bye" or _mistaken(conversation, turn) or _answers(conversation, turn)):
        return False  # a booking that is left knows how far it has come
    if turn.intent in TELLING:
        facts = FACTS - OF_LONELINESS if turn.intent == "lonely" else FACTS
        return turn.confidence >= SURE_TELLING and not any(e.kind in facts for e in turn.entities)
    if turn.intent not in ASKING or turn.confidence < SURE_QUESTION:
        return False
    if turn.intent in PLAIN and any(e.kind in CONTACTS for e in turn.entities) and not is_question(turn.text):
        return False
    if not is_question(turn.text) and not (turn.intent in PLAIN and turn.confidence >= SURE_PLAIN):
        return False
    if task == ELIGIBILITY:
        return not eligibility.claims(conversation, turn)
    return task != BOOKING or not _of_the_booking(conversation, turn)


def _mistaken(conversation: Conversation, turn: Turn) -> bool:
    """Whether the booking under way is not what was wanted, but something else is asked: nothing is left to go on with."""
    draft = drafts.load(conversation)
    return draft is not None and bool(mistaken.meant(draft.service, turn) or mistaken.never_wanted(draft.service, turn))


def _answers(conversation: Conversation, turn: Turn) -> bool:
    """Whether a turn holds what is being asked for, whatever else it says, or agrees with thanks (好，谢谢你)."""
    draft = drafts.load(conversation)
    if draft is None:
        return False
    if RECAP.search(turn.text) or recap.asked(draft, turn):
        return True
    if draft.asking in ANSWERED_BY and turn.all(ANSWERED_BY[draft.asking]):
        return True
    if draft.asking == REGION and tells_the_town(turn):
        return True
    if draft.asking == "confirm" and not is_question(turn.text) and turn.intent not in ALARMS and agreement.agrees(turn):
        return True
    return draft.asking in AGREED_TO and turn.intent in ("thanks", "compliment", "bye") and (
        agreement.yes_first(turn.text) or agreement.goes_ahead(turn.text)
    )


def tells_the_town(turn: Turn) -> bool:
    """Whether words at the question for the town name one of ours, whatever they ask beside it (长沙咯，还能是哪里), and no topic."""
    ours = any(isinstance(place, dict) and place.get("region") for place in turn.all("place"))
    return ours and not (turn.all("topic") or turn.all("service"))


def _of_the_booking(conversation: Conversation, turn: Turn) -> bool:
    """Whether a question is about the very service that is being booked: the booking answers it by itself."""
    draft = drafts.load(conversation)
    if draft is None:
        return False
    if PUTS_RIGHT.search(turn.text):
        return True
    if turn.intent == "policy_ask":
        return bool(draft.service) and of_the_visit(conversation, turn, draft.service)
    if turn.intent in OF_ORDERS and not conversation.recall("last_order"):
        return not turn.all("order_number") and not STANDING.search(turn.text)
    if turn.intent not in ("service_query", "price_query"):
        return False
    if all(code == draft.service for code in turn.all("service")) or TO_BRING.search(turn.text):
        return True
    return ready(conversation, turn, draft.service)  # 吃饭另算不, asked of a stay
