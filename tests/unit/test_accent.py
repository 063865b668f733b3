"""Cantonese: who asks for it and how, where it is offered, that it is remembered, and that there is always a way back."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import calls
from care.conversation import accent, hearing, manners
from care.conversation.accent import CANTONESE, MANDARIN
from care.conversation.model import Conversation
from care.people import Person
from care.reply import Command
from care.texts import phrase, reply
from tests.fakes_call import FakeBook, Scene
from tests.fakes_call import Person as CallerOf
from tests.unit.call_scenes import ASK, booking, number
from voice_gateway.call import tongue
from voice_gateway.call.house import Caller
from voice_gateway.listening import Expectation

PHONE = "13800005678"


@pytest.mark.parametrize(
    "words",
    ["讲白话得唔得", "粤语", "说粤语", "你会说广东话吗？", "能不能讲白话", "唔该讲白话", "我听不懂普通话", "普通话听不懂",
     "我只会讲粤语", "换成粤语吧", "说月雨"],
)  # fmt: skip
def test_a_wish_for_cantonese(words: str) -> None:
    assert hearing.command(words) == "cantonese"


@pytest.mark.parametrize(
    "words",
    ["普通话", "讲返普通话", "说普通话好不好", "听不懂粤语", "你说的白话我听不懂", "别讲白话了", "不要说粤语", "换回普通话",
     "说普通画"],
)  # fmt: skip
def test_a_wish_for_mandarin(words: str) -> None:
    assert hearing.command(words) == "mandarin"


@pytest.mark.parametrize(
    "words", ["找个会说粤语的护工", "广东那边有没有补贴", "听不懂", "我家在白话街", "要普通的", ""]
)
def test_no_wish_for_a_tongue(words: str) -> None:
    assert hearing.command(words) not in accent.NAMES


# --- what is remembered, and what is offered


def begun(session: Session, call: str, phone: str = PHONE) -> tuple[calls.Known, Conversation]:
    known = calls.begin(session, call, "sip", phone)
    return known, session.get_one(Conversation, call)


@pytest.mark.parametrize("on_file", [True, False])
def test_the_tongue_is_remembered_for_the_next_call(session: Session, on_file: bool) -> None:
    if on_file:
        session.add(Person(phone=PHONE, name="陈婆婆", region="dongguan", facts={}))
    known, conversation = begun(session, "c1")
    assert known.accent == MANDARIN
    manners.command(conversation, "cantonese")
    known, conversation = begun(session, "c2")
    assert known.accent == CANTONESE
    assert known.hint == reply("accent.way_back")
    manners.command(conversation, "mandarin")
    known, _ = begun(session, "c3")
    assert (known.accent, known.hint) == (MANDARIN, None)


def test_cantonese_is_offered_at_the_first_call_where_it_is_spoken(session: Session) -> None:
    session.add(Person(phone=PHONE, name="陈婆婆", region="dongguan", facts={}))
    session.add(Person(phone="13800001111", name="王秀英", region="yangling", facts={}))
    assert begun(session, "c1")[0].hint == reply("accent.offer")
    assert begun(session, "c2")[0].hint is None
    assert begun(session, "c3", "13800001111")[0].hint is None
    assert begun(session, "c4", "")[0].hint is None


def test_a_command_in_words_is_carried_out_in_a_chat(conversation: Conversation) -> None:
    outcome = manners.command(conversation, "cantonese")
    assert outcome and outcome.replies[0].command == Command("accent", {"accent": CANTONESE})
    assert conversation.recall("accent") == CANTONESE


# --- in a call


def test_the_caller_asks_for_cantonese_and_hears_the_question_again_in_it() -> None:
    scene = booking(Scene())

    async def caller(c: CallerOf) -> None:
        await c.greeted()
        await c.says("我想订饭")
        first = await c.hears_out(ASK)
        await c.says("说粤语")
        await c.hears("好，我说粤语", within=1.0)
        await c.hears_out(ASK, after=first.until)

    scene.play(caller)
    assert scene.voice.accents[ASK] == CANTONESE
    assert scene.voice.accents[phrase("accent.way_back")] == MANDARIN
    assert scene.desk.asked == ["我想订饭", "讲粤语"]


def in_cantonese() -> Scene:
    return Scene(book=FakeBook(Caller(accent=CANTONESE, hint=reply("accent.way_back"))))


def test_a_remembered_tongue_is_spoken_from_the_first_word_and_the_way_back_is_told_in_mandarin() -> None:
    scene = in_cantonese()

    async def caller(c: CallerOf) -> None:
        await c.hears_out("想听普通话")

    scene.play(caller)
    assert scene.voice.accents[phrase("call.greeting")] == CANTONESE
    assert scene.voice.accents[phrase("accent.way_back")] == MANDARIN


@pytest.mark.parametrize(("heard", "raw"), [("普通话", ""), ("星期三", "普通 话"), ("讲返普通话", "")])
def test_the_way_back_is_heard_whatever_was_asked_and_whatever_was_made_of_it(heard: str, raw: str) -> None:
    scene = booking(in_cantonese())

    async def caller(c: CallerOf) -> None:
        await c.hears_out("想听普通话")
        await c.says("我想订饭")
        await c.hears(ASK)
        await c.says(heard, raw=raw, unsure="星期三" if raw else "")
        await c.hears_out("好，我说普通话", within=1.0)
        await c.talks("有什么补贴", "好，有什么补贴")

    scene.play(caller)
    assert scene.voice.accents["好，有什么补贴。"] == MANDARIN


def test_key_one_takes_what_the_greeting_offers() -> None:
    scene = Scene(book=FakeBook(Caller(hint=reply("accent.offer"))))

    async def caller(c: CallerOf) -> None:
        await c.hears("想听粤语")
        await c.types("1", "好，我说粤语")

    scene.play(caller)
    assert scene.desk.asked == ["讲粤语"]
    assert not scene.hearing.ears[0].expectations[0].choices  # into the greeting anything may be said


def test_the_hash_key_leads_back_whatever_was_asked_and_is_nothing_elsewhere() -> None:
    scene = number(in_cantonese())

    async def caller(c: CallerOf) -> None:
        await c.greeted("留电话", "打哪个号码")
        await c.types("13912345670#", "好，13912345670")  # ends the number, although it is complete
        await c.types("#", "好，我说普通话")
        await c.presses("#")
        await c.talks("有什么补贴", "好，有什么补贴")

    scene.play(caller)
    assert scene.desk.asked == ["留电话", "13912345670", "讲普通话", "有什么补贴"]


def test_a_wish_that_reaches_the_desk_with_other_words_is_carried_out() -> None:
    scene = Scene()
    scene.desk.on("有事，说粤语", "好，我说粤语。", ASK, command=Command("accent", {"accent": CANTONESE}))

    async def caller(c: CallerOf) -> None:
        await c.greeted("有事，说粤语", ASK)

    scene.play(caller)
    assert scene.voice.accents[ASK] == CANTONESE


def test_a_cantonese_voice_that_fails_gives_way_to_mandarin() -> None:
    scene = in_cantonese()
    scene.voice.cannot = CANTONESE

    async def caller(c: CallerOf) -> None:
        await c.greeted("有什么补贴", "好，有什么补贴")

    scene.play(caller)
    assert scene.book.ends[0].figures["faults"] == []


def test_the_ear_listens_for_the_tongue_where_it_may_be_wished_for() -> None:
    asked = [reply("call.unfinished")]
    there = tongue.expecting("asking_date", asked, "dongguan", MANDARIN)
    back = tongue.expecting("asking_date", asked, "yangling", CANTONESE)
    assert {"讲粤语", "要"} <= set(there.phrases) and there.answer("讲粤语") == "讲粤语"
    assert {"普通话", "要"} <= set(back.phrases) and back.answer("普通话") == "普通话"
    assert back.answer("后天") == there.answer("后天") == "后天"
    assert type(tongue.expecting("asking_date", asked, "yangling", MANDARIN)) is Expectation


def test_cantonese_heard_with_doubt_is_asked_about() -> None:
    scene = Scene()

    async def caller(c: CallerOf) -> None:
        await c.greeted()
        await c.says("粤语", raw="谢谢", unsure="粤语")
        await c.hears_out("您说的是粤语，对吗")
        await c.talks("不是", "请您再说一遍")

    scene.play(caller)
    assert scene.desk.asked == []


def test_a_caller_of_whom_no_town_is_known_may_ask_for_cantonese_at_once() -> None:
    assert "讲粤语" in tongue.expecting("idle", [], "", MANDARIN).phrases
    assert type(tongue.expecting("asking_date", [], "", MANDARIN)) is Expectation
    assert type(tongue.expecting("idle", [], "hunan", MANDARIN)) is Expectation
