"""What is known of the person a check is for: taken from each turn, kept for the conversation, put together for the rules."""

from __future__ import annotations

import re
from typing import Any

from care import identity, regions
from care.conversation.model import Conversation
from care.eligibility import hearing, whom
from care.eligibility.conditions import UNKNOWN, Facts, implied
from care.eligibility.rules import REGIONS, Question, questions
from care.eligibility.words import words_of
from care.turn import Turn

REGISTERED = "hukou"
"""The question where somebody is registered: a place said in answer is not where they live."""

PROVINCES = "|".join(sorted({region.province for region in regions.regions()}))

PROVINCE_REGISTERED = re.compile(rf"({PROVINCES})省?的?户[口籍]|户[口籍][^，]{{0,3}}[在是]({PROVINCES})")
"""Registered in a province of ours (江西户口): what a province pays is paid to all of it."""


def _regions_named(turn: Turn) -> list[str]:
    """The regions of the places named, empty strings for places that are none of ours."""
    named = [str(place.get("region", "")) for place in turn.all("place")]
    return named or [place.region for place in regions.find(turn.text) if not place.ask]


def facts_of(conversation: Conversation, draft: dict[str, Any]) -> Facts:
    """What is known: assumed for this check, on file (for oneself), told in this conversation."""
    relation = draft.get("relation") or whom.SELF
    person = conversation.person
    own = person is not None and relation == whom.SELF and identity.confirmed(conversation)
    on_file: Facts = person.facts if person is not None and own else {}
    return implied({**draft.get("assumed", {}), **on_file, **conversation.recall("facts", {}).get(relation, {})})


def _plain_yes(asked: str) -> Facts:
    """What a bare yes says to a question with one subject; to a question that lists several it says nothing."""
    facts: dict[str, Facts] = {
        "ability": {"ability": "disabled_unspecified"},
        "disability": {"disability": "unspecified"},
        "insured": {"ltc_insured": True},
        "hukou": {"hukou": "local"},
        "left_behind": {"left_behind": True},
    }
    return facts.get(asked, {})


def _only_denied(question: Question, found: Facts, before: Facts) -> bool:
    """Whether of the things a question names some were denied now, and nothing was said of others (不是低保)."""
    denied = all(found[fact] == question.deny.get(fact) for fact in found.keys() & set(question.facts))
    left = question.left({**before, **found})
    return denied and 0 < len(left) < len(question.left(before))


def _said_again(question: Question, found: Facts, before: Facts) -> bool:
    """Whether what was asked for is left open and only what was denied before is denied once more."""
    told = found.keys() & set(question.facts)
    asked_rest = 0 < len(question.left(before)) < len(question.parts)
    return asked_rest and all(fact in before and found[fact] == before[fact] == question.deny.get(fact) for fact in told)


def take_facts(conversation: Conversation, draft: dict[str, Any], turn: Turn, asked: str) -> bool:
    """Keeps the facts of this person; says whether the pending question was answered."""
    found = hearing.facts(turn, asked, draft.get("relation") or whom.SELF)
    if (home := PROVINCE_REGISTERED.search(words_of(turn.text))) and conversation.region in REGIONS:
        ours = regions.region(conversation.region).province
        found["hukou"] = "local" if ours in home.groups() else "other"
    elif asked == REGISTERED and (there := _regions_named(turn)):
        found["hukou"] = "local" if conversation.region in there else "other"
    question = questions().get(asked)
    answer = hearing.bare_answer(turn) if question else None
    assumed: Facts = {}
    if question:
        found = {**{k: v for k, v in implied(found).items() if k in question.facts}, **found}
    if question and not (found.keys() & set(question.facts)):
        if answer == "no":
            found = {**question.deny, **found}
        elif answer in ("unknown", "refused"):
            assumed = dict.fromkeys(question.facts, UNKNOWN)
        elif answer == "yes":
            found = {**_plain_yes(asked), **found}
        elif found and question.unmentioned:
            assumed = dict(question.deny)
    for fact in [fact for fact, value in found.items() if value == UNKNOWN]:
        assumed[fact] = found.pop(fact)
    told_now = {*found, *assumed} & set(question.facts) if question else set()
    before = facts_of(conversation, draft)
    if question and told_now and not assumed and _said_again(question, found, before):
        told_now = set()
    if question and told_now and not assumed and _only_denied(question, found, before):
        pass  # of the others nothing was said yet: they are asked for
    elif question and told_now:
        # Asked for any of these and told some: for this check the others are taken as not the case.
        assumed = {**{k: v for k, v in question.deny.items() if k not in told_now}, **assumed}
        draft["asked"] = [*draft.get("asked", []), asked]
    draft["assumed"] = {**draft.get("assumed", {}), **assumed}
    if found:
        people = conversation.recall("facts", {})
        person = draft.get("relation") or whom.SELF
        conversation.remember(facts={**people, person: {**people.get(person, {}), **found}})
    return bool(told_now) if question else True
