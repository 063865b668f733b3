"""The speech model: what is refused before Vosk sees it, and grammars that can do no harm."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from care.settings import ROOT
from voice_gateway.listening import model
from voice_gateway.listening.model import ModelError, SpeechModel

BUNDLED = ROOT / "voice_gateway" / "model"


@pytest.fixture(scope="module")
def bundled() -> SpeechModel:
    return model.loaded(BUNDLED)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder that looks like the bundled model; only the small files are real."""
    for path in BUNDLED.rglob("*"):
        target = tmp_path / path.relative_to(BUNDLED)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes() if path.suffix == ".conf" else b"")
    return tmp_path


def test_the_bundled_model_listens_at_telephone_rate(bundled: SpeechModel) -> None:
    assert bundled.rate == 8000
    assert bundled.grammars


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="不存在"):
        SpeechModel(tmp_path / "none")


@pytest.mark.parametrize("part", ["am/final.mdl", "conf/model.conf", "graph/Gr.fst"])
def test_the_missing_part_is_named(copied: Path, part: str) -> None:
    (copied / part).unlink()
    with pytest.raises(ModelError, match="不是语音模型，缺"):
        SpeechModel(copied)


@pytest.mark.parametrize("line", ["", "--endpoint.silence-phones=", "--endpoint.silence-phones=a:b"])
def test_no_silence_phones_would_end_the_process_and_is_refused(copied: Path, line: str) -> None:
    conf = copied / "conf" / "model.conf"
    kept = [row for row in conf.read_text().splitlines() if "silence-phones" not in row]
    conf.write_text("\n".join([*kept, line]) + "\n")
    with pytest.raises(ModelError, match="silence-phones"):
        SpeechModel(copied)


def test_a_rate_that_no_telephone_reaches_is_refused(copied: Path) -> None:
    (copied / "conf" / "mfcc.conf").write_text("--sample-frequency=44100\n")
    with pytest.raises(ModelError, match="44100"):
        SpeechModel(copied)


def test_a_model_without_its_network_gives_a_sentence(copied: Path) -> None:
    with pytest.raises(ModelError, match="读不了"):
        SpeechModel(copied)


@pytest.mark.parametrize(
    ("conf", "rate"), [("--sample-frequency=16000 # wide band\n", 16000), ("--num-ceps=40\n", 16000)]
)
def test_the_rate_of_wide_band_models(copied: Path, conf: str, rate: int) -> None:
    (copied / "conf" / "mfcc.conf").write_text(conf)
    assert model.check(copied) == rate


def test_a_grammar_holds_only_what_the_model_can_say(bundled: SpeechModel) -> None:
    phrases = json.loads(bundled.grammar(("对", "鼛鼛鼛", "不对")))
    assert phrases[0] == "对" and phrases[-1] == "[unk]"
    assert phrases[1].replace(" ", "") == "不对"
    assert len(phrases) == 3


@pytest.mark.parametrize("phrases", [(), ("",), ("鼛鼛",), ('"]', "{}")])
def test_no_grammar_at_all_rather_than_a_broken_one(bundled: SpeechModel, phrases: tuple[str, ...]) -> None:
    assert bundled.grammar(phrases) == ""


def test_phrases_are_split_into_the_fewest_words(bundled: SpeechModel) -> None:
    assert "".join(bundled.split("明天上午")) == "明天上午"
    assert len(bundled.split("明天上午")) == 2
    assert bundled.split("鼛") == ()


def test_an_empty_grammar_is_what_kills_a_process() -> None:
    """Why the guard is needed: if a later vosk survives this, the guard may go."""
    code = (
        "import vosk; vosk.SetLogLevel(-2); "
        f"r = vosk.KaldiRecognizer(vosk.Model({str(BUNDLED)!r}), 8000, '[]'); r.AcceptWaveform(bytes(16000)); r.FinalResult()"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode < 0
