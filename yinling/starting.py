"""How long to wait for a process that starts: as long as it lives and gets on.

A fixed number of seconds is too short on a busy machine and too long for a process that hangs. A process gets on when it
writes to its log or uses the processor; what answering our own questions costs it does not count.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Patience:
    """Seconds."""

    still: float = 120.0
    """Without any sign of life, and the process is given up."""
    longest: float = 1800.0
    """Altogether: a process that works for ever and is never ready is given up as well."""
    between: float = 30.0
    """Between two words to whoever waits."""
    work: float = 3.0
    """Of the processor, that count as a sign of life."""
    look: float = 0.1


def signs(log: Path, pid: int) -> tuple[int, float]:
    """Bytes that a process has written to its log, and seconds of the processor that it and its children have used."""
    try:
        written = log.stat().st_size
    except OSError:
        written = 0
    used = 0.0
    try:
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            times = one.cpu_times()
            used += times.user + times.system
    except psutil.Error:  # it is just ending, or nobody may look
        pass
    return written, used


class Vigil:
    """Watches one process that is not ready yet; `look` again and again until it is."""

    def __init__(self, title: str, look: Callable[[], tuple[int, float]], patience: Patience | None = None) -> None:
        """
        Args:
            title: what the process is called.
            look: its signs of life, see `signs`.
        """
        self._title = title
        self._look = look
        self._patience = patience or Patience()
        self._began = self._moved = self._told = time.monotonic()
        self._written, self._used = look()

    def hopeless(self) -> str:
        """Why there is no use in waiting on; empty while there is."""
        now = time.monotonic()
        written, used = self._look()
        if written != self._written or used >= self._used + self._patience.work:
            self._moved, self._written, self._used = now, written, used
        if now - self._moved > self._patience.still:
            return f"{self._title}已经 {self._patience.still:g} 秒没有动静，还没有准备好"
        if now - self._began > self._patience.longest:
            return f"{self._title}等了 {self._patience.longest / 60:g} 分钟还没有准备好"
        return ""

    def word(self) -> str:
        """Something to tell whoever waits; empty most of the time."""
        now = time.monotonic()
        if now - self._told < self._patience.between:
            return ""
        self._told = now
        return f"{self._title}还在准备，已经等了 {round(now - self._began)} 秒（机器忙的时候会慢一些）"
