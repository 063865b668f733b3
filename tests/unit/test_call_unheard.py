"""The ladder for sound without words: once more, keys, a human; a long answer is never said again for it."""

from __future__ import annotations

from typing import Any

import pytest

from care.conversation.model import Conversation
from care.conversation.service import Desk, Message
from care.db import unit_of_work
from care.reply import Choice, Reply

OFFER = "洗澡，一次三十块，去站里洗，浴资和车费另算。要帮您订吗？"
READ = "我给您念一遍：后天，星期五，中午十一点半，一份饭，一共十二块。对吗？"


async def missed(state: str, *replies: Reply, times: int = 1, cut_short: bool = False) -> list[tuple[str, str]]:
    """What is said and the state after it, for sounds without words behind replies."""
    with unit_of_work() as session:
        session.add(Conversation(
            id="c", channel="phone", phone="13800000001", region="", state=state, drafts={}, memory={}, misses=0,
            last_replies=[one.as_dict() for one in replies],
        ))  # fmt: skip
    found = [await Desk().unheard(Message("c", "", "phone", cut_short=cut_short)) for _ in range(times)]
    return [("".join(one.say for one in result.replies), result.state) for result in found]


async def test_only_the_offer_is_said_again_then_keys_then_people(database: Any) -> None:
    said = await missed("answered", Reply(OFFER), times=3)
    assert said[0] == ("我没听清楚，您再说一遍。要帮您订吗？", "answered")
    assert said[1] == ("我还是没听清。对就按一，不对按二，找人工按零。", "answered")
    assert said[2][1] == "handed_over" and "三十块" not in said[2][0]


async def test_an_offer_with_choices_is_made_with_its_keys(database: Any) -> None:
    choices = (Choice("订上", "我想订洗澡"), Choice("先不订", "不用了"))
    said = await missed("answered", Reply(OFFER, choices=choices), times=2)
    assert said[1][0] == "我还是没听清。订上按一，先不订按二，找人工按零。"


async def test_what_was_read_out_is_not_read_out_again_and_is_there_for_who_asks(database: Any) -> None:
    said = await missed("confirming", Reply(READ), times=2)
    assert said == [
        ("我没听清楚。对就按一，不对按二。", "confirming"),
        ("我还是没听清。对就按一，不对按二，找人工按零。", "confirming"),
    ]
    again = await Desk().handle(Message("c", "再说一遍", "phone"))
    assert again.replies[-1].say == READ


async def test_what_was_not_read_out_to_its_end_is_read_out_again(database: Any) -> None:
    assert (await missed("confirming", Reply(READ), cut_short=True))[0][0].endswith(READ)


async def test_an_answer_that_asks_nothing_is_not_said_again(database: Any) -> None:
    assert await missed("answered", Reply("八十岁以上每月一百元。")) == [("我没听清楚，您再说一遍。", "unknown")]


@pytest.mark.parametrize(
    ("say", "asks"),
    [(OFFER, "要帮您订吗？"), ("哪天吃？", "哪天吃？"), ("好，送餐。哪天吃？", "哪天吃？"), ("送到哪里？说小区、几号楼。", ""), ("好。", "")],
)
def test_the_question_of_a_reply(say: str, asks: str) -> None:
    assert Reply(say).question == asks


@pytest.mark.parametrize("words", ["谢谢你，没别的事了", "谢谢你没别的事了", "没有了，谢谢你啊", "多谢，没得事了", "好，谢谢，没别的了"])
async def test_thanks_and_nothing_more_end_the_call(database: Any, words: str) -> None:
    await missed("answered", Reply(OFFER), times=0)
    ended = await Desk().handle(Message("c", words, "phone"))
    command = ended.replies[-1].command
    assert ended.state == "ended" and command and command.name == "hang_up"


async def test_what_is_said_again_before_anything_was_answered_is_the_greeting(database: Any) -> None:
    await missed("idle", times=0)
    again = await Desk().handle(Message("c", "再说一遍", "phone"))
    assert again.replies[-1].say.startswith("您好，这里是银龄热线")
