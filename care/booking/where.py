"""Place and region of a booking. The address on file is proposed, never assumed."""

from __future__ import annotations

import re

from care import regions
from care.booking import addresses, contact, data, goal, remarks, telephone, towns
from care.booking.draft import PEOPLE, Draft
from care.booking.hearing import Hearing, bare
from care.booking.missing import CHANGE, CONFIRM
from care.conversation.model import Conversation
from care.texts import phrase
from care.turn import Entity

AT_A_CENTRE = "place"
"""Kind of service to which somebody goes: whoever tells their address all the same is not asked for it, and it is noted."""
NO_ADDRESS = (
    "mobility", "fact", "person_name", "place", "health", "diet", "age", "time", "told_time", "relation",
    "cleaning_task", "medical_task", "bath_place", "aid", "quantity", "duration", "service", "phone",
)  # fmt: skip
"""What is recognised in words that are no address although they came as an answer."""
_HERE = re.compile(r"(?:我|我们|俺|俺们|咱|家|人)(?:现在|就)?(?:是|在|住在?)([\u4e00-\u9fff]{2})")
"""A town as somebody says where they are (我在杨林)."""
_WISH = re.compile(r"(?:那|哎|嗯|对了)*(?:我|俺|咱|我们|你们?)?(?:还|再|先|也)?(?:想|要|帮|给|来)")
REGION, ASK_REGION = "region", "ask_region"
"""What is kept of a name that several towns have (西湖区): which of ours it may be, and how it is asked."""
_IN_A_STORY = re.compile(r"(?:去|到|从|回|飞|在)$")
"""Before a town where somebody goes or is."""
FOR_THE_VISIT = ("phone", "name", "region", "place", CONFIRM)
"""Questions at which a house or a door by itself goes on with the address told before."""


AMOUNTS = ("date", "time", "quantity", "duration", "age")
"""Questions that a number by itself answers."""


def read_region(hearing: Hearing) -> None:
    """Takes a town named in the turn; one that is not served is said to be so."""
    draft = hearing.draft
    if hearing.asked == "destination":
        return
    if (meant := draft.offered.get(REGION)) and hearing.asked == REGION and hearing.turn.intent in ("affirm", "deny"):
        draft.offered = {slot: value for slot, value in draft.offered.items() if slot not in (REGION, ASK_REGION)}
        hearing.handled = True
        _set_region(hearing, meant if hearing.turn.intent == "affirm" else "", "")
        return
    others = regions.elsewhere(hearing.turn.text)
    text = hearing.turn.text
    named = [e for e in hearing.turn.of("place") if isinstance(e.value, dict) and not regions.names_a_road(text, e.text, e.end)]
    places = [place.value for place in named if place.value.get("name") not in others]
    if hearing.asked == "region" and not any(place.get("region") for place in places):
        found = regions.find_answer(hearing.turn.text, draft.region)
        places = [{"region": p.region, "name": p.name, "ask": p.ask} for p in found] or places
    if not draft.region and not places and (heard := _HERE.search(hearing.turn.text)):
        places = [{"region": p.region, "name": p.name, "ask": p.ask} for p in regions.find_by_sound(heard.group(1))]
    if not draft.region and not places:
        places = [{"name": p.name, "ask": p.ask} for address in hearing.turn.all("address") for p in regions.find(str(address)) if p.ask]
    served = any(place.get("region") for place in places)
    for place in places:
        if served and not place.get("region"):
            continue
        if place.get("ask") and not draft.region:
            options = next((p.options for p in regions.find(str(place["name"]))), ())
            draft.offered = {**draft.offered, ASK_REGION: place["ask"], REGION: options[0] if len(options) == 1 else ""}
            hearing.handled = True
        else:
            _set_region(hearing, place.get("region") or "", place.get("name") or "")


def _set_region(hearing: Hearing, region: str, name: str) -> None:
    draft = hearing.draft
    if not region:
        if name and not draft.region and not towns.speaker_there(hearing, name) and not _passed_through(hearing, name):
            hearing.note("region_unserved", name=name)
            draft.unserved = name
        return
    if region != draft.region:
        draft.region, draft.unserved, draft.town = region, "", ""
        hearing.set("region")
        if not hearing.conversation.region:
            hearing.conversation.region = region
    else:
        hearing.handled = True


def _passed_through(hearing: Hearing, name: str) -> bool:
    """Whether a town is only where others go or come from in a story (人家去西安看孙子, 小姑子从吉林过来)."""
    before, found, behind = hearing.turn.text.partition(name)
    lives = re.search(r"(?:我|俺|额|家|住|妈|爸|老人)(?:们|人)?(?:现在|就|都)?(?:是|在|住)$", before)
    return (
        bool(found)
        and hearing.asked not in ("region", "place")
        and not lives
        and bool(_IN_A_STORY.search(before))
        and bool(behind)
    )


def read_place(hearing: Hearing) -> None:
    """Takes the address: named, on file and agreed to, somebody's home, or in the bare words of the answer."""
    draft, turn = hearing.draft, hearing.turn
    hearing.told_place, draft.place_just_told = draft.place_just_told, False
    if hearing.item is not None and "place" not in hearing.item.slots:
        if hearing.item.kind == AT_A_CENTRE and "name" in hearing.item.slots:
            _note_home(hearing)
        return
    travels = hearing.item is not None and "destination" in hearing.item.slots
    asked = hearing.asked == "place"
    proposed = draft.offered.get("place") or (_of_the_last(hearing) if contact.same_place(turn.text) else "")
    label = contact.home_of_others(turn.text) if asked or hearing.corrects else ""
    said = [e for e in turn.of("address") if not travels or not _is_goal(hearing, e)]
    named = [e.value for e in said if not contact.home_of_others(e.value) and _is_address(hearing, e.value)]
    if proposed and contact.same_place(turn.text):
        named = [a for a in named if contact.numbered(a)]
    address = named[-1] if named else ""
    if len(named) > 1 and contact.lacks_street(address) and not hearing.corrects:
        address = contact.join_address(named[-2], address)  # 永吉街18号，储忠义，3栋2门
    for number in contact.MOBILE_SAID.findall(turn.text):
        address = address.removesuffix(number).rstrip("，, ")
    if asked and not label and not hearing.corrects and len(said) == len(turn.all("address")):
        address = _in_pieces(hearing, address)
    same = bool(proposed) and contact.same_place(turn.text)
    agreed = bool(proposed) and (turn.intent == "affirm" or contact.own_home(turn.text))
    in_passing = (
        bool(proposed) and not asked and not hearing.fresh and not draft.address and contact.own_home(turn.text)
    )
    if not address and asked and not label and not agreed and not _is_no_place(hearing):
        address = addresses.read_address(_without_numbers(hearing)) if hearing.free or turn.intent == "book" else ""
    if not address and asked and not label and not draft.address and not draft.offered.get("half"):
        address = addresses.district(turn.text)
    elif not address and _begins_the_address(hearing):
        address, draft.telling_place = addresses.district(turn.text), True
    if not address and not label and draft.address and not draft.offered.get(telephone.PHONE_PART):
        address = contact.with_other_door(draft.address, turn.text) or contact.with_other_house(
            draft.address, turn.text
        )
    if not address and not asked and draft.offered.get("half"):
        address = addresses.doors_in(turn.text)
    if draft.address and not hearing.corrects and not label and (more := _goes_on(hearing)):
        _finish(hearing, draft.address + more)
        return
    if draft.address and not hearing.corrects and hearing.asked in FOR_THE_VISIT and not label:
        if more := addresses.estate(draft.address, turn.text):
            _finish(hearing, contact.join_address(draft.address, more))
            return
    if draft.address and (not address or contact.lacks_street(address)) and (hearing.corrects or asked):
        address = contact.with_other_numbers(draft.address, turn.text) or address
    puts_right = hearing.asked in (CONFIRM, CHANGE) or hearing.corrects
    doors = addresses.doors_in(turn.text) if puts_right or address and contact.lacks_street(address.replace("的", "")) else ""
    if draft.address and doors and contact.lacks_street(address.replace("的", "")):
        address = doors  # 是二单元的，二单元二零三
    if draft.address and (address and contact.lacks_street(address) or doors and not address):
        found = contact.with_other_numbers(draft.address, address or doors)  # 对，地址是13栋
        address = found or addresses.with_doors(draft.address, doors or address)
    if draft.address and puts_right and not turn.all("time"):
        address = addresses.exchanged(draft.address, turn.text) or address
    if draft.address and not address and not label:
        address = addresses.renamed(draft.address, turn.text)
    if draft.address and address:
        address = addresses.told_again(draft.address, address) or address
    if hearing.corrects and not address and not label and contact.own_home(turn.text):
        address = _on_file(hearing)
    if (asked or same or in_passing) and proposed and not address and not label:
        if agreed or same or in_passing:
            address = proposed
        elif turn.intent == "deny" or "place" in turn.all("change"):
            draft.offered = {**draft.offered, "place": ""}
            hearing.note("place_refused")
            return
    if label:
        draft.place_label, draft.address = label, ""
        draft.offered = {**draft.offered, "place": ""}
        hearing.changed.append("place_label")
    elif address:
        _set_address(hearing, addresses.read_address(address) or address, agreed=address == proposed)
    elif asked and draft.half_address and draft.offered.get("half") and turn.intent in ("dont_know", "deny", "affirm"):
        _finish(hearing, draft.offered["half"])


def _goes_on(hearing: Hearing) -> str:
    """House or door that goes on with the address: at questions for the visit; at others where what it counts says so, or
    the address was told right before. A figure alone may be a piece of a telephone number, and 三号 a day."""
    draft, text = hearing.draft, hearing.turn.text
    if draft.offered.get(telephone.PHONE_PART) and not addresses.doors_in(text):
        return ""
    sure = hearing.asked in FOR_THE_VISIT or bool(addresses.doors_in(text))
    just_told = hearing.told_place and hearing.asked not in AMOUNTS and not hearing.turn.all("time")
    return addresses.goes_on(draft.address, text) if sure or just_told else ""


def _note_home(hearing: Hearing) -> None:
    """Notes where somebody lives who goes somewhere; told again or put right, it takes the place of what was noted."""
    draft, lead = hearing.draft, phrase("booking.remark_home", address="")
    noted = next((kept for kept in draft.remarks if kept.startswith(lead)), "")
    home = str(hearing.turn.last("address") or "")
    before = noted.removeprefix(lead)
    if before:
        told = addresses.told_again(before, home) or addresses.with_doors(before, home) if home and contact.lacks_street(home) else home
        home = addresses.put_right(before, hearing.turn.text) or told
    home = towns.before(draft.town, draft.region, home)
    if home and home != before:
        draft.remarks = [kept for kept in draft.remarks if kept != noted]
        remarks.note(hearing, lead + home)


def _begins_the_address(hearing: Hearing) -> bool:
    """Whether somebody tells the district by itself although something else was asked, and goes on from there."""
    draft, goes = hearing.draft, ("region", "destination", "hospital", CONFIRM, CHANGE)
    told = draft.address or draft.offered.get("half") or draft.offered.get("place")
    here = hearing.item is not None and "place" in hearing.item.slots
    return here and not told and not hearing.fresh and hearing.asked not in goes and bool(addresses.district(hearing.turn.text))


def _in_pieces(hearing: Hearing, address: str) -> str:
    """The whole of an address told in pieces, where the one recognised is a part of it; what tells the way is noted."""
    words = _without_numbers(hearing)
    for name in hearing.turn.all("person_name"):
        words = words.replace(str(name), "")
    whole = addresses.read_address(words)
    if way := addresses.of_the_way(words):
        remarks.note(hearing, way)
    return whole if address and len(whole) > len(address) and bare(address)[:4] in bare(whole) else address


def _of_the_last(hearing: Hearing) -> str:
    """Where what was booked just before is done: also for somebody else it may be the same place (还是这个地址)."""
    return str((hearing.conversation.recall(PEOPLE) or {}).get("address") or "")


def _without_numbers(hearing: Hearing) -> str:
    """The words without telephone numbers, however they were said (138 0000 7107)."""
    text = hearing.turn.text
    for said in hearing.turn.of("phone"):
        text = text.replace(said.text, "")
    return text


def _is_goal(hearing: Hearing, said: Entity) -> bool:
    """Whether an address is where somebody is taken to: by the words before it, else because that was asked for."""
    if goal.theirs(hearing, said):
        return True
    if hearing.asked == "place" and len(hearing.turn.all("address")) == 1:
        return False
    if not said.end or contact.comes_from(hearing.turn.text, said.start, said.end):
        return not said.end and hearing.asked == "destination"
    return contact.goes_to(hearing.turn.text, said.start, said.end) or hearing.asked == "destination"


def _is_address(hearing: Hearing, words: str) -> bool:
    """Whether words that came as an answer are an address, and not a name, a town alone or how somebody walks.

    Words without anything that an address has are believed only when they are said a second time.
    """
    rest = words
    for one in hearing.turn.entities:
        if one.kind in ("phone", "person_name", "quantity", "time", "duration", "age"):
            rest = rest.replace(one.text, "").replace(str(one.value) if one.kind == "person_name" else one.text, "")
    if addresses.of_an_address(rest):
        return True
    if _is_no_place(hearing) or contact.own_home(words):
        return False
    other = any(e.kind in NO_ADDRESS and e.text in words for e in hearing.turn.entities)
    sure = contact.names_a_landmark(words) or hearing.draft.misses.get("place")
    tells = contact.looks_like_name(words) or contact.tells_of_somebody(words)
    return bool(sure) and not other and not tells


def _is_no_place(hearing: Hearing) -> bool:
    """Whether the words, given where an address is asked for, wish for a service (我想订饭) or say how many (一份)."""
    text = hearing.turn.text
    if contact.names_a_place(text):
        return False
    amount = any(e.text == text for kind in ("quantity", "duration", "number") for e in hearing.turn.of(kind))
    return amount or (bool(hearing.turn.all("service")) and bool(_WISH.match(text)))


def _on_file(hearing: Hearing) -> str:
    """The caller's own address, where that can be the place."""
    person, draft = hearing.conversation.person, hearing.draft
    same_home = not draft.for_other or data.relation(draft.person).get("same_home")
    return person.address if person and same_home else ""


def _set_address(hearing: Hearing, address: str, agreed: bool) -> None:
    draft = hearing.draft
    first, tail = draft.offered.get("half", ""), draft.offered.get("tail", "")
    if tail and not contact.lacks_street(address):
        address = contact.with_tail(address, tail)
        draft.offered = {k: v for k, v in draft.offered.items() if k != "tail"}
    elif contact.lacks_street(address) and not first and not tail:
        draft.offered = {**draft.offered, "tail": address, "place": ""}
        hearing.handled = hearing.half_told = True
        return
    elif first:
        address = contact.join_address(first, address)
        if contact.lacks_door(address) and not agreed and address != first and contact.lacks_door(first):
            draft.offered = {**draft.offered, "half": address}
            hearing.handled = hearing.half_told = True
            _reveal(hearing, address)
            return
    elif contact.lacks_door(address) and not agreed and not draft.half_address:
        draft.half_address = True
        draft.offered = {**draft.offered, "half": address, "place": ""}
        hearing.handled = hearing.half_told = True
        _reveal(hearing, address)
        return
    _finish(hearing, address)
    _reveal(hearing, address)


def half_told(draft: Draft) -> bool:
    """Whether a part of the address is known and the rest is still to be asked for."""
    return bool(draft.offered.get("half") or draft.offered.get("tail"))


def _finish(hearing: Hearing, address: str) -> None:
    draft = hearing.draft
    draft.offered = {k: v for k, v in draft.offered.items() if k != "half"}
    draft.telling_place, draft.place_just_told = False, True
    address = address if address == draft.offered.get("place") else towns.before(draft.town, draft.region, address)
    if draft.address == address:
        hearing.handled = True
        return
    draft.address, draft.half_address = address, True
    hearing.set("place")


def _reveal(hearing: Hearing, address: str) -> None:
    """An address may name its town."""
    for place in regions.find(address, hearing.draft.region):
        if place.region:
            _set_region(hearing, place.region, place.name)
            return


def said_again(hearing: Hearing) -> set[str]:
    """Slots whose value was said as it is in the draft already (电话138…)."""
    known = (("phone", "phone"), ("address", "place"), ("person_name", "name"))
    return {slot for kind, slot in known if hearing.turn.last(kind) and hearing.draft.filled(slot)}


def propose(draft: Draft, conversation: Conversation) -> None:
    """Fills in what is on file for the caller: name and number for oneself; the address only as a proposal."""
    person = conversation.person
    alone = not draft.for_other
    same_home = alone or bool(data.relation(draft.person).get("same_home"))
    if alone and draft.person == "self":
        draft.name = draft.name or (person.name if person else "")
        draft.phone = draft.phone or ("" if "phone" in draft.offered else telephone.own_number(conversation))
    if same_home and person and person.address and not draft.address and "place" not in draft.offered:
        draft.offered = {**draft.offered, "place": person.address}
    if draft.person == "spouse" and not draft.phone and "phone" not in draft.offered:
        number = telephone.own_number(conversation)
        if number:
            draft.offered = {**draft.offered, "phone": number}
