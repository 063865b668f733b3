"""A hotline for the phone page in a real browser: calls that a test leads, and a voice that is a tone."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Callable, Coroutine
from typing import Any

import numpy as np
import soundfile
from fastapi import FastAPI, Response

from voice_gateway.audio import FRAME_BYTES, FRAME_MS, RATE
from voice_gateway.browser.routes import router
from voice_gateway.leg import Event, Gone, Key, Leg, Sound

GREETING = "您好，这里是银龄热线，我是自动助手。"
TONE = (np.sin(np.arange(RATE) * 2 * np.pi * 500 / RATE) * 8000).astype("<i2").tobytes()
"""One second."""


class Hotline:
    """Takes every call, notes what comes, and does what the test wants done."""

    def __init__(self) -> None:
        self.room = True
        self.legs: list[Leg] = []
        self.events: list[Event] = []
        self.heard = bytearray()
        self.read_aloud: list[str] = []
        self.accents: list[str] = []
        self.speech_status = 200
        self.speech_seconds = 0.3
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over = asyncio.Event()

    def app(self) -> FastAPI:
        """As the voice gateway's own server, with this for a call."""
        app = FastAPI()
        app.include_router(router(self._call, lambda: self.room))

        @app.get("/speech")
        def speech(text: str, accent: str) -> Response:
            self.read_aloud.append(text)
            self.accents.append(accent)
            wav = io.BytesIO()
            soundfile.write(wav, np.full(int(RATE * self.speech_seconds), 0.1), RATE, format="WAV", subtype="PCM_16")
            return Response(wav.getvalue(), status_code=self.speech_status, media_type="audio/wav")

        return app

    async def _call(self, leg: Leg) -> None:
        self.legs.append(leg)
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()
        await leg.answer()
        await leg.caption("hotline", GREETING)
        listening = asyncio.create_task(self._listen(leg))
        await self._over.wait()
        listening.cancel()

    async def _listen(self, leg: Leg) -> None:
        async for event in leg.events():
            if isinstance(event, Sound):
                self.heard += event.pcm
            else:
                self.events.append(event)
        self._over.set()

    def do(self, what: Coroutine[Any, Any, Any]) -> Any:
        """Does something in the call's own loop."""
        assert self._loop
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(10)

    def caption(self, who: str, text: str, final: bool = True) -> None:
        """Shows a caption."""
        self.do(self.legs[-1].caption(who, text, final))  # type: ignore[arg-type]

    def sound(self) -> None:
        """Lets a second of a tone sound, at the pace of a call."""
        self.do(self._sound())

    async def _sound(self) -> None:
        for at in range(0, len(TONE), FRAME_BYTES):
            self.legs[-1].send(TONE[at : at + FRAME_BYTES])
            await asyncio.sleep(FRAME_MS / 1000)

    def end(self) -> None:
        """The hotline hangs up."""
        self.do(self._end())

    async def _end(self) -> None:
        self._over.set()

    def say_much_and_end(self) -> None:
        """Half a second of a tone at once, and the end right after."""
        for at in range(0, len(TONE) // 2, FRAME_BYTES):
            self.legs[-1].send(TONE[at : at + FRAME_BYTES])
        self.end()

    @property
    def keys(self) -> list[str]:
        """The keys that were pressed."""
        return [event.digit for event in self.events if isinstance(event, Key)]

    @property
    def gone(self) -> str:
        """How the caller left; empty while there."""
        return next((event.reason for event in self.events if isinstance(event, Gone)), "")


def soon(true: Callable[[], object], seconds: float = 10) -> bool:
    """Whether something becomes true."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(true())
