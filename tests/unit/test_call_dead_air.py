"""Whatever is slow, hangs or breaks: the caller hears something within three seconds, every time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from care.conversation.service import Result
from care.reply import Reply
from care.texts import reply
from tests.fakes_call import GREETING, Person, Scene
from voice_gateway.call.house import Caller

ASKED = "有什么补贴"
ANSWERED = "每月一百元"
FILLER = reply("call.filler").say
CALL_BACK = "请同事给您回电话"
ANSWER = "八十岁以上每月一百元。不同的地方不一样。要问的话打一二三四五。"
MOST = 3.0
NEVER = 10_000.0


def told(delay: float = 0.1) -> Scene:
    """A desk that takes so long."""
    scene = Scene()
    scene.desk.on(ASKED, ANSWER, delay=delay)
    return scene


async def says(c: Person, text: str, then: str) -> None:
    """Says something, hears the answer out, and finds no silence that is too long."""
    spoken = c.now + 1.0
    await c.says(text, 1.0)
    await c.hears_out(then, within=120, after=spoken)
    assert c.longest_silence(spoken, c.heard()[-1].until) < MOST, c.heard()


def answered(scene: Scene, then: str, spoils: Callable[[Scene], None] = lambda _: None) -> list[str]:
    """What is heard in a call in which something is spoiled after the greeting."""

    async def caller(c: Person) -> None:
        await c.greeted()
        spoils(scene)
        await says(c, ASKED, then)

    return scene.play(caller).texts()


@pytest.mark.parametrize("delay", [0.1, 1.1, 1.3, 2.0, 2.9, 4.4, 8.0, 14.0])
def test_a_bot_that_takes_its_time(delay: float) -> None:
    assert FILLER in answered(told(delay), ANSWERED) or delay < 1.2


@pytest.mark.parametrize("delay", [15.1, NEVER])
def test_a_bot_that_does_not_answer(delay: float) -> None:
    scene = told(delay)
    answered(scene, CALL_BACK)
    assert scene.book.notes


def test_a_bot_that_answers_late_and_with_a_slow_voice() -> None:
    scene = told(2.9)
    scene.voice.delay = 2.3
    assert FILLER in answered(scene, ANSWERED)


@pytest.mark.parametrize("delay", [1.3, 2.9, 8.0])
def test_a_voice_that_takes_its_time(delay: float) -> None:
    scene = told()
    scene.voice.delay = delay
    assert FILLER in answered(scene, ANSWERED)


@pytest.mark.parametrize("after", [1, 2])
def test_a_voice_that_hangs_within_an_answer(after: int) -> None:
    scene = told()
    answered(scene, CALL_BACK, lambda spoiled: setattr(spoiled.voice, "stuck_after", after))
    assert scene.book.ends[0].figures["faults"] == ["voice"]


@pytest.mark.parametrize("command", ["再说一遍", "慢一点", "说粤语"])
def test_a_voice_that_hangs_at_something_said_at_once(command: str) -> None:
    scene = told()

    async def caller(c: Person) -> None:
        await c.greeted(ASKED, ANSWERED)
        scene.voice.stuck = True
        await says(c, command, CALL_BACK)

    scene.play(caller)
    assert scene.book.notes == [("13800000001", "broken")]


@pytest.mark.parametrize("delay", [0.9, 1.1, 5.0])
def test_a_bot_that_takes_its_time_over_what_was_typed(delay: float) -> None:
    scene = told()
    scene.desk.on(ASKED, "几个人吃？", state="asking_quantity")
    scene.desk.on("3", "好，三份。", delay=delay)

    async def caller(c: Person) -> None:
        await c.greeted(ASKED, "几个人吃")
        pressed = c.now
        await c.presses("3")
        await c.hears_out("好，三份")
        assert c.longest_silence(pressed, c.heard()[-1].until) < MOST

    scene.play(caller)


@pytest.mark.parametrize("delay", [1.5, 5.0, NEVER])
def test_a_database_that_is_locked_when_the_call_begins(delay: float) -> None:
    scene = told()
    scene.book.delay = delay

    async def caller(c: Person) -> None:
        greeting = await c.hears_out(GREETING)
        assert greeting.at - c.leg.answered < 1.0
        await says(c, ASKED, ANSWERED)

    scene.play(caller)


def test_a_database_that_fails_when_the_call_begins() -> None:
    scene = told()

    async def fails(*_: object) -> Caller:
        raise RuntimeError("disk I/O error")

    scene.book.begin = fails  # type: ignore[method-assign]
    answered(scene, ANSWERED)
    assert scene.book.ends[0].outcome == "hung_up"


def test_a_database_that_stays_locked_leads_to_people() -> None:
    """As the desk answers then: after its own wait, with an apology."""
    scene = Scene()
    sorry = Result("script-1", [Reply("我这会儿反应不过来，请再说一遍。")], "unknown", trouble="database")
    scene.desk.answers[ASKED], scene.desk.delays[ASKED] = sorry, 5.0

    async def caller(c: Person) -> None:
        await c.greeted()
        for words in ("反应不过来", CALL_BACK):
            await says(c, ASKED, words)
        await c.is_left()

    scene.play(caller)
    assert scene.book.notes == [("13800000001", "broken")]


@pytest.mark.parametrize("hangs", [0.0, 5.0])
@pytest.mark.parametrize("when", [0.2, 1.0, 2.1])
def test_a_recogniser_that_breaks_or_hangs_while_it_hears(when: float, hangs: float) -> None:
    """At the beginning, in the middle, or while the caller waits for the end of the turn."""
    scene = told()

    async def caller(c: Person) -> None:
        await c.greeted()
        spoken = c.now + 1.0
        await c.begins()
        await c.quiet(when)
        scene.hearing.hangs = hangs
        scene.hearing.fails_once = not hangs
        again = await c.hears_out("没听清楚", after=spoken - 1.0)
        assert c.longest_silence(spoken, again.until) < MOST
        await says(c, ASKED, ANSWERED)

    scene.play(caller)
    assert scene.book.ends[0].figures["unheard"] == 1


def test_a_recogniser_that_breaks_again_leaves_the_keys_at_once() -> None:
    scene = told()

    async def caller(c: Person) -> None:
        await c.greeted()
        spoken = c.now + 1.0
        await c.begins()
        scene.hearing.broken = True
        await c.hears_out("找人工按零")
        assert c.longest_silence(spoken, c.heard()[-1].until) < MOST

    scene.play(caller)


def test_a_recogniser_that_breaks_during_an_answer_does_not_break_it_off() -> None:
    scene = told()

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says(ASKED)
        await c.hears(ANSWERED)
        await c.begins()
        await c.quiet(0.3)
        scene.hearing.fails_once = True
        assert (await c.hears_out(ANSWERED, after=c.now)).whole

    scene.play(caller)


async def hesitates(scene: Scene, c: Person) -> float:
    """Says something that is taken for finished only after a long pause; when it ended."""
    scene.hearing.patience = 2.5
    await c.begins(ASKED)
    await c.quiet(1.0)
    spoken = c.now
    await c.quiet(scene.hearing.patience)
    await c.stops(ASKED)
    return spoken


def test_an_answer_that_is_there_is_not_held_back_by_words_about_waiting() -> None:
    """Also when the caller waited long by design: after a hesitation, after an address."""
    scene = told()

    async def caller(c: Person) -> None:
        await c.greeted()
        spoken = await hesitates(scene, c)
        assert (await c.hears(ANSWERED)).at - spoken < MOST
        assert FILLER not in c.texts()

    scene.play(caller)


@pytest.mark.parametrize(("delay", "most"), [(1.6, 1), (8.0, 2)])
def test_words_about_waiting_come_one_after_the_other_in_their_order(delay: float, most: int) -> None:
    scene = told(delay)

    async def caller(c: Person) -> None:
        await c.greeted()
        await hesitates(scene, c)
        await c.hears_out(ANSWERED)
        fillers = [reply("call.filler", attempt=rung).say for rung in range(3)]
        assert [text for text in c.texts() if text in fillers] == fillers[:most]

    scene.play(caller)
