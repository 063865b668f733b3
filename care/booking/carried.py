"""What an eligibility check has found out is not asked a second time when its benefit is applied for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from care import carers
from care.booking import clause, data, offered, towns, wished
from care.booking.hearing import Hearing, is_question
from care.booking.wished import BEFORE
from care.company import MOURNED, going_on
from care.conversation.model import Conversation
from care.eligibility.named import OF_SERVICE
from care.turn import Entity, Turn

KEPT = 3
"""So many turns are kept."""
KEPT_OF_A_CHECK = 5
"""And of a check, in which name, telephone and home are told one after the other."""
LONG = 6
"""Characters of words that may tell something although nothing was recognised."""
OF_THE_THING = (
    "aid",
    "facility",
    "department",
    "medical_task",
    "cleaning_task",
    "bath_place",
    "mobility",
    "diet",
    "relation",
)
"""Kinds of entity that belong to what was asked about."""
OF_THE_HEART = ("lonely", "well_being", "scam", "abuse")
"""Intents of talk that tells nothing of a booking (早上吃了个馒头, said to be in company)."""
OF_THE_WISH = ("time", "quantity", "address", "phone", "person_name")
"""Kinds that somebody who only tells something also means."""
OF_THE_HOME = ("address", "phone", "person_name")
"""Kinds that are told amid a check for the application that may follow."""
_ONESELF = re.compile(r"[给帮替][我俺](?!妈|爸|爹|娘|老伴|奶|爷|婆|公)|我自己|[我俺]想")
"""Words that want it for whoever speaks."""
_MYSELF = re.compile(r"(?:我|俺)(?:自己|本人)|[给替][我俺](?!妈|爸|爹|娘|老|家|奶|爷|婆|公)")
"""The same where the offer was for somebody else: 帮我订 only asks for it to be done."""
SELF = "self"
CHECK, FACTS = "eligibility", "facts"
"""Memory keys of the last check (benefit, for whom) and of the facts known of each person."""
OF_WHERE = ("policy_region", "service_region")
"""Tasks that only ask for a town; who they are and where they live may be told for the booking that follows."""
MOBILITY = {"intact": "walks", "total": "bedridden"}
"""Which way of moving a grade of ability plainly means."""


def from_eligibility(hearing: Hearing) -> None:
    """Takes for whom the check was, and the facts that the application asks for."""
    checked: dict[str, Any] = hearing.conversation.recall(CHECK) or {}
    before = offered.before(hearing.conversation, hearing.turn) or offered.service(hearing.conversation)
    services = hearing.turn.all("service") or [before]
    if not checked or not any(OF_SERVICE.get(code) == checked.get("benefit") for code in services):
        return
    known: dict[str, dict[str, Any]] = hearing.conversation.recall(FACTS) or {}
    person = checked.get("relation") or (next(iter(known)) if len(known) == 1 else "")
    if person != SELF and offered.onward(hearing.turn.text):  # 给我登记吧 then only asks for it to be done
        kept = tuple(e for e in hearing.turn.entities if (e.kind, e.value) != ("relation", SELF))
        hearing.turn = replace(hearing.turn, entities=kept)
    if person not in data.table("people")["relations"] or hearing.turn.all("relation"):
        return
    draft = hearing.draft
    if draft.person and draft.person != person:
        draft.name, draft.phone, draft.address, draft.offered = "", "", "", {}
    draft.person = person
    told = known.get(person, {})
    taken = {"priority": _priority(told), "mobility": MOBILITY.get(str(told.get("ability")))}
    draft.particulars = {**draft.particulars, **{slot: value for slot, value in taken.items() if value}}


def only_has_it_done(hearing: Hearing) -> bool:
    """Whether 给我 only asks for it to be done, for the one whom the check was for (就给我登记吧)."""
    checked = (hearing.conversation.recall(CHECK) or {}).get("relation")
    return hearing.draft.for_other and hearing.draft.person == checked and offered.onward(hearing.turn.text)


def keep(conversation: Conversation, turn: Turn) -> None:
    """Remembers what a turn that was no booking told, for the booking that may begin with the next."""
    towns.keep(conversation, turn)
    if turn.intent in OF_THE_HEART or going_on(conversation):
        return
    checks = conversation.task == CHECK or conversation.recall(CHECK, {}).get("message") == turn.message_id
    if conversation.task not in (None, CHECK, *OF_WHERE) or not (turn.entities or len(turn.text) >= LONG):
        return
    kinds = OF_THE_HOME if checks else (*OF_THE_THING, *OF_THE_WISH, "service")
    living = MOURNED.sub("", turn.text)
    said = [
        (e.kind, e.value, e.text)
        for e in turn.entities
        if e.kind in kinds and (e.kind != "relation" or e.text not in turn.text or e.text in living)
    ]
    wish = wished.of(turn)
    if checks and not said and not wish:
        return  # its facts are kept by the check itself
    before = (conversation.recall(BEFORE) or [])[1 - (KEPT_OF_A_CHECK if checks else KEPT) :]
    told = {"text": turn.text, "said": said, "asked": is_question(turn.text), "wished": wish}
    conversation.remember(**{BEFORE: [*before, told]})


def from_before(hearing: Hearing) -> None:
    """“护理床一个月多少钱……那租一张”: what was told or asked about right before is not asked a second time.

    Of a question only the thing itself is kept: its amount was only asked about.
    """
    told = hearing.conversation.recall(BEFORE) or []
    hearing.wished = wished.told_for(hearing.conversation, hearing.turn)
    hearing.conversation.remember(**{BEFORE: None})
    services = hearing.turn.all("service")
    extra: list[Entity] = []
    for one in reversed(told):
        named = [value for kind, value, _ in one["said"] if kind == "service"]
        if named and services and not set(named) & set(services):
            continue
        hearing.told.append(one["text"])
        kinds = OF_THE_THING if one["asked"] else (*OF_THE_THING, *OF_THE_WISH)
        known = {e.kind for e in (*hearing.turn.entities, *extra)}
        extra += [Entity(kind, value, text) for kind, value, text in one["said"] if kind in kinds and kind not in known]
    theirs = carers.takes_up(hearing.conversation)  # 帮我订 then only asks for it to be done
    if (_MYSELF if theirs else _ONESELF).search(_own_words(hearing)):
        extra = [e for e in extra if e.kind != "relation"]
    hearing.turn = replace(hearing.turn, entities=(*hearing.turn.entities, *extra))


def _own_words(hearing: Hearing) -> str:
    """What was said, without the words of the offer that it takes up (我想要登记上门评残): those are ours."""
    return hearing.turn.text.removeprefix(offered.wish(hearing.conversation))


def from_story(hearing: Hearing) -> None:
    """What is wrong or where to, in the words of the question before (不会交电费，能代交不……那明天来一趟)."""
    draft, item = hearing.draft, hearing.item
    if item is None or not hearing.told:
        return
    for slot in ("problem", "destination"):
        if slot not in item.slots or slot in draft.particulars:
            continue
        words = next((found for text in hearing.told if (found := _from_words(slot, text))), "")
        if words:
            draft.particulars = {**draft.particulars, slot: words}
            hearing.set(slot)


def _from_words(slot: str, text: str) -> str:
    spec = data.slot(slot)
    if "hints" in spec:
        text = "，".join(piece for piece in re.split(r"[，。,；;]", text) if not is_question(piece))
        return clause.naming(text, spec["hints"], False) if any(hint in text for hint in spec["hints"]) else ""
    found = re.search(spec["named"], text)
    return found.group(1) if found else ""


def _priority(told: dict[str, Any]) -> str | None:
    if told.get("income") in data.values("priority"):
        return told["income"]
    return next((flag for flag in ("lost_child", "veteran") if told.get(flag) is True), None)
