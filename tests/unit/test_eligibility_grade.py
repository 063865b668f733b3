"""How badly off somebody is by what is told: said plainly, and that only an assessment gives the grade."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import eligibility, routing
from care.conversation.model import Conversation
from tests.conftest import said

HEAVY = [
    "吃饭要人喂 走不了路 是什么等级", "我爸瘫在床上三年了 算重度还是中度", "娘吃饭都要喂，大小便失禁，评得上几级", "俺娘起不来炕，躺床上，算几级",
    "我妈90岁 不知道算不算失能 吃饭要喂 上厕所要人扶",
]  # fmt: skip
SOME = ["就是洗澡要人扶 算失能不", "老头子走路要人搀 够不够失能", "佢行唔到路 要人扶 算唔算失能", "我妈吃饭穿衣自己行 洗澡要人帮 算哪一级"]
NOT_ASKED = [
    "失能分几个等级", "评估分几级", "什么叫失能", "我妈卧床 能领护理补贴不", "我妈走不动路 评几级能领补贴", "我爸瘫了 能不能装扶手", "二级残疾算重残吗",
    "我住几楼", "吃饭要几份", "我妈瘫在床上 想洗澡", "我妈做过评估 中度失能",
]  # fmt: skip


@pytest.mark.parametrize("text", HEAVY + SOME)
@pytest.mark.parametrize("intent", ["book", "policy_ask", "service_query", "eligibility_ask"])
def test_it_is_said_how_badly_off_that_sounds(session: Session, conversation: Conversation, text: str, intent: str) -> None:
    turn = said(text, intent)
    assert routing.claimed_by(conversation, turn) == routing.GRADE
    told = eligibility.grade.answer(session, conversation, turn).replies[0]
    assert "失能" in told.say and "能力评估才算数" in told.say
    assert ("比较重" in told.say) == (text in HEAVY)
    assert told.choices[0].value == "我要申请能力评估"


def test_who_manages_alone_is_not_called_disabled(session: Session, conversation: Conversation) -> None:
    told = eligibility.grade.answer(session, conversation, said("我自己都能动，算失能吗")).replies[0].say
    assert "一般不算失能" in told


def test_what_was_told_is_kept_for_the_next_question(session: Session, conversation: Conversation) -> None:
    eligibility.grade.answer(session, conversation, said("我妈九十岁，吃饭要人喂，算不算失能"))
    assert conversation.recall("facts")["mother"]["age"] == 90 and conversation.recall("facts")["mother"]["ability"]


@pytest.mark.parametrize("text", NOT_ASKED)
def test_other_questions_are_left_alone(text: str) -> None:
    assert not eligibility.grade.asks(said(text, "eligibility_ask"))


@pytest.mark.parametrize("text", ["我婆婆瘫在床上 想请政府派人来护理", "能不能请国家派人来照顾我瘫了的老娘", "我爸瘫在床上 想让政府派个人来照看"])
def test_a_wish_that_the_state_send_somebody_is_a_case_to_look_at(conversation: Conversation, text: str) -> None:
    turn = said(text, "eligibility_ask")
    assert eligibility.concerns(turn) and not eligibility.at_a_loss(conversation, turn)
