"""Old people in general are not somebody's elder, the owner of a number is nobody's patient, and a village clerk's name is no elder's."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.eligibility import whom
from care.told_of import is_the_elder, wants_it_themselves
from tests.conftest import said
from tests.unit.booking_talk import Talk


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    return Talk(session, conversation)


@pytest.mark.parametrize("text", [
    "姑娘，我冲凉房好滑，上个月跌咗一次，听讲你哋可以帮老人家装扶手嘅？",
    "听说你们可以帮老人装扶手，我上个月在浴室跌了一跤，想装一个",
    "我腿脚不利索，社区说有给老年人送饭的，我想订",
    "老人能不能租轮椅，我腿摔了走不动",
    "同志我一个人在屋里煮不动饭你们是不是给老人送饭",
    "额眼睛看不清咧听说你们给老人上门剪指甲",
])  # fmt: skip
def test_old_people_in_general_beside_the_callers_own_need(text: str) -> None:
    assert wants_it_themselves(text)


@pytest.mark.parametrize("text", [
    "听说你们可以帮老人家装扶手，我家老人跌了一跤",
    "我在外地上班，听说你们能帮老人洗澡，她一个人在家",
    "我想帮老人家装扶手",
    "我家里有个老人腿不好，你们能给老人送饭吗",
    "我妈在浴室跌了，听说你们帮老人装扶手",
    "我想问下你们是不是给老人送饭",
])  # fmt: skip
def test_an_elder_of_theirs_is_another(text: str) -> None:
    assert not wants_it_themselves(text)


@pytest.mark.parametrize("text", ["我系特困供养嘅，八十四岁，自己一个人住", "我今年八十四了", "我一个人住", "我是五保户", "额孤老一个", "我都八十一啦冇仔冇女", "我儿子不在身边我八十二了"])
def test_what_only_an_elder_tells(text: str) -> None:
    assert is_the_elder(text)


@pytest.mark.parametrize("text", ["八十四岁，一个人住", "我妈八十四岁，一个人住", "我六十岁了，老人九十", "我五十二", "她一个人住，我在外地", "我是她女儿，她八十四"])
def test_what_is_told_of_another(text: str) -> None:
    assert not is_the_elder(text)


def test_booked_for_the_caller(talk: Talk) -> None:
    talk.hear("姑娘，我冲凉房好滑，上个月跌咗一次，听讲你哋可以帮老人家装扶手嘅？", "book", service=("home_adaptation", "装扶手"), relation=("mother", "娘"))
    assert not talk.draft.for_other


def test_booked_for_an_elder_of_theirs(talk: Talk) -> None:
    talk.hear("给我家老人装扶手", "book", service=("home_adaptation", "装扶手"))
    talk.say("我今年六十八了")
    assert talk.draft.person == "elder"


def test_booked_for_somebody_of_the_village(talk: Talk) -> None:
    talk.hear("我给我们村安志明老汉订个上门理发", "book", service=("haircut", "理发"))
    assert talk.draft.person == "neighbour"


def test_the_elder_in_general_is_the_caller_after_all(talk: Talk) -> None:
    talk.hear("听说你们可以帮老人家装扶手", "book", service=("home_adaptation", "装扶手"))
    assert talk.draft.person == "elder"
    talk.hear("我叫莫桂兰", "inform", person_name=("莫桂兰", "莫桂兰"))
    told = talk.hear("我系特困供养嘅，八十四岁，自己一个人住", "inform", age=(84, "八十四岁"))
    assert talk.draft.person == "self" and talk.draft.name == "莫桂兰" and "老人" not in told


@pytest.mark.parametrize("text", [
    "13800001118，这是额的手机，额老婆子的你不用记", "这是我的号码，我老伴的电话不用记了", "记我的，别记我老伴的", "打我这个，我老头子的手机莫打",
])  # fmt: skip
def test_the_owner_of_a_number_not_needed_is_not_whom_it_is_for(text: str) -> None:
    assert whom.relation(said(text, relation="spouse")) != "spouse"


@pytest.mark.parametrize("text", ["我老伴的护理补贴能不能领", "我老伴没有残疾证", "我老伴不用人扶，八十了", "我老伴的残疾证不是一级", "给我老伴申领补贴她的手机不用记", "给我老伴办补贴他手机没有"])
def test_somebody_with_other_things_is(text: str) -> None:
    assert whom.relation(said(text, relation="spouse")) == "spouse"


@pytest.mark.parametrize("text", [
    "电话13800001132，我是村文书，姓党。老人在轮椅上", "我是村文书姓党", "我姓党", "我是村里的文书我姓党", "村文书，姓党",
])  # fmt: skip
def test_the_callers_name_beside_the_elders(talk: Talk, text: str) -> None:
    talk.hear("我们村有个老汉安志明约个理发", "book", service=("haircut", "理发"), person_name=("安志明", "安志明"))
    assert "您姓党" in talk.hear(text, "inform", person_name=("党", "党"))
    assert talk.draft.name == "安志明" and talk.draft.asker_name == "党"


def test_both_names_in_one_breath(talk: Talk) -> None:
    talk.hear("给邻居约个理发", "book", service=("haircut", "理发"), relation=("neighbour", "邻居"))
    talk.hear("老人叫安志明，我姓党", "inform", person_name=("安志明", "安志明"))
    talk.say("老人叫安志明，我姓党", person_name="党")
    assert talk.draft.name == "安志明" and talk.draft.asker_name == "党"


def test_the_elders_name_put_right(talk: Talk) -> None:
    talk.hear("给邻居约个理发", "book", service=("haircut", "理发"), relation=("neighbour", "邻居"))
    talk.say("她叫安志明", person_name="安志明")
    talk.say("不对，老人姓党，党志明", "correct", person_name="党志明")
    assert talk.draft.name == "党志明"


def test_the_relative_of_somebody_named_is_not_that_one(talk: Talk) -> None:
    talk.hear("我是安志明的邻居，给他约个理发", "book", service=("haircut", "理发"), relation=("neighbour", "邻居"), person_name=("安志明", "安志明"))
    assert talk.draft.name == "安志明" and not talk.draft.asker_name
