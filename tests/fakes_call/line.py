"""A line whose other end is a test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Literal

from voice_gateway.leg import Event, Gone, Meanwhile


class ScriptLeg:
    """A line whose other end is a test."""

    line: Literal["script"] = "script"
    can_transfer = True

    def __init__(self, caller: str = "13800000001", transfers: dict[str, bool] | None = None) -> None:
        self.id = "script-1"
        self.caller = caller
        self.called = "12349"
        self.transfers = transfers or {}
        self.tried: list[str] = []
        self.rung_at: list[float] = []
        self.answered = 0.0
        self.hung_up = 0
        self.captions: list[tuple[str, str, bool]] = []
        self.frames: list[tuple[float, bytes]] = []
        self.broken: Exception | None = None
        self._events: asyncio.Queue[Event | Exception] = asyncio.Queue()

    async def answer(self) -> None:
        self.answered = asyncio.get_running_loop().time()

    async def events(self) -> AsyncIterator[Event]:
        while True:
            event = await self._events.get()
            if isinstance(event, Exception):
                raise event
            yield event
            if isinstance(event, Gone):
                return

    def happens(self, event: Event | Exception) -> None:
        self._events.put_nowait(event)

    def send(self, pcm: bytes) -> None:
        self.frames.append((asyncio.get_running_loop().time(), pcm))

    async def caption(self, who: Literal["caller", "hotline"], text: str, final: bool = True) -> None:
        self.captions.append((who, text, final))

    async def transfer(self, target: str, caption: str = "", meanwhile: Meanwhile | None = None) -> bool:
        self.tried.append(target)
        self.rung_at.append(asyncio.get_running_loop().time())
        await asyncio.sleep(4.0)
        taken = self.transfers.get(target, False)
        if taken and meanwhile:
            await meanwhile.answered()
        if taken:
            self.happens(Gone("transferred"))
        return taken

    async def hang_up(self) -> None:
        self.hung_up += 1

    def quality(self) -> dict[str, float]:
        return {"packets": float(len(self.frames))}
