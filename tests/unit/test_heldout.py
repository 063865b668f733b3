"""What the assistant is measured on must not be what it learnt from."""

from __future__ import annotations

import re

import yaml

from care.settings import ROOT
from yinling.evaluate.heldout import load

EVERYDAY = 6
"""Sentences up to so many characters ("转人工", "你好") are everybody's; they may stand in both."""


def plain(text: str) -> str:
    return re.sub(r"[\s，。？！、,.?!…~]", "", text)


def test_no_held_out_sentence_stands_in_the_training_examples() -> None:
    learnt = {
        plain(line.removeprefix("- "))
        for path in (ROOT / "nlu_data" / "nlu").glob("*.yml")
        for part in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in part["examples"].splitlines()
    }
    held = {plain(case["text"]) for name in ("utterances", "entities", "times", "emergencies") for case in load(name)}
    held |= {plain(case["question"]) for name in ("policy", "policy_fresh") for case in load(name)} | {plain(case["ask"]) for case in load("eligibility")}
    held |= {plain(turn["say"]) for name in ("dialogues", "dialogues_fresh") for case in load(name) for turn in case["turns"]}
    assert len(held) > 600
    assert [text for text in sorted(learnt & held) if len(text) > EVERYDAY] == []
