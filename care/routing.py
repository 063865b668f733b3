"""Which capability a turn belongs to, when it is not the one that the bot chose.

The bot goes by how a sentence sounds; some sound like one thing and are about another. Each capability knows its own such
words (`claims`); they are asked here, in order, once a turn, before anything answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy.orm import Session

from care import booking, carers, company, eligibility, mistreated, offers, orders, policy, scams, service_list
from care.booking import mistaken
from care.booking.hearing import is_question
from care.conversation.model import Conversation
from care.reply import Outcome
from care.service_list import SERVICE_SPOKEN_OF
from care.turn import Turn

Claims = Callable[[Conversation, Turn], bool]
Answer = Callable[[Session, Conversation, Turn], Outcome]

BOOKING, CHANGE, COMPANY, ELIGIBILITY, POLICY = "booking", "change", "company", "eligibility", "policy"
CARERS = "carers"
VERDICT, GRADE = "verdict", "grade"
MISTREATED = "mistreated"
LATER = "later"
SERVICE_LIST, COMPLAINT, STANDING, SCAM, LONELY = "service_list", "complaint", "orders", "scam", "lonely"
CLAIMS: tuple[tuple[str, Claims], ...] = (
    (COMPANY, company.claims),
    (SCAM, scams.claims),
    (BOOKING, orders.afterwards.wants_another),
    (CHANGE, orders.claims),
    (STANDING, orders.afterwards.claims),
    (COMPLAINT, orders.afterwards.complains),
    (CARERS, carers.claims),
    (BOOKING, booking.claims),
    (ELIGIBILITY, eligibility.claims),
    (POLICY, policy.claims),
    (SERVICE_LIST, service_list.claims),
)
"""What was offered a moment ago first; then somebody's own case, which is also about a policy."""
TASKS = frozenset({BOOKING, ELIGIBILITY, CHANGE, COMPLAINT})
"""Of these the ones that answer as a task, step by step."""
ANSWERS: dict[str, Answer] = {
    MISTREATED: mistreated.answer,
    COMPANY: company.accept,
    LATER: booking.later.answer,
    SCAM: scams.warn_on,
    LONELY: company.lonely,
    STANDING: orders.afterwards.answer,
    CARERS: carers.answer,
    VERDICT: eligibility.afterwards.answer,
    GRADE: eligibility.grade.answer,
    POLICY: policy.answer,
    SERVICE_LIST: service_list.answer,
}
"""And those that answer at once."""


OWN_CASE = (POLICY,)
"""What does not take a question about a certain person, of whom something is told, although a document answers it in general."""
LEFT_FOR_BOOKING = frozenset({"change", "callback", "policy_region", "service_region", "eligibility"})
"""Tasks whose open question is dropped when something is ordered instead (帮我订明天的饭, asked for an order number)."""
LEFT_FOR_COMPLAINT = LEFT_FOR_BOOKING | {BOOKING}
"""Tasks that wait while a complaint is taken."""
SURE = 0.6
ASKING_WHERE = frozenset({"policy_region", "service_region", "eligibility"})
"""Tasks that ask about a service of which somebody may say that they just want it (那你帮我登记吧)."""
ONLY_WHERE = frozenset({"policy_region", "service_region"})
"""Tasks that ask for nothing but a town."""
OF_A_BOOKING = frozenset({"time", "person_name", "phone", "quantity", "diet", "duration"})
"""Kinds of entity that tell nothing of a town."""
ONLY_A_TOWN = 8
"""Longest words, in characters, that tell the town after an offer and ask no document (长春的)."""
BACK_TO_IT = re.compile(
    r"(?:接着|继续|先|还是)(?:说|办|订|约|来|把)[^，。]{0,8}(?:订|约|吧|完|上|饭|澡)|(?:说|话)回(?:来|正题)"
)
"""Words that want the interrupted booking back."""
PLACES = re.compile(r"订|定|约|租|派|送")
"""Words that order, where a day or an amount is told along."""
ORDERS = re.compile(
    r"(?:帮|给|替)(?:我|俺|咱|她|他|我[妈爸爹娘]|老伴)[^，]{0,3}(?:订|定|约|叫|派|送|找|租)|[想要](?:订|定|约|租|洗|吃)|^(?:订|约|预约|租)"
)

APPLIES = re.compile(
    r"(?:帮|给|替)(?:我|俺|额|咱|她|他|佢)?[^，。？?]{0,4}(?:申请|登记|报名|报上|[装安签办做约订排]上?(?:一?个|一下|份|吧|了))"
)
"""Words that want a service applied for (帮我申请一个…)."""


def left_for_booking(conversation: Conversation, turn: Turn, task: str) -> bool:
    """Whether these words order something while a task asks that has nothing to lose."""
    if task not in LEFT_FOR_BOOKING or conversation.draft(task).get("order"):
        return False
    if conversation.draft(BOOKING) and BACK_TO_IT.search(turn.text):
        return True
    if task == ELIGIBILITY and eligibility.concerns(turn):
        return False  # what began the check, or asks for somebody else
    if task in ASKING_WHERE and (_wanted(conversation, turn) or booking.told_for(conversation, turn)):
        return True
    if turn.intent not in ("book", "add_item"):
        return False
    detailed = bool(turn.all("time") or turn.all("quantity")) and bool(PLACES.search(turn.text))
    return bool(turn.all("service")) and (detailed or turn.confidence >= SURE and bool(ORDERS.search(turn.text)))


def _wanted(conversation: Conversation, turn: Turn) -> bool:
    """Whether words at a question about a service want it itself: by its name (帮我申请一个能力评估), or the one spoken of."""
    if turn.all("service"):
        return bool(APPLIES.search(turn.text)) and not is_question(turn.text) and not booking.declines(turn.text)
    return bool(conversation.recall(SERVICE_SPOKEN_OF)) and booking.wants_it(turn)


def tells_of_booking(conversation: Conversation, turn: Turn) -> bool:
    """Whether words tell something that a booking which waits asks for, and ask nothing."""
    told = any(e.kind in OF_A_BOOKING for e in turn.entities)
    return bool(conversation.draft(BOOKING)) and told and not is_question(turn.text)


def leave(conversation: Conversation, task: str) -> None:
    """Drops a task for the order that is placed instead; what a check knew of the person is not asked again."""
    if task == ELIGIBILITY:
        eligibility.leave(conversation, conversation.draft(task))
    conversation.keep_draft(task, None)


def taken_from(conversation: Conversation, turn: Turn, task: str) -> str:
    """What takes these words from the task under way, which keeps its draft: a complaint waits for nothing."""
    under_way = conversation.task == task in LEFT_FOR_COMPLAINT and conversation.recall("handled") != turn.message_id
    if not under_way:
        return ""
    if mistreated.claims(conversation, turn):
        return MISTREATED
    if task == BOOKING and company.tells_of_loneliness(turn.text) and not turn.all("phone") and not turn.all("address"):
        return LONELY
    booked = str(conversation.draft(BOOKING).get("service") or "")
    if task == BOOKING and mistaken.meant(booked, turn):
        return ""
    if task == BOOKING and eligibility.of_another_matter(conversation, turn, booked):
        return ELIGIBILITY
    another = orders.afterwards.of_another(conversation, turn, booked) if task == BOOKING else ""
    if another:
        return STANDING if another == orders.meaning.STATUS else CHANGE
    return COMPLAINT if orders.complains(turn) else ""


def claimed_by(conversation: Conversation, turn: Turn, chosen: str = "") -> str:
    """The capability that takes these words from the one the bot chose; empty when none does.

    Args:
        chosen: the capability that has the turn now; it need not claim it.
    """
    if chosen != MISTREATED and mistreated.claims(conversation, turn):
        return MISTREATED
    if eligibility.afterwards.asks_on(conversation, turn):
        return VERDICT
    if not conversation.task and chosen != ELIGIBILITY and eligibility.tells_of_case(conversation, turn):
        return ELIGIBILITY
    if booking.later.puts_off(conversation, turn):
        return LATER
    if not conversation.task and eligibility.grade.asks(turn):
        return GRADE
    taken_up = not conversation.task and booking.takes_up(conversation, turn)
    if chosen != POLICY and not conversation.task and not taken_up and policy.comes_first(conversation, turn):
        return POLICY
    if (
        chosen == ELIGIBILITY
        and not taken_up
        and eligibility.at_a_loss(conversation, turn)
        and policy.knows(conversation, turn)
    ):
        return POLICY
    if chosen == BOOKING and booking.takes_up(conversation, turn):
        return ""
    if offers.just_now(conversation) and {e.kind for e in turn.entities} == {"place"} and len(turn.text) <= ONLY_A_TOWN:
        return ""
    kept = OWN_CASE if chosen == ELIGIBILITY and eligibility.concerns(turn) else ()
    return next((name for name, claims in CLAIMS if name not in (chosen, *kept) and claims(conversation, turn)), "")
