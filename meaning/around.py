"""What stands around somebody or something named in a sentence, and what that tells of it: learnt from marked examples.

People are named and times are told for many reasons (我姐叫我打电话，给我妈订饭; 我昨天刚出院，后天上午想找个护士). What stands around each of
them tells which one is wanted. A scrap is a piece of those words together with where it stands: right before, right behind, in the
same clause, in another one. `care.booking.whom` learns people with this, `bot.components.told` times.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from meaning.lessons import Lessons
from meaning.vectors import STEPS

OTHER = "△"
"""Sign for all others than the one that is looked at."""
CLAUSE = re.compile(r"[，。,；;、！!？?\s]+")
BEFORE, BEHIND = (1, 2, 3, 4), (1, 2, 3, 4, 5)
"""Lengths of the scraps right before and right behind."""
NEAR, IN_CLAUSE, BESIDES = 1.0, 0.5, 0.3
"""Worth of a scrap that touches the one looked at, of one in the same clause, and of one in another."""
PLACES = 1 << 15
"""Size of the hashed table of scraps."""
FURTHEST = (12, 16)
"""Characters of a clause that are looked at before and behind."""
RIDGE, RIDGE_OF_MEANING = 0.15, 0.5
"""How little a single example is trusted."""
UNSURE = 0.35
"""Lead of one answer over another below which the meaning of the clause is asked too."""
SEVERAL, ASKED = 2, 1
"""So many must be named for that, and of so many it is asked: to compute a meaning takes longer than all the rest."""
WORTH = 0.6
"""Weight of the meaning against the scraps."""

Shares = np.ndarray
Span = tuple[int, int]


@dataclass(frozen=True)
class Around:
    """The words around one of those named, clause by clause, with signs for the others."""

    left: str
    right: str
    earlier: Sequence[str]
    """Clauses before its own, the nearest first."""
    later: Sequence[str]

    @classmethod
    def of(cls, text: str, spans: Sequence[Span], one: Span, plain: Callable[[str], str]) -> Around:
        """What stands around `one`; `spans` are all that are named, `plain` makes words that tell the same equal."""
        before = plain(signed(text[: one[0]], [span for span in spans if span[1] <= one[0]]))
        behind = plain(signed(text[one[1] :], [(a - one[1], b - one[1]) for a, b in spans if a >= one[1]]))
        left, *earlier = reversed(CLAUSE.split(before))
        right, *later = CLAUSE.split(behind)
        return cls(left, right, earlier, later)

    @property
    def whole(self) -> str:
        """All of these words."""
        return "，".join([*reversed(self.earlier), self.left + self.right, *self.later])

    @property
    def near(self) -> tuple[str, str, str]:
        """Its own words before and behind, up to the next one named, and the next clause."""
        return self.left.split(OTHER)[-1], self.right.split(OTHER)[0], self.later[0] if self.later else ""


def signed(text: str, spans: Sequence[Span]) -> str:
    """The words with a sign for each of the spans."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + OTHER + text[end:]
    return text


class Scraps:
    """What tells about one of those named; of a scrap that is found twice the greater worth counts."""

    def __init__(self, around: Around) -> None:
        self._found: dict[str, float] = {}
        left, right = f"^{around.left}", f"{around.right}$"
        for size in BEFORE:
            self.add(f"<{left[-size:]}")
        for size in BEHIND:
            self.add(f">{right[:size]}")
        self.add(f"<>{left[-1]}{right[0]}")
        self.add(f"<>{left[-2:]}{right[:2]}")
        self._pieces("l", left + "$", IN_CLAUSE)
        self._pieces("r", "^" + right, IN_CLAUSE)
        for n, words in enumerate(around.later):
            self._pieces("n", words, BESIDES if n else IN_CLAUSE)
        for words in around.earlier:
            self._pieces("e", words, BESIDES)

    def _pieces(self, where: str, words: str, worth: float) -> None:
        for size in (2, 3):
            for at in range(len(words) - size + 1):
                self.add(where + words[at : at + size], worth)

    def add(self, scrap: str, worth: float = NEAR) -> None:
        """Takes a scrap."""
        self._found[scrap] = max(worth, self._found.get(scrap, 0.0))

    def signs(self, patterns: Mapping[str, re.Pattern[str]], around: tuple[str, str, str], kind: str) -> None:
        """Takes the classes of words that stand before it, behind it and in the next clause, alone and with what kind it is."""
        for name, pattern in patterns.items():
            for where, words in zip("lrn", around, strict=True):
                if pattern.search(words):
                    self.add(f"sign {name} {where}")
                    self.add(f"sign {name} {where} {kind}")

    def scaled(self) -> dict[int, float]:
        """Worths by place in the table, scaled to length one."""
        length = math.sqrt(sum(worth * worth for worth in self._found.values()))
        return {zlib.crc32(scrap.encode()) % PLACES: worth / length for scrap, worth in self._found.items()}


class Learnt:
    """Tells from its scraps what one of those named is there for, and from the meaning of its clause where these leave that open.

    Both are kernel ridge regression. Scraps that are found together count together, so the likeness of two is squared.
    """

    def __init__(self, **kept: np.ndarray) -> None:
        """`place`, `worth` and `begins` are the scraps of all examples, `speaks` what each example speaks for; `points` and `means` the
        same of the meanings; `middle` is the share of each answer."""
        self._kept = kept
        self._place, self._begins = kept["place"], kept["begins"]
        self._worth = kept["worth"].astype(np.float32)
        self._speaks, self._middle = kept["speaks"].astype(np.float32), kept["middle"].astype(np.float32)
        self._meaning = Lessons.known(kept["points"].astype(np.float32) / STEPS, kept["means"].astype(np.float32))

    def shares(self, told: Sequence[Mapping[int, float]], words: Sequence[str], lead: Callable[[Shares], float]) -> list[Shares]:
        """About the probability of each answer for each of those named in one text.

        Args:
            told: the scraps of each.
            words: its clause (`clause`).
            lead: how far one answer is ahead of another by these shares, where it matters.
        """
        shares = [self._speaks.T @ _squared(self._alike(one)) + self._middle for one in told]
        if len(told) >= SEVERAL:
            unsure = sorted((at for at in range(len(told)) if lead(shares[at]) < UNSURE), key=lambda at: lead(shares[at]))
            for at in unsure[:ASKED]:
                if (alike := self._meaning.alike(words[at])) is not None:
                    shares[at] = shares[at] + WORTH * self._meaning.answers(alike)
        return shares

    def _alike(self, told: Mapping[int, float]) -> np.ndarray:
        """How much of its scraps one shares with each example."""
        row = np.zeros(PLACES, dtype=np.float32)
        row[list(told)] = list(told.values())
        return np.add.reduceat(row[self._place] * self._worth, self._begins)

    def save(self, path: Path) -> None:
        """Keeps it in a file."""
        np.savez_compressed(path, **self._kept)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: Path) -> Learnt:
        """What was kept in a file."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(**dict(kept))


def _squared(alike: np.ndarray) -> np.ndarray:
    """Counts scraps alone and in pairs."""
    return ((1 + 2 * alike) / 3) ** 2


def learn(told: Sequence[Mapping[int, float]], words: Sequence[str], answers: Sequence[int]) -> Learnt:
    """What examples teach; the same ones always teach the same.

    Args:
        told: the scraps of each.
        words: its clause, for its meaning.
        answers: the right answer, counted from nought.
    """
    right = np.eye(max(answers) + 1)[list(answers)]
    middle = right.mean(0)
    kept = {
        "place": np.concatenate([list(one) for one in told]).astype(np.uint16),
        "worth": np.concatenate([list(one.values()) for one in told]).astype(np.float16),
        "begins": np.cumsum([0, *(len(one) for one in told[:-1])]),
        "speaks": np.zeros_like(right, dtype=np.float32),
        "middle": middle.astype(np.float32),
    }
    meaning = Lessons(words, right - middle, RIDGE_OF_MEANING)
    kept["points"] = np.round(meaning.points * STEPS).astype(np.int8)
    kept["means"] = meaning.worth.astype(np.float32)
    likeness = Learnt(**kept)
    alike = _squared(np.stack([likeness._alike(one) for one in told]))
    alike[np.diag_indices_from(alike)] += RIDGE
    kept["speaks"] = np.linalg.solve(alike, right - middle).astype(np.float32)
    return Learnt(**kept)


def clause(text: str, one: Span, sign: str) -> str:
    """The clause in which one of those named stands, and the next, with a plain word instead of its own (某人, 那时).

    No more than some words before and behind: what is spoken has no marks, and the clause may be the whole story.
    """
    before, behind = CLAUSE.split(text[: one[0]])[-1], CLAUSE.split(text[one[1] :], maxsplit=1)
    own = before[-FURTHEST[0] :] + sign + behind[0][: FURTHEST[1]]
    following = CLAUSE.split(behind[1])[0][: FURTHEST[1]] if len(behind) > 1 else ""
    return f"{own}，{following}" if following else own
