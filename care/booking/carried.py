"""What an eligibility check has found out is not asked a second time when its benefit is applied for."""

from __future__ import annotations

from typing import Any

from care.booking import data
from care.booking.hearing import Hearing
from care.eligibility.hearing import OF_SERVICE
from care.service_list import AID_SPOKEN_OF

RENTAL = "aids_rental"
"""The service whose particular may have been named in the question before."""
CHECK, FACTS = "eligibility", "facts"
"""Memory keys of the last check (benefit, for whom) and of the facts known of each person."""
MOBILITY = {"intact": "walks", "total": "bedridden"}
"""Which way of moving a grade of ability plainly means."""


def from_eligibility(hearing: Hearing) -> None:
    """Takes for whom the check was, and the facts that the application asks for."""
    checked: dict[str, Any] = hearing.conversation.recall(CHECK) or {}
    services = hearing.turn.all("service")
    if not checked or not any(OF_SERVICE.get(code) == checked.get("benefit") for code in services):
        return
    known: dict[str, dict[str, Any]] = hearing.conversation.recall(FACTS) or {}
    person = checked.get("relation") or (next(iter(known)) if len(known) == 1 else "")
    if person not in data.table("people")["relations"] or hearing.turn.all("relation"):
        return
    draft = hearing.draft
    if draft.person and draft.person != person:
        draft.name, draft.phone, draft.address, draft.offered = "", "", "", {}
    draft.person = person
    told = known.get(person, {})
    taken = {"priority": _priority(told), "mobility": MOBILITY.get(str(told.get("ability")))}
    draft.particulars = {**draft.particulars, **{slot: value for slot, value in taken.items() if value}}


def from_question(hearing: Hearing) -> None:
    """“护理床多少钱……那租一张”: the aid that was asked about."""
    draft, aid = hearing.draft, hearing.conversation.recall(AID_SPOKEN_OF)
    if hearing.fresh and aid and draft.service == RENTAL and "aid" not in draft.particulars:
        draft.particulars = {**draft.particulars, "aid": aid}
        hearing.set("aid")


def _priority(told: dict[str, Any]) -> str | None:
    if told.get("income") in data.values("priority"):
        return told["income"]
    return next((flag for flag in ("lost_child", "veteran") if told.get(flag) is True), None)
