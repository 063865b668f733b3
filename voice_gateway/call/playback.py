"""What the caller hears: one frame every 20 ms from answer to hang-up, speech when there is some, else comfort noise.

A speech can be stopped (the caller talks), held back for a moment and taken up from the beginning of its sentence
(it was only a cough), and watched: when something is owed to the caller and nothing has sounded for `DEAD_AIR`
seconds, the owner is told. Owns pacing only; what is said and why is the owner's business.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

import numpy as np

from voice_gateway.audio import FRAME_BYTES, FRAME_MS, FRAME_SAMPLES, RATE

FRAME = FRAME_MS / 1000
DEAD_AIR = 2.4
"""Seconds without sound, while something is owed, after which the owner is told: early enough for 3 s at most."""
SOFT_START = 0.4
"""Seconds more for speech that has begun and cannot be heard yet."""
BEHIND = 0.2
"""Seconds behind the pace from which it begins anew instead of catching up with a burst of frames."""
NOISE_LEVEL = 12
"""Comfort noise, as the spread of 16-bit samples (about -69 dB): the line sounds open, nobody is disturbed."""
NOISE_SECONDS = 2
AUDIBLE = 200
"""Peak of a 16-bit frame from which it can be heard on a telephone."""
RING_HERTZ = 450
RING_ON, RING_OFF = 1.0, 1.5
"""The ringing tone known to every caller in China (GB/T 3380: 450 Hz, 1 s on), with a pause below `DEAD_AIR`."""
RING_LEVEL = 2500


class Speech:
    """One thing to be said. Its pieces (sentences) come in while the first of them already sounds."""

    def __init__(self, text: str = "", interruptible: bool = True, on_start: Callable[[], None] | None = None) -> None:
        self.text = text
        self.interruptible = interruptible
        self.failed = False
        """Not all of it could be made."""
        self.interrupted = False
        self.started = False
        self.done = asyncio.Event()
        self._on_start = on_start
        self._pieces: list[bytes] = []
        self._loud: list[list[bool]] = []
        """Of each piece, whether its frames can be heard; the pauses within a speech are silence too."""
        self.audible = False
        """Whether the frame given last can be heard."""
        self._piece = 0
        self._at = 0
        self._closed = False
        self._ends: set[int] = set()
        """How many pieces there were when a text was over."""
        self._least: int | None = None
        """So many pieces are said; then nothing after the text that they belong to."""

    def feed(self, pcm: bytes) -> None:
        """Adds a piece; padded to whole frames."""
        if pcm:
            whole = pcm + bytes(-len(pcm) % FRAME_BYTES)
            peaks = np.abs(np.frombuffer(whole, "<i2").astype(np.int32)).reshape(-1, FRAME_SAMPLES).max(axis=1)
            self._pieces.append(whole)
            self._loud.append((peaks >= AUDIBLE).tolist())

    def close(self) -> None:
        """Nothing follows."""
        self._closed = True

    def text_over(self) -> None:
        """One of its texts is complete."""
        self._ends.add(len(self._pieces))

    def end_with_text(self) -> None:
        """Says nothing after the text that sounds; if none does yet, after the first."""
        self._least = max(1, self._piece + bool(self._at))

    @property
    def share(self) -> float:
        """How much of what is there was played, 0 to 1; 0 while more is to come."""
        whole = sum(map(len, self._pieces))
        if not self._closed or not whole:
            return 0.0
        return (sum(map(len, self._pieces[: self._piece])) + self._at) / whole

    def rewind(self) -> None:
        """Back to the beginning of the present piece."""
        self._at = 0

    def frame(self) -> bytes | None:
        """The next frame; none when nothing is there yet, or any more (then `done` is set)."""
        ended = self._least is not None and not self._at and self._piece >= self._least and self._piece in self._ends
        if ended or self._piece >= len(self._pieces):
            if ended or self._closed:
                self.done.set()
            return None
        piece = self._pieces[self._piece]
        taken = piece[self._at : self._at + FRAME_BYTES]
        self.audible = self._loud[self._piece][self._at // FRAME_BYTES]
        self._at += FRAME_BYTES
        if self._at >= len(piece):
            self._piece, self._at = self._piece + 1, 0
        if not self.started:
            self.started = True
            if self._on_start:
                self._on_start()
        return taken


class Playback:
    """The sender of one call.

    Args:
        send: takes one frame; keeps no pace itself.
        on_dead_air: told when something is owed and nothing has sounded for `DEAD_AIR` seconds.
    """

    def __init__(self, send: Callable[[bytes], None], on_dead_air: Callable[[], None]) -> None:
        self._send = send
        self._on_dead_air = on_dead_air
        self._queue: deque[Speech] = deque()
        self._paused = False
        self._owed = False
        self._quiet = 0.0
        self._noise = _noise()
        self._ring = _ring()
        self._count = 0
        self._audible = False
        self.ringing = False
        """Plays the ringing tone whenever nothing is said."""
        self.muted = False
        """Sends comfort noise only, and watches nothing (the line is on hold)."""
        self.ended = False
        """Sends nothing more: somebody else speaks with the caller now."""

    @property
    def speaking(self) -> Speech | None:
        """What is being said now."""
        return self._queue[0] if self._queue else None

    @property
    def quiet(self) -> float:
        """Seconds since anything could be heard."""
        return self._quiet

    @property
    def paused(self) -> bool:
        """Whether speech is held back."""
        return self._paused

    def play(self, speech: Speech, first: bool = False) -> None:
        """Says something after what is being said; `first`: before it."""
        self._queue.appendleft(speech) if first else self._queue.append(speech)

    def stop(self, everything: bool = False) -> None:
        """Drops what is being said, except what must not be interrupted (unless `everything`)."""
        for speech in list(self._queue):
            if everything or speech.interruptible:
                speech.interrupted = True
                speech.done.set()
                self._queue.remove(speech)
        self._paused = False

    def pause(self) -> None:
        """Holds speech back while the caller makes a sound."""
        self._paused = bool(self._queue) and self._queue[0].interruptible

    def resume(self) -> None:
        """Goes on from the beginning of the sentence that was broken off."""
        if self._paused and self._queue:
            self._queue[0].rewind()
        self._paused = False
        self._quiet = 0.0

    def owe(self, waited: float = 0.0) -> None:
        """The caller is waiting for us from now on; they have waited so many seconds already, unless something sounded since."""
        self._owed = True
        self._quiet = min(self._quiet, waited)

    def settled(self) -> None:
        """It is the caller's turn."""
        self._owed = False

    async def run(self) -> None:
        """Sends a frame every 20 ms until cancelled."""
        clock = asyncio.get_running_loop().time
        due = clock()
        while True:
            self.tick()
            due += FRAME
            if clock() - due > BEHIND:
                due = clock()
            await asyncio.sleep(max(0.0, due - clock()))

    def tick(self) -> None:
        """Sends the next frame."""
        if self.ended:
            return
        frame = None if self.muted else self._next()
        self._count += 1
        if self.muted or self._paused or (frame is not None and self._audible):
            self._quiet = 0.0
        else:
            self._quiet += FRAME
            if self._quiet >= (DEAD_AIR if frame is None else DEAD_AIR + SOFT_START) and (self._owed or self._queue):
                self._quiet = 0.0
                self._on_dead_air()
                frame = self._next()
        self._send(frame or self._noise[self._count % len(self._noise)])

    def _next(self) -> bytes | None:
        if self._paused:
            return None
        while self._queue:
            speech = self._queue[0]
            frame = speech.frame()
            if frame is not None:
                self._audible = speech.audible
                return frame
            if not speech.done.is_set():
                break
            self._queue.popleft()
        if self.ringing:
            self._audible = True
            return self._ring[self._count % len(self._ring)]
        return None


def _frames(samples: np.ndarray) -> list[bytes]:
    whole = samples.astype("<i2").reshape(-1, FRAME_SAMPLES)
    return [frame.tobytes() for frame in whole]


def _noise() -> list[bytes]:
    made = np.random.default_rng(1).normal(0, NOISE_LEVEL, NOISE_SECONDS * RATE)
    return _frames(np.rint(made))


def _ring() -> list[bytes | None]:
    at = np.arange(int(RING_ON * RATE)) / RATE
    edge = np.minimum(1.0, np.minimum(at, RING_ON - at) / 0.02)
    tone: list[bytes | None] = list(_frames(RING_LEVEL * edge * np.sin(2 * np.pi * RING_HERTZ * at)))
    return tone + [None] * round(RING_OFF / FRAME)
