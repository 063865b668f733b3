"""A service that the last answer offered, and words that take it up with what is wanted of it (那就三十号吧)."""

from __future__ import annotations

import re

from care.booking.hearing import bare, is_question
from care.conversation.model import Conversation
from care.reply import Reply
from care.service_list import aliases
from care.turn import Turn

MOST = 2
"""Choices of an offer: yes, and not now."""
DETAILS = frozenset({
    "time", "quantity", "duration", "address", "person_name", "phone", "relation", "diet", "bath_place", "health",
    "medical_task", "cleaning_task", "mobility", "aid",
})  # fmt: skip
"""Kinds of entity that say how or for whom something is wanted."""
BY_THEMSELVES = DETAILS - {"time", "duration"}
"""Those that take up an offer also when nothing else is said; a length of time (三天) may be anything, also a mishearing."""
TAKES = re.compile(r"那|就|吧|要|想|给|帮|替|来|送|订|定|约|租|借|住|行|好|可以")
"""Words that say yes to an offer, beside a time or a length of time."""
ONWARD = re.compile(
    r"(?:那|就|也|行|好|嗯|成|中|得|要得|可以|你|您|你们|麻烦|请|快|先|直接)*(?:(?:给|帮|替|为|同)(?:我|他|她|佢|俺|额|咱|阮|[我俺额咱](?:老)?[妈爸爹娘婆爷奶公]+|老人家?|老伴|老人)?们?家?)?(?:登)?(?:装|约|订|定|来|登记|申请|报|办|要|租|送|安排|排|签|做|借|评)(?:一|上|个|份|下|次|名|一下|吧|了|呗|就|好|啦|咯|喽|嘛|哈|呀|啊|哒|得了|行)*"
)
"""Words that only want what is being booked (那装一个吧), and answer no question."""
HOW = re.compile(r"(?:那|这)*(?:我)?(?:该|要)?(?:怎么|怎样|咋个?|点)(?:办|弄|申请|登记|报名?)(?:啊|呀|呢|嘞|哩)*")
"""Words after an offer that ask how to have what was offered (那怎么办啊)."""
ALONG = re.compile(r"没人陪|(?:想|要|找|请|叫|派)(?:要)?(?:个|一个|位)?人?(?:来)?陪|有人陪|陪(?:着)?我|没人(?:管|跟)")
"""Words that want company on a way."""
DECLINES = re.compile(r"不用|不要|不订|不约|先不|算了|别|再说|下次|不是|回头|商量|考虑")


def by_words(text: str) -> list[str]:
    """The service that words name, by the longest of its names."""
    plain = text.replace("个", "")
    hits = sorted((word for word in aliases() if word in text or word in plain), key=len, reverse=True)
    return [aliases()[hits[0]]] if hits else []


def wish(conversation: Conversation) -> str:
    """The words with which the offer that was made last is taken; empty when none was made."""
    last = Reply.from_dict(conversation.last_replies[-1]) if conversation.last_replies else None
    if last is None or not 1 <= len(last.choices) <= MOST or not by_words(last.choices[0].value):
        return ""
    return last.choices[0].value


def service(conversation: Conversation) -> str:
    """The service offered last; empty when none was."""
    return next(iter(by_words(wish(conversation))), "")


def only_wants_it(turn: Turn) -> bool:
    """Whether the words only want what was spoken of (帮我排上)."""
    return bool(ONWARD.fullmatch(bare(turn.text)))


def goes_on(turn: Turn) -> bool:
    """Whether words after an offer only want what was offered, or ask how to have it."""
    return bool(ONWARD.fullmatch(bare(turn.text)) or HOW.fullmatch(bare(turn.text)))


def begins(turn: Turn) -> str:
    """The words to take up as an order that names its service only by what belongs to it (三份饭，一份软的; 去二附院没人陪)."""
    if turn.all("service") or is_question(turn.text) or DECLINES.search(turn.text):
        return ""
    portions = any(value.get("unit") == "份" for value in turn.all("quantity") if isinstance(value, dict))
    if portions and ("饭" in turn.text or turn.all("diet")):
        return f"我想订饭，{turn.text}"
    if turn.all("facility") and ALONG.search(turn.text):
        return f"我想约陪看病，{turn.text}"
    return ""


def taken_with(conversation: Conversation, turn: Turn) -> str:
    """The words to take up when an offer is answered with details; empty when they do no such thing."""
    if turn.intent in ("inform", "nlu_fallback", "correct") and (words := begins(turn)):
        return words
    told = any(e.kind in DETAILS for e in turn.entities) and not says_only_how_long(turn)
    if not told or turn.all("service") or is_question(turn.text) or DECLINES.search(turn.text):
        return ""
    wanted = wish(conversation)
    return f"{wanted}，{turn.text}" if wanted else ""


def says_only_how_long(turn: Turn) -> bool:
    """Whether the words name a length or an hour, and neither a day nor anything with which an offer is taken up."""
    kinds = {e.kind for e in turn.entities} & DETAILS
    a_day = any(value.get("date") and not value.get("vague") and not value.get("past") for value in turn.all("time"))
    return bool(kinds) and not kinds & BY_THEMSELVES and not a_day and not TAKES.search(turn.text)
