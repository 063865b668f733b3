"""Changes that people agree on by telephone: a longer rental or row of meals, other days of every week. They are repeated and handed on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from care import agreement
from care.conversation.model import Conversation
from care.handover import open_ticket, reachable
from care.orders import speech
from care.orders.model import Order
from care.reply import Choice, Outcome, Reply
from care.texts import phrase, reply
from care.turn import Turn

LONGER = re.compile(r"续|延到|延长|(?:多|再|接着)(?:租|借|住)(?![^，。]{0,4}(?:一个|别的))")
"""A longer rental or a longer row of meals."""
LENGTH = r"(?<!万)(?:[0-9]+|[一二两三四五六七八九十半]{1,3})个?(?:天|星期|礼拜|周|月)(?!.号)"
"""A length of time as it is said."""
LONGEST = 40


def wanted(turn: Turn) -> bool:
    """Whether a turn wants what only people can agree on."""
    return bool(LONGER.search(turn.text)) or _other_weekdays(turn)


def _other_weekdays(turn: Turn) -> bool:
    """Whether it is to be done on other days of every week (以后改成每周二、四来)."""
    return any(value.get("weekdays") for value in turn.all("time")) and not turn.all("quantity")


def take(
    session: Session,
    conversation: Conversation,
    draft: dict[str, Any],
    order: Order,
    turn: Turn,
    end: Callable[..., Outcome],
) -> Outcome | None:
    """Keeps the wish, and hands it to the staff after a yes."""
    if draft["asking"] == "confirm" and draft.get("for_staff"):
        if agreement.agrees(turn):
            phone = reachable(conversation) or order.person_phone
            open_ticket(session, "other", conversation, f"单号{order.number}：{draft['for_staff']}", phone)
            return end(conversation, reply("orders.for_staff_done", name=speech.name(order)), "submitted", order.number)
        if turn.intent in ("deny", "stop"):
            return end(conversation, reply("orders.kept"), "idle", order.number)
    if not draft.get("for_staff") or turn.all("duration") or turn.all("time"):
        draft |= {"for_staff": turn.text.strip("，。！!？? ")[:LONGEST], "weekly": _other_weekdays(turn)}
    return None


def question(draft: dict[str, Any], order: Order) -> Reply:
    """The wish repeated."""
    yes_no = (Choice("对，请打电话", "对"), Choice("不用了", "不对"))
    values: dict[str, Any] = {"name": speech.name(order), "number": speech.number(order)}
    if draft.get("weekly"):
        return reply("orders.confirm_weekly", words=draft["for_staff"], choices=yes_no, **values)
    lengths = re.findall(LENGTH, draft["for_staff"])
    long = phrase("orders.longer_by", long=lengths[-1]) if lengths else ""
    return reply("orders.confirm_longer", long=long, choices=yes_no, **values)
