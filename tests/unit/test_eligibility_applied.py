"""Somebody who wants no more questions but the application: it begins with all that was told on the way."""

from __future__ import annotations

import pytest

from care.eligibility import task
from care.eligibility.application import applies
from care.reply import Choice, Reply
from tests.conftest import said

APPLY = [
    "那帮我申请吧，他叫孙有财", "别问了，直接登记", "好，提交", "就申请吧", "麻烦给我报上", "对，登记一下", "给我妈办上吧", "那就登记吧，我叫罗桂珍",
]  # fmt: skip
NOT_APPLY = ["能不能帮我申请", "怎么登记", "先不登记", "帮我申请要什么材料吗", "低保", "要不要提交什么", "没有残疾证"]


@pytest.mark.parametrize("text", APPLY)
def test_the_application_is_wanted_in_many_words(text: str) -> None:
    assert applies(said(text))


@pytest.mark.parametrize("text", NOT_APPLY)
def test_other_words_go_on_with_the_questions(text: str) -> None:
    assert not applies(said(text))


def test_what_was_told_in_between_is_in_the_application(session, conversation) -> None:
    conversation.region = "changchun"
    first = said("我爸能不能申请适老化改造", "eligibility_ask", "m1", relation="father", service="home_adaptation")
    task.take(session, conversation, first)
    asked = task.ask(session, conversation, False)
    assert asked.state.startswith("asking_")
    aside = said("他叫孙有财，住幸福街12号，电话13800006604", "inform", "m2", person_name="孙有财", phone="13800006604")
    told = task.take(session, conversation, aside)
    again = task.ask(session, conversation, False)
    assert "记着" in told.replies[0].say and "大概说说" not in again.replies[-1].say and again.state == asked.state
    done = task.take(session, conversation, said("那就帮我申请吧", "book", "m3"))
    assert done.finished and "eligibility" not in conversation.drafts
    words = conversation.recall("again")
    assert "给我爸" in words and "适老化" in words and "孙有财" in words and "13800006604" in words


def test_can_she_have_it_means_what_was_offered_last(session, conversation) -> None:
    conversation.region = "nanchang"
    conversation.last_replies = [
        Reply("要我帮您登记适老化改造吗？", choices=(Choice("帮我登记", "我要申请适老化改造"),)).as_dict()
    ]
    turn = said("我奶奶九十了，有残疾证，能不能申请", "eligibility_ask", "m1", relation="grandmother")
    task.take(session, conversation, turn)
    assert conversation.draft("eligibility").get("benefit") == "home_adaptation"
