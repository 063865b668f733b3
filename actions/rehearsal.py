"""What an elder may say first, gone through once before anybody calls.

The tables of services, questions, rules and texts are read when they are first needed, which takes up to 0.4 s each
time; after a rehearsal nobody waits for that. All of it happens in one transaction that is never committed.
"""

from __future__ import annotations

import logging

from sqlalchemy.orm import Session

from care import orders, service_list
from care.conversation.opening import opened
from care.db import reading
from care.tasks import TASKS
from care.turn import Entity, Turn

log = logging.getLogger(__name__)

NAME = "rehearsal"
PRICE, WISH, DAY, CLAIM, STATUS = "洗个澡多少钱", "我想洗个澡", "后天上午十点", "厕所装扶手政府管不管", "我的单到哪了"


def rehearse() -> None:
    """Goes through the turns; whatever fails is left to the first caller, for whom it is dealt with."""
    try:
        with reading() as session:
            for part in (_ask_price, _book, _claim, _ask_status):
                part(session)
                session.rollback()
    except Exception as error:  # a start does not fail over it
        log.warning("not rehearsed: %s", type(error).__name__)


def _turn(text: str, intent: str, *entities: Entity) -> Turn:
    return Turn(NAME, text, intent, 1.0, entities, text)


def _bath(text: str) -> Entity:
    at = text.index("洗")
    return Entity("service", "bath", text[at : at + 3], at, at + 3)


def _ask_price(session: Session) -> None:
    service_list.answer(session, opened(session, NAME, "test", None), _turn(PRICE, "service_list", _bath(PRICE)))


def _book(session: Session) -> None:
    conversation = opened(session, NAME, "test", None)
    conversation.region = "yangling"
    task = TASKS["booking"]
    conversation.task = task.name
    for turn in (_turn(WISH, "book", _bath(WISH)), _turn(DAY, "inform")):
        task.take(session, conversation, turn)
        task.ask(session, conversation, False)


def _claim(session: Session) -> None:
    conversation = opened(session, NAME, "test", None)
    conversation.region = "yangling"
    task = TASKS["eligibility"]
    conversation.task = task.name
    task.take(session, conversation, _turn(CLAIM, "eligibility"))
    task.ask(session, conversation, False)


def _ask_status(session: Session) -> None:
    orders.answer(session, opened(session, NAME, "test", None), _turn(STATUS, "order_status"))
    orders.meaning.of_words(STATUS)
