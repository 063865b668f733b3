"""What breaks in mid-call: the caller hears a sentence and gets a human or a call-back, and is never left in silence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from care.reply import Command
from tests.fakes_call import GREETING, Person, Scene, ScriptLeg

ASKED = "有什么补贴"


BREAKS: dict[str, Callable[[Scene], None]] = {
    "a desk that fails outright": lambda scene: scene.desk.answers.update({ASKED: RuntimeError("no")}),
    "a desk that never answers": lambda scene: scene.desk.delays.update({ASKED: 10_000}),
    "a voice that makes nothing": lambda scene: setattr(scene.voice, "broken", True),
    "a voice that hangs": lambda scene: setattr(scene.voice, "stuck", True),
}


@pytest.mark.parametrize("what", BREAKS)
def test_what_breaks_in_mid_call_ends_with_a_call_back(what: str) -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.greeted()
        BREAKS[what](scene)
        spoken = c.now + 1.0
        await c.says(ASKED, 1.0)
        await c.hears_out("请同事给您回电话", within=90)
        await c.is_left()
        assert c.longest_silence(spoken, c.heard()[-1].until) < 3.0

    scene.play(caller)
    assert scene.book.notes
    assert scene.book.ends[0].outcome == "broken"
    assert scene.leg and scene.leg.hung_up == 1


def test_the_second_turn_without_the_bot_leads_to_people() -> None:
    scene = Scene(leg=ScriptLeg(transfers={"801": True}), house={"operators": ("801",)})
    scene.desk.on("有什么补贴", "我这会儿反应不过来，请再说一遍。", trouble="bot")

    async def caller(c: Person) -> None:
        await c.greeted("有什么补贴", "反应不过来", "有什么补贴", "我请同事来跟您说")
        await c.is_left()

    scene.play(caller)
    assert scene.book.ends[0].outcome == "transferred"
    assert scene.book.ends[0].figures["faults"] == ["bot", "bot"]


def test_a_broken_ear_is_replaced_once_and_what_is_said_then_is_heard() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.greeted()
        scene.hearing.fails_once = True
        await c.quiet(0.5)
        await c.talks("有什么补贴", "好，有什么补贴")

    scene.play(caller)
    assert len(scene.hearing.ears) == 2
    assert scene.hearing.ears[1].expectations


def test_an_ear_broken_for_good_leaves_the_keys() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.greeted()
        scene.hearing.broken = True
        await c.hears_out("要我们回电话按一")
        await c.types("1", "请同事打这个电话")
        await c.is_left()

    scene.play(caller)
    assert scene.book.notes == [("13800000001", "wished")]


def test_an_ear_broken_and_no_key_ends_with_a_call_back() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.greeted()
        scene.hearing.broken = True
        await c.hears_out("要我们回电话按一")
        await c.is_left()

    scene.play(caller)
    assert scene.book.notes == [("13800000001", "silence")]


@pytest.mark.parametrize("fault", [OSError("line"), None])
def test_a_line_that_breaks_is_called_back(fault: Exception | None) -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.greeted()
        if fault:
            c.leg.happens(fault)
        else:
            await c.hangs_up("lost")
        await c.is_left(5)

    scene.play(caller)
    assert len(scene.book.notes) == 1
    assert scene.leg and scene.leg.hung_up == 1


def test_a_transfer_that_raises_is_a_transfer_refused() -> None:
    class Raising(ScriptLeg):
        async def transfer(self, target: str, caption: str = "", meanwhile: object = None) -> bool:
            raise RuntimeError("REFER")

    scene = Scene(leg=Raising(), house={"operators": ("801",)})
    scene.desk.on("人工", "好，请稍等。", state="handed_over", command=Command("transfer", {"to": "desk"}))

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.types("0", "没接上")

    scene.play(caller)
    assert scene.book.ends[0].outcome == "hung_up"  # the call went on


def test_when_the_process_stops_the_caller_is_told() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.quiet(1)
        assert scene.task
        scene.task.cancel()
        await c.hears_out("系统要停一下")
        await c.is_left()

    try:
        scene.play(caller)
    except asyncio.CancelledError:
        pytest.fail("cancelled the test itself")
    assert scene.book.ends[0].outcome == "stopped"
    assert scene.leg and scene.leg.hung_up == 1


def test_a_call_that_cannot_be_answered_is_recorded() -> None:
    class Gone(ScriptLeg):
        async def answer(self) -> None:
            raise ConnectionError("cancelled before it was answered")

    scene = Scene(leg=Gone())

    async def caller(c: Person) -> None:
        await c.is_left(5)

    scene.play(caller)
    assert scene.book.ends[0].outcome == "broken"


def test_a_page_whose_bot_is_gone_is_not_promised_somebody_at_once() -> None:
    leg = ScriptLeg(caller="", transfers={"801": True})
    leg.can_transfer = False
    scene = Scene(leg=leg, house={"operators": ("801",)})
    scene.desk.answers["有什么补贴"] = RuntimeError("no")

    async def caller(c: Person) -> None:
        await c.greeted("有什么补贴", "请您过一会儿再打过来")
        await c.is_left()
        assert not any("请同事来跟您说" in text for text in c.texts())

    scene.play(caller)
    assert leg.tried == []
