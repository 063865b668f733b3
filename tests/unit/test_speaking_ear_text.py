"""Text for the ear: what elders hear for figures, and what they never hear."""

import re

import pytest

from care.texts import FOLDER
from voice_gateway.speaking.ear_text import LONGEST, clauses, for_the_ear, sentences


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("订好了，单号 3582。", "订好了，单号三、五、八、二。"),
        ("电话13812345678", "电话一三八，一二三四，五六七八"),
        ("打0912-8703123", "打零九一二，八七零，三一二三"),
        ("请打12345、120！", "请打一二三四五、一二零。"),
        ("120元", "一百二十元"),
        ("120岁", "一百二十岁"),
        ("2026-11-25 15:30", "二零二六年十一月二十五号下午三点半"),
        ("11月5日", "十一月五号"),
        ("9:00-11:30", "上午九点到中午十一点半"),
        ("24.50元", "二十四块五"),
        ("¥12", "十二块"),
        ("1,200元", "一千二百元"),
        ("补50%，按1:3", "补百分之五十，按一比三"),
        ("10-15人", "十到十五人"),
        ("2020—2022年", "二零二零到二零二二年"),
        ("东府办〔2020〕57号", "东府办，二零二零年，五十七号"),
        ("GB/T 42195-2022 评估", "国家标准四二一九五，评估"),
        ("2份饭", "两份饭"),
        ("37.5℃", "三十七点五摄氏度"),
        ("二〇二〇年", "二零二零年"),
        ("A座", "诶座"),
        ("１２月", "十二月"),
    ],
)
def test_figures_are_written_out_as_people_say_them(written, heard):
    assert for_the_ear(written) == heard


@pytest.mark.parametrize(
    "written", ["", "  ", "😀😀👍", "()[]【】", "https://example.org/a?b=1", "***", "。。。", "\n\n", "￥"]
)
def test_what_cannot_be_spoken_is_nothing(written):
    assert for_the_ear(written) == ""


def test_brackets_bullets_quotes_pages_and_signs_are_never_read():
    heard = for_the_ear("• 订饭（中午）\n1. “洗澡”\n《方案》见 https://example.org/x 😀")
    assert heard == "订饭，中午。洗澡。方案见"


def test_only_hanzi_and_four_marks_are_left_of_anything():
    odd = "".join(map(chr, range(32, 0x3100))) + "中文ＡＢ①②㎡"
    assert re.fullmatch(r"[\u3400-\u9fff，。？、]*", for_the_ear(odd))


def test_a_huge_text_is_cut_not_refused():
    assert len(for_the_ear("好" * (LONGEST + 1000))) == LONGEST


def test_numbers_of_any_length_are_spoken():
    assert for_the_ear("9" * 30).replace("，", "") == "九" * 30


def test_the_order_of_clauses_and_their_marks_are_kept():
    spoken = for_the_ear("您好，我是助手。您要什么？好")
    assert sentences(spoken) == ["您好，我是助手。", "您要什么？", "好"]
    assert clauses("您好，我是助手。") == ["您好，", "我是助手。"]


def test_what_the_product_says_is_already_fit_for_the_ear():
    """Preparing a text again changes no word of what is written in hanzi."""
    for path in FOLDER.glob("*.yaml"):
        for said in re.findall(r"[\u4e00-\u9fff]{4,}", path.read_text("utf-8")):
            assert for_the_ear(said) == said
