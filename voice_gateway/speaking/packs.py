"""Packing rendered clips for shipping: files of about a hundred Ogg Opus clips each, an index, and checksums.

Packs that exist are left as they are and new clips go into new packs, so that a later rendering adds to a repository
only what it rendered, and needs no studio but for that. `fresh` writes all packs anew, without the clips that nothing
says any more.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

from voice_gateway.audio import RATE
from voice_gateway.speaking.items import Item
from voice_gateway.speaking.prepared import INDEX, SUMS, Clip, read_index
from voice_gateway.speaking.render import sha_of

CLIPS = 100
"""Clips in one pack."""
MOST_BYTES = 15_000_000
"""Size of all packs and the index that is shipped at most."""
COMPRESSION = 0.994
"""libsndfile's scale for Opus: about 10 kbit/s, 4.8 MB an hour. Clips are stored at the telephone's own rate, so that
all of it goes into the band that is heard."""


@dataclass(frozen=True)
class Packed:
    """What is shipped after packing."""

    clips: int
    added: int
    left_out: int
    """Rendered, but beyond the size that is shipped."""
    minutes: float
    size: int
    """Bytes."""


def pack(items: Sequence[Item], studio: Path, folder: Path, fresh: bool = False) -> Packed:
    """Brings the rendered clips of `items` into `folder`.

    Args:
        items: what is wanted, the most important first.
        studio: folder of the rendered clips.
        folder: of the prepared voice.
        fresh: write all packs anew, from the studio what it holds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {sha_of(item): item for item in items}
    packed = _still_good(read_index(folder), wanted, studio)
    kept = {} if fresh else packed
    old = {sha: (_bytes_of(folder, clip), clip.milliseconds, clip.sha) for sha, clip in packed.items()} if fresh else {}
    if fresh:
        for path in folder.glob("pack-*.ogg"):
            path.unlink()
    size = sum(path.stat().st_size for path in folder.glob("pack-*.ogg"))
    number = 1 + max((int(path.stem[-3:]) for path in folder.glob("pack-*.ogg")), default=-1)
    new = [
        (sha, item)
        for sha, item in wanted.items()
        if sha not in kept and (sha in old or (studio / f"{sha}.flac").exists())
    ]
    left_out = 0
    for start in range(0, len(new), CLIPS):
        name, body = f"pack-{number:03d}.ogg", b""
        for sha, item in new[start : start + CLIPS]:
            rendered = studio / f"{sha}.flac"
            data, milliseconds, made_as = (*_encoded(rendered), sha) if rendered.exists() else old[sha]
            if size + len(body) + len(data) > MOST_BYTES - _index_size(wanted):
                left_out += 1
                continue
            kept[sha] = Clip(item.text, item.flowing, name, len(body), len(data), milliseconds, made_as)
            body += data
        if body:
            (folder / name).write_bytes(body)
            size += len(body)
            number += 1
    rows = [kept[sha] for sha in wanted if sha in kept]
    _write_index(folder, rows)
    whole = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    return Packed(len(rows), len(new) - left_out, left_out, sum(row.milliseconds for row in rows) / 60000, whole)


def _still_good(clips: list[Clip], wanted: dict[str, Item], studio: Path) -> dict[str, Clip]:
    """What is packed and wanted. A clip made in an older manner stays, until it is made anew."""
    by_text = {(clip.text, clip.flowing): clip for clip in clips}
    good = {}
    for sha, item in wanted.items():
        clip = by_text.get((item.text, item.flowing))
        if clip and (clip.sha == sha or not (studio / f"{sha}.flac").exists()):
            good[sha] = clip
    return good


def _bytes_of(folder: Path, clip: Clip) -> bytes:
    with (folder / clip.pack).open("rb") as file:
        file.seek(clip.offset)
        return file.read(clip.size)


def _encoded(path: Path) -> tuple[bytes, int]:
    samples, rate = soundfile.read(path, dtype="float32")
    narrow = np.clip(soxr.resample(samples, rate, RATE, "VHQ"), -1, 1)
    made = io.BytesIO()
    soundfile.write(made, narrow, RATE, format="OGG", subtype="OPUS", compression_level=COMPRESSION)
    return made.getvalue(), round(len(samples) / rate * 1000)


def _index_size(wanted: dict[str, Item]) -> int:
    """About the bytes of the index of all that is wanted."""
    return sum(len(item.text.encode()) + 60 for item in wanted.values())


def _write_index(folder: Path, rows: list[Clip]) -> None:
    lines = [
        f"{row.text}\t{int(row.flowing)}\t{row.pack}\t{row.offset}\t{row.size}\t{row.milliseconds}\t{row.sha}\n"
        for row in rows
    ]
    (folder / INDEX).write_text("".join(lines), "utf-8")
    packs = sorted(folder.glob("pack-*.ogg"))
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in packs]
    (folder / SUMS).write_text("".join(sums), "utf-8")
