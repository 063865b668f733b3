"""Sound as the telephone needs it: edges trimmed, one loudness, the telephone's band, 8 kHz, slower at the same pitch.

Samples are float32 between -1 and 1, mono, until `pcm` makes 16-bit frames of them.
"""

from __future__ import annotations

import numpy as np
from python_stretch import Signalsmith

from voice_gateway.audio import FRAME_SAMPLES, RATE

LEVEL = 10 ** (-20 / 20)
"""Loudness of speech, RMS over the loud half of a clip, re full scale (ITU-T P.56 asks for about -20 to -26 dB)."""
LOUDER = 10 ** (6 / 20)
"""What `louder` adds."""
CEILING = 0.95
"""Highest peak; above `KNEE` peaks are bent, never cut."""
KNEE = 0.6
WINDOW = 0.02
"""Seconds of one loudness window."""
QUIET = 10 ** (-36 / 20)
"""Below this, relative to the loudest window, an edge is silence."""
MARGIN = 0.03
"""Seconds of silence kept at each edge, faded."""

BAND = (200.0, 3400.0)
"""Hz. ITU-T G.712 passes 300 to 3400; below, the lowest voices keep some of their body."""
TAPS = 127
BLOCK = 400
"""Samples of one stretching block, 50 ms: shorter than the library's own 120 ms, which blurs consonants (of sound
stretched by half our recogniser understood 8 % more)."""
SAME = 0.02
"""Change of length, as a share, that nobody hears."""


def _windows(sound: np.ndarray, rate: int) -> np.ndarray:
    """RMS of each window."""
    size = max(1, int(rate * WINDOW))
    count = max(1, len(sound) // size)
    padded = np.zeros(count * size, np.float32)
    padded[: min(len(sound), count * size)] = sound[: count * size]
    return np.sqrt((padded.reshape(count, size) ** 2).mean(1))


def loudness(sound: np.ndarray, rate: int) -> float:
    """RMS of the louder half of the windows; 0 for silence."""
    if not len(sound):
        return 0.0
    loud = np.sort(_windows(sound, rate))
    return float(np.sqrt((loud[len(loud) // 2 :] ** 2).mean()))


def trimmed(sound: np.ndarray, rate: int) -> np.ndarray:
    """The sound without the silence at its edges; short fades keep the cut inaudible."""
    sound = np.asarray(sound, np.float32)
    levels = _windows(sound, rate)
    heard = np.flatnonzero(levels > levels.max() * QUIET)
    if not len(heard) or not levels.max():
        return sound[:0]
    size, margin = int(rate * WINDOW), int(rate * MARGIN)
    first, last = max(0, heard[0] * size - margin), min(len(sound), (heard[-1] + 1) * size + margin)
    cut = sound[first:last].copy()
    fade = min(int(rate * 0.008), len(cut) // 2)
    if fade:
        ramp = np.linspace(0, 1, fade, dtype=np.float32)
        cut[:fade] *= ramp
        cut[-fade:] *= ramp[::-1]
    return cut


def levelled(sound: np.ndarray, rate: int = 16000, target: float = LEVEL) -> np.ndarray:
    """The sound at one loudness, its peaks bent where they would clip."""
    level = loudness(sound, rate)
    return bent(sound * (target / level)) if level > 1e-5 else sound


def bent(sound: np.ndarray) -> np.ndarray:
    """Peaks above the knee pressed softly under the ceiling; everything below is untouched."""
    size = np.abs(sound)
    over = size > KNEE
    if not over.any():
        return sound
    room = CEILING - KNEE
    soft = KNEE + room * np.tanh((size - KNEE) / room)
    return np.where(over, np.sign(sound) * soft, sound).astype(np.float32)


def pcm(sound: np.ndarray) -> bytes:
    """16-bit little-endian frames; the last one is filled with silence."""
    samples = (np.clip(sound, -1, 1) * 32767).astype("<i2")
    rest = -len(samples) % FRAME_SAMPLES
    return samples.tobytes() + bytes(2 * rest)


def silence(seconds: float) -> np.ndarray:
    """So much silence at the telephone's rate."""
    return np.zeros(int(seconds * RATE), np.float32)


def _band_filter() -> np.ndarray:
    """Windowed-sinc band-pass for `BAND`."""
    n = np.arange(TAPS) - (TAPS - 1) / 2
    low, high = (edge / RATE for edge in BAND)
    taps = 2 * high * np.sinc(2 * high * n) - 2 * low * np.sinc(2 * low * n)
    return (taps * np.hamming(TAPS)).astype(np.float32)


BAND_FILTER = _band_filter()


def banded(sound: np.ndarray) -> np.ndarray:
    """8 kHz sound in the telephone's band."""
    return np.convolve(sound, BAND_FILTER, "same").astype(np.float32) if len(sound) else sound


def stretched(sound: np.ndarray, factor: float) -> np.ndarray:
    """8 kHz sound `factor` times as long at the same pitch."""
    if not len(sound) or abs(factor - 1) < SAME:
        return sound
    stretcher = Signalsmith.Stretch()
    stretcher.configure(1, BLOCK, BLOCK // 4)
    stretcher.timeFactor = 1 / factor
    return np.asarray(stretcher.process(sound[None].astype(np.float32))[0], np.float32)
