"""The makers of the small speech model: units, sentences, n-grams, graph machines, file writer, fetching."""

from __future__ import annotations

import hashlib
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from voice_gateway.speech_model import fetch, kaldi
from voice_gateway.speech_model.cli import app
from voice_gateway.speech_model.corpus import Shelf, level, trim
from voice_gateway.speech_model.graph import Machine, grammar_machine, leave, lexicon_machine, stay
from voice_gateway.speech_model.lm import END, START, UNKNOWN, Cutter, ngram, spelt, usual
from voice_gateway.speech_model.material import words_of
from voice_gateway.speech_model.neural import whole
from voice_gateway.speech_model.score import distance, plain, telephone
from voice_gateway.speech_model.sentences import HANZI, Talk, clauses, count, services, spoken
from voice_gateway.speech_model.units import INDEX, UNITS, syllable_units, text_units, word_units


def test_sixty_units_with_the_blank_first() -> None:
    assert len(UNITS) == len(set(UNITS)) == 60
    assert UNITS[0] == "<blk>"


@pytest.mark.parametrize(
    ("pinyin", "units"),
    [
        ("zhuang", ["zh", "uang"]),
        ("shi4", ["sh", "ii"]),
        ("xi", ["x", "i"]),
        ("lü", ["l", "v"]),
        ("yue", ["ve"]),
        ("er", ["er"]),
        ("wo3", ["uo"]),
        ("hng", None),
    ],
)
def test_a_syllable_falls_into_initial_and_final(pinyin: str, units: list[str] | None) -> None:
    assert syllable_units(pinyin) == units


def test_words_know_which_reading_they_have() -> None:
    assert word_units("银行") == ("in", "h", "ang")
    assert word_units("行") == ("x", "ing")
    assert text_units("洗澡 嗯") == ("x", "i", "z", "ao", "en")
    assert word_units("ABC") is None


@pytest.mark.parametrize(
    ("number", "said"), [(0, "零"), (10, "十"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (2600, "两千六百"), (30050, "三万零五十")]
)  # fmt: skip
def test_numbers_are_said(number: int, said: str) -> None:
    assert count(number) == said


def test_figures_in_the_data_are_said() -> None:
    assert spoken("到2025年补贴105元") == "到二零二五年补贴一百零五元"
    assert spoken("占55.5%") == "占百分之五十五点五"
    assert list(clauses("电话：12345，打02988886666（24小时）")) == [
        "电话",
        "一二三四五",
        "打零二九八八八八六六六六",
        "二十四小时",
    ]


def test_phrases_are_repeatable_and_can_be_pronounced() -> None:
    first, second = Talk(7), Talk(7)
    phrases = [first.phrase() for _ in range(300)]
    assert phrases == [second.phrase() for _ in range(300)]
    assert len(set(phrases)) > 200
    assert all(HANZI.fullmatch(phrase) and text_units(words_of(phrase)) for phrase in phrases)


def test_the_words_of_the_service_list_are_in_the_phrases() -> None:
    assert {"助浴", "洗澡", "送餐", "平安铃"} <= set(services())


def test_numbers_are_cut_into_figures_and_words_of_the_product_stay_whole() -> None:
    cutter = Cutter()
    assert cutter.words("一三八零零") == ["一", "三", "八", "零", "零"]
    assert "日间照料中心" in cutter.words("我想去日间照料中心")
    assert cutter.words("她") == ["他"]


def small_ngram(least_gain=0.0):
    said = [(2.0, ["我", "想", "洗澡"]), (1.0, ["我", "要", "理发"]), (1.0, ["他", "想", "理发"])]
    return ngram(said, {"好": 1.0}, 0.1, 0.05, least_gains=(0.0, least_gain))


@pytest.mark.parametrize("least_gain", [0.0, 0.6])
def test_an_ngram_is_a_probability(least_gain) -> None:
    model = small_ngram(least_gain)
    assert sum(model.after[()].values()) == pytest.approx(1.0)
    assert model.after[()][UNKNOWN] == 0.05
    for history in model.after:
        assert sum(model.chance(history, word) for word in model.after[()]) == pytest.approx(1.0)


def test_more_words_before_tell_more() -> None:
    model = small_ngram()
    assert model.chance(("我",), "想") > model.chance(("我",), "要") > model.chance(("他",), "要")
    assert model.chance(("我", "想"), "洗澡") > model.chance(("想",), "洗澡") > model.chance(("他", "想"), "洗澡")


def test_what_tells_little_is_left_out() -> None:
    assert len(small_ngram(0.6).after) < len(small_ngram().after)
    assert ("想",) in small_ngram(100.0).after and ("我", "想") not in small_ngram(100.0).after


def test_a_rare_word_is_spelt_so_that_it_can_be_heard_all_the_same() -> None:
    lines = [(1.0, ["送", "豆腐脑"]), (1.0, ["送", "饭"]), (1.0, ["我", "送", "饭"])]
    assert spelt(lines, 2) == [(1.0, ["送", "豆", "腐", "脑"]), (1.0, ["送", "饭"]), (1.0, ["我", "送", "饭"])]


def words_heard(machine: Machine, labels: list[int]) -> set[tuple[int, ...]]:
    """All word sequences with which the machine accepts the transition-ids."""
    outgoing: dict[int, list] = {}
    for source, target, label, output, _ in machine.arcs:
        outgoing.setdefault(source, []).append((target, label, output))

    def closed(states: set) -> set:
        open_ = list(states)
        while open_:
            state, words = open_.pop()
            for target, label, output in outgoing.get(state, ()):
                there = (target, (*words, output) if output else words)
                if label == 0 and there not in states:
                    states.add(there)
                    open_.append(there)
        return states

    states = closed({(0, ())})
    for wanted in labels:
        states = closed(
            {
                (target, (*words, output) if output else words)
                for state, words in states
                for target, label, output in outgoing.get(state, ())
                if label == wanted
            }
        )
    return {words for state, words in states if state in machine.finals}


def frames(*units: str) -> list[int]:
    """Transition-ids of units that last two frames each."""
    return [label for unit in units for label in (leave(INDEX[unit]), stay(INDEX[unit]))]


def test_the_lexicon_hears_words_with_and_without_blanks() -> None:
    machine = lexicon_machine({"你": 1, "你好": 2, "好": 3})
    assert words_heard(machine, frames("n", "i", "h", "ao")) == {(2,), (1, 3)}
    assert words_heard(machine, frames("<blk>", "n", "<blk>", "i", "<blk>", "h", "ao", "<blk>")) == {(2,), (1, 3)}
    assert words_heard(machine, frames("n", "i", "h")) == set()
    assert words_heard(machine, frames("<blk>")) == {()}


def test_the_unknown_word_is_any_two_units() -> None:
    machine = lexicon_machine({"好": 1, UNKNOWN: 2})
    assert words_heard(machine, frames("h", "ao")) == {(1,), (2,)}
    assert words_heard(machine, frames("b")) == set()
    assert (2,) in words_heard(machine, frames("b", "<blk>", "u", "t", "ong"))


def test_the_grammar_falls_back_word_by_word_and_accepts_silence() -> None:
    model = small_ngram()
    ids = {word: i + 1 for i, word in enumerate(model.words())}
    machine = grammar_machine(model, ids)
    assert 0 in machine.finals
    falls = {arc[0]: arc[1] for arc in machine.arcs if arc[2] == 0}
    assert 1 not in falls and len(falls) == len(model.after) - 1
    longer = [target for target in falls.values() if target != 1]
    assert longer and all(falls[target] == 1 for target in longer)
    assert machine.text().startswith("0 ")
    assert START not in ids and END not in ids


def test_words_written_as_misheard_are_put_right_by_what_is_usual() -> None:
    lines = [["洗个", "澡"]] * 3 + [["洗个", "早", "多少", "钱"], ["来", "得", "早"]]
    assert usual(lines)[3:] == [["洗个", "澡", "多少", "钱"], ["来", "得", "早"]]


def test_weights_come_back_from_sixteen_bits() -> None:
    weight = np.random.default_rng(0).normal(size=(5, 7)).astype(np.float32)
    writer = kaldi.Writer()
    writer.matrix(weight)
    data = bytes(writer.data)[2:]
    assert data[:4] == b"CM2 "
    low, span, rows, columns = struct.unpack("<ffii", data[4:20])
    steps = np.frombuffer(data[20:], "<u2").reshape(rows, columns)
    assert np.allclose(low + steps * (span / 65535), weight, atol=span / 65535)


def test_the_model_file_names_every_layer() -> None:
    layers = [
        kaldi.Layer((-1, 0, 1), np.eye(4, 6), np.zeros(4), True),
        kaldi.Layer((0,), np.eye(3, 4), np.zeros(3), False),
    ]
    data = kaldi.model_bytes(layers, 5.0)
    assert data.startswith(b"\0B<TransitionModel> ")
    assert b"component-node name=a0 component=a0 input=Append(Offset(input, -1), input, Offset(input, 1))" in data
    assert b"input-node name=input dim=2" in data
    assert data.endswith(struct.pack("<i3f", 3, 5.0, 1.0, 1.0))


def test_a_shelf_gives_back_what_was_put_on_it(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "neural")
    shelf.add(np.arange(10), "somebody", "你好")
    shelf.add(np.arange(5) - 2, "somebody else", "再 见")
    one, two = Shelf(tmp_path, "neural").clips()
    assert (two.text, two.voice) == ("再 见", "somebody else")
    assert list(shelf.samples(one)) == list(range(10))
    assert list(shelf.samples(two)) == [-2, -1, 0, 1, 2]
    assert list(trim(np.array([0, 0, 9, 8, 0]), 0.5)) == [9, 8]
    assert level(np.array([0.0, 0.5])).max() == int(0.8 * 32767)


def test_a_syllable_that_sounds_on_to_its_end_has_failed() -> None:
    said = np.concatenate([np.zeros(800), np.sin(np.arange(3200)), np.zeros(800)])
    assert whole(said, 8000)
    assert not whole(said[:3600], 8000)
    assert not whole(said[:1200], 8000)


def test_errors_are_counted() -> None:
    assert distance("洗个澡", "洗澡") == 1
    assert distance("", "好") == 1
    assert plain("我 想 [unk] 洗澡，她说") == "我想洗澡他说"


def test_the_telephone_band_has_no_bass() -> None:
    hum = (np.sin(np.arange(8000) * 2 * np.pi * 50 / 8000) * 8000).astype(np.int16)
    tone = (np.sin(np.arange(8000) * 2 * np.pi * 1000 / 8000) * 8000).astype(np.int16)
    through = telephone(hum + tone, 0).astype(float)
    spectrum = np.abs(np.fft.rfft(through))
    assert spectrum[50] < spectrum[1000] / 100


def zipped(folder: Path) -> Path:
    archive = folder / "made.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(f"{fetch.NAME}/am/final.mdl", "model")
    return archive


def test_a_fetched_model_is_verified_and_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = zipped(tmp_path)
    monkeypatch.setattr(fetch, "_download", lambda _address, to, _tell: to.write_bytes(archive.read_bytes()))
    right = hashlib.sha256(archive.read_bytes()).hexdigest()
    folder = fetch.fetch(tmp_path / "models", print, sha256=right)
    assert (folder / "am" / "final.mdl").read_text() == "model"
    with pytest.raises(fetch.FetchError, match="sha256"):
        fetch.fetch(tmp_path / "other", print)
    assert not (tmp_path / "other" / fetch.NAME).exists()


def test_without_internet_one_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(fetch.FetchError, match="下载不了"):
        fetch.fetch(tmp_path, print, address="http://127.0.0.1:9/model.zip")


def test_commands_say_what_is_missing(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["fetch", "--use", str(tmp_path / "none")])
    assert ran.exit_code == 1 and "不存在" in ran.output
    ran = CliRunner().invoke(app, ["test", "--work", str(tmp_path)])
    assert ran.exit_code == 1 and "speech-model data" in ran.output
    ran = CliRunner().invoke(app, ["data", str(tmp_path), "--work", str(tmp_path)])
    assert ran.exit_code == 1
