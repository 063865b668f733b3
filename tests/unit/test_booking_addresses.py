"""Addresses as they are told on the telephone: again instead of in pieces, on roads that are named after towns."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from care.booking import contact
from care.booking.where import _names_a_road
from care.turn import Entity
from tests.unit.booking_talk import Talk, time


@pytest.mark.parametrize(
    ("address", "tail", "whole"),
    [
        ("望月湖小区", "六栋二零三", "望月湖小区六栋二零三"),
        ("望月湖小区六栋二零三", "六十六栋二零三", "望月湖小区六栋二零三"),
        ("康乐路五号三单元二零一", "七号一零二", "康乐路五号三单元二零一"),
        ("湖滨小区八号楼", "八号楼一零一", "湖滨小区八号楼一零一"),
        ("阳光花园三栋四零二", "三栋四零二", "阳光花园三栋四零二"),
        ("五一路三号", "二单元五零一", "五一路三号二单元五零一"),
    ],
)
def test_a_house_told_again_is_not_added_to_the_first(address: str, tail: str, whole: str) -> None:
    assert contact.with_tail(address, tail) == whole


@pytest.mark.parametrize(
    ("text", "town", "road"),
    [
        ("朝阳区桂林路二十号", "桂林", True),
        ("南京东路五号", "南京", True),
        ("住在上海花园三栋", "上海", True),
        ("北京大街新村九栋", "北京", True),
        ("长沙岳麓区望月湖小区", "长沙", False),
        ("莞城街道西正社区二十号", "莞城", False),
        ("我在桂林", "桂林", False),
        ("我在长沙路上走着", "长沙", False),
    ],
)
def test_a_town_may_only_name_a_road(text: str, town: str, road: bool) -> None:
    start = text.index(town)
    place = Entity("place", {"name": town, "region": ""}, town, start, start + len(town))
    assert _names_a_road(SimpleNamespace(turn=SimpleNamespace(text=text)), place) is road  # type: ignore[arg-type]


@pytest.mark.parametrize(("answer", "region"), [("affirm", "nanchang"), ("deny", "")])
def test_a_district_that_several_towns_have_is_asked_about(stranger: Talk, answer: str, region: str) -> None:
    stranger.conversation.region = ""
    stranger.say("周六上午十点理发", "book", service="haircut", time=time("2026-11-28", "10:00", ampm=True))
    assert "南昌的西湖区吗" in stranger.say("西湖区孺子路68号1栋702", address="西湖区孺子路68号1栋702")
    stranger.say("是嘞", answer)
    assert stranger.draft.region == region and (region or "哪" in stranger.replies[-1].say)
