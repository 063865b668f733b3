"""How a scripted caller sounds: recordings of a natural voice where there are some, else pyttsx3."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import soundfile
import soxr

from voice_gateway.audio import RATE
from voice_gateway.speaking.live import LiveSpeech
from yinling.caller.script import Line, ScriptError

CLIPS = Path(__file__).with_name("clips")
"""Short sentences of two neural voices that the speech model never heard in training (docs/licences.md)."""
VOICES = ("zm_yunxia", "zf_xiaoyi")
LIVE = "pyttsx3"
LIVE_RATE = 150
"""Words a minute as espeak-ng counts them."""


class Sounds:
    """The sound of every line of a script, made before the call."""

    def __init__(self, voice: str = VOICES[0]) -> None:
        """Args:
        voice: one of `VOICES`, or `LIVE` for pyttsx3 alone.

        Raises:
            ScriptError: there is no such voice.
        """
        if voice not in (*VOICES, LIVE):
            raise ScriptError(f"没有这个声音：{voice}。可选：{'、'.join((*VOICES, LIVE))}")
        self._voice = voice
        rows = (CLIPS / "lines.tsv").read_text(encoding="utf-8").splitlines()
        self._clips = {text: number for number, text in (row.split("\t") for row in rows)}
        self._made: dict[Line, bytes] = {}

    async def prepare(self, script: list[Line]) -> None:
        """Makes or reads every sound of a script.

        Raises:
            ScriptError: a sound file cannot be read.
        """
        live = LiveSpeech(children=1)
        try:
            for line in script:
                if line.sound:
                    self._made[line] = await asyncio.to_thread(read, Path(line.sound))
                elif line.say in self._clips and self._voice != LIVE:
                    path = CLIPS / f"{self._voice}-{self._clips[line.say]}.ogg"
                    self._made[line] = await asyncio.to_thread(read, path)
                elif line.say:
                    self._made[line] = _pcm(await live.speak(line.say, LIVE_RATE))
        finally:
            await live.close()

    def __call__(self, line: Line) -> bytes:
        return self._made[line]


def read(path: Path) -> bytes:
    """A sound file as telephone PCM.

    Raises:
        ScriptError: it cannot be read.
    """
    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise ScriptError(f"声音文件读不了：{path.name}（{error}）") from None
    return _pcm(soxr.resample(samples.mean(axis=1), rate, RATE))


def _pcm(sound: np.ndarray) -> bytes:
    return np.clip(sound * 32767, -32768, 32767).astype("<i2").tobytes()
