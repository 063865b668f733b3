"""Whatever is slow, hangs or breaks: the caller hears something within three seconds, every time."""

from __future__ import annotations

import pytest

from care.conversation.service import Result
from care.reply import Reply
from tests.fakes_call import Person, Scene
from voice_gateway.call.house import Caller

GREETING = "自动助手"
ASKED = "有什么补贴"
ANSWER = "八十岁以上每月一百元。不同的地方不一样。要问的话打一二三四五。"
MOST = 3.0
NEVER = 10_000.0


def asked(c: Person, seconds: float = 1.0) -> float:
    """When a sentence that begins now will have been said."""
    return c.now + seconds


def answered(scene: Scene, *hears: str) -> Person:
    """Asks after the greeting, hears these words out, and finds no silence that is too long."""

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        spoken = asked(c)
        await c.says(ASKED)
        for words in hears:
            await c.hears_out(words, within=120, after=spoken)
        assert c.longest_silence(spoken, c.heard()[-1].until) < MOST, c.heard()

    return scene.play(caller)


def told(scene: Scene, delay: float = 0.1) -> Scene:
    scene.desk.on(ASKED, ANSWER, delay=delay)
    return scene


@pytest.mark.parametrize("delay", [0.1, 1.1, 1.3, 2.0, 2.9, 4.4, 8.0, 14.0])
def test_a_bot_that_takes_its_time(delay: float) -> None:
    answered(told(Scene(), delay), "每月一百元")


@pytest.mark.parametrize("delay", [15.1, NEVER])
def test_a_bot_that_does_not_answer(delay: float) -> None:
    answered(told(Scene(), delay), "请同事给您回电话")


def test_a_bot_that_answers_late_and_with_a_slow_voice() -> None:
    scene = told(Scene(), 2.9)
    scene.voice.delay = 2.3
    answered(scene, "每月一百元")


@pytest.mark.parametrize("delay", [1.3, 2.9, 8.0])
def test_a_voice_that_takes_its_time(delay: float) -> None:
    scene = told(Scene())
    scene.voice.delay = delay
    answered(scene, "每月一百元")


@pytest.mark.parametrize("after", [1, 2])
def test_a_voice_that_hangs_within_an_answer(after: int) -> None:
    scene = told(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        scene.voice.stuck_after = after
        spoken = asked(c)
        await c.says(ASKED)
        await c.hears_out("请同事给您回电话")
        assert c.longest_silence(spoken, c.heard()[-1].until) < MOST

    scene.play(caller)


@pytest.mark.parametrize("command", ["再说一遍", "慢一点", "说粤语"])
def test_a_voice_that_hangs_at_something_said_at_once(command: str) -> None:
    scene = told(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says(ASKED)
        await c.hears_out("每月一百元")
        scene.voice.stuck = True
        spoken = asked(c)
        await c.says(command)
        await c.hears_out("请同事给您回电话", within=120)
        assert c.longest_silence(spoken, c.heard()[-1].until) < MOST

    scene.play(caller)


@pytest.mark.parametrize("delay", [0.9, 1.1, 5.0])
def test_a_bot_that_takes_its_time_over_what_was_typed(delay: float) -> None:
    scene = told(Scene())
    scene.desk.on(ASKED, "几个人吃？", state="asking_quantity")
    scene.desk.on("3", "好，三份。", delay=delay)

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says(ASKED)
        await c.hears_out("几个人吃")
        pressed = c.now
        await c.presses("3")
        await c.hears_out("好，三份")
        assert c.longest_silence(pressed, c.heard()[-1].until) < MOST

    scene.play(caller)


@pytest.mark.parametrize("delay", [1.5, 5.0, NEVER])
def test_a_database_that_is_locked_when_the_call_begins(delay: float) -> None:
    scene = told(Scene())
    scene.book.delay = delay

    async def caller(c: Person) -> None:
        greeting = await c.hears_out(GREETING)
        spoken = asked(c)
        await c.says(ASKED)
        await c.hears_out("每月一百元")
        assert greeting.at - c.leg.answered < 1.0 and c.longest_silence(spoken, c.heard()[-1].until) < MOST

    scene.play(caller)


def test_a_database_that_fails_when_the_call_begins() -> None:
    scene = told(Scene())

    async def fails(*_: object) -> Caller:
        raise RuntimeError("disk I/O error")

    scene.book.begin = fails  # type: ignore[method-assign]
    answered(scene, "每月一百元")


def test_a_database_that_stays_locked_leads_to_people() -> None:
    """As the desk answers then: after its own wait, with an apology."""
    scene = Scene()
    sorry = Result("script-1", [Reply("我这会儿反应不过来，请再说一遍。")], "unknown", trouble="database")
    scene.desk.answers[ASKED], scene.desk.delays[ASKED] = sorry, 5.0

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        for words in ("反应不过来", "请同事给您回电话"):
            spoken = asked(c)
            await c.says(ASKED)
            await c.hears_out(words, after=spoken)
            assert c.longest_silence(spoken, c.heard()[-1].until) < MOST
        await c.is_left()

    scene.play(caller)
    assert scene.book.notes == [("13800000001", "broken")]


@pytest.mark.parametrize("hangs", [0.0, 5.0])
@pytest.mark.parametrize("when", [0.2, 1.0, 2.1])
def test_a_recogniser_that_breaks_or_hangs_while_it_hears(when: float, hangs: float) -> None:
    """At the beginning, in the middle, or while the caller waits for the end of the turn."""
    scene = told(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        spoken = asked(c)
        await c.begins()
        await c.quiet(when)
        scene.hearing.hangs = hangs
        scene.hearing.fails_once = not hangs
        again = await c.hears_out("没听清楚", after=spoken - 1.0)
        assert c.longest_silence(spoken, again.until) < MOST
        await c.says(ASKED)
        await c.hears_out("每月一百元")

    scene.play(caller)
    assert scene.book.ends[0].figures["unheard"] == 1


def test_a_recogniser_that_breaks_again_leaves_the_keys_at_once() -> None:
    scene = told(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        spoken = asked(c)
        await c.begins()
        scene.hearing.broken = True
        await c.hears_out("找人工按零")
        assert c.longest_silence(spoken, c.heard()[-1].until) < MOST

    scene.play(caller)


def test_a_recogniser_that_breaks_during_an_answer_does_not_break_it_off() -> None:
    scene = told(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says(ASKED)
        await c.hears("每月一百元")
        await c.begins()
        await c.quiet(0.3)
        scene.hearing.fails_once = True
        assert (await c.hears_out("每月一百元", after=c.now)).whole

    scene.play(caller)
