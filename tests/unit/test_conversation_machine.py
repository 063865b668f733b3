"""Whether a person or a machine speaks here: told truthfully in the middle of anything, however it is asked."""

from __future__ import annotations

import pytest

from care.conversation import machine
from care.conversation.bot import Bot
from care.conversation.opening import opened
from care.conversation.service import Desk, Message
from care.db import unit_of_work
from care.reply import Reply
from tests.unit.fake_bot import FakeBot

ASKED = [
    "嗯，有你听我讲两句就好了。你们是真人还是机器来的", "跟我说话的是个人不", "你是录音吧", "咋听着像机器", "你系人定系机器",
    "我是不是在跟机器说话", "莫不是机器在跟我讲", "你声音怎么跟机器似的", "你是人是鬼哟", "真人不", "听着不像真人呀", "这是自动语音吧",
]  # fmt: skip
NOT_ASKED = [
    "你们派来的是真人还是机器", "家里那台机器坏了", "我要真人", "不要机器人跟我说", "那个打电话来的人是录音吧", "是个人都能申请吗",
    "您是人社局的吗", "你们是给老人做饭的吗", "这是真的吗", "这床是自动的吗", "是一个人还是两个人",
]  # fmt: skip


@pytest.mark.parametrize("text", ASKED)
def test_it_is_heard_however_it_is_asked(text: str) -> None:
    assert machine.asked(text)


@pytest.mark.parametrize("text", NOT_ASKED)
def test_others_and_things_are_not_asked_about(text: str) -> None:
    assert not machine.asked(text)


@pytest.fixture
def bot(database: None) -> FakeBot:
    return FakeBot("inform")


def at(state: str, task: str | None = "booking") -> None:
    with unit_of_work() as session:
        conversation = opened(session, "c1", "phone", None)
        conversation.task, conversation.state = task, state
        conversation.last_replies = [Reply("好，洗澡。").as_dict(), Reply("哪一天方便？").as_dict()]


@pytest.mark.parametrize("state", ["asking_date", "confirming", "asking_danger"])
async def test_in_the_middle_the_question_is_put_again(bot: FakeBot, state: str) -> None:
    at(state)
    answered = await Desk(Bot(bot)).handle(Message("c1", "嗯，你们是真人还是机器来的", channel="phone"))
    said = [one.say for one in answered.replies]
    assert "不是真人" in said[0] and said[1:] == ["哪一天方便？"]
    assert answered.state == state and bot.asked == []


async def test_what_is_told_along_is_taken(bot: FakeBot) -> None:
    at("asking_date")
    answered = await Desk(Bot(bot)).handle(Message("c1", "后天上午十点，你是录音吧", channel="phone"))
    assert "不是真人" in answered.replies[0].say and bot.asked == ["后天上午十点"]


async def test_in_danger_too(bot: FakeBot) -> None:
    desk = Desk(Bot(bot))
    await desk.handle(Message("c1", "我胸口疼得厉害", channel="phone"))
    answered = await desk.handle(Message("c1", "你是真人吗", channel="phone"))
    assert "不是真人" in answered.replies[0].say and answered.state == "emergency"
