"""The small interface of the telephone's process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx

from voice_gateway.server import create_app
from voice_gateway.speaking import Piece


class Voice:
    """Counts how many texts are being made at once."""

    def __init__(self) -> None:
        self.now = self.most = 0

    async def speak(self, text: str, *, pace: int, accent: str) -> AsyncIterator[Piece]:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.01)
        yield Piece(bytes(320), text, "prepared")
        self.now -= 1


class Gateway:
    """Stands for the telephone."""

    def __init__(self) -> None:
        self.voice = Voice()

    def on_call(self, leg: object) -> None: ...

    def has_room(self) -> bool:
        return True


async def test_pages_that_are_read_aloud_wait_for_each_other_so_that_calls_wait_for_none() -> None:
    gateway = Gateway()
    transport = httpx.ASGITransport(create_app(gateway))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://voice") as client:
        answers = await asyncio.gather(*(client.get("/speech", params={"text": "好。"}) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert gateway.voice.most == 1
