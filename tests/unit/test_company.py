"""Company, medical questions and harsh words."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import company
from care.conversation.model import Conversation
from tests.conftest import said


def test_company_first_then_a_visit(session: Session, conversation: Conversation) -> None:
    lines = [company.lonely(session, conversation, said(f"没啥事想说说话{n}", "lonely")).replies[0] for n in range(5)]
    assert "陪您说会儿话" in lines[0].say and not lines[0].choices
    assert lines[2].choices[0].title == "约人来坐坐"
    assert len({line.say for line in lines}) == 5


def test_what_is_told_is_taken_up(session: Session, conversation: Conversation) -> None:
    told = company.lonely(session, conversation, said("老伴去年走了，屋里空荡荡的", "lonely")).replies[0].say
    assert "老伴" in told
    again = company.lonely(session, conversation, said("老伴走了", "lonely")).replies[0].say
    assert again != told


@pytest.mark.parametrize("text", ["你看我这个药一天吃几片", "这个化验单啥意思", "我膝盖疼是咋回事", "我这是什么病"])
def test_it_is_no_doctor(session: Session, conversation: Conversation, text: str) -> None:
    outcome = company.medical_advice(session, conversation, said(text, "medical_advice"))
    assert "医生" in outcome.replies[0].say
    assert [c.title for c in outcome.replies[0].choices] == ["约家庭医生", "约人陪诊"]


def test_harsh_words_get_calm_ones(session: Session, conversation: Conversation) -> None:
    first = company.abuse(session, conversation, said("你个废物", "abuse")).replies[0]
    second = company.abuse(session, conversation, said("滚", "abuse")).replies[0]
    assert first.say != second.say and second.choices[0].value == "人工"
    assert "！" not in first.say + second.say


def test_a_day_on_which_somebody_is_to_come_takes_the_visit(session: Session, conversation: Conversation) -> None:
    conversation.last_replies = [
        r.as_dict() for r in company.lonely(session, conversation, said("一个人闷", "lonely")).replies
    ]
    sunday = {"date": "2026-11-29", "past": False}
    assert company.claims(conversation, said("好，礼拜天上午来", "inform", time=sunday))
    assert not company.claims(conversation, said("礼拜天我儿子要来", "inform", time=sunday))


@pytest.mark.parametrize(
    "text",
    [
        "老汉走咗几年，屋里静得很",
        "我爱人去世以后，一天到晚守着个电视",
        "看戏也没人陪，没意思",
        "饭也懒得做，一个人没滋味",
    ],
)
def test_what_is_told_sadly_is_not_answered_gladly(session: Session, conversation: Conversation, text: str) -> None:
    for intent in (company.lonely, company.go_on):
        told = intent(session, conversation, said(text, "lonely")).replies[0].say
        assert "这个好" not in told and "热闹" not in told


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("老伴走了半年了，想洗个澡", "想洗个澡"),
        ("自从老头子没了，没人给我剪头", "没人给我剪头"),
        ("我妈去世得早，给我爸订饭", "给我爸订饭"),
        ("老倌子过身以后我不爱出门", "我不爱出门"),
    ],
)
def test_who_is_dead_is_left_out(text: str, left: str) -> None:
    assert left in company.MOURNED.sub("", text) and not company.MOURNED.search(left)


@pytest.mark.parametrize(
    "text", ["我妈走不动，给她租轮椅", "老伴走路慢", "爸爸走了过来", "老伴不在家，送到门口", "老头子没空"]
)
def test_who_lives_is_not_mourned(text: str) -> None:
    assert not company.MOURNED.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "要是有人来陪我下盘棋就好喽",
        "有没有志愿者来跟我拉拉家常说说话",
        "能派个后生来跟我讲讲话不",
        "找个人上门坐坐，扯扯谈",
        "有冇人嚟同我倾下偈",
    ],
)
def test_somebody_to_sit_and_talk_is_a_visit(conversation: Conversation, text: str) -> None:
    assert "志愿者上门" in company.visit_wished(conversation, text)
    conversation.task = "booking"
    assert "志愿者上门" in company.visit_wished(conversation, text)
    conversation.keep_draft("booking", {"service": "visit"})
    assert not company.visit_wished(conversation, text)
    conversation.task = "complaint"
    assert not company.visit_wished(conversation, text)


@pytest.mark.parametrize(
    "text", ["找个人陪我去医院", "没有人来陪我说话", "有人来修水管没有", "叫个人来扫地", "有没有人陪我妈去挂号", "找人陪我去儿子家坐坐"]
)
def test_other_company_is_no_visit(text: str) -> None:
    assert not company.wants_visit(text)


@pytest.mark.parametrize("text", ["我有时候想，活着没啥意思", "活起冇得么子味"])
def test_who_is_tired_of_living_hears_of_people_who_listen(session, conversation: Conversation, text: str) -> None:
    assert "一二三五六" in company.lonely(session, conversation, said(text, "lonely")).replies[0].say
