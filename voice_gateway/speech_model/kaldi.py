"""Writes what vosk 0.3.45 loads as `am/final.mdl`: a transition model and an nnet3 acoustic model, without Kaldi.

Formats after the Kaldi sources: hmm/transition-model.cc, hmm/hmm-topology.cc, nnet3/am-nnet-simple.cc,
nnet3/nnet-nnet.cc, nnet3/nnet-simple-component.cc, matrix/kaldi-matrix.cc and matrix/compressed-matrix.cc.
Matrix::Read accepts a CompressedMatrix wherever it expects a full one, so weights take 16 bits each.

One phone is one unit of speech and has one emitting state. Phone p has two transition-ids: 2p-1 stays, 2p leaves;
both stand for output p-1 of the network.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

STRIDE = 3  # output frames are 30 ms; vosk counts on it


@dataclass(frozen=True)
class Layer:
    """An affine layer over spliced frames; `offsets` are in input frames."""

    offsets: tuple[int, ...]
    weight: np.ndarray
    bias: np.ndarray
    relu: bool


class Writer:
    """Kaldi's binary tokens and numbers."""

    def __init__(self) -> None:
        self.data = bytearray(b"\0B")

    def token(self, text: str) -> None:
        self.data += text.encode() + b" "

    def integer(self, value: int) -> None:
        self.data += b"\4" + struct.pack("<i", value)

    def number(self, value: float) -> None:
        self.data += b"\4" + struct.pack("<f", value)

    def double(self, value: float) -> None:
        self.data += b"\x08" + struct.pack("<d", value)

    def integers(self, values: Sequence[int]) -> None:
        self.integer(len(values))
        self.data += np.asarray(values, "<i4").tobytes()

    def vector(self, values: Sequence[float] | np.ndarray) -> None:
        self.data += b"FV \4" + struct.pack("<i", len(values)) + np.asarray(values, "<f4").tobytes()

    def matrix(self, values: np.ndarray) -> None:
        """16 bits a weight (CompressedMatrix, format kTwoByte)."""
        low, high = float(values.min()), float(values.max())
        span = max(high - low, 1e-9)
        steps = np.clip(np.round((values - low) / span * 65535), 0, 65535).astype("<u2")
        self.data += b"CM2 " + struct.pack("<ffii", low, span, *values.shape) + steps.tobytes()


def _transition_model(to: Writer, units: int) -> None:
    to.token("<TransitionModel>")
    to.token("<Topology>")
    to.integers(range(1, units + 1))
    to.integers([-1] + [0] * units)
    to.integer(1)
    to.integer(2)
    to.integer(0)  # the emitting state: stay or leave
    to.integer(2)
    for target in (0, 1):
        to.integer(target)
        to.number(0.5)
    to.integer(-1)  # the end
    to.integer(0)
    to.token("</Topology>")
    to.token("<Triples>")
    to.integer(units)
    for phone in range(1, units + 1):
        to.integer(phone)
        to.integer(0)
        to.integer(phone - 1)
    to.token("</Triples>")
    to.token("<LogProbs>")
    to.vector([0.0] + [float(np.log(0.5))] * (2 * units))
    to.token("</LogProbs>")
    to.token("</TransitionModel>")


def _network(to: Writer, layers: Sequence[Layer]) -> None:
    to.token("<Nnet3>")
    lines = [f"input-node name=input dim={layers[0].weight.shape[1] // len(layers[0].offsets)}"]
    before = "input"
    for i, layer in enumerate(layers):
        spliced = [before if offset == 0 else f"Offset({before}, {offset})" for offset in layer.offsets]
        source = f"Append({', '.join(spliced)})" if len(spliced) > 1 else spliced[0]
        lines.append(f"component-node name=a{i} component=a{i} input={source}")
        before = f"a{i}"
        if layer.relu:
            lines.append(f"component-node name=r{i} component=r{i} input={before}")
            before = f"r{i}"
    lines.append(f"component-node name=softmax component=softmax input={before}")
    lines.append("output-node name=output input=softmax objective=linear")
    to.data += ("\n" + "\n".join(lines) + "\n\n").encode()
    to.token("<NumComponents>")
    to.integer(len(layers) + sum(layer.relu for layer in layers) + 1)
    for i, layer in enumerate(layers):
        to.token("<ComponentName>")
        to.token(f"a{i}")
        to.token("<FixedAffineComponent>")
        to.token("<LinearParams>")
        to.matrix(layer.weight)
        to.token("<BiasParams>")
        to.vector(layer.bias)
        to.token("</FixedAffineComponent>")
        if layer.relu:
            _plain(to, f"r{i}", "RectifiedLinearComponent", len(layer.bias))
    _plain(to, "softmax", "LogSoftmaxComponent", len(layers[-1].bias))
    to.token("</Nnet3>")


def _plain(to: Writer, name: str, kind: str, size: int) -> None:
    to.token("<ComponentName>")
    to.token(name)
    to.token(f"<{kind}>")
    to.token("<Dim>")
    to.integer(size)
    to.token("<ValueAvg>")
    to.vector([])
    to.token("<DerivAvg>")
    to.vector([])
    to.token("<Count>")
    to.double(0.0)
    to.token(f"</{kind}>")


def model_bytes(layers: Sequence[Layer], blank_penalty: float = 1.0) -> bytes:
    """The whole file. `blank_penalty` divides the blank's probability (as a Kaldi prior; unit 0 is the blank)."""
    units = len(layers[-1].bias)
    to = Writer()
    _transition_model(to, units)
    _network(to, layers)
    to.token("<LeftContext>")
    to.integer(0)
    to.token("<RightContext>")
    to.integer(0)
    to.token("<Priors>")
    to.vector([blank_penalty] + [1.0] * (units - 1))
    return bytes(to.data)


MFCC = """--use-energy=false
--sample-frequency=8000
--num-mel-bins=30
--num-ceps=24
--low-freq=20
--high-freq=-200
--dither=0
"""
DECODING = """--min-active=200
--max-active=3000
--beam=13.0
--lattice-beam=4.0
--acoustic-scale=0.7
--frame-subsampling-factor=3
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=0.75
--endpoint.rule4.min-trailing-silence=1.0
"""
"""With fewer paths kept open a second of sound costs half as much, but quick speech and lost packets are heard worse."""


def write_model(folder: Path, layers: Sequence[Layer], means: np.ndarray, frames: float, blank_penalty: float) -> None:
    """`am` and `conf` of a vosk model. `means` of the features switch on vosk's running mean normalisation."""
    for part in ("am", "conf"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "am" / "final.mdl").write_bytes(model_bytes(layers, blank_penalty))
    sums = " ".join(f"{mean * frames:.6g}" for mean in means)
    squares = " ".join(f"{(mean * mean + 1) * frames:.6g}" for mean in means)
    (folder / "am" / "global_cmvn.stats").write_text(f" [\n  {sums} {frames:.0f}\n  {squares} 0 ]\n", "ascii")
    (folder / "conf" / "mfcc.conf").write_text(MFCC, "ascii")
    (folder / "conf" / "model.conf").write_text(DECODING, "ascii")
