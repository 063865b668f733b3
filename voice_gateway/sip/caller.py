"""A telephone for tests, measurements and `yinling call`: calls the hotline, speaks, presses keys, hears, records."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
import soundfile
from aiosipua.dialog import DialogState
from aiosipua.headers import parse_uri
from aiosipua.incoming_call import IncomingCall
from aiosipua.outgoing_call import OutgoingCall
from aiosipua.refer import notify_refer
from aiosipua.utils import format_addr

from voice_gateway.audio import FRAME_BYTES, FRAME_SAMPLES, RATE, SILENCE
from voice_gateway.sip.admission import Networks
from voice_gateway.sip.agent import Addresses, Agent, Client, give_up, refuse_change
from voice_gateway.sip.media import Media
from voice_gateway.sip.outgoing import SIP_PORT, resolve
from voice_gateway.sip.sound import NAMES, Described, Unacceptable, understood
from voice_gateway.sip.transactions import Address
from voice_gateway.sip.transport import Udp

ANSWER_SECONDS = 30.0
NOT_IMPLEMENTED = 501
FULL_SCALE = 32767


class NotAnswered(Exception):
    """The call was refused or nobody answered; `status` is SIP's, 0 without any answer."""

    def __init__(self, status: int) -> None:
        super().__init__(f"not answered: {status}")
        self.status = status


@dataclass(frozen=True)
class Channel:
    """What a bad line does to the sound, both ways."""

    loss: float = 0.0
    """Share of packets lost."""
    jitter_ms: float = 0.0
    """Each packet comes later by a random part of this."""
    noise: float = 0.0
    """White noise added to what the caller says: root mean square as a part of full scale."""
    seed: int = 1


class _BadLine:
    """Applies a `Channel` to the packets of one call."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._random = random.Random(channel.seed)
        self._noise = np.random.default_rng(channel.seed)
        self.cut = False
        """Set at the end of the call: nothing that is still on its way is delivered any more."""

    def wrap(self, deliver: Callable[[bytes, Address], None]) -> Callable[[bytes, Address], None]:
        """The same delivery over the bad line."""

        def arrive(data: bytes, address: Address) -> None:
            if not self.cut:
                deliver(data, address)

        def send(data: bytes, address: Address) -> None:
            if self._random.random() < self._channel.loss:
                return
            delay = self._random.random() * self._channel.jitter_ms / 1000
            if delay:
                asyncio.get_running_loop().call_later(delay, arrive, data, address)
            else:
                arrive(data, address)

        return send

    def noisy(self, pcm: bytes) -> bytes:
        """A frame with the noise in it."""
        if not self._channel.noise:
            return pcm
        sound = np.frombuffer(pcm, "<i2") + self._noise.normal(0, self._channel.noise * FULL_SCALE, len(pcm) // 2)
        return np.clip(sound, -FULL_SCALE, FULL_SCALE).astype("<i2").tobytes()


class Caller:
    """One call: `async with Caller("sip:12349@127.0.0.1:5060") as call: await call.play(pcm)`.

    Sound is `voice_gateway.audio` PCM. Everything is timed from the answer: `seconds`, both tracks of `recording`, and
    the moments told to `on_far`. What comes from the far end passes the playout of a telephone (20 to 40 ms).
    """

    def __init__(
        self,
        target: str,
        *,
        number: str = "13800000001",
        host: str = "",
        channel: Channel | None = None,
        on_far: Callable[[bytes, float], None] | None = None,
        refer: int = NOT_IMPLEMENTED,
    ) -> None:
        """Args:
        target: SIP address of the hotline.
        number: shown as the caller's.
        host: own address; empty: the one that leads to the hotline.
        channel: makes the line bad.
        on_far: gets every 20 ms of the far end, and when.
        refer: how a transfer that the hotline asks for ends: 200 taken, 486 busy, …; 501: this telephone cannot.
        """
        self.gone = asyncio.Event()
        """Set when the call is over, whoever ended it."""
        self.referred_to: list[str] = []
        self._target, self._number, self._host = target, number, host
        self._line = _BadLine(channel or Channel())
        self._on_far = on_far
        self._refer = refer
        self._addresses = Addresses(host, "")
        self._transport = Udp((host, 0), Networks(["0.0.0.0/0", "::/0"]))
        self._client = Client(self._transport, self._addresses)
        self._agent = Agent(self._transport, self._client, lambda *_: (486, "Busy Here", {}))
        self._agent.on_bye = lambda *_: self.gone.set()
        self._agent.on_refer = self._asked_to_transfer if refer != NOT_IMPLEMENTED else None
        self._agent.on_reinvite = self._asked_to_change
        self._media: Media | None = None
        self._described: Described | None = None
        self._call: OutgoingCall | None = None
        self._saying: deque[bytes] = deque()
        self._said = asyncio.Event()
        self._said.set()
        self._near: list[bytes] = []
        self._far: list[bytes] = []

    async def __aenter__(self) -> Caller:
        try:
            await self.dial()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def dial(self, timeout: float = ANSWER_SECONDS) -> None:
        """Calls; returns when answered.

        Raises:
            NotAnswered
        """
        uri = parse_uri(self._target)
        address = await resolve(format_addr(uri.host.strip("[]"), uri.port or SIP_PORT))
        self._host = self._addresses.toward(address[0])
        self._transport.local_addr = (self._host, 0)
        await self._agent.start()
        self._media = await Media.open(self._host, 0, lambda host: True)
        assert self._media._rtp_transport is not None and self._media._rtp_transport._transport is not None
        port = self._media._rtp_transport._transport.get_extra_info("sockname")[1]
        self._described = Described(self._host, port)
        own = format_addr(*self._transport.local_addr)
        self._call = self._client.send_invite(
            f"sip:{self._number}@{own}",
            self._target,
            address,
            self._described.offer(),
            extra_headers={"Supported": "timer"},
        )
        try:
            await self._call.wait_answered(timeout)
            remote = understood(self._call.sdp_answer)
        except (TimeoutError, RuntimeError, Unacceptable) as error:
            give_up(self._client, self._call)
            raise NotAnswered(self._call._reject_code) from error
        transport = self._media._rtp_transport
        transport.send = self._line.wrap(transport.send)  # type: ignore[method-assign, assignment, arg-type]
        transport.datagram_received = self._line.wrap(self._media._receive)  # type: ignore[method-assign, assignment]
        self._media.agree(remote)
        self._media.on_frame = self._tick

    @property
    def codec(self) -> str:
        """PCMU or PCMA, as agreed."""
        return NAMES[self._media.remote.codec] if self._media and self._media.remote else ""

    @property
    def seconds(self) -> float:
        """Time since the answer, as the recording counts it."""
        return len(self._far) * FRAME_SAMPLES / RATE

    def _tick(self, far: bytes) -> None:
        near = self._line.noisy(self._saying.popleft() if self._saying else SILENCE)
        if not self._saying:
            self._said.set()
        if self._media is not None:
            self._media.send(near)
        moment = self.seconds
        self._near.append(near)
        self._far.append(far)
        if self._on_far is not None:
            self._on_far(far, moment)

    async def play(self, pcm: bytes) -> None:
        """Says something at its own pace, after what is being said; returns when it is said."""
        for at in range(0, len(pcm), FRAME_BYTES):
            self._saying.append(pcm[at : at + FRAME_BYTES].ljust(FRAME_BYTES, b"\0"))
        if self._saying:
            self._said.clear()
        await self._until(self._said)

    def hush(self) -> None:
        """Stops speaking at once."""
        self._saying.clear()
        self._said.set()

    async def press(self, digit: str, *, info: bool = False) -> None:
        """Presses a key: RFC 4733, or SIP INFO."""
        if self._media is None or self._call is None:
            return
        if info:
            body = f"Signal={digit}\r\nDuration=160\r\n"
            self._client.send_info(self._call.dialog, body, "application/dtmf-relay", self._call.remote_addr)
        else:
            await self._media.press(digit)

    async def hold(self, on: bool) -> bool:
        """Puts the far end on hold, or takes it back (re-INVITE); whether it agreed."""
        assert self._call is not None and self._described is not None
        offer = self._described.offer()
        if on and offer.audio:
            del offer.audio.attributes["sendrecv"]
            offer.audio.attributes["sendonly"] = []
        request = self._client.send_reinvite(self._call.dialog, offer, self._call.remote_addr)
        answer = await self._transport.requests.final(request)
        return answer is not None and answer.status_code < 300

    async def wait(self, seconds: float) -> None:
        """Listens for so long, or until the call is over."""
        try:
            async with asyncio.timeout(seconds):
                await self.gone.wait()
        except TimeoutError:
            return

    async def hang_up(self) -> None:
        """Ends the call; again and again without harm."""
        self.hush()
        if self._call is not None and not self.gone.is_set():
            self.gone.set()
            if self._call.dialog.state == DialogState.CONFIRMED:
                bye = self._client.send_bye(self._call.dialog, self._call.remote_addr)
                await self._transport.requests.final(bye)

    async def close(self) -> None:
        """Hangs up and gives everything back; the recording stays."""
        await self.hang_up()
        self._line.cut = True
        if self._media is not None:
            await self._media.close()
        await self._agent.stop()

    @property
    def recording(self) -> np.ndarray:
        """Both tracks since the answer, 8 kHz: column 0 what was said, column 1 what was heard."""
        tracks = [np.frombuffer(b"".join(part), "<i2") for part in (self._near, self._far)]
        return np.stack(tracks, axis=1)

    def save(self, path: Path) -> None:
        """Writes the recording as a stereo wav."""
        soundfile.write(path, self.recording, RATE, subtype="PCM_16")

    def quality(self) -> dict[str, float]:
        """What was measured of the far end's sound."""
        return self._media.quality() if self._media else {}

    async def _until(self, event: asyncio.Event) -> None:
        waits = {asyncio.ensure_future(event.wait()), asyncio.ensure_future(self.gone.wait())}
        _, open_ones = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in open_ones:
            wait.cancel()

    def _asked_to_transfer(self, call: IncomingCall, target: str) -> None:
        self.referred_to.append(target)
        if self._call is not None:
            call.dialog = self._call.dialog  # aiosipua's stand-in would count its requests from 1 again
        notify_refer(call, self._refer)

    def _asked_to_change(self, call: IncomingCall) -> None:
        try:
            remote = understood(call.sdp_offer)
        except Unacceptable:
            refuse_change(call, 488, "Not Acceptable Here")
            return
        assert self._described is not None and call.sdp_offer is not None and self._media is not None
        call.advertised_addr = self._transport.local_addr
        call.accept(self._described.answer(call.sdp_offer, remote))
        self._media.agree(remote)
