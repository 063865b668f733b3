"""What sentences mean, as points: near for like meanings, kept for what is taught, and no need for the product to work."""

import shutil

import numpy
import pytest

import meaning.vectors
from care.policy import phrasings, retrieve
from meaning import encoder, vector
from yinling import meanings


@pytest.fixture
def no_encoder(monkeypatch):
    """A machine on which the encoder cannot run."""
    monkeypatch.setattr(meaning.vectors, "encode", lambda _text: None)
    vector.cache_clear()
    yield
    vector.cache_clear()


@pytest.mark.parametrize(
    ("said", "like", "unlike"),
    [
        ("脑袋上的毛该铰一铰喽", "我想理个发", "我想叫个车去银行"),
        ("老娘身上都有味儿了，谁来给她擦洗擦洗", "给我妈约个洗澡", "给我妈订份午饭"),
        ("守着她夜里睡不成觉，我快垮了，能不能让她去哪儿待两天", "照顾老人太累了，想让她短期住几天", "家里灯泡坏了"),
    ],
)
def test_words_that_no_example_has_are_near_those_that_mean_the_same(said, like, unlike):
    assert vector(said) @ vector(like) > vector(said) @ vector(unlike)


def test_everything_taught_is_kept():
    """Else every start and every training computes it again: run `yinling meaning`."""
    assert meanings.missing() == []


def test_a_kept_point_is_the_computed_one():
    text = meanings.texts()[7]
    known = meaning.vectors.kept()
    computed = (encoder.encode(text) - known.middle) @ known.axes
    assert vector(text) @ computed / numpy.linalg.norm(computed) > 0.99


def test_new_texts_are_added_and_old_ones_dropped(monkeypatch, tmp_path):
    file = tmp_path / "kept.npz"
    shutil.copy(meaning.vectors.FILE, file)
    stays, new = meanings.texts()[0], "隔壁老王家的猫又上树了"
    for module in (meaning.vectors, meanings):
        monkeypatch.setattr(module, "FILE", file)
    monkeypatch.setattr(meanings, "texts", lambda: [stays, new])
    before = vector(stays)
    meaning.vectors.kept.cache_clear()
    assert meanings.missing() == [new]
    assert meanings.keep(anew=False, progress=lambda done, total: None) == 2
    assert meanings.missing() == []
    vector.cache_clear()
    assert vector(stays) == pytest.approx(before)
    meaning.vectors.kept.cache_clear()
    vector.cache_clear()


def test_questions_are_answered_without_the_encoder(no_encoder):
    assert vector("这句话哪里都没有存过") is None
    hits = retrieve.search("多久探访一次老人", "dongguan")
    assert "探访" in hits[0].record.content


def test_a_processor_that_cannot_run_it_is_left_alone(monkeypatch, tmp_path):
    cpu = tmp_path / "cpuinfo"
    cpu.write_text("flags\t\t: fpu sse sse2\n")
    monkeypatch.setattr(encoder, "CPU", cpu)
    encoder._encoder.cache_clear()
    assert encoder.encode("您好") is None
    encoder._encoder.cache_clear()


@pytest.mark.parametrize(
    ("said", "region", "told"),
    [
        ("我爸病到最后那一段了，有没有专门安静走的地方", "dongguan", "临终关怀"),
        ("天天守着婆婆人都熬垮了，有没有让我缓口气的", "changchun", "喘息"),
    ],
)
def test_a_question_in_other_words_finds_its_record(said, region, told):
    near, _ = phrasings.phrasings().nearest(said)
    known = retrieve.library().records
    best = max((id for id in near if known[id].region == region), key=lambda id: near[id])
    assert told in known[best].content
