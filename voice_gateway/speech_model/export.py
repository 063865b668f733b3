"""A trained network and the product's words as a folder that vosk loads."""

from __future__ import annotations

from pathlib import Path

from voice_gateway.speech_model.graph import UNKNOWN_COST, write_graph
from voice_gateway.speech_model.lm import product_ngram

BLANK_PENALTY = 10.0
"""Divides the blank's probability; without it CTC's blank swallows short syllables (measured in docs/speech-model.md)."""
SCALE = 0.8
"""Of the words' likelihood beside the sound's: at 1, unforeseen phrases lose words for the sake of foreseen ones."""
UNKNOWN_SHARE = 0.0005
"""Likelihood of `[unk]` among all words: at 0.05 it swallowed whole stretches of phrases that were not foreseen."""


def export_acoustics(checkpoint: Path, folder: Path, penalty: float = BLANK_PENALTY) -> None:
    """`am` and `conf`, from a checkpoint of the training."""
    from voice_gateway.speech_model.kaldi import write_model
    from voice_gateway.speech_model.network import load

    network, _ = load(checkpoint)
    write_model(folder, network.layers(), network.mean.numpy(), 1000, penalty)


def export_graph(
    folder: Path, scale: float = SCALE, unknown: float = UNKNOWN_SHARE, unknown_cost: float = UNKNOWN_COST
) -> int:
    """`graph`, from the product's data as it is now; the number of words."""
    return write_graph(product_ngram(unknown=unknown), folder / "graph", scale, unknown_cost)


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
