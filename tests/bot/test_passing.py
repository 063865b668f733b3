"""Times and people named in passing."""

from __future__ import annotations

from datetime import datetime
from typing import List, Tuple

import pytest

from bot.components import lexicon, recognise
from bot.components.recognise import Recogniser

NOW = datetime(2026, 11, 25, 10, 0)


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(lexicon.words())


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("我这两天腿疼走不动，明儿个给我送顿饭", ["2026-11-26"]),
        ("她儿子礼拜五要回来接她，推到下周一吧", ["2026-11-30"]),
        ("明天我得去吃喜酒不在屋里，后天上午来", ["2026-11-27"]),
        ("周六我要加班，改周日下午四点", ["2026-11-29"]),
        ("前天才出院，后天想请护士来换药", ["2026-11-27"]),
        ("后天要去医院看眼睛", ["2026-11-27"]),
        ("明天不行", []),
        ("明天上午来打扫，后天上午再来洗澡", ["2026-11-26", "2026-11-27"]),
    ],
)
def test_days_of_reasons_are_not_wanted(recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch, text: str, days: List[str]) -> None:
    monkeypatch.setattr(recognise, "now", lambda: NOW)
    assert [s.value["date"] for s in recogniser.find(text) if s.kind == "time" and s.value["date"]] == days


@pytest.mark.parametrize(
    ("text", "hours"),
    [("礼拜天下午三点，她中午要睡觉，莫来早了", [("15:00", "afternoon")]), ("上午不在家，下午三点来", [("15:00", "afternoon")])],
)
def test_hours_of_reasons_are_not_wanted(recogniser: Recogniser, text: str, hours: List[Tuple[str, str]]) -> None:
    assert [(s.value["time"], s.value["part"]) for s in recogniser.find(text) if s.kind == "time"] == hours


def test_these_days_are_no_length(recogniser: Recogniser) -> None:
    assert not [s for s in recogniser.find("我这两天拉肚子") if s.kind == "duration"]
    assert [s.value for s in recogniser.find("住两天") if s.kind == "duration"] == [{"days": 2}]


@pytest.mark.parametrize(
    ("text", "relations"),
    [("我要去县医院看我姐姐，来个车", []), ("约个人上门看看我爸", ["father"]), ("去医院接我妈回家", ["mother"])],
)
def test_whom_somebody_visits(recogniser: Recogniser, text: str, relations: List[str]) -> None:
    assert [s.value for s in recogniser.find(text) if s.kind == "relation"] == relations


def test_the_hour_at_which_another_one_comes_changes_nothing(recogniser: Recogniser) -> None:
    told, wished = "一个人吃，晚上我弟过去给她做", "一个人吃，晚上给她送来"
    assert not [s for s in recogniser.find(told, "diet") if s.kind == "time"]
    assert [s for s in recogniser.find(wished, "diet") if s.kind == "time"]


@pytest.mark.parametrize("text", ["星期天我儿子回来接我，那天的饭别送", "礼拜六我闺女给我做饭，那天不用来了", "星期三我儿媳妇带我去喝酒，当天空着"])
def test_a_day_that_the_wish_comes_back_to_is_kept(recogniser: Recogniser, text: str) -> None:
    assert [s for s in recogniser.find(text) if s.kind == "time"]
