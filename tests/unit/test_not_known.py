"""“I don't know” in all its forms: it is taken the first time, and is no answer, no remark, no end and no speechlessness."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import not_known
from care.conversation.model import Conversation
from care.emergency import doubt
from care.turn import Turn
from tests.unit.booking_talk import THURSDAY, Talk, known, meal, time

UNKNOWN = (
    "这个我不懂",
    "额搞不清咧你看着弄",
    "咯我答不上来",
    "这我还真说不上来",
    "师傅来了一看就晓得",
    "您给拿个主意吧",
    "都行你定",
    "呢样我唔知喎",
    "这得问我女儿",
    "到时候再说吧",
    "这个先空着行不行",
    "随你们",
    "我哪晓得哦",
    "单子上没写这个",
    "我又不是他崽哪里晓得里么多",
    "我又不是他屋里人，不晓得",
    "哪里晓得咯多",
    "个个不好哇，去了再看",
)
KNOWN = (
    "叫师傅来修水管",
    "要师傅来",
    "你们来吧",
    "他说不清话了",
    "叫他不应",
    "话都说不清咧",
    "我不会做饭",
    "下午三点来",
    "不要上门",
    "医生来看看",
    "不订了",
    "我说不出话",
    "我又不是他崽，莫叫他来",
)


@pytest.mark.parametrize("words", UNKNOWN)
def test_it_is_heard_in_any_words(words: str) -> None:
    assert not_known.whole(words)


@pytest.mark.parametrize("words", KNOWN)
def test_who_tells_or_wants_something_does_not_say_so(words: str) -> None:
    assert not not_known.whole(words)


def test_whom_to_ask_is_no_answer_and_what_is_told_beside_it_stays() -> None:
    talk = Turn("c", "我就是个干活儿的，这得问他儿子", "inform")
    assert not_known.as_meant(talk).intent == "dont_know"
    told = Turn("c", "别的我不晓得，尾巴骨那块有点红但是没有破", "inform")
    assert not_known.as_meant(told).intent == "inform"


@pytest.mark.parametrize("words", ["咯我答不出", "这我说不上来", "我不晓得唦"])
def test_who_cannot_answer_in_a_task_is_not_speechless(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setattr(doubt, "is_doubtful", lambda text: True)
    monkeypatch.setattr(doubt, "urgency", lambda text: -0.1)
    conversation.task, conversation.state = "booking", "asking_change"
    assert doubt.ask(conversation, words) is None
    assert doubt.ask(conversation, "他说不清话了")


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    known(session, conversation)
    return Talk(session, conversation)


def test_what_can_stay_open_is_taken_the_first_time(talk: Talk) -> None:
    talk.say("明天下午两点打扫", "book", service="cleaning", time=time(THURSDAY, "14:00"))
    assert talk.state == "asking_cleaning_task"
    assert "打扫屋子" in talk.say("额不懂这 来个师傅一看就知道咧", "stop") and talk.state != "asking_cleaning_task"


@pytest.mark.parametrize(("intent", "words"), [("stop", "咯我答不出"), ("affirm", "这额就弄不清咧，你看着弄"), ("inform", "这得问我女儿")])
def test_who_cannot_say_what_to_change_is_back_at_the_read_back(talk: Talk, intent: str, words: str) -> None:
    talk.to_confirmation()
    talk.say("不对", "deny")
    assert talk.state == "asking_change"
    talk.say(words, intent)
    assert talk.state == "confirming" and not talk.draft.remarks and talk.order is None


def test_what_has_to_be_known_is_asked_otherwise_once_and_then_people_help(session: Session, conversation: Conversation) -> None:
    talk = Talk(session, conversation)
    talk.say("后天中午订一份饭", "book", **meal(diet="soft"))
    assert talk.state == "asking_place"
    first = talk.say("这我说不上来", "nlu_fallback")
    assert "没听" not in first and talk.state == "asking_place"
    talk.say("得问我女儿", "inform")
    assert talk.finished and "同事" in talk.replies[0].say


def test_three_turns_that_bring_nothing_lead_to_people(talk: Talk) -> None:
    talk.to_confirmation()
    for _ in range(3):
        assert not talk.finished
        talk.hear("你声音蛮甜的", "inform", "nothing")
    assert talk.finished and talk.order is None
