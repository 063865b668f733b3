"""`voice render`: makes the clips of the prepared voice that are missing, and packs them.

The studio folder keeps one FLAC file per clip, named by the hash of text, voice and speed, so that an interrupted
rendering goes on where it stopped and a changed text renders only itself.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import soundfile
import soxr

from voice_gateway.speaking import readings
from voice_gateway.speaking.items import Item
from voice_gateway.speaking.kokoro import RATE as KOKORO_RATE
from voice_gateway.speaking.kokoro import Kokoro
from voice_gateway.speaking.sound import levelled, trimmed

VOICE = "zf_xiaobei"
"""Of the eight Mandarin voices the slowest and, over the telephone, the one our recogniser understood best."""
SPEED = 0.7
"""Of the voice's own: the slowest that still sounds natural; `pace` slows it further."""
MANNER = 2
"""Counts changes of how clips are made; one more has all of them rendered anew."""
STUDIO_RATE = 16000


def sha_of(item: Item, voice: str = VOICE, speed: float = SPEED) -> str:
    """What a clip is known by: text, manner, voice, speed, and readings that correct it."""
    identity = f"{item.text}|{item.flowing}|{voice}|{speed}|{MANNER}"
    if corrected := readings.used_in(item.text):
        identity += f"|{corrected}"
    return hashlib.sha256(identity.encode()).hexdigest()[:20]


def name_of(item: Item) -> str:
    """File name of a clip in the studio."""
    return sha_of(item) + ".flac"


def missing(items: Iterable[Item], studio: Path) -> list[Item]:
    """What the studio lacks."""
    return [item for item in items if not (studio / name_of(item)).exists()]


def render(items: Iterable[Item], model: Path, studio: Path, tell: Callable[[str, float], None]) -> int:
    """Renders what the studio lacks; gives back how many clips were made.

    Args:
        items: in the order wanted.
        model: folder of the voice model (see `kokoro.fetch`).
        studio: folder of the clips.
        tell: called with each text and its seconds.
    """
    studio.mkdir(parents=True, exist_ok=True)
    lacking = missing(items, studio)
    if not lacking:
        return 0
    voice = Kokoro(model, VOICE)
    for item in lacking:
        text = item.text if item.text.endswith("？") else item.text + ("，" if item.flowing else "。")
        sound = voice.speak(text, SPEED)
        clip = levelled(trimmed(soxr.resample(sound, KOKORO_RATE, STUDIO_RATE, "VHQ"), STUDIO_RATE))
        path = studio / name_of(item)
        draft = path.with_suffix(".part")
        soundfile.write(draft, np.clip(clip, -1, 1), STUDIO_RATE, format="FLAC", subtype="PCM_16")
        os.replace(draft, path)
        tell(item.text, len(clip) / STUDIO_RATE)
    return len(lacking)
