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

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from care import emergency
from voice_gateway.listening import numbers, place_names, spoken_names, vocabulary
from voice_gateway.listening.expect import CONFIRM, CONFIRMING, Expectation, is_time, stripped, yes_or_no
from voice_gateway.listening.model import UNKNOWN
from voice_gateway.listening.recogniser import Hypothesis, without_unknown
from voice_gateway.listening.sound import Terms, distance, syllables

LEAST_SHARE = 0.08
"""Belief that another reading needs before it may answer in place of the best one."""
LEAST_SHARE_CHECKED = 0.01
"""The same for a telephone number: that it is complete speaks for it."""
RIVAL = 0.6
"""Share of the best reading's belief at which a reading with another answer makes the answer unsure."""
RIVAL_YES = 0.15
"""The same for a no against a yes."""
NEAREST = 0.17
"""Distance by sound up to which a word of three or more syllables is taken for an expected one."""
NEAREST_SHORT = 0.1
"""The same for two syllables: nothing but confusable sounds."""
LEAST_SYLLABLES = 2
LEAST_INSIDE = 3
"""Syllables of an expected word that is looked for within more words; shorter ones sound like half of everything."""
MOST_AROUND = 4
"""Characters around it, fillers aside."""
LONGEST_ANSWER = 6
"""Characters of the longest answer that may be replaced as a whole."""
NUMBERS = ("phone", "order")
"""Slots that are read digit by digit."""
HELD_SURE = 0.7
"""Belief at which a reading held to the grammar speaks against a free one."""
WORSE_NAME, WORSE_ADDRESS = 3.0, 2.5
"""How much less likely, as a logarithm, than free words a name may be, and an address for each of its words. Of 30 spoken
ones each, none cost more; most other talk does."""
WORSE = 4.0
"""The same for an answer of the closed grammar. Of what was said to another question than the one that was asked, or to
none, it explained hardly any better (15 of 17 spoken ones; a true answer misheard freely costs nothing)."""
HELD_SHARE = 0.25
"""Share of the belief of the grammar's best reading that another one of it needs to answer."""
LISTED_ASIDE = ("place", "service", "relation")
"""Kinds of which a listed word is meant as it is, also where a name was asked for."""
MOST_READINGS = 4
"""Readings of which the first that is a name or address is taken."""
IDENTITY = "identity"
"""Name and last figures of the number on file were asked for."""
WHO = ("name", IDENTITY)
"""Questions that a name answers."""
LOST_SYLLABLE = 0.4
"""Share of the best reading's belief at which one with more syllables is taken there."""
NAME, ADDRESS = "person_name", "address"
"""What open questions ask for."""
FIGURES = 7
"""Figures in a row that are a telephone number and no address."""
MENDED = 0.6
"""Most confidence in a text that is not the best reading."""
YES_SLACK = 2
"""Characters that may have been heard beside a yes or no that another reading gives."""
SERVICE = "service"
"""The slot that words answer when nothing was asked."""
PLAIN = 0.6
"""Agreement from which words that ask something are left alone."""
UNHEARD = 0.65
"""Agreement below which words that answer nothing were not understood at all; the caller is asked to say it again."""
HELD_YES = 0.85
"""Share of belief in readings of the closed grammar that are a yes, from which it is believed where free words make nothing."""
ALSO_FREE = 0.3
"""Share of the free readings that has to be a yes for it, too."""
THRICE = 3
"""Characters of a yes that was said again and again."""
AS_GOOD = 1.5
"""How much less likely, as a logarithm, than free words they may be."""
SURE_YES = 0.93
"""Agreement from which a yes with more words behind it is believed where something is agreed to."""
ENDING = "ending"
"""Stands for the slot of words that end the call or what is being done."""
SURE_END = 0.9
"""Share of belief in readings that end something, from which they are believed."""
SAME_WISH = 0.6
"""Distance by sound up to which another reading may be that wish."""
SHORT_WISH = 8
"""Characters of a wish that may have been heard as something else, where nothing was asked."""
LEAST_BEHIND = 2
"""Characters behind such a yes that make it doubtful."""
SHORTEST_ASIDE = 3
"""Characters of the shortest question or refusal that is believed where something else was asked."""
UNKNOWN_COST = 0.5
"""What a reading made of unknown words only loses in confidence."""


@dataclass(frozen=True)
class Unsure:
    """An answer that the call has to confirm."""

    slot: str
    value: str
    """The words for it, as they stand in the text."""
    odd: bool = False
    """They make no sense as such an answer, so nobody is asked whether they said that: they say it again."""


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
    slot = expectation.asking or (CONFIRM if expectation.yes_no else SERVICE)
    sure = _agreement(text, free)
    if expectation.asking in WHO and spoken_names.tells_name(words) and emergency.check(words):
        words = spoken_names.in_letters(words)
    if emergency.check(words):
        return Repaired(words, sure)
    if (ending := vocabulary.ending(words)) and not _surely_ends(words, free, held, expectation):
        return Repaired(words, sure, (Unsure(ENDING, ending),))
    if words in vocabulary.commands():
        return Repaired(words, sure)
    if expectation.asking == IDENTITY:
        return Repaired(_whole_name(words, free), sure)
    if expectation.state == CONFIRMING and numbers.torn(words):
        return _whole_number(words, sure, free)
    if expectation.open:
        if invented := _invented(words, sure, free, held, expectation):
            return invented
        if expectation.open == NAME:
            return Repaired(words, sure)
        held = []  # it hears an address in whatever is said
    best = next(_answers(held[:1], expectation), None)
    if expectation.agrees and (yes := _agreed_yes(words, free, held)):
        return Repaired(yes, sure)
    if yes := _yes_and_more(words, sure, expectation):
        return Repaired(words, sure, (Unsure(CONFIRM, yes),))
    if answer := expectation.answer(words):
        doubted = _rival(answer, free, held, expectation)
        if expectation.open == ADDRESS and _is_odd(text, words, doubted):
            return Repaired(words, sure, (Unsure(slot, answer, odd=True),))
        if best and best.whole and best.weight >= HELD_SURE and syllables(best.answer) != syllables(answer):
            if not expectation.yes_no and answer != stripped(words) and _may_be_all(words, best.text):
                return Repaired(best.text, min(sure, MENDED), (Unsure(slot, best.answer),))
            doubted = doubted or not expectation.yes_no
        return Repaired(words, sure, (Unsure(slot, answer),) if doubted else ())
    if _means_something_else(words, sure, expectation):
        return Repaired(words, sure)
    if other := _other_reading(words, sure, free, held, expectation):
        return Repaired(other.text, min(other.weight, MENDED), (Unsure(slot, other.answer),))
    if (expectation.asking or expectation.choices) and (similar := _by_sound(words, expectation)):
        alike = syllables(similar[0]) == syllables(words)
        return Repaired(similar[0], sure, () if alike else (Unsure(slot, similar[1]),))
    return Repaired("", 0.0) if sure < UNHEARD and expectation.closed else Repaired(words, sure)


def _surely_ends(
    words: str, free: Sequence[Hypothesis], held: Sequence[Hypothesis], expectation: Expectation
) -> bool:
    """Whether words that end something were really said: readings agree in that, or the recogniser of short answers heard
    the same.
    A yes with a goodbye (好，再见) ends nothing that waits for a yes."""
    if expectation.yes_no and any(words.startswith(yes) for yes in vocabulary.whole("affirm")):
        return True
    same = [one for one in _believed(held, free)[:1] if syllables(without_unknown(one.text)) == syllables(words)]
    ends = sum(one.weight for one in free if vocabulary.ending(without_unknown(one.text)))
    return ends >= SURE_END * sum(one.weight for one in free) or bool(same)


def _whole_name(words: str, free: Sequence[Hypothesis]) -> str:
    """Of readings with the same figures the one with most syllables: of a name, syllables are lost rather than made up,
    and a longer one still holds the shorter one that is on file."""
    read = [without_unknown(one.text) for one in free if one.weight >= LOST_SYLLABLE * free[0].weight]
    same = [one for one in read if numbers.figures(one) == numbers.figures(words)]
    return max([words, *same], key=len)


def _whole_number(words: str, sure: float, free: Sequence[Hypothesis]) -> Repaired:
    """A telephone number that was torn, as another reading has it whole; if none has, it is to be said again."""
    for one in free:
        read = numbers.read(without_unknown(one.text))
        if number := numbers.telephone(read):
            return Repaired(read, min(sure, MENDED), (Unsure("phone", number),))
    return Repaired(words, sure, (Unsure("phone", words, odd=True),))


def _agreed_yes(words: str, free: Sequence[Hypothesis], held: Sequence[Hypothesis]) -> str:
    """The yes that the recogniser of short answers hears in sound of which free words make little (是是是, 是十是); else empty.

    It has to explain the sound about as well as they do, to hear hardly anything else, and no reading may be a no. A part of
    the free readings has to be a yes too, unless it was said three times over: of 是谁 and 好贵 it makes a yes as well.
    """
    if not held or not free or yes_or_no(words) or vocabulary.is_plain(words) or free[0].score - held[0].score > AS_GOOD:
        return ""
    meant = [(one, yes_or_no(without_unknown(one.text)) if UNKNOWN not in one.text.split() else "") for one in (*free, *held)]
    shares = {kind: sum(one.weight for one, sense in meant if sense == "affirm" and one.held is kind) for kind in (True, False)}
    if shares[True] < HELD_YES or any(sense == "deny" for _, sense in meant):
        return ""
    best = next(without_unknown(one.text) for one, sense in meant if one.held and sense == "affirm")
    thrice = len(best) >= THRICE and len(set(syllables(best))) == 1
    return best if thrice or shares[False] >= ALSO_FREE else ""


def _yes_and_more(words: str, sure: float, expectation: Expectation) -> str:
    """The yes that words begin with although most of them was not understood (地址不对, misheard as 对失独的); else empty.

    What is agreed to is stored, so that only a plain yes, or one with words behind it that are known, is one.
    """
    if expectation.state != CONFIRMING or sure >= SURE_YES or yes_or_no(words):
        return ""
    yes = max((said for said in vocabulary.whole("affirm") if words.startswith(said)), key=len, default="")
    rest = words.removeprefix(yes)
    return yes if len(stripped(rest)) >= LEAST_BEHIND and not vocabulary.is_plain(rest) else ""


def _is_odd(text: str, words: str, doubted: bool) -> bool:
    """Whether an address cannot be one: a part of it was not made out, or a name is missing in it."""
    if spoken_names.has_gap(words) or UNKNOWN in text.split():
        return True
    return doubted and not spoken_names.is_address(words)


def _invented(
    words: str, sure: float, free: Sequence[Hypothesis], held: Sequence[Hypothesis], expectation: Expectation
) -> Repaired | None:
    """The name or address that the recogniser heard that knows what such are made of (spoken_names.py).

    Only where free words make none themselves, where it explains the sound about as well as they do, and no more was
    said than that.
    """
    otherwise = spoken_names.is_talk(words) and sure >= PLAIN or _means_something_else(words, sure, expectation)
    if otherwise or is_time(words) or len(numbers.telephone(words)) >= FIGURES:
        return None
    if expectation.open == ADDRESS:
        if spoken_names.is_address(words):
            return None
        allowed = WORSE_ADDRESS * len(held[0].text.split()) if held else 0.0
    else:
        if any(words in vocabulary.terms(kind, "") for kind in LISTED_ASIDE):
            return None
        allowed = WORSE_NAME
    if not held or free and free[0].score - held[0].score > allowed:
        return None
    for one in held[:MOST_READINGS]:
        best = _spelt(without_unknown(one.text), expectation)
        if UNKNOWN in one.text.split() or spoken_names.has_gap(best):
            continue
        if expectation.answer(best) and _may_be_all(words, best, len(best) + MOST_AROUND):
            unsure = (
                () if syllables(best) == syllables(words) else (Unsure(expectation.asking, spoken_names.core(best)),)
            )
            return Repaired(best, min(one.weight, MENDED) if unsure else sure, unsure)
    return None


def _means_something_else(words: str, sure: float, expectation: Expectation) -> bool:
    """Whether the words are no answer, but plain in themselves: a question put in between, or nothing was asked."""
    if sure < PLAIN:
        return False
    if not (expectation.asking or expectation.choices):
        return sure >= SURE_YES or len(stripped(words)) > SHORT_WISH or vocabulary.is_plain(words)
    refuses = any(stripped(words) in vocabulary.whole(name) for name in ("deny", "dont_know"))
    asks = any(sign in words for sign in vocabulary.whole("questions"))
    return len(words) >= SHORTEST_ASIDE and (refuses or asks)


def _spelt(words: str, expectation: Expectation) -> str:
    """Numbers asked for in characters that are digits, and places as they are written."""
    if expectation.asking not in NUMBERS:
        words = place_names.written(words)
    if "address" in expectation.kinds:
        return expectation.places.written(words) if expectation.answer(words) else words
    return numbers.read(words) if expectation.asking in NUMBERS else spoken_names.with_pause(words)


def _agreement(text: str, readings: Sequence[Hypothesis]) -> float:
    """How much the readings agree with the best one, less the share of it that is unknown."""
    parts = text.split()
    if not parts:
        return 0.0
    total = sum(one.weight for one in readings)
    alike = (
        sum(one.weight * SequenceMatcher(None, text, one.text).ratio() for one in readings) / total if total else 1.0
    )
    unknown = parts.count(UNKNOWN) / len(parts)
    return 0.0 if unknown == 1 else round(alike * (1 - UNKNOWN_COST * unknown), 3)


def _rival(answer: str, free: Sequence[Hypothesis], held: Sequence[Hypothesis], expectation: Expectation) -> bool:
    """Whether another reading, nearly as likely, answers something else."""
    meant = yes_or_no(answer) if expectation.yes_no else ""
    for readings in (free, held):
        for one in readings:
            other = expectation.answer(_spelt(without_unknown(one.text), expectation))
            against = yes_or_no(other) if meant else ""
            if meant and against and against != meant and one.weight >= RIVAL_YES * readings[0].weight:
                return True
            differs = other and syllables(other) != syllables(answer)
            if readings is free and not against and differs and one.weight >= RIVAL * readings[0].weight:
                return True
    return False


@dataclass(frozen=True)
class _Answer:
    """A reading that answers the question."""

    text: str
    answer: str
    weight: float
    whole: bool
    """The reading is the answer and nothing else."""


def _other_reading(
    words: str, sure: float, free: Sequence[Hypothesis], held: Sequence[Hypothesis], expectation: Expectation
) -> _Answer | None:
    """The likeliest reading that answers, if the best one does not."""
    least = LEAST_SHARE_CHECKED if expectation.asking in NUMBERS else LEAST_SHARE
    found = [one for one in _answers(free[1:], expectation) if one.weight >= least and not _only_a_breath_more(words, one.text)]
    if sure >= PLAIN and not (expectation.asking or expectation.choices):
        found = [one for one in found if distance(words, one.text) <= SAME_WISH]
    if expectation.yes_no:
        found = [one for one in found if _may_be_all(words, one.text, slack=YES_SLACK)]
    believed = _believed(held, free)
    found += [one for one in _answers(believed, expectation) if one.weight >= least and _may_be_all(words, one.text)]
    return max(found, key=lambda one: one.weight, default=None)


def _only_a_breath_more(words: str, other: str) -> bool:
    """Whether another reading has but one syllable more at its end (那个饭, 那个饭二)."""
    return bool(words) and len(words) > 1 and other[:-1] == words


def _believed(held: Sequence[Hypothesis], free: Sequence[Hypothesis]) -> list[Hypothesis]:
    """The readings held to the grammar that explain the sound about as well as free words do.

    The grammar finds some answer in whatever is said; talk of something else shows by being explained much worse, or by
    being taken for unknown words.
    """
    if not held or set(held[0].text.split()) == {UNKNOWN}:
        return []
    likely = [one for one in held if one.weight >= HELD_SHARE * held[0].weight]
    if not free or not without_unknown(free[0].text):
        return likely
    best = free[0].score - held[0].score
    return [one for one in likely if best - math.log(one.weight / held[0].weight) <= WORSE]


def _answers(readings: Sequence[Hypothesis], expectation: Expectation) -> Iterator[_Answer]:
    """The readings that answer; of one held to the grammar only the answer, for the rest of it is padding."""
    for one in readings:
        unknown = UNKNOWN in one.text.split()
        if one.held and expectation.yes_no and unknown:
            continue
        words = _spelt(without_unknown(one.text), expectation)
        if answer := expectation.answer(words):
            whole = not unknown and (answer == words or words in expectation.phrases)
            if one.held and expectation.yes_no and yes_or_no(answer) and answer not in expectation.phrases:
                continue  # 吧是 is put together of two
            text = words if whole or not one.held else answer
            yield _Answer(text, text if whole else answer, round(one.weight, 3), whole)


def _may_be_all(words: str, answer: str, slack: int = LONGEST_ANSWER) -> bool:
    """Whether an answer may be all that was said: not where much more was heard."""
    return len(stripped(words)) <= max(slack, len(answer) + YES_SLACK)


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
    return None if expectation.yes_no else _inside(words, terms)


def _inside(words: str, terms: Terms) -> tuple[str, str] | None:
    """A stretch that sounds like an expected word once confusable sounds are merged, with little else around it."""
    for size in range(min(len(words), terms.longest), LEAST_INSIDE - 1, -1):
        for start in range(len(words) - size + 1):
            part = words[start : start + size]
            if term := terms.alike(part):
                if len(stripped(words[:start])) + len(stripped(words[start + size :])) > MOST_AROUND:
                    return None
                return words[:start] + term + words[start + size :], term
    return None
