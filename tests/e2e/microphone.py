"""A microphone for Chromium: a wav that a scripted caller's voice speaks (espeak-ng what it has no recording of)."""

from __future__ import annotations

import ctypes
from pathlib import Path

import espeakng_loader
import numpy as np
import soundfile
import soxr

from yinling.caller.sounds import CLIPS, VOICES

RATE = 48000  # what a computer's microphone has
PAUSE = 1.0  # s before and after the sentence
SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS of speak_lib.h
SPEED = 1  # espeakRATE
UTF8 = 1  # espeakCHARS_UTF8
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def speak(text: str) -> np.ndarray:
    """A Mandarin sentence, at `RATE`, -1 to 1."""
    numbers = dict(reversed(row.split("\t")) for row in (CLIPS / "lines.tsv").read_text(encoding="utf-8").splitlines())
    if text not in numbers:
        return _espeak(text)
    sound, rate = soundfile.read(CLIPS / f"{VOICES[0]}-{numbers[text]}.ogg", dtype="float32")
    return soxr.resample(sound, rate, RATE)


def _espeak(text: str, words_a_minute: int = 150) -> np.ndarray:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    spoken: list[int] = []

    @CALLBACK
    def take(samples: ctypes._Pointer[ctypes.c_short], count: int, _events: int) -> int:
        spoken.extend(samples[:count] if samples else [])
        return 0

    library.espeak_SetSynthCallback(take)
    library.espeak_SetVoiceByName(b"cmn")
    library.espeak_SetParameter(SPEED, words_a_minute, 0)
    encoded = text.encode()
    library.espeak_Synth(encoded, ctypes.c_size_t(len(encoded) + 1), 0, 1, 0, UTF8, None, None)
    library.espeak_Synchronize()
    return soxr.resample(np.array(spoken, dtype=np.float32) / 32768, rate, RATE)


def microphone(path: Path, *sentences: str, pauses: float = PAUSE) -> Path:
    """Writes a wav of sentences with pauses around them."""
    silence = np.zeros(int(RATE * pauses), dtype=np.float32)
    parts = [silence]
    for sentence in sentences:
        parts += [speak(sentence), silence]
    soundfile.write(path, np.concatenate(parts), RATE, subtype="PCM_16")
    return path
