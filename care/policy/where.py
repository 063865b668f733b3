"""The places in a question about a policy: which ones are named, and the question without them."""

from __future__ import annotations

import re

from care import regions
from care.conversation.model import Conversation
from care.regions import Place
from care.settings import settings
from care.turn import Turn

HERE = re.compile(r"(我|咱|俺)们?(这|这边|这里|这儿|那|本地)|本地|我们这")


def known_region(conversation: Conversation) -> str:
    person = conversation.person.region if conversation.person else ""
    return conversation.region or person or settings().default_region


def places_in(turn: Turn, text: str, context: str) -> list[Place]:
    """Places by our gazetteer, else those that the understanding found."""
    others = regions.elsewhere(text)
    found = [p for p in regions.find(text, context) or regions.find_heard(text) if p.name not in others]
    if found:
        return found
    return [
        Place(p.get("region", ""), str(p.get("name", "")), str(p.get("level", "city")), 0, 0)
        for p in turn.all("place")
        if isinstance(p, dict) and p.get("name") and p["name"] not in others
    ]


AFTER_PLACE = re.compile(r"(?:的|那边的?|这边的?|那里的?|这里的?|人)*(?=[，,。；;？?！!]|$)")
"""What may stand between a place and the end of its clause."""

BEFORE_PLACE = re.compile(r"(?:我们?|俺们?|咱们?|额|阮)?(?:就|现在|也|都)?(?:家住|家在|在|住在?|是)?$")
"""The words that lead up to a place named at the end of a clause."""

OURS = re.compile(r"(?:(?:^|(?<=[，,。；;？?！! ]))(?:我|俺|咱|额|阮|阿拉)|(?:我|俺|咱|额)们)(?:们)?(?:这|那)?$")
"""“我们杨凌”: the place is the speaker's; nobody in particular is meant."""


def without(text: str, places: list[Place]) -> str:
    """The question without its place names and what only belongs to them (我是…的), which would mislead the search."""
    for place in sorted(places, key=lambda p: -p.start):
        if place.end <= place.start:
            continue
        before, after = text[: place.start], text[place.end :]
        if ends := AFTER_PLACE.match(after):
            before, after = BEFORE_PLACE.sub("", before), after[ends.end() :]
            if not before.rstrip("，,。；; "):
                before, after = "", after.lstrip("，,。；;？?！! ")
        before = OURS.sub("", before)
        text = (before.rstrip("，, ") if not after else before) + after
    text = re.sub(r"^(我们?|俺们?|咱们?|额)(就|现在)?(在|住在?|是)(那边|这边)?[，,]", "", text)
    return re.sub(r"^(那|那么)?(的|那边的?|这边的?|那里的?|和|跟|与|，|,)+", r"\1", text).strip()


def keeps(conversation: Conversation, text: str) -> bool:
    """Whether a place named makes it the conversation's region: it is the speaker's own, or none is known."""
    return not known_region(conversation) or regions.is_own(text)
