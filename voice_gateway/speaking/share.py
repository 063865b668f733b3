"""How much of what elders hear is live speech: the share in hanzi over given answers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from voice_gateway.speaking.plan import Clause, Source, shares


@dataclass
class Share:
    """Hanzi by source, and what was spoken live."""

    hanzi: Counter[Source] = field(default_factory=Counter)
    live: Counter[str] = field(default_factory=Counter)
    """Live words, how often."""

    def add(self, planned: list[Clause]) -> None:
        """Counts one answer."""
        self.hanzi.update(shares(planned))
        self.live.update(segment.text for clause in planned for segment in clause if segment.source == "live")

    @property
    def of_live(self) -> float:
        """Share of live speech; 0 when nothing was said."""
        total = self.hanzi.total()
        return self.hanzi["live"] / total if total else 0.0


def read_answers(path: Path) -> Iterable[str]:
    """Texts of a file: one to a line, or JSON lines with `say`."""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("{"):
            yield str(json.loads(line)["say"])
        elif line.strip():
            yield line
