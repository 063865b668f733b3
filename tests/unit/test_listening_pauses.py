"""Commas where the caller paused: between clauses, never within numbers, addresses, names and words."""

from __future__ import annotations

import pytest

from tests.unit.test_listening_expect import asked
from voice_gateway.listening import Expectation, pauses
from voice_gateway.listening.recogniser import Hypothesis, _Stream

IDLE = Expectation()
CONFIRMING = Expectation(state="confirming", asking="confirm", yes_no=True)


def said(words: str, expectation: Expectation = IDLE) -> str:
    """What becomes of words that were said with pauses at the marks."""
    parts = words.split("|")
    ends = tuple(len("".join(parts[:count])) for count in range(1, len(parts)))
    text = "".join(parts)
    return pauses.written(text, [Hypothesis(" ".join(text), 1.0, pauses=ends)], expectation)


@pytest.mark.parametrize(
    ("words", "expectation"),
    [
        ("我妈八十三了|走路不行|想请人来给她洗个澡", IDLE),
        ("不是我自己用|是给我爸|他腿摔了", IDLE),
        ("不是|给我老伴", asked("person")),
        ("对|就是电话不对", CONFIRMING),
        ("后天吧|明天我要去医院", asked("date")),
        ("要得|来的时候敲门大声点", CONFIRMING),
    ],
)
def test_a_pause_between_clauses_is_a_comma(words: str, expectation: Expectation) -> None:
    assert said(words, expectation) == words.replace("|", "，")


@pytest.mark.parametrize(
    "words",
    [
        "电话是一三八|零零一三|八零零零", "我住幸福路|十八号|五零二", "我想|订一份饭", "给我|洗个澡", "给我妈洗澡|的", "我要租轮|椅",
        "想做助|餐", "不|对", "下午|三点", "我要去杨|凌",
    ],
)  # fmt: skip
def test_a_pause_within_a_number_a_word_or_a_clause_is_none(words: str) -> None:
    assert said(words) == words.replace("|", "")


@pytest.mark.parametrize("slot", ["phone", "order", "identity", "place", "destination", "name", "hospital"])
def test_what_is_read_out_bit_by_bit_stays_one(slot: str) -> None:
    assert said("光明社区|后面那家|王秀英", asked(slot)) == "光明社区后面那家王秀英"


def test_what_repair_wrote_anew_gets_no_commas() -> None:
    readings = [Hypothesis("我家 一 个", 1.0, pauses=(2,))]
    assert pauses.written("我想理个发", readings, IDLE) == "我想理个发"


def test_the_stretches_of_the_recogniser_tell_the_pauses() -> None:
    class Kaldi:
        def __init__(self) -> None:
            self.results = iter(["我妈 八十三 了", "走路 [unk] 不行", ""])

        def AcceptWaveform(self, _pcm: bytes) -> bool:
            return True

        def Result(self) -> str:
            return f'{{"alternatives": [{{"text": "{next(self.results)}", "confidence": 1.0}}]}}'

        FinalResult = Result

    stream = _Stream(Kaldi(), held=False)
    stream.accept(b"", 1.0)
    stream.accept(b"", 1.0)
    (heard,) = stream.finish()
    assert heard.text == "我妈 八十三 了 走路 [unk] 不行" and heard.pauses == (6,)
