"""The held-out sets: sentences, times, emergencies, questions and dialogues with what is expected of each.

Every fourth case is *sealed*: only whether it was right is counted, so that the share of these stays a fair
estimate for sentences nobody has worked on. The faults of the other, *open* cases are printed to learn from.

Each file is a YAML list; docs/quality.md explains the fields. Expectations on answers are `must` (each entry a
phrase, or a list of phrases of which one is enough) and `must_not`, looked for in what is said and shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from care.settings import ROOT

FOLDER = ROOT / "tests" / "heldout"
KINDS = ("clean", "dialect", "noise")
LATER = {"": "", "fresh": "·新", "strangers": "·陌生人", "newcomers": "·新来的人", "latecomers": "·后来的人", "callers": "·打来的人",
         "visitors": "·来访的人", "guests": "·上门的客", "tellers": "·来报的人"}
"""Sets of one kind that were written later: what follows the kind in the file's name, and in the report's line."""


def load(name: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """One set; an empty list when there is no such file."""
    path = folder / f"{name}.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []


@dataclass
class Score:
    """How many of how many, which of the open ones went wrong, and how the sealed ones did by themselves."""

    right: int = 0
    total: int = 0
    sealed_right: int = 0
    sealed_total: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, passed: bool, fault: str = "") -> None:
        """Counts one case; every fourth is sealed."""
        sealed = self.total % 4 == 3
        self.total += 1
        self.right += passed
        if sealed:
            self.sealed_total += 1
            self.sealed_right += passed
        elif not passed:
            self.faults.append(fault)

    @property
    def share(self) -> float:
        """Share of right ones, 0 to 1; 0 for an empty set."""
        return self.right / self.total if self.total else 0.0

    @property
    def sealed_share(self) -> float:
        """The same for the sealed cases alone."""
        return self.sealed_right / self.sealed_total if self.sealed_total else 0.0


def missing(answer: str, case: dict[str, Any]) -> list[str]:
    """What an answer lacks, or says although it must not."""
    faults = []
    for wanted in case.get("must") or ():
        options = wanted if isinstance(wanted, list) else [wanted]
        if not any(option in answer for option in options):
            faults.append("缺 " + "/".join(options))
    faults += [f"不该有 {word}" for word in case.get("must_not") or () if word in answer]
    return faults
