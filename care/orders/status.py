"""Where an order stands, told only to somebody who may hear it."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.orders import asked, finding
from care.orders.change import begin_status
from care.orders.service import by_number, of_phone
from care.orders.speech import told
from care.reply import Outcome
from care.service_list import aside, ready
from care.texts import reply
from care.turn import Turn

ALL = re.compile(r"都|哪些|哪几|几个单|所有|全部|两[个样]|三[个样]|些啥|些什么|啥安排|还有|各")
"""Every order is asked about, not the one spoken of last."""


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Answers "where is my order": by spoken number, else by telephone or this conversation.

    An order that is neither of this conversation nor of this telephone needs the end of its telephone number.
    """
    number = finding.spoken_number(turn)
    if number:
        order = by_number(session, number)
        if order is None or not finding.may_hear(conversation, order):
            return begin_status(session, conversation, turn)
        return told(conversation, [order], asked.in_full(turn.text))
    if who := finding.asked_who(session, conversation, turn):
        return who
    orders = finding.known(session, conversation)
    if turn.intent == "waitlist_query":
        orders = [order for order in orders if order.service == "waitlist"]
        if not orders and ready(conversation, turn, "waitlist") and (said := aside(conversation, turn, "waitlist")):
            return Outcome([said])  # 现在排队大概得等多长时间: of nobody's own entry
        return told(conversation, orders) if orders else Outcome([reply("orders.no_waitlist")])
    if not orders and not turn.last("phone") and not conversation.phone:
        return begin_status(session, conversation, turn)
    orders = orders or finding.of_said_phone(session, conversation, turn)
    named = finding.all_named({order.service for order in orders}, turn)
    fitting = [o for o in orders if o.service in named] if len(named) > 1 else finding.narrowed(orders, turn)
    waiting = [order for order in fitting if finding.is_open(order)]
    if not orders:
        nameless = of_phone(session, turn.last("phone") or "")  # nobody on file of whom the name could be asked
        return Outcome([reply("orders.no_number_here" if nameless else "orders.no_orders_here")])
    if not fitting or (not waiting and not turn.last("service") and not conversation.recall(finding.LAST)):
        return Outcome([reply("orders.no_open_orders")])
    last = conversation.recall(finding.LAST)
    if len(waiting) > 1 and len(named) < 2 and not ALL.search(turn.text):
        waiting = [order for order in waiting if order.number == last] or waiting
    return told(conversation, waiting or fitting[:1], asked.in_full(turn.text))
