"""The conversation of a test call: lines with times, for the terminal and as WebVTT."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Caption:
    """One stretch of speech."""

    who: str
    """`来电` or `热线`."""
    text: str
    start: float
    """Seconds since the call was answered."""
    end: float
    after: float | None = None
    """Of the hotline: seconds since the caller's last sound (or key); None if nothing was said before."""

    def __str__(self) -> str:
        pause = f"（等了 {self.after:.1f} 秒）" if self.after is not None else ""
        return f"{self.start:6.1f}  {self.who}：{self.text}{pause}"


def webvtt(captions: list[Caption]) -> str:
    """The captions in the form that players and browsers show (W3C WebVTT)."""
    cues = [f"{_clock(c.start)} --> {_clock(max(c.end, c.start + 0.5))}\n<v {c.who}>{c.text}" for c in captions]
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{int(seconds % 1 * 1000):03}"
