"""Who only told of us is nobody's patient, and somebody of the village is no kin; guests are no portions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.eligibility import whom
from care.orders import by_number, its_days
from care.told_of import HEARSAY, SOMEBODY_NEAR
from care.turn import Entity
from tests.conftest import said
from tests.unit.booking_talk import FRIDAY, Talk, known, time


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    return Talk(session, conversation)


@pytest.mark.parametrize("text", [
    "前头隔壁说你们有人上门修脚", "邻居告诉我的，说你们能送饭", "听我外甥讲的", "我姐讲你们可以上门", "楼下王大妈介绍我打这个电话", "我闺女说打这个电话能订饭",
])  # fmt: skip
def test_who_told_of_us(text: str) -> None:
    assert HEARSAY.search(text)


@pytest.mark.parametrize("text", ["我妈说想洗头", "隔壁张奶奶托我订饭", "我妈跟我说要订饭", "听我爸说他想理发", "给我爸订饭"])
def test_who_wants_something_did_not_only_tell(text: str) -> None:
    assert not HEARSAY.search(text)


@pytest.mark.parametrize(("text", "who", "relation"), [
    ("前头隔壁说你们有人上门修脚给我约一个", "隔壁", "neighbour"),
    ("听我姐讲的你们有修脚到我屋里来", "我姐", "sibling"),
    ("邻居告诉我的你们修脚，给我来一个", "邻居", "neighbour"),
])  # fmt: skip
def test_hearsay_books_for_the_caller(talk: Talk, text: str, who: str, relation: str) -> None:
    talk.hear(text, "book", service=("foot_care", "修脚"), relation=(relation, who))
    assert not talk.draft.for_other


def test_hearsay_and_somebody_it_is_for(talk: Talk) -> None:
    talk.hear("我爸说你们能来给他修脚不", "book", service=("foot_care", "修脚"), relation=("father", "我爸"))
    assert talk.draft.person == "father"


def test_somebody_of_the_village(talk: Talk) -> None:
    talk.say("我们村有个老汉他叫马天佑七十六岁想找个人上门给他洗澡", "book", service="bath", person_name="马天佑", age=76)
    assert talk.draft.person == "neighbour" and talk.draft.name == "马天佑"


def test_somebody_near_who_wants_something(talk: Talk) -> None:
    talk.say("我们这里有个五保户想报名养老院排队", "book", service="waitlist")
    assert talk.draft.person == "neighbour" and talk.state != "asking_person"


def test_somebody_near_who_has_it_already(talk: Talk) -> None:
    talk.say("我们村有个老太太用着你们的床，我也想租一张", "book", service="aids_rental")
    assert not talk.draft.for_other


def test_his_name_answers_for_whom(talk: Talk) -> None:
    talk.say("想报名公办养老院排队", "book", service="waitlist")
    assert talk.state == "asking_person"
    talk.say("他叫马天佑七十六岁腿也不行", person_name="马天佑", age=76)
    assert talk.draft.for_other and talk.draft.name == "马天佑"


@pytest.mark.parametrize("text", ["我们村里有个老头没儿没女", "我们社区有一位独居的老太太"])
def test_an_allowance_for_somebody_of_the_village(text: str) -> None:
    assert SOMEBODY_NEAR.search(text) and whom.relation(said(text, relation="spouse")) == "neighbour"


@pytest.mark.parametrize("text", ["明天我有两个姐妹来家吃，中午要送饭", "两个老姐妹要来，中午送饭", "来了两个客人到我家，中午送饭"])
def test_guests_are_no_portions(talk: Talk, text: str) -> None:
    talk.hear(text, "book", service=("meal", "送饭"), quantity=({"n": 2, "unit": "个"}, "两个"), time=(time(FRIDAY, part="noon"), "中午"))
    assert not talk.draft.quantity and talk.state == "asking_quantity"


def test_guests_and_the_speaker_counted(talk: Talk) -> None:
    talk.hear("我们四个人来吃，中午送饭", "book", service=("meal", "送饭"), quantity=({"n": 4, "unit": "人"}, "四个人"))
    assert talk.draft.quantity == 4


def test_an_hour_and_a_name_are_no_number(talk: Talk) -> None:
    talk.say("后天中午送饭", "book", service="meal", time=time(FRIDAY, part="noon"))
    assert talk.state == "asking_quantity"
    talk.hear("十一点半来吧，我姓曲，曲丽华", "inform", "agree", time=(time(time="11:30"), "十一点半"), person_name=("曲丽华", "姓曲，曲丽华"))
    assert not talk.draft.quantity and talk.state == "asking_quantity" and talk.draft.name == "曲丽华"


def test_some_days_of_a_series_get_another_number(session: Session, conversation: Conversation) -> None:
    known(session, conversation)
    talk = Talk(session, conversation)
    talk.say("明天到下周三每天中午订一份软饭", "book", service="meal", quantity={"n": 1, "unit": "份"}, diet="soft",
             time=time("2026-11-26", "11:30", ampm=True, end_date="2026-12-02", every="day"))  # fmt: skip
    for words in ("后两天改成两份", "后两天要两份"):
        told = talk.say(words, "correct", quantity={"n": 2, "unit": "份"})
    assert talk.draft.quantity == 1 and "两份饭" not in told
    talk.say("对", "affirm")
    talk.say("对", "affirm")
    assert by_number(session, talk.order).quantity == 1 and its_days.PLACES.search("后两天改成两份")


def for_name(talk: Talk, text: str, name: str) -> str:
    found = (Entity("service", "haircut", ""), Entity("person_name", name, name, text.find(name), text.find(name) + len(name)))
    return talk._taken(replace(said(text, "book"), entities=found))


def test_a_bare_name_behind_for_is_somebody_else(talk: Talk) -> None:
    told = for_name(talk, "给安志明约个理发", "安志明")
    assert talk.draft.person == "elder" and talk.draft.name == "安志明" and "您家老人" in told
    talk.say("他是我爸", "inform", relation="father")
    assert talk.draft.person == "father" and talk.draft.name == "安志明"


def test_the_callers_own_name_behind_for_is_the_caller(session, conversation) -> None:
    known(session, conversation)
    talk = Talk(session, conversation)
    for_name(talk, "给王秀英约个理发", "王秀英")
    assert talk.draft.person == "self"


@pytest.mark.parametrize("text", ["找个人陪我去给老头子上坟", "想去老头子坟上看看"])
def test_whose_grave_is_visited_is_not_the_one_it_is_for(talk: Talk, text: str) -> None:
    at = text.find("老头子")
    found = (Entity("service", "travel", ""), Entity("relation", "spouse", "老头子", at, at + 3))
    talk._taken(replace(said(text, "book"), entities=found))
    assert talk.draft.person in ("", "self")


def test_who_tells_their_own_age_when_asked_for_whom_it_is_means_themselves(stranger: Talk) -> None:
    stranger.conversation.region = "dongguan"
    stranger.say("我想约人上门做能力评估", "book", service="ability_assessment")
    assert stranger.state == "asking_person"
    stranger.hear("我八十一岁行路要人扶冲凉要老婆帮手", "book", "", age=(81, "八十一岁"), relation=("spouse", "老婆"))
    assert stranger.draft.person in ("", "self")
