"""Numbers, people, addresses and lexicon words in whole sentences."""

from __future__ import annotations

from typing import Any, List, Tuple

import pytest

from bot.components.lexicon import LexiconError, Word, words
from bot.components.recognise import Recogniser
from bot.components.words import WordFinder


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(words())


def found(recogniser: Recogniser, text: str, asking: str = "") -> List[Tuple[str, Any]]:
    return [(span.kind, span.value) for span in recogniser.find(text, asking)]


@pytest.mark.parametrize("said, kind, value", [
    ("我叫麦少芬", "person_name", "麦少芬"),
    ("给安志明约个理发", "person_name", "安志明"),
    ("杨陵街道康乐路8号2单元301张建国", "person_name", "张建国"),
    ("杨陵街道康乐路8号2单元301张建国", "address", "杨陵街道康乐路8号2单元301"),
    ("康乐路8号301王秀英13572940611", "person_name", "王秀英"),
    ("帮李桂花订份饭", "person_name", "李桂花"),
    ("名字仲来喜 90岁", "person_name", "仲来喜"),
    ("我姓衣，衣桂莲", "person_name", "衣桂莲"),
    ("老婆子叫荆翠芬，电话等会儿说", "person_name", "荆翠芬"),
    ("龙海生，81，住老街3号", "person_name", "龙海生"),
    ("手机是一三九，三个零，五个八", "phone", "13900088888"),
    ("给额老汉剃个头", "relation", "spouse"),
    ("打扫屋子，海玉莲，73岁", "person_name", "海玉莲"),
    ("邰少云，85，一个人住", "person_name", "邰少云"),
    ("长春朝阳区红旗街恒大御景3栋1门1502两室一厅", "address", "长春朝阳区红旗街恒大御景3栋1门1502"),
    ("联系人舒玉海13800009001", "person_name", "舒玉海"),
    ("12月2号上午九点 长春南关区幸福街恒大绿洲11栋907", "address", "长春南关区幸福街恒大绿洲11栋907"),
    ("要搞卫生东莞南城街道鸿福路景湖春天8座802", "address", "东莞南城街道鸿福路景湖春天8座802"),
    ("东莞莞城区八达路东湖花园5-2-301", "address", "东莞莞城区八达路东湖花园5-2-301"),
    ("杨陵区邰城路六号三号楼一单元二零四额叫屈满仓", "address", "杨陵区邰城路六号三号楼一单元二零四"),
    ("南昌东湖区象山北路45号2-1-302", "address", "南昌东湖区象山北路45号2-1-302"),
    ("杨凌康乐路12号，138-0000-7001", "address", "杨凌康乐路12号"),
    ("我住揉谷镇太子藏村，村口第二家", "address", "揉谷镇太子藏村"),
    ("我叫梁金好", "person_name", "梁金好"),
    ("何润好，13900007001，住虎门镇", "person_name", "何润好"),
    ("我是旷小满，13900007001", "person_name", "旷小满"),
    ("想装平安铃，叫萧月娥，住虎门镇", "person_name", "萧月娥"),
    ("我葛淑清啊，明天来擦玻璃", "person_name", "葛淑清"),
    ("姓名：连桂香；电话：13900007001", "person_name", "连桂香"),
    ("长春双阳区西山路粮库家属楼二单元三零一", "address", "长春双阳区西山路粮库家属楼二单元三零一"),
    ("衡阳雁峰区岳屏路三中教师楼三单元四零一", "address", "衡阳雁峰区岳屏路三中教师楼三单元四零一"),
    ("从杨凌康乐路6号2栋301走，去高铁站", "address", "杨凌康乐路6号2栋301"),
    ("后天想订两份中饭", "quantity", {"n": 2, "unit": "份"}),
    ("给我大姨约个洗澡", "relation", "aunt_uncle"),
    ("想租那种会摇的床", "aid", "nursing_bed"),
    ("免贵姓周，周德福", "person_name", "周德福"),
    ("姓何，叫何桂枝", "person_name", "何桂枝"),
    ("老人大名赵铁柱", "person_name", "赵铁柱"),
    ("我妈八十有三了", "age", 83),
    ("快九十的人了", "age", 90),
    ("老头子七十挂零", "age", 70),
    ("住十来天", "duration", {"days": 10}),
    ("用个把月", "duration", {"days": 30}),
    ("二十多天", "duration", {"days": 20}),
    ("租一个多月", "duration", {"days": 30}),
    ("八十出头", "age", 80),
    ("我叫王玉兰，七十六", "age", 76),
    ("号是四四一九", "order_number", "4419"),
    ("后头那个", "ordinal", {"ordinal": -1}),
    ("走路得有人架着", "mobility", "needs_arm"),
    ("想租个能坐着大便的椅子", "aid", "commode"),
    ("床要能摇起来的床", "aid", "nursing_bed"),
    ("崽女都在外面打工", "fact", {"fact": "living", "value": "left_behind", "negative": False}),
    ("残疾证上是三级", "fact", {"fact": "disability", "value": "level3", "negative": False}),
    ("我是她家保姆", "role", "carer"),
    ("上你们那疙瘩洗", "bath_place", "centre"),
    ("我在长春，想订明天中午的饭", "service", "meal"),
    ("请人陪诊，不要轮椅", "service", "medical"),
    ("长沙天心区书院路145号金盆小区6栋403", "address", "长沙天心区书院路145号金盆小区6栋403"),
    ("莞穗路18号4栋603，尹惠珍，13800002027", "person_name", "尹惠珍"),
    ("湖西路77号6栋202 孟淑芳", "person_name", "孟淑芳"),
    ("想去站里洗个早", "service", "bath"),
    ("给我送两分软饭", "quantity", {"n": 2, "unit": "份"}),
    ("我们老两口", "relation", "spouse"),
    ("租半拉月", "duration", {"days": 15}),
    ("户口就在本地", "fact", {"fact": "hukou", "value": "local", "negative": False}),
    ("户口不在本地", "fact", {"fact": "hukou", "value": "other", "negative": False}),
    ("参加了长护险", "fact", {"fact": "ltc_insured", "value": True, "negative": False}),
    ("能不能申请家庭护理床位", "service", "home_bed"),
    ("我电话13812345678", "phone", "13812345678"),
    ("幺三八零零一三八零零零", "phone", "13800138000"),
    ("一三八 一二三四 五六七八", "phone", "13812345678"),
    ("138-1234-5678", "phone", "13812345678"),
    ("两份", "quantity", {"n": 2, "unit": "份"}),
    ("要三份软一点的", "quantity", {"n": 3, "unit": "份"}),
    ("俩人", "quantity", {"n": 2, "unit": "人"}),
    ("四个人吃", "quantity", {"n": 4, "unit": "人"}),
    ("明天中午我想订饭，连我四个人的午饭", "quantity", {"n": 4, "unit": "人"}),
    ("每周一三五一份", "quantity", {"n": 1, "unit": "份"}),
    ("周二四三份饭", "quantity", {"n": 3, "unit": "份"}),
    ("他叫马天佑七十六岁有高血压糖尿病腿也不行", "person_name", "马天佑"),
    ("我叫周大山八十三了腿脚不好", "person_name", "周大山"),
    ("老人家叫彭冬秀八十一", "person_name", "彭冬秀"),
    ("老人家叫彭冬秀八十一", "age", 81),
    ("我妈叫王秀英有糖尿病", "person_name", "王秀英"),
    ("岳麓区东街王桂英家隔壁12号", "address", "岳麓区东街王桂英家隔壁12号"),
    ("地址长沙888小区3栋2单元501", "address", "888小区3栋2单元501"),
    ("住在六一八大院四栋三零二", "address", "六一八大院四栋三零二"),
    ("住三天", "duration", {"days": 3}),
    ("先订三个星期一份", "duration", {"days": 21}),
    ("用一个星期后天要", "duration", {"days": 7}),
    ("租一个月", "duration", {"days": 30}),
    ("两个小时", "duration", {"minutes": 120}),
    ("一个半小时", "duration", {"minutes": 90}),
    ("半年", "duration", {"days": 180}),
    ("七十五岁", "age", 75),
    ("我妈八十三，想给厕所装扶手", "age", 83),
    ("他今年九十二了", "age", 92),
    ("我68岁", "age", 68),
    ("单号3582", "order_number", "3582"),
    ("三五八二那个单子", "order_number", "3582"),
    ("二十块", "money", 20.0),
    ("要交两千块钱", "money", 2000.0),
    ("两块五", "money", 2.5),
    ("第二个", "ordinal", {"ordinal": 2}),
    ("幸福路十八号五零二", "address", "幸福路十八号五零二"),
    ("明天中午两份饭西农路15号", "address", "西农路15号"),
    ("送到天津路12号", "address", "天津路12号"),
    ("老头子想请师傅上门剃个头", "service", "haircut"),
    ("想白天送她去你们那儿", "service", "day_care"),
    ("能不能托你们照看十天", "service", "respite"),
    ("帮我去医院取一下药", "medical_task", "fetch_medicine"),
    ("送到幸福路十八号，五零二", "address", "幸福路十八号五零二"),
    ("光明社区7号楼2单元", "address", "光明社区7号楼2单元"),
    ("我住杨凌大寨村三组", "address", "杨凌大寨村三组"),
    ("我叫王秀英", "person_name", "王秀英"),
    ("她叫李桂兰，今年八十", "person_name", "李桂兰"),
    ("去市人民医院看骨科", "facility", "市人民医院"),
    ("去市人民医院看骨科", "department", "骨科"),
    ("我号都挂好了吉大一院的下礼拜五", "facility", "吉大一院"),
    ("下周三去省二院看眼睛", "facility", "省二院"),
    ("去南昌大学一附院", "facility", "南昌大学一附院"),
    ("带我去西安交大一附院看病", "facility", "西安交大一附院"),
    ("去上海瑞金医院", "facility", "上海瑞金医院"),
    ("到协和医院拿药", "facility", "协和医院"),
    ("陪我去趟中心医院", "facility", "中心医院"),
    ("给我老姐妹订个饭", "relation", "friend"),
    ("洗个澡", "service", "bath"),
    ("我要住餐", "service", "meal"),
    ("给我妈订个饭", "relation", "mother"),
    ("对虾过敏", "diet", {"allergy": "虾"}),
    ("我住长沙", "place", {"region": "hunan", "name": "长沙", "level": "city"}),
    ("我吃低保", "fact", {"fact": "income", "value": "dibao", "negative": False}),
])
def test_said(recogniser: Recogniser, said: str, kind: str, value: Any) -> None:
    assert (kind, value) in found(recogniser, said)


@pytest.mark.parametrize("said", ["没问题，13900007001", "安排好，13900007001", "普通饭，13900007001", "明天好，13900007001", "叫保洁员，后天来", "我高兴啊，谢谢"])
def test_other_words_are_no_name(recogniser: Recogniser, said: str) -> None:
    assert "person_name" not in dict(found(recogniser, said))


@pytest.mark.parametrize("said, kind", [
    ("给我妈订饭", "address"), ("我想吃虾", "diet"), ("拨打12345", "phone"), ("拨打12345", "order_number"),
    ("打120", "order_number"), ("我要两份饭", "age"), ("一个人住", "quantity"), ("去医院", "facility"),
    ("陪我去趟医院", "facility"), ("陪我去一趟医院看看", "facility"),
    ("幸福路十八号", "time"), ("13812345678", "number"), ("我是来问问的", "person_name"),
    ("名字改一下", "person_name"), ("糖尿病，82岁", "person_name"), ("我妈叫师傅来", "person_name"), ("司机师傅能抬一下吗", "person_name"),
    ("我又找不着北那医院老大了", "facility"), ("就去附近那个医院", "facility"), ("离我近的医院就行", "facility"), ("医生说医院里头人多", "facility"),
    ("院子里住一院子人", "facility"),
    ("三室一厅，九十平", "address"), ("夜里睡不着", "time"), ("不是现在疼", "time"), ("电话的后四位是七零三一", "quantity"),
])
def test_not_said(recogniser: Recogniser, said: str, kind: str) -> None:
    assert kind not in [k for k, _ in found(recogniser, said)]


def test_the_homes_of_two_people_are_two_addresses(recogniser: Recogniser) -> None:
    said = found(recogniser, "我妈在康乐路8号 我婆婆住幸福路10号")
    assert [value for kind, value in said if kind == "address"] == ["康乐路8号", "幸福路10号"]
    said = found(recogniser, "明天送饭到康乐路8号2楼 后天上午去幸福路10号打扫")
    assert [value for kind, value in said if kind == "address"] == ["康乐路8号2楼", "幸福路10号"]


def test_every_other_day_is_no_length_of_time(recogniser: Recogniser) -> None:
    kinds = [kind for kind, _ in found(recogniser, "隔一天送一次饭")]
    assert "time" in kinds and "duration" not in kinds
    assert ("duration", {"days": 30}) in found(recogniser, "隔一天送一次饭，送一个月")


def test_for_my_mother_is_not_for_me(recogniser: Recogniser) -> None:
    assert [v for k, v in found(recogniser, "给我妈订饭") if k == "relation"] == ["mother"]


def test_everything_in_one_breath(recogniser: Recogniser) -> None:
    said = "给我妈订这周五到下周四的午饭，她糖尿病，住红谷滩凤凰家园3栋1201，电话13812345678"
    values = dict(found(recogniser, said))
    assert values["address"] == "红谷滩凤凰家园3栋1201"
    assert values["phone"] == "13812345678"
    assert values["diet"] == "diabetic"
    assert (values["time"]["date"], values["time"]["end_date"]) == ("2026-11-27", "2026-12-03")


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_NOW", "2026-11-25T10:00:00")


@pytest.mark.parametrize("asking, kind, value", [
    ("age", "age", 83), ("quantity", "quantity", {"n": 83, "unit": "份"}), ("", "number", 83),
])
def test_a_bare_number_is_what_was_asked_for(recogniser: Recogniser, asking: str, kind: str, value: Any) -> None:
    assert found(recogniser, "八十三", asking) == [(kind, value)]


@pytest.mark.parametrize("words, n", [("亮个人", 2), ("散份", 3), ("伊份", 1)])
def test_a_misheard_count_counts_when_it_was_asked_for(recogniser: Recogniser, words: str, n: int) -> None:
    assert [value["n"] for kind, value in found(recogniser, words, "quantity") if kind == "quantity"] == [n]
    assert "quantity" not in dict(found(recogniser, words))


def test_digits_are_the_order_number_when_it_was_asked_for(recogniser: Recogniser) -> None:
    assert ("order_number", "3582") in found(recogniser, "三五八二", "order")


def test_a_denied_fact_is_negative() -> None:
    finder = WordFinder([Word("fact", {"fact": "income", "value": "dibao", "negative": False}, "低保")])
    values = {t: [s.value["negative"] for s in finder.find(t)] for t in ("我不是低保", "没有吃低保", "是不是低保", "我是低保", "有没有低保")}
    assert values == {"我不是低保": [True], "没有吃低保": [True], "是不是低保": [False], "我是低保": [False], "有没有低保": [False]}


def test_the_longest_word_wins_and_a_wildcard_bridges() -> None:
    finder = WordFinder([Word("service", "bath", "洗*澡"), Word("service", "x", "洗衣"), Word("service", "cleaning", "洗衣服")])
    assert [s.value for s in finder.find("洗一回澡再洗衣服")] == ["bath", "cleaning"]


def test_a_word_in_two_meanings_stops_training(tmp_path: Any) -> None:
    (tmp_path / "a.yml").write_text("kind: diet\nvalues: {soft: [粥], low_salt: [粥]}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="粥"):
        words(tmp_path, tmp_path / "none", tmp_path / "none.yaml")


@pytest.mark.parametrize("content", ["kind: nonsense\nvalues: {a: [b]}", "values: {a: [b]}", "kind: diet\nvalues: {soft: 粥}",
                                     "kind: fact\nvalues: {dibao: [低保]}", "kind: diet\nvalues: {soft: ['*粥']}"])
def test_a_broken_lexicon_is_named(tmp_path: Any, content: str) -> None:
    (tmp_path / "broken.yml").write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match="broken.yml"):
        words(tmp_path, tmp_path / "none", tmp_path / "none.yaml")


@pytest.mark.parametrize("said, kind", [
    ("我叫救护车", "person_name"), ("我是高血压", "person_name"), ("-5份", "quantity"), ("9999年1月1号", "time"),
    ("1943年3月5号出生", "time"), ("八点三分", "quantity"), ("不要轮椅", "service"), ("老伴前年走了", "relation"),
])
def test_not_taken_for_something_else(recogniser: Recogniser, said: str, kind: str) -> None:
    assert kind not in {k for k, _ in found(recogniser, said)}


def test_a_refused_aid_is_no_rental_and_two_services_are_both_heard(recogniser: Recogniser) -> None:
    def services(text: str) -> set:
        return {value for kind, value in found(recogniser, text) if kind == "service"}

    assert services("请人陪诊，不要轮椅") == {"medical"}
    assert services("租个轮椅，明天再陪我看病") == {"aids_rental", "medical"}
    assert services("想订助浴和明天的饭") == {"bath", "meal"}


@pytest.mark.parametrize("said, kind, value", [
    ("用一个来月吧", "duration", {"days": 30}), ("住个把月", "duration", {"days": 30}),
    ("十来天就够", "duration", {"days": 10}), ("先租俩月", "duration", {"days": 60}),
    ("十天半个月吧", "duration", {"days": 15}), ("叫陈有才，电话等会儿说", "person_name", "陈有才"),
    ("帮我父亲周国栋约个打扫", "person_name", "周国栋"), ("刘玉莲，电话13873300002", "person_name", "刘玉莲"),
    ("我妈叫周桂芳一个人住", "person_name", "周桂芳"), ("一点辣都不要", "diet", "no_spicy"),
    ("不要放辣椒", "diet", "no_spicy"), ("想租一张能摇起来的床", "aid", "nursing_bed"),
    ("身上黏糊糊的，想洗洗", "service", "bath"),
])  # fmt: skip
def test_lengths_names_and_wishes_as_they_are_told(recogniser: Recogniser, said: str, kind: str, value: Any) -> None:
    assert (kind, value) in found(recogniser, said)


@pytest.mark.parametrize("said, kind", [
    ("我妈高血压，少盐", "person_name"), ("我爸常失眠，睡不好", "person_name"), ("想租一张床", "medical_task"),
    ("明天下午俩点半", "quantity"),
])  # fmt: skip
def test_what_only_looks_like_it(recogniser: Recogniser, said: str, kind: str) -> None:
    assert kind not in [one for one, _ in found(recogniser, said)]


def test_a_rental_is_not_heard_as_going_to_the_doctor(recogniser: Recogniser) -> None:
    assert ("service", "medical") not in found(recogniser, "想租一张能摇起来的床")


def test_two_oclock_in_the_dialect_of_two(recogniser: Recogniser) -> None:
    value = dict(found(recogniser, "明天下午俩点半"))["time"]
    assert value["time"] == "14:30"


@pytest.mark.parametrize("said, place", [
    ("在家里洗，站里太远了", "home"), ("到站里洗，家里没地方洗", "centre"), ("站里我去不了，在家洗", "home"),
])
def test_of_two_places_the_one_that_nothing_is_said_against(recogniser: Recogniser, said: str, place: str) -> None:
    assert {value for kind, value in found(recogniser, said) if kind == "bath_place"} == {place}


@pytest.mark.parametrize("said, service", [
    ("想约个车去银行", "travel"), ("给我找辆车", "travel"), ("能不能送你们那里住十天", "respite"), ("先帮她排上队吧", "waitlist"),
    ("约个人来看看我爸", "visit"), ("找个人来看看水龙头", "urgent"),
])
def test_services_in_everyday_words(recogniser: Recogniser, said: str, service: str) -> None:
    assert {value for kind, value in found(recogniser, said) if kind == "service"} == {service}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("住南昌市青山湖区塘山路街道住宅八区40栋303，13800007212", "南昌市青山湖区塘山路街道住宅八区40栋303"),
        ("东莞市厚街镇双屯社区新村路5巷6号，打他的13800007224", "东莞市厚街镇双屯社区新村路5巷6号"),
        ("从长春市南关区东岭街水晶小区5栋1门402到省医院", "长春市南关区东岭街水晶小区5栋1门402"),
        ("湘潭市岳塘区双马路纺织厂宿舍6栋104", "湘潭市岳塘区双马路纺织厂宿舍6栋104"),
        ("抚生路金盘小区2栋，哎不对，是12栋303", "抚生路金盘小区12栋303"),
    ],
)
def test_addresses_of_every_build(recogniser: Recogniser, text: str, address: str) -> None:
    assert [s.value for s in recogniser.find(text) if s.kind == "address"] == [address]


@pytest.mark.parametrize("said", ["礼拜六，礼拜天冇用了", "周六，周日不行", "星期六，礼拜天我没空"])
def test_of_two_days_one_may_not_suit(recogniser: Recogniser, said: str) -> None:
    wanted = [(s.kind, s.value.get("role")) for s in recogniser.find(said, "date") if s.kind in ("time", "told_time")]
    assert wanted[0] == ("time", None) and wanted[1] != ("time", None)


def test_days_listed_stay_a_list(recogniser: Recogniser) -> None:
    assert [s.value["weekdays"] for s in recogniser.find("周一，周三都行", "date")] == [[1, 3]]


@pytest.mark.parametrize("said, digits", [
    ("138，零零零零，再就是7052", "13800007052"),
    ("我个号码是一三八零零零零尾子上是二九四五", "13800002945"),
    ("一三八四个零后背是八一二六", "13800008126"),
    ("你听到啊，一三八，四只零，再五零二三", "13800005023"),
    ("一三八，四个零，后头四位是九二五四", "13800009254"),
    ("听住喇，一三八零零零零，跟住四一零六", "13800004106"),
    ("幺三八零零零零，我想想，对，四一二七，我八十二岁", "13800004127"),
])
def test_a_number_told_among_words(recogniser: Recogniser, said: str, digits: str) -> None:
    assert ("phone", digits) in found(recogniser, said, "phone")


@pytest.mark.parametrize("said", ["一三八零零零零三三二", "打我个六二三九他耳朵聋", "138号3栋2单元1204", "一三八零零零零，四一二七八"])
def test_what_is_no_whole_number_is_none(recogniser: Recogniser, said: str) -> None:
    assert not [value for kind, value in found(recogniser, said, "phone") if kind == "phone"]
