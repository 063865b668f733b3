"""The report of an evaluation: a table for the eye, JSON for comparing, a confusion matrix as a picture."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from yinling.evaluate.heldout import LATER, Score

AIMS = {
    "意图·清楚": 0.95, "意图·方言": 0.90, "意图·识别噪声": 0.85, "实体": 0.95, "时间": 0.95, "紧急·召回": 1.0, "紧急·召回或追问": 1.0,
    "紧急·不误报": 0.97, "紧急·不误报不多问": 0.97, "政策回答": 0.95, "资格判断": 0.95, "对话": 0.95,
}  # fmt: skip
"""By kind of set; sets of a kind that were written later have the same aim."""


def aim_of(line: str) -> float:
    """The share that is aimed at; 0 if there is no aim."""
    for mark in filter(None, LATER.values()):
        line = line.removesuffix(mark)
    return AIMS.get(line, 0)


def show(scores: dict[str, Score], console: Console, faults: bool) -> None:
    """Prints the table; with `faults` also every open case that went wrong."""
    table = Table("项目", "对", "共", "比例", "其中封存", "目标")
    for name, score in scores.items():
        if score.total:
            aim = aim_of(name)
            mark = "" if score.share >= aim else "  ↓"
            table.add_row(name, str(score.right), str(score.total), f"{score.share:.1%}{mark}", f"{score.sealed_share:.1%}", f"{aim:.0%}" if aim else "")
    console.print(table)
    if faults:
        for name, score in scores.items():
            for fault in score.faults:
                console.print(f"[{name}] {fault}", markup=False, highlight=False)


def save(scores: dict[str, Score], pairs: Counter[tuple[str, str]], folder: Path) -> None:
    """Writes `report.json`, `faults.txt` and `confusion.png` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = {
        name: {
            "right": score.right, "total": score.total, "share": round(score.share, 4),
            "sealed_right": score.sealed_right, "sealed_total": score.sealed_total,
            "sealed_share": round(score.sealed_share, 4),
        }
        for name, score in scores.items()
        if score.total
    }  # fmt: skip
    (folder / "report.json").write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    lines = [f"[{name}] {fault}" for name, score in scores.items() for fault in score.faults]
    (folder / "faults.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if pairs:
        _confusion(pairs, folder / "confusion.png")


def _confusion(pairs: Counter[tuple[str, str]], path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = sorted({name for pair in pairs for name in pair})
    matrix = [[pairs[(wanted, got)] for got in names] for wanted in names]
    figure, axes = pyplot.subplots(figsize=(0.28 * len(names) + 2, 0.28 * len(names) + 2))
    shares = [[cell / (sum(row) or 1) for cell in row] for row in matrix]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for y, row in enumerate(matrix):
        for x, count in enumerate(row):
            if count:
                axes.text(x, y, str(count), ha="center", va="center", fontsize=5, color="white" if shares[y][x] > 0.5 else "black")
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=6)
    axes.set_yticks(range(len(names)), names, fontsize=6)
    axes.set_xlabel("understood as")
    axes.set_ylabel("meant")
    figure.tight_layout()
    figure.savefig(path, dpi=140)
    pyplot.close(figure)
