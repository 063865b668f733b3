"""The question for each slot: worded by service, by person and by how often it was asked without success."""

from __future__ import annotations

from typing import Any

from care import regions
from care.booking import addresses, data, particulars
from care.booking.draft import Draft
from care.booking.telephone import OWN, PHONE_PART
from care.booking.what import asked_slots
from care.booking.when_words import option_choice, say_hours, say_length
from care.booking.where import ASK_REGION, REGION
from care.reply import Choice, Reply
from care.service_list import ServiceItem
from care.texts import phrase, reply
from care.wording import say_address, say_count, say_phone, say_phone_part, say_time

OFFERED_AT_ONCE = 3
CITIES_NAMED = 4
COMMON_LENGTHS = (7, 14, 30)


def question(draft: Draft, item: ServiceItem | None, slot: str, attempt: int) -> Reply:
    """The question for a slot, or for the proposal that stands in its place."""
    proposal = _proposal(draft, slot, item, attempt)
    if proposal:
        return proposal
    if slot == "change":
        return reply("booking.ask_change", attempt=attempt, choices=_changes(draft))
    key = data.by_service(data.table("services")["asks"].get(slot, {}), item) or f"ask_{slot}"
    if draft.for_other and key in data.table("services")["others"]:
        key += "_other"
    return reply(f"booking.{key}", attempt=attempt, **_values(draft, item))


def _values(draft: Draft, item: ServiceItem | None) -> dict[str, Any]:
    about = data.spoken_of(draft.person, draft.person_word)
    return {
        "you": about["you"],
        "pronoun": about["pronoun"],
        "service": data.service_name(item) if item else "",
        "hours": say_hours(item) if item else "",
        "town": "" if draft.region else phrase("booking.which_town"),
        "town_too": "" if draft.region else phrase("booking.which_town_too"),
        "regions": "、".join(region.short for region in regions.regions()),
    }


def _proposal(draft: Draft, slot: str, item: ServiceItem | None, attempt: int) -> Reply | None:
    offered = draft.offered.get(slot)
    if slot in ("date", "time") and draft.options:
        return _options(draft, attempt)
    if slot == "time" and draft.open_time:
        return _half_of_day(draft, attempt)
    if slot == "place":
        if draft.offered.get("half"):
            if addresses.district(draft.offered["half"]):
                return reply("booking.ask_street", attempt=attempt, address=say_address(draft.offered["half"]))
            return reply("booking.ask_door", attempt=attempt, address=say_address(draft.offered["half"]))
        if draft.offered.get("tail") and not draft.address:
            return reply("booking.ask_street", attempt=attempt, address=say_address(draft.offered["tail"]))
        if draft.place_label:
            return reply("booking.ask_address_of", attempt=attempt, label=draft.place_label)
        if offered and offered in draft.guarded:
            return reply(f"booking.{_place_key(item)}_unread", attempt=attempt)
        if offered:
            return reply(
                f"booking.{_place_key(item)}",
                attempt=attempt,
                address=say_address(offered),
                show_address=offered,
            )
    if slot == REGION and draft.region:
        short, cities = regions.region(draft.region).short, regions.cities(draft.region)
        return reply("booking.ask_city", attempt=attempt, region=short, cities="、".join(cities[:CITIES_NAMED]), first=cities[0])
    if slot == REGION and draft.offered.get(ASK_REGION) and not attempt:
        return Reply(draft.offered[ASK_REGION])
    if slot == "phone" and (part := draft.offered.get(PHONE_PART)):
        return reply("booking.ask_phone_rest", attempt=attempt, part=say_phone_part(part))
    if slot == "phone" and offered == OWN:
        return reply("booking.ask_phone_own", attempt=attempt)
    if slot == "phone" and offered:
        return reply(
            "booking.ask_phone_offered",
            attempt=attempt,
            phone=say_phone(offered),
            tail=say_phone(offered[-4:]),
        )
    if slot == "duration" and offered:
        return reply(
            "booking.ask_duration_about", attempt=attempt, length=say_length(offered), choices=_lengths(offered)
        )
    if slot == "quantity" and offered:
        return reply("booking.ask_quantity_most", attempt=attempt, most=say_count(offered))
    if offered and slot in data.table("slots"):
        return reply("booking.ask_this", attempt=attempt, what=particulars.say(slot, offered))
    return None


def _lengths(days: int) -> tuple[Choice, ...]:
    lengths = dict.fromkeys((days, *COMMON_LENGTHS))
    return tuple(Choice(say_length(one), say_length(one)) for one in list(lengths)[:OFFERED_AT_ONCE])


def _place_key(item: ServiceItem | None) -> str:
    key = data.by_service(data.table("services")["place_as"], item)
    return f"ask_offered_{key}"


def _options(draft: Draft, attempt: int) -> Reply:
    choices = tuple(option_choice(draft, option) for option in draft.options)
    if len(choices) == 1:
        return reply("booking.ask_option", attempt=attempt, choices=_yes_no(choices[0]), first=choices[0].title)
    return reply(
        "booking.ask_options",
        attempt=attempt,
        choices=choices,
        first=choices[0].title,
        second=choices[1].title,
    )


def _yes_no(yes: Choice) -> tuple[Choice, ...]:
    return (yes, Choice(phrase("booking.another_time"), phrase("booking.another_time")))


def _half_of_day(draft: Draft, attempt: int) -> Reply:
    hour, minute = (int(part) for part in draft.open_time.split(":"))
    early, late = (say_time(f"{hour % 12 + half:02d}:{minute:02d}") for half in (0, 12))
    choices = (Choice(early, early), Choice(late, late))
    return reply("booking.ask_half", attempt=attempt, choices=choices, early=early, late=late)


def _changes(draft: Draft) -> tuple[Choice, ...]:
    names = data.table("services")["offered_changes"]
    here = [slot for slot in names if slot in asked_slots(draft)]
    return tuple(Choice(names[slot], names[slot]) for slot in here[:OFFERED_AT_ONCE])
