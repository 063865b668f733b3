"""What is asked on after a check: why, where to apply, how long it takes; a fact that is denied; a check amid a booking."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import eligibility, routing, service_list
from care.booking.draft import Draft, keep
from care.conversation.model import Conversation
from care.policy.dialogue import answer as policy_answer
from care.reply import Outcome
from tests.conftest import said
from tests.unit.test_eligibility_dialogue import talk, words

APPLY = ["去哪办", "去哪儿申请", "要带啥去哪办", "那到哪里申请", "上哪儿弄去", "找谁办", "要带什么东西", "要准备么子", "咋个申请", "去边度申请", "需要哪些材料", "材料呢", "手续咋办理"]
HOW_LONG = ["要等多久", "几天能批下来", "好久能办好", "那得等多长时间", "几耐先批", "啥时候能装"]
WHY = ["为啥", "为啥不行", "为什么", "咋就不够呢", "点解唔得", "凭啥不给我", "为么子不行"]
ON_BEHALF = ["我可以替她去办吗", "我替他去行不行", "本人不去行吗", "让我弟弟去办行吗", "能代办不", "他自己去不了怎么办", "非得本人去吗", "可不可以帮我爸去办", "闺女能去领不"]
OPEN = ["我妈在东莞，能不能免费装扶手", "八十二", "不对，是七十二", "她有残疾，三级"]
"""A check that ends with the income not known."""
NOT_ASKED_ON = ["多久来一次", "我爸呢", "要钱不", "帮我登记", "念原文", "那怎么办", "要什么条件", "谢谢你", "明天几点来", "帮我办手续吧", "材料我都有", "手续不用你管", "给我登记上", "替她登记一下", "帮我妈去办", "我自己去", "帮我登记行不", "帮我订一个可以吗", "你们能帮她办吗"]


def check(session: Session, conversation: Conversation, *lines: str) -> Outcome:
    """The outcome of a check, with its last message dealt with as the actions would."""
    done = talk(session, conversation, *lines)
    last = conversation.recall("eligibility")
    conversation.remember(handled=last["message"])
    conversation.last_replies = [one.as_dict() for one in done.replies]
    conversation.task = None
    return done


def ask(session: Session, conversation: Conversation, text: str, intent: str = "nlu_fallback") -> str:
    turn = said(text, intent, message_id=f"asked {text}")
    assert routing.claimed_by(conversation, turn) == routing.VERDICT, text
    heard = words(eligibility.afterwards.answer(session, conversation, turn))
    conversation.remember(handled=turn.message_id)
    return heard


@pytest.fixture
def refused(session: Session, conversation: Conversation) -> Conversation:
    assert "不在" in words(check(session, conversation, "我爸七十五，在东莞，能申请适老化改造吗", "不是低保"))
    return conversation


@pytest.mark.parametrize("text", APPLY)
def test_where_to_apply_is_told_again(session: Session, refused: Conversation, text: str) -> None:
    heard = ask(session, refused, text, "order_status")
    assert "社区或者街道办" in heard and "身份证" in heard


@pytest.mark.parametrize("text", HOW_LONG)
def test_nobody_invents_how_long_it_takes(session: Session, refused: Conversation, text: str) -> None:
    assert "没有写" in ask(session, refused, text, "service_query")


@pytest.mark.parametrize("text", ON_BEHALF)
def test_nobody_invents_that_the_family_may_go(session: Session, refused: Conversation, text: str) -> None:
    heard = ask(session, refused, text, "family_bind")
    assert "文件没有写" in heard and "社区或者街道办" in heard and "家里人替老人登记是可以的" in heard


def test_questions_go_on_after_the_service_list_told_of_the_same(session: Session, refused: Conversation) -> None:
    told = service_list.answer(session, refused, said("登记要钱吗", "price_query", service="home_adaptation"))
    assert told.replies[-1].choices
    refused.remember(handled="another")
    refused.last_replies = [one.as_dict() for one in told.replies]
    assert "没有写" in ask(session, refused, "多久能批", "price_query")


@pytest.mark.parametrize("text", WHY)
def test_why_is_answered_with_the_document(session: Session, refused: Conversation, text: str) -> None:
    heard = ask(session, refused, text, "deny")
    assert "东莞二〇二〇年" in heard and "家庭经济情况" in heard


@pytest.mark.parametrize("text", NOT_ASKED_ON)
def test_other_words_do_not_ask_on(refused: Conversation, text: str) -> None:
    assert not eligibility.afterwards.asks_on(refused, said(text, "inform"))


def test_several_questions_follow_one_another(session: Session, refused: Conversation) -> None:
    for text in ("为啥不行", "去哪办", "要带啥", "要等多久"):
        ask(session, refused, text)


def test_a_yes_is_explained_too(session: Session, conversation: Conversation) -> None:
    check(session, conversation, "我妈在杨凌，八十三了，低保，能不能装扶手")
    assert "八十岁以上" in ask(session, conversation, "为啥", "help")


def test_after_something_else_nothing_is_asked_on(refused: Conversation) -> None:
    refused.remember(handled="something else")
    refused.last_replies = []
    assert not eligibility.afterwards.asks_on(refused, said("去哪办"))


def test_who_names_another_service_asks_about_that(refused: Conversation) -> None:
    assert not eligibility.afterwards.asks_on(refused, said("洗澡去哪办", service="bath"))


def test_a_document_that_is_silent_still_leaves_somewhere_to_ask(session: Session, conversation: Conversation) -> None:
    """长沙有没有高龄津贴 → 那到哪里申请 is no question about an order."""
    told = policy_answer(session, conversation, said("长沙八十岁以上有没有高龄津贴", "policy_ask", place={"region": "hunan", "name": "长沙"}))
    conversation.last_replies = [one.as_dict() for one in told.replies]
    assert "街道办" in ask(session, conversation, "那到哪里申请", "order_status")
    assert "身份证" in ask(session, conversation, "要带什么东西", "abuse")


def test_a_fact_that_was_open_may_be_denied(session: Session, conversation: Conversation) -> None:
    done = check(session, conversation, *OPEN)
    assert "定不下来" in words(done)
    no = said("不是低保", "deny", message_id="no")
    assert routing.claimed_by(conversation, no) == routing.ELIGIBILITY
    assert "不在" in words(eligibility.task.take(session, conversation, no))
    conversation.remember(handled="no")
    assert routing.claimed_by(conversation, said("那我呢 我六十五 特困", message_id="me")) == routing.ELIGIBILITY


@pytest.mark.parametrize("text", ["算了，不是低保", "不办了", "好的谢谢"])
def test_who_wants_no_more_is_let_go(session: Session, conversation: Conversation, text: str) -> None:
    check(session, conversation, *OPEN)
    assert routing.claimed_by(conversation, said(text, "deny", message_id="no")) == ""


@pytest.mark.parametrize("text, facts", [
    ("我妈八十三 能装扶手不要钱不", {"service": "home_adaptation", "age": 83, "relation": "mother"}),
    ("我爸吃低保 够不够条件领护理补贴", {"relation": "father"}),
    ("我妈八十五低保 公办养老院能优先不", {"relation": "mother"}),
])  # fmt: skip
def test_somebodys_case_is_looked_at_amid_a_booking(conversation: Conversation, text: str, facts: dict[str, object]) -> None:
    conversation.task = "booking"
    keep(conversation, Draft(service="haircut", asking="place"))
    assert routing.taken_from(conversation, said(text, "eligibility_ask", **facts), "booking") == routing.ELIGIBILITY


def test_the_same_for_somebody_else_is_asked_amid_a_booking(refused: Conversation) -> None:
    refused.task = "booking"
    keep(refused, Draft(service="haircut", asking="place"))
    assert routing.taken_from(refused, said("那我妈呢", "inform"), "booking") == routing.ELIGIBILITY
    refused.remember(handled="something else")
    assert routing.taken_from(refused, said("那我妈呢", "inform"), "booking") == ""


@pytest.mark.parametrize("text, facts", [
    ("我妈八十三了走不动能理不", {"service": "haircut", "age": 83, "relation": "mother"}),
    ("低保的理发要钱不", {"service": "haircut"}),
    ("我妈是低保", {"relation": "mother"}),
    ("能送到康乐路8号不", {"address": "康乐路8号"}),
])  # fmt: skip
def test_what_is_booked_stays_with_the_booking(conversation: Conversation, text: str, facts: dict[str, object]) -> None:
    conversation.task = "booking"
    keep(conversation, Draft(service="haircut", asking="place"))
    assert routing.taken_from(conversation, said(text, "eligibility_ask", **facts), "booking") == ""


def test_where_to_apply_for_what_a_document_told_is_known_of_the_benefit(session: Session, conversation: Conversation) -> None:
    told = policy_answer(session, conversation, said("湖南残疾人护理补贴一个月多少", "policy_ask"))
    conversation.last_replies = [one.as_dict() for one in told.replies]
    assert "户口所在地的街道办" in ask(session, conversation, "在哪办")


def test_a_document_that_knows_who_goes_for_them_is_read_first(session: Session, conversation: Conversation) -> None:
    told = policy_answer(session, conversation, said("长春残疾补贴一个月多少", "policy_ask"))
    conversation.last_replies = [one.as_dict() for one in told.replies]
    assert routing.claimed_by(conversation, said("手续能代办不", "nlu_fallback")) != routing.VERDICT


@pytest.mark.parametrize("text, told", [("我替我爸签行不", "文件没有写"), ("怎么签", "社区卫生服务中心"), ("要带什么材料", "身份证")])
def test_what_was_only_offered_may_be_asked_about_too(session: Session, conversation: Conversation, text: str, told: str) -> None:
    price = service_list.answer(session, conversation, said("家庭医生签约要钱不", "price_query", service="family_doctor"))
    conversation.last_replies = [one.as_dict() for one in price.replies]
    assert told in ask(session, conversation, text)


def test_how_to_have_what_was_offered_takes_it_up(session: Session, conversation: Conversation) -> None:
    price = service_list.answer(session, conversation, said("家庭医生签约要钱不", "price_query", service="family_doctor"))
    conversation.last_replies = [one.as_dict() for one in price.replies]
    assert routing.claimed_by(conversation, said("那怎么办", "nlu_fallback")) != routing.VERDICT
