"""Who may ask, and how often: the operator token, requests of this machine, and generous limits."""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from fastapi import Request
from starlette.requests import HTTPConnection

from care.settings import settings
from web.refusals import Refusal

MAX_KEYS = 20_000  # least recently seen conversations and addresses are forgotten beyond this
TOKEN_TRIES = 30  # wrong tokens a minute from one address
SPEECHES = 120  # sentences a minute that one address may have read aloud
URGENT_FACTOR = 5  # how much further an emergency gets than anything else: so often is looked whether it is one
LONG_TEXT = 100  # characters; a longer text counts as several turns, for what it costs to understand


class Limiter:
    """Token buckets by key: each holds a minute's worth and fills evenly."""

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str, amount: int = 1) -> float:
        """Takes so much from the key's bucket; seconds to wait when it does not hold that, else 0."""
        now = self._now()
        amount = min(amount, self.per_minute)
        level, since = self._buckets.pop(key, (float(self.per_minute), now))
        level = min(self.per_minute, level + (now - since) * self.per_minute / 60)
        allowed = level >= amount
        self._buckets[key] = (level - amount if allowed else level, now)
        if len(self._buckets) > MAX_KEYS:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (amount - level) * 60 / self.per_minute

    def spent(self, key: str) -> bool:
        """Whether the key's bucket is empty now; takes nothing."""
        level, since = self._buckets.get(key, (float(self.per_minute), 0.0))
        return level + (self._now() - since) * self.per_minute / 60 < 1


class Guard:
    """The limits and rights of one app."""

    def __init__(self, is_emergency: Callable[[str], object]) -> None:
        """
        Args:
            is_emergency: tells from a text whether somebody is in danger; such a turn is not held up.
        """
        config = settings()
        self._is_emergency = is_emergency
        self._conversations = Limiter(config.rate_conversation)
        self._addresses = Limiter(config.rate_address)
        self._urgent = Limiter(config.rate_address * URGENT_FACTOR)
        self._wrong_tokens = Limiter(TOKEN_TRIES)
        self._calls = Limiter(config.sip_caller_rate)
        self._speeches = Limiter(SPEECHES)

    def trusted(self, request: HTTPConnection) -> bool:
        """Whether a request comes from our own services: with the operator token, or from this machine."""
        return self._has_token(request) or (settings().trust_local and _local(request))

    def operator(self, request: Request) -> None:
        """Lets an operator pass.

        Raises:
            Refusal: 401 without the right token, 429 after too many wrong ones.
        """
        address = address_of(request)
        if self._wrong_tokens.spent(address):
            raise Refusal(429, "token_rate", {"Retry-After": "60"})
        if not self._has_token(request):
            self._wrong_tokens.wait(address)
            raise Refusal(401, "token", {"WWW-Authenticate": "Bearer"})

    def turn(self, request: Request, conversation: str, text: str) -> None:
        """Lets a turn pass that is within the limits, or urgent.

        Raises:
            Refusal: 429 with the seconds to wait.
        """
        if self.trusted(request):
            return
        address, amount = address_of(request), 1 + len(text) // LONG_TEXT
        wait = max(self._conversations.wait(conversation, amount), self._addresses.wait(address, amount))
        if not wait or not self._urgent.wait(address, amount) and self._is_emergency(text):
            return
        raise Refusal(429, "rate", {"Retry-After": str(int(wait) + 1)})

    def may_call(self, connection: HTTPConnection) -> bool:
        """Whether one more call from this address may begin now."""
        return self.trusted(connection) or not self._calls.wait(address_of(connection))

    def speech(self, request: Request) -> None:
        """Lets a sentence pass that is to be read aloud.

        Raises:
            Refusal: 429 with the seconds to wait.
        """
        wait = 0.0 if self.trusted(request) else self._speeches.wait(address_of(request))
        if wait:
            raise Refusal(429, "rate", {"Retry-After": str(int(wait) + 1)})

    def _has_token(self, request: HTTPConnection) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        token = given.strip() if scheme.lower() == "bearer" else request.headers.get("x-operator-token", "")
        right = settings().token()
        return bool(right) and hmac.compare_digest(token.encode(), right.encode())  # an empty file is no token


def address_of(request: HTTPConnection) -> str:
    """The network address that limits count a request by; empty where there is none.

    Of IPv6 it is the network of a household (/64, RFC 6177), in which everybody can take as many addresses as they like.
    """
    address = _address(request)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), 64), strict=False))
    return request.client.host if request.client else ""


def _local(request: HTTPConnection) -> bool:
    address = _address(request)
    return address is not None and address.is_loopback


def _address(request: HTTPConnection) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
