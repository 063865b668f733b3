"""Loudness, band, and slowness of what is spoken."""

import numpy as np
import pytest

from voice_gateway.audio import FRAME_BYTES
from voice_gateway.speaking.sound import LEVEL, LOUDER, banded, bent, levelled, loudness, pcm, stretched, trimmed

RATE = 8000


def voice(hertz=220.0, seconds=1.5, loud=0.2):
    """A voice-like tone: a row of overtones, swelling four times a second as syllables do."""
    t = np.arange(int(RATE * seconds)) / RATE
    tone = sum(np.sin(2 * np.pi * hertz * n * t) / n for n in range(1, 8))
    return (loud * tone / 2 * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * t))).astype(np.float32)


def pitch(sound):
    """Hertz by autocorrelation over the middle."""
    part = sound[len(sound) // 4 : len(sound) // 4 + 2400]
    found = np.correlate(part, part, "full")[len(part) - 1 :]
    return RATE / (20 + int(np.argmax(found[20:110])))


def decibels(ratio):
    return 20 * np.log10(ratio)


@pytest.mark.parametrize("factor", [0.8, 1.12, 1.5, 2.0])
def test_slower_and_faster_keep_the_pitch_and_change_the_length(factor):
    made = stretched(voice(), factor)
    assert len(made) == pytest.approx(factor * len(voice()), rel=0.02)
    assert pitch(made) == pytest.approx(pitch(voice()), rel=0.03)


def test_quiet_and_loud_clips_become_equally_loud():
    quiet, loud = (levelled(voice(loud=gain), RATE) for gain in (0.02, 0.7))
    assert decibels(loudness(quiet, RATE) / LEVEL) == pytest.approx(0, abs=1)
    assert decibels(loudness(quiet, RATE) / loudness(loud, RATE)) == pytest.approx(0, abs=1)


def test_louder_is_louder_and_never_clips():
    usual = levelled(voice(loud=0.9), RATE)
    more = bent(usual * LOUDER)
    assert np.abs(more).max() < 1
    assert decibels(loudness(more, RATE) / loudness(usual, RATE)) == pytest.approx(6, abs=1.5)
    samples = np.frombuffer(pcm(more), "<i2")
    assert np.abs(samples.astype(int)).max() < 32767


def test_only_the_band_of_the_telephone_is_left():
    hum, speech, hiss = (np.sin(2 * np.pi * hertz * np.arange(RATE) / RATE) for hertz in (50, 1000, 3900))
    assert loudness(banded(hum.astype(np.float32)), RATE) < 0.1
    assert loudness(banded(speech.astype(np.float32)), RATE) > 0.65
    assert loudness(banded(hiss.astype(np.float32)), RATE) < 0.1


def test_silence_around_speech_goes_and_silence_alone_is_nothing():
    padded = np.concatenate([np.zeros(RATE), voice(), np.zeros(RATE)])
    assert len(trimmed(padded, RATE)) == pytest.approx(len(voice()), abs=0.1 * RATE)
    assert not len(trimmed(np.zeros(RATE), RATE))


def test_sound_comes_in_whole_frames():
    assert len(pcm(voice(seconds=0.033))) == 2 * FRAME_BYTES
    assert pcm(np.zeros(0)) == b""
