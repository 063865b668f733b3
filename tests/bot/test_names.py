"""Names that are spelt, told in running speech, or a clause of the answer to who it is."""

from __future__ import annotations

from typing import List

import pytest

from bot.components.lexicon import words
from bot.components.recognise import Recogniser


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(words())


def names(recogniser: Recogniser, text: str, asking: str = "") -> List[str]:
    return [span.value for span in recogniser.find(text, asking) if span.kind == "person_name"]


@pytest.mark.parametrize("said, name", [
    ("覃应钦，覃是西早覃，应该的应，钦差的钦", "覃应钦"),
    ("骆应钦骆驼的骆应该的应钦差的钦", "骆应钦"),
    ("麦笑容，小麦的麦，笑容满面的笑容", "麦笑容"),
    ("她叫麦笑容，小麦的麦，笑容满面的笑容", "麦笑容"),
    ("李春明，春天的春，明天的明", "李春明"),
    ("黄小娥草头黄", "黄小娥"),
    ("姓张，弓长张，叫桂芳", "张桂芳"),
    ("姓张弓长张叫桂芳", "张桂芳"),
    ("木子李，秀英", "李秀英"),
    ("弓长张，张桂兰", "张桂兰"),
    ("林阿妹，双木林", "林阿妹"),
    ("龙虎的龙，应该的应，钦差的钦", "龙应钦"),
    ("姓吴，吴桂芳，桂花香的那个桂，芳草的芳", "吴桂芳"),
    ("他姓黎，名叫顺娣", "黎顺娣"),
    ("丁桂兰 甲乙丙丁的丁", "丁桂兰"),
])  # fmt: skip
def test_a_name_with_its_signs_spelt_is_that_name_and_nothing_else(recogniser: Recogniser, said: str, name: str) -> None:
    assert [(s.kind, s.value) for s in recogniser.find(said, "name")] == [("person_name", name)]


@pytest.mark.parametrize("said, name", [
    ("我嫲嫲个名系黎顺娣", "黎顺娣"),
    ("她学名叫柯来娣", "柯来娣"),
    ("名儿叫秦满仓", "秦满仓"),
    ("老人的名是龙大宝", "龙大宝"),
    ("吃饭的人是郭万福 不是我", "郭万福"),
    ("来洗的是我爸龙应钦", "龙应钦"),
    ("住的人是我奶奶汤润好", "汤润好"),
    ("我们院里有个老汉叫郭万福没儿没女今年八十九咧给他送一顿晚饭", "郭万福"),
])
def test_a_name_is_known_by_how_it_is_told(recogniser: Recogniser, said: str, name: str) -> None:
    assert names(recogniser, said, "confirm") == [name]


@pytest.mark.parametrize("said, name", [
    ("龙应钦，我老公", "龙应钦"),
    ("嗯，就叫欧应发咯", "欧应发"),
    ("我爸，蒙启元", "蒙启元"),
])
def test_where_the_name_was_asked_for_a_clause_may_be_it(recogniser: Recogniser, said: str, name: str) -> None:
    assert names(recogniser, said, "name") == [name]


@pytest.mark.parametrize("said", [
    "不知道，安排就行", "高血压，方便面", "马上，等一下", "谢谢，时间晚了", "明天上午，常来", "周末吧，周末有空",
    "我爸叫师傅来了", "我妈叫安排车去", "要黄的，草头黄的不要", "明天的饭不要明天的了",
])  # fmt: skip
def test_other_words_are_no_names(recogniser: Recogniser, said: str) -> None:
    assert not names(recogniser, said, "name")
