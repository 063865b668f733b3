"""An offer that somebody wants to think over begins nothing; who wants it done has it begun, for whom it was looked at."""

from __future__ import annotations

import pytest

from care import routing
from care.booking import later, offered, task
from care.conversation import manners
from care.conversation.model import Conversation
from care.reply import Choice, Reply
from tests.conftest import said

OFFER = Reply("要我帮您登记吗？", choices=(Choice("帮我登记", "我要申请适老化改造"), Choice("先不用", "不用了"))).as_dict()


@pytest.mark.parametrize(
    "words",
    [
        "我跟我妈商量一下", "再看看", "我再想想", "让我想想", "我考虑考虑", "回头再说", "问问我儿子", "等我女儿回来再说", "过两天再说",
        "我寻思寻思", "还没想好", "改天再说吧", "我先看看", "我想想再说行不", "我跟屋里人商量下子",
    ],
)  # fmt: skip
def test_an_offer_thought_over_begins_nothing(conversation: Conversation, words: str) -> None:
    conversation.last_replies = [OFFER]
    turn = said(words, "handover_bind")
    assert later.puts_off(conversation, turn) and routing.claimed_by(conversation, turn) == routing.LATER
    assert "不急" in later.answer(None, conversation, turn).replies[0].say
    conversation.last_replies = []
    assert not later.puts_off(conversation, turn)


@pytest.mark.parametrize(
    "words", ["跟我妈商量过了，帮我登记", "商量好了，那就办吧", "再看看有没有别的补贴", "你问我闺女，她叫李娜", "再说一下要带什么材料"]
)
def test_who_wants_it_or_asks_on_does_not_put_it_off(conversation: Conversation, words: str) -> None:
    conversation.last_replies = [OFFER]
    assert not later.puts_off(conversation, said(words))


@pytest.mark.parametrize("words", ["不知道", "不晓得", "我说不好"])
def test_not_knowing_takes_no_offer_up(session, conversation: Conversation, words: str) -> None:
    conversation.last_replies = [OFFER]
    outcome = manners.loose(session, conversation, said(words, "dont_know"))
    assert "不急" in outcome.replies[0].say and not conversation.recall("again")


@pytest.mark.parametrize(
    "words",
    ["帮我办手续吧", "给我把手续办了吧", "那你帮我报上去", "帮我把名报上", "就给我登记吧", "那就办手续", "麻烦你给报上去", "给登个记吧"],
)
def test_who_wants_it_done_has_it_begun(words: str) -> None:
    assert offered.onward(words)


@pytest.mark.parametrize("words", ["我妈八十二，残疾三级", "她是低保", "我八十五了", "他一个人住"])
def test_a_case_told_after_an_offer_is_looked_at_first(conversation: Conversation, words: str) -> None:
    conversation.last_replies = [OFFER]
    conversation.region = "dongguan"
    facts = [{"fact": "income", "value": "dibao"}] if "低保" in words else []
    assert routing.claimed_by(conversation, said(words, fact=facts)) == routing.ELIGIBILITY


@pytest.mark.parametrize("words", ["帮我登记，我妈八十二了", "那给她办一个，她是低保", "算了，她是低保"])
def test_who_wants_it_with_a_case_is_not_asked_again(conversation: Conversation, words: str) -> None:
    conversation.last_replies = [OFFER]
    assert routing.claimed_by(conversation, said(words)) != routing.ELIGIBILITY


def test_how_somebody_walks_takes_no_application_up(conversation: Conversation) -> None:
    conversation.last_replies = [OFFER]
    assert not offered.taken_with(conversation, said("能自己走", mobility="walks"))


def test_a_moment_asked_for_swallows_no_question(session, conversation: Conversation) -> None:
    manners.loose(session, conversation, said("等一下，那要不要带身份证", "hold_on"))
    assert conversation.recall("again") == "那要不要带身份证"


def test_an_offer_for_a_day_is_taken_up_for_that_day(conversation: Conversation) -> None:
    wish = "我想要送餐，十一月二十六号"
    conversation.last_replies = [Reply("要帮您订吗？", choices=(Choice("要，订送餐", wish), Choice("先不用", "先不用"))).as_dict()]
    assert offered.with_its_day(conversation, said("那给我订一个")) == f"{wish}，那给我订一个"
    assert not offered.with_its_day(conversation, said("那给我订后天的", time={"date": "2026-11-27"}))
    conversation.last_replies = [OFFER]
    assert not offered.with_its_day(conversation, said("帮我登记吧"))


def test_for_me_after_a_check_for_somebody_only_asks_for_it_to_be_done(session, conversation: Conversation) -> None:
    conversation.last_replies = [OFFER]
    conversation.region = "hunan"
    conversation.remember(eligibility={"benefit": "home_adaptation", "relation": "mother", "message": "m"})
    asked = task.take(session, conversation, said("就给我登记吧", relation="self"))
    assert asked is not None
    assert conversation.draft("booking")["person"] == "mother"
