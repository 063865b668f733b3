"""Commas where the caller paused: speech has no marks, while much of the understanding goes by clauses.

Vosk ends a stretch of speech at a pause of about half a second. Not every such pause parts two clauses: whoever reads
a number, an address or a name haltingly says one thing, and so does whoever stops inside a word or behind one that
wants another (我想……订饭).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from voice_gateway.listening import numbers, vocabulary
from voice_gateway.listening.expect import Expectation
from voice_gateway.listening.recogniser import Hypothesis, without_unknown

READ_OUT = ("phone", "order", "identity", "hospital")
"""Questions whose answers are read out bit by bit; so are those for which any name or address is listened for."""
LONGEST_WORD = 6
"""Characters of a word looked for around a pause."""
OF_CLAUSES = ("change", "fact", "topic")
"""Kinds of the lexicon that are told in whole clauses."""
COMMA = "，"
_GOES_ON = re.compile(
    r"(?:[我你您他她咱俺给把被帮替为跟和同到在往从叫让请的很太最更再又就也都还不没别个那这第每]|(?<![不没])[想要是有]|还有|或者|就是|因为|但是|不过|所以|如果|要是)$"
)
"""The end of a stretch that wants more: no clause ends there."""
_LEANS = re.compile(rf"[的了吗么呢吧啊呀哦嘛啦个们点号份栋{numbers.DIGITS}十百千两半几幺]")
"""The beginning of a stretch that belongs to what was said before it."""


def written(text: str, readings: Sequence[Hypothesis], expectation: Expectation) -> str:
    """The text with a comma wherever the caller paused between two clauses.

    Args:
        text: as it was repaired; what is no longer the best reading letter for letter is left as it is.
        readings: free ones, best first.
        expectation: what was asked.
    """
    best = readings[0] if readings else Hypothesis("", 0.0)
    if expectation.open or expectation.asking in READ_OUT or len(without_unknown(best.text)) != len(text):
        return text
    marked, begun = "", 0
    for end in (*(place for place in best.pauses if _parts(text, place)), len(text)):
        marked += (COMMA if marked else "") + text[begun:end]
        begun = end
    return marked


def _parts(text: str, place: int) -> bool:
    """Whether a pause before this character may part two clauses."""
    before, after = text[:place], text[place:]
    if not before or not after or _GOES_ON.search(before) or _LEANS.match(after):
        return False
    starts = range(max(0, place - LONGEST_WORD + 1), place)
    ends = range(place + 1, min(len(text), place + LONGEST_WORD) + 1)
    return not any(text[start:end] in _words() for start in starts for end in ends if end - start <= LONGEST_WORD)


@lru_cache
def _words() -> frozenset[str]:
    """Words that nobody means to divide."""
    listed = {word for kind, words in vocabulary.lexicon().items() if kind not in OF_CLAUSES for word in words}
    listed |= vocabulary.services("") | vocabulary.terms("place", "")
    return frozenset(listed | {word for name in ("deny", "dont_know") for word in vocabulary.whole(name)})
