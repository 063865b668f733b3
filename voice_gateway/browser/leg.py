"""A browser's end of a call: `voice_gateway.leg.Leg` over a WebSocket (`voice_gateway.browser.protocol`)."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any, Literal, Protocol

from starlette.websockets import WebSocketDisconnect

from voice_gateway.audio import FRAME_MS
from voice_gateway.browser import protocol
from voice_gateway.browser.protocol import BadMessage, HangUp, Held, Measured, Pressed, Start
from voice_gateway.browser.sound import Allowance, EchoGate, Frames
from voice_gateway.leg import Event, Gone, Hold, Key, Meanwhile, Sound

LOST_SECONDS = 30.0
"""Without any sound of the page for so long, and not on hold, the caller is taken for gone."""
MAX_FAULTS = 20
"""Messages without sense, after which the page is given up."""
MAX_UNREAD = 500
"""Frames (10 s) that wait for a call which does not listen; later ones are lost."""
MAX_UNSENT = 50
"""Frames (1 s) that wait for a slow network; the oldest are lost, so that the caller hears what is said now."""
MAX_UNTOLD = 1000
"""Captions that wait for a network; beyond, the page is taken for gone."""
SOUND_RATE, SOUND_RESERVE = 1.05, 3.0
"""Seconds of sound taken a second, for clocks that run fast; and after the network was stuck."""
MESSAGE_RATE, MESSAGE_RESERVE = 20.0, 60.0
"""Text messages taken a second."""
LATE_SECONDS = 0.1
"""A frame that comes so long after its time is counted as late."""
DRAIN_SECONDS = 3.0
"""How long the last words may take to leave for the page."""
CLOSE_SECONDS = 2.0
BROKEN = (WebSocketDisconnect, RuntimeError, OSError)
"""What sending to a socket that is gone raises (Starlette, uvicorn)."""


class Socket(Protocol):
    """What is needed of a WebSocket; Starlette's has it."""

    async def receive(self) -> Any: ...
    async def send_text(self, data: str) -> None: ...
    async def send_bytes(self, data: bytes) -> None: ...
    async def close(self, code: int = 1000, reason: str | None = None) -> None: ...


class BrowserLeg:
    """One call from a page. `read` and `write` must run while the call does (`voice_gateway.browser.routes`)."""

    line: Literal["sip", "browser", "script"] = "browser"
    can_transfer = False

    def __init__(
        self,
        socket: Socket,
        start: Start,
        *,
        called: str = "",
        longest: float = 1800.0,
        lost_after: float = LOST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """
        Args:
            socket: accepted; its `start` was read.
            called: the hotline's number.
            longest: seconds that the call may take.
            lost_after: seconds without sound after which the caller is gone.
            clock: seconds, for the measures only.
        """
        self.id = f"browser-{secrets.token_hex(12)}"
        self.caller = ""
        self.called = called
        self._socket = socket
        self._longest = longest
        self._lost_after = lost_after
        self._clock = clock
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._frames = Frames(start.rate)
        self._echo = None if start.echo_cancelled else EchoGate(clock)
        self._sound_allowed = Allowance(SOUND_RATE, SOUND_RESERVE, clock)
        self._messages_allowed = Allowance(MESSAGE_RATE, MESSAGE_RESERVE, clock)
        self._say: deque[bytes] = deque(maxlen=MAX_UNSENT)
        self._tell: deque[str] = deque()
        self._wake = asyncio.Event()
        self._written = asyncio.Event()
        self._answered = False
        self._held = False
        self._gone: Gone | None = None
        self._hung_up = False
        self._ended = asyncio.Event()
        self._faults = 0
        self._received = self._lost = self._late = 0
        self._jitter = 0.0
        self._due: float | None = None
        self._measured = Measured(0.0, 0.0)

    # What the call uses (voice_gateway.leg.Leg)

    async def answer(self) -> None:
        """Takes the call; sound that came before is not part of it."""
        self._answered = True
        self._post(protocol.answered())

    async def events(self) -> AsyncIterator[Event]:
        """What comes from the caller, in order, until `Gone`; also the end by `hang_up` is one."""
        while True:
            event = await self._events.get()
            yield event
            if isinstance(event, Gone):
                return

    def send(self, pcm: bytes) -> None:
        """Sends one frame."""
        if self._gone:
            return
        if len(self._say) == MAX_UNSENT:
            self._lost += 1
        self._say.append(pcm)
        self._wake.set()
        if self._echo:
            self._echo.sent(pcm)

    async def caption(self, who: Literal["caller", "hotline"], text: str, final: bool = True) -> None:
        """Shows a caption on the page."""
        self._post(protocol.caption(who, text, final))

    async def transfer(self, target: str, caption: str = "", meanwhile: Meanwhile | None = None) -> bool:
        """Nobody can be put through to a page; the caption is shown, and the call goes on."""
        if caption:
            await self.caption("hotline", caption)
        return False

    async def hang_up(self) -> None:
        """Ends the call when the last words have left; a second call waits for the same end."""
        if self._hung_up:
            await self._ended.wait()
            return
        self._hung_up = True
        try:
            if self._gone is None:
                self._leave(Gone("bye"))
                self._wake.set()
                with suppress(TimeoutError):  # a network that does not take them
                    await asyncio.wait_for(self._written.wait(), DRAIN_SECONDS)
            code = protocol.MISBEHAVED if self._faults > MAX_FAULTS else protocol.BYE
            with suppress(*BROKEN, TimeoutError):  # closed by the page
                await asyncio.wait_for(self._socket.close(code, self._gone.reason if self._gone else ""), CLOSE_SECONDS)
        finally:
            self._ended.set()

    def quality(self) -> dict[str, float]:
        """Frames that came (`packets`), those lost in either direction, those late, how unevenly they came
        (`jitter_ms`, RFC 3550 6.4.1), and what the page said of its buffer (`playout_ms`, `gaps`)."""
        return {
            "packets": float(self._received),
            "lost": float(self._lost),
            "late": float(self._late),
            "jitter_ms": round(self._jitter * 1000, 1),
            "playout_ms": self._measured.playout_ms,
            "gaps": self._measured.gaps,
        }

    # What runs beside the call

    async def read(self) -> None:
        """Takes what the page sends, until it is gone."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._longest
        lost = loop.time() + self._lost_after
        while self._gone is None:
            until = end if self._held else min(end, lost)
            try:
                async with asyncio.timeout_at(until):
                    message = await self._socket.receive()
            except TimeoutError:
                self._leave(Gone("limit" if until == end else "lost"))
                return
            except BROKEN:
                self._leave(Gone("lost"))
                return
            if message["type"] == "websocket.disconnect":
                hung_up = message.get("code") in (protocol.BYE, protocol.GOING_AWAY)
                self._leave(Gone("bye" if hung_up else "lost"))
            elif message.get("bytes") is not None:
                if self._sound(message["bytes"]):
                    lost = loop.time() + self._lost_after
            else:
                held = self._held
                self._text(message.get("text") or "")
                if held and not self._held:
                    lost = loop.time() + self._lost_after

    async def write(self) -> None:
        """Sends what waits, until the call is over and all of it has left."""
        try:
            while True:
                while self._tell or self._say:
                    if self._tell:
                        await self._socket.send_text(self._tell.popleft())
                    else:
                        await self._socket.send_bytes(self._say.popleft())
                if self._gone:
                    return
                self._wake.clear()
                await self._wake.wait()
        except BROKEN:
            self._leave(Gone("lost"))
        finally:
            self._written.set()

    def _post(self, text: str) -> None:
        if self._gone:
            return
        if len(self._tell) >= MAX_UNTOLD:
            self._leave(Gone("lost"))
            return
        self._tell.append(text)
        self._wake.set()

    def _leave(self, gone: Gone) -> None:
        if self._gone is None:
            self._gone = gone
            self._events.put_nowait(gone)
            self._wake.set()

    def _text(self, text: str) -> None:
        if not self._messages_allowed.take() or len(text) > protocol.MAX_MESSAGE:
            self._fault()
            return
        try:
            said = protocol.parse(text)
        except BadMessage:
            self._fault()
            return
        match said:
            case Pressed(digit):
                self._events.put_nowait(Key(digit))
            case Held(on):
                if on != self._held:
                    self._held = on
                    self._due = None
                    self._events.put_nowait(Hold(on))
            case Measured():
                self._measured = said
            case HangUp():
                self._leave(Gone("bye"))
            case Start():
                self._fault()

    def _sound(self, pcm: bytes) -> bool:
        """Takes a piece of sound; whether it was one."""
        if not pcm or len(pcm) % 2 or len(pcm) > protocol.MAX_MESSAGE:
            self._fault()
            return False
        if not self._answered:
            return True
        seconds = len(pcm) / 2 / self._frames.rate
        self._arrived(seconds)
        if not self._sound_allowed.take(seconds):
            self._lost += round(seconds * 1000 / FRAME_MS)
            return True
        for frame in self._frames.of(pcm):
            self._received += 1
            if self._events.qsize() >= MAX_UNREAD:
                self._lost += 1
                continue
            self._events.put_nowait(Sound(self._echo.heard(frame) if self._echo else frame))
        return True

    def _arrived(self, seconds: float) -> None:
        """Measures how far from its time a piece came."""
        now = self._clock()
        if self._due is not None:
            off = now - self._due
            self._jitter += (abs(off) - self._jitter) / 16
            if off > LATE_SECONDS:
                self._late += 1
        self._due = now + seconds

    def _fault(self) -> None:
        self._faults += 1
        if self._faults > MAX_FAULTS:
            self._leave(Gone("error"))
