"""What an order looks like on a screen."""

from __future__ import annotations

from typing import Any

import pytest

from web.cards import drawn

CARD: dict[str, Any] = {
    "kind": "order",
    "number": "3582",
    "service": "meal",
    "service_name": "送餐",
    "status_name": "已订好",
    "date": "2026-11-27",
    "days": ["2026-11-27"],
    "time": "11:30",
    "until": "12:00",
    "quantity": 2,
    "unit": "份",
    "particulars": {"diet": ["soft", "allergy:虾"], "place_label": "闺女家"},
    "provider": "光明社区食堂",
    "total": "24.00",
    "payer": "paid",
    "price_note": "演示",
    "person_name": "王秀英",
    "address": "幸福路十八号五零二",
}


def lines(**changed: Any) -> dict[str, str]:
    """The lines of the card, after changes, by name."""
    card = drawn(CARD | changed)
    assert card is not None
    return {line["name"]: line["value"] for line in card["lines"]}


@pytest.fixture(autouse=True)
def fixed(now: None) -> None:
    """The clock of 2026-11-25."""


def test_an_order_says_what_when_for_whom_where_and_for_how_much() -> None:
    card = drawn(CARD)
    assert card is not None and card["title"] == "送餐"
    assert lines() == {
        "什么": "2 份，软一点的、不放虾",
        "时间": "11月27日 星期五 中午 11:30 到 12:00",
        "给谁": "王秀英",
        "地址": "幸福路十八号五零二",
        "谁来办": "光明社区食堂",
        "价钱": "24 元",
        "情况": "已订好",
    }
    assert [line["name"] for line in card["lines"] if line["demo"]] == ["价钱"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"days": ["2026-11-27", "2026-12-03"]}, "11月27日到12月3日，共 2 天 中午 11:30 到 12:00"),
        ({"days": [], "date": "2027-01-04", "time": "", "until": ""}, "2027年1月4日 星期一"),
        ({"time": "11:00"}, "11月27日 星期五 上午 11:00 到 中午 12:00"),
        ({"time": "15:30", "until": ""}, "11月27日 星期五 下午 3:30"),
    ],
)
def test_times_are_written_as_they_are_said(changed: dict[str, Any], words: str) -> None:
    assert lines(**changed)["时间"] == words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"total": "24.50"}, "24.5 元"),
        ({"total": "8.00", "payer": "subsidised"}, "8 元，有补贴"),
        ({"total": None, "payer": "free"}, "不要钱"),
        ({"total": None}, "由办事的人告诉您"),
    ],
)
def test_prices_promise_nothing_that_is_not_known(changed: dict[str, Any], words: str) -> None:
    assert lines(**changed)["价钱"] == words


def test_an_application_has_no_time_and_no_quantity() -> None:
    shown = lines(days=[], date="", time="", until="", quantity=1, unit="次", particulars={}, provider="")
    assert "时间" not in shown and "什么" not in shown and "谁来办" not in shown


def test_health_is_not_written_on_a_screen() -> None:
    assert "什么" not in lines(quantity=1, unit="次", particulars={"health": ["heart"]})


def test_a_particular_without_words_is_left_out_instead_of_a_code() -> None:
    assert lines(particulars={"duration": {"days": 30}, "unheard_of": "x_y"})["什么"] == "2 份"


def test_other_cards_pass_unchanged() -> None:
    assert drawn(None) is None
    assert drawn({"kind": "map", "place": "光明社区"}) == {"kind": "map", "place": "光明社区"}
