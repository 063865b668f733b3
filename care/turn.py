"""What a person said in one turn, as it was understood; free of any dialogue framework."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Entity:
    """Something recognised inside the text."""

    kind: str
    """Such as `service`, `time`, `phone`, `fact`; the table is in docs/entities.md."""
    value: Any
    """Canonical value; its form depends on the kind."""
    text: str
    """The words themselves."""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Turn:
    """One message, understood."""

    conversation: str
    text: str
    intent: str = ""
    confidence: float = 0.0
    entities: tuple[Entity, ...] = ()
    message_id: str = ""
    """Same id = same message delivered again."""
    channel: str = "test"
    meant: str = ""
    """Service that the words wish for if they wish for one, as learnt from examples; nothing where that is not clear."""
    does: str = ""
    """What the words most likely do while something is being booked (`agree`, `stop`, `remark`, `ask`, …, `nothing`), as learnt from examples."""
    moves: tuple[tuple[str, str], ...] = ()
    """The same for each clause of several: its words, and what they do."""
    ranking: tuple[tuple[str, float], ...] = field(default=(), compare=False)
    """Other intents considered, best first."""

    def doing(self, *what: str) -> list[str]:
        """The clauses that do one of these things; all the words, where they are but one."""
        moves = self.moves or ((self.text, self.does),)
        return [words for words, does in moves if does in what]

    def all(self, kind: str) -> list[Any]:
        """The values of every entity of a kind, in the order said."""
        return [e.value for e in self.entities if e.kind == kind]

    def last(self, kind: str) -> Any | None:
        """The last value of a kind: in a correction the last word counts."""
        values = self.all(kind)
        return values[-1] if values else None

    def of(self, kind: str) -> Iterator[Entity]:
        """The entities of a kind."""
        return (e for e in self.entities if e.kind == kind)
