"""The prepared voice: a natural voice rendered beforehand, looked up by text.

`voice_gateway/prepared` holds `index.tsv` (text, flowing, pack, offset, bytes, milliseconds, hash of what it was
rendered from) and packs: files of many small Ogg Opus clips one after the other. A clip is read and decoded when it is first needed (some milliseconds)
and kept in memory while it is used.
"""

from __future__ import annotations

import hashlib
import io
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
import structlog

from voice_gateway.audio import RATE
from voice_gateway.speaking.sound import banded, levelled

log = structlog.get_logger(__name__)

FOLDER = Path(__file__).resolve().parent.parent / "prepared"
INDEX = "index.tsv"
SUMS = "packs.sha256"
KEPT_SECONDS = 1200.0
"""Sound kept decoded, about 40 MB."""


@dataclass(frozen=True)
class Clip:
    """Where one clip lies."""

    text: str
    flowing: bool
    """Made to stand beside others without a pause."""
    pack: str
    offset: int
    size: int
    milliseconds: int
    sha: str
    """Of text, voice and speed (`render.sha_of`)."""


def read_index(folder: Path) -> list[Clip]:
    """The rows of an index; none when there is no index."""
    path = folder / INDEX
    if not path.exists():
        return []
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line]
    return [
        Clip(text, flowing == "1", pack, int(at), int(size), int(ms), sha)
        for text, flowing, pack, at, size, ms, sha in rows
    ]


class Prepared:
    """Clips by text. Packs that are missing or damaged are left out, with an error in the log."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        sound = _sound_packs(folder)
        self._clips = {clip.text: clip for clip in read_index(folder) if clip.pack in sound}
        self._kept: OrderedDict[str, np.ndarray] = OrderedDict()
        self._held: dict[str, np.ndarray] = {}
        self._seconds = 0.0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._clips)

    def find(self, text: str) -> Clip | None:
        """The clip of exactly this text."""
        return self._clips.get(text)

    def hold(self, texts: list[str]) -> None:
        """Decodes clips now and keeps them for good."""
        for text in texts:
            if clip := self.find(text):
                self._held[text] = self.sound(clip)

    def sound(self, clip: Clip) -> np.ndarray:
        """The clip decoded: float32, 8 kHz, in the telephone's band.

        Raises:
            OSError, soundfile.LibsndfileError: the pack cannot be read (any more).
        """
        if clip.text in self._held:
            return self._held[clip.text]
        with self._lock:
            if clip.text in self._kept:
                self._kept.move_to_end(clip.text)
                return self._kept[clip.text]
        made = self._decoded(clip)
        with self._lock:
            self._kept[clip.text] = made
            self._seconds += len(made) / RATE
            while self._seconds > KEPT_SECONDS and len(self._kept) > 1:
                _, old = self._kept.popitem(last=False)
                self._seconds -= len(old) / RATE
        return made

    def _decoded(self, clip: Clip) -> np.ndarray:
        with (self._folder / clip.pack).open("rb") as pack:
            pack.seek(clip.offset)
            data = pack.read(clip.size)
        samples, rate = soundfile.read(io.BytesIO(data), dtype="float32")
        return levelled(banded(samples if rate == RATE else soxr.resample(samples, rate, RATE, "HQ")), RATE)


def _sound_packs(folder: Path) -> set[str]:
    """The packs whose sha256 is the noted one."""
    path = folder / SUMS
    good = set()
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        wanted, name = line.split()
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            log.error("prepared_voice_pack_missing", pack=name, error=type(error).__name__)
            continue
        if found == wanted:
            good.add(name)
        else:
            log.error("prepared_voice_pack_damaged", pack=name)
    return good
