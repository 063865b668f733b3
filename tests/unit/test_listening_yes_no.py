"""Short answers at a read-back, spoken by voices that the model was not trained on: no *no* is ever taken for a yes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import soundfile

from care.reply import Choice, Reply
from voice_gateway.audio import FRAME_BYTES, RATE
from voice_gateway.listening import Expectation, Hearing, Utterance
from voice_gateway.listening.expect import yes_or_no

SPOKEN = Path(__file__).resolve().parent.parent / "speech" / "yes_and_no"
READ_BACK = Expectation.of(
    "confirming", [Reply("我给您念一遍：后天，一份饭。对吗？", choices=(Choice("对", "对"), Choice("要改", "不对")))], "hunan"
)
NOISE = 0.003
LEAST_PLAIN = 0.8
"""Share of the spoken yeses that are believed at once."""


def clips() -> list[tuple[str, str, np.ndarray]]:
    """Whether yes or no was said, in which words, and the sound with silence around it."""
    sound, rate = soundfile.read(SPOKEN.with_suffix(".ogg"), dtype="float32")
    assert rate == RATE
    rows = [row.split("\t") for row in SPOKEN.with_suffix(".tsv").read_text("utf-8").splitlines()]
    quiet = np.zeros(RATE, np.float32)
    return [(kind, words, np.concatenate([quiet, sound[int(start) : int(end)], quiet, quiet])) for start, end, kind, words in rows]


async def heard(hearing: Hearing, sound: np.ndarray, seed: int) -> str:
    """What is understood: `affirm` or `deny` at once, `doubt` where it is asked again, else empty."""
    noisy = sound + np.random.default_rng(seed).normal(0, NOISE, len(sound))
    pcm = np.clip(noisy * 32767, -32768, 32767).astype("<i2").tobytes()
    ear = hearing.ear()
    ear.expect(READ_BACK)
    said = [
        event
        for at in range(0, len(pcm) - FRAME_BYTES + 1, FRAME_BYTES)
        for event in await ear.feed(pcm[at : at + FRAME_BYTES])
        if isinstance(event, Utterance)
    ]
    await ear.close()
    return "" if not said else "doubt" if said[-1].unsure else yes_or_no(said[-1].text)


async def test_no_no_is_taken_for_a_yes_and_most_yeses_are_believed() -> None:
    hearing = Hearing()
    await hearing.ready()
    found: dict[str, Counter[str]] = {"yes": Counter(), "no": Counter()}
    for number, (kind, _, sound) in enumerate(clips()):
        found[kind][await heard(hearing, sound, number)] += 1
    hearing.close()
    assert found["no"]["affirm"] == 0, found
    assert found["yes"]["deny"] == 0, found
    assert found["yes"]["affirm"] >= LEAST_PLAIN * found["yes"].total(), found
