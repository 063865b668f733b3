"""When to speak up because the caller does not: owns timing only, the owner says what there is to say.

After silence: the question again, slower; then “are you there”; then goodbye. In an emergency nobody says goodbye.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

MINUTE = 60.0


@dataclass(frozen=True)
class Patience:
    """Seconds of silence before each rung, and what lengthens them."""

    rungs: tuple[float, ...] = (5.0, 7.0, 7.0)
    """From the end of what was said last to the next thing said."""
    searching: float = 40.0
    """First rung after somebody asked for a moment."""
    emergency: float = 7.0
    """Every rung while somebody is in danger."""
    noise: float = 5.0
    """Longest sound without any new word in it that counts as the caller speaking."""

    def __post_init__(self) -> None:
        if not self.rungs or not all(
            1 <= wait <= 120 for wait in (*self.rungs, self.searching, self.emergency, self.noise)
        ):
            raise ValueError("patience must be between 1 and 120 seconds")


class SilenceLadder:
    """Counts the silence of one call; `on_rung(n)` is called for the n-th rung (0 first) in a row."""

    def __init__(self, on_rung: Callable[[int], None], patience: Patience | None = None) -> None:
        self._on_rung = on_rung
        self._patience = patience or Patience()
        self._rung = 0
        self._timer: asyncio.TimerHandle | None = None
        self.emergency = False
        """Whether somebody is in danger: the ladder has no end then."""

    def start(self, searching: bool = False) -> None:
        """It is the caller's turn, and quiet."""
        waits = self._patience.rungs
        if self.emergency:
            wait = self._patience.emergency
        elif searching and self._rung == 0:
            wait = self._patience.searching
        else:
            wait = waits[min(self._rung, len(waits) - 1)]
        self._after(wait)

    def hold(self) -> None:
        """The caller makes a sound; if it never ends or means anything, the silence goes on."""
        self._after(self._patience.noise)

    def stop(self) -> None:
        """Somebody speaks."""
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def heard(self) -> None:
        """The caller said or pressed something: the next silence begins at the first rung."""
        self.stop()
        self._rung = 0

    def _after(self, seconds: float) -> None:
        self.stop()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._climb)

    def _climb(self) -> None:
        self._timer = None
        rung, self._rung = self._rung, self._rung + 1
        self._on_rung(rung)


class CallLimit:
    """Ends a call that is too long, with a warning a minute before."""

    def __init__(self, minutes: float, on_warning: Callable[[], None], on_end: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        whole = minutes * MINUTE
        self._timers = [loop.call_later(whole, on_end)]
        if whole > 2 * MINUTE:
            self._timers.append(loop.call_later(whole - MINUTE, on_warning))

    def stop(self) -> None:
        """The call is over."""
        for timer in self._timers:
            timer.cancel()
