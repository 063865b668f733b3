"""One side of a telephone call: the caller's (or called person's) end as `voice_gateway.leg.Leg`."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Literal

import structlog
from aiosipua.dialog import Dialog, DialogState
from aiosipua.incoming_call import IncomingCall
from aiosipua.sdp import SdpMessage

from voice_gateway.leg import Event, Gone, Hold, Key, Meanwhile, Sound
from voice_gateway.sip.keys import Once
from voice_gateway.sip.mailbox import Mailbox
from voice_gateway.sip.media import Media
from voice_gateway.sip.sound import Described, Remote, understood
from voice_gateway.sip.transactions import Address

if TYPE_CHECKING:
    from voice_gateway.sip.line import Line

SILENT_SECONDS = 30.0
"""Without any packet for so long, and not on hold, the other side is gone."""

log = structlog.get_logger(__name__)


class SipLeg:
    """A leg over SIP and RTP."""

    line: Literal["sip", "browser", "script"] = "sip"
    can_transfer = True

    def __init__(
        self, exchange: Line, dialog: Dialog, peer: Address, described: Described, caller: str, called: str
    ) -> None:
        self.id = f"sip-{uuid.uuid4().hex}"
        self.caller = caller
        self.called = called
        self.dialog = dialog
        self.peer = peer
        """Where its requests go."""
        self.described = described
        self.remote: Remote | None = None
        self.media: Media | None = None
        self.refers = True
        """Whether it is worth asking the other side to transfer (REFER)."""
        self.progress: asyncio.Future[int] | None = None
        """Of a transfer under way: its final status; 0 when the call ended first."""
        self.listening_in: SipLeg | None = None
        """An operator who has answered and hears what the caller is told, until both are joined."""
        self.over = asyncio.Event()
        self.closed = asyncio.Event()
        """Set when the port is given back."""
        self._exchange = exchange
        self._incoming: IncomingCall | None = None
        self._offer: SdpMessage | None = None
        self._answering = False
        self._mailbox = Mailbox()
        self._once = Once()
        self._partner: SipLeg | None = None
        self._limit: asyncio.TimerHandle | None = None

    # --- what the call uses

    async def answer(self) -> None:
        """Takes an incoming call; one that we placed is answered already."""
        if self._incoming is None or self._answering or self.over.is_set():
            return
        self._answering = True
        try:
            media = await self._exchange.open_media(self.described.port, self.remote)
        except OSError as error:
            log.error("no_rtp_port", port=self.described.port, fault=str(error))
            self.end("error")
            return
        if self.over.is_set():  # cancelled meanwhile
            await media.close()
            return
        self.begin(media)
        sdp = self.described.answer(self._offer, self.remote) if self._offer and self.remote else self.described.offer()
        self._incoming.accept(sdp)

    def events(self) -> AsyncIterator[Event]:
        """Sound every 20 ms (silence where nothing came; none on hold), keys, hold, and the end."""
        return self._mailbox.events()

    def send(self, pcm: bytes) -> None:
        """Sends one frame now."""
        if self.media is not None and not self._partner:
            self.media.send(pcm)
            if self.listening_in is not None and self.listening_in.media is not None:
                self.listening_in.media.send(pcm)

    async def caption(self, who: Literal["caller", "hotline"], text: str, final: bool = True) -> None:
        """Nothing: a telephone has no screen."""

    async def transfer(self, target: str, caption: str = "", meanwhile: Meanwhile | None = None) -> bool:
        """Hands the caller to a listed number (empty: to all in order), by REFER or by joining a second call."""
        return await self._exchange.transfer(self, target, meanwhile)

    async def hang_up(self) -> None:
        """Ends the call, unless somebody took it over."""
        if self._partner is None:
            self.end("bye")
            await self.closed.wait()

    def quality(self) -> dict[str, float]:
        """What was measured of the caller's sound."""
        return self.media.quality() if self.media else {}

    # --- what the line uses

    @property
    def joined(self) -> bool:
        """Whether it talks to another leg."""
        return self._partner is not None

    def expect(self, call: IncomingCall, remote: Remote | None, allow: list[str]) -> None:
        """Makes this the leg of a call that came in and is not answered yet."""
        self._incoming, self._offer, self.remote = call, call.sdp_offer, remote
        self.refers = not allow or "REFER" in (a.strip().upper() for a in allow)

    def begin(self, media: Media) -> None:
        """Sound flows from here on."""
        self.media = media
        media.on_frame, media.on_key = self._frame, self._rtp_key
        media.heard_at = asyncio.get_running_loop().time()
        self._limit_from_now()

    def agree(self, sdp: SdpMessage | None) -> None:
        """Takes over a description of the other side.

        Raises:
            Unacceptable: it cannot be met; everything stays as it was.
        """
        remote = understood(sdp)
        held_before = self.remote.held if self.remote else False
        self.remote = remote
        if self.media is not None:
            self.media.agree(remote)
            self.media.heard_at = asyncio.get_running_loop().time()
        if remote.held != held_before:
            self._mailbox.put(Hold(remote.held))

    def changed(self, sdp: SdpMessage | None) -> SdpMessage:
        """Our answer to a re-INVITE or UPDATE; without an offer in it, an offer of ours.

        Raises:
            Unacceptable: the new description cannot be met.
        """
        if sdp is None:
            return self.described.offer()
        self.agree(sdp)
        assert self.remote is not None
        return self.described.answer(sdp, self.remote)

    def key(self, digit: str, way: str) -> None:
        """A key was pressed, as told by `way`."""
        if not self._once.take(digit, way, asyncio.get_running_loop().time()):
            return
        if self._partner is not None:
            self._exchange.spawn(self._partner.press(digit))
        else:
            self._mailbox.put(Key(digit))

    async def press(self, digit: str) -> None:
        """Sends a key to this side."""
        if self.media is not None:
            await self.media.press(digit)

    def join(self, other: SipLeg) -> None:
        """From here on this side hears `other`, and nobody else; the call that led it is told it is gone."""
        self._partner = other
        self._mailbox.put(Gone("transferred"))
        self._limit_from_now()

    def end(self, reason: str, tell: bool = True) -> None:
        """Ends the call once.

        Args:
            reason: of `Gone`.
            tell: the other side does not know yet.
        """
        if self.over.is_set():
            return
        self.over.set()
        if self._limit:
            self._limit.cancel()
        if tell:
            self._say_goodbye()
        self._mailbox.put(Gone(reason))
        if self.progress and not self.progress.done():
            self.progress.set_result(0)
        self._exchange.ended(self)
        if self._partner is not None:
            self._partner.end("bye")

    def _say_goodbye(self) -> None:
        if self.dialog.state == DialogState.EARLY and self._incoming is not None:
            self._incoming.reject(480, "Temporarily Unavailable")
        elif self.dialog.state == DialogState.CONFIRMED:
            self._exchange.client.send_bye(self.dialog, self.peer)

    def _frame(self, pcm: bytes) -> None:
        held = self.remote is not None and self.remote.held
        if held:
            return
        if self.media and asyncio.get_running_loop().time() - self.media.heard_at > SILENT_SECONDS:
            self.end("lost")
        elif self._partner is None:
            self._mailbox.put(Sound(pcm))
        elif self._partner.media is not None:
            self._partner.media.send(pcm)

    def _rtp_key(self, digit: str) -> None:
        self.key(digit, "rtp")

    def _limit_from_now(self) -> None:
        if self._limit:
            self._limit.cancel()
        self._limit = asyncio.get_running_loop().call_later(self._exchange.longest, self.end, "limit")
