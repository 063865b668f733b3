"""A wish for the thing itself, where only a town or a case was asked about, begins the application with all that was told."""

from __future__ import annotations

import pytest

from care import routing
from care.booking import addresses, contact, remember_told, takes_up, wants_it
from care.booking.carried import BEFORE
from care.eligibility import task as check
from care.eligibility.application import applies
from care.policy import answer, region_task
from care.reply import Choice, Reply
from care.service_list import SERVICE_SPOKEN_OF
from tests.conftest import said

WANTS = [
    "给我爸装一个，他八十九了，腿脚不利索", "那你帮我办一个，我是她儿媳", "怎么弄的，给我登记上", "要多少材料嘛，先帮我登个记吧",
    "住三楼，给老伴申请一个", "好的，麻烦给我妈排上", "能先登记吗", "那可以帮我登记一下吗", "能不能先排个号", "现在能约不",
]  # fmt: skip
WANTS_NOT = [
    "能给我爸装一个不，他八十九了", "先不装一个了，我考虑考虑", "长春的，给我妈问的", "要，他要人扶", "他自己会做饭，不会洗衣裳", "饭她自己吃，澡我来，给她洗，给她换", "给我妈装一个要多少钱", "能约到后天吗", "能申请吗", "登记要钱吗",
]  # fmt: skip


@pytest.mark.parametrize("text", WANTS)
def test_a_wish_is_heard_whatever_is_said_beside_it(text: str) -> None:
    assert wants_it(said(text))


@pytest.mark.parametrize("text", WANTS_NOT)
def test_a_question_a_refusal_and_an_answer_are_no_wish(text: str) -> None:
    assert not wants_it(said(text))


@pytest.mark.parametrize("text, service", [
    ("行，那帮我申请一个适老化改造", "home_adaptation"), ("给我老娘登记一下轮候", "waitlist"), ("替我签个家庭医生吧", "family_doctor"),
])  # fmt: skip
@pytest.mark.parametrize("task", ["policy_region", "service_region"])
def test_a_service_named_with_a_wish_leaves_the_question_where(
    conversation, text: str, service: str, task: str
) -> None:
    assert routing.left_for_booking(conversation, said(text, "policy_ask", service=service), task)


@pytest.mark.parametrize("text", ["能不能帮我申请适老化改造", "适老化改造先不给我登记", "我问的是适老化改造"])
def test_a_service_only_asked_about_does_not(conversation, text: str) -> None:
    assert not routing.left_for_booking(
        conversation, said(text, "policy_ask", service="home_adaptation"), "policy_region"
    )


@pytest.mark.parametrize("text", ["平安铃是怎么装的", "想问问那个呼叫器咋个装"])
def test_what_a_policy_question_was_about_is_what_is_wanted(session, conversation, text: str) -> None:
    conversation.remember(**{SERVICE_SPOKEN_OF: "meal"})
    assert answer(session, conversation, said(text, "policy_ask")).state == "asking_region"
    assert conversation.recall(SERVICE_SPOKEN_OF) == "safety_bell"
    conversation.task = "policy_region"
    assert routing.left_for_booking(conversation, said("给我姨装一个，她一个人过"), "policy_region")


def test_who_somebody_is_narrows_no_question(session, conversation) -> None:
    """电话 in 我叫…，电话… does not ask for a telephone number."""
    answer(session, conversation, said("能力评估要不要钱", "policy_ask"))
    plain = said("东莞", "inform", "m2", place={"region": "dongguan", "name": "东莞"})
    expected = region_task.take(session, conversation, plain).replies[0].say
    conversation.memory, conversation.region = {}, ""
    answer(session, conversation, said("能力评估要不要钱", "policy_ask", "m3"))
    told = said("我叫黎桂全，电话13800007205，住东莞", "inform", "m4", person_name="黎桂全", phone="13800007205")
    assert region_task.take(session, conversation, told).replies[0].say == expected


def test_what_is_told_at_the_question_where_is_kept(conversation) -> None:
    conversation.task = "policy_region"
    remember_told(conversation, said("我叫黎桂全，电话13800007205", person_name="黎桂全", phone="13800007205"))
    assert {kind for kind, _, _ in conversation.recall(BEFORE)[0]["said"]} == {"person_name", "phone"}


@pytest.mark.parametrize("text", ["咋办嘞，你给俺登记上", "要什么条件不要紧，帮我申请吧", "怎么签呀？给我妈办上吧"])
def test_a_question_before_the_wish_does_not_hide_it(text: str) -> None:
    assert applies(said(text))


def test_what_was_offered_is_meant_before_what_was_spoken_of(conversation) -> None:
    conversation.remember(**{SERVICE_SPOKEN_OF: "aids_rental"})
    offer = Reply("要我帮您登记吗？", choices=(Choice("帮我登记", "我要申请平安铃"),))
    conversation.last_replies = [offer.as_dict()]
    assert takes_up(conversation, said("手续咋办嘛，你替他报上")) == "safety_bell"
    assert takes_up(conversation, said("报上要多少钱嘛")) == ""


def test_name_and_home_instead_of_an_answer_lead_to_the_result(session, conversation) -> None:
    conversation.region = "yangling"
    conversation.task = "eligibility"
    turns = [
        said("七十四了，家庭医生给签不", "eligibility_ask", "m1", service="family_doctor", age=74),
        said("贺有田，13800007206", "inform", "m2", person_name="贺有田", phone="13800007206"),
        said("揉谷镇石家村一组九号", "inform", "m3", address="揉谷镇石家村一组九号"),
    ]
    questions = []
    for turn in turns:
        done = check.take(session, conversation, turn)
        remember_told(conversation, turn)
        if done.finished:
            break
        questions.append(check.ask(session, conversation, False).replies[-1].say)
    assert done.finished and len(questions) == 2
    assert any(choice.value for choice in done.replies[-1].choices)
    kept = {value for one in conversation.recall(BEFORE) for _, value, _ in one["said"]}
    assert {"贺有田", "13800007206", "揉谷镇石家村一组九号"} <= kept


@pytest.mark.parametrize(
    "words", ["上落楼梯唔得", "爬楼梯要人扶", "冲凉要人扶", "食饭着衫自己得，行路唔得", "上下楼梯不行", "穿衣要喂要抱"]
)
def test_what_somebody_can_do_is_no_address(words: str) -> None:
    assert not contact.names_a_place(words) or contact.tells_of_somebody(words)
    assert addresses.read_address(words) == ""


@pytest.mark.parametrize(
    "words", ["花园新村八巷六号", "三号楼一单元楼梯口右边", "翠湖小区2栋5楼", "落霞路18号", "扶余路9号"]
)
def test_streets_and_floors_still_are(words: str) -> None:
    assert addresses.read_address(words)
