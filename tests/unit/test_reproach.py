"""Not understood, and told so: another way, then people; never the same words once more."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.conversation import reproach
from care.conversation.model import Conversation
from tests.conftest import said


@pytest.mark.parametrize(
    "text",
    [
        "你没听懂",
        "你听不懂我说话是不是",
        "你怎么老问这个",
        "我都说过好几遍了",
        "你这破机器，说半天都说不明白",
        "跟你说不清楚",
        "你听得懂人话不",
        "我不是这个意思",
        "鸡同鸭讲",
        "点解又问",
    ],
)
def test_reproaches_are_heard(text: str) -> None:
    assert reproach.is_reproach(text)


@pytest.mark.parametrize(
    "text",
    [
        "我没听懂",
        "您说的这个我不太明白",
        "我说的是洗澡不是吃饭",
        "我都说了是两份",
        "说过了，后天上午",
        "我妈听不清，大声点",
        "你们怎么还没送来",
        "我刚才说的那个单子",
        "我要的不是这个，是软饭",
    ],
)
def test_words_that_tell_something_are_no_reproach(text: str) -> None:
    assert not reproach.is_reproach(text)


def test_first_other_words_then_people(session: Session, conversation: Conversation) -> None:
    first = reproach.met(session, conversation, said("你没听懂", ""))
    assert first is not None and "对不住" in first.replies[0].say and first.replies[0].choices
    second = reproach.met(session, conversation, said("你怎么还是听不懂", ""))
    assert second is not None and second.state == "handed_over"


def test_the_open_question_is_put_in_another_way(session: Session, conversation: Conversation) -> None:
    conversation.task = "callback"
    conversation.keep_draft("callback", {"tries": 1, "reason": "问轮候"})
    outcome = reproach.met(session, conversation, said("你咋又问这个", ""))
    assert outcome is not None and outcome.state == "asking_phone" and len(outcome.replies) == 2
