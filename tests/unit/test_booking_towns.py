"""City and district, in whatever turn they are told: they stand in the address, and whoever comes is of that city."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import regions
from care.booking import addresses, towns
from care.conversation.model import Conversation
from care.orders import by_number
from care.service_list import providers
from care.turn import Entity, Turn
from tests.unit.booking_talk import Talk, time

SATURDAY = time("2026-11-28", "10:00", ampm=True)
HAIRCUT = "haircut"


@pytest.fixture
def anywhere(stranger: Talk) -> Talk:
    stranger.conversation.region = ""
    return stranger


def place(name: str, region: str = "hunan") -> dict[str, str]:
    return {"region": region, "name": name, "level": "city"}


def turn(text: str, *found: str) -> Turn:
    entities = tuple(Entity("address", one, one, text.index(one), text.index(one) + len(one)) for one in found)
    return Turn("c", text, "inform", 1.0, entities, "m")


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("衡阳市雁峰区", "衡阳市雁峰区"), ("我在长沙开福区", "长沙开福区"), ("长沙开福区的", "长沙开福区"), ("我妈在衡阳", "衡阳"),
        ("住在雁峰区那边", "雁峰区"), ("俺们耒阳的", "耒阳"), ("我要去长沙看病", ""), ("从衡阳回长沙", ""), ("长沙火车站接我", ""),
        ("衡阳路十八号", ""), ("湖南", ""), ("户口还在衡南", ""), ("老家是耒阳的", ""),
    ],
)  # fmt: skip
def test_the_town_that_a_turn_tells(text: str, town: str) -> None:
    assert towns.told_in(turn(text), "hunan") == town


def test_where_a_region_is_a_city_only_its_districts_are_towns() -> None:
    assert towns.told_in(turn("长春"), "changchun") == ""
    assert towns.told_in(turn("长春绿园区"), "changchun") == "长春绿园区"


@pytest.mark.parametrize(
    ("town", "address", "whole"),
    [
        ("衡阳市雁峰区", "雁城路十八号", "衡阳市雁峰区雁城路十八号"),
        ("衡阳", "雁峰区雁城路十八号", "衡阳雁峰区雁城路十八号"),
        ("长沙市岳麓区", "岳麓区幸福路十八号", "长沙市岳麓区幸福路十八号"),
        ("长沙", "衡阳路十八号", "长沙衡阳路十八号"),
        ("长沙", "衡阳雁峰区雁城路十八号", "衡阳雁峰区雁城路十八号"),
        ("长沙", "三栋二单元", "三栋二单元"),
        ("", "雁城路十八号", "雁城路十八号"),
    ],
)
def test_the_town_stands_before_an_address_that_names_none(town: str, address: str, whole: str) -> None:
    assert towns.before(town, "hunan", address) == whole


def test_city_and_district_told_after_the_address_are_kept_and_choose_who_comes(session: Session, anywhere: Talk) -> None:
    anywhere.say("周六上午十点理发，雁城路十八号", "book", service=HAIRCUT, time=SATURDAY, address="雁城路十八号")
    assert anywhere.state == "asking_region"
    assert "衡阳市雁峰区雁城路十八号" in anywhere.say("衡阳市雁峰区", place=place("衡阳"))
    heard = anywhere.say("13800001234", phone="13800001234")
    assert "衡阳市雁峰区雁城路十八号" in heard and anywhere.state == "confirming"
    anywhere.say("对", "affirm")
    order = by_number(session, anywhere.order or "")
    assert order is not None and (order.address, order.provider) == ("衡阳市雁峰区雁城路十八号", "hn-hengyang")


def test_a_city_without_anybody_is_said_to_be_so_and_nobody_of_another_is_sent(session: Session, anywhere: Talk) -> None:
    heard = anywhere.say("周六上午十点理发，株洲荷塘区建设路五号", "book", service=HAIRCUT, time=SATURDAY, address="株洲荷塘区建设路五号",
                         place=place("株洲"))  # fmt: skip
    assert "株洲那边我这里还没有" in heard
    heard = anywhere.say("13800001234", phone="13800001234")
    assert "还没有" not in heard
    anywhere.say("对", "affirm")
    order = by_number(session, anywhere.order or "")
    assert order is not None and order.provider == ""


def test_where_only_the_province_is_known_the_city_is_asked_for(anywhere: Talk) -> None:
    anywhere.conversation.region = "hunan"
    heard = anywhere.say("周六上午十点理发，幸福路五号", "book", service=HAIRCUT, time=SATURDAY, address="幸福路五号")
    assert anywhere.state == "asking_region" and "哪个市" in heard
    assert "衡阳幸福路五号" in anywhere.say("衡阳", place=place("衡阳"))
    assert anywhere.state == "asking_phone"


def test_the_city_spoken_of_before_is_not_asked_for_again(conversation: Conversation, anywhere: Talk) -> None:
    towns.keep(conversation, turn("衡阳有没有送饭的"))
    conversation.region = "hunan"
    assert "衡阳雁城路十八号" in anywhere.say("周六上午十点理发，雁城路十八号", "book", service=HAIRCUT, time=SATURDAY, address="雁城路十八号")


def test_a_district_told_at_another_question_begins_the_address(anywhere: Talk) -> None:
    anywhere.say("周六理发", "book", service=HAIRCUT, time=time("2026-11-28"))
    assert anywhere.state in ("asking_time", "asking_date")
    assert "哪条路" in anywhere.say("长沙开福区", place=place("长沙"))
    anywhere.say("芙蓉北路", "inform")
    anywhere.say("三十六号", "inform")
    anywhere.say("五栋", "inform")
    assert anywhere.draft.address == "长沙开福区芙蓉北路三十六号五栋" and anywhere.state in ("asking_time", "asking_date")


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("不对，是桃子湖小区", "长沙岳麓区桃子湖小区三栋二单元"), ("错了是桃子湖小区", "长沙岳麓区桃子湖小区三栋二单元"),
        ("不是桃花岭小区 是桃子湖小区", "长沙岳麓区桃子湖小区三栋二单元"), ("改成桃子湖小区五栋", "长沙岳麓区桃子湖小区五栋"),
        ("不是桃花岭小区", ""), ("对，桃花岭小区", ""), ("不对，是芙蓉路", ""), ("不对，是小区", ""),
    ],
)  # fmt: skip
def test_another_estate_keeps_town_and_door(said: str, address: str) -> None:
    assert addresses.renamed("长沙岳麓区桃花岭小区三栋二单元", said) == address


def test_an_estate_takes_the_place_of_a_street() -> None:
    assert addresses.renamed("绿园区春阳街59号2栋2单元202", "不对是锦绣小区") == "绿园区锦绣小区2栋2单元202"


def test_a_district_that_begins_the_address_is_no_remark(anywhere: Talk) -> None:
    anywhere.conversation.region = "hunan"
    anywhere.say("周六上午十点理发", "book", service=HAIRCUT, time=SATURDAY)
    anywhere.say("她住雨花区", place=place("雨花区"))
    assert not anywhere.draft.remarks and anywhere.draft.offered["half"] == "雨花区"


def test_an_estate_is_put_right_while_the_number_is_asked_for(anywhere: Talk) -> None:
    anywhere.say("周六上午十点理发，长沙岳麓区桃花岭小区三栋", "book", service=HAIRCUT, time=SATURDAY, address="长沙岳麓区桃花岭小区三栋",
                 place=place("长沙"))  # fmt: skip
    assert anywhere.state == "asking_phone"
    assert "桃子湖小区三栋" in anywhere.say("不对，是桃子湖小区", "deny")
    assert anywhere.draft.address == "长沙岳麓区桃子湖小区三栋"


def test_the_home_of_somebody_who_goes_to_the_centre_is_put_right(stranger: Talk) -> None:
    stranger.say("后天去日间照料，家住杨凌康乐路8号2栋", "book", service="day_care", time=time("2026-11-27"), address="杨凌康乐路8号2栋")
    stranger.say("错了，是康乐路8号3栋", "correct", address="康乐路8号3栋")
    assert [one for one in stranger.draft.remarks if "家住" in one] == ["家住杨凌康乐路8号3栋"]
    stranger.say("错了 是四栋不是三栋", "correct", address="四栋不是三栋")
    stranger.say("13800001234", phone="13800001234")
    assert [one for one in stranger.draft.remarks if "家住" in one] == ["家住杨凌康乐路8号四栋"]


def test_nobody_is_said_to_come_to_the_home_of_who_goes_to_the_centre(stranger: Talk) -> None:
    stranger.say("周六上午十点去站里洗澡", "book", service="bath", time=SATURDAY, bath_place="centre")
    heard = stranger.say("家住杨凌康乐路8号院2栋", address="杨凌康乐路8号院2栋")
    assert "家住杨凌康乐路八号院二栋" in heard and "上门" not in heard


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("雁城路二十号", "衡阳市雁峰区雁城路二十号"), ("石鼓区演武坪三号", "衡阳市石鼓区演武坪三号"),
        ("长沙开福区芙蓉北路三号", "长沙开福区芙蓉北路三号"),
    ],
)  # fmt: skip
def test_another_address_of_an_order_is_in_the_same_town(told: str, address: str) -> None:
    assert towns.like("衡阳市雁峰区雁城路十八号", "hunan", told) == address
    assert towns.like("雁城路十八号", "hunan", told) == told


def test_a_district_of_many_cities_is_asked_about() -> None:
    assert regions.find("经开区世纪大街五号")[0].ask and not regions.find("经开区世纪大街五号")[0].region
    assert regions.find("经开区", context="changchun")[0].region == "changchun"
    assert regions.find("长春经开区")[0].region == "changchun"


def test_of_a_region_with_several_cities_only_those_of_the_city_are_named() -> None:
    assert {one.id for one in providers("hunan", "meal", "耒阳市蔡子池")} == {"hn-hengyang"}
    assert providers("hunan", "meal", "株洲") == []
    assert providers("hunan", "home_bed", "株洲")[0].id == "hn-civil"
    assert len(providers("hunan", "meal")) > 1


@pytest.mark.parametrize(("month", "words"), [(("2027-09-01", "2027-09-30"), "太远"), (("2026-12-01", "2026-12-31"), "哪一天")])
def test_a_month_by_itself_is_no_day(stranger: Talk, month: tuple[str, str], words: str) -> None:
    stranger.say("我要理发", "book", service=HAIRCUT)
    heard = stranger.say("那个月", time=time(month[0], end_date=month[1], vague=True))
    assert words in heard and not stranger.draft.date and not stranger.draft.options
