"""What a scripted caller says to what it hears."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pypinyin import lazy_pinyin

ALIKE = 0.7
"""Share of a cue's syllables that must be heard, in place: the caller's ear is no better than the hotline's."""


class ScriptError(Exception):
    """A script cannot be used; the message says which line and why."""


@dataclass(frozen=True)
class Line:
    """One thing the caller does, once."""

    hears: tuple[str, ...] = ()
    """Cues, one of which must have been said by the hotline; none: whatever it said."""
    say: str = ""
    press: str = ""
    """Keys pressed one after the other instead of speaking."""
    wait: float = 0.0
    """Seconds of silence instead of an answer; the hotline's next words are listened to."""
    interrupts: bool = False
    """Speaks into the hotline's next sentence instead of letting it finish."""
    hang_up: bool = False
    """Hangs up: at once, or in the middle of `say`."""
    sound: str = ""
    """A sound file that is played instead of `say`."""


def read(path: Path) -> list[Line]:
    """Reads a YAML list of lines.

    Raises:
        ScriptError: naming the line and the field that cannot be used.
    """
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ScriptError(f"{path.name} 不是 YAML：{error}") from None
    if not isinstance(rows, list):
        raise ScriptError(f"{path.name} 要写成一句一项的单子（每项以“- ”开头）")
    lines = []
    for number, row in enumerate(rows, 1):
        try:
            lines.append(_line(row))
        except TypeError as error:
            raise ScriptError(f"{path.name} 第 {number} 句有误：{error}") from None
    return lines


def _line(row: Any) -> Line:
    if not isinstance(row, dict):
        raise TypeError(f"要写成 {{say: …}} 的样子，不是“{row}”")
    cues = row.pop("hears", ())
    return Line(hears=(cues,) if isinstance(cues, str) else tuple(cues), **row)


def choose(lines: list[Line], heard: str) -> Line | None:
    """The first line whose cue was heard; a line without a cue only when it is the first that is left."""
    for position, line in enumerate(lines):
        if any(resembles(heard, cue) for cue in line.hears) or (not line.hears and position == 0):
            return line
    return None


def resembles(heard: str, cue: str) -> bool:
    """Whether a cue sounds somewhere in what was heard, tones aside."""
    said, wanted = lazy_pinyin(heard), lazy_pinyin(cue)
    return any(
        sum(a == b for a, b in zip(said[start : start + len(wanted)], wanted, strict=False)) >= ALIKE * len(wanted)
        for start in range(max(1, len(said) - len(wanted) + 1))
    )
