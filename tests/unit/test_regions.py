"""Places: the five regions, their parts, shared names and the rest of China."""

import pytest

from care.regions import Place, elsewhere, find, find_answer, find_heard, region, regions


def only(places: list[Place]) -> Place:
    assert len(places) == 1, places
    return places[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("杨陵区有没有食堂", "yangling"),
        ("揉谷镇的老人怎么办", "yangling"),
        ("五泉镇", "yangling"),
        ("我在长沙望城区", "hunan"),
        ("衡阳那边有高龄津贴没有", "hunan"),
        ("望城的政策", "hunan"),
        ("湘西州", "hunan"),
        ("南昌县多久探访一次", "nanchang"),
        ("青山湖区适老化", "nanchang"),
        ("红谷滩呢", "nanchang"),
        ("绿园区有评残吗", "changchun"),
        ("农安县", "changchun"),
        ("虎门有饭堂吗", "dongguan"),
        ("长安镇长者饭堂", "dongguan"),
        ("莞城街道", "dongguan"),
    ],
)
def test_names_of_the_five_regions(text: str, expected: str) -> None:
    assert {p.region for p in find(text)} == {expected}


def test_all_fourteen_prefectures_of_hunan() -> None:
    cities = [
        "长沙",
        "株洲",
        "湘潭",
        "衡阳",
        "邵阳",
        "岳阳",
        "常德",
        "张家界",
        "益阳",
        "郴州",
        "永州",
        "怀化",
        "娄底",
        "湘西州",
    ]
    assert all(only(find(f"{city}的老人")).region == "hunan" for city in cities)


@pytest.mark.parametrize("text", ["苏州有补贴吗", "西安市的老人", "深圳的长者饭堂", "北京海淀", "吉林市", "赣州"])
def test_known_places_elsewhere_are_none_of_ours(text: str) -> None:
    places = find(text)
    assert places and not any(p.region for p in places)


@pytest.mark.parametrize("text", ["新建养老院有多少", "我想搭个桥头", "小区二道门", "我天心不好", "养老服务中堂"])
def test_everyday_words_are_no_places(text: str) -> None:
    assert find(text) == []


def test_everyday_words_count_when_a_place_was_asked() -> None:
    assert only(find_answer("新建")).region == "nanchang"
    assert only(find_answer("大寨")).region == "yangling"


def test_shared_names_stay_open_without_context() -> None:
    place = only(find("朝阳区有敬老餐厅吗"))
    assert place.region == "" and place.options == ("changchun",) and "长春" in place.ask


def test_shared_names_settled_by_context() -> None:
    assert {p.region for p in find("长春朝阳区")} == {"changchun"}
    assert only(find("朝阳区有敬老餐厅吗", context="changchun")).region == "changchun"
    assert not any(p.region for p in find("北京朝阳区"))


def test_province_of_one_of_our_cities_is_asked_about() -> None:
    place = only(find("江西的残疾人补贴"))
    assert place.level == "province" and place.options == ("nanchang",)
    assert {p.region for p in find("江西省南昌市")} == {"nanchang"}


@pytest.mark.parametrize(
    ("text", "expected"), [("杨林", "yangling"), ("东管", "dongguan"), ("蓝昌", "nanchang"), ("常春", "changchun")]
)
def test_misheard_answers_are_understood(text: str, expected: str) -> None:
    assert only(find_answer(text)).region == expected


def test_regions_are_listed() -> None:
    assert [r.id for r in regions()] == ["yangling", "hunan", "nanchang", "changchun", "dongguan"]
    assert region("hunan").short == "湖南"
    with pytest.raises(KeyError):
        region("beijing")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("冬莞的老人多久有人看", "dongguan"),
        ("我们常沙有没有长护险", "hunan"),
        ("我住南仓的", "nanchang"),
        ("常春的养老政策", "changchun"),
        ("杨林这边给不给改造", "yangling"),
    ],
)
def test_a_city_that_a_recogniser_misspelt_is_heard_in_a_sentence(text: str, known: str) -> None:
    assert not find(text)
    assert [place.region for place in find_heard(text)] == [known]


@pytest.mark.parametrize("text", ["装护栏的政策有没有", "我想吃羊淋", "唱啥的都有", "我想装个手的", "护理床有没有"])
def test_everyday_words_are_not_heard_as_cities(text: str) -> None:
    assert not find_heard(text)


def test_an_everyday_word_is_a_place_where_somebody_lives() -> None:
    assert [place.region for place in find("俺妈在榆树，俺们都在外头打工")] == ["changchun"]
    assert not find("在新建的小区里") and not find("在榆树下乘凉")


def test_a_town_of_the_children_that_is_asked_about_counts() -> None:
    assert elsewhere("我儿子在东莞，我住杨凌") == {"东莞"}
    assert elsewhere("我大儿在东莞，东莞那边呢") == frozenset()
