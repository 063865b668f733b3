"""The same wish in the words of several regions becomes the same sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.components.dialect import DialectError, Evener, meanings


@pytest.fixture(scope="module")
def evener() -> Evener:
    return Evener(meanings())


@pytest.mark.parametrize("said, alike", [
    ("额不要咧", "我不要哒"),
    ("我唔要啦", "俺不要了"),
    ("你们有么子服务", "你哋有乜服务啊"),
    ("明儿个莫送饭来哒", "听日别送饭来了"),
    ("那个……嗯，我想剃头", "我想剃头"),
    ("得唔得", "中不中"),
    ("收钱不", "收钱吗"),
    ("师傅几时来", "师傅啥时候来"),
])
def test_regions_say_the_same(evener: Evener, said: str, alike: str) -> None:
    assert evener.even(said) == evener.even(alike)


@pytest.mark.parametrize("said", ["联系电话", "中心医院", "关系户", "中午", "巧克力"])
def test_words_of_their_own_are_kept(evener: Evener, said: str) -> None:
    assert evener.even(said) == said


def test_nothing_is_left_without_words(evener: Evener) -> None:
    assert evener.even("") == "" and evener.even("啊") == "啊" and evener.even("😀") == ""


def test_a_word_with_two_meanings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dialect.yml"
    path.write_text("words: {不: [唔], 我: [唔]}\nkept: []\n", encoding="utf-8")
    with pytest.raises(DialectError, match="唔"):
        meanings(path)
