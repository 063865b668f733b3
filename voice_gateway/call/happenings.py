"""What can happen in a call: put into one inbox, dealt with one after the other."""

from __future__ import annotations

from dataclasses import dataclass

from voice_gateway.listening import Utterance


@dataclass(frozen=True)
class TurnOver:
    """The caller has said something; times are the event loop's."""

    heard: Utterance
    speech_ended: float
    """Their last sound."""
    decided: float
    """The sound came that showed the turn to be over."""


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
