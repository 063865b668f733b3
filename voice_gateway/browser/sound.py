"""A page's sound on its way to the call: bounded, brought to 8 kHz, cut into frames, without the page's own echo."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import soxr

from voice_gateway.audio import FRAME_BYTES, RATE, SILENCE

QUALITY = "MQ"
"""soxr's: stop band beyond 16 bits' needs of a telephone, little delay."""
AUDIBLE = 100.0
"""Root mean square (of 32768) from which sound of the loudspeaker can come back as an echo: about -50 dBFS."""
ECHO_SECONDS = 0.4
"""How long after it was sent sound may still come back: network, the page's buffer, loudspeaker, room, microphone."""


class Allowance:
    """So much a second, with some in reserve after a pause; what is beyond is refused."""

    def __init__(self, per_second: float, reserve: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._reserve = reserve
        self._clock = clock
        self._left = reserve
        self._at = clock()

    def take(self, amount: float = 1.0) -> bool:
        """Whether this much is still within it; then it is used up."""
        now = self._clock()
        self._left = min(self._reserve, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < amount:
            return False
        self._left -= amount
        return True


class Frames:
    """Turns pieces of any length and rate into frames of the gateway's form."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._stream = None if rate == RATE else soxr.ResampleStream(rate, RATE, 1, dtype="int16", quality=QUALITY)
        self._rest = b""

    def of(self, pcm: bytes) -> list[bytes]:
        """The frames that are complete with this piece.

        Args:
            pcm: 16-bit little-endian, an even number of bytes.
        """
        if self._stream:
            pcm = self._stream.resample_chunk(np.frombuffer(pcm, "<i2")).astype("<i2").tobytes()
        pcm = self._rest + pcm
        whole = len(pcm) - len(pcm) % FRAME_BYTES
        self._rest = pcm[whole:]
        return [pcm[at : at + FRAME_BYTES] for at in range(0, whole, FRAME_BYTES)]


class EchoGate:
    """Keeps the hotline from hearing itself where the browser takes no echo out: the caller is silent meanwhile.

    Speaking into a sentence is then not possible; keys are.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = 0.0

    def sent(self, pcm: bytes) -> None:
        """A frame goes to the loudspeaker."""
        samples = np.frombuffer(pcm, "<i2").astype(np.float32)
        if samples.size and float(np.sqrt(np.mean(samples**2))) >= AUDIBLE:
            self._until = self._clock() + ECHO_SECONDS

    def heard(self, pcm: bytes) -> bytes:
        """The caller's frame, silent while it may be an echo."""
        return SILENCE if self._clock() < self._until else pcm
