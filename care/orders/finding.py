"""Which order is meant, and whether this caller may hear of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from care import identity
from care.clock import today
from care.conversation.model import Conversation
from care.orders import its_days
from care.orders.model import CANCELLED, DONE, Order
from care.orders.service import by_number, nearest_first, of_conversation, of_phone
from care.reply import Outcome
from care.turn import Entity, Turn

WORDS = Path(__file__).resolve().parent.parent / "data" / "order_words.yaml"
VERIFIED = "verified_orders"
"""Memory key: numbers of orders whose telephone number the caller knew."""
LAST = "last_order"
"""Memory key: the order spoken of last."""
STANDING = "ordered_services"
"""Memory key: the services of the orders made or spoken of in this conversation."""
LENT_FROM = "lent_from"
"""Memory key: the day on which something on loan is brought, ISO."""
BACK = re.compile(r"(?<!不)还(?=$|[，,。；; 了掉给回吧]|(?:今|明|后|大后|下|这|周|星期|礼拜|[0-9一二三四五六七八九十]+[号月]))|归还|退(?:掉|回|了|给)|(?:收|拿|取|拉|搬)(?:走|回去)|来[拿取收拉搬]")
"""Words of something that is given back and fetched."""
BROUGHT = re.compile(r"送(?:来|到|过来)|改[到成]|换[到成]|推到|推迟")
"""Words of its being brought, and of another day for that."""
OF_A_PHONE = re.compile(r"(?:尾号|末尾|后四位|最后四位|手机号?|电话号?码?)(?:是|为|：|:|，)*$")
"""What stands before digits that are no order number."""
STAYS = re.compile(
    r"留(?:着|下|起)|只留|保留|照(?:送|常|旧|来|样|做|洗|剪)|还(?:是)?要|不动|别动|莫动|不退|别退|还来|不(?:用)?取消"
)
"""Of what is said so, nothing is cancelled."""
OF_AN_ORDER = re.compile(r"单|号|分|订|约|查|看|退|取消|改|那个|这个|^\W*\S{4,8}\W*$")
"""Words beside four digits that make them the number of an order."""
APART = re.compile(r"(?<=[0-9])[、，, .-](?=[0-9])")
"""Signs between digits said one by one."""
HANZI = str.maketrans("零〇幺一二两三四五六七八九", "0011223456789")
TAIL = 4
OFFERED = 3


def made(conversation: Conversation, order: Order) -> None:
    """Remembers an order that was made, or is spoken of, in this conversation."""
    services = {*conversation.recall(STANDING, []), order.service}
    conversation.remember(**{LAST: order.number, STANDING: sorted(services)})
    if rented_days(order) and order.live_days:
        conversation.remember(**{LENT_FROM: order.live_days[0].isoformat()})


def goes_back(conversation: Conversation, turn: Turn) -> bool:
    """Whether what was lent in this conversation is to be fetched on a day after it was brought (轮椅早点还 下礼拜五来拿)."""
    brought = conversation.recall(LENT_FROM) or ""
    days = [e.value["date"] for e in turn.of("time") if e.value.get("date") and not e.value.get("past")]
    return bool(brought and days and min(days) > brought and BACK.search(turn.text) and not BROUGHT.search(turn.text))


def may_hear(conversation: Conversation, order: Order) -> bool:
    """Whether the caller may hear of an order: made here, with this telephone, or its number's end was given."""
    own = identity.vouched_phone(conversation) in {order.person_phone, order.asked_by_phone} - {""}
    return bool(own) or order.conversation == conversation.id or order.number in conversation.recall(VERIFIED, [])


def known(session: Session, conversation: Conversation) -> list[Order]:
    """Every order that this caller may hear of, nearest first."""
    found = {order.id: order for order in of_conversation(session, conversation.id)}
    found |= {order.id: order for order in of_phone(session, identity.vouched_phone(conversation))}
    for number in conversation.recall(VERIFIED, []):
        order = by_number(session, number)
        if order is not None:
            found[order.id] = order
    return nearest_first(found.values())


def asked_who(session: Session, conversation: Conversation, turn: Turn) -> Outcome | None:
    """The question who is calling, when the orders wanted are not to be told to just anybody with this telephone."""
    if known(session, conversation):
        return None
    own, said = conversation.phone or "", turn.last("phone") or ""
    if own and of_phone(session, own):
        return identity.gate(session, conversation, turn)
    if said and of_phone(session, said):
        return identity.gate(session, conversation, turn, said)
    return None


def of_said_phone(session: Session, conversation: Conversation, turn: Turn) -> list[Order]:
    """The orders of a telephone number that was said, if the caller may hear of them."""
    said = turn.last("phone") or ""
    return of_phone(session, said) if said and identity.confirmed(conversation, said) else []


def is_open(order: Order) -> bool:
    """Whether something of it is still to come."""
    until = order.end_date
    if until is not None:
        until += timedelta(days=rented_days(order))
    past = until is not None and until < today()
    return order.status not in (DONE, CANCELLED) and not past


def rented_days(order: Order) -> int:
    """How many days something stays with the person after its delivery; 0 for what is no rental."""
    length = order.particulars.get("duration")
    return int(length.get("days") or 0) if isinstance(length, dict) else 0


def rentals(session: Session, conversation: Conversation) -> list[Order]:
    """The things that this caller has on loan, or will have."""
    return [order for order in known(session, conversation) if is_open(order) and rented_days(order)]


def spoken_number(turn: Turn) -> str:
    """The order number said in a turn, if any."""
    said = [entity.value for entity in turn.of("order_number") if not OF_A_PHONE.search(turn.text[: entity.start])]
    if said:
        return str(said[-1])
    plain = APART.sub("", turn.text.translate(HANZI))
    digits = [
        one for one in re.finditer(r"(?<!\d)[235789]{4,6}(?!\d)", plain) if not OF_A_PHONE.search(plain[: one.start()])
    ]
    return digits[0].group() if digits and OF_AN_ORDER.search(turn.text) else ""


def spoken_tail(turn: Turn) -> str:
    """The last four digits of a telephone number, from whatever was said."""
    phone = turn.last("phone")
    digits = str(phone) if phone else "".join(re.findall(r"\d", turn.text.translate(HANZI)))
    return digits[-TAIL:] if len(digits) >= TAIL else ""


def tail_fits(order: Order, tail: str) -> bool:
    """Whether the digits end one of the order's telephone numbers."""
    return bool(tail) and any(phone and phone.endswith(tail) for phone in (order.person_phone, order.asked_by_phone))


def verify(conversation: Conversation, order: Order) -> None:
    """Remembers that the caller may hear of this order."""
    seen = conversation.recall(VERIFIED, [])
    if order.number not in seen:
        conversation.remember(**{VERIFIED: [*seen, order.number]})


def narrowed(orders: list[Order], turn: Turn, times: Iterable[Entity] | None = None) -> list[Order]:
    """Those that fit the service and the day named in a turn; none when no order is for that service.

    Args:
        times: the times that name the order as it is; none given = all of the turn.
    """
    ordered = {order.service for order in orders}
    said = turn.all("service")  # a reason may name another one (她要去打针，洗澡改到周六)
    service = next(
        (one for one in reversed(said) if one in ordered), turn.last("service") or named_service(orders, turn.text)
    )
    fitting = [order for order in orders if order.service == service] if service else orders
    named = list(turn.of("time") if times is None else times)
    days = [entity.value["date"] for entity in named if entity.value.get("date")]
    on_day = [order for order in fitting if any(str(day) in days for day in order.live_days)] or [
        order for order in fitting if any(its_days.own(order, entity, turn.text) != entity for entity in named)
    ]
    if service and not fitting:
        return []
    return on_day or fitting


def without_kept(orders: list[Order], turn: Turn) -> tuple[list[Order], Turn]:
    """The orders that may be meant by a cancellation, and the words without what is to stay (洗澡的不要了，饭照送)."""
    kept = [piece for piece in re.split(r"[，。,；]", turn.text) if STAYS.search(piece)]
    staying = {service for piece in kept if (service := _in_piece(orders, turn, piece))}
    if not staying:
        return orders, turn
    left = [order for order in orders if order.service not in staying]
    at = [(start, start + len(piece)) for piece in kept if (start := turn.text.find(piece)) >= 0]
    said = tuple(e for e in turn.entities if not any(first <= e.start < last for first, last in at))
    return (left or orders), replace(
        turn, text="，".join(p for p in re.split(r"[，。,；]", turn.text) if p not in kept), entities=said
    )


def in_piece_of(pattern: re.Pattern[str], turn: Turn) -> list[Entity]:
    """The times said in the same piece as certain words."""
    found = pattern.search(turn.text)
    if found is None:
        return list(turn.of("time"))
    first = max(turn.text.rfind(pause, 0, found.start()) for pause in "，。,；")
    return [entity for entity in turn.of("time") if entity.start > first]


def without_others(orders: list[Order], order: Order, turn: Turn) -> Turn:
    """The words without what is said of another order that is to stay (对，只取消饭，剪头的留着)."""
    others = [one for one in orders if one.service != order.service]
    named = [
        piece for piece in re.split(r"[，。,；]", turn.text) if STAYS.search(piece) and named_service(others, piece)
    ]
    return (
        replace(turn, text="，".join(p for p in re.split(r"[，。,；]", turn.text) if p not in named)) if named else turn
    )


def _in_piece(orders: list[Order], turn: Turn, piece: str) -> str:
    start = turn.text.find(piece)
    said = [e.value for e in turn.of("service") if start <= e.start < start + len(piece)]
    return said[-1] if said else named_service(orders, piece)


def named_service(orders: Iterable[Order], text: str) -> str:
    """The service of one of these orders that a short word names (饭取消); empty when none or several are named."""
    return named_among({order.service for order in orders}, text)


def all_named(services: set[str], turn: Turn) -> set[str]:
    """Those of some services that a turn names, by their names or by short words (饭和理发)."""
    words = _words()
    return {
        code for code in services if code in turn.all("service") or any(one in turn.text for one in words.get(code, ()))
    }


def named_among(services: Iterable[str], text: str) -> str:
    """The same among some services."""
    words = _words()
    codes = {code for code in services if any(word in text for word in words.get(code, ()))}
    return codes.pop() if len(codes) == 1 else ""


@lru_cache
def _words() -> dict[str, list[str]]:
    with WORDS.open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def chosen(options: list[str], turn: Turn) -> str:
    """The order number picked from a list: second one, a bare key, first."""
    ordinal: Any = turn.last("ordinal") or turn.last("number")
    place = ordinal.get("ordinal") if isinstance(ordinal, dict) else ordinal
    if isinstance(place, int) and 1 <= place <= len(options):
        return options[place - 1]
    return next((number for number in options if number == spoken_number(turn)), "")
