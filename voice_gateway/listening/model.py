"""The Vosk model of this process: checked before Vosk sees it, loaded once, asked for recognisers.

Vosk ends the whole process on some faults (an empty list of silence phones, a grammar without words) instead of
raising; whatever could lead there is refused here.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
import vosk

log = structlog.get_logger(__name__)

UNKNOWN = "[unk]"
"""The model's word for anything that is not in its vocabulary."""
RATES = (8000, 16000)
"""Sampling rates of models that can be used; Vosk refuses sound below the model's rate."""
KALDI_RATE = 16000
"""Kaldi's own default of `--sample-frequency`."""
ALTERNATIVES = 8
"""Hypotheses asked of Vosk for each stretch of speech."""
LONGEST_WORD = 8
"""Characters of the longest vocabulary word looked for when a phrase is split."""
MOST_PHRASES = 30_000
"""Phrases of one grammar: Vosk needs about 2 ms for a thousand."""
MOST_KEPT = 200
"""Grammars kept for the next question of the same kind."""
VOSK_QUIET = -2
"""Neither notes nor warnings: for this kind of model Vosk warns at the end of every stretch of speech."""


class ModelError(Exception):
    """The folder holds no model that can be used; the message says what is wrong, for the operator."""


class SpeechModel:
    """One loaded model; shared by all calls of the process."""

    def __init__(self, folder: Path) -> None:
        """Loads the model.

        Raises:
            ModelError: the folder is no model, or one that Vosk would end the process over.
        """
        self.folder = folder
        self.rate = check(folder)
        vosk.SetLogLevel(VOSK_QUIET)
        try:
            self._model = vosk.Model(str(folder))
        except Exception as error:  # vosk raises bare Exception
            raise ModelError(f"语音模型读不了：{folder}") from error
        self._known: dict[str, bool] = {}
        self._made: dict[tuple[str, ...], str] = {}
        self.grammars = (folder / "graph" / "HCLr.fst").is_file() and self.knows(UNKNOWN)
        """Whether a recogniser can be held to a grammar; without a garbage word it would hear everything as one."""
        log.info("speech_model_loaded", folder=folder.name, rate=self.rate, grammars=self.grammars)

    def knows(self, word: str) -> bool:
        """Whether the word is in the model's vocabulary."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._model.vosk_model_find_word(word) >= 0
        return known

    def split(self, phrase: str) -> tuple[str, ...]:
        """The phrase as the fewest vocabulary words; empty when some character of it is in no word."""
        best: list[tuple[str, ...] | None] = [()] + [None] * len(phrase)
        for end in range(1, len(phrase) + 1):
            for start in range(max(0, end - LONGEST_WORD), end):
                before, word = best[start], phrase[start:end]
                shorter = before is not None and (best[end] is None or len(before) + 1 < len(best[end] or ()))
                if before is not None and shorter and self.knows(word):
                    best[end] = (*before, word)
        return best[len(phrase)] or ()

    def grammar(self, phrases: tuple[str, ...]) -> str:
        """A grammar in Vosk's form of those phrases that the vocabulary can say; empty when there is none."""
        if phrases not in self._made:
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            self._made[phrases] = self._grammar(phrases)
        return self._made[phrases]

    def has_grammar(self, phrases: tuple[str, ...]) -> bool:
        """Whether the grammar of these phrases is at hand; that of a long list takes seconds on a busy machine."""
        return phrases in self._made

    def _grammar(self, phrases: tuple[str, ...]) -> str:
        if not self.grammars:
            return ""
        said = list(dict.fromkeys(" ".join(words) for phrase in phrases if (words := self.split(phrase))))
        return json.dumps([*said[:MOST_PHRASES], UNKNOWN], ensure_ascii=False) if said else ""

    def prepare(self, listed: list[tuple[str, ...]]) -> None:
        """Makes the grammars of long lists, so that the first callers do not wait for them."""
        for phrases in listed:
            self.grammar(phrases)

    def recogniser(self, grammar: str = "") -> Any:
        """A Kaldi recogniser at the model's rate, free or held to a grammar made by `grammar`."""
        held = (grammar,) if grammar else ()
        made = vosk.KaldiRecognizer(self._model, self.rate, *held)
        made.SetMaxAlternatives(ALTERNATIVES)
        return made


def check(folder: Path) -> int:
    """The sampling rate of the model in a folder.

    Raises:
        ModelError: what is missing or unusable.
    """
    if not folder.is_dir():
        raise ModelError(f"语音模型的文件夹不存在：{folder}")
    graph = folder / "graph"
    static = (graph / "HCLG.fst").is_file()
    dynamic = all((graph / name).is_file() for name in ("HCLr.fst", "Gr.fst", "disambig_tid.int"))
    features = [path for path in (folder / "conf" / "mfcc.conf", folder / "conf" / "fbank.conf") if path.is_file()]
    missing = [
        name
        for name, there in (
            ("am/final.mdl", (folder / "am" / "final.mdl").is_file()),
            ("conf/model.conf", (folder / "conf" / "model.conf").is_file()),
            ("conf/mfcc.conf", bool(features)),
            ("graph/HCLG.fst", static or dynamic),
        )
        if not there
    ]
    if missing:
        raise ModelError(f"{folder} 不是语音模型，缺：{'、'.join(missing)}")
    silence = _option(folder / "conf" / "model.conf", "endpoint.silence-phones")
    if not re.fullmatch(r"\d+(:\d+)*", silence):
        raise ModelError(f"{folder}/conf/model.conf 要有 --endpoint.silence-phones=（音素编号）")
    if static and not (graph / "words.txt").is_file():
        raise ModelError(f"{folder} 不是语音模型，缺：graph/words.txt")
    rate = float(_option(features[0], "sample-frequency") or KALDI_RATE)
    if rate not in RATES:
        raise ModelError(f"{folder} 的采样率是 {rate:g}，只能用 8000 或 16000 的")
    return int(rate)


def _option(path: Path, name: str) -> str:
    """The value of an option in a Kaldi configuration file; empty when it is not set."""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        key, _, value = line.partition("#")[0].strip().partition("=")
        if key.strip() == f"--{name}":
            return value.strip()
    return ""


@lru_cache
def loaded(folder: Path) -> SpeechModel:
    """The model of a folder, loaded once in this process.

    Raises:
        ModelError: see `SpeechModel`.
    """
    return SpeechModel(folder)
