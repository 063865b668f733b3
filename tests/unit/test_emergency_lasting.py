"""How somebody has been for long, told where it is asked for, raises no alarm; what began just now always does."""

from __future__ import annotations

import pytest

from care import emergency
from care.conversation.bot import Bot
from care.conversation.model import Conversation
from care.conversation.opening import opened
from care.conversation.service import Desk, Message
from care.db import unit_of_work
from care.emergency import doubt, lasting
from tests.unit.fake_bot import FakeBot

LASTING = (
    "左边胳膊腿都动不了，脑子清楚",
    "她半边身子动不了，要人抱",
    "一边的手脚不能动，坐轮椅",
    "老人半身不能动，说话说不清",
    "我右边胳膊抬不起来，三年了",
    "中风以后半边身子动不了",
    "她摔断过胯骨，腿不能动",
)
SUDDEN = (
    "刚才左边胳膊腿突然动不了",
    "他一下子半边身子动不了",
    "今早起来右边胳膊腿动不了，话也说不清",
    "老人嘴歪了，半边身子动不了",
    "我摔了，腿动不了",
    "右边手脚一下就不听使唤",
    "半边身子动不了，快来人",
    "我胸口疼得喘不上气",
)


def asked(conversation: Conversation, service: str = "disability_assessment") -> Conversation:
    conversation.task, conversation.state = "booking", "asking_place"
    conversation.keep_draft("booking", {"service": service})
    return conversation


def described(conversation: Conversation, text: str) -> bool:
    danger = emergency.check(text)
    return danger is None or lasting.described(conversation, text, danger)


@pytest.mark.parametrize("service", ["ability_assessment", "home_nursing", "home_adaptation", "aids_rental", "respite"])
@pytest.mark.parametrize("text", LASTING)
def test_a_condition_is_no_danger_where_it_is_asked_for(conversation: Conversation, service: str, text: str) -> None:
    assert described(asked(conversation, service), text)
    assert doubt.ask(conversation, text) is None


@pytest.mark.parametrize("text", SUDDEN)
def test_what_is_sudden_is_a_danger_everywhere(conversation: Conversation, text: str) -> None:
    assert emergency.check(text) and not described(asked(conversation), text)


def test_elsewhere_the_same_words_are_a_danger(conversation: Conversation) -> None:
    assert not described(conversation, LASTING[0])
    assert not described(asked(conversation, "meal"), LASTING[0])
    asked(conversation).state = "emergency"
    assert not described(conversation, LASTING[0])


@pytest.mark.parametrize("text", ["我起不来了，腿动不了了", "左边胳膊腿动不了了", "她半边身子使不上劲了"])
def test_what_may_have_changed_now_is_asked_about(conversation: Conversation, text: str) -> None:
    danger = emergency.check(text)
    assert danger and not lasting.described(asked(conversation), text, danger)
    outcome = doubt.ask_first(conversation, text, danger)
    assert outcome is not None and outcome.state == "asking_danger"


async def test_the_application_goes_on(database: None) -> None:
    bot = FakeBot("thanks")
    with unit_of_work() as session:
        asked(opened(session, "c1", "phone", None))
    desk = Desk(Bot(bot))
    assert (await desk.handle(Message("c1", LASTING[0], "phone"))).state != "emergency"
    assert bot.asked == [LASTING[0]]
    assert (await desk.handle(Message("c1", SUDDEN[0], "phone"))).state == "emergency"


OLD_STROKES = ("脑出血后遗症，尾巴骨那块有点红，没破", "脑溢血后落下的，右边不灵便", "瘫了三年", "中风好几年了，一直吃药")


def at_the_bath(conversation: Conversation) -> Conversation:
    conversation.task, conversation.state = "booking", "asking_health"
    conversation.keep_draft("booking", {"service": "bath"})
    return conversation


@pytest.mark.parametrize("text", OLD_STROKES)
def test_before_a_bath_an_old_stroke_is_an_answer(conversation: Conversation, text: str) -> None:
    assert described(at_the_bath(conversation), text) and doubt.ask(conversation, text) is None


def test_before_a_bath_a_stroke_without_a_time_is_asked_about_first(conversation: Conversation) -> None:
    text = "中风，左边手脚没力，血压高，药天天吃"
    danger = emergency.check(text)
    assert danger and not lasting.described(at_the_bath(conversation), text, danger)
    asked_first = doubt.ask_first(conversation, text, danger)
    assert asked_first and asked_first.state == "asking_danger"


@pytest.mark.parametrize("text", ["突然中风了", "刚才中风，半边不能动", "他这会儿中风了", "中风，嘴歪了说不清话", "中风，左边没力，话也说不出", "我胸口疼得喘不上气"])
def test_before_a_bath_a_stroke_that_happens_now_still_alarms(conversation: Conversation, text: str) -> None:
    danger = emergency.check(text)
    assert danger and not described(at_the_bath(conversation), text)
    assert not lasting.may_be(conversation, text, danger)
