"""Words that pass the time while an answer is looked up or made: one at a time, in their order, none for an answer that is there."""

from __future__ import annotations

from care.texts import reply
from voice_gateway.call.figures import Figures
from voice_gateway.call.mouth import Mouth
from voice_gateway.call.playback import DEAD_AIR, Playback, Speech

AFTER = 1.2
"""Seconds after the turn was taken for over, when the first filler is said; earlier if the caller waited long before."""
GRACE = 0.4
"""Seconds that every answer has before one is said, however long the caller waited before."""
MOST = 3
"""After so many of them in one job, speaking has failed."""


class Fillers:
    """Those of one call."""

    def __init__(self, playback: Playback, mouth: Mouth, figures: Figures) -> None:
        self._playback = playback
        self._mouth = mouth
        self._figures = figures
        self._said: Speech | None = None
        self._count = 0

    def begin(self, waited: float) -> None:
        """A job begins, for which the caller has waited so long already."""
        self._count = 0
        self._playback.owe(min(waited, DEAD_AIR - GRACE))

    @staticmethod
    def after(waited: float) -> float:
        """Seconds until the first one."""
        return max(GRACE, min(AFTER, DEAD_AIR - waited))

    def fill(self) -> None:
        """Passes the time when something is owed and nothing sounds; gives up on speech that never comes."""
        if self._said and not self._said.done.is_set():
            return
        speech = self._playback.speaking
        if speech and self._count >= MOST:
            speech.failed = True
            speech.interrupted = True
            speech.done.set()
            self._playback.stop(everything=True)
            return
        said = reply("call.filler", attempt=self._count).say
        self._count += 1
        self._figures.fillers += 1
        self._said = self._mouth.at_once(said, first=True)
