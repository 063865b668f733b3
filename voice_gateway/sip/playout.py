"""aiortp's adaptive playout, made to wait longer at once when packets come too late.

aiortp 0.8.0 deepens its buffer only after the depth has been wrong in one direction for half a second on end, which
under changing delays never comes: at 40 ms of jitter 18 % of the packets were too late. Here every late packet
deepens the buffer by what it was late, and the depth is given up again slowly.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from aiortp.codecs import Codec
from aiortp.playout import AdaptivePlayout

from voice_gateway.audio import FRAME_SAMPLES, RATE

LONGEST_MS = 200
"""Longest delay of the playout."""
FORGET_SECONDS = 10.0
"""After so long without a late packet the buffer may be one frame shallower."""


class Plain(Codec):
    """PCM that is decoded already, so that the playout need not know which law came over the wire."""

    name = "PCM"  # type: ignore[assignment]
    sample_rate = RATE  # type: ignore[assignment]
    samples_per_frame = FRAME_SAMPLES  # type: ignore[assignment]

    def encode(self, pcm: bytes) -> bytes:
        """As it is."""
        return pcm

    def decode(self, payload: bytes) -> bytes:
        """As it is."""
        return payload


class Playout(AdaptivePlayout):
    """Frames of 20 ms on a steady clock."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(Plain(), LONGEST_MS, now=now, clock_rate=RATE)
        self._deeper = 0
        self._learnt = 0
        self._learnt_at = now()

    @property
    def target_frames(self) -> int:
        """Frames to hold: what the jitter asks for, and what late packets have taught."""
        return min(self._max_frames, max(super().target_frames, 1 + self._learnt))

    @property
    def jitter_ms(self) -> float:
        """Present jitter (RFC 3550)."""
        return self._jitter_ms

    @property
    def playing(self) -> bool:
        """Whether there is a stream at present."""
        return self._head is not None

    def put(self, timestamp: int, payload: bytes) -> None:
        """Buffers a frame; one that comes too late deepens the buffer."""
        late = self.late_dropped
        super().put(timestamp, payload)
        if self.late_dropped > late and self._head is not None:
            behind = ((self._head - timestamp) & 0xFFFFFFFF) // FRAME_SAMPLES
            if behind < self._max_frames:  # older: a delay that waiting does not help
                self._deeper = max(self._deeper, behind)

    def tick(self) -> tuple[bytes, int] | None:
        """The next frame and its RTP time; None while there is no stream."""
        moment = self._now()
        if self._deeper and self._head is not None and len(self._frames) < self._max_frames:
            self._deeper -= 1
            self._learnt = min(self._learnt + 1, self._max_frames - 1)
            self._learnt_at = moment
            self.expansions += 1
            return self._conceal_pcm(), self._head
        self._deeper = 0
        if self._learnt and moment - self._learnt_at > FORGET_SECONDS:
            self._learnt -= 1
            self._learnt_at = moment
        return super().tick()

    def reset(self) -> None:
        """Forgets the stream, not what was learnt of the line."""
        super().reset()
        self._deeper = 0
