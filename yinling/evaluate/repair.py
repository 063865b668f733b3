"""What repairing is worth: answers right with and without it, on what Vosk really heard of synthetic callers.

Every line of `tests/heldout/heard.yml` is one answer: the question, what was said, what was heard with its other
readings, and what must be in the text for the answer to be right. A wrong answer that is reported as unsure is
counted apart: the call asks before it believes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from care.reply import Choice, Reply
from voice_gateway.listening import vocabulary
from voice_gateway.listening.expect import Expectation, stripped
from voice_gateway.listening.recogniser import Hypothesis, without_unknown
from voice_gateway.listening.repair import Repaired, repair
from yinling.evaluate.heldout import Score

SET = "heard"
WHOLE = {"yes": "affirm", "no": "deny"}
"""Wanted answers that are judged as a whole."""
NAMES = {"without": "听写·不修", "with": "听写·修过", "trusted": "听写·修过，没把握的除外"}


@dataclass(frozen=True)
class Line:
    """One answer of one caller."""

    said: str
    wanted: str
    sealed: bool
    expectation: Expectation
    heard: str
    readings: tuple[Hypothesis, ...]

    @property
    def plain(self) -> str:
        """What was heard, as it would be understood without repair."""
        return without_unknown(self.heard)

    def repaired(self) -> Repaired:
        """What was heard, repaired."""
        return repair(self.heard, self.readings, self.expectation)


def line(row: dict[str, Any]) -> Line:
    """One line of the file."""
    asked = Reply(row["question"], choices=tuple(Choice(*choice) for choice in row["choices"]))
    return Line(
        row["said"],
        row["wanted"],
        row["sealed"],
        Expectation.of(row["state"], [asked] if row["question"] else [], row["region"]),
        row["heard"],
        tuple(Hypothesis(text, weight, bool(held)) for text, weight, *held in row["readings"]),
    )


def right(text: str, wanted: str) -> bool:
    """Whether a text holds the answer: yes, no, or one of the words divided by `|`."""
    if wanted in WHOLE:
        words = vocabulary.whole(WHOLE[wanted])
        return text in words or stripped(text) in words
    return any(word in text.replace("幺", "一") for word in wanted.split("|"))


def measure(rows: list[dict[str, Any]]) -> dict[str, Score]:
    """Scores by `NAMES`; the last counts only answers that are not reported as unsure."""
    scores = {name: Score() for name in NAMES.values()}
    for row in rows:
        one = line(row)
        mended = one.repaired()
        fault = f"{one.said} → {one.heard or '（空）'} → {mended.text or '（空）'}"
        _add(scores[NAMES["without"]], right(one.plain, one.wanted), one.sealed)
        _add(scores[NAMES["with"]], right(mended.text, one.wanted), one.sealed, fault)
        if not mended.unsure:
            _add(scores[NAMES["trusted"]], right(mended.text, one.wanted), one.sealed)
    return scores


def _add(score: Score, passed: bool, sealed: bool, fault: str = "") -> None:
    """Counts one case; which ones are sealed is written in the file."""
    score.total += 1
    score.right += passed
    if sealed:
        score.sealed_total += 1
        score.sealed_right += passed
    elif not passed and fault:
        score.faults.append(fault)
