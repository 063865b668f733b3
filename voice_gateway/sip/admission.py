"""Who may talk to the telephone, and how often: the allowed networks and the rate of calls."""

from __future__ import annotations

import ipaddress
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import lru_cache

MINUTE = 60.0
ADDRESS_FACTOR = 6
"""An address may begin so many times as many calls a minute as one caller: a PBX speaks for many."""
REFUSALS_A_MINUTE = 6
"""Answers of 403 that one foreign address gets in a minute; then silence, so that forged senders gain nothing."""
REFUSALS_ALTOGETHER = 120
"""Answers of 403 that all foreign addresses together get in a minute."""
TRACKED = 5000
"""Callers and addresses remembered at most."""

IP = ipaddress.IPv4Address | ipaddress.IPv6Address


@lru_cache(4096)
def ip_of(host: str) -> IP | None:
    """The address that a text spells; None for a host name or nonsense. IPv4 within IPv6 is given as IPv4."""
    try:
        found = ipaddress.ip_address(host.strip("[]").split("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


class Networks:
    """The allowed networks and, added while running, the trunks that we use ourselves."""

    def __init__(self, networks: Iterable[str]) -> None:
        """Raises ValueError when an entry is no network."""
        self._networks = [ipaddress.ip_network(text, strict=False) for text in networks]
        self._trunks: set[IP] = set()

    def add_trunk(self, host: str) -> None:
        """Lets the address of our registrar or outgoing trunk in."""
        if found := ip_of(host):
            self._trunks.add(found)

    def is_trunk(self, host: str) -> bool:
        """Whether this is the address of our own trunk."""
        return ip_of(host) in self._trunks

    def allow(self, host: str) -> bool:
        """Whether this address may talk to us."""
        found = ip_of(host)
        if found is None:
            return False
        return found in self._trunks or any(found.version == n.version and found in n for n in self._networks)


class Rate:
    """At most so many events a minute for each name."""

    def __init__(self, limit: int, now: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._now = now
        self._seen: dict[str, deque[float]] = {}

    def take(self, name: str) -> bool:
        """Counts one event; False when the limit is reached (which then is not counted)."""
        moment = self._now()
        times = self._seen.pop(name, None) or deque()
        self._seen[name] = times  # the most recent last: the forgotten ones are the oldest
        while len(self._seen) > TRACKED:
            self._seen.pop(next(iter(self._seen)))
        while times and moment - times[0] >= MINUTE:
            times.popleft()
        if len(times) >= self.limit:
            return False
        times.append(moment)
        return True

    def wait(self, name: str) -> int:
        """Seconds until `name` may try again."""
        times = self._seen.get(name)
        return max(1, round(MINUTE - (self._now() - times[0]))) if times else 1
