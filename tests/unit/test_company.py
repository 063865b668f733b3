"""Company, scams, medical questions and harsh words."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from care import company
from care.conversation.model import Conversation
from care.handover.model import Ticket
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


def test_a_scam_is_stopped_first(session: Session, conversation: Conversation) -> None:
    outcome = company.scam(session, conversation, said("有人说给我办高额养老补贴，要先交两千块", "scam"))
    assert outcome.replies[0].say.startswith("先别交钱") and "九六一一零" in outcome.replies[0].say
    assert not session.scalars(select(Ticket)).all()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("打电话说是公安局的，让我转到安全账户", "安全账户"),
        ("有人要我验证码", "验证码"),
        ("推销保健品说包治百病", "定金"),
        ("我孙子换号了说出车祸要钱", "原来的电话"),
        ("说投资养老项目利息高", "稳赚不赔"),
    ],
)
def test_kinds_of_scams(session: Session, conversation: Conversation, text: str, word: str) -> None:
    assert word in company.scam(session, conversation, said(text, "scam")).replies[0].say


def test_money_already_gone_is_urgent(session: Session, conversation: Conversation) -> None:
    outcome = company.scam(session, conversation, said("骗子的钱我已经转过去了", "scam"))
    ticket = session.scalars(select(Ticket)).one()
    assert ticket.urgent and ticket.kind == "scam" and ticket.number in outcome.replies[0].show
    assert "一一零" in outcome.replies[0].say


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
    conversation.last_replies = [r.as_dict() for r in company.lonely(session, conversation, said("一个人闷", "lonely")).replies]
    sunday = {"date": "2026-11-29", "past": False}
    assert company.claims(conversation, said("好，礼拜天上午来", "inform", time=sunday))
    assert not company.claims(conversation, said("礼拜天我儿子要来", "inform", time=sunday))
