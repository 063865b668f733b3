"""The bounded range of RTP ports: each call takes an even one with the odd one above it, and gives them back."""

from __future__ import annotations

import socket
from collections import deque


class NoPort(Exception):
    """All ports of the range are taken."""


class Ports:
    """Free pairs; the one longest unused goes first, so that stray packets of an old call meet no new one."""

    def __init__(self, host: str, first: int, last: int) -> None:
        """Args:
        host: address that the ports will be bound to.
        first, last: the range, both ends included.
        """
        self._host = host
        self._free = deque(range(first + first % 2, last, 2))
        self.total = len(self._free)

    @property
    def taken(self) -> int:
        """Pairs in use."""
        return self.total - len(self._free)

    def take(self) -> int:
        """An even port that can be bound, and the one above it.

        Raises:
            NoPort: there is none.
        """
        for _ in range(len(self._free)):
            port = self._free.popleft()
            if self._usable(port) and self._usable(port + 1):
                return port
            self._free.append(port)  # somebody else on this machine has it
        raise NoPort

    def give(self, port: int) -> None:
        """Takes a pair back."""
        self._free.append(port)

    def _usable(self, port: int) -> bool:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.bind((self._host, port))
            except OSError:
                return False
        return True
