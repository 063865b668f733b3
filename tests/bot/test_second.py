"""A second opinion learnt from what sentences mean: it helps where the first is unsure, and is never needed."""

import numpy as np
import pytest

import meaning.vectors
from bot.components.second import SecondOpinion
from meaning import vector

TAUGHT = {
    "haircut": ["我想理个发", "给我爸剪头发", "头发长了，叫个人来理理"],
    "bath": ["我想洗个澡", "给我妈约个洗澡", "好久没洗身子了，来个人帮着洗洗"],
    "meal": ["明天给我送份饭", "订两份午饭", "不想做饭了，给送点吃的来"],
}
LABELS = list(TAUGHT)


def learnt():
    pairs = [(text, label) for label, texts in TAUGHT.items() for text in texts]
    return SecondOpinion.learnt([text for text, _ in pairs], [label for _, label in pairs], 10.0)


@pytest.mark.parametrize(("said", "label"), [("脑袋上的毛该铰一铰喽", "haircut"), ("肚子饿了，给弄口热乎饭来", "meal")])
def test_words_of_nobody_else_are_told_apart(said, label):
    shares = learnt().joined(said, LABELS, np.full(3, 1 / 3), 1.0)
    assert LABELS[int(shares.argmax())] == label
    assert shares.sum() == pytest.approx(1.0)


def test_it_does_not_overrule_what_the_first_opinion_is_sure_of():
    shares = learnt().joined("脑袋上的毛该铰一铰喽", LABELS, np.array([0.02, 0.96, 0.02]), 0.3)
    assert LABELS[int(shares.argmax())] == "bath"


def test_it_is_the_same_after_it_was_kept(tmp_path):
    made = learnt()
    made.save(tmp_path / "second.npz")
    first = np.array([0.3, 0.3, 0.4])
    kept = SecondOpinion.load(tmp_path / "second.npz")
    assert kept.joined("想铰铰头", LABELS, first, 0.6) == pytest.approx(made.joined("想铰铰头", LABELS, first, 0.6))


def test_without_the_encoder_the_first_opinion_stands(monkeypatch):
    made = learnt()
    monkeypatch.setattr(meaning.vectors, "encode", lambda _text: None)
    vector.cache_clear()
    first = np.array([0.3, 0.3, 0.4])
    assert made.joined("这句话哪里都没有存过", LABELS, first, 0.6) is first
    assert learnt().classes in ([], LABELS)
    vector.cache_clear()
