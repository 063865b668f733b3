"""Repairs what was heard with what is expected.

The rules, in this order:

* Words that answer the question are left alone. Only a second reading that is nearly as likely and answers something
  else makes them unsure.
* Spelling is repaired silently (铃 among digits is 零): the sound was heard right. Anything that changes the sound,
  such as another reading of the recogniser or a word that is only similar, is reported in `unsure`, so that the call
  asks before it is believed.
* Only what the question is about is looked for: its choices, yes and no, and the words of its slot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from voice_gateway.listening import numbers, vocabulary
from voice_gateway.listening.expect import CONFIRM, Expectation, stripped
from voice_gateway.listening.model import UNKNOWN
from voice_gateway.listening.recogniser import Hypothesis, without_unknown
from voice_gateway.listening.sound import Terms, distance, syllables

LEAST_SHARE = 0.08
"""Belief that another reading needs before it may answer in place of the best one."""
RIVAL = 0.6
"""Share of the best reading's belief at which a reading with another answer makes the answer unsure."""
NEAREST = 0.17
"""Distance by sound up to which a word of three or more syllables is taken for an expected one."""
NEAREST_SHORT = 0.1
"""The same for two syllables: nothing but confusable sounds."""
LEAST_SYLLABLES = 2
LONGEST_ANSWER = 6
"""Characters of the longest answer that may be replaced as a whole."""
UNKNOWN_COST = 0.5
"""What a reading made of unknown words only loses in confidence."""


@dataclass(frozen=True)
class Unsure:
    """An answer that the call has to confirm."""

    slot: str
    value: str
    """The words for it, as they stand in the text."""


@dataclass(frozen=True)
class Repaired:
    """What a turn is taken for."""

    text: str
    confidence: float
    """0 to 1: agreement of the recogniser's readings, lowered by unknown words and by repair."""
    unsure: tuple[Unsure, ...] = ()


def repair(text: str, alternatives: Sequence[Hypothesis], expectation: Expectation) -> Repaired:
    """The text to understand.

    Args:
        text: the best reading, words divided by blanks, `[unk]` for unknown ones.
        alternatives: all readings with their weights, best first, those held to the grammar included.
        expectation: what was asked.
    """
    words = _spelt(without_unknown(text), expectation)
    free = [one for one in alternatives if not one.held]
    held = [one for one in alternatives if one.held]
    sure = _agreement(text, free)
    slot = expectation.asking or CONFIRM
    answer = expectation.answer(words)
    if answer:
        rival = _rival(answer, free, expectation)
        return Repaired(words, sure, (Unsure(slot, answer),) if rival else ())
    if other := _other_reading(free, expectation):
        return Repaired(other[0], other[2], (Unsure(slot, other[1]),))
    if closed := _held_reading(words, held, expectation):
        return Repaired(
            closed[0], closed[2], (Unsure(slot, closed[1]),) if closed[2] < RIVAL or _differs(words, closed[0]) else ()
        )
    if similar := _by_sound(words, expectation):
        alike = syllables(similar[0]) == syllables(words)
        return Repaired(similar[0], sure, () if alike else (Unsure(slot, similar[1]),))
    return Repaired(words, sure)


def _spelt(words: str, expectation: Expectation) -> str:
    """Numbers asked for, in characters that are digits."""
    if expectation.asking not in ("phone", "order") or numbers.telephone(words):
        return words
    return numbers.read(words)


def _agreement(text: str, readings: Sequence[Hypothesis]) -> float:
    """How much the readings agree with the best one, less the share of it that is unknown."""
    parts = text.split()
    if not parts:
        return 0.0
    total = sum(one.weight for one in readings) or 1.0
    alike = (
        sum(one.weight * SequenceMatcher(None, text, one.text).ratio() for one in readings) / total if readings else 1.0
    )
    unknown = parts.count(UNKNOWN) / len(parts)
    return 0.0 if unknown == 1 else round(alike * (1 - UNKNOWN_COST * unknown), 3)


def _rival(answer: str, readings: Sequence[Hypothesis], expectation: Expectation) -> bool:
    """Whether another reading, nearly as likely, answers something else."""
    if not readings:
        return False
    enough = RIVAL * readings[0].weight
    for one in readings[1:]:
        other = expectation.answer(_spelt(without_unknown(one.text), expectation))
        if one.weight >= enough and other and syllables(other) != syllables(answer):
            return True
    return False


def _other_reading(readings: Sequence[Hypothesis], expectation: Expectation) -> tuple[str, str, float] | None:
    """The likeliest reading that answers: text, answer, weight."""
    for one in readings[1:]:
        words = _spelt(without_unknown(one.text), expectation)
        if one.weight >= LEAST_SHARE and (answer := expectation.answer(words)):
            return words, answer, one.weight
    return None


def _held_reading(
    words: str, readings: Sequence[Hypothesis], expectation: Expectation
) -> tuple[str, str, float] | None:
    """What the recogniser held to the grammar is sure of, unless much more was said than it knows."""
    if not readings or UNKNOWN in readings[0].text.split():
        return None
    heard = _spelt(without_unknown(readings[0].text), expectation)
    if len(stripped(words)) > max(LONGEST_ANSWER, len(heard) + 2) and expectation.asking not in ("phone", "order"):
        return None
    answer = expectation.answer(heard)
    return (heard, answer, readings[0].weight) if answer else None


def _differs(words: str, heard: str) -> bool:
    """Whether a held answer sounds unlike what was heard freely."""
    return bool(words) and distance(words, heard) > NEAREST


def _by_sound(words: str, expectation: Expectation) -> tuple[str, str] | None:
    """The text with the expected word that a part of it sounds like, and that word."""
    core = stripped(words)
    if not core:
        return None
    terms = expectation.terms
    if len(core) <= LONGEST_ANSWER:
        near = terms.near(core)
        best = min(((distance(core, term), term) for term in near), default=(1.0, ""))
        if best[0] <= (NEAREST if len(core) > LEAST_SYLLABLES else NEAREST_SHORT) and (
            len(core) >= LEAST_SYLLABLES or syllables(core) == syllables(best[1])
        ):
            return words.replace(core, best[1], 1), best[1]
    return _inside(words, terms)


def _inside(words: str, terms: Terms) -> tuple[str, str] | None:
    """A stretch of a longer text that sounds exactly like an expected word, confusable sounds merged; the longest."""
    for size in range(min(len(words), terms.longest), LEAST_SYLLABLES - 1, -1):
        for start in range(len(words) - size + 1):
            part = words[start : start + size]
            term = terms.alike(part)
            if term and part not in vocabulary.commands():
                return words[:start] + term + words[start + size :], term
    return None
