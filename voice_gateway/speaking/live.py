"""Live speech: pyttsx3 on espeak-ng in child processes that are restarted when they hang or die.

Every result is checked (frames, length against the text, not silent) and made again where it is not good. What was
said lately is kept in memory only, by voice, rate and text: it holds names and addresses, and making it anew takes
tens of milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import soxr
import structlog
from pypinyin import pinyin

from voice_gateway.audio import RATE
from voice_gateway.speaking import readings
from voice_gateway.speaking.ear_text import hanzi
from voice_gateway.speaking.sound import banded, levelled, loudness, trimmed

log = structlog.get_logger(__name__)

VOICES = {"cmn": "sit/cmn", "yue": "sit/yue"}
COMMAND = (sys.executable, "-P", str(Path(__file__).with_name("live_child.py")))
"""By its file, not as a module: a child needs nothing of the product, and is up in a fifth of a second."""
CHILDREN = 2
TRIES = 3
START_SECONDS = 15.0
"""Longest that a child may take to start."""
JOB_SECONDS = 4.0
"""Longest that a child may take for one text; the slowest measured took 0.2 s."""
LONGEST = 120
"""Hanzi that are given to a child at once; espeak-ng loses its way in longer texts."""
HANZI_OF_RATE = {"cmn": 1.23, "yue": 1.48}
"""Hanzi a minute that espeak-ng speaks for each unit of its rate, within a clause (median of 539 clauses of ours)."""
SHORTEST, LONGEST_SPOKEN, SLACK = 0.4, 2.2, 0.4
"""Believable length of a result, as shares of what the text should take, and seconds on top; else something went wrong."""
SILENT = 1e-3
"""RMS below which a result is silence."""
KEPT = 400
"""Texts whose sound is kept in memory."""
SLOWEST, FASTEST = 80, 350
"""Rates that espeak-ng takes."""


class LiveFailed(Exception):
    """No child could say it."""


class LiveSpeech:
    """Speaks any text, in Mandarin or Cantonese.

    Args:
        command: what a child is started with.
        children: how many work beside each other; each does one job at a time.
        job_seconds: after which a child counts as hung.
        kept: texts whose sound is kept in memory.
    """

    def __init__(
        self, command: Sequence[str] = COMMAND, children: int = CHILDREN, job_seconds: float = JOB_SECONDS,
        kept: int = KEPT,
    ) -> None:  # fmt: skip
        self._children = [_Child(command, job_seconds) for _ in range(children)]
        self._free: asyncio.Queue[_Child] = asyncio.Queue()
        for child in self._children:
            self._free.put_nowait(child)
        self._kept: OrderedDict[tuple[str, int, str], np.ndarray] = OrderedDict()
        self._most_kept = kept

    @property
    def pids(self) -> list[int]:
        """The children that run."""
        return [child.pid for child in self._children if child.pid]

    async def warm(self) -> None:
        """Starts the children."""
        await asyncio.gather(*(child.start() for child in self._children), return_exceptions=True)

    async def close(self) -> None:
        """Ends the children."""
        await asyncio.gather(*(child.stop() for child in self._children))

    async def speak(self, text: str, rate: int, accent: str = "cmn") -> np.ndarray:
        """The sound of a text for the ear: float32, 8 kHz, trimmed and levelled.

        Args:
            text: hanzi and marks, a clause or a few.
            rate: words a minute as espeak-ng counts them.
            accent: `cmn` or `yue`.

        Raises:
            LiveFailed: after several tries.
        """
        key = (accent, rate, text)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        parts = [await self._part(part, rate, accent) for part in _parts(text)]
        sound = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        self._kept[key] = sound
        while len(self._kept) > self._most_kept:
            self._kept.popitem(last=False)
        return sound

    async def _part(self, text: str, rate: int, accent: str) -> np.ndarray:
        rate = max(SLOWEST, min(FASTEST, rate))
        spoken = _readable(text, accent)
        if not hanzi(spoken):
            return np.zeros(0, np.float32)
        request = {"text": spoken, "voice": VOICES[accent], "rate": rate}
        fault = ""
        for _ in range(TRIES):
            child = await self._free.get()
            try:
                sample_rate, sound = await child.ask(request)
            except LiveFailed as error:
                fault = str(error)
                continue
            finally:
                self._free.put_nowait(child)
            clip = _checked(sound, sample_rate, hanzi(text) * 60 / (rate * HANZI_OF_RATE[accent]))
            if clip is not None:
                return clip
            fault = "no usable sound"
            log.warning("live_speech_unusable", bytes=len(sound), hanzi=hanzi(text))
        raise LiveFailed(fault)


def _checked(sound: bytes, sample_rate: int, expected: float) -> np.ndarray | None:
    """The sound at 8 kHz; none when it is missing, silent, or of a length (`expected`: seconds) that the text cannot have."""
    if not sample_rate or len(sound) < 2:
        return None
    samples = np.frombuffer(sound[: len(sound) // 2 * 2], "<i2").astype(np.float32) / 32768
    if loudness(samples, sample_rate) < SILENT:
        return None
    clip = trimmed(soxr.resample(samples, sample_rate, RATE, "HQ"), RATE)
    seconds = len(clip) / RATE
    if not SHORTEST * expected - SLACK <= seconds <= LONGEST_SPOKEN * expected + SLACK:
        return None
    return levelled(banded(clip), RATE)


def _readable(text: str, accent: str) -> str:
    """A text for espeak-ng: what nobody can read is left out (it would be named as a sign, in English). Its own dictionary
    reads well, simplified characters in Cantonese too; in Mandarin our readings go first, as pinyin."""
    text = "".join(c for c in text if c in "，。？、" or pinyin(c, errors="ignore"))
    if accent != "cmn":
        return text
    for phrase in sorted(readings.table(), key=len, reverse=True):
        if len(phrase) > 1 and phrase in text:
            text = text.replace(phrase, f" {readings.numbered(phrase)} ")
    return text


def _parts(text: str) -> list[str]:
    """A text in stretches short enough for a child, cut at marks where there are some."""
    parts: list[str] = []
    rest = text
    while hanzi(rest):
        head = rest[:LONGEST]
        if len(rest) > LONGEST:
            cut = max(head.rfind(mark) for mark in "，。？、")
            head = head[: cut + 1] if cut > 0 else head
        if hanzi(head):
            parts.append(head)
        rest = rest[len(head) :]
    return parts


class _Child:
    """One child process and its pipe."""

    def __init__(self, command: Sequence[str], job_seconds: float) -> None:
        self._command = command
        self._job_seconds = job_seconds
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """Its process; 0 when none runs."""
        return self._process.pid if self._process and self._process.returncode is None else 0

    async def start(self) -> None:
        """Starts the child unless it runs.

        Raises:
            LiveFailed: it does not come up.
        """
        if self.pid:
            return
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
            async with asyncio.timeout(START_SECONDS):
                await self._answer()
        except BaseException as error:
            await self.stop()
            if isinstance(error, OSError | TimeoutError | ValueError | LiveFailed):
                raise LiveFailed(f"child does not start: {error}") from error
            raise

    async def ask(self, request: dict[str, object]) -> tuple[int, bytes]:
        """Has one text said; a child that dies, hangs or talks nonsense is ended and will be started anew.

        Raises:
            LiveFailed: no answer.
        """
        await self.start()
        assert self._process is not None and self._process.stdin is not None
        try:
            async with asyncio.timeout(self._job_seconds):
                self._process.stdin.write(json.dumps(request).encode() + b"\n")
                await self._process.stdin.drain()
                head, sound = await self._answer()
        except BaseException as error:  # also when the caller hangs up meanwhile: the pipe is no longer in step
            log.warning("live_speech_child_ended", error=type(error).__name__)
            await self.stop()
            if isinstance(error, OSError | TimeoutError | ValueError | LiveFailed | asyncio.IncompleteReadError):
                raise LiveFailed(type(error).__name__) from error
            raise
        if "error" in head:
            raise LiveFailed(str(head["error"]))
        return int(head.get("rate", 0)), sound

    async def _answer(self) -> tuple[dict[str, object], bytes]:
        assert self._process is not None and self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise LiveFailed("child is gone")
        head = json.loads(line)
        return head, await self._process.stdout.readexactly(int(head["bytes"]))

    async def stop(self) -> None:
        """Ends the child."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
