"""Somebody who puts themselves right in the words a booking begins with (我要洗澡，不对，还是理发吧; 给我妈订，啊不，给我自己订).

What was named first is then not wanted, and must neither be booked nor be kept for afterwards.
"""

from __future__ import annotations

import re
from dataclasses import replace

from care.booking.hearing import is_question
from care.turn import Entity, Turn

KINDS = ("service", "relation")
"""Kinds of which the one named last takes the place of the one before."""
SELF = "self"
_ONWARD = r"(?:还是|那|就|是|我|俺|额|咱|要不|改|换|成|为|要|想|请|约|订|定|叫|来|找|个|[给帮替][^，。,约订 ]{0,4}|[，,。！! ])*"
"""Words between those that turn and what is wanted instead."""
_TURNS = re.compile(
    r"(?:[啊哦噢喔哎唉呃诶]+[，, ]?不(?:对|是|要)?|不对|不不不?|不是(?=[，,。 ])|[说搞弄讲]错了?|错了|算了吧?"
    rf"|(?:不|莫|唔|别)(?:要|用|想|洗|剪|理|约|订|定|做|打扫|扫|擦|修|弄|搞|去|看|租|送|吃)[^，。,；; ]{{0,3}}了)[吧啊呀了]*{_ONWARD}$"
)
_RATHER = re.compile(rf"[，,。 ](?:要不|还是){_ONWARD}$|(?:改成|换成){_ONWARD}$")
"""The same in softer words, which may also join two things that are asked about."""
_RATHER_ENDS = re.compile(r"(?:还是|要不)[^，。]*(?:吧|好了|算了)[啊呀]*$")
_FOR_ME = re.compile(r"[给帮替为是](?P<who>(?:我|俺|额)(?:自己|本人|自个儿?)?|自己)(?=订|定|约|叫|来|请|办|做|弄|要|用|吃|洗|剪|理|的|$)")


def settle(turn: Turn) -> Turn:
    """The turn without what its speaker took back in the same breath."""
    for kind in KINDS:
        turn = _settled(turn, kind)
    return turn


def _settled(turn: Turn, kind: str) -> Turn:
    named = sorted((e for e in turn.of(kind) if e.end), key=lambda e: e.start)
    if kind == "relation":
        named = _with_myself(turn.text, named)
    last = named[-1] if named else None
    taken_back = [e for e in named if last and e.value != last.value and _turns(turn.text, e.end, last.start)]
    if last is None or not taken_back:
        return turn
    gone = {e.value for e in named if e.end <= taken_back[-1].end} - {last.value}
    kept = [e for e in turn.entities if e.kind != kind or e.value not in gone]
    meant = str(last.value) if kind == "service" and turn.meant in gone else turn.meant
    return replace(turn, entities=tuple(kept if last in kept else [*kept, last]), meant=meant)


def _with_myself(text: str, named: list[Entity]) -> list[Entity]:
    """Those named, and the speaker where it is for them after all (不对，给我订)."""
    found = max(_FOR_ME.finditer(text), key=lambda one: one.start(), default=None)
    if not named or found is None or found.start() < named[-1].end:
        return named
    return [*named, Entity("relation", SELF, found["who"], *found.span("who"))]


def _turns(text: str, end: int, start: int) -> bool:
    """Whether the words between two things named take the first of them back."""
    between = text[end:start]
    if _TURNS.search(between):
        return True
    return not is_question(text) and bool(_RATHER.search(between) or re.search(rf"还是{_ONWARD}$", between) and _RATHER_ENDS.search(text))
