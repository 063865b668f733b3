"""Delivery over UDP (RFC 3261 section 17), which aiosipua leaves to its user.

`Requests` sends what we ask again until it is answered; `Answers` remembers what we answered, so that a request that
is delivered twice is answered the same and acted upon once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from aiosipua import SipRequest, SipResponse
from aiosipua.headers import CSeq, stringify_cseq

T1 = 0.5
"""First interval of sending again, seconds (RFC 3261 17.1.1.1)."""
T2 = 4.0
"""Longest interval of sending again, seconds."""
GIVE_UP = 64 * T1
"""Seconds after which an exchange is over (timers B, F, H, J)."""
RINGING_LIMIT = 300.0
"""Seconds that an INVITE may ring before its exchange is forgotten."""
REMEMBERED = 4000
"""Answers kept at most; the oldest goes first."""

Address = tuple[str, int]
Put = Callable[[bytes, Address], None]
Key = tuple[str, str, str, str]


def _key(message: SipRequest | SipResponse, method: str = "") -> Key | None:
    """What names an exchange: branch, sent-by, Call-ID with CSeq number, method (RFC 3261 17.1.3, 17.2.3)."""
    vias, cseq = message.via, message.cseq
    if not vias or cseq is None:
        return None
    top = vias[0]
    return top.branch or "", f"{top.host}:{top.port}", f"{message.call_id} {cseq.seq}", method or cseq.method.upper()


@dataclass
class _Asked:
    """A request of ours on its way."""

    request: SipRequest
    raw: bytes
    address: Address
    outcome: asyncio.Future[SipResponse | None]
    """The final answer; None when none came."""
    interval: float
    timer: asyncio.TimerHandle | None = None
    spent: float = 0.0
    provisional: bool = False


class Requests:
    """Our requests, until they are answered."""

    def __init__(self, put: Put) -> None:
        self._put = put
        self._open: dict[Key, _Asked] = {}

    def send(self, request: SipRequest, address: Address) -> None:
        """Sends a request, again and again until an answer comes; an ACK once."""
        raw = bytes(request)
        self._put(raw, address)
        key = _key(request)
        if request.method == "ACK" or key is None:
            return
        loop = asyncio.get_running_loop()
        asked = self._open[key] = _Asked(request, raw, address, loop.create_future(), T1)
        asked.timer = loop.call_later(T1, self._again, key)

    def _again(self, key: Key) -> None:
        asked = self._open.get(key)
        if asked is None:
            return
        asked.spent += asked.interval
        invite = asked.request.method == "INVITE"
        if asked.spent >= (RINGING_LIMIT if invite and asked.provisional else GIVE_UP):
            self._close(key)
            return
        if not (invite and asked.provisional):
            self._put(asked.raw, asked.address)
        asked.interval = 2 * asked.interval if invite else min(2 * asked.interval, T2)
        asked.timer = asyncio.get_running_loop().call_later(asked.interval, self._again, key)

    def _close(self, key: Key) -> None:
        asked = self._open.pop(key)
        if asked.timer:
            asked.timer.cancel()
        if not asked.outcome.done():
            asked.outcome.set_result(None)

    def answered(self, response: SipResponse) -> bool:
        """Takes an answer in; whether it is news for the user of the exchange.

        Acknowledges refusals of an INVITE itself (RFC 3261 17.1.1.3).
        """
        key = _key(response)
        asked = self._open.get(key) if key else None
        if key is None or asked is None:
            return False
        if response.status_code < 200:
            asked.provisional = True
            return not asked.outcome.done()
        first = not asked.outcome.done()
        invite = asked.request.method == "INVITE"
        if invite and response.status_code >= 300:
            self._put(bytes(_acknowledgement(asked.request, response)), asked.address)
        if first:
            asked.outcome.set_result(response)
            if asked.timer:
                asked.timer.cancel()
            asked.timer = asyncio.get_running_loop().call_later(GIVE_UP, self._open.pop, key, None)
        return first or (invite and response.status_code < 300)

    async def final(self, request: SipRequest) -> SipResponse | None:
        """The final answer to a request that was sent; None when none comes."""
        key = _key(request)
        asked = self._open.get(key) if key else None
        return await asyncio.shield(asked.outcome) if asked else None

    def provisional(self, request: SipRequest) -> bool:
        """Whether the other side has said that it is at work on it."""
        key = _key(request)
        asked = self._open.get(key) if key else None
        return asked is not None and asked.provisional

    def stop(self) -> None:
        """Forgets everything."""
        for key in list(self._open):
            self._close(key)


def _acknowledgement(invite: SipRequest, response: SipResponse) -> SipRequest:
    ack = SipRequest(method="ACK", uri=invite.uri)
    ack.headers.append("Via", invite.headers.get("via")[0])
    ack.headers.set_single("From", invite.get_header("from") or "")
    ack.headers.set_single("To", response.get_header("to") or "")
    ack.headers.set_single("Call-ID", invite.call_id or "")
    cseq = invite.cseq
    ack.headers.set_single("CSeq", stringify_cseq(CSeq(seq=cseq.seq if cseq else 1, method="ACK")))
    ack.headers.set_single("Max-Forwards", "70")
    for route in invite.headers.get("route"):
        ack.headers.append("Route", route)
    return ack


@dataclass
class _Answered:
    """A request that was delivered to us."""

    routes: list[str]
    """Its Record-Route."""
    reply: bytes = b""
    address: Address = ("", 0)
    again: asyncio.TimerHandle | None = None
    """Sends the answer again."""
    end: asyncio.TimerHandle | None = None
    """Forgets it."""


class Answers:
    """What we answered, for a while."""

    def __init__(self, put: Put) -> None:
        self._put = put
        self._known: dict[Key, _Answered] = {}

    def is_new(self, request: SipRequest) -> bool:
        """Whether a request is delivered for the first time; otherwise the last answer is sent again."""
        method = request.method.upper()
        if method == "ACK":
            key = _key(request, "INVITE")
            if key in self._known:
                _stop(self._known[key].again)
            return True
        key = _key(request, method)
        if key is None:
            return True
        known = self._known.get(key)
        if known is not None:
            if known.reply:
                self._put(known.reply, known.address)
            return False
        while len(self._known) >= REMEMBERED:
            self._forget(next(iter(self._known)))
        known = self._known[key] = _Answered(list(request.headers.get("record-route")))
        keep = RINGING_LIMIT if method == "INVITE" else GIVE_UP
        known.end = asyncio.get_running_loop().call_later(keep, self._forget, key)
        return True

    def route(self, response: SipResponse) -> None:
        """Copies the way that a request came by into the answer (RFC 3261 12.1.1), which aiosipua leaves out."""
        key = _key(response)
        known = self._known.get(key) if key else None
        if known and 100 < response.status_code < 300 and "record-route" not in response.headers:
            for route in known.routes:
                response.headers.append("Record-Route", route)

    def replied(self, response: SipResponse, raw: bytes, address: Address) -> None:
        """Remembers an answer; a refusal after “trying” is sent again until it is acknowledged (17.2.1, timer G)."""
        key = _key(response)
        known = self._known.get(key) if key else None
        if known is None or key is None:
            return
        tried = bool(known.reply)
        known.reply, known.address = raw, address
        if key[3] == "INVITE" and response.status_code >= 300 and tried:
            self._repeat(known, T1, 0.0)

    def has_reply(self, request: SipRequest) -> bool:
        """Whether something was answered to it already."""
        key = _key(request, request.method.upper())
        return key in self._known and bool(self._known[key].reply)

    def _repeat(self, known: _Answered, interval: float, spent: float) -> None:
        def again() -> None:
            self._put(known.reply, known.address)
            if spent + interval < GIVE_UP:
                self._repeat(known, min(2 * interval, T2), spent + interval)

        known.again = asyncio.get_running_loop().call_later(interval, again)

    def _forget(self, key: Key) -> None:
        known = self._known.pop(key)
        _stop(known.again)
        _stop(known.end)

    def stop(self) -> None:
        """Forgets everything."""
        for key in list(self._known):
            self._forget(key)


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer:
        timer.cancel()
