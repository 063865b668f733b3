"""Keeps the sound of a call as a wav file, where a town has switched that on: left the caller, right the hotline."""

from __future__ import annotations

import asyncio
import os
import wave
from pathlib import Path
from typing import BinaryIO

from voice_gateway.audio import FRAME_SAMPLES, RATE, SILENCE

AT_ONCE = 250
"""Frames (5 s) that are written together."""


class SoundFile:
    """The file of one call. Written off the event loop; readable by the owner only."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._heard = SILENCE
        self._waiting: list[bytes] = []
        self._raw: BinaryIO | None = None
        self._file: wave.Wave_write | None = None
        self._writing = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def caller(self, pcm: bytes) -> None:
        """The caller's latest frame."""
        self._heard = pcm

    def hotline(self, pcm: bytes) -> None:
        """A frame that is sent; both sides go on by one frame."""
        self._waiting.append(_stereo(self._heard, pcm))
        self._heard = SILENCE
        if len(self._waiting) >= AT_ONCE:
            task = asyncio.create_task(self._flush())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self, keep: bool) -> None:
        """Finishes the file, or removes it."""
        await self._flush()
        await asyncio.to_thread(self._finish)
        if not keep:
            self._path.unlink(missing_ok=True)

    async def _flush(self) -> None:
        async with self._writing:
            frames, self._waiting = b"".join(self._waiting), []
            await asyncio.to_thread(self._write, frames)

    def _write(self, frames: bytes) -> None:
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            self._raw = os.fdopen(descriptor, "wb")
            self._file = wave.open(self._raw, "wb")  # noqa: SIM115 (open for the whole call)
            self._file.setnchannels(2)
            self._file.setsampwidth(2)
            self._file.setframerate(RATE)
        self._file.writeframes(frames)

    def _finish(self) -> None:
        if self._file and self._raw:
            self._file.close()
            self._raw.close()


def _stereo(left: bytes, right: bytes) -> bytes:
    both = bytearray(4 * FRAME_SAMPLES)
    for offset, side in ((0, left), (2, right)):
        both[offset::4], both[offset + 1 :: 4] = side[0::2], side[1::2]
    return bytes(both)
