"""The telephone line: takes calls, places calls, and keeps every limit; one per process."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from aiosipua import SipRequest
from aiosipua.dialog import DialogState
from aiosipua.headers import parse_uri
from aiosipua.incoming_call import IncomingCall
from aiosipua.sdp import SdpMessage

from care import clock
from care.logs import where
from care.settings import Settings
from voice_gateway.leg import Leg, Meanwhile
from voice_gateway.sip import keys, transfer
from voice_gateway.sip.admission import ADDRESS_FACTOR, Networks, Rate
from voice_gateway.sip.agent import Addresses, Agent, Client, Refusal, offered, refuse_change
from voice_gateway.sip.dialling import DialRefused, Permission, domestic
from voice_gateway.sip.leg import SipLeg
from voice_gateway.sip.media import Media
from voice_gateway.sip.outgoing import RING_SECONDS, Outgoing
from voice_gateway.sip.ports import NoPort, Ports
from voice_gateway.sip.registering import Registrar
from voice_gateway.sip.sound import Described, Remote, Unacceptable, understood
from voice_gateway.sip.transactions import Address
from voice_gateway.sip.transport import Udp

GOODBYE_SECONDS = 6.0
"""Running calls have so long to end when the line closes."""
FAREWELL_SECONDS = 0.5
"""Time for the last BYE to be answered."""

log = structlog.get_logger(__name__)


class Line:
    """All calls over SIP."""

    def __init__(
        self,
        on_call: Callable[[Leg], Awaitable[None]],
        settings: Settings,
        *,
        on_file: Callable[[str], bool] = lambda number: False,
        placed_today: Callable[[str], int] | None = None,
        other_calls: Callable[[], int] = lambda: 0,
    ) -> None:
        """Args:
        on_call: runs one whole call that came in; when it returns, the leg is hung up.
        settings: the `sip_`, `rtp_`, `operator_` and `outgoing_` ones.
        on_file: whether a number belongs to a person on file, so that it may be called.
        placed_today: calls placed to a number today by the records; without it only this process's own count.
        other_calls: calls on other lines, which share the limit `sip_calls`.
        """
        self._on_call = on_call
        self._other_calls = other_calls
        self._settings = settings
        self.permission = Permission(settings, clock.now, on_file, placed_today)
        self.longest = settings.sip_max_minutes * 60
        self.networks = Networks(settings.sip_peers)
        self.transport = Udp((settings.sip_host, settings.sip_port), self.networks)
        self.addresses = Addresses(settings.sip_host, settings.sip_public_host)
        self.client = Client(self.transport, self.addresses)
        self.agent = Agent(self.transport, self.client, self._admit)
        self.ports = Ports(settings.sip_host, settings.rtp_first, settings.rtp_last)
        self.outgoing = Outgoing(self, settings)
        self.registrar: Registrar | None = None
        self._callers = Rate(settings.sip_caller_rate)
        self._senders = Rate(settings.sip_caller_rate * ADDRESS_FACTOR)
        self._legs: dict[str, SipLeg] = {}
        """All that are not over, by Call-ID; also operators joined to a caller."""
        self._operators: set[SipLeg] = set()
        self._calls: dict[SipLeg, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._open = False
        self._wire()

    def _wire(self) -> None:
        agent = self.agent
        agent.on_invite = self._invited
        agent.on_reinvite = self._reinvited
        agent.on_update = self._updated
        agent.on_bye = lambda call, _: self._ended_there(call)
        agent.on_cancelled = lambda call_id: self._end(call_id, "cancelled")
        agent.on_ack = self._acknowledged
        agent.on_ack_timeout = self._unacknowledged
        agent.on_session_expired = lambda call: self._end(call.call_id, "lost")
        agent.on_info = self._informed
        agent.on_transfer_progress = self._progressed
        self.client.on_unknown = lambda call_id: self._end(call_id, "lost")

    # --- for the owner

    async def start(self) -> None:
        """Opens the line.

        Raises:
            OSError: the SIP port cannot be bound.
        """
        await self.agent.start()
        self._open = True
        settings = self._settings
        for trunk in {settings.sip_registrar, settings.sip_outbound} - {""}:
            self.spawn(self.outgoing.know(trunk))
        if settings.sip_registrar:
            self.registrar = Registrar(
                self.client,
                lambda: self.outgoing.trunk(settings.sip_registrar),
                parse_uri(f"sip:{settings.sip_registrar}").host,
                settings.sip_register_user,
                settings.sip_register_password,
                settings.sip_user,
            )
            self.registrar.start()

    async def stop(self) -> None:
        """Closes the line: no new calls; running ones are cancelled, so that they can say goodbye."""
        self._open = False
        for task in self._calls.values():
            task.cancel()
        ends = [asyncio.ensure_future(leg.closed.wait()) for leg in self._legs.values() if not leg.joined]
        if waiting := [*self._calls.values(), *ends]:  # calls that we placed are ended by those who placed them
            await asyncio.wait(waiting, timeout=GOODBYE_SECONDS)
        for end in ends:
            end.cancel()
        legs = list(self._legs.values())
        for leg in legs:
            leg.end("bye")
        if self.registrar:
            await self.registrar.stop()
        await asyncio.gather(*(leg.closed.wait() for leg in legs))
        if waiting or legs or self.registrar:
            await asyncio.sleep(FAREWELL_SECONDS)
        for task in self._tasks:
            task.cancel()
        await self.agent.stop()

    def running(self) -> list[Leg]:
        """The calls that are not over, those handed over through us included."""
        return [leg for leg in self._legs.values() if leg not in self._operators]

    async def dial(self, number: str) -> Leg:
        """Calls a person or an operator; returns when they have answered.

        Raises:
            DialRefused: the rules do not allow it.
            DialFailed: nobody took the call.
        """
        allowed = self.permission.check(number)
        if not self._open or self._full():
            raise DialRefused("capacity")
        return await self.outgoing.place(allowed, RING_SECONDS)

    def _full(self) -> bool:
        return len(self.running()) + self._other_calls() >= self._settings.sip_calls

    # --- for legs

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Runs something beside."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def joined(self, leg: SipLeg, operator: bool) -> None:
        """Takes in a leg that we placed and that was answered."""
        self._legs[leg.dialog.call_id] = leg
        if operator:
            self._operators.add(leg)

    async def open_media(self, port: int, remote: Remote | None) -> Media:
        """Sound on a port that was taken.

        Raises:
            OSError: it cannot be bound.
        """
        return await Media.open(self._settings.sip_host, port, self.networks.allow, remote)

    def ended(self, leg: SipLeg) -> None:
        """Clears up behind a leg that is over."""
        self._legs.pop(leg.dialog.call_id, None)
        self._operators.discard(leg)
        self.agent.forget(leg.dialog.call_id)
        self.spawn(self._close(leg))

    async def _close(self, leg: SipLeg) -> None:
        try:
            if leg.media is not None:
                await leg.media.close()
        finally:
            self.ports.give(leg.described.port)
            leg.closed.set()

    async def transfer(self, leg: SipLeg, target: str, meanwhile: Meanwhile | None = None) -> bool:
        """Hands a caller to a listed number, or without one to all of them in order; False when nobody took the call."""
        operators = self.permission.operators(target)
        if target and not operators:
            log.warning("transfer_not_listed")
        if leg.progress is not None:  # the other side is at it
            return False
        return await transfer.hand_over(self, leg, operators, meanwhile)

    # --- what the network says

    def _admit(self, request: SipRequest, addr: Address, sdp: SdpMessage | None) -> Refusal | None:
        if not self._open:
            return 503, "Service Unavailable", {"Retry-After": "60"}
        if parse_uri(request.uri).user not in {self._settings.sip_user, self._settings.sip_register_user or None}:
            return 404, "Not Found", {}
        if not self.networks.is_trunk(addr[0]) and not self._senders.take(addr[0]):
            return 503, "Service Unavailable", {"Retry-After": str(self._senders.wait(addr[0]))}
        caller = _caller(request)
        if caller and not self._callers.take(caller):
            return 486, "Busy Here", {}
        if self._full():
            return 486, "Busy Here", {}
        if sdp is not None:
            try:
                understood(sdp)
            except Unacceptable:
                return 488, "Not Acceptable Here", {}
        return None

    def _invited(self, call: IncomingCall) -> None:
        request = call.invite
        host = self.addresses.toward(call.source_addr[0])
        call.advertised_addr = (host, self.transport.local_addr[1])
        try:
            port = self.ports.take()
        except NoPort:
            call.reject(503, "Service Unavailable")
            self.agent.forget(call.call_id)
            return
        called = parse_uri(request.uri).user or ""
        leg = SipLeg(self, call.dialog, call.source_addr, Described(host, port), _caller(request), called)
        leg.expect(call, understood(call.sdp_offer) if call.sdp_offer else None, request.headers.get("allow"))
        self._legs[call.call_id] = leg
        if "100rel" not in (t.strip().lower() for t in request.headers.get("require")):
            call.ringing()
        task = asyncio.get_running_loop().create_task(self._run(leg))
        self._calls[leg] = task
        task.add_done_callback(lambda _: self._calls.pop(leg, None))

    async def _run(self, leg: SipLeg) -> None:
        try:
            await self._on_call(leg)
        except Exception as error:  # one call's fault ends that call only
            log.error("call_failed", leg=leg.id, error=where(error))
        finally:
            await leg.hang_up()

    def _reinvited(self, call: IncomingCall) -> None:
        call.advertised_addr = (self.addresses.toward(call.source_addr[0]), self.transport.local_addr[1])
        leg = self._legs.get(call.call_id)
        if leg is None:
            refuse_change(call, 481, "Call/Transaction Does Not Exist")
            return
        try:
            call.accept(leg.changed(offered(call.invite)))
        except Unacceptable:
            refuse_change(call, 488, "Not Acceptable Here")

    def _updated(self, call: IncomingCall, request: SipRequest) -> SdpMessage | None:
        leg = self._legs.get(call.call_id)
        sdp = offered(request)
        if leg is None or sdp is None:
            return None
        try:
            return leg.changed(sdp)
        except Unacceptable:
            return None

    def _acknowledged(self, call_id: str, sdp: SdpMessage | None) -> None:
        leg = self._legs.get(call_id)
        if leg is None or leg.remote is not None:
            return
        try:
            leg.agree(sdp)  # the offer was ours
        except Unacceptable:
            leg.end("error")

    def _unacknowledged(self, call: IncomingCall) -> None:
        call.dialog.state = DialogState.CONFIRMED  # so that BYE can be sent (RFC 3261 13.3.1.4)
        self._end(call.call_id, "lost")

    def _ended_there(self, call: IncomingCall) -> None:
        leg = self._legs.get(call.call_id)
        if leg is not None and not call._answered:  # BYE in place of CANCEL: the INVITE wants its answer too
            call.reject(487, "Request Terminated")
        if leg is not None:
            leg.end("bye", tell=False)

    def _end(self, call_id: str, reason: str) -> None:
        if leg := self._legs.get(call_id):
            leg.end(reason, tell=reason == "lost")

    def _informed(self, call_id: str, request: SipRequest) -> None:
        digit = keys.in_info(request.content_type or "", request.text)
        if digit and (leg := self._legs.get(call_id)):
            leg.key(digit, "info")

    def _progressed(self, call_id: str, status: int, reason: str) -> None:
        leg = self._legs.get(call_id)
        if leg and leg.progress and status >= 200 and not leg.progress.done():
            leg.progress.set_result(status)


def _caller(request: SipRequest) -> str:
    """The caller's number: as the network asserts it (RFC 3325), else as the telephone says."""
    for header in ("p-asserted-identity", "from"):
        found = re.search(r"(?:sips?|tel):([^@;>\s]+)", request.get_header(header) or "")
        if found and (number := domestic(found[1])):
            return number
    return ""
