"""What can happen in a call besides the caller's words: put into one inbox, dealt with one after the other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pressed:
    """A key."""

    digit: str


@dataclass(frozen=True)
class TypingPaused:
    """No further digit came for a while."""


@dataclass(frozen=True)
class Quiet:
    """The caller has said nothing for a while."""

    rung: int


@dataclass(frozen=True)
class JobDone:
    """What was being said or done is over."""

    number: int


@dataclass(frozen=True)
class Held:
    """The line was put on hold or taken off."""

    on: bool


@dataclass(frozen=True)
class Left:
    """The caller is gone."""

    reason: str


@dataclass(frozen=True)
class EarSlow:
    """The recogniser is behind: what the caller says is not heard yet."""


@dataclass(frozen=True)
class EarReplaced:
    """The recogniser failed and there is a new one; what was being said is lost."""


@dataclass(frozen=True)
class EarBroke:
    """The recogniser failed for good."""


@dataclass(frozen=True)
class NearEnd:
    """The longest call is nearly over, or over."""

    now: bool
