"""What a line does to a voice before the hotline hears it: band, coding, noise, lost packets. Repeatable by its seed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import soxr
from aiortp.codecs import get_codec

from voice_gateway.audio import FRAME_SAMPLES, RATE
from voice_gateway.speaking.sound import stretched

PCMA = 8
BAND = (300.0, 3400.0)
"""Hz that a telephone passes (ITU-T G.712)."""
NOISE_DB = 12.0
"""Signal to noise of the noisy line: a kitchen, a street."""
LOST = 0.03
"""Share of packets lost on the bad line."""
Sound = np.ndarray
"""Mono, float, -1 to 1, 8 kHz."""


def load(path: str) -> Sound:
    """A sound file of any rate as 8 kHz mono."""
    import soundfile

    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return soxr.resample(samples.mean(axis=1), rate, RATE)


def pcm(sound: Sound) -> bytes:
    """The gateway's form of sound, filled up to whole frames."""
    samples = np.clip(sound * 32767, -32768, 32767).astype("<i2")
    return np.pad(samples, (0, -len(samples) % FRAME_SAMPLES)).tobytes()


def telephone(sound: Sound, _random: np.random.Generator) -> Sound:
    """The band of a telephone and A-law coding (ITU-T G.711)."""
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    spectrum[(hertz < BAND[0]) | (hertz > BAND[1])] = 0
    codec = get_codec(PCMA)
    coded = codec.decode(codec.encode(pcm(np.fft.irfft(spectrum, len(sound)))))
    return np.frombuffer(coded, "<i2")[: len(sound)].astype(np.float32) / 32767


def noisy(sound: Sound, random: np.random.Generator) -> Sound:
    """A telephone in a room with steady, low-pitched noise."""
    white = np.fft.rfft(random.standard_normal(len(sound)))
    noise = np.fft.irfft(white / np.sqrt(np.arange(1, len(white) + 1)), len(sound))
    loudness = np.sqrt(np.mean(sound**2) / (np.mean(noise**2) * 10 ** (NOISE_DB / 10)))
    return telephone(sound + noise * loudness, random)


def lossy(sound: Sound, random: np.random.Generator) -> Sound:
    """A telephone line that loses packets; what is lost is silent."""
    heard = telephone(sound, random).copy()
    for start in range(0, len(heard), FRAME_SAMPLES):
        if random.random() < LOST:
            heard[start : start + FRAME_SAMPLES] = 0
    return heard


def paced(factor: float) -> Callable[[Sound, np.random.Generator], Sound]:
    """A telephone with somebody who speaks slower (more than 1) or faster."""
    return lambda sound, random: telephone(stretched(sound, factor), random)


CONDITIONS: dict[str, Callable[[Sound, np.random.Generator], Sound]] = {
    "清晰": lambda sound, _random: sound,
    "电话": telephone,
    "噪声": noisy,
    "丢包": lossy,
    "说得慢": paced(1.3),
    "说得快": paced(0.8),
}
