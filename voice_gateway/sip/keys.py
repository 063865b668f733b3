"""Keys of the telephone: telephone events in RTP (RFC 4733) and SIP INFO, each press told once."""

from __future__ import annotations

import re
import struct
from collections import deque
from collections.abc import Iterator

DIGITS = "0123456789*#"
"""Event codes 0 to 11 (RFC 4733 section 3.2)."""
PRESS_MS = 160
STEP_MS = 20
ENDS = 3
"""The last packet of an event is sent so often (RFC 4733 2.5.1.4)."""
VOLUME = 10
"""-dBm0."""
SAME_PRESS_SECONDS = 0.1
"""A sender that moves the timestamp within one press sends its packets closer together than this."""
TWICE_SECONDS = 0.5
"""A telephone that tells a press both ways tells it within this time."""
REMEMBERED = 16
MOST, MOST_SECONDS = 50, 10.0
"""So many presses within so many seconds: more than any hand or dialler makes; what is beyond is no press."""


class Presses:
    """Events heard in one call."""

    def __init__(self) -> None:
        self._recent: deque[int] = deque(maxlen=REMEMBERED)
        self._digit = ""
        self._ended = True
        self._at = 0.0

    def heard(self, timestamp: int, payload: bytes, now: float) -> str | None:
        """The digit, at the first packet of a press; None for the packets after it and for what is no key.

        Args:
            timestamp: RTP time, the same in every packet of one press.
            now: seconds on any steady clock.
        """
        if len(payload) < 4 or payload[0] >= len(DIGITS):
            return None
        digit, ended = DIGITS[payload[0]], bool(payload[1] & 0x80)
        new = timestamp not in self._recent
        same = digit == self._digit and not self._ended and now - self._at < SAME_PRESS_SECONDS
        if new:
            self._recent.append(timestamp)
        if not new and timestamp != self._recent[-1]:
            return None  # a late packet of an earlier press
        self._digit, self._ended, self._at = digit, ended, now
        return digit if new and not same else None


def packets(digit: str, milliseconds: int = PRESS_MS) -> Iterator[bytes]:
    """The payloads of one press, to be sent every 20 ms.

    Raises:
        ValueError: no such key.
    """
    code = DIGITS.index(digit)
    for passed in range(STEP_MS, milliseconds, STEP_MS):
        yield struct.pack("!BBH", code, VOLUME, passed * 8)
    for _ in range(ENDS):
        yield struct.pack("!BBH", code, 0x80 | VOLUME, milliseconds * 8)


def in_info(content_type: str, body: str) -> str | None:
    """The key in a SIP INFO (`application/dtmf-relay` or `application/dtmf`)."""
    kind = content_type.split(";")[0].strip().lower()
    if kind == "application/dtmf-relay":
        found = re.search(r"^\s*signal\s*=\s*([0-9*#])\s*$", body, re.IGNORECASE | re.MULTILINE)
        return found.group(1) if found else None
    if kind == "application/dtmf" and body.strip() in tuple(DIGITS):
        return body.strip()
    return None


class Once:
    """Keeps a press that is told both ways from counting twice, and a flood of them from counting at all."""

    def __init__(self) -> None:
        self._last = ("", "", 0.0)
        self._times: deque[float] = deque(maxlen=MOST)

    def take(self, digit: str, way: str, now: float) -> bool:
        """Whether this is a press of its own."""
        last, last_way, at = self._last
        if digit == last and way != last_way and now - at < TWICE_SECONDS:
            return False
        if len(self._times) == MOST and now - self._times[0] < MOST_SECONDS:
            return False
        self._last = (digit, way, now)
        self._times.append(now)
        return True
