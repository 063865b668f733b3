"""How calls end, what is offered when they begin, outgoing calls, recording."""

from __future__ import annotations

from care.reply import Command
from care.texts import reply
from tests.fakes_call import GREETING, Person, Scene, ScriptLeg
from tests.unit.call_scenes import booking
from voice_gateway.call.house import Caller, Opening


def test_goodbye_is_said_to_its_end_before_the_line_is_closed_once() -> None:
    scene = Scene()
    scene.desk.on("再见", "好，您慢走。", state="ended", command=Command("hang_up"))

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("再见")
        await c.is_left()
        assert c.heard()[-1].whole

    scene.play(caller)
    assert scene.leg and scene.leg.hung_up == 1
    assert scene.book.ends[0].outcome == "finished"


def test_one_thing_more_after_goodbye_is_heard() -> None:
    scene = Scene()
    scene.desk.on("再见", "好，您慢走，有事随时找我，再见。", state="ended", command=Command("hang_up"))

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("再见")
        await c.hears("您慢走")
        await c.talks("还有个事问一下", "好，还有个事问一下")

    scene.play(caller)
    assert scene.book.ends[0].outcome == "hung_up"  # by the caller, not by the goodbye


def test_hanging_up_in_mid_sentence_ends_everything() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.begins("我想")
        await c.hangs_up()
        await c.is_left(5)

    scene.play(caller)
    assert scene.leg and scene.leg.hung_up == 1
    assert scene.book.ends[0].outcome == "hung_up"


def test_a_very_long_call_is_ended_with_a_warning() -> None:
    scene = Scene(house={"max_minutes": 3.0})

    async def caller(c: Person) -> None:
        for number in range(20):
            await c.says(f"第{number}件事")
            await c.quiet(5)
            if any("再说一分钟" in text for text in c.texts()):
                break
        warned = await c.hears_out("再说一分钟")
        assert 90 < warned.at < 130
        for number in range(4):
            await c.says(f"还有第{number}件事")
            await c.quiet(8)
        await c.hears_out("时间到了", within=30)
        await c.is_left()
        assert c.now < 180

    scene.play(caller)
    assert scene.book.ends[0].outcome == "limit"


def test_a_half_finished_booking_is_offered_after_the_greeting() -> None:
    scene = Scene()
    scene.book.caller = Caller(offer=reply("call.unfinished"))

    async def caller(c: Person) -> None:
        await c.hears_out("接着办吗")
        await c.types("1", "好，要")

    scene.play(caller)
    assert scene.desk.asked == ["要"]


def test_an_outgoing_call_says_why() -> None:
    async def caller(c: Person) -> None:
        await c.hears_out("您刚才让我们回个电话")
        await c.hangs_up("lost")

    scene = Scene(leg=ScriptLeg(caller=""), opening=Opening("out", "callback", "13900000000"))
    scene.play(caller)
    assert scene.book.notes == [("13900000000", "lost")]


def test_recording_is_announced_and_can_be_declined() -> None:
    scene = Scene(house={"keep_audio_days": 7})

    async def caller(c: Person) -> None:
        await c.hears_out("录音")
        await c.talks("不要录音", "好，不录了")

    scene.play(caller)
    assert not scene.book.ends[0].keep_audio
