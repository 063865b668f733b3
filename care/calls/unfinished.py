"""A booking that was broken off (the line dropped, the caller had to go) is offered at the caller's next call.

The offer names nothing: whoever holds the telephone learns no more than that something was begun.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from care import booking, service_list
from care.booking.draft import TASK, Draft
from care.calls.words import means
from care.clock import today, utc_now
from care.conversation.hearing import bare
from care.conversation.model import Conversation
from care.reply import Outcome, Reply
from care.texts import reply

ASKING = "unfinished"
KEPT = timedelta(days=3)
"""Older wishes are not offered any more."""
OFFERS = 2
"""So often a broken-off booking is offered."""
OFFERED = "unfinished_offered"
"""Memory key in the old conversation: how often."""
FROM = "unfinished_from"
"""Memory key in the new conversation: the old one's id."""
ASKED_AGAIN = "unfinished_again"
"""Memory key in the new conversation: the answer was not made out once."""
SCRAP = 2
"""Characters up to which an answer that means nothing here is taken for misheard (接着 came as 我住, 办 as 饭)."""
_AROUND = (
    r"(?:那|嗯|哦|噢|好的?|行|对|是的?|啊|我|就|还|都|先|想|请|给我|帮我|麻烦|你|您|上次|这个|那个|这件|那件|事|情)*"
)
_END = r"(?:吧|了|的|啊|呀|嘛|呗|啦|哈|好了|谢谢)*"
_THING = r"(?:办|订|定|约|来|说|做|弄|搞|上次|上回|那个|那件|事|的)*"
_GO_ON = re.compile(
    rf"{_AROUND}(?:要|可以|得)*(?:(?:接着|继续|接下去|往下){_THING}|(?:还?要|需要){_THING}|办|办完|接){_END}"
)
_DROP = re.compile(
    rf"{_AROUND}(?:(?:不|别|甭|莫|唔要|唔使|唔办)(?:要|用|办|订|定|想|必|需要|麻烦|接着|继续|弄|搞)*{_THING}|算了|取消){_END}(?:算了|取消)?{_END}"
)


def offer(session: Session, conversation: Conversation) -> Reply | None:
    """The offer for the greeting of this caller's new call; nothing when nothing was broken off."""
    old = _broken_off(session, conversation)
    if old is None:
        return None
    old.remember(**{OFFERED: old.recall(OFFERED, 0) + 1})
    said = reply("call.unfinished")
    conversation.remember(**{FROM: old.id})
    conversation.state, conversation.last_replies = f"asking_{ASKING}", [said.as_dict()]
    return said


def answer(session: Session, conversation: Conversation, text: str) -> Outcome | None:
    """What follows from the answer; nothing when it was no answer but something new."""
    old = session.get(Conversation, conversation.recall(FROM, ""))
    meant = meaning(text)
    if old and not meant and _is_scrap(text) and not conversation.recall(ASKED_AGAIN):
        conversation.remember(**{ASKED_AGAIN: True})
        return Outcome([reply("call.unfinished_again")], f"asking_{ASKING}")
    conversation.remember(**{FROM: None, ASKED_AGAIN: None})
    conversation.state = "idle"
    if old is None or not meant:
        return None
    kept, old.task = old.draft(TASK), None
    old.keep_draft(TASK, None)
    if meant == "drop":
        return Outcome([reply("call.unfinished_dropped")], "idle")
    draft = Draft.model_validate(kept)
    if draft.date and date.fromisoformat(draft.date) < today():
        draft.forget("date")
    draft.asking, draft.misses, draft.prompt, draft.repeated, draft.waiting = "", {}, "", 0, False
    draft.guarded = [draft.address, str(draft.offered.get("place") or ""), draft.name, draft.phone]
    conversation.keep_draft(TASK, draft.model_dump())
    conversation.task = TASK
    conversation.region = conversation.region or draft.region
    return booking.task.ask(session, conversation, True)


def meaning(text: str) -> str:
    """`go_on` or `drop`, when the words are an answer to the offer and nothing else."""
    words = bare(text)
    if means(text, "deny") or _DROP.fullmatch(words):
        return "drop"
    return "go_on" if means(text, "affirm") or _GO_ON.fullmatch(words) else ""


def _is_scrap(text: str) -> bool:
    words = bare(text)
    return len(words) < SCRAP or (len(words) == SCRAP and not any(words in name for name in service_list.aliases()))


def _broken_off(session: Session, conversation: Conversation) -> Conversation | None:
    if not conversation.phone:
        return None
    recent = session.scalars(
        select(Conversation)
        .where(
            Conversation.phone == conversation.phone,
            Conversation.id != conversation.id,
            Conversation.updated >= utc_now() - KEPT,
        )
        .order_by(Conversation.updated.desc())
        .limit(5)
    )
    for old in recent:
        if old.draft(TASK).get("service") and old.recall(OFFERED, 0) < OFFERS:
            return old
    return None
