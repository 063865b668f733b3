"""The sound of one call: RTP on a port of its own, a steady frame every 20 ms whatever the network does.

aiortp gives ports, sender, reports (RTCP) and packet parsing; this adds who may send, packets of
any length, both G.711 laws at any time, keys at their first packet, and silence where nothing comes or is to be said.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

import structlog
from aiortp import RTPSession
from aiortp.cn import parse_cn_payload
from aiortp.codecs import Codec, PcmaCodec, PcmuCodec
from aiortp.packet import RtpPacket, is_rtcp

from care.logs import where
from voice_gateway.audio import FRAME_BYTES, FRAME_MS, FRAME_SAMPLES, RATE, SILENCE
from voice_gateway.sip.admission import ip_of
from voice_gateway.sip.keys import PRESS_MS, Presses, packets
from voice_gateway.sip.playout import Playout
from voice_gateway.sip.sound import KEYS, PCMA, PCMU, Remote
from voice_gateway.sip.transactions import Address

COMFORT_NOISE = 13
"""Payload type (RFC 3389)."""
RECENT_PACKETS = 64
"""So many sequence numbers are remembered to tell a packet that comes twice."""
LONGEST_PACKET = 200 * RATE // 1000
"""Samples; a packet with more is no telephone's."""
QUIET_SECONDS = 0.2
"""After so long without a word from the call, silence is sent: gateways end a call that sends nothing."""
JUMP_SECONDS = 0.1
"""A pause longer than this moves the RTP time on and starts a new spurt (marker, RFC 3551 4.1)."""
MOVE_SECONDS = 1.0
"""Sound from another address is followed only when the known one has been silent for so long."""

log = structlog.get_logger(__name__)

LAWS: dict[int, Codec] = {PCMU: PcmuCodec(), PCMA: PcmaCodec()}


class Grid:
    """Cuts packets of any length into frames of 20 ms on one time line."""

    def __init__(self) -> None:
        self._base: int | None = None
        self._rest = b""

    def put(self, timestamp: int, pcm: bytes) -> list[tuple[int, bytes]]:
        """The frames that a packet completes: RTP time and FRAME_BYTES each."""
        if self._base is None:
            self._base = timestamp
        ahead = (timestamp - self._base) & 0xFFFFFFFF
        if ahead >= 1 << 31:  # older than what was cut already: the playout sorts whole frames, a part is lost
            behind = (1 << 32) - ahead
            return [(timestamp, pcm)] if len(pcm) == FRAME_BYTES and behind % FRAME_SAMPLES == 0 else []
        start, held = self._base, len(self._rest) // 2
        if ahead != held:  # packets are missing: what is held is filled up, the new one set where it belongs
            frames = [(start, self._rest.ljust(FRAME_BYTES, b"\0"))] if held else []
            whole = ahead - ahead % FRAME_SAMPLES
            start = (start + whole) & 0xFFFFFFFF
            data = bytes(2 * (ahead % FRAME_SAMPLES)) + pcm
        else:
            frames, data = [], self._rest + pcm
        end = len(data) - len(data) % FRAME_BYTES
        for at in range(0, end, FRAME_BYTES):
            frames.append(((start + at // 2) & 0xFFFFFFFF, data[at : at + FRAME_BYTES]))
        self._rest = data[end:]
        self._base = (start + end // 2) & 0xFFFFFFFF
        return frames


class Media(RTPSession):
    """RTP both ways for one call."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.on_frame: Callable[[bytes], None] = lambda pcm: None
        """Every 20 ms: what came (silence where nothing did)."""
        self.on_key: Callable[[str], None] = lambda digit: None
        self.admitted: Callable[[str], bool] = lambda host: True
        """Whether sound may come from, or go unasked to, an address."""
        self.remote: Remote | None = None
        self.heard_at: float = asyncio.get_running_loop().time()
        """When a packet came last (event loop's clock)."""
        self._playout: Playout = Playout()
        self._grid = Grid()
        self._recent: deque[int] = deque(maxlen=RECENT_PACKETS)
        self._presses = Presses()
        self._aimed: Address | None = None
        self._source: Address | None = None
        self._sent_at = self.heard_at
        self._rtp_time = 0
        self._pressing = asyncio.Lock()
        self._before = (0, 0)
        self._measured = (0, 0.0, 0.0)
        """Ticks of the playout; its delays and the jitter, summed."""

    @classmethod
    async def open(cls, host: str, port: int, admitted: Callable[[str], bool], remote: Remote | None = None) -> Media:
        """Binds the port (and the one above for RTCP); nothing is sent while the other side is unknown.

        Raises:
            OSError: a port cannot be bound.
        """
        media = await cls.create((host, port), (host, port), PCMA, playout=True, symmetric_rtp=True)
        media.admitted = admitted
        media._remote_addr = media._remote_rtcp_addr = None
        if remote:
            media.agree(remote)
        return media

    async def _bind_transports(self, local_addr: Address, remote_addr: Address) -> None:
        await super()._bind_transports(local_addr, remote_addr)
        for transport in (self._rtp_transport, self._rtcp_transport):
            # Our own door: no answers to STUN, nothing from strangers, no fault of a packet reaches the event loop.
            transport.datagram_received = self._receive  # type: ignore[union-attr, method-assign]
            transport.error_received = lambda exc: None  # type: ignore[union-attr, method-assign]
        self._rtp_time = self._sender.current_timestamp  # type: ignore[union-attr]

    def agree(self, remote: Remote) -> None:
        """Takes over what the other side said about its sound, at the beginning or later."""
        self.remote = remote
        self._codec = LAWS[remote.codec]
        self._sender._payload_type = self._payload_type = remote.codec  # type: ignore[union-attr]
        if remote.held or remote.address == self._aimed:
            return
        self._aimed, self._source = remote.address, None
        if self.admitted(remote.address[0]):
            self.update_remote(remote.address)
        else:  # sound goes to a stranger only after it came from there
            self._remote_addr = self._remote_rtcp_addr = None

    def _receive(self, data: bytes, addr: Address) -> None:
        if not self._expected(addr):
            return
        try:
            if is_rtcp(data):
                self._handle_rtcp(data, addr)
            else:
                self._handle_rtp(data, addr)
        except Exception as error:
            log.debug("rtp_unreadable", sender=addr[0], error=where(error))

    def _expected(self, addr: Address) -> bool:
        if self._source and ip_of(addr[0]) == ip_of(self._source[0]):
            return True
        if self._source and asyncio.get_running_loop().time() - self.heard_at < MOVE_SECONDS:
            return False
        described = self.remote is not None and ip_of(addr[0]) == ip_of(self.remote.address[0])
        return described or self.admitted(addr[0])

    def _handle_rtp(self, data: bytes, addr: Address) -> None:
        packet = RtpPacket.parse(data)
        now = asyncio.get_running_loop().time()
        kind = packet.payload_type
        if kind not in LAWS and kind != COMFORT_NOISE and kind not in self._key_types():
            return
        self._source, self.heard_at = addr[:2], now
        self._latch_rtp_addr(addr[:2])
        if packet.ssrc != self._remote_ssrc:
            self._keep_statistics()
            self._remote_ssrc_changed(packet.ssrc)
            self._playout.reset()
            self._grid = Grid()
            self._recent.clear()
        if packet.sequence_number in self._recent:
            return  # sent twice, or twice on the way
        self._recent.append(packet.sequence_number)
        self._stream_stats.add(packet)  # type: ignore[union-attr]
        if kind in self._key_types():
            self._playout.suppress()
            if digit := self._presses.heard(packet.timestamp, packet.payload, now):
                self.on_key(digit)
        elif kind == COMFORT_NOISE:
            self._playout.set_cn(parse_cn_payload(packet.payload), packet.timestamp)
        elif len(packet.payload) <= LONGEST_PACKET:
            for timestamp, pcm in self._grid.put(packet.timestamp, LAWS[kind].decode(packet.payload)):
                self._playout.put(timestamp, pcm)

    def _key_types(self) -> tuple[int, ...]:
        return (KEYS, self.remote.keys) if self.remote else (KEYS,)

    def _keep_statistics(self) -> None:
        if self._stream_stats is not None and self._stream_stats.max_seq is not None:
            packets_before, lost_before = self._before
            self._before = (
                packets_before + self._stream_stats.packets_received,
                lost_before + max(0, self._stream_stats.packets_lost),
            )
            self._stream_stats = None

    def _playout_tick(self) -> None:
        frame = self._playout.tick()
        if self._playout.playing:
            ticks, delays, jitters = self._measured
            self._measured = (ticks + 1, delays + self._playout.depth_ms, jitters + self._playout.jitter_ms)
        if asyncio.get_running_loop().time() - self._sent_at > QUIET_SECONDS:
            self.send(SILENCE)
        self.on_frame(frame[0] if frame else SILENCE)

    def send(self, pcm: bytes) -> None:
        """Sends a frame now; nothing while the other side does not listen or a key is being sent."""
        if self._sender is None or self._closed or self.remote is None or not self.remote.listening:
            return
        if self._pressing.locked():
            return
        now = asyncio.get_running_loop().time()
        pause = now - self._sent_at
        marker = 0
        if pause > JUMP_SECONDS:
            self._advance(int(pause * 1000 / FRAME_MS) * FRAME_SAMPLES - FRAME_SAMPLES)
            marker = 1
        self._sent_at = now
        self._sender.send_frame(self._codec.encode(pcm), self._rtp_time, marker, self._remote_addr)  # type: ignore[union-attr]
        self._advance(FRAME_SAMPLES)

    def _advance(self, samples: int) -> None:
        self._rtp_time = (self._rtp_time + samples) & 0xFFFFFFFF

    async def press(self, digit: str, milliseconds: int = PRESS_MS) -> None:
        """Sends a key (RFC 4733), in its real time; sound rests meanwhile."""
        async with self._pressing:
            begun = self._rtp_time
            for number, payload in enumerate(packets(digit, milliseconds)):
                if self._sender is None or self._closed or self.remote is None:
                    return
                self._sender.send_raw(self.remote.keys, payload, begun, int(number == 0), self._remote_addr)
                self._sent_at = asyncio.get_running_loop().time()
                self._advance(FRAME_SAMPLES)
                await asyncio.sleep(FRAME_MS / 1000)

    def quality(self) -> dict[str, float]:
        """What was measured of the sound that came: packets, lost, mean jitter and mean delay of the playout in ms."""
        received, lost = self._before
        if self._stream_stats is not None and self._stream_stats.max_seq is not None:
            received += self._stream_stats.packets_received
            lost += max(0, self._stream_stats.packets_lost)
        ticks, delays, jitters = self._measured
        return {
            "packets": received,
            "lost": lost,
            "jitter_ms": round(jitters / ticks, 1) if ticks else 0.0,
            "playout_ms": round(delays / ticks, 1) if ticks else 0.0,
        }
