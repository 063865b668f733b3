"""A telephone line on loopback for the tests of voice_gateway/sip, and a hand that sends whatever it likes."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import numpy as np

from care.settings import Settings
from voice_gateway.audio import RATE
from voice_gateway.leg import Event, Gone, Key, Leg, Meanwhile, Sound
from voice_gateway.sip.line import Line

HOST = "127.0.0.1"
TONE = (np.sin(np.arange(RATE // 2) * 2 * np.pi * 440 / RATE) * 8000).astype("<i2").tobytes()
"""Half a second of 440 Hz."""
PATIENCE = 10.0
"""Seconds after which a test that waits for something has failed."""


def loudness(track: np.ndarray) -> float:
    """Root mean square."""
    return float(np.sqrt((track.astype(float) ** 2).mean())) if len(track) else 0.0


def free_port() -> int:
    """A UDP port that nobody has."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class Echo:
    """A call that answers, says back what it hears and notes what happened."""

    def __init__(self) -> None:
        self.legs: list[Leg] = []
        self.events: list[Event] = []
        """All but sound."""
        self.heard = 0
        """Frames with sound in them."""
        self.ended = asyncio.Event()

    async def __call__(self, leg: Leg) -> None:
        self.legs.append(leg)
        await leg.answer()
        async for event in leg.events():
            if isinstance(event, Sound):
                self.heard += any(event.pcm)
                leg.send(event.pcm)
            else:
                self.events.append(event)
        self.ended.set()

    @property
    def keys(self) -> str:
        """The keys heard."""
        return "".join(e.digit for e in self.events if isinstance(e, Key))

    @property
    def gone(self) -> list[str]:
        """Why calls ended."""
        return [e.reason for e in self.events if isinstance(e, Gone)]


class Handing:
    """A call that hands its caller over when a key is pressed: to all operators in order, or to `each` by itself."""

    def __init__(self, each: bool = False, meanwhile: Meanwhile | None = None) -> None:
        self.each = each
        self.meanwhile = meanwhile
        self.results: list[bool] = []
        self.gone: list[str] = []

    async def __call__(self, leg: Leg) -> None:
        self.leg = leg
        await leg.answer()
        async for event in leg.events():
            if isinstance(event, Key):
                for operator in leg._exchange.permission.operators("") if self.each else [""]:
                    self.results.append(await leg.transfer(operator, meanwhile=self.meanwhile))
            elif isinstance(event, Gone):
                self.gone.append(event.reason)


@asynccontextmanager
async def open_line(
    on_call: Callable[[Leg], Awaitable[None]], on_file: Callable[[str], bool] = lambda number: False, **settings: Any
) -> AsyncIterator[Line]:
    """A line on a port of its own, closed at the end."""
    chosen = {"sip_host": HOST, "sip_port": free_port(), "rtp_first": 41000, "rtp_last": 41199, "sip_caller_rate": 1000}
    line = Line(on_call, Settings(**(chosen | settings)), on_file=on_file)
    await line.start()
    try:
        yield line
    finally:
        await line.stop()


def target(line: Line, user: str = "12349") -> str:
    """The address to call."""
    return f"sip:{user}@{HOST}:{line.transport.local_addr[1]}"


async def until(condition: Callable[[], object]) -> None:
    """Waits until something is so; fails after `PATIENCE`."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.01)


class Hand(asyncio.DatagramProtocol):
    """A UDP socket that sends raw messages to a line and keeps what comes back."""

    def __init__(self) -> None:
        self.got: list[str] = []

    async def open(self, line: Line) -> Hand:
        """Binds the socket."""
        self.there = (HOST, line.transport.local_addr[1])
        loop = asyncio.get_running_loop()
        self.transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(HOST, 0))
        self.port = self.transport.get_extra_info("sockname")[1]
        return self

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Keeps an answer."""
        self.got.append(data.decode())

    def send(self, data: str | bytes) -> None:
        """Sends one datagram."""
        self.transport.sendto(data.encode() if isinstance(data, str) else data, self.there)

    async def calls(self, **more: str) -> str:
        """Begins a call as `message` says and acknowledges the answer; the line's tag, which names the call from here on."""
        self.send(self.message("INVITE", **{"body": sdp()} | more))
        await self.status("INVITE")
        tag = self.tag()
        self.send(self.message("ACK", tag=tag))
        return tag

    async def asked(self, method: str) -> str:
        """The line's last request of a method, once there is one."""
        await until(lambda: self.requests(method))
        return self.requests(method)[-1]

    def requests(self, method: str) -> list[str]:
        """What the line has asked of us with a method, one for each delivery."""
        return [text for text in self.got if text.startswith(f"{method} ")]

    def answer(self, request: str, status: str, more: str = "") -> None:
        """Answers a request of the line."""
        kept = [row for row in request.split("\r\n") if re.match(r"(Via|From|To|Call-ID|CSeq):", row)]
        self.send("\r\n".join([f"SIP/2.0 {status}", *kept]) + f"\r\n{more}Content-Length: 0\r\n\r\n")

    def statuses(self, method: str = "") -> list[int]:
        """The statuses that came, of requests with a method."""
        return [
            int(text.split()[1]) for text in self.got
            if text.startswith("SIP/2.0") and re.search(rf"^CSeq: \d+ {method}", text, re.MULTILINE)
        ]  # fmt: skip

    async def status(self, method: str = "", least: int = 200) -> int:
        """The first status from `least` on."""
        await until(lambda: any(s >= least for s in self.statuses(method)))
        return next(s for s in self.statuses(method) if s >= least)

    def tag(self) -> str:
        """The line's tag in its last answer."""
        return re.findall(r"^To:.*;tag=(\S+)", "\n".join(self.got), re.MULTILINE)[-1]

    def message(
        self,
        method: str,
        *,
        call: str = "c1",
        branch: str = "",
        number: int = 1,
        tag: str = "",
        body: str = "",
        kind: str = "application/sdp",
        user: str = "12349",
        more: str = "",
        caller: str = "13800000009",
    ) -> str:
        """A request with what it must have."""
        to = f"<sip:{user}@{HOST}>" + (f";tag={tag}" if tag else "")
        content = f"Content-Type: {kind}\r\n" if body else ""
        return (
            f"{method} sip:{user}@{HOST}:{self.there[1]} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {HOST}:{self.port};branch=z9hG4bK{branch or method + call + str(number)}\r\n"
            f"From: <sip:{caller}@{HOST}>;tag=f{call}\r\nTo: {to}\r\nCall-ID: {call}\r\nCSeq: {number} {method}\r\n"
            f"Contact: <sip:hand@{HOST}:{self.port}>\r\nMax-Forwards: 70\r\n{more}{content}"
            f"Content-Length: {len(body.encode())}\r\n\r\n{body}"
        )


def sdp(port: int = 42000, formats: str = "8 101", more: str = "", host: str = HOST, profile: str = "RTP/AVP") -> str:
    """A description of sound."""
    return (
        f"v=0\r\no=- 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\n"
        f"m=audio {port} {profile} {formats}\r\na=rtpmap:101 telephone-event/8000\r\n{more}"
    )
