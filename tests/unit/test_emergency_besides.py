"""The emergency check on thousands of sentences of callers that nothing was learnt from."""

from __future__ import annotations

from pathlib import Path

import yaml

from care.emergency import check
from care.emergency.detect import is_doubtful

SORTED = yaml.safe_load(Path(__file__).with_name("besides_emergencies.yaml").read_text(encoding="utf-8"))
BESIDES = Path(__file__).parents[2] / "voice_gateway" / "speech_model" / "said_besides.txt"
MOST_FALSE = 0.055
"""Of everyday talk; of words that only resemble danger many are asked about before the alarm."""
LEAST_NOTICED = 0.98


def test_everyday_talk_seldom_looks_like_danger() -> None:
    apart = {*SORTED["danger"], *SORTED["open"]}
    said = [line for line in BESIDES.read_text(encoding="utf-8").split() if line not in apart]
    false = [line for line in said if check(line) is not None]
    assert len(false) <= MOST_FALSE * len(said), false


def test_dangers_among_it_stay_noticed() -> None:
    noticed = [line for line in SORTED["danger"] if check(line) is not None or is_doubtful(line)]
    assert len(noticed) >= LEAST_NOTICED * len(SORTED["danger"]), set(SORTED["danger"]) - set(noticed)
