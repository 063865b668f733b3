"""Who of those named is the one a service is for, and numbers, ends and goods put right: as people tell them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from care.booking import clause, data, digits, task, whom, whom_learnt
from care.conversation.model import Conversation
from care.turn import Entity
from tests.conftest import said
from tests.unit.booking_talk import FRIDAY, Talk, known, time

KEPT = Path(__file__).with_name("for_whom_kept.yaml")
RIGHT = 0.75
"""Share of the people named in the kept sentences of whom it is told whether the service is for them."""
HINTS = data.slot("problem")["hints"]


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    return Talk(session, conversation)


def wish(talk: Talk, text: str, *people: tuple[str, str]) -> str:
    """For whom a haircut is booked with these words, in which these people are named."""
    heard = [Entity("service", "haircut", "理发", 0, 0)]
    heard += [
        Entity("relation", code, words, text.index(words), text.index(words) + len(words)) for words, code in people
    ]
    task.take(talk.session, talk.conversation, replace(said(text, "book", text), entities=tuple(heard)))
    return talk.draft.person or "self"


def rightly_heard(examples: list[whom_learnt.Example]) -> float:
    """Share of the people named of whom it is told whether the service is for them."""
    right = [
        (lead > whom.MEANT) == is_meant
        for text, people, meant in examples
        for lead, is_meant in zip(whom.leads(text, people), meant, strict=True)
    ]
    return sum(right) / len(right)


def test_the_weights_are_those_of_the_examples() -> None:
    """Else somebody changed the examples and did not run `python -m care.booking.whom_learnt`."""
    assert rightly_heard(whom_learnt.examples()) > 0.97


def test_kept_sentences_are_heard_as_they_are_marked() -> None:
    assert rightly_heard(whom_learnt.examples(KEPT)) > RIGHT


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("我屋里老婆婆住院去了冇人搞饭，跟我理发", [("老婆婆", "spouse")]),
        ("我老伴开刀去了，家里没人做饭，理发", [("我老伴", "spouse")]),
        ("老婆子上女子屋看娃去咧 额明儿黑了那顿饭没人做 理发", [("老婆子", "spouse")]),
        ("喊人来理发打扫我屋里，我媳妇嘴巴讲得好来看都不来看一眼", [("我媳妇", "spouse")]),
        ("我屋里的地板三个月冇拖，理发", [("屋里的", "spouse")]),
    ],
)
def test_who_is_away_or_never_comes_is_only_spoken_of(talk: Talk, text: str, people: list[tuple[str, str]]) -> None:
    assert wish(talk, text, *people) == "self"


def test_the_one_of_my_house_is_somebody(talk: Talk) -> None:
    assert wish(talk, "给我屋里的理发", ("屋里的", "spouse")) == "spouse"


@pytest.mark.parametrize(
    ("text", "people", "person"),
    [
        ("我小姑子说你们剪得好，给我婆婆也约一个理发", [("我婆婆", "mother_in_law")], "mother_in_law"),
        ("我爸托我给我爷爷约个理发，爷爷走不动", [("我爸", "father"), ("我爷爷", "grandfather")], "grandfather"),
        ("不是给我岳母，是给我妈约理发", [("我岳母", "mother_in_law"), ("我妈", "mother")], "mother"),
        ("我二姐回来看我，家里没人会剪，我想理发", [("二姐", "sibling")], "self"),
        ("隔壁老刘介绍的，我也想约个理发", [("隔壁", "neighbour")], "self"),
        ("我老伴走了两年了，我头发没人剪，约个理发", [("我老伴", "spouse")], "self"),
        ("我妈的头发长了，理发师傅能上门不", [("我妈", "mother")], "mother"),
        ("对门说你们理发便宜，给我也约一个理发", [("对门", "neighbour")], "self"),
        ("楼下的阿婆叫我帮她约个理发", [("阿婆", "grandmother")], "neighbour"),
        ("对门老太太下不了楼，替她约个理发", [("老太太", "mother")], "neighbour"),
        ("家里来了个远房表叔，我这头发太乱，理发", [("表叔", "aunt_uncle")], "self"),
        ("楼上老赵大哥崴了脚，我替他约个理发", [("大哥", "sibling")], "neighbour"),
        ("李大姐眼神不好，托我帮她约个理发", [("大姐", "sibling")], "neighbour"),
        ("我大哥八十了下不了楼，给他约个理发", [("我大哥", "sibling")], "sibling"),
        ("大姐啊，麻烦你，我想约个理发", [("大姐", "sibling")], "self"),
        ("大兄弟，俺这头发长了想理发", [("兄弟", "sibling")], "self"),
        ("替四楼吴婶约个理发，她崴脚了", [], "neighbour"),
        ("我老伴那头发长得扎眼睛，约个理发", [("我老伴", "spouse")], "spouse"),
        ("我护理的婆婆要理发", [("婆婆", "mother_in_law")], "client"),
        ("我在刘家做保姆，老爷子要理发", [("老爷子", "father")], "client"),
        ("后天我堂客到她姐屋里走人家去哒，我一个人冇事，理个发", [("我堂客", "spouse")], "self"),
        ("老头子明天跟团旅游去了，我一个人在家，来个师傅理发", [("老头子", "spouse")], "self"),
        ("我家婆屁股那里有个褥疮，两日换一次药，我自己换怕弄不好，叫护士来", [("我家婆", "mother_in_law")], "mother_in_law"),
        ("我是给我爸妈约理发，我妈眼睛刚做了手术，我爸走不动", [("我爸妈", "parents"), ("我妈", "mother"), ("我爸", "father")], "parents"),
    ],
)
def test_whom_it_is_for(talk: Talk, text: str, people: list[tuple[str, str]], person: str) -> None:
    assert wish(talk, text, *people) == person


@pytest.mark.parametrize(
    ("number", "text", "right"),
    [
        ("13800007013", "最后是115", "13800007115"),
        ("13800007013", "电话说错了，后四位是七零三一", "13800007031"),
        ("13800007013", "不是7013，是7015", "13800007015"),
        ("13800007013", "尾号应该是88", "13800007088"),
        ("13800007013", "中间那四位是1234", "13812347013"),
        ("13800007013", "最后一位是8", "13800007018"),
        ("13800007013", "前三位是139", "13900007013"),
        ("13800007013", "不是三号楼，是五号楼", ""),
        ("13800007013", "下午三点，不是四点", ""),
        ("", "最后是115", ""),
    ],
)
def test_a_number_is_put_right_in_part(number: str, text: str, right: str) -> None:
    assert digits.put_right(number, text) == right


def test_the_number_of_somebody_else_is_not_the_speakers(talk: Talk) -> None:
    wish(talk, "给我妈约个理发", ("我妈", "mother"))
    talk.say("打我阿妈手机13800007021", "inform", phone="13800007021")
    assert talk.draft.phone == "13800007021" and not talk.draft.asker_phone


@pytest.mark.parametrize(
    "text", ["他手机13800007021，打不通就打我的13800007022", "他手机13800007021，听不见的话打我手机13800007022"]
)
def test_two_numbers_of_two_people(talk: Talk, text: str) -> None:
    wish(talk, "给我爸约个理发", ("我爸", "father"))
    heard = tuple(Entity("phone", n, n, text.index(n), text.index(n) + 11) for n in ("13800007021", "13800007022"))
    task.take(talk.session, talk.conversation, replace(said(text, "inform", "m2"), entities=heard))
    assert (talk.draft.phone, talk.draft.asker_phone) == ("13800007021", "13800007022")


@pytest.mark.parametrize(
    "text", ["电话13800007021，紧急联系人写我儿子，13800007022", "我的电话13800007021，备用号码13800007022", "13800007021，没人接打我女儿的13800007022"]
)
def test_whoever_else_can_be_called_is_noted(talk: Talk, text: str) -> None:
    wish(talk, "我想约个理发")
    heard = tuple(Entity("phone", n, n, text.index(n), text.index(n) + 11) for n in ("13800007021", "13800007022"))
    task.take(talk.session, talk.conversation, replace(said(text, "inform", "m2"), entities=heard))
    assert talk.draft.phone == "13800007021" and "13800007022" in "".join(talk.draft.remarks)


def test_the_hour_of_coming_back_is_not_the_hour_of_the_ride(talk: Talk) -> None:
    text = "后天下午两点送我去中医院，四点半看完来接我回家"
    first, second = time(FRIDAY, "14:00", ampm=True), time(time="16:30", ampm=True, role="until")
    heard = (
        Entity("service", "travel", "送我去", 6, 9),
        Entity("time", first, "后天下午两点", 0, 6),
        Entity("time", second, "四点半", 14, 17),
    )
    task.take(talk.session, talk.conversation, replace(said(text, "book", "m1"), entities=heard))
    assert talk.draft.time == "14:00" and any("四点半看完" in one for one in talk.draft.remarks)


def test_a_stay_lasts_until_somebody_is_fetched(talk: Talk) -> None:
    text = "下周五上午送我妈过去短住，下下周一接回来"
    heard = (
        Entity("service", "respite", "短住", 10, 12),
        Entity("relation", "mother", "我妈", 6, 8),
        Entity("time", time("2026-12-04", part="morning"), "下周五上午", 0, 5),
        Entity("time", time("2026-12-07", role="until"), "下下周一", 13, 17),
    )
    task.take(talk.session, talk.conversation, replace(said(text, "book", "m1"), entities=heard))
    assert talk.draft.date == "2026-12-04" and talk.draft.days == 3


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("一根大葱，两颗白菜，再要一板鸡蛋，明天上午送来", "一根大葱，两颗白菜，再要一板鸡蛋"),
        ("捎点菜，三斤土豆，仨茄子，来瓶醋", "三斤土豆，仨茄子，来瓶醋"),
        ("带包烟，软的，再打二斤酒", "带包烟，软的，再打二斤酒"),
        ("买点萝卜、粉条、木耳", "买点萝卜、粉条、木耳"),
        ("等一下，我瞧一眼，不是水管，是马桶堵了", "马桶堵了"),
        ("昨天晚上开始水龙头一直滴水", "水龙头一直滴水"),
    ],
)
def test_goods_and_faults_in_the_words_that_name_them(text: str, short: str) -> None:
    assert clause.naming(text, HINTS, asked=True, vague=["东西"]) == short


@pytest.mark.parametrize("cry", ["哎呀妈呀", "我的天", "哎哟我的妈呀"])
def test_a_cry_is_no_part_of_the_matter(cry: str) -> None:
    assert clause.naming(f"{cry}俺家水龙头关不住了，赶紧来人", HINTS, asked=False) == "水龙头关不住了"


def test_what_is_told_later_does_not_change_whom_it_is_for(talk: Talk) -> None:
    wish(talk, "给我爸约个理发", ("我爸", "father"))
    text = "礼拜一我要给我三叔办出院，礼拜二来吧"
    heard = (Entity("relation", "aunt_uncle", "三叔", text.index("三叔"), text.index("三叔") + 2),)
    task.take(talk.session, talk.conversation, replace(said(text, "inform", "m2"), entities=heard))
    assert talk.draft.person == "father"


def test_oneself_and_not_the_other(talk: Talk) -> None:
    talk.say("家庭医生签约", "book", service="family_doctor")
    assert talk.state == "asking_person"
    text = "是我签，不是老伴"
    heard = (Entity("relation", "spouse", "老伴", 6, 8),)
    task.take(talk.session, talk.conversation, replace(said(text, "inform", "m2"), entities=heard))
    assert talk.draft.person == "self"


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("我和老汉两个人都要剪", True),
        ("剪一个，不对，我也顺便剪了，两个人", True),
        ("连我一起三个人剪", True),
        ("家里就两个老人，来个人剪头", False),
    ],
)
def test_several_at_one_visit_are_noted(talk: Talk, text: str, several: bool) -> None:
    talk.say("后天上午十点理发", "book", service="haircut", time=time(FRIDAY, "10:00", ampm=True))
    talk.say(text, "inform", quantity={"n": 3 if "三个人" in text else 2, "unit": "人"})
    assert any(one.startswith("一共") for one in talk.draft.remarks) is several


def test_a_part_of_the_portions_is_not_how_many(talk: Talk) -> None:
    text = "后天中午送三个人的饭，一份要软的"
    heard = (
        Entity("service", "meal", "送", 4, 5),
        Entity("time", time(FRIDAY, part="noon"), "后天中午", 0, 4),
        Entity("quantity", {"n": 3, "unit": "人"}, "三个人", 5, 8),
        Entity("quantity", {"n": 1, "unit": "份"}, "一份", 11, 13),
        Entity("diet", "soft", "软", 14, 15),
    )
    task.take(talk.session, talk.conversation, replace(said(text, "book", "m1"), entities=heard))
    assert talk.draft.quantity == 3


@pytest.mark.parametrize(
    ("text", "amounts", "together"),
    [("后天中午送饭，我一份，老伴一份，孙女一份", ["一份", "一份", "一份"], 3), ("后天中午的饭本来两份，再加一份给护工", ["两份", "一份"], 3)],
)
def test_portions_told_one_by_one_are_added(talk: Talk, text: str, amounts: list[str], together: int) -> None:
    heard, after = [Entity("service", "meal", "饭", 5, 6), Entity("time", time(FRIDAY, part="noon"), "后天中午", 0, 4)], 0
    for said_so in amounts:
        after = text.index(said_so, after) + len(said_so)
        heard.append(Entity("quantity", {"n": "一两".index(said_so[0]) + 1, "unit": "份"}, said_so, after - len(said_so), after))
    task.take(talk.session, talk.conversation, replace(said(text, "book", "m1"), entities=tuple(heard)))
    assert talk.draft.quantity == together


def test_a_call_that_is_awaited_changes_no_number(talk: Talk) -> None:
    known(talk.session, talk.conversation)
    talk.to_confirmation()
    phone = talk.draft.phone
    assert phone
    talk.say("等一下，十一点医生要打电话来，改成十二点送", "correct", time=time(time="12:00", ampm=True))
    assert talk.draft.phone == phone and talk.draft.time == "12:00"


def test_a_town_in_a_story_is_not_where_somebody_lives(talk: Talk) -> None:
    talk.conversation.region = ""
    text = "剪头的师傅去西安看孙子了，你们来个人理发"
    heard = (Entity("service", "haircut", "理发", 18, 20), Entity("place", {"region": "", "name": "西安"}, "西安", 6, 8))
    task.take(talk.session, talk.conversation, replace(said(text, "book", "m1"), entities=heard))
    assert not talk.draft.unserved


def test_a_number_said_in_groups_is_no_address(talk: Talk) -> None:
    talk.say("后天上午十点理发", "book", service="haircut", time=time(FRIDAY, "10:00", ampm=True))
    assert talk.state == "asking_place"
    text = "揉谷镇新集村，村委会往东第二家，号码你记一下，138 0000 7107"
    heard = (Entity("phone", "13800007107", "138 0000 7107", text.index("138"), len(text)),)
    task.take(talk.session, talk.conversation, replace(said(text, "inform", "m2"), entities=heard))
    assert talk.draft.phone == "13800007107" and "号码" not in talk.draft.address and "新集村" in talk.draft.address


@pytest.mark.parametrize("text", ["轮椅是自己的", "再说房子是自己的，别的不动", "她吃饭自己会吃", "钱自己付"])
def test_what_is_ones_own_changes_nobody(talk: Talk, text: str) -> None:
    assert wish(talk, "后天上午十点给我妈理发", ("我妈", "mother")) == "mother"
    at = text.index("自己")
    heard = (Entity("relation", "self", "自己", at, at + 2),)
    task.take(talk.session, talk.conversation, replace(said(text, "correct", "m9"), entities=heard))
    assert talk.draft.person == "mother"


def test_an_illness_told_beside_a_meal_for_the_caller_is_not_the_callers(talk: Talk) -> None:
    talk.hear("明天中午给我送一份饭，我老头有糖尿病", "book", service=("meal", "送一份饭"), relation=("spouse", "我老头"),
              quantity=({"n": 1, "unit": "份"}, "一份"), diet=("diabetic", "糖尿病"))  # fmt: skip
    assert not talk.draft.for_other and "diabetic" not in talk.draft.particulars.get("diet", [])
