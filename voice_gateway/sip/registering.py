"""Keeps the hotline registered with its trunk or PBX (RFC 3261 section 10); failures are logged and tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiosipua.auth import SipDigestAuth
from aiosipua.registration import Registration

from voice_gateway.sip.agent import USER_AGENT, Client
from voice_gateway.sip.transactions import GIVE_UP, Address

EXPIRES = 300
"""Seconds that we ask for."""
SHORTEST = 30
"""A registrar that grants less is asked again after this, not in a rush."""
FIRST_WAIT, LONGEST_WAIT = 5.0, 300.0
"""Seconds between attempts: doubled after each failure."""

log = structlog.get_logger(__name__)


class Registrar:
    """One registration, for as long as the line is open."""

    def __init__(
        self,
        client: Client,
        place: Callable[[], Awaitable[Address]],
        domain: str,
        user: str,
        password: str,
        number: str,
    ) -> None:
        """Args:
        place: finds the registrar's address; raises OSError.
        domain: of the address that is registered.
        user, password: credentials; also the user of that address.
        number: what the registrar is to call us by.
        """
        self.registered = asyncio.Event()
        self._client = client
        self._place = place
        self._domain, self._user, self._password, self._number = domain, user or number, password, number
        self._registration: Registration | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins; returns at once."""
        self._task = asyncio.get_running_loop().create_task(self._keep())

    async def stop(self) -> None:
        """Takes the registration back."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._registration and self.registered.is_set():
            self._client._registrations[self._registration.call_id] = self._registration  # it may be challenged
            self._registration.unregister()

    async def _keep(self) -> None:
        wait = FIRST_WAIT
        while True:
            fault = await self._once()
            if self.registered.is_set():
                wait = FIRST_WAIT
                self.registered.clear()
            log.warning("not_registered", registrar=self._domain, fault=fault, again_in=wait)
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)

    async def _once(self) -> str:
        """Registers and stays so as long as it lasts; what ended it."""
        try:
            address = await self._place()
        except OSError as error:
            return f"address: {error}"
        self._client.face(address)
        host, port = self._client._local_addr()
        over: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        registration = self._registration = Registration(
            self._client,
            f"sip:{self._user}@{self._domain}",
            address,
            expires=EXPIRES,
            auth=SipDigestAuth(self._user, self._password) if self._password else None,
            contact_uri=f"sip:{self._number}@{f'[{host}]' if ':' in host else host}:{port}",
            user_agent=USER_AGENT,
        )

        def lost(fault: str) -> None:
            if not over.done():
                over.set_result(fault)

        def registered(_: Registration) -> None:
            if not self.registered.is_set():
                log.info("registered", registrar=self._domain, seconds=registration.granted_expires)
            self.registered.set()
            if registration.granted_expires < SHORTEST:
                # aiosipua would refresh without a pause; here the next attempt comes after the usual one
                lost(f"granted only {registration.granted_expires} s")

        registration.on_registered = registered
        registration.on_failed = lambda _, status, reason: lost(f"{status} {reason}")
        registration.on_expired = lambda _: lost("expired")
        registration.register()
        try:
            if not await self._first_answer(over):
                return "no answer"
            return await over
        finally:
            self._drop(registration)

    async def _first_answer(self, over: asyncio.Future[str]) -> bool:
        came = asyncio.ensure_future(self.registered.wait())
        done, _ = await asyncio.wait({came, over}, timeout=GIVE_UP, return_when=asyncio.FIRST_COMPLETED)
        came.cancel()
        return bool(done)

    def _drop(self, registration: Registration) -> None:
        registration._cancel_timers()
        self._client._registrations.pop(registration.call_id, None)
