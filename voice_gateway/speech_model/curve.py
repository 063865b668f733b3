"""The learning curve: the error on kept voices at every checkpoint that the training left."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from voice_gateway.speech_model.score import table

SHOWN = {
    ("reserved", "clean"): "合成声音，原声",
    ("reserved", "telephone"): "合成声音，电话",
    ("reader_kept", "clean"): "真人（句子没听过），原声",
    ("reader_kept", "telephone"): "真人（句子没听过），电话",
}


def measure(shelves: Path, checkpoints: Path, most: int, tell: Callable[[str], None]) -> list[dict[str, float]]:
    """One row a checkpoint, kept in curve.json so that nothing is measured twice."""
    from voice_gateway.speech_model.network import load

    kept = checkpoints / "curve.json"
    rows: dict[str, dict[str, float]] = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    for path in sorted(checkpoints.glob("main-*.pt"), key=lambda path: int(path.stem.split("-")[1])):
        if path.stem in rows:
            continue
        network, more = load(path)
        row = {"step": more["step"], "heard": more["heard"], "minutes": more["used"] / 60}
        for found in table(shelves, None, network, most, ("reserved", "reader_kept")):
            row[SHOWN[found.shelf, found.band]] = 100 * found.unit_error
        rows[path.stem] = row
        kept.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
        tell(", ".join(f"{name} {value:.1f}" for name, value in row.items()))
    return sorted(rows.values(), key=lambda row: row["step"])


def draw(rows: list[dict[str, float]], picture: Path) -> None:
    """The rows as lines over the hours of speech heard."""
    import matplotlib

    matplotlib.use("svg" if picture.suffix == ".svg" else "agg")
    from matplotlib import pyplot

    pyplot.rcParams["font.family"] = ["Noto Serif CJK SC", "Noto Sans CJK SC", "sans-serif"]
    figure, axes = pyplot.subplots(figsize=(7, 4), layout="constrained")
    for name in SHOWN.values():
        axes.plot([row["heard"] for row in rows], [row[name] for row in rows], marker="o", label=name)
    axes.set_xlabel("听过多少小时（加料以后）")
    axes.set_ylabel("声母韵母错，%")
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.legend()
    picture.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(picture, dpi=110)
