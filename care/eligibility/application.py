"""The application that follows a check, or that somebody wants in the middle of one, with all that was told for it."""

from __future__ import annotations

import re
from typing import Any

from care.conversation.model import Conversation
from care.eligibility import whom
from care.eligibility.claims import MEMORY
from care.eligibility.rules import benefits
from care.reply import Outcome
from care.turn import Turn

APPLIES = re.compile(
    r"(?:那|就|直接|先|干脆|麻烦|请|你)*(?:帮|给|替)(?:我|俺|他|她|我[妈爸爹娘]|老人)?[^，。]{0,4}(?:登(?:个|一?下|上)?记|登(?:一个|个|上)|申请|报(?:个|上)?名|报上|报一个|提交|办上|办了|办一下|排上)"
    r"|^(?:对|好|行|嗯|是|中|要得|可以|没错|那|就|我|，|,)*(?:直接|先)?(?:提交|登记|申请|报名|办)(?:申请)?(?:吧|了|上|一下|咯|哒|就行)*$|(?:就|那|直接)(?:登记|申请|提交|报名)(?:吧|了|$)"
)
"""Words that want the benefit applied for, whatever is being asked."""

ONLY_ASKS = re.compile(
    r"能不能|可不可以|可以[^，。]{0,6}吗|怎么|咋|如何|要不要|能[^，。]{0,8}吗|[吗么不][？?]?$|哪里|什么时候|多少"
)
"""A clause with these only asks about it; another clause may want it all the same (咋签呢，你给我登记上)."""
PUTS_OFF = re.compile(r"先不|不(?:用|想|要)(?!问|紧)|别(?!问)")
_CLAUSE = re.compile(r"[，。,；;！!？?\s]+")

OF_AN_APPLICATION = frozenset({"person_name", "address", "phone", "time"})


def applies(turn: Turn) -> bool:
    """Whether words in the middle of a check want the application itself."""
    if PUTS_OFF.search(turn.text):
        return False
    return any(APPLIES.search(clause) and not ONLY_ASKS.search(clause) for clause in _CLAUSE.split(turn.text))


def tells_for_it(turn: Turn) -> bool:
    """Whether words tell a name, an address, a telephone number or a day."""
    return any(e.kind in OF_AN_APPLICATION for e in turn.entities)


def note(draft: dict[str, Any], turn: Turn) -> None:
    """Keeps the words that tell what an application will need, so that nobody tells it twice."""
    if tells_for_it(turn) and turn.text not in draft.get("told", []):
        draft["told"] = [*draft.get("told", []), turn.text]


def apply(conversation: Conversation, draft: dict[str, Any], turn: Turn) -> Outcome | None:
    """Begins the application for somebody who wants no more questions (那帮我登记申请吧), with all that was told."""
    benefit = benefits().get(draft.get("benefit") or "")
    if benefit is None or not benefit.book or not draft.get("last_question") or not applies(turn):
        return None
    relation = draft.get("relation") or whom.SELF
    somebody = "" if relation == whom.SELF else f"给{whom.who(relation).replace('您', '我')}"
    told = draft.get("told", [])
    said = told if turn.text in told else [*told, *([turn.text] if turn.entities else [])]
    leave(conversation, draft)
    conversation.remember(again="，".join([f"{somebody}{benefit.book}", *said]))
    return Outcome([], "idle", finished=True)


def leave(conversation: Conversation, draft: dict[str, Any]) -> None:
    """Ends a check for the application itself, which is for the same person."""
    conversation.keep_draft(MEMORY, None)
    checked = {"benefit": draft.get("benefit"), "relation": draft.get("relation"), "region": conversation.region}
    conversation.remember(**{MEMORY: checked})
