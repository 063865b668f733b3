"""All recognisers together, with the order in which they claim the text. No Rasa here."""

from __future__ import annotations

from typing import List, Sequence

from bot.components.clock import now
from bot.components.lexicon import Word
from bot.components.numbers_zh import numbers
from bot.components.passing import kept
from bot.components.people_places import addresses, facilities, from_its_town, people
from bot.components.spans import Span, longest, plain
from bot.components.time_zh import times
from bot.components.wishes import wished
from bot.components.words import BY_SOUND, WordFinder

LONGEST = 500
"""Characters of a message that are searched."""
NUMBERS_FIRST = ("phone", "order_number", "age", "money")
"""Numbers that are never times."""
SOUND_WHEN_ASKED = {
    "service": {"service"}, "diet": {"diet"}, "bath_place": {"bath_place"}, "medical_task": {"medical_task"},
    "cleaning_task": {"cleaning_task"}, "aid": {"aid"}, "person": {"relation"}, "": {"service"},
}
"""Which kinds may be recognised by sound alone, by the slot asked for."""


class Recogniser:
    """Finds every entity of a sentence."""

    def __init__(self, lexicon: Sequence[Word]) -> None:
        self.lexicon = list(lexicon)
        self._words = WordFinder(self.lexicon)

    def find(self, text: str, asking: str = "") -> List[Span]:
        """The entities in the order of the text.

        Args:
            text: what was said.
            asking: the slot asked for, which decides between readings (电话 or 单号).
        """
        text = plain(text[:LONGEST])
        words = self._words.find(text)
        doors = from_its_town(addresses(text), words, text)
        names = people(text, asking)
        counted = numbers(text, asking, doors)
        first = [span for span in counted if span.kind in NUMBERS_FIRST]
        moments = times(text, now(), [*doors, *first, *names], asking)
        later = [s for s in counted if s.kind not in NUMBERS_FIRST and not _inside(s, moments)]
        kinds = SOUND_WHEN_ASKED.get(asking, SOUND_WHEN_ASKED[""]) & BY_SOUND
        missing = kinds - {span.kind for span in words}
        if missing and not (moments or first or doors):
            words += self._words.find_by_sound(text, missing)
        if not any(span.kind == "service" for span in words):
            words += self._words.find_wished_by_sound(text)
        sites = [s for s in words if s.kind == "facility"]
        sites = longest([*sites, *facilities(text, doors)])
        words = wished([s for s in words if s.kind != "facility"], text)
        names = [n for n in names if not any(w.start == n.start and w.end == n.end and w.kind != "relation" for w in words)]
        found = [*doors, *names, *first, *moments, *later, *words, *sites]
        return sorted(kept(found, text, asking), key=lambda s: (s.start, s.end, s.kind))


def _inside(span: Span, moments: Sequence[Span]) -> bool:
    """Whether a number is part of a time; a run of days (连订五天) stays a duration too."""
    return span.kind != "duration" and any(span.overlaps(moment) for moment in moments)
