"""What the two sides of a call agree on about sound (SDP, RFC 4566 and 3264): G.711 and telephone events only."""

from __future__ import annotations

import time
from dataclasses import dataclass

from aiosipua.sdp import ConnectionData, MediaDescription, Origin, SdpMessage, TimingField, negotiate_sdp

from voice_gateway.audio import FRAME_MS
from voice_gateway.sip.admission import ip_of
from voice_gateway.sip.transactions import Address

PCMU, PCMA = 0, 8
NAMES = {PCMU: "PCMU", PCMA: "PCMA"}
PREFERENCE = (PCMA, PCMU)
"""A-law first: it is what the networks here carry (G.711)."""
KEYS = 101
"""Our payload type of telephone events (RFC 4733)."""
PROFILES = ("RTP/AVP", "RTP/AVPF")
LAST_PORT = 65534
"""The port above it is for RTCP."""


class Unacceptable(Exception):
    """The other side's description of its sound cannot be met; answered with 488."""


@dataclass(frozen=True)
class Remote:
    """What the other side said about its sound."""

    address: Address
    codec: int
    """PCMU or PCMA."""
    keys: int = KEYS
    """Its payload type of telephone events."""
    listening: bool = True
    """Whether it wants to hear us; False while it holds the call."""
    held: bool = False
    """Whether it put us on hold."""


def understood(sdp: SdpMessage | None) -> Remote:
    """What a description means for us.

    Raises:
        Unacceptable: no sound, no codec of ours, encryption, or an address that is none.
    """
    audio = sdp.audio if sdp else None
    if sdp is None or audio is None:
        raise Unacceptable("no audio")
    if audio.proto not in PROFILES:
        raise Unacceptable("profile")
    connection = audio.connection or sdp.connection
    host = ip_of(connection.address) if connection else None
    if host is None or host.is_multicast or not 0 < audio.port <= LAST_PORT:
        raise Unacceptable("address")
    codecs = [c.payload_type for c in audio.codecs if c.payload_type in NAMES and c.clock_rate == 8000]
    if not codecs:
        raise Unacceptable("codec")
    keys = [
        c.payload_type for c in audio.codecs
        if c.encoding_name.lower() == "telephone-event" and c.clock_rate == 8000 and 95 < c.payload_type < 128
    ]  # fmt: skip
    direction = audio.direction if audio.direction != "sendrecv" else _session_direction(sdp)
    away = direction in ("sendonly", "inactive") or host.is_unspecified  # c=0.0.0.0 is the hold of RFC 2543
    return Remote((str(host), audio.port), codecs[0], keys[0] if keys else KEYS, not away, away)


def _session_direction(sdp: SdpMessage) -> str:
    return next((d for d in ("sendonly", "recvonly", "inactive") if d in sdp.attributes), "sendrecv")


@dataclass
class Described:
    """Our own end of one call in SDP; the version counts on with every description (RFC 3264 section 8)."""

    host: str
    port: int
    version: int = 0

    def __post_init__(self) -> None:
        self._session = str(int(time.time()))

    def answer(self, offer: SdpMessage, remote: Remote) -> SdpMessage:
        """The answer to an offer that was understood."""
        answer, _ = negotiate_sdp(
            offer, self.host, self.port, [remote.codec], dtmf_payload_type=remote.keys, session_id=self._session
        )
        audio = answer.audio
        if audio is not None:
            audio.attributes["ptime"] = [str(FRAME_MS)]
            if remote.held and audio.direction == "sendrecv":
                del audio.attributes["sendrecv"]
                audio.attributes["recvonly"] = []
        return self._dated(answer)

    def offer(self) -> SdpMessage:
        """An offer of everything we speak."""
        formats = [str(c) for c in PREFERENCE] + [str(KEYS)]
        maps = [f"{c} {NAMES[c]}/8000" for c in PREFERENCE] + [f"{KEYS} telephone-event/8000"]
        attributes: dict[str, list[str]] = {
            "rtpmap": maps, "fmtp": [f"{KEYS} 0-15"], "ptime": [str(FRAME_MS)], "sendrecv": [],
        }  # fmt: skip
        kind = "IP6" if ":" in self.host else "IP4"
        return self._dated(
            SdpMessage(
                origin=Origin(session_id=self._session, addr_type=kind, address=self.host),
                session_name="-",
                connection=ConnectionData(addr_type=kind, address=self.host),
                timing=TimingField(),
                media=[MediaDescription("audio", self.port, "RTP/AVP", formats, attributes=attributes)],
            )
        )

    def _dated(self, sdp: SdpMessage) -> SdpMessage:
        self.version += 1
        sdp.origin.session_version = str(int(self._session) + self.version)
        return sdp
