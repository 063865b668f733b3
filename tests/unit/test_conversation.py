"""The conversation desk: order of checks, redelivery, commands, degradation; with a bot that answers as told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from care.conversation import hearing
from care.conversation.bot import Bot
from care.conversation.model import Conversation, Line
from care.conversation.service import Desk, Message
from care.db import engine, unit_of_work
from care.handover.model import Ticket


class FakeBot:
    """Answers each message with the next prepared body and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.answers: list[Any] = []

    async def __call__(self, body: dict[str, Any]) -> Any:
        self.asked.append(body)
        answer = self.answers.pop(0) if self.answers else {"replies": [{"text": "好的"}], "intent": "thanks"}
        if isinstance(answer, Exception):
            raise answer
        return answer


def decided(say: str, state: str = "answered", choices: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """A bot answer whose action decided the state."""
    reply = {"say": say, "show": say, "choices": choices or [], "command": None, "card": None}
    return {"replies": [{"custom": {"replies": [reply], "state": state, "order": None}}], "intent": "book"}


@pytest.fixture
def bot(database: None) -> FakeBot:
    return FakeBot()


@pytest.fixture
def desk(bot: FakeBot) -> Iterator[Desk]:
    yield Desk(Bot(bot))


def message(text: str, **more: Any) -> Message:
    return Message("c1", text, **more)


def stored() -> Conversation:
    with unit_of_work() as session:
        return session.get_one(Conversation, "c1")


async def test_first_sentence_says_that_it_is_automatic(desk: Desk) -> None:
    first = await desk.handle(message("谢谢"))
    second = await desk.handle(message("谢谢"))
    assert "自动助手" in first.replies[0].say
    assert "自动助手" not in second.replies[0].say


async def test_emergency_never_waits_for_the_bot(desk: Desk, bot: FakeBot) -> None:
    result = await desk.handle(message("哎哟我摔倒了起不来"))
    assert result.state == "emergency"
    assert bot.asked == []


async def test_emergency_is_answered_without_a_database(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    engine().dispose()
    monkeypatch.setattr("care.conversation.service.unit_of_work", _locked)
    result = await desk.handle(message("我胸口疼得厉害喘不上气"))
    assert result.state == "emergency"
    assert "一二零" in "".join(r.say for r in result.replies)


async def test_no_silence_without_a_database(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("care.conversation.service.unit_of_work", _locked)
    result = await desk.handle(message("我想订饭"))
    assert result.replies and "人工" in result.replies[0].say


def _locked() -> Any:
    from sqlalchemy.exc import OperationalError

    raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))


async def test_the_same_message_again_gets_the_same_answer_and_is_not_asked_twice(desk: Desk, bot: FakeBot) -> None:
    bot.answers = [decided("几个人吃？", "asking_quantity")]
    first = await desk.handle(message("订饭", message_id="m1"))
    again = await desk.handle(message("订饭", message_id="m1"))
    assert [r.as_dict() for r in again.replies] == [r.as_dict() for r in first.replies]
    assert again.state == first.state
    assert len(bot.asked) == 1


async def test_human_works_from_the_first_second_and_without_the_bot(desk: Desk, bot: FakeBot) -> None:
    bot.answers = [aiohttp.ClientConnectionError("down")] * 9
    for words in ("0", "转人工", "我要人工！", "跟你说不清，转人工"):
        result = await desk.handle(Message(f"c-{words}", words))
        assert result.state == "handed_over"
    assert bot.asked == []


async def test_no_wish_for_a_human_is_no_command(desk: Desk, bot: FakeBot) -> None:
    for words in ("不用转人工", "人工费多少钱", "办事大厅还有没有人工窗口"):
        assert (await desk.handle(message(words))).state != "handed_over"
    assert len(bot.asked) == 3


async def test_repeat_says_the_last_words_again(desk: Desk, bot: FakeBot) -> None:
    bot.answers = [decided("几个人吃？", "asking_quantity")]
    await desk.handle(message("订饭"))
    again = await desk.handle(message("再说一遍"))
    assert [r.say for r in again.replies if "几个人吃" in r.say]
    assert again.state == "asking_quantity"
    assert again.replies[0].command.name == "repeat"


async def test_slower_has_a_lower_limit(desk: Desk) -> None:
    rates = [(await desk.handle(message("慢一点"))).replies[0].command.detail["rate"] for _ in range(4)]
    assert rates == [120, 105, 105, 105]


async def test_a_number_picks_the_choice_but_not_where_a_number_is_asked(desk: Desk, bot: FakeBot) -> None:
    choices = [{"title": "在家", "value": "在家洗"}, {"title": "站里", "value": "去站里洗"}]
    bot.answers = [decided("在哪洗？", "asking_bath_place", choices), decided("几份？", "asking_quantity", choices)]
    await desk.handle(message("洗澡"))
    await desk.handle(message("第二个"))
    await desk.handle(message("2"))
    assert [a["message"] for a in bot.asked] == ["洗澡", "去站里洗", "2"]


async def test_the_bot_is_told_what_is_being_asked(desk: Desk, bot: FakeBot) -> None:
    bot.answers = [decided("哪天？", "asking_date"), decided("对吗？", "confirming")]
    for words in ("订饭", "明天", "对"):
        await desk.handle(message(words))
    assert [a["metadata"]["asking"] for a in bot.asked] == ["", "date", "confirm"]


async def test_a_dead_bot_is_admitted_and_the_second_time_opens_a_ticket(desk: Desk, bot: FakeBot) -> None:
    bot.answers = [decided("哪天？", "asking_date"), aiohttp.ClientConnectionError("down"), {"replies": [], "intent": "inform"}]
    with unit_of_work() as session:
        session.add(Conversation(id="c1", channel="test", task="booking", drafts={"booking": {"service": "meal"}},
                                 memory={}, state="asking_date", misses=0, last_replies=[]))  # fmt: skip
    await desk.handle(message("订饭"))
    first = await desk.handle(message("明天"))
    second = await desk.handle(message("明天"))
    assert first.state == second.state == "asking_date"
    assert first.replies[0].say != second.replies[0].say
    assert first.replies[0].choices[0].value == "明天"
    assert stored().drafts["booking"] == {"service": "meal"}
    with unit_of_work() as session:
        assert session.scalars(select(Ticket)).one().kind == "callback"


async def test_words_taken_up_anew_are_sent_on_in_the_same_turn(desk: Desk, bot: FakeBot) -> None:
    accepted = decided("好。")
    accepted["replies"][0]["custom"]["again"] = "我要申请适老化改造"
    bot.answers = [accepted, decided("给谁申请？", "asking_person")]
    result = await desk.handle(message("要"))
    assert result.state == "asking_person"
    assert [a["message"] for a in bot.asked] == ["要", "我要申请适老化改造"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", "没收到"), ("  \u200b ", "没收到"), ("😀😀", "表情"), ("？！。。。", "表情"), ("吃饭" * 400, "太长")],
)
async def test_unusable_text_gets_a_clear_sentence_and_loses_nothing(
    desk: Desk, bot: FakeBot, text: str, expected: str
) -> None:
    bot.answers = [decided("哪天？", "asking_date")]
    with unit_of_work() as session:
        session.add(Conversation(id="c1", channel="web", task="booking", drafts={"booking": {"service": "meal"}},
                                 memory={}, state="asking_date", misses=0, last_replies=[]))  # fmt: skip
    result = await desk.handle(message(text, channel="web"))
    assert expected in result.replies[0].say
    assert result.state == "asking_date"
    assert bot.asked == []


async def test_transcripts_hold_no_telephone_number(desk: Desk, bot: FakeBot) -> None:
    bot.answers = [decided("电话是一三八零零零零一二三四，对吗？13800001234", "confirming")]
    await desk.handle(message("电话13800001234"))
    with unit_of_work() as session:
        line = session.scalars(select(Line)).one()
    assert "13800001234" not in line.heard + json.dumps(line.said, ensure_ascii=False)


async def test_a_long_chat_gets_fresh_bot_sessions_but_not_in_the_middle_of_a_task(desk: Desk, bot: FakeBot) -> None:
    for _ in range(14):
        await desk.handle(message("谢谢"))
    assert {a["sender"] for a in bot.asked} == {"c1#0", "c1#1"}


async def test_turns_of_one_conversation_are_taken_one_after_the_other(desk: Desk, bot: FakeBot) -> None:
    import asyncio

    results = await asyncio.gather(*(desk.handle(message("谢谢", message_id=f"m{n}")) for n in range(5)))
    assert len({id(r) for r in results}) == 5
    with unit_of_work() as session:
        assert [line.message_id for line in session.scalars(select(Line).order_by(Line.id))] == [f"m{n}" for n in range(5)]


def test_the_date_is_said_with_its_weekday(session: Any, conversation: Conversation) -> None:
    from care.conversation import manners
    from care.turn import Turn

    said = manners.answer(session, conversation, Turn("c1", "今天几号", "ask_time")).replies[0].say
    assert said == "今天是十一月二十五号，星期三，现在上午十点。"


@pytest.mark.parametrize("typed, kept", [
    ("明天中午，两份", "明天中午，两份"), ("明天中午,两份", "明天中午，两份"), ("行吗？", "行吗？"),
    ("1,200块", "1,200块"), ("3:30", "3:30"),
])  # fmt: skip
def test_punctuation_beside_hanzi_is_chinese(typed: str, kept: str) -> None:
    assert hearing.clean(typed, 500).text == kept
