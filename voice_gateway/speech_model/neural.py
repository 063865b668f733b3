"""Neural Mandarin speech with many timbres: Kokoro-82M (Apache-2.0) and mixtures of its voices.

A style vector has two halves (StyleTTS 2, as used by Kokoro): 128 numbers for the timbre and 128 for the melody of
speech. The melody is taken from Mandarin voices, the timbre mixed from any voices, so that every clip has a voice
of its own that still speaks Mandarin.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soxr

from voice_gateway.speech_model.corpus import RATE as SHELF_RATE
from voice_gateway.speech_model.corpus import Shelf, level
from voice_gateway.speech_model.material import RESERVED, common_words
from voice_gateway.speech_model.sentences import Talk

MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
MANDARIN = ("zf_xiaobei", "zf_xiaoni", "zf_xiaoxiao", "zm_yunjian", "zm_yunxi", "zm_yunyang")
RATE = 24000
Recipe = list[tuple[str, float]]
SINGLE = "对好是行嗯不没停喂有要一二两三四五六七八九十幺零"
"""Answers and figures of one syllable."""
SHORTEST = 5
"""Characters of what counts as short."""


class Kokoro:
    """The synthesiser: `folder` holds kokoro.onnx, vocab.json and voices/*.bin (see docs/speech-model.md)."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        import onnxruntime
        from misaki.zh import ZHG2P

        model = folder / "kokoro.onnx"
        if hashlib.sha256(model.read_bytes()).hexdigest() != MODEL_SHA256:
            raise ValueError(f"{model} is not the file this was made with")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        vocabulary = json.loads((folder / "vocab.json").read_text("utf-8"))
        self.ids: dict[str, int] = vocabulary.get("vocab", vocabulary)
        self.voices = {
            path.stem: np.fromfile(path, "<f4").reshape(-1, 256) for path in sorted((folder / "voices").glob("*.bin"))
        }
        self.phonemes = ZHG2P()

    def speak(self, text: str, timbre: Recipe, melody: Recipe, speed: float) -> np.ndarray:
        """24 kHz float sound of `text` in a mixture of voices."""
        said = self.phonemes(text)
        tokens = [self.ids[c] for c in (said[0] if isinstance(said, tuple) else said) if c in self.ids][:500]
        if not tokens:
            raise ValueError(f"nothing to say in {text!r}")
        style = np.concatenate([self._mix(timbre, len(tokens))[:128], self._mix(melody, len(tokens))[128:]])
        names = [node.name for node in self.session.get_inputs()]
        feed = dict(
            zip(
                names,
                (np.array([[0, *tokens, 0]], np.int64), style[None].astype(np.float32), np.array([speed], np.float32)),
                strict=True,
            )
        )
        return self.session.run(None, feed)[0].reshape(-1)

    def _mix(self, recipe: Recipe, row: int) -> np.ndarray:
        return sum(weight * self.voices[name][min(row, len(self.voices[name]) - 1)] for name, weight in recipe)


def write_down(recipe: Recipe) -> str:
    return "+".join(f"{name}*{weight:.2f}" for name, weight in recipe)


def new_voice(chance: random.Random, names: list[str]) -> tuple[Recipe, Recipe]:
    """A timbre and a melody: a Mandarin voice moved towards (or a little away from) one or two others."""
    free = [name for name in names if name not in RESERVED]
    home, other, third = chance.choice(MANDARIN), chance.choice(free), chance.choice(free)
    kind = chance.random()
    if kind < 0.10:
        timbre = [(home, 1.0)]
    elif kind < 0.30:
        share = chance.uniform(-0.35, 0.6)
        timbre = [(home, 1 - share), (chance.choice(MANDARIN), share)]
    elif kind < 0.75:
        share = chance.uniform(0.2, 0.95)
        timbre = [(home, 1 - share), (other, share)]
    else:
        first, second = sorted((chance.random(), chance.random()))
        timbre = [(home, first), (other, second - first), (third, 1 - second)]
    share = chance.uniform(0, 1)
    return timbre, [(home, 1 - share), (chance.choice(MANDARIN), share)]


def render(kokoro: Path, shelves: Path, kind: str, count: int, seed: int, tell: Callable[[str], None]) -> None:
    """Adds clips to a shelf until it has `count`: `reserved` and `chosen` say hotline phrases, `neural` anything.

    `reserved` holds the two kept voices, `chosen` new mixtures for choosing between checkpoints and settings; `short`
    are words and answers alone.
    """
    speaker, shelf = Kokoro(kokoro), Shelf(shelves, kind)
    ready = len(shelf.clips())
    talk, chance = Talk(seed + ready), random.Random(seed + ready)
    news = [clip.text for clip in Shelf(shelves, "reader").clips() if 4 <= len(clip.text) <= 24]
    words = common_words()
    for number in range(ready, count):
        timbre, melody = new_voice(chance, list(speaker.voices))
        if kind == "reserved":
            timbre = melody = [(RESERVED[number % 2], 1.0)]
        text = _any_text(talk, chance, news, words) if kind == "neural" else talk.phrase()
        if kind == "short":
            text = _short_text(talk, chance, words)
        sound = speaker.speak(text, timbre, melody, chance.uniform(0.75, 1.2))
        if kind == "short" and not whole(sound):
            continue
        shelf.add(level(soxr.resample(sound, RATE, SHELF_RATE)), f"{write_down(timbre)}|{write_down(melody)}", text)
        if number % 50 == 49:
            tell(f"{kind}: {number + 1} of {count}")


def whole(sound: np.ndarray, rate: int = RATE) -> bool:
    """Whether both ends are quiet: single syllables sometimes fail, and the failure sounds on to the end."""
    size = rate // 20
    pieces = sound[: len(sound) // size * size].astype(np.float32).reshape(-1, size)
    loud = np.sqrt((pieces**2).mean(1))
    return len(loud) > 4 and max(loud[0], loud[-1]) < 0.15 * loud.max()


def _short_text(talk: Talk, chance: random.Random, words: list[str]) -> str:
    """One syllable, a short phrase of a caller, or a word without sense."""
    which = chance.random()
    if which < 0.1:
        return chance.choice(SINGLE)
    if which < 0.75:
        return next(text for text in iter(talk.phrase, "") if len(text) <= SHORTEST)
    return chance.choice(words)


def _any_text(talk: Talk, chance: random.Random, news: list[str], words: list[str]) -> str:
    """Half what callers say, else strings of figures, sentences of the news, or words without sense."""
    which = chance.random()
    if which < 0.5:
        return talk.sentence()
    if which < 0.62:
        return talk.figures(chance.choice([4, 6, 8, 11]))
    if which < 0.75 and news:
        return chance.choice(news)
    groups = ("".join(chance.choice(words) for _ in range(chance.randint(1, 3))) for _ in range(chance.randint(1, 2)))
    return "，".join(groups)
