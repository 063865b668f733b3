"""Recognisers of one call: joined stretches, shares of belief, the held one beside the free one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from voice_gateway.listening.recogniser import Hypothesis, Recogniser, weighed, without_unknown

PIECE = bytes(1600)


class Kaldi:
    """Gives prepared results: one entry for each piece of sound, `None` where the stretch goes on."""

    def __init__(self, results: list[Any], final: Any = None) -> None:
        self.results = results
        self.final = final or []
        self.heard = 0
        self.resets = 0

    def AcceptWaveform(self, pcm: bytes) -> int:
        self.heard += len(pcm)
        self.now = self.results.pop(0) if self.results else None
        return int(self.now is not None)

    def Result(self) -> str:
        return json.dumps({"alternatives": self.now})

    def PartialResult(self) -> str:
        return json.dumps({"partial": "还在说"})

    def FinalResult(self) -> str:
        return json.dumps({"alternatives": self.final})

    def Reset(self) -> None:
        self.resets += 1


class Model:
    """Stands for SpeechModel; hands out prepared recognisers."""

    rate = 8000

    def __init__(self, free: Kaldi, held: Kaldi | None = None) -> None:
        self.free, self.held = free, held
        self.grammars: list[str] = []
        self.made: list[tuple[str, ...]] = []

    def has_grammar(self, phrases: tuple[str, ...]) -> bool:
        return phrases in self.made

    def grammar(self, phrases: tuple[str, ...]) -> str:
        return json.dumps(list(phrases)) if phrases and self.held else ""

    def recogniser(self, grammar: str = "") -> Any:
        self.grammars.append(grammar)
        return self.held if grammar else self.free


def alternatives(*pairs: tuple[str, float]) -> list[dict[str, Any]]:
    return [{"text": text, "confidence": confidence} for text, confidence in pairs]


def test_stretches_are_joined_and_weighed_together() -> None:
    first = alternatives(("一 三 八", -10.0), ("一 三", -12.0))
    second = alternatives(("零 零", -20.0), ("六 零", -20.5))
    ears = Recogniser(Model(Kaldi([first, second])))  # type: ignore[arg-type]
    ears.begin()
    for _ in range(2):
        ears.accept(PIECE, voiced=0.1)
    heard = ears.finish()
    assert heard.text == "一 三 八 零 零"
    assert {one.text for one in heard.free} == {"一 三 八 零 零", "一 三 八 六 零", "一 三 零 零", "一 三 六 零"}
    assert sum(one.weight for one in heard.free) == pytest.approx(1.0)


def test_words_found_in_bare_silence_are_dropped() -> None:
    ears = Recogniser(Model(Kaldi([alternatives(("对", -5.0)), None, alternatives(("的", -5.0))])))  # type: ignore[arg-type]
    ears.begin()
    ears.accept(PIECE, voiced=0.1)
    ears.accept(PIECE, voiced=0.0)
    assert ears.accept(PIECE, voiced=0.0) == "对"
    assert ears.finish().text == "对"


def test_nothing_said_is_nothing_heard() -> None:
    ears = Recogniser(Model(Kaldi([], final=alternatives(("", -1.0)))))  # type: ignore[arg-type]
    ears.begin()
    ears.accept(PIECE, voiced=0.3)
    assert ears.finish().free == ()


def test_an_empty_reading_keeps_its_share() -> None:
    ears = Recogniser(Model(Kaldi([], final=alternatives(("", -1.0), ("好", -3.0)))))  # type: ignore[arg-type]
    ears.begin()
    ears.accept(PIECE, voiced=0.3)
    heard = ears.finish()
    assert heard.text == "" and heard.free[1].text == "好" and heard.free[1].weight < 0.2


def test_both_recognisers_hear_a_closed_question() -> None:
    free, held = Kaldi([], alternatives(("不 对", -4.0))), Kaldi([], alternatives(("不对", -4.0)))
    ears = Recogniser(Model(free, held))  # type: ignore[arg-type]
    ears.begin(("对", "不对"))
    ears.accept(PIECE, voiced=0.2)
    heard = ears.finish()
    assert free.heard == held.heard == len(PIECE)
    assert heard.held == (Hypothesis("不对", 1.0, held=True, score=-4.0),)
    ears.begin()
    ears.accept(PIECE, voiced=0.2)
    assert held.heard == len(PIECE), "an open question is heard freely"


def test_the_same_question_again_makes_no_new_recogniser() -> None:
    made = Model(Kaldi([]), Kaldi([]))
    ears = Recogniser(made)  # type: ignore[arg-type]
    for _ in range(3):
        ears.begin(("对", "不对"))
    assert len(made.grammars) == 2


def test_a_wide_band_model_gets_its_own_rate() -> None:
    kaldi = Kaldi([])
    wide = Model(kaldi)
    wide.rate = 16000
    ears = Recogniser(wide)  # type: ignore[arg-type]
    ears.begin()
    for _ in range(20):
        ears.accept(PIECE, voiced=0.1)
    assert kaldi.heard == pytest.approx(2 * 20 * len(PIECE), rel=0.1)


def test_shares_of_belief() -> None:
    assert weighed([]) == []
    (best, share), (_, rest) = weighed(alternatives(("十 点", -101.0), ("四 点", -100.0)))
    assert best == "四 点" and share == pytest.approx(0.731, abs=0.001) and share + rest == pytest.approx(1)


def test_unknown_words_are_no_words() -> None:
    assert without_unknown("[unk] 明天 [unk] 上午") == "明天上午"
    assert without_unknown("[unk] [unk]") == ""


def test_until_the_grammar_of_a_town_is_made_the_usual_one_is_used() -> None:
    model = Model(Kaldi([]), Kaldi([]))
    ears = Recogniser(model)  # type: ignore[arg-type]
    ears.begin(("莲塘",), ("光明社区",))
    assert model.grammars[-1] == model.grammar(("光明社区",))
    model.made.append(("莲塘",))
    ears.begin(("莲塘",), ("光明社区",))
    assert model.grammars[-1] == model.grammar(("莲塘",))
