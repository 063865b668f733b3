"""Stand-ins for everything around a call, and an event loop whose clock jumps instead of waiting.

A test is the caller: it speaks, presses keys, waits, and looks at what it heard and when.

    scene = Scene()
    scene.desk.on("我想订饭", "您想哪天吃？", state="asking_date")

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", "您想哪天吃？")
        await c.hangs_up()

    scene.play(caller)
"""

from tests.fakes_call.clock import JumpingLoop, run_jumping
from tests.fakes_call.desk import FakeBook, FakeDesk
from tests.fakes_call.hearing import FakeEar, FakeHearing
from tests.fakes_call.line import ScriptLeg
from tests.fakes_call.person import GREETING, Heard, Person
from tests.fakes_call.scene import Scene
from tests.fakes_call.voice import A_HANZI, FRAME, FakeVoice

__all__ = [
    "A_HANZI", "FRAME", "GREETING", "FakeBook", "FakeDesk", "FakeEar", "FakeHearing", "FakeVoice", "Heard", "JumpingLoop",
    "Person", "Scene", "ScriptLeg", "run_jumping",
]  # fmt: skip
