"""The UDP port of the telephone: what comes in from outside passes this door before aiosipua sees it."""

from __future__ import annotations

import asyncio
import time

import structlog
from aiosipua import SipMessage, SipRequest, SipResponse
from aiosipua.transport import UdpSipTransport, _response_destination, _stamp_via_received, _UdpProtocol
from aiosipua.utils import generate_tag

from care.logs import where
from voice_gateway.sip.admission import REFUSALS_A_MINUTE, REFUSALS_ALTOGETHER, Networks, Rate, ip_of
from voice_gateway.sip.transactions import Address, Answers, Requests

LARGEST = 16 * 1024
"""Bytes of one SIP message; what is longer is no call of a telephone."""
COMPLAINT_SECONDS = 10.0
"""Faults from outside are logged so often at most, with their number."""

log = structlog.get_logger(__name__)


class QuietProtocol(_UdpProtocol):
    """aiosipua's protocol without its check of the transport's class.

    The selector transport of CPython 3.11 is no `asyncio.DatagramTransport`, so that aiosipua 0.7.1 fails its own
    assertion in every start (harmlessly: the transport is set elsewhere). `tests/unit/test_sip_transport.py` tells
    when upstream has mended it.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._owner._udp_transport = transport  # type: ignore[assignment]

    def error_received(self, exc: Exception) -> None:
        """A port that is not there (ICMP) is the other side's fault and said by the missing answer."""


class Udp(UdpSipTransport):
    """SIP over UDP that survives what strangers send, says nothing to them, and delivers each request once."""

    def __init__(self, local: Address, networks: Networks) -> None:
        super().__init__(local_addr=local)
        self.networks = networks
        self.requests = Requests(self._put)
        self.answers = Answers(self._put)
        self._refusals = Rate(REFUSALS_A_MINUTE)
        self._all_refusals = Rate(REFUSALS_ALTOGETHER)
        self._faults = 0
        self._complained = 0.0

    async def start(self) -> None:
        """Binds the port; `local_addr` then holds the real one.

        Raises:
            OSError: the port cannot be bound.
        """
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: QuietProtocol(self), local_addr=self.local_addr)
        self._udp_transport = transport
        self.local_addr = transport.get_extra_info("sockname")[:2]

    async def stop(self) -> None:
        """Closes the port."""
        self.requests.stop()
        self.answers.stop()
        await super().stop()

    def send(self, message: SipRequest | SipResponse, addr: Address) -> None:
        """Sends a message; a request again until it is answered."""
        if isinstance(message, SipRequest):
            self.requests.send(message, addr)
        else:
            self._put(bytes(message), addr)

    def send_reply(self, response: SipResponse) -> None:
        """Answers a request the way its Via says."""
        address = _response_destination(response)
        if address is None:
            return
        self.answers.route(response)
        raw = bytes(response)
        self.answers.replied(response, raw, address)
        self._put(raw, address)

    def _put(self, raw: bytes, addr: Address) -> None:
        # A port or host that the system refuses to take would close asyncio's transport for good; a host name would
        # stop the process while it is looked up.
        if self._udp_transport is None or ip_of(addr[0]) is None or not 0 < addr[1] <= 65535:
            return
        self._udp_transport.sendto(raw, (addr[0].strip("[]"), addr[1]))

    def _dispatch(self, data: bytes, addr: Address) -> None:
        if len(data) > LARGEST or not data.strip(b"\r\n\t \0"):  # too long, or a keep-alive (RFC 5626 4.4.1)
            return
        allowed = self.networks.allow(addr[0])
        if not allowed and not (self._refusals.take(addr[0]) and self._all_refusals.take("")):
            return
        try:
            message = SipMessage.parse(data)
            if not allowed:
                self._refuse(message, len(data), addr)
                return
            if isinstance(message, SipResponse):
                news = self.requests.answered(message)
            else:
                _stamp_via_received(message, addr)
                news = self.answers.is_new(message)
        except Exception as error:
            self._complain(addr, error)
            return
        if not news or self.on_message is None:
            return
        try:
            self.on_message(message, addr)
        except Exception as error:
            log.error("sip_failed", sender=addr[0], error=where(error))
            self._fail(message)

    def _fail(self, message: SipRequest | SipResponse) -> None:
        """Answers 500 where handling broke before an answer was given."""
        if isinstance(message, SipRequest) and message.method != "ACK" and not self.answers.has_reply(message):
            self.send_reply(refusal(message, 500, "Server Internal Error"))

    def _refuse(self, message: SipRequest | SipResponse, size: int, addr: Address) -> None:
        """Says 403 and nothing else to a stranger: never more bytes than it sent."""
        if isinstance(message, SipResponse) or message.method == "ACK":
            return
        raw = bytes(refusal(message, 403, "Forbidden"))
        if len(raw) <= size:
            self._put(raw, addr)

    def _complain(self, addr: Address, error: Exception) -> None:
        self._faults += 1
        if time.monotonic() - self._complained >= COMPLAINT_SECONDS:
            log.info("sip_unreadable", number=self._faults, last_sender=addr[0], error=where(error))
            self._complained, self._faults = time.monotonic(), 0


def refusal(request: SipRequest, status: int, reason: str, headers: dict[str, str] | None = None) -> SipResponse:
    """A refusal outside any call, with no more in it than must be."""
    response = SipResponse(status_code=status, reason_phrase=reason)
    for via in request.headers.get("via"):
        response.headers.append("Via", via)
    for name in ("From", "To", "Call-ID", "CSeq"):
        if value := request.get_header(name):
            if name == "To" and status != 100 and "tag=" not in value:
                value += f";tag={generate_tag()}"
            response.headers.set_single(name, value)
    for name, value in (headers or {}).items():
        response.headers.set_single(name, value)
    return response
