"""Voice activity on real sound: silence, a telephone's noise, speech at several levels."""

from __future__ import annotations

import ctypes
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from care.settings import ROOT
from voice_gateway import audio
from voice_gateway.listening.activity import CHUNK_SECONDS, Activity, VoiceActivity

CLIP = ROOT / "yinling" / "caller" / "clips" / "zf_xiaoyi-00.ogg"


@pytest.fixture(scope="module")
def speech() -> np.ndarray:
    samples, rate = soundfile.read(CLIP, dtype="float32")
    heard = soxr.resample(samples, rate, audio.RATE)
    return heard / np.abs(heard).max()


def decided(sound: np.ndarray) -> list[Activity]:
    pcm = (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()
    voice = VoiceActivity()
    frames = [pcm[at : at + audio.FRAME_BYTES] for at in range(0, len(pcm), audio.FRAME_BYTES)]
    return [chunk for frame in frames for chunk in voice.feed(frame)]


def share(chunks: list[Activity]) -> float:
    return sum(chunk.voice for chunk in chunks) / len(chunks)


def test_silence_and_line_noise_are_no_voice() -> None:
    chance = np.random.default_rng(1)
    hum = 0.05 * np.sin(2 * np.pi * 50 * np.arange(3 * audio.RATE) / audio.RATE)
    assert share(decided(np.zeros(3 * audio.RATE))) == 0
    assert share(decided(0.03 * chance.standard_normal(3 * audio.RATE))) < 0.05
    assert share(decided(hum)) == 0


@pytest.mark.parametrize("level", [0.9, 0.2, 0.05])
def test_speech_is_voice_loud_or_soft(speech: np.ndarray, level: float) -> None:
    assert share(decided(level * speech)) > 0.4


def test_speech_over_a_noisy_line(speech: np.ndarray) -> None:
    noise = np.random.default_rng(2).standard_normal(len(speech) + audio.RATE)
    heard = np.concatenate((np.zeros(audio.RATE), 0.3 * speech)) + 0.01 * noise
    chunks = decided(heard)
    first = next(chunk for chunk in chunks if chunk.voice)
    assert 0.9 < first.end < 1.6
    assert share([chunk for chunk in chunks if chunk.end > 1.2]) > 0.4


def test_loud_noise_leaves_the_ear_awake(speech: np.ndarray) -> None:
    noise = np.random.default_rng(3).uniform(-1, 1, 8 * audio.RATE)
    chunks = decided(np.concatenate((noise, np.zeros(audio.RATE // 2), 0.4 * speech)))
    assert share([chunk for chunk in chunks if chunk.end < 8.5]) < 0.05
    assert share([chunk for chunk in chunks if chunk.end > 8.5]) > 0.4


def test_decisions_follow_the_clock_of_the_call(speech: np.ndarray) -> None:
    chunks = decided(speech)
    assert [chunk.end for chunk in chunks] == pytest.approx([(n + 1) * CHUNK_SECONDS for n in range(len(chunks))])
    assert chunks[-1].end == pytest.approx(len(speech) / audio.RATE, abs=0.1)


def test_a_decision_stays_on_its_own_thread(speech: np.ndarray) -> None:
    """Silero's library would otherwise keep other processors spinning for each call."""
    decided(speech)
    loaded = Path("/proc/self/maps").read_text().splitlines()
    library = next(line.split()[-1] for line in loaded if "silero" in line and "libgomp" in line)
    assert ctypes.CDLL(library).omp_get_thread_limit() == 1
