"""Who is on the telephone. The caller's number finds the person on file, but anybody can hold a telephone (or forge a
number): what is on file is told only to somebody who gave the name and the last four digits of the registered number.

One gate for every capability: `confirmed` before telling, `gate` to ask. The answer is taken without the bot.
"""

from __future__ import annotations

import re

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.emergency.sound import sounds, syllable
from care.orders.model import Order
from care.people import Person
from care.reply import Outcome
from care.texts import reply
from care.turn import Turn

ASKING = "identity"
"""The slot (state `asking_identity`)."""
GUARDED = ("phone",)
"""Channels on which the number alone proves nothing; the others vouch for who writes (a token, an account)."""
CONFIRMED = "identity_confirmed"
"""Memory key: telephone numbers whose owner the caller has shown to be."""
PENDING = "identity_pending"
"""Memory key: what was asked for and what of the answer is there."""
TRIES = 2
"""Wrong answers after which a human is offered."""
TAIL = 4
DIGITS = str.maketrans("零〇幺一二两三四五六七八九", "0011223456789")
NAME_SAID = re.compile(r"叫|姓|名字|我是")
WISH = re.compile(r"^(?:那|哎|嗯)*(?:我想|我要|帮我|给我|想|要|请)(?!叫)")
DECLINED = re.compile(r"不用|不查|算了|不说|不想说|不告诉|不知道|忘了|记不")
NEARLY = 3
"""Characters from which a name is known although one of them was misheard."""
_SYLLABLE = re.compile(r"([^aeiouüyw]*)(.*)")
LONGEST_NAME_ONLY = 8
"""Characters of an answer that may be nothing but a name."""


def confirmed(conversation: Conversation, phone: str = "") -> bool:
    """Whether what is on file under a number (by default the caller's own) may be told in this conversation.

    A number that was only said is nobody's own: on a page without an account anybody can type any number.
    """
    own = conversation.phone or ""
    if conversation.channel not in GUARDED and phone in ("", own):
        return True
    return (phone or own) in conversation.recall(CONFIRMED, [])


def vouched_phone(conversation: Conversation) -> str:
    """The caller's number, if it unlocks what is on file under it; else empty."""
    return (conversation.phone or "") if confirmed(conversation) else ""


def gate(session: Session, conversation: Conversation, turn: Turn, phone: str = "") -> Outcome | None:
    """The question who is calling, if something is on file under a number and nobody has shown to be its owner.

    Args:
        turn: what was wanted; its words are taken up anew when the answer is right.
        phone: a number that was named; by default the caller's own, of which the end must be named too.
    """
    number = phone or conversation.phone or ""
    if not number or confirmed(conversation, number) or not _names(session, number):
        return None
    if conversation.recall(PENDING, {}).get("refused") == number:
        return Outcome([reply("call.identity_refused")], "refused", finished=True)
    pending = {"phone": number, "words": turn.text, "tail": bool(phone), "name": "", "tries": 0}
    # A task that is under way asks nothing of its own in this turn (`asked`, see actions/base.py).
    conversation.remember(**{PENDING: pending, "asked": turn.message_id})
    asked = reply("call.identity_name") if phone else reply("call.identity_ask")
    return Outcome([asked], f"asking_{ASKING}", finished=True)


def answer(session: Session, conversation: Conversation, text: str) -> tuple[Outcome | None, str]:
    """Takes the answer to the question who is calling.

    Returns:
        What to say, or nothing when these words are no answer; and the words to be taken up anew now.
    """
    pending = dict(conversation.recall(PENDING) or {})
    conversation.state = "idle"
    if not pending:
        return None, ""
    tail, name = _tail(text), _matching(_names(session, pending["phone"]), text)
    if not tail and not name:
        if DECLINED.search(text):
            conversation.remember(**{PENDING: None})
            return Outcome([reply("call.identity_declined")], "idle"), ""
        if (
            WISH.search(text)
            and not NAME_SAID.search(text)
            or len(text) > LONGEST_NAME_ONLY
            and not NAME_SAID.search(text)
        ):
            conversation.remember(**{PENDING: None})
            return None, ""
    pending["tail"] = pending["tail"] or bool(tail) and pending["phone"].endswith(tail)
    pending["name"] = pending["name"] or name
    if pending["tail"] and pending["name"]:
        shown = conversation.recall(CONFIRMED, [])
        conversation.remember(**{PENDING: None, CONFIRMED: [*shown, pending["phone"]]})
        return Outcome([reply("call.identity_known")], "idle"), pending["words"]
    return _asked_on(
        conversation, pending, wrong=bool(tail) and not pending["tail"] or _wrong_name(text, pending, tail)
    ), ""


def guarded(conversation: Conversation, more: list[str]) -> list[str]:
    """Words that must not be spoken in this conversation: address and name on file, and `more`."""
    if confirmed(conversation):
        return []
    person = conversation.person
    on_file = (person.address, person.name) if person else ()
    return sorted({words for words in (*on_file, *more) if words})


def _asked_on(conversation: Conversation, pending: dict[str, object], wrong: bool) -> Outcome:
    """The next question; after too many wrong answers, or answers that were not heard, a human."""
    lacking = "name" if pending["tail"] else "tail"
    before = str(pending.get("asked_for", ""))
    tries = int(str(pending["tries"])) + wrong
    if tries >= TRIES or before.count(lacking) >= TRIES:
        conversation.remember(**{PENDING: {"refused": pending["phone"]}})
        return Outcome([reply("call.identity_refused")], "refused")
    pending["tries"] = tries
    if wrong:
        pending["name"] = ""
        pending["tail"] = False
        said = reply("call.identity_wrong")
    else:
        said = reply(f"call.identity_{lacking}", attempt=before.count(lacking))
        pending["asked_for"] = f"{before},{lacking}"
    conversation.remember(**{PENDING: pending})
    return Outcome([said], f"asking_{ASKING}")


def _wrong_name(text: str, pending: dict[str, object], tail: str) -> bool:
    """Whether a name was given that is not on file."""
    rest = re.sub(r"[\d零〇幺一二两三四五六七八九，。、,.\s]|后四位|尾号|是|最后|四位", "", text)
    return not pending["name"] and len(rest) >= 2 and (bool(NAME_SAID.search(rest)) or not tail)


def _names(session: Session, phone: str) -> list[str]:
    """The names on file under a number."""
    names = list(session.scalars(select(Person.name).where(Person.phone == phone)))
    orders = session.execute(
        select(Order.person_name, Order.person_phone, Order.asked_by).where(
            or_(Order.person_phone == phone, Order.asked_by_phone == phone)
        )
    )
    for person_name, person_phone, asked_by in orders:
        names.append(person_name if person_phone == phone else asked_by)
    return [name for name in dict.fromkeys(names) if len(name) >= 2]


def _matching(names: list[str], text: str) -> str:
    """The name that sounds in a text; a recogniser writes names as it likes.

    Of a name of three or more, one syllable behind the surname may be misheard: its beginning or its end is right.
    """
    heard = sounds(text)
    return next((name for name in names if sounds(name) in heard or _nearly(name, text)), "")


def _nearly(name: str, text: str) -> bool:
    """Whether a stretch of the text is the name but for one syllable of the given name that is half right (健孤, 建国)."""
    wanted, said = [syllable(c) for c in name], [syllable(c) for c in text]
    if len(wanted) < NEARLY:
        return False
    for start in range(len(said) - len(wanted) + 1):
        here = said[start : start + len(wanted)]
        wrong = [(a, b) for a, b in zip(wanted, here, strict=True) if a != b]
        if here[0] == wanted[0] and len(wrong) == 1 and _half_right(*wrong[0]):
            return True
    return False


def _half_right(one: str, other: str) -> bool:
    """Whether two syllables begin with the same consonant or end alike."""
    (initial, final), (initial2, final2) = (_SYLLABLE.match(s).groups() for s in (one, other))  # type: ignore[union-attr]
    return bool(initial) and initial == initial2 or final == final2


def _tail(text: str) -> str:
    digits = "".join(re.findall(r"\d", text.translate(DIGITS)))
    return digits[-TAIL:] if len(digits) >= TAIL else ""
