"""Words that leave it open whether somebody is in danger: one short question on the telephone, and only there."""

from __future__ import annotations

from typing import Any

import pytest

from care.conversation.bot import Bot
from care.conversation.service import Desk, Message
from care.db import unit_of_work
from care.emergency.detect import is_doubtful
from care.emergency.model import EmergencyRecord

DOUBTFUL = "我爸今天不说话光流口水"
EVERYDAY = ("明天中午送两份饭", "你们几点上班", "东莞多久上门看一次老人", "我想洗个澡", "没有", "谢谢你")


class FakeBot:
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, body: dict[str, Any]) -> Any:
        self.asked.append(body["message"])
        return {"replies": [{"text": "好的"}], "intent": "thanks"}


@pytest.fixture
def bot(database: None) -> FakeBot:
    return FakeBot()


@pytest.fixture
def desk(bot: FakeBot) -> Desk:
    return Desk(Bot(bot))


def heard(text: str, **more: Any) -> Message:
    return Message("c1", text, **{"channel": "phone", **more})


def test_the_example_is_doubtful_and_everyday_words_are_not() -> None:
    assert is_doubtful(DOUBTFUL)
    assert not [text for text in EVERYDAY if is_doubtful(text)]


async def test_a_yes_raises_the_alarm_with_the_words_told(desk: Desk, bot: FakeBot) -> None:
    asked = await desk.handle(heard(DOUBTFUL))
    assert asked.state == "asking_danger" and "有危险吗" in asked.replies[0].say
    assert (await desk.handle(heard("有"))).state == "emergency"
    assert bot.asked == []
    with unit_of_work() as session:
        assert session.query(EmergencyRecord).one().words == DOUBTFUL


async def test_a_no_has_the_words_taken_up_as_they_were(desk: Desk, bot: FakeBot) -> None:
    await desk.handle(heard(DOUBTFUL))
    answered = await desk.handle(heard("没有"))
    assert bot.asked == [DOUBTFUL] and answered.state != "asking_danger"


async def test_anything_else_is_heard_as_it_is(desk: Desk, bot: FakeBot) -> None:
    await desk.handle(heard(DOUBTFUL))
    await desk.handle(heard("我想订一份饭"))
    assert bot.asked == ["我想订一份饭"]


async def test_nobody_is_asked_in_writing(desk: Desk, bot: FakeBot) -> None:
    await desk.handle(heard(DOUBTFUL, channel="web"))
    assert bot.asked == [DOUBTFUL]
