"""Addresses as they are told on the telephone: again instead of in pieces, on roads that are named after towns."""

from __future__ import annotations

import pytest

from care.booking import addresses, contact
from care.regions import names_a_road
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
    assert names_a_road(text, town, text.index(town) + len(town)) is road


@pytest.mark.parametrize(("answer", "region"), [("affirm", "nanchang"), ("deny", "")])
def test_a_district_that_several_towns_have_is_asked_about(stranger: Talk, answer: str, region: str) -> None:
    stranger.conversation.region = ""
    stranger.say("周六上午十点理发", "book", service="haircut", time=time("2026-11-28", "10:00", ampm=True))
    assert "南昌的西湖区吗" in stranger.say("西湖区孺子路68号1栋702", address="西湖区孺子路68号1栋702")
    stranger.say("是嘞", answer)
    assert stranger.draft.region == region and (region or "哪" in stranger.replies[-1].say)


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("红旗街湖西路，长影宿舍9栋，3单元，二楼左手边", "红旗街湖西路长影宿舍9栋3单元二楼左手边"),
        ("西农路3号，北校区家属区，11号楼东单元，三层西户", "西农路3号北校区家属区11号楼东单元三层西户"),
        ("净月区，福祉大路，伟峰东域，22栋2单元1101", "净月区福祉大路伟峰东域22栋2单元1101"),
        ("东湖区叠山路，百花洲那边，小巷子进去，门牌63号", "东湖区叠山路百花洲那边小巷子进去63号"),
        ("天心区书院路 金盆岭那个老宿舍 6栋203", "天心区书院路金盆岭那个老宿舍6栋203"),
        ("住在和平里，5号楼，4单元，三零一", "和平里5号楼4单元三零一"),
        ("东城主山，振兴路，景湖春天，七座四零三", "振兴路景湖春天七座四零三"),
        ("邰城路，水保所家属院，二号楼三单元一零一，一楼", "邰城路水保所家属院二号楼三单元一零一室一楼"),
        ("揉谷镇姜嫄村五组，门牌9号，门口有棵柿子树", "揉谷镇姜嫄村五组9号"),
        ("幸福小区3栋501，周建国，83岁", "幸福小区3栋501"),
        ("老地方，幸福路12号", "幸福路12号"),
    ],
)
def test_an_address_told_in_pieces_is_one(said: str, address: str) -> None:
    assert addresses.read_address(said) == address


def test_the_pieces_count_together_when_the_place_is_asked(stranger: Talk) -> None:
    stranger.say("周六上午十点理发", "book", service="haircut", time=time("2026-11-28", "10:00", ampm=True))
    said = stranger.say("揉谷镇姜嫄村五组，门牌9号，门口有棵柿子树", address="揉谷镇姜嫄村五组")
    assert stranger.draft.address == "揉谷镇姜嫄村五组9号"
    assert stranger.draft.remarks == ["门口有棵柿子树"] and "柿子树" in said


@pytest.mark.parametrize(
    ("address", "said", "right"),
    [
        ("金侨小区10栋四楼", "401，10栋的", "金侨小区10栋401"),
        ("长影宿舍9栋3单元二楼", "3单元202，别敲错门了", "长影宿舍9栋3单元202"),
        ("五泉镇王上村三组", "门牌是十八号，王上三组", "五泉镇王上村三组十八号"),
        ("阳光小区", "7号楼3单元", "阳光小区7号楼3单元"),
        ("湘钢二十二村十五栋203", "十五栋二单元301", "湘钢二十二村十五栋二单元301"),
        ("老宿舍六栋二楼二零三", "是二单元的，二单元二零三", "老宿舍六栋二单元二零三"),
    ],
)
def test_house_and_door_told_later_take_their_place_in_the_address(address: str, said: str, right: str) -> None:
    assert addresses.with_doors(address, addresses.doors_in(said)) == right


@pytest.mark.parametrize("said", ["5号", "不对，是403", "对，二楼", "三份", "一三八零零零零"])
def test_a_number_by_itself_is_no_house_and_door(said: str) -> None:
    assert addresses.doors_in(said) == ""


def test_a_door_put_right_at_the_read_back_keeps_the_street(stranger: Talk) -> None:
    stranger.say("周六上午十点理发", "book", service="haircut", time=time("2026-11-28", "10:00", ampm=True))
    stranger.say("雨湖区韶山西路，金侨小区，10栋，四楼", address="金侨小区10栋四楼")
    stranger.draft.region = "hunan"
    stranger.say("13800001234", phone="13800001234")
    assert stranger.replies[-1].say.endswith("对吗？")
    stranger.say("401，10栋的")
    assert stranger.draft.address == "雨湖区韶山西路金侨小区10栋401"


def test_a_door_said_twice_keeps_the_street_too(stranger: Talk) -> None:
    stranger.conversation.region = "hunan"
    stranger.say("周六上午十点理发", "book", service="haircut", time=time("2026-11-28", "10:00", ampm=True))
    stranger.say("书院路金盆岭，老宿舍，六栋，二楼二零三", address="六栋二楼二零三")
    stranger.say("13800001234", phone="13800001234")
    stranger.say("是二单元的，二单元二零三", address="二单元的二单元二零三")
    assert stranger.draft.address == "书院路金盆岭老宿舍六栋二单元二零三"


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        ("杨凌康乐路9号院3号楼201", "康乐路19号院", "杨凌康乐路19号院3号楼201"),
        ("康乐路9号院3号楼201", "杨凌康乐路19号院", "杨凌康乐路19号院3号楼201"),
        ("杨凌康乐路9号院3号楼201", "康乐路9号院5号楼", "杨凌康乐路9号院5号楼201"),
        ("杨凌康乐路9号院3号楼201", "康乐路9号院", "杨凌康乐路9号院3号楼201"),
        ("杨凌康乐路9号院3号楼201", "康乐路19号院5号楼302", "杨凌康乐路19号院5号楼302"),
        ("幸福路5栋302号", "幸福路6栋", "幸福路6栋302号"),
        ("五一路3号2单元501", "五一路5号", "五一路5号2单元501"),
        ("康乐路9号院3号楼201", "幸福路19号", ""),
        ("康乐路9号院3号楼201", "幸福小区", ""),
    ],
)
def test_the_same_street_told_again_keeps_what_is_smaller(before: str, said: str, after: str) -> None:
    assert addresses.told_again(before, said) == after


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("是19号院不是9号院", "康乐路19号院3号楼201"),
        ("不是康乐路 是康乐东路", "康乐东路9号院3号楼201"),
        ("不是三号楼，是五号楼", "康乐路9号院五号楼201"),
        ("不是星期三 是星期四", ""),
        ("不是1号楼，是5号楼", ""),
    ],
)
def test_one_part_stands_instead_of_another(said: str, after: str) -> None:
    assert addresses.exchanged("康乐路9号院3号楼201", said) == after


@pytest.mark.parametrize(
    ("text", "intent", "heard", "after"),
    [
        ("错了 是9号院6座302", "correct", "6座302", "莞城街道西正路9号院6座302"),
        ("哎呀 是9号院6座302", "inform", "6座302", "莞城街道西正路9号院6座302"),
        ("不对不对 6座 302", "correct", "6座302", "莞城街道西正路9号6座302"),
        ("哎呀是西正路6号", "inform", "西正路6号", "莞城街道西正路6号"),
    ],
)
def test_house_and_door_put_right_keep_the_street(stranger: Talk, text: str, intent: str, heard: str, after: str) -> None:
    stranger.say("周六上午修脚", "book", service="foot_care", time=time("2026-11-28", part="morning"))
    stranger.say("莞城街道西正路9号", address="莞城街道西正路9号")
    assert stranger.state == "asking_time"
    stranger.hear(text, intent, address=(heard, heard))
    assert stranger.draft.address == after
