"""Putting a caller through, and what is said where nobody can take over."""

from __future__ import annotations

from care.reply import Choice, Command
from tests.fakes_call import GREETING, Person, Scene, ScriptLeg
from tests.unit.call_scenes import CRY, PAGE, danger, handing, page


def test_a_human_takes_over() -> None:
    scene = handing(Scene(leg=ScriptLeg(transfers={"802": True}), house={"operators": ("801", "802")}))

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.types("0", "请稍等")
        await c.is_left()
        assert c.longest_silence(c.heard()[0].at, c.now - 0.1) < 3.0

    scene.play(caller)
    assert scene.leg and scene.leg.tried == ["801", "802"]
    assert scene.book.ends[0].outcome == "transferred"


def test_nobody_takes_over_and_the_caller_is_told() -> None:
    scene = handing(Scene(house={"operators": ("801",)}))

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.talks("人工", "没接上", "那我问个补贴", "好，那我问个补贴")

    scene.play(caller)
    assert scene.leg and scene.leg.tried == ["801"]


def test_out_of_hours_nobody_is_rung() -> None:
    scene = Scene(house={"operators": ("801",)})
    scene.desk.on(
        "人工",
        "同事下班了，早上八点打给您。",
        state="handed_over",
        command=Command("transfer", {"to": "desk", "open": False}),
    )

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.talks("人工", "同事下班了", "那我问个补贴", "好，那我问个补贴")

    scene.play(caller)
    assert scene.leg and scene.leg.tried == []


def test_where_nobody_can_take_over_the_answer_stands_and_is_answered() -> None:
    scene = Scene(leg=page(), house={"operators": ("801",)})
    offer = (Choice("留个电话", "请给我回电话"),)
    scene.desk.on("人工", "您留个电话，好吗？", state="handed_over", choices=offer, command=Command("transfer", PAGE))

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.presses("0")
        await c.hears("您留个电话")
        await c.says("不用了", 0.5)
        await c.hears_out("好，不用了")
        assert not any("没接上" in text or "不转了" in text for text in c.texts())

    scene.play(caller)
    assert scene.leg and scene.leg.tried == []


def test_in_danger_a_page_is_not_told_of_a_transfer_that_cannot_be() -> None:
    scene = danger(Scene(leg=page(), house={"operators": ("801",)}))

    async def caller(c: Person) -> None:
        await c.greeted(CRY, "加急单")
        await c.quiet(8)
        assert not any("没接上" in text for text in c.texts())

    scene.play(caller)
    assert scene.leg and scene.leg.tried == []


def test_second_thoughts_about_a_human_are_heard() -> None:
    scene = handing(Scene(house={"operators": ("801",)}))

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.says("人工")
        await c.hears("请稍等")
        await c.says("不用了", 0.5)
        await c.hears_out("好，不转了")

    scene.play(caller)
    assert scene.leg and scene.leg.tried == []
