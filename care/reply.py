"""What the assistant gives back: typed, so that no channel has to parse prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, Literal

_OFFER = re.compile(r"(?<=。)[^。？?]*[？?]$")
"""A question at the end of an answer."""
CommandName = Literal["transfer", "hang_up", "repeat", "slower", "faster", "louder", "quieter", "accent"]


@dataclass(frozen=True)
class Choice:
    """One thing that can be tapped, said or chosen by key."""

    title: str
    """What the button shows and the voice says."""
    value: str
    """What is sent back as if the person had said it."""


@dataclass(frozen=True)
class Command:
    """What the channel is to do besides speaking."""

    name: CommandName
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """One message to a person."""

    say: str
    """For the ear: plain sentences, no brackets, no symbols."""
    show: str = ""
    """For the eye; may add source and figures. Empty means: the same as `say`."""
    choices: tuple[Choice, ...] = ()
    command: Command | None = None
    card: dict[str, Any] | None = None
    """Structured data for a screen to draw, such as an order ({"kind": "order", ...})."""
    again: str = ""
    """For the ear of whoever asks to hear it once more, where that is more than `say`."""

    @property
    def repeated(self) -> Reply:
        """What is said to whoever asks to hear it once more."""
        return replace(self, say=self.again or self.say)

    @property
    def question(self) -> str:
        """The question at its end, without what is said before it; empty when it asks nothing."""
        return self.say[max(self.say.rfind(sign, 0, -1) for sign in "。！？") + 1 :] if self.say.endswith("？") else ""

    def without_offer(self) -> Reply:
        """The answer without the question at its end, where another question follows; a question alone stays."""
        return replace(self, say=_OFFER.sub("", self.say), show=_OFFER.sub("", self.show), choices=())

    def as_dict(self) -> dict[str, Any]:
        """The form that `POST /api/chat` sends."""
        return {
            "say": self.say,
            "show": self.show or self.say,
            "choices": [{"title": c.title, "value": c.value} for c in self.choices],
            "command": {"name": self.command.name, **self.command.detail} if self.command else None,
            "card": self.card,
        } | ({"again": self.again} if self.again else {})

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reply:
        """The inverse of `as_dict`."""
        command = dict(data["command"]) if data.get("command") else None
        return cls(
            say=data["say"],
            show=data.get("show") or "",
            choices=tuple(Choice(c["title"], c["value"]) for c in data.get("choices") or ()),
            command=Command(command.pop("name"), command) if command else None,
            card=data.get("card"),
            again=data.get("again") or "",
        )


@dataclass
class Outcome:
    """What one turn led to, for one capability."""

    replies: list[Reply] = field(default_factory=list)
    state: str = "answered"
    """One of the states of the chat interface (`idle`, `asking_<slot>`, `confirming`, `booked` …)."""
    order: str | None = None
    """Number of the order that this turn made or spoke of."""
    finished: bool = False
    """For a task (form): it is over, done or given up."""
