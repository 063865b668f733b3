"""All recognisers together, with the order in which they claim the text. No Rasa here."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import List, Optional, Sequence, Tuple

from bot.components import told_examples
from bot.components.called import called
from bot.components.clock import now
from bot.components.lexicon import Word
from bot.components.numbers_zh import numbers
from bot.components.passing import kept
from bot.components.people_places import addresses, facilities, from_its_town, people
from bot.components.spans import Span, longest, plain
from bot.components.spelt import spelt, without
from bot.components.time_zh import TOO_LATE, Found, expressions
from bot.components.time_zh import spans as time_spans
from bot.components.told import BUSY, OFF, PASSING, TOLD, WANTED, Roles
from bot.components.wishes import wished
from bot.components.words import BY_SOUND, WordFinder

OFF_THEN = re.compile(r"(?:[那嗰该](?:一|两)?[天日顿]|当天)[^，。,]{0,6}?(?:别|莫|甭|不用|不要|不送|不来|不消|停|免|取消|退|去掉|空)")
"""Words that call off the day named before (周日我回家，那天别送)."""
DOES = re.compile(r"[^，。,；;]{0,6}(?:得|要|会|去|带)[^，。,；;]{0,6}")
"""Between a time and what somebody does then."""
OF_TIME = ("date", "time")
"""Slots that are asked for with a day or an hour."""
LONGEST = 500
"""Characters of a message that are searched."""
PORTION = "份"
"""Unit of meals."""
NUMBERS_FIRST = ("phone", "order_number", "age", "money")
"""Numbers that are never times."""
SOUND_WHEN_ASKED = {
    "service": {"service"}, "diet": {"diet"}, "bath_place": {"bath_place"}, "medical_task": {"medical_task"},
    "cleaning_task": {"cleaning_task"}, "aid": {"aid"}, "person": {"relation"}, "": {"service"},
}
"""Which kinds may be recognised by sound alone, by the slot asked for."""


class Recogniser:
    """Finds every entity of a sentence."""

    def __init__(self, lexicon: Sequence[Word], roles: Optional[Roles] = None) -> None:
        """`roles`: what tells the times wanted from those only named; without it that is learnt from the examples now."""
        self.lexicon = list(lexicon)
        self.roles = roles or told_examples.learnt()
        self._words = WordFinder(self.lexicon)

    def find(self, text: str, asking: str = "") -> List[Span]:
        """The entities in the order of the text.

        Args:
            text: what was said.
            asking: the slot asked for, which decides between readings (电话 or 单号).
        """
        text = plain(text[:LONGEST])
        told = spelt(text)
        text = without(text, told)
        words = self._words.find(text)
        doors = from_its_town(addresses(text), words, text)
        words = [w for w in words if not (w.kind == "relation" and any(d.start <= w.start and w.end <= d.end for d in doors))]
        names = told or people(text, asking)
        names = names + [name for name in called(text, asking) if not any(name.overlaps(other) for other in names)]
        counted = numbers(text, asking, doors)
        first = [span for span in counted if span.kind in NUMBERS_FIRST]
        found = expressions(text, now(), [*doors, *first, *names], asking)
        between = [(one.start, one.end) for one in found if one.apart or one.weekdays]  # 隔一天送, 二四晚上: no length of time
        lengths = [s for s in counted if s.kind == "duration" and not _inside(s, between)]
        lengths = self._sort(text, found, lengths, asking in OF_TIME)
        spoken = [(one.start, one.end) for one in found]
        moments = time_spans(found, text, now())
        later = [s for s in counted if s.kind not in (*NUMBERS_FIRST, "duration") and not _inside(s, spoken)]
        later += [s for s in lengths if s.kind == "duration" or not _inside(s, spoken)]
        kinds = SOUND_WHEN_ASKED.get(asking, SOUND_WHEN_ASKED[""]) & BY_SOUND
        missing = kinds - {span.kind for span in words}
        if missing and not (moments or first or doors):
            words += self._words.find_by_sound(text, missing)
        if not any(span.kind == "service" for span in words):
            words += self._words.find_wished_by_sound(text)
        sites = [s for s in words if s.kind == "facility"]
        sites = longest([*sites, *facilities(text, doors)])
        words = wished([s for s in words if s.kind != "facility"], text)
        words = [s for s in words if not (s.kind in ("service", "medical_task") and _own_errand(s, text, found))]
        names = [n for n in names if not any(w.start == n.start and w.end == n.end and w.kind != "relation" for w in words)]
        spans = [*doors, *names, *first, *moments, *later, *words, *sites]
        return sorted(kept(spans, text), key=lambda s: (s.start, s.end, s.kind))

    def _sort(self, text: str, found: Sequence[Found], lengths: Sequence[Span], asked: bool) -> List[Span]:
        """Sets the role of each time; gives the lengths of time back, those that are only told under the kind of such."""
        named = told_examples.named(found, lengths)
        roles = dict(zip(named, self.roles.of(text, named, asked)))
        for off in OFF_THEN.finditer(text):
            before = [one for one in named if one.end <= off.start() and one.kind != "length"]
            roles |= {one: OFF for one in before[-1:]}

        for one in named:
            if len(named) > 1 and TOO_LATE.match(text, one.end) and one.kind != "length":
                roles[one] = TOLD  # 礼拜六，礼拜天冇用了

        def role(start: int) -> str:  # one that overlaps a longer one from before (二二年底) has no role of its own
            return next((roles[one] for one in named if one.start <= start < one.end), WANTED)

        for one in found:
            one.role = role(one.start)
        kept = [s for s in lengths if role(s.start) != OFF]
        return [replace(s, kind="told_time", value={**s.value, "role": role(s.start)}) if role(s.start) in PASSING else s for s in kept]


def _own_errand(span: Span, text: str, found: Sequence[Found]) -> bool:
    """Whether a service is what somebody does themselves at a time that does not suit (明天上午吧，下午我得去给他取药)."""
    return any(f.role == WANTED for f in found) and any(
        f.role == BUSY and f.end <= span.start and DOES.fullmatch(text[f.end : span.start]) for f in found
    )


def _inside(span: Span, spoken: Sequence[Tuple[int, int]]) -> bool:
    """Whether a number is part of the words of a time, one by one; what stands between two of them (明天四个人的午饭) is none."""
    portions = span.kind == "quantity" and span.value.get("unit") == PORTION
    return not portions and any(span.start < end and start < span.end for start, end in spoken)
