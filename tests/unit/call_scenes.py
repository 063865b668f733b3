"""Calls that many tests begin with: what the desk says to a booking, in danger, and to the wish for a human."""

from __future__ import annotations

from care.reply import Command
from tests.fakes_call import Scene, ScriptLeg

ASK = "您想哪天吃？"
CRY = "哎哟我摔倒了起不来"
ADVICE = "您别急着动，我在这儿陪着您。"
PAGE = {"to": "desk", "open": False}
"""The command of a desk that knows that nobody can be put through."""


def booking(scene: Scene) -> Scene:
    """A desk that asks for the day of a meal."""
    scene.desk.on("我想订饭", ASK, state="asking_date")
    scene.desk.on("明天中午", "我给您念一遍，明天中午送一份饭，对吗？", state="confirming")
    scene.desk.on("对", "订好了，单号是三五八二。", state="booked")
    scene.desk.on("不对", "好，哪里不对？", state="asking_change")
    return scene


def number(scene: Scene) -> Scene:
    """A desk that asks for a telephone number."""
    scene.desk.on("留电话", "打哪个号码？", state="asking_phone")
    return scene


def danger(scene: Scene, *texts: str) -> Scene:
    """A desk that hears danger in these texts."""
    for text in texts or (CRY,):
        scene.desk.on(text, ADVICE, "我已经给值班台发了加急单。", state="emergency",
                      command=Command("transfer", {"to": "duty", "urgent": True}))  # fmt: skip
    return scene


def handing(scene: Scene) -> Scene:
    """A desk that hands over to people."""
    scene.desk.on("人工", "好，我请同事来跟您说，请稍等。", state="handed_over",
                  command=Command("transfer", {"to": "desk", "ticket": "23578"}))  # fmt: skip
    return scene


def page() -> ScriptLeg:
    """A line that cannot be joined to another telephone, without a number."""
    leg = ScriptLeg(caller="", transfers={"801": True})
    leg.can_transfer = False
    return leg
