"""Keeps one call's ear fed, in order and off the line's own task; a broken ear is replaced once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from voice_gateway.audio import FRAME_MS
from voice_gateway.call.happenings import EarBroke, EarReplaced, EarSlow, TurnOver
from voice_gateway.call.house import Hearing
from voice_gateway.listening import Ear, EarFailed, Expectation, Utterance

log = structlog.get_logger(__name__)

BACKLOG = 400
"""Frames (8 s) that wait to be heard; an ear so far behind hears nothing of use any more."""
SLOW = 70
"""Frames (1.4 s) that wait, from which the caller is told: with the silence that ends a turn it stays below 3 s."""
SPARES = 1
"""So often a broken ear is replaced within a call."""


class Listener:
    """The ear of one call, and its clock: seconds of the caller's sound heard so far."""

    def __init__(self, hearing: Hearing, post: Callable[[Any], None]) -> None:
        self._hearing = hearing
        self._post = post
        self._frames: asyncio.Queue[tuple[bytes, float]] = asyncio.Queue()
        """Each with the moment at which it came."""
        self._ear: Ear | None = None
        self._expectation: Expectation | None = None
        self._spares = SPARES
        self._heard = 0
        """Frames heard by the present ear."""
        self._slow = False
        self._closing: set[asyncio.Task[None]] = set()
        self.deaf = False
        """Nothing is listened to: on hold, being put through, or the ear is broken for good."""
        self.broken = False

    def sound(self, pcm: bytes) -> None:
        """Takes one frame."""
        if self.deaf or self.broken:
            return
        if self._frames.qsize() >= BACKLOG:
            self._break("backlog")
            return
        self._frames.put_nowait((pcm, asyncio.get_running_loop().time()))
        if self._frames.qsize() >= SLOW and not self._slow:
            self._slow = True
            self._post(EarSlow())

    def expect(self, expectation: Expectation) -> None:
        """Tells the ear what was asked; a new ear is told again."""
        self._expectation = expectation
        if self._ear:
            self._ear.expect(expectation)

    def key(self) -> Utterance | None:
        """A key was pressed: what was being said, if anything."""
        return self._ear.key() if self._ear and not self.broken else None

    def reset(self) -> None:
        """Forgets what is half heard."""
        while not self._frames.empty():
            self._frames.get_nowait()
        if self._ear:
            self._ear.reset()

    async def run(self) -> None:
        """Hears until cancelled."""
        try:
            while not self.broken:
                try:
                    if self._ear is None:
                        self._renew()
                    await self._listen()
                except EarFailed as error:
                    await self._failed(error)
                except Exception as error:  # the ear is other people's code: whatever it raises, it is broken
                    await self._failed(error)
        finally:
            if self._ear:
                await self._ear.close()
            if self._closing:
                await asyncio.wait(self._closing)

    def _renew(self) -> None:
        self._ear = self._hearing.ear()
        self._heard = 0
        if self._expectation:
            self._ear.expect(self._expectation)

    async def _listen(self) -> None:
        assert self._ear
        while not self.broken:
            pcm, came = await self._frames.get()
            self._heard += 1
            self._slow = self._slow and not self._frames.empty()
            for event in await self._ear.feed(pcm):
                self._post(self._timed(event, came) if isinstance(event, Utterance) else event)

    def _timed(self, utterance: Utterance, came: float) -> TurnOver:
        silence = self._heard * FRAME_MS / 1000 - utterance.speech_ended
        return TurnOver(utterance, came - max(0.0, silence), came)

    async def _failed(self, error: Exception) -> None:
        log.error("ear_failed", error=type(error).__name__)
        ear, self._ear = self._ear, None
        if ear:  # what hangs in it may take seconds to end; nobody waits for that
            task = asyncio.create_task(self._close(ear))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)
        if self._spares:
            self._spares -= 1
            self._post(EarReplaced())
        else:
            self._break("failed")

    @staticmethod
    async def _close(ear: Ear) -> None:
        try:
            await ear.close()
        except Exception as error:  # it is broken already
            log.warning("ear_close_failed", error=type(error).__name__)

    def _break(self, why: str) -> None:
        if not self.broken:
            log.error("ear_broken", why=why)
            self.broken = True
            self._post(EarBroke())
