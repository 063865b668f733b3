"""What a call measures of itself, turn by turn: how long the caller waited by design, and how long for the machine."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class TurnTimes:
    """One turn; times are seconds of the event loop's clock, 0 = did not happen."""

    speech_ended: float
    """The caller's last sound (for a key: the key)."""
    decided: float
    """The sound was there that showed the turn to be over; what the machine needs begins here."""
    heard: float = 0.0
    """Its words were there."""
    understood: float = 0.0
    """The answer was there."""
    sounded: float = 0.0
    """Its first sound left."""
    filled: bool = False
    """Something was said to pass the time."""

    def as_dict(self) -> dict[str, float | bool]:
        """Milliseconds: `waiting` (by design), `hearing`, `understanding`, `speaking`; `machine` is all but the waiting."""
        heard = self.heard or self.decided
        parts = {"waiting": self.decided - self.speech_ended, "hearing": heard - self.decided}
        if self.understood:
            parts["understanding"] = self.understood - heard
        if self.sounded:
            parts["speaking"] = self.sounded - self.understood
            parts["machine"] = self.sounded - self.decided
        return {name: round(seconds * 1000) for name, seconds in parts.items()} | {"filled": self.filled}


@dataclass
class Figures:
    """One call."""

    greeting: float = 0.0
    """Seconds from answering to the first sound."""
    turns: list[TurnTimes] = field(default_factory=list)
    interruptions: int = 0
    unheard: int = 0
    fillers: int = 0
    faults: list[str] = field(default_factory=list)
    """Parts that failed: `bot`, `database`, `voice`, `ear`, `line`."""

    def as_dict(self) -> dict[str, object]:
        """The form that is kept with the call."""
        return {
            "greeting": round(self.greeting * 1000),
            "turns": [turn.as_dict() for turn in self.turns],
            "interruptions": self.interruptions,
            "unheard": self.unheard,
            "fillers": self.fillers,
            "faults": self.faults,
        }
