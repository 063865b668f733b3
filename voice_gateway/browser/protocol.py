"""What page and hotline say to each other over the WebSocket; the whole protocol.

The page opens the socket when it has the microphone, and the first message is its `start`. One socket is one call.

Sound is binary, PCM, mono, 16-bit little-endian, without any header:
    page → hotline   at the rate that `start` names, in pieces of 20 ms (any even number of bytes up to `MAX_MESSAGE`)
    hotline → page   8000 Hz, 20 ms (320 bytes), one every 20 ms; the page smooths what the network made uneven

Everything else is text, one JSON object:
    page → hotline
        {"type": "start", "rate": 8000, "echo_cancelled": true}     rate: one of `RATES`; echo_cancelled: whether the
                                                                    browser takes its own loudspeaker out of the sound
        {"type": "key", "digit": "0"}                               0-9, * or #
        {"type": "hold", "on": true}                                the microphone was taken away, or is back
        {"type": "quality", "playout_ms": 60, "gaps": 0}            how much sound waits at the page, how often none did
        {"type": "hang_up"}
    hotline → page
        {"type": "answered"}                                        from here on both may speak
        {"type": "caption", "who": "caller", "text": "…", "final": true}
                                                                    who: caller or hotline; what is not final is replaced
                                                                    by the next caption of the same person

The end is the closing of the socket: `BYE` (1000; its reason is that of `voice_gateway.leg.Gone`), or one of the codes
below. A page that closes with 1000 or 1001 has hung up; anything else is a connection lost.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any, Literal

RATES = (8000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 192000)
"""Samples a second that a microphone may come with."""
MAX_MESSAGE = 24 * 1024
"""Bytes of one message: 64 ms at the highest rate."""
DIGITS = "0123456789*#"
SERVING: dict[str, Any] = {
    "ws_max_size": MAX_MESSAGE,
    "ws_per_message_deflate": False,
    "ws_ping_interval": 10.0,
    "ws_ping_timeout": 10.0,
}
"""For uvicorn: bounded messages, no work on compressing sound, a page that is gone without a word is noticed in 20 s."""

BYE = 1000
GOING_AWAY = 1001
"""The page was closed (RFC 6455)."""
MISBEHAVED = 4400
"""No start, or too much that makes no sense."""
LOST = 4408
"""The other side is not there any more."""
TOO_OFTEN = 4429
"""Too many calls from one address."""
BUSY = 4486
"""All lines are taken (as SIP's 486)."""
DOWN = 4503
"""The telephone is not running, or stopped in the middle of the call."""


class BadMessage(Exception):
    """A message that is none of the protocol."""


@dataclass(frozen=True)
class Start:
    """The page is ready to talk."""

    rate: int
    echo_cancelled: bool


@dataclass(frozen=True)
class Pressed:
    """A key of the keypad."""

    digit: str


@dataclass(frozen=True)
class Held:
    """The microphone was taken away, or is back."""

    on: bool


@dataclass(frozen=True)
class Measured:
    """What the page measured of the sound that it plays."""

    playout_ms: float
    gaps: float


@dataclass(frozen=True)
class HangUp:
    """The red button."""


Said = Start | Pressed | Held | Measured | HangUp


def parse(text: str) -> Said:
    """A text message of the page.

    Raises:
        BadMessage: it is none.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadMessage("not JSON") from error
    if not isinstance(data, dict):
        raise BadMessage("not an object")
    match data.get("type"):
        case "start":
            if data.get("rate") not in RATES or isinstance(data["rate"], float):
                raise BadMessage("rate")
            return Start(data["rate"], _flag(data.get("echo_cancelled")))
        case "key":
            digit = data.get("digit")
            if not isinstance(digit, str) or len(digit) != 1 or digit not in DIGITS:
                raise BadMessage("digit")
            return Pressed(digit)
        case "hold":
            return Held(_flag(data.get("on")))
        case "quality":
            return Measured(_amount(data.get("playout_ms")), _amount(data.get("gaps")))
        case "hang_up":
            return HangUp()
    raise BadMessage("type")


def answered() -> str:
    """The call was taken."""
    return json.dumps({"type": "answered"})


def caption(who: Literal["caller", "hotline"], text: str, final: bool) -> str:
    """What was heard or is being said."""
    return json.dumps({"type": "caption", "who": who, "text": text, "final": final}, ensure_ascii=False)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadMessage("not true or false")
    return value


def _amount(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise BadMessage("not an amount")
    return float(min(value, 1e9))
