"""The look-ahead graph of a vosk model: HCLr.fst (units to words), Gr.fst (words to sentences), words.txt.

CTC: a unit is one frame of its "leave" transition and any number of its "stay" one; blanks may stand between. HCLr is
a loop of all words as a prefix tree; Gr a trigram with falling back, which a runtime grammar replaces. Vosk composes
the two on the fly. The files are written with the OpenFst tools (Debian: libfst-tools); its `olabel_lookahead` type
renumbers the words, so words.txt and Gr.fst are made after HCLr.fst.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from voice_gateway.speech_model.lm import END, START, UNKNOWN, History, Ngram
from voice_gateway.speech_model.units import INDEX, UNITS, word_units

LOOKAHEAD_LIBRARY = "libfstlookahead.so.22"
UNKNOWN_COST = 2.6  # per unit of an unknown word
EMPTY_UTTERANCE = 0.05
NO_DISAMBIGUATION = 1_000_000
Arc = tuple[int, int, int, int, float]


class ToolsMissing(RuntimeError):
    """The OpenFst tools are not installed."""


def leave(unit: int) -> int:
    return 2 * (unit + 1)


def stay(unit: int) -> int:
    return 2 * (unit + 1) - 1


@dataclass
class Machine:
    """States, arcs (from, to, input, output, cost) and final costs; state 0 is the start."""

    size: int = 1
    arcs: list[Arc] = field(default_factory=list)
    finals: dict[int, float] = field(default_factory=dict)

    def new(self) -> int:
        self.size += 1
        return self.size - 1

    def arc(self, source: int, target: int, label: int = 0, output: int = 0, cost: float = 0.0) -> None:
        self.arcs.append((source, target, label, output, cost))

    def unit(self, source: int, unit: int, cost: float = 0.0) -> int:
        """One unit said; the state after it."""
        state = self.new()
        self.arc(source, state, leave(unit), 0, cost)
        self.arc(state, state, stay(unit))
        return state

    def maybe_blank(self, source: int) -> int:
        """The state after an optional blank."""
        after = self.new()
        blank = self.unit(source, 0)
        self.arc(source, after)
        self.arc(blank, after)
        return after

    def text(self) -> str:
        """OpenFst's text form; the start state's arcs come first."""
        rows = sorted(self.arcs, key=lambda arc: arc[0] != 0)
        lines = [f"{a} {b} {i} {o} {cost:.5f}" for a, b, i, o, cost in rows]
        return "\n".join([*lines, *(f"{state} {cost:.5f}" for state, cost in self.finals.items())]) + "\n"


def lexicon_machine(ids: dict[str, int], unknown_cost: float = UNKNOWN_COST) -> Machine:
    """All words in a loop; the word comes out at its end. `[unk]` is any two units or more."""
    machine = Machine()
    first = machine.new()
    blank = machine.unit(0, 0)
    machine.arc(0, first)
    machine.arc(blank, first)
    machine.finals = {0: 0.0, blank: 0.0}
    tree: dict = {}
    for word in ids:
        if word != UNKNOWN:
            node = tree
            units = word_units(word)
            assert units, word
            for unit in units:
                node = node.setdefault(unit, {})
            node.setdefault("", []).append(word)

    def grow(node: dict, source: int) -> None:
        for unit, below in node.items():
            if not unit:
                continue
            state = machine.unit(source, INDEX[unit])
            for word in below.get("", ()):
                machine.arc(state, 0, 0, ids[word])
            if any(below):
                grow(below, machine.maybe_blank(state))

    grow(tree, first)
    if UNKNOWN in ids:
        middle = machine.new()
        more = machine.maybe_blank(middle)
        for source, last in ((first, False), (more, True)):
            for unit in range(1, len(UNITS)):
                state = machine.unit(source, unit, unknown_cost)
                machine.arc(state, middle)
                if last:
                    machine.arc(state, 0, 0, ids[UNKNOWN])
    return machine


def grammar_machine(model: Ngram, ids: dict[str, int], scale: float = 1.0) -> Machine:
    """The n-gram as an acceptor; one state per history, state 1 is that of none."""
    machine = Machine(size=2)
    state: dict[History, int] = {(START,): 0, (): 1}
    for history in model.after:
        if history not in state and all(word in ids or word == START for word in history):
            state[history] = machine.new()
    longest = max(map(len, state))

    def after(history: History) -> int:
        while history not in state:
            history = history[1:]
        return state[history]

    for history, source in state.items():
        for word, chance in model.after[history].items():
            if word == END:
                machine.finals[source] = -scale * math.log(chance)
            elif word in ids and chance > 0:
                target = after((*history, word)[-longest:])
                machine.arc(source, target, ids[word], ids[word], -scale * math.log(chance))
        if history:
            machine.arc(source, after(history[1:]), 0, 0, -scale * math.log(model.back[history]))
    machine.finals[0] = min(machine.finals.get(0, math.inf), -scale * math.log(EMPTY_UTTERANCE))
    return machine


def _library() -> Path:
    for folder in (
        Path("/usr/lib/x86_64-linux-gnu"),
        Path("/usr/lib/aarch64-linux-gnu"),
        Path("/usr/lib"),
        Path("/usr/local/lib"),
    ):
        if (folder / LOOKAHEAD_LIBRARY).exists():
            return folder / LOOKAHEAD_LIBRARY
    raise ToolsMissing(f"找不到 {LOOKAHEAD_LIBRARY}：先装 libfst-tools（apt-get install libfst-tools）")


def _run(command: str, folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr.strip()}")


def write_graph(model: Ngram, folder: Path, scale: float = 1.0, unknown_cost: float = UNKNOWN_COST) -> int:
    """Writes `graph/` of a vosk model; the number of words."""
    if not shutil.which("fstcompile"):
        raise ToolsMissing("找不到 fstcompile：先装 libfst-tools（apt-get install libfst-tools）")
    words = [word for word in model.words() if word_units(word)] + ([UNKNOWN] if UNKNOWN in model.after[()] else [])
    ids = {word: i + 1 for i, word in enumerate(words)}
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        # the tools look for olabel_lookahead-fst.so, Debian only has the library itself
        (work / "olabel_lookahead-fst.so").symlink_to(_library())
        environment = dict(os.environ, LD_LIBRARY_PATH=name)
        (work / "lexicon.txt").write_text(lexicon_machine(ids, unknown_cost).text(), "ascii")
        _run("fstcompile lexicon.txt | fstarcsort --sort_type=olabel | fstconvert --fst_type=olabel_lookahead "
             "--save_relabel_opairs=relabel - HCLr.fst", work, environment)  # fmt: skip
        renumbered = dict(map(int, line.split()) for line in (work / "relabel").read_text("ascii").splitlines())
        ids = {word: renumbered[number] for word, number in ids.items()}
        (work / "grammar.txt").write_text(grammar_machine(model, ids, scale).text(), "ascii")
        _run(
            "fstcompile grammar.txt | fstarcsort --sort_type=ilabel | fstconvert --fst_type=const - Gr.fst",
            work,
            environment,
        )
        folder.mkdir(parents=True, exist_ok=True)
        for file in ("HCLr.fst", "Gr.fst"):
            shutil.copyfile(work / file, folder / file)
    rows = sorted(ids.items(), key=lambda row: row[1])
    (folder / "words.txt").write_text("<eps> 0\n" + "".join(f"{word} {number}\n" for word, number in rows), "utf-8")
    (folder / "disambig_tid.int").write_text(f"{NO_DISAMBIGUATION}\n", "ascii")
    return len(words)
