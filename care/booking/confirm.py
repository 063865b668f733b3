"""From an agreed draft to an order that stands in the database."""

from __future__ import annotations

import re
from datetime import date

from care import agreement
from care.booking import data, particulars
from care.booking import draft as drafts
from care.booking.draft import Draft, Wish
from care.booking.free_time import propose
from care.booking.hearing import Hearing, bare
from care.booking.when_words import say_when
from care.booking.who import asked_by
from care.conversation.model import Conversation
from care.handover import open_ticket
from care.orders import ClosedThen, Order, OrderError, OrderRequest, SlotFull, UnknownService, as_card, finding, place
from care.orders.service import TOWN
from care.reply import Outcome, Reply
from care.service_list import ServiceItem, interval_of, provider
from care.texts import phrase, reply
from care.turn import Turn
from care.wording import say_digits, say_span, say_time

BOOKED, SUBMITTED = "booked", "submitted"
APPLICATION = "application"
BRACKETS = re.compile(r"（[^）]*）")
"""Remarks in a name that are for the eye only."""

SETTLED = re.compile(r"(?:那就|那|好的?|行|就|成|嗯)*(?:麻烦|请|帮我|给我|你们?|您|这么|这样)*(?:登记|订|定|安排|办|报|约)[上下好了着来]*[吧哈啊呗]*")
"""Words that agree once more to what was booked (那就麻烦你们登记上)."""
STARTS_ANEW = ("service", "time", "quantity", "aid", "relation", "department", "facility")
"""What another booking would name."""


def settled(conversation: Conversation, turn: Turn) -> bool:
    """Whether the words only agree once more to what has just been booked (那就麻烦你们登记上)."""
    told = any(e.kind in STARTS_ANEW for e in turn.entities)
    return not told and conversation.state in (BOOKED, SUBMITTED) and bool(SETTLED.fullmatch(bare(turn.text)))


def agreed_again(conversation: Conversation, turn: Turn) -> bool:
    """Whether somebody says yes once more to what has just been booked (是，对的), and nothing else."""
    told = any(e.kind in STARTS_ANEW for e in turn.entities)
    stands = conversation.state in (BOOKED, SUBMITTED) and not agreement.closes(turn.text)
    return not told and stands and agreement.agrees(turn) and not agreement.besides(turn.text)


def request_of(draft: Draft, conversation_id: str, channel: str, item: ServiceItem) -> OrderRequest:
    """The order that a draft means."""
    details = dict(draft.particulars)
    if draft.days and "duration" in item.slots:
        details["duration"] = {"days": draft.days}
    if draft.shares and sum(draft.shares.values()) <= draft.quantity:
        details["diet_shares"] = draft.shares
    if draft.remarks:
        details["remark"] = "；".join(draft.remarks)
    if draft.for_other and draft.asker_name:
        details["asker_name"] = draft.asker_name
    if draft.town and "place" not in item.slots:
        details[TOWN] = draft.town
    if draft.place_label:
        details["place_label"] = draft.place_label
    return OrderRequest(
        key=draft.id,
        region=draft.region,
        service=draft.service,
        date=date.fromisoformat(draft.date) if draft.date and item.dated else None,
        end_date=date.fromisoformat(draft.end_date) if draft.end_date and item.dated else None,
        time=draft.time if item.dated else "",
        weekdays=list(draft.weekdays),
        without=draft.away if draft.end_date else [],
        quantity=max(draft.quantity, 1),
        person_name=draft.name,
        person_phone="" if draft.through_asker else draft.phone,
        address=draft.address if "place" in item.slots else "",
        asked_by=asked_by(draft.person, draft.role),
        asked_by_phone=draft.asker_phone if draft.for_other else "",
        relation=draft.person or "self",
        particulars=details,
        conversation=conversation_id,
        channel=channel,
    )


def store(hearing: Hearing) -> Outcome:
    """Places the order. When its time has gone meanwhile, the nearest are proposed and nothing else is lost."""
    draft, item, conversation = hearing.draft, hearing.listed, hearing.conversation
    if draft.for_other and not draft.asker_phone:
        draft.asker_phone = conversation.phone or ""
    request = request_of(draft, conversation.id, conversation.channel, item)
    try:
        order = place(hearing.session, request)
    except (SlotFull, ClosedThen) as gone:
        if gone.reason == "full":
            hearing.note("just_gone")
        propose(hearing, gone.reason, gone.day or hearing.today, gone.alternatives)
        return Outcome(hearing.notes)
    except UnknownService:
        return Outcome([reply("booking.unserved", service=data.service_name(item))], "refused", finished=True)
    except OrderError:
        return Outcome([reply("booking.store_failed")])
    drafts.remember_people(conversation, draft)
    finding.made(conversation, order)
    if order.awaits_consent:
        _have_asked(hearing, order)
    state = SUBMITTED if item.kind == APPLICATION or not order.provider else BOOKED
    placed = _placed(draft, item, order, hearing.today)
    if not draft.queue:
        return Outcome([placed, reply("booking.anything_else")], state, order.number, finished=True)
    return Outcome([placed], state, order.number)


def _have_asked(hearing: Hearing, order: Order) -> None:
    """A ticket for the staff: the elder has to be asked before anything is done."""
    about = data.spoken_of(hearing.draft.person, hearing.draft.person_word)
    words = phrase(
        "booking.consent_wanted",
        number=order.number,
        asker=order.asked_by or phrase("booking.family"),
        who=about["you"].removeprefix("您"),
        name=order.person_name,
        service=data.service_name(hearing.listed),
        phone=order.person_phone or phrase("booking.asker_phone", phone=order.asked_by_phone),
    )
    open_ticket(hearing.session, "consent", hearing.conversation, words, order.person_phone or order.asked_by_phone)


def next_wish(hearing: Hearing) -> Wish | None:
    """The next thing wanted: its draft, for the same people at the same place, takes the place of the one stored."""
    stored = hearing.draft
    if not stored.queue:
        return None
    wish = stored.queue[0]
    hearing.draft = drafts.follow_up(stored, wish)
    hearing.draft.queue = stored.queue[1:]
    return wish


def _placed(draft: Draft, item: ServiceItem, order: Order, today: date) -> Reply:
    when = say_when(draft, today, full=False)
    span = interval_of(item, order.time) if order.time else None
    if item.kind == "delivery" and span and not draft.repeats:
        when = say_when(draft.model_copy(update={"time": ""}), today, full=False) + "，" + say_span(*span)
    elif item.kind == "delivery" and order.time:
        when = phrase("booking.daily_at", time=say_time(order.time))
    who = provider(order.provider)
    about = data.spoken_of(draft.person, draft.person_word)
    key = ("submitted" if item.kind == APPLICATION else "placed") + ("_other" if draft.for_other else "")
    there = "place" in particulars.hidden(draft.particulars)
    if not order.provider and item.kind != APPLICATION:
        key = key.replace("placed", "submitted")
    tail = data.by_service(data.table("services")["placed"], item) if not there else "placed_place"
    if not order.provider and item.kind != APPLICATION:
        tail = "placed_unassigned"
    follow = phrase(
        f"booking.{tail}",
        when=when,
        who=item.who,
        provider=BRACKETS.sub("", who.name) if who else phrase("booking.the_centre"),
        place=who.address if who else "",
        pronoun=about["pronoun"],
    )
    return reply(
        f"booking.{key}",
        card=as_card(order),
        number=say_digits(order.number),
        figures=order.number,
        follow=follow,
        you=about["you"],
        pronoun=about["pronoun"],
    )
