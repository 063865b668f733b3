"""A leg: the caller's end of one call, whatever carries it (SIP, browser, a script in a test).

The call (`voice_gateway.call`) knows nothing of SIP or WebSockets; the line knows nothing of dialogue.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True)
class Sound:
    """20 ms of the caller's sound."""

    pcm: bytes
    """`voice_gateway.audio` form, FRAME_BYTES long."""


@dataclass(frozen=True)
class Key:
    """A key was pressed (RFC 4733 event, SIP INFO, or the keypad of the page); once for each press."""

    digit: str
    """0-9, * or #."""


@dataclass(frozen=True)
class Hold:
    """The caller's end was put on hold, or taken off."""

    on: bool


@dataclass(frozen=True)
class Gone:
    """The caller's end is gone; nothing follows."""

    reason: str = "bye"
    """`bye`, `cancelled`, `lost` (no sound for too long), `limit` (call too long), `error`, `transferred`."""


Event = Sound | Key | Hold | Gone


class Meanwhile(Protocol):
    """What is said to a caller while an operator is rung for them already."""

    async def answered(self) -> None:
        """Somebody has answered; returns when the caller may be joined to them."""

    async def over(self) -> None:
        """Returns when all of it has been said."""


class Leg(Protocol):
    """What a call needs of its line."""

    id: str
    """Unique for this call; printable ASCII."""
    line: Literal["sip", "browser", "script"]
    caller: str
    """The caller's number as the network gave it, digits only; empty when withheld."""
    called: str
    can_transfer: bool
    """Whether somebody else can take the caller over on this line; else people call back."""

    async def answer(self) -> None:
        """Takes the call; sound flows from here on. For an outgoing call: returns once the other side has answered."""

    def events(self) -> AsyncIterator[Event]:
        """What comes from the caller, in order, until `Gone`."""

    def send(self, pcm: bytes) -> None:
        """Sends one frame (FRAME_BYTES) now; the sender keeps the pace of 20 ms. Never raises after the end."""

    async def caption(self, who: Literal["caller", "hotline"], text: str, final: bool = True) -> None:
        """Shows what was heard or is being said, where the line has a screen; nothing on a telephone."""

    async def transfer(self, target: str, caption: str = "", meanwhile: Meanwhile | None = None) -> bool:
        """Hands the caller to a number of the fixed list: REFER, else bridged. False: nobody took it, the call goes on.

        An empty target: all of the list in order. With `meanwhile` they are rung while that is being said, and the caller
        is joined when it allows it.
        """

    async def hang_up(self) -> None:
        """Ends the call; may be called again and from anywhere, does its work once."""

    def quality(self) -> dict[str, float]:
        """What the line measured: packets, lost, jitter_ms, playout_ms; empty where there is nothing to measure."""
