"""Calls that the hotline places: to people on file, and to operators as the second leg of a transfer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from aiosipua import SipRequest, SipResponse
from aiosipua.auth import SipDigestAuth, answer_challenge
from aiosipua.headers import parse_uri
from aiosipua.outgoing_call import OutgoingCall
from aiosipua.utils import format_addr

from care.settings import Settings
from voice_gateway.sip.agent import SESSION_SECONDS, USER_AGENT, give_up
from voice_gateway.sip.dialling import DialFailed, DialRefused, failure
from voice_gateway.sip.leg import SipLeg
from voice_gateway.sip.ports import NoPort
from voice_gateway.sip.sound import Described, Unacceptable
from voice_gateway.sip.transactions import Address

if TYPE_CHECKING:
    from voice_gateway.sip.line import Line

SIP_PORT = 5060
RING_SECONDS = 40.0
"""So long a person's telephone rings."""
REACHED_SECONDS = 6.0
"""Within this a telephone that is there has said anything at all; three deliveries of an INVITE."""

log = structlog.get_logger(__name__)


async def resolve(where: str) -> Address:
    """The address of `host[:port]`.

    Raises:
        OSError: there is none.
    """
    uri = parse_uri(f"sip:{where}")
    found = await asyncio.get_running_loop().getaddrinfo(uri.host.strip("[]"), uri.port or SIP_PORT)
    host, port = found[0][4][:2]
    return str(host), int(port)


def _authority(uri: str) -> str:
    parsed = parse_uri(uri)
    return format_addr(parsed.host.strip("[]"), parsed.port or SIP_PORT)


class Outgoing:
    """Places calls on a line; the rules of who may be called are applied before (`Permission`)."""

    def __init__(self, line: Line, settings: Settings) -> None:
        self._line = line
        self._settings = settings

        self._trunks: set[str] = set()
        """Addresses of our registrar and trunk, which alone are given proof of our password."""

    @property
    def _way(self) -> str:
        return self._settings.sip_outbound or self._settings.sip_registrar

    def uri(self, number: str, peer: Address) -> str:
        """The SIP address of a number: as listed, at our trunk, or where the caller comes from."""
        return number if number.startswith("sip:") else f"sip:{number}@{self._way or format_addr(*peer)}"

    async def trunk(self, where: str) -> Address:
        """The address of our registrar or trunk, or of an operator's own telephone; from now on it may call us.

        Raises:
            OSError: there is none.
        """
        address = await resolve(where)
        self._line.networks.add_trunk(address[0])
        if where in (self._settings.sip_registrar, self._settings.sip_outbound):
            self._trunks.add(address[0])
        return address

    def proof(self, challenge: SipResponse, request: SipRequest, host: str) -> dict[str, str]:
        """The header that answers a demand for our password; empty when we have none, or none for this host."""
        auth = self._auth(host)
        header = answer_challenge(auth, challenge, challenge.status_code, request.method, request.uri) if auth else None
        return dict([header]) if header else {}

    def _auth(self, host: str) -> SipDigestAuth | None:
        password = self._settings.sip_register_password
        if not password or host not in self._trunks:  # with a proof in hand a stranger could try passwords at leisure
            return None
        return SipDigestAuth(self._settings.sip_register_user or self._settings.sip_user, password)

    async def know(self, where: str) -> None:
        """Finds a trunk's address, if it can be found now."""
        try:
            await self.trunk(where)
        except OSError as error:
            log.warning("trunk_not_found", trunk=where, fault=str(error))

    async def place(self, number: str, ring_seconds: float, by: Address | None = None) -> SipLeg:
        """Calls a number that is known to be allowed; returns when it is answered.

        Args:
            number: digits, or a SIP address from the list of operators.
            ring_seconds: how long to wait.
            by: given for the second leg of a transfer, which without a trunk goes where the caller comes from.

        Raises:
            DialRefused: there is no way to this number, or no port left.
            DialFailed: nobody took the call.
        """
        if not (number.startswith("sip:") or self._way or by):
            raise DialRefused("no_trunk")
        uri = self.uri(number, by or ("", 0))
        try:
            # an operator's own address is let in like a trunk, so that it can hang up
            address = await self.trunk(_authority(uri) if number.startswith("sip:") else self._way or _authority(uri))
        except (OSError, ValueError) as error:
            raise DialFailed("unreachable") from error
        if by is None:
            self._line.permission.placed(number)
        try:
            port = self._line.ports.take()
        except NoPort as error:
            raise DialRefused("capacity") from error
        try:
            media = await self._line.open_media(port, None)
        except OSError as error:
            self._line.ports.give(port)
            raise DialFailed("error") from error
        try:
            leg = await self._ring(uri, number, address, port, ring_seconds)
        except BaseException:
            await media.close()
            self._line.ports.give(port)
            raise
        self._line.joined(leg, operator=by is not None)
        leg.begin(media)
        if leg.remote:
            media.agree(leg.remote)
        return leg

    async def _ring(self, uri: str, number: str, address: Address, port: int, ring_seconds: float) -> SipLeg:
        described = Described(self._line.client.face(address)[0], port)
        call = self._invite(uri, address, described)
        leg = SipLeg(self._line, call.dialog, address, described, "", number)
        call.on_session_expired = lambda _: leg.end("lost", tell=False)
        answered = False
        try:
            await self._wait(call, ring_seconds)
            leg.agree(call.sdp_answer)
            answered = True
        except TimeoutError as error:
            rang = self._line.transport.requests.provisional(call.invite)
            raise DialFailed("no_answer" if rang else "unreachable") from error
        except RuntimeError as error:
            raise DialFailed(failure(call._reject_code)) from error
        except Unacceptable as error:
            raise DialFailed("error") from error
        finally:
            if not answered:
                give_up(self._line.client, call)
        return leg

    async def _wait(self, call: OutgoingCall, ring_seconds: float) -> None:
        """Waits for an answer, not for long where nobody says anything."""
        first = min(REACHED_SECONDS, ring_seconds)
        try:
            await call.wait_answered(first)
        except TimeoutError:
            if ring_seconds <= first or not self._line.transport.requests.provisional(call.invite):
                raise
            await call.wait_answered(ring_seconds - first)

    def _invite(self, uri: str, address: Address, described: Described) -> OutgoingCall:
        settings, client = self._settings, self._line.client
        host, own_port = client.face(address)
        domain = (
            parse_uri(f"sip:{settings.sip_registrar}").host if settings.sip_registrar else format_addr(host, own_port)
        )
        call = client.send_invite(
            f"sip:{settings.sip_register_user or settings.sip_user}@{domain}",
            uri,
            address,
            described.offer(),
            extra_headers={
                "Supported": "timer",
                "Session-Expires": str(SESSION_SECONDS),
                "Allow": ", ".join(self._line.agent._handlers),
            },
            user_agent=USER_AGENT,
            auth=self._auth(address[0]),
        )
        call._session_expires_requested = SESSION_SECONDS  # kept when the call is asked for again with credentials
        return call
