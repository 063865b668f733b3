"""Words with other signs of the same sound are written as they are meant; names never are."""

from __future__ import annotations

import re

import pytest
import yaml

from care.conversation.spelling import WORDS, mended


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("我坐论椅的", "我坐轮椅的"),
        ("额屋里水笼头露水哩", "额屋里水龙头漏水哩"),
        ("叫个打少嘅", "叫个打扫嘅"),
        ("喂是送参的吧", "喂是送餐的吧"),
        ("我想挂好", "我想挂号"),
        ("卫生间淋玉坏了", "卫生间淋浴坏了"),
        ("给我妈里发", "给我妈理发"),
        ("厨房的登不亮", "厨房的灯不亮"),
        ("嗯哪冒错个", "嗯哪冇错个"),
        ("冒得空", "冇得空"),
        ("屋里冒人搞饭", "屋里冇人搞饭"),
        ("冒事，我冒问题", "冇事，我冇问题"),
    ],
)
def test_the_word_that_is_meant_takes_the_place(said: str, meant: str) -> None:
    assert mended(said) == meant


@pytest.mark.parametrize(
    "said",
    ["号都挂好了", "家里发烧了", "早上露水大", "给我登记一下", "送参加活动的人", "送残疾人去医院", "我打少了两份", "我叫肖礼发", "森林浴场", "轮以后再说", "感冒得厉害", "往外冒得到处都是", "锅冒烟了", "插座冒火花", "地漏冒水", "头上直冒汗", "冒充的人", "冒险"],
)
def test_words_that_mean_what_they_say_stay(said: str) -> None:
    assert mended(said) == said


def test_a_name_that_was_asked_for_stays() -> None:
    assert mended("打嫂", "name") == "打嫂"


def test_every_pattern_is_one() -> None:
    table = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    for meant, said in table.items():
        for pattern in said:
            assert re.compile(pattern)
            assert pattern.startswith(("(", "[")) or "(" in pattern or "[" in pattern or len(pattern) == len(meant)
