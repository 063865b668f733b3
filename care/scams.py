"""Scams: stop, do not pay, whom to ask; and staying with the worry until it is settled or something else is wanted.

How people tell of a scam and go on after the warning stands in `care/data/scams.yaml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.handover import open_ticket
from care.reply import Outcome, Reply
from care.texts import reply
from care.turn import Turn

DATA = Path(__file__).parent / "data" / "scams.yaml"
WARNED = "scams"
"""Memory key: how often it was warned in this conversation."""
WARNING = re.compile(r"九六一一零|止付")
"""Stands in every warning and in what is said on it: as long as it was said last, the worry is still open."""
MORE_THAN_KEPT = re.compile(r"订(?!金)|约|[0-9]{4}|上午|下午|[点号]")
"""Something for the task is told along."""
LEAVING = frozenset(
    {"human", "emergency", "bye", "thanks", "compliment", "callback", "affirm", "deny", "stop", "book", "add_item", "complain",
     "greet", "repeat", "slower", "louder", "ask_time", "policy_ask", "price_query", "service_query", "bind_family", "lonely"}
)  # fmt: skip
"""Intents with which the worry is left, where the words are not about those people."""
FEWEST = 4
"""Characters from which words that mean nothing else still tell of the worry."""


@lru_cache
def _table() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], dict[str, re.Pattern[str]]]:
    """The kinds, in order, and the other expressions by name."""
    data: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    kinds = tuple((name, re.compile(words)) for name, words in data.pop("kinds").items())
    return kinds, {name: re.compile(words) for name, words in data.items()}


def _is(name: str, text: str) -> bool:
    return bool(_table()[1][name].search(text))


def _kind(text: str) -> str | None:
    plain = re.sub(r"\s+", "", text)
    return next((name for name, words in _table()[0] if words.search(plain)), None)


def warn(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Stop, do not pay, whom to ask; money that is already gone is urgent and gets a ticket."""
    if _suspects_us(turn.text):
        return _trust(conversation)
    kind = _kind(turn.text)
    if kind == "paid":
        return _paid(session, conversation, turn.text)
    if leaked(turn.text):
        return _leaked(session, conversation, turn.text)
    times = conversation.recall(WARNED, 0)
    conversation.remember(**{WARNED: times + 1})
    if kind and not times:
        return Outcome([reply(f"scams.{kind}")])
    return Outcome([reply("scams.warning", attempt=times)])


def warn_on(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """More is told of those people: money that is gone, else the warning once more in other words."""
    if told := asked_on(session, conversation, turn.text):
        return told
    last = _last_warning(conversation)
    return _once("next", last) if _gone(last) else warn(session, conversation, turn)


def asked_on(session: Session, conversation: Conversation, text: str) -> Outcome | None:
    """What is said right after a warning: what next, that they will come again, whether it is true, that nothing was paid.

    Returns:
        The answer; nothing where the words are about something else.
    """
    plain = re.sub(r"[\s，。！？、,.!?]", "", text)
    if _suspects_us(text):
        return _trust(conversation)
    last = _last_warning(conversation)
    if not last:
        return None
    if last in _trusts() and _is("doubts_on", plain):
        return _trust(conversation)
    if conversation.task:
        return _kept_in_task(conversation, text)
    if _is("paid_now", plain) and not _is("nothing_paid", plain):
        return _paid(session, conversation, text)
    if leaked(text):
        return _leaked(session, conversation, text)
    if _is("wishes", text):
        return None
    gone = _gone(last)
    if not gone and _is("comes_again", text):
        return _once("again", last)
    if _is("what_next", plain):
        return _once("next" if gone else "keep", last)
    if not gone and _is("believes", plain):
        return _once("believed", last)
    if _is("nothing_paid", plain) or _is("kept", re.sub(r"\s+", "", text)):
        return Outcome([reply("scams.unpaid")], "answered")
    return None


def _gone(last: str) -> bool:
    """Whether what was said last is about money or a number that is out of hand already."""
    return "止付" in last or "冻结" in last


def _once(name: str, last: str) -> Outcome:
    """A sentence, in other words where it was the one said last."""
    said = reply(f"scams.{name}")
    return Outcome([reply(f"scams.{name}", attempt=1) if said.say == last else said], "answered")


def claims(conversation: Conversation, turn: Turn) -> bool:
    """Whether words plainly tell of a scam, or right after a warning go on about it (那人还送了一兜子鸡蛋), or mean nothing else."""
    if not conversation.task and turn.intent not in ("human", "emergency") and tells_of_one(turn.text):
        return True
    if conversation.task or not _last_warning(conversation) or _is("wishes", turn.text):
        return False
    if turn.intent in ("human", "emergency", "bye"):
        return False
    if _is("they", turn.text) or turn.intent == "scam":
        return True
    return turn.intent not in LEAVING and not turn.all("service") and len(turn.text) >= FEWEST


def tells_of_one(text: str) -> bool:
    """Whether words plainly tell of a call for money (孙子打电话来说撞了人，要三万), which is no accident."""
    return _is("demanded", text)


def leaked(text: str) -> bool:
    """Whether a number of the bank, or a password, was told to somebody."""
    pieces = re.split(r"[。]", text)
    clauses = [*re.split(r"[，。,]", text), *(pieces if re.search(r"卡号|账号|密码|验证码|数字", text) else ())]
    return any(_is("leaked", clause) and not _is("not_leaked", clause) for clause in clauses)


def _suspects_us(text: str) -> bool:
    """Whether the words suspect the assistant; not where its opinion of others is asked (你讲靠得住不)."""
    ours = _table()[1]["opinion"].sub("", text)
    return _is("of_us", ours) and not _is("not_of_us", ours)


def _trust(conversation: Conversation) -> Outcome:
    """Who asks whether this is a scam too is right to ask: what the assistant never wants, and where to check."""
    question = (
        [Reply.from_dict(conversation.last_replies[-1])] if conversation.task and conversation.last_replies else []
    )
    told = reply("scams.trust", attempt=int(_last_warning(conversation) in _trusts()))
    if question:
        return Outcome([told.without_offer(), *question], conversation.state)
    return Outcome([told], "answered")


def _trusts() -> tuple[str, ...]:
    """What is said to who suspects the assistant, the first time and after."""
    return tuple(reply("scams.trust", attempt=attempt).say for attempt in range(2))


def _last_warning(conversation: Conversation) -> str:
    return next((said["say"] for said in conversation.last_replies if WARNING.search(said["say"])), "")


def _kept_in_task(conversation: Conversation, text: str) -> Outcome | None:
    """That nothing will be paid, said in the middle of a task: glad of it, and the task's question once more."""
    plain = re.sub(r"[\s，。！？,.!?]", "", text)
    question = Reply.from_dict(conversation.last_replies[-1])
    if MORE_THAN_KEPT.search(text):
        return None
    if _is("nothing_paid", plain) or _is("kept", re.sub(r"\s+", "", text)):
        return Outcome([reply("scams.unpaid_on"), question], conversation.state)
    if _is("comes_again", text) and not _is("wishes", text):
        return Outcome([reply("scams.again").without_offer(), question], conversation.state)
    if _is("they", text) and not _is("wishes", text):
        return Outcome([reply("scams.warning", attempt=1).without_offer(), question], conversation.state)
    return None


def _paid(session: Session, conversation: Conversation, text: str) -> Outcome:
    """The money is gone: the police and the bank at once, and an urgent ticket."""
    ticket = open_ticket(session, "scam", conversation, text, urgent=True)
    return Outcome([reply("scams.paid", number=ticket.number)], "answered")


def _leaked(session: Session, conversation: Conversation, text: str) -> Outcome:
    """The bank first: the card is to be frozen; and people look after it."""
    open_ticket(session, "scam", conversation, text, urgent=True)
    return Outcome([reply("scams.leaked")], "answered")
