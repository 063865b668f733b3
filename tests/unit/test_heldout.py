"""What the assistant is measured on must not be what it learnt from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from care.settings import ROOT
from yinling.evaluate.heldout import load
from yinling.evaluate.run import SETS

EVERYDAY = 6
"""Sentences up to so many characters ("转人工", "你好") are everybody's; they may stand in both."""


def plain(text: str) -> str:
    return re.sub(r"[\s，。？！、,.?!…~]", "", text)


def _said(case: dict[str, Any]) -> Iterator[str]:
    """The sentences of a case; what a telephone caller says in `speech` and `heard` is everybody's."""
    yield from (case[key] for key in ("text", "question", "ask") if key in case)
    yield from case.get("before", ())
    yield from (turn["say"] for turn in case.get("turns", ()))


def test_no_held_out_sentence_stands_in_the_training_examples() -> None:
    learnt = {
        plain(line.removeprefix("- "))
        for path in (ROOT / "nlu_data" / "nlu").glob("*.yml")
        for part in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in part["examples"].splitlines()
    }
    after_orders = yaml.safe_load((ROOT / "care" / "data" / "order_talk.yaml").read_text(encoding="utf-8"))
    learnt |= {plain(str(text)) for texts in after_orders.values() for text in texts}
    held = {plain(text) for name in SETS for case in load(name) for text in _said(case)}
    assert len(held) > 600
    assert [text for text in sorted(learnt & held) if len(text) > EVERYDAY] == []
