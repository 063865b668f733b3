"""The very same is ordered already (said again after a broken line, or an hour later): told with its number, and asked whether
one more is wanted. Without that question nobody who only repeats a wish would get a second order."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from care import agreement
from care.booking import confirm, steering
from care.booking.another import STARTS
from care.booking.draft import Draft, Wish
from care.booking.hearing import Hearing, bare
from care.booking.missing import CHANGE
from care.conversation.model import Conversation
from care.orders import Order, finding, same
from care.reply import Reply
from care.service_list import ServiceItem
from care.texts import reply
from care.wording import say_digits

ASKED = "one_more"
"""What is asked for then."""
RUNGS = 3
_WANTED = re.compile(
    r"再(?:另外|多|给|帮|替|要|来|订|定|约|送|加|添|租|排)|另外?(?:再|要|来|订|定|约|给|加)|多(?:要|来|订|送|加)一|加一|加(?:订|送|个)|又要|还(?:要|想)(?:再|订|约|一)|[也同](?:样的)?(?:再)?(?:来|要|订)一"
)
"""Words that want one more than what is ordered."""
_ENOUGH = re.compile(r"不(?:用|要|必|需要|订|加|约|了)|甭|莫|唔使|用不着|(?:够|可以|知道|晓得|明白|忘|想起来|记起来|清楚)[了哒咯啦]|就(?:这|那)一?[单份个]|一[份单个次]就|重[复了]|算了")
"""Words to which one order is enough."""


def wanted(text: str) -> bool:
    """Whether words want one more in so many words (再来一份)."""
    return bool(_WANTED.search(text))


def standing(session: Session, conversation: Conversation, draft: Draft, item: ServiceItem) -> Order | None:
    """The order that stands for the very same; none where one more is wanted plainly."""
    if draft.one_more:
        return None
    order = same.standing(session, conversation, confirm.request_of(draft, conversation.id, conversation.channel, item))
    if order is not None:
        finding.verify(conversation, order)
    return order


def questions(order: Order) -> list[Reply]:
    """The question in the wording of each rung."""
    number = say_digits(order.number)
    return [reply("booking.ask_one_more", attempt=rung, number=number, figures=order.number) for rung in range(RUNGS)]


def declined(hearing: Hearing) -> bool:
    """Whether the one order is enough; something else that is wanted then comes next."""
    turn, draft = hearing.turn, hearing.draft
    if hearing.asked != ASKED:
        return False
    others = [e for e in turn.of("service") if e.value != draft.service]
    if others and turn.intent in STARTS:
        said = [(e.kind, e.value, e.text) for e in turn.entities if e.kind != "service"]
        draft.queue = [*draft.queue, Wish(service=others[-1].value, text=turn.text, entities=said)]
        return True
    if wanted(turn.text) and not agreement.says_no(turn.text):
        return False
    nothing_told = not any(e.kind in steering.TELLING for e in turn.entities)
    if steering.calls_off(turn) or agreement.closes(turn.text) or turn.intent in ("thanks", "bye"):
        return True
    return nothing_told and (turn.intent == "deny" or agreement.says_no(turn.text) or bool(_ENOUGH.search(turn.text)))


def taken(hearing: Hearing) -> bool:
    """Whether one more is wanted; whatever else is said is taken as a change of what was asked for."""
    if hearing.asked != ASKED:
        return False
    if wanted(hearing.turn.text) or agreement.agrees(hearing.turn) and not agreement.besides(bare(hearing.turn.text)):
        hearing.draft.one_more = True
    else:
        hearing.asked = CHANGE
    return hearing.draft.one_more
