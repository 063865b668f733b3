"""A developer's command: learns `whom` from the marked examples.

    python -m care.booking.whom_learnt

In `care/data/booking/for_whom.yaml` somebody whom the service is for stands in [ ], somebody only named in ( ), each with the
relation: 给[我妈|mother]订饭，(我哥|sibling)不在家.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from care.booking import data
from care.booking.whom import LEARNT, Named, scraps
from meaning import around, marks
from meaning.around import Learnt
from meaning.marks import SOMEBODY

EXAMPLES = data.FOLDER / "for_whom.yaml"
Example = tuple[str, list[Named], list[bool]]
MEANT = "["
"""Opens the mark of somebody whom the service is for."""


def examples(path: Path = EXAMPLES) -> list[Example]:
    """Words, the people named in them, and which of these are meant."""
    return [read(line) for line in yaml.safe_load(path.read_text(encoding="utf-8"))["examples"]]


def read(line: str) -> Example:
    """One example without its marks."""
    text, marked = marks.read(line)
    people = [Named(mark.start, mark.end, mark.note) for mark in marked]
    return text, people, [mark.kind == MEANT for mark in marked]


def learn(taught: Iterable[Example]) -> Learnt:
    """What the examples teach."""
    told = [
        (scraps(text, people, one), around.clause(text, (one.start, one.end), SOMEBODY), int(is_meant))
        for text, people, meant in taught
        for one, is_meant in zip(people, meant, strict=True)
    ]
    return around.learn(*zip(*told, strict=True))


def main() -> None:
    """Writes what was learnt."""
    learn(examples()).save(LEARNT)


if __name__ == "__main__":
    main()
