"""A turn that was cut at the limit for monologues: nobody answers into a sentence that goes on, so its words wait for the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from voice_gateway.call.happenings import TurnOver
from voice_gateway.listening import Utterance

GOES_ON = 1.5
"""Seconds after the cut within which somebody who goes on is heard again."""
SILENT = 4.0
"""Seconds without new words after which somebody who was heard again has stopped; longer than any silence ends a turn."""
MOST = 2
"""So many cuts are waited out; then the hotline does speak."""


class Monologue:
    """The words that wait; if nobody goes on, they are posted as a turn of their own."""

    def __init__(self, post: Callable[[TurnOver], None]) -> None:
        self._post = post
        self._held: Utterance | None = None
        self._cuts = 0
        self._timer: asyncio.TimerHandle | None = None

    def waits(self, heard: Utterance) -> bool:
        """Whether these words are kept for what follows."""
        if not heard.cut or not heard.text or self._cuts >= MOST:
            self._cuts = 0
            return False
        self._held = heard
        self._cuts += 1
        self._wait(GOES_ON)
        return True

    def goes_on(self) -> None:
        """The caller is heard again."""
        if self._held:
            self._wait(SILENT)

    def whole(self, heard: Utterance) -> Utterance:
        """The words that waited with those that followed."""
        before = self._taken()
        if before is None:
            return heard
        if not heard.text:
            return replace(before, cut=heard.cut, speech_ended=heard.speech_ended)
        return replace(
            heard, text=f"{before.text}，{heard.text}", raw=f"{before.raw} {heard.raw}",
            unsure=before.unsure + heard.unsure, speech_started=before.speech_started,
        )  # fmt: skip

    def forget(self) -> None:
        """Something else goes first."""
        self._taken()
        self._cuts = 0

    def _taken(self) -> Utterance | None:
        self._wait(0.0)
        held, self._held = self._held, None
        return held

    def _wait(self, seconds: float) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._over) if seconds else None

    def _over(self) -> None:
        if held := self._taken():
            now = asyncio.get_running_loop().time()
            self._post(TurnOver(replace(held, cut=False), now, now))
