"""Whose turn is it? This module owns timing and nothing else: no sound, no words, no clock of its own.

It is told chunk by chunk whether there is voice and how patient to be, and says when a turn begins, when the voice
lasts long enough to interrupt the hotline, and when the turn is over. All times are seconds of call audio, so the
pause that ends a turn is waiting by design and not machine time.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, fields

_BOUNDS = {
    "onset": (0.03, 0.3),
    "interrupts": (0.1, 1.0),
    "window": (0.1, 2.0),
    "shortest": (0.8, 2.0),
    "longest": (1.5, 5.0),
    "monologue": (5.0, 60.0),
}


@dataclass(frozen=True)
class Policy:
    """How turns are taken; seconds throughout.

    Raises:
        ValueError: a value outside its bounds.
    """

    onset: float = 0.06
    """Voice that opens a turn; shorter is a click on the line."""
    interrupts: float = 0.2
    """Voice within `window` that stops the hotline's own speech; a cough does not."""
    window: float = 0.45
    shortest: float = 1.2
    """Least silence that ends a turn (DESIGN.md rule 8)."""
    longest: float = 3.0
    """Most silence that a turn survives, whatever patience is asked for."""
    monologue: float = 25.0
    """A turn is cut here; what follows is the next one."""

    def __post_init__(self) -> None:
        for field in fields(self):
            least, most = _BOUNDS[field.name]
            value = getattr(self, field.name)
            if not least <= value <= most:
                raise ValueError(f"{field.name} must be between {least} and {most}, not {value}")
        if self.shortest > self.longest or self.interrupts > self.window:
            raise ValueError("shortest must not exceed longest, nor interrupts window")


@dataclass(frozen=True)
class Began:
    """A turn is open."""

    at: float


@dataclass(frozen=True)
class Interrupted:
    """The voice in the open turn has lasted long enough to be meant."""

    at: float
    """When the turn began."""


@dataclass(frozen=True)
class Ended:
    """The turn is over."""

    began: float
    ended: float
    """End of the last voice; the silence after it is waiting by design."""
    voiced: float
    """Seconds of voice in the turn."""
    cut: bool = False
    """Ended by the limit for monologues."""


Sign = Began | Interrupted | Ended


class TurnTaker:
    """Follows one caller's turns."""

    def __init__(self, policy: Policy | None = None) -> None:
        self.policy = policy or Policy()
        self._recent: deque[tuple[float, float]] = deque()
        self._patience = self.policy.shortest
        self.close()

    @property
    def open(self) -> bool:
        """Whether a turn is going on."""
        return self._began is not None

    def patience(self, seconds: float) -> None:
        """How much silence ends the turn from now on, within the policy's bounds."""
        self._patience = min(max(seconds, self.policy.shortest), self.policy.longest)

    def step(self, start: float, end: float, voice: bool) -> list[Sign]:
        """Takes one chunk of the call and says what follows from it, in order."""
        if voice:
            self._recent.append((start, end))
        while self._recent and self._recent[0][1] <= end - self.policy.window:
            self._recent.popleft()
        signs: list[Sign] = []
        recently = sum(until - since for since, until in self._recent)
        if self._began is None:
            if voice and recently >= self.policy.onset - 1e-9:
                self._began, self._voiced, self._last = self._recent[0][0], recently, end
                signs.append(Began(self._began))
        elif voice:
            self._voiced += end - start
            self._last = end
        if self._began is None:
            return signs
        if voice and not self._interrupted and recently >= self.policy.interrupts - 1e-9:
            self._interrupted = True
            signs.append(Interrupted(self._began))
        if end - self._last >= self._patience - 1e-9:
            signs.append(self._end(cut=False))
        elif end - self._began >= self.policy.monologue - 1e-9:
            signs.append(self._end(cut=True))
        return signs

    def _end(self, cut: bool) -> Ended:
        assert self._began is not None
        ended = Ended(self._began, self._last, self._voiced, cut)
        self.close()
        return ended

    def stop(self) -> Ended | None:
        """Ends the open turn at once (a key was pressed); none when nobody was speaking."""
        return self._end(cut=False) if self._began is not None else None

    def close(self) -> None:
        """Forgets the open turn."""
        self._began: float | None = None
        self._last = 0.0
        self._voiced = 0.0
        self._interrupted = False
        self._recent.clear()
