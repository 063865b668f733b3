"""The emergency check on thousands of sentences of callers: learnt whole, not one by one, so that some may stay misjudged."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from care.emergency import check
from care.emergency.detect import is_doubtful

BESIDES = Path(__file__).parents[2] / "voice_gateway" / "speech_model" / "said_besides.txt"
MOST_FALSE, MOST_ASKED = 0.015, 0.06
"""Of what callers say of anything at all."""
LEAST_HEARD, LEAST_NOTICED, MOST_FALSE_OF_TWINS = 0.9, 0.97, 0.03
"""Alarm, alarm or question; false alarms among everyday talk in the words of danger."""
WRITERS = ["emergency_of_elders", "emergency_of_others", "emergency_by_the_way", "emergency_of_all_kinds"]


def sentences(name: str) -> dict[str, list[str]]:
    told = yaml.safe_load(Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8"))
    return told | {"alarm": [text for group in told["alarm"].values() for text in group]}


def heard(texts: list[str]) -> float:
    return sum(check(text) is not None for text in texts) / len(texts)


def noticed(texts: list[str]) -> float:
    return sum(check(text) is not None or is_doubtful(text) for text in texts) / len(texts)


def test_everyday_talk_seldom_looks_like_danger() -> None:
    told_apart = sentences("emergency_besides")
    apart = {*told_apart["alarm"], *told_apart["open"]}
    said = [line for line in BESIDES.read_text(encoding="utf-8").split() if line not in apart]
    assert heard(said) <= MOST_FALSE
    assert noticed(said) - heard(said) <= MOST_ASKED


def test_dangers_among_it_are_noticed() -> None:
    assert noticed(sentences("emergency_besides")["alarm"]) >= LEAST_NOTICED


@pytest.mark.parametrize("writer", WRITERS)
def test_dangers_of_many_writers_are_heard(writer: str) -> None:
    told = sentences(writer)
    assert heard(told["alarm"]) >= LEAST_HEARD
    assert noticed(told["alarm"]) >= LEAST_NOTICED
    assert heard(told["calm"]) <= MOST_FALSE_OF_TWINS
