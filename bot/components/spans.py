"""What a recogniser finds: a stretch of text with a kind and a canonical value."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any, Dict, Iterable, List

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
FULL_WIDTH[0x3000] = 0x20


@dataclass(frozen=True)
class Span:
    """One recognised stretch; `start` and `end` count characters of the message."""

    kind: str
    value: Any
    start: int
    end: int
    confidence: float = 1.0
    """Below 1 where the words were only recognised by their sound."""

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def as_entity(self, text: str) -> Dict[str, Any]:
        """The form in which Rasa passes entities on."""
        return {
            "entity": self.kind,
            "value": self.value,
            "start": self.start,
            "end": self.end,
            "text": text[self.start : self.end],
            "confidence_entity": self.confidence,
            "extractor": "care",
        }


def plain(text: str) -> str:
    """The text with full-width letters and digits made plain, one character for one, so offsets stay true."""
    narrow = text.translate(FULL_WIDTH).lower()
    return narrow if len(narrow) == len(text) else text


def squeeze(text: str) -> str:
    """The text without punctuation, blanks and emoji: what a recogniser would have heard."""
    return "".join(c for c in plain(text) if unicodedata.category(c)[0] in "LN")


def longest(spans: Iterable[Span]) -> List[Span]:
    """Of overlapping spans the longest (then the first) stays; the result is in order of the text."""
    kept: List[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: (s.start, s.end))
