"""aiosipua's two sides of a SIP user agent, with what they leave open: requests that do not fit, INFO, addresses.

`Agent` takes requests (calls to us), `Client` places our own. Both are bound to the pinned aiosipua 0.7.1 and reach
into it where it offers no other way; the tests of this room run every such place.
"""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Callable
from typing import Any

import structlog
from aiosipua import SipRequest, SipResponse, SipUAC, SipUAS
from aiosipua.dialog import Dialog, DialogState, dialog_matches
from aiosipua.headers import stringify_uri
from aiosipua.incoming_call import IncomingCall
from aiosipua.message import missing_required_headers
from aiosipua.outgoing_call import OutgoingCall
from aiosipua.sdp import SdpMessage, parse_sdp
from aiosipua.uas_requests import handle_ack, handle_cancel

from voice_gateway.sip.admission import ip_of
from voice_gateway.sip.transactions import Address
from voice_gateway.sip.transport import Udp, refusal

USER_AGENT = "yinling"
SESSION_SECONDS = 1800
"""Session timer that we offer (RFC 4028)."""
KNOWN_EXTENSIONS = {"timer", "100rel"}
GONE = (408, 481)
"""Answers by which the other side disowns a call (RFC 3261 12.2.1.2)."""
SDP = "application/sdp"
OUTSIDE = ("203.0.113.1", 9)
"""A documentation address (RFC 5737): the way there is the way out of this machine. Nothing is sent."""

log = structlog.get_logger(__name__)

Refusal = tuple[int, str, dict[str, str]]


class Addresses:
    """Which of our addresses the other side can reach."""

    def __init__(self, bound: str, public: str) -> None:
        self._bound = bound
        self._public = public

    def toward(self, host: str) -> str:
        """Our address as seen from `host`: the configured one, the bound one, or the one that routes lead out by."""
        there = ip_of(host)
        if self._public and not (there and there.is_loopback):
            return self._public
        bound = ip_of(self._bound)
        if bound and not bound.is_unspecified:
            return self._bound
        return _way_out(host) or _way_out(OUTSIDE[0]) or "127.0.0.1"


def _way_out(host: str) -> str:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((host, OUTSIDE[1]))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def settle_body(message: SipRequest | SipResponse) -> None:
    """Leaves the SDP alone as the body: with parameters, in other letters, or among other parts (RFC 5621)."""
    kind = (message.content_type or "").lower()
    if kind.startswith(SDP):
        message.content_type = SDP
    elif kind.startswith("multipart/"):
        parsed = email.message_from_bytes(
            b"Content-Type: " + (message.content_type or "").encode() + b"\r\n\r\n" + message.body,
            policy=email.policy.default,
        )
        for part in parsed.walk():
            if part.get_content_type() == SDP:
                payload = part.get_payload(decode=True)
                message.body = payload if isinstance(payload, bytes) else b""
                message.content_type = SDP
                return


def offered(message: SipRequest | SipResponse) -> SdpMessage | None:
    """The sound that a message describes; None when it describes none.

    Raises:
        ValueError: it is unreadable.
    """
    return parse_sdp(message.text) if message.body and message.content_type == SDP else None


class Client(SipUAC):
    """Places calls; knows its own address toward every other side."""

    transport: Udp

    def __init__(self, transport: Udp, addresses: Addresses) -> None:
        super().__init__(transport)
        self._addresses = addresses
        self.on_unknown: Callable[[str], None] | None = None
        """Told the Call-ID when the other side no longer knows a call that we refresh (RFC 4028 section 10)."""

    def face(self, remote: Address) -> Address:
        """Names our address toward `remote` in what is sent next."""
        self.advertised_addr = (self._addresses.toward(remote[0]), self.transport.local_addr[1])
        return self.advertised_addr

    def _send_in_dialog(self, dialog: Dialog, method: str, remote_addr: Address, **more: Any) -> SipRequest:
        self.face(remote_addr)
        return super()._send_in_dialog(dialog, method, remote_addr, **more)

    def handle_response(self, response: SipResponse, addr: Address) -> None:
        """An answer to one of our requests."""
        call = self.get_call(response.call_id or "")
        cseq = response.cseq
        self.face(call.remote_addr if call else addr)
        if call and cseq and cseq.method.upper() == "INVITE" and 200 <= response.status_code < 300:
            settle_body(response)
            try:
                offered(response)
            except ValueError:
                response.body = b""  # acknowledged all the same; the caller finds no description and hangs up
            _adopt(call, response)
        method = cseq.method.upper() if cseq else ""
        change = method == "UPDATE" or (method == "INVITE" and call is not None and call._answered.is_set())
        if change and response.status_code in GONE and self.on_unknown is not None:
            self.on_unknown(response.call_id or "")
        if not (change and response.status_code >= 300):  # aiosipua takes a refused change for the end of the call
            super().handle_response(response, addr)


def _adopt(call: OutgoingCall, response: SipResponse) -> None:
    """Takes the other side's target, route and tag over (RFC 3261 12.1.2, 12.2.1.2), which aiosipua does not."""
    if response.contact:
        call.dialog.remote_target = stringify_uri(response.contact[0].uri)
    if not call._answered.is_set():
        call.dialog.route_set = list(reversed(response.headers.get("record-route")))
        if response.to_addr and response.to_addr.tag:
            call.dialog.remote_tag = response.to_addr.tag


class Agent(SipUAS):
    """Takes requests; refuses those that fit no call before anything is built for them."""

    transport: Udp
    uac: Client

    def __init__(
        self,
        transport: Udp,
        client: Client,
        admit: Callable[[SipRequest, Address, SdpMessage | None], Refusal | None],
    ) -> None:
        """Args:
        admit: judges a new call; its answer refuses it.
        """
        super().__init__(transport, user_agent=USER_AGENT, uac=client, session_expires=SESSION_SECONDS)
        self._admit = admit
        self._handlers["INFO"] = self._handle_info
        self._handlers["ACK"] = self._handle_ack
        self._handlers["CANCEL"] = self._handle_cancel
        self.on_info: Callable[[str, SipRequest], None] | None = None
        self.on_ack: Callable[[str, SdpMessage | None], None] | None = None
        self.on_cancelled: Callable[[str], None] | None = None

    def forget(self, call_id: str) -> None:
        """Drops what is kept of a call that is over."""
        call = self._calls.pop(call_id, None)
        if call is not None:
            call._stop_retransmissions()
            self._remove_invite_transaction(call.invite)
        self.uac.remove_call(call_id)

    def answer(self, request: SipRequest, status: int, reason: str, headers: dict[str, str] | None = None) -> None:
        """Answers a request that changes nothing in a call."""
        self.transport.send_reply(refusal(request, status, reason, headers))

    def _handle_request(self, request: SipRequest, addr: Address) -> None:
        fault = self._fault(request, addr)
        if fault is None:
            super()._handle_request(request, addr)
        elif request.method.upper() != "ACK":
            self.answer(request, *fault)

    def _fault(self, request: SipRequest, addr: Address) -> Refusal | None:
        """What is wrong with a request before it reaches any call; None when nothing is."""
        if missing_required_headers(request):
            return 400, "Missing Required Header", {}
        settle_body(request)
        try:
            cseq, to = request.cseq, request.to_addr
            _ = request.from_addr, request.contact
            sdp = offered(request)
        except ValueError:
            return 400, "Bad Request", {}
        if cseq is None or to is None or cseq.method.upper() != request.method.upper():
            return 400, "Bad CSeq", {}
        if request.method.upper() != "INVITE":
            return None
        known = self._find_dialog(request.call_id or "")[1]
        if to.tag:
            if known is None or known.state == DialogState.TERMINATED:
                return 481, "Call/Transaction Does Not Exist", {}
            return None if known.state == DialogState.CONFIRMED else (491, "Request Pending", {})
        if known:  # the same call by another way, RFC 3261 8.2.2.2
            return 482, "Loop Detected", {}
        unknown = {t.strip().lower() for t in request.headers.get("require")} - KNOWN_EXTENSIONS
        if unknown:
            return 420, "Bad Extension", {"Unsupported": ", ".join(sorted(unknown))}
        return self._admit(request, addr, sdp)

    def _handle_ack(self, request: SipRequest, addr: Address) -> None:
        call = self.get_call(request.call_id or "")
        handle_ack(self, request, addr)
        if self.on_ack is not None and call is not None and dialog_matches(call.dialog, request):
            self.on_ack(call.call_id, offered(request))

    def _handle_cancel(self, request: SipRequest, addr: Address) -> None:
        vias = request.via
        begun = self.transactions.get_server(vias[0].branch or "", "INVITE") if vias else None
        call_id = begun.request.call_id or "" if begun and begun.request else ""
        call = self.get_call(call_id)
        if call is not None and call._answered:  # too late: no effect (RFC 3261 9.2)
            self.transport.send_reply(call.dialog.create_response(request, 200, "OK"))
            return
        handle_cancel(self, request, addr)
        if call is not None and self.on_cancelled is not None:
            self.on_cancelled(call_id)

    def _handle_info(self, request: SipRequest, addr: Address) -> None:
        _, dialog = self._find_dialog(request.call_id or "")
        if dialog is None:
            self.answer(request, 481, "Call/Transaction Does Not Exist")
        elif self._validate_in_dialog(dialog, request):
            self.answer(request, 200, "OK")
            if self.on_info is not None:
                self.on_info(request.call_id or "", request)


def refuse_change(call: IncomingCall, status: int, reason: str) -> None:
    """Refuses a re-INVITE; the call goes on as it was (RFC 3261 14.2)."""
    if call.transport is not None:
        call.transport.send_reply(call.dialog.create_response(call.invite, status, reason))


def give_up(client: Client, call: OutgoingCall) -> None:
    """Takes back a call that was not answered yet; an answer that crosses is followed by BYE (RFC 3261 9.1, 15)."""

    def end(answered: OutgoingCall) -> None:
        answered.dialog.state = DialogState.CONFIRMED
        client.send_bye(answered.dialog, answered.remote_addr)

    if call.dialog.state == DialogState.CONFIRMED:
        end(call)
        return
    if call.dialog.state == DialogState.TERMINATED:
        return
    client.send_cancel(call)
    client._calls[call.call_id] = call  # aiosipua forgets it here and would leave a crossing answer unheard
    call.on_answer = end
