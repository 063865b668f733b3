"""Emergencies go before everything."""

from __future__ import annotations

from care.reply import Command
from tests.fakes_call import Person, Scene, ScriptLeg
from tests.fakes_call.voice import A_HANZI
from tests.unit.call_scenes import ADVICE, ASK, CRY, booking, danger
from voice_gateway.listening import Utterance

ALL = ""
"""The target that stands for all operators in order."""
DUTY = Command("transfer", {"to": "duty", "urgent": True})


def test_an_emergency_breaks_into_a_booking_and_cannot_be_interrupted() -> None:
    scene = danger(booking(Scene(house={"operators": ("801",)})))

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("我想订饭")
        await c.hears(ASK)
        await c.says(CRY)
        await c.hears(ADVICE)
        await c.talks("那个什么", "加急单")
        assert next(h for h in c.heard() if h.text == ADVICE).whole
        await c.quiet(6)

    scene.play(caller)
    assert scene.leg and scene.leg.tried == [ALL]


def test_in_danger_people_are_rung_while_the_advice_is_said_and_get_the_caller_when_a_sentence_ends() -> None:
    advice = "您别急着动，也别硬起来，我在这儿陪着您。头疼、流血或者哪儿动不了，马上打一二零。您现在在家里吗？"
    scene = danger(Scene(leg=ScriptLeg(transfers={ALL: True}), house={"operators": ("801", "802")}))
    scene.desk.on(CRY, advice, "我已经给值班台发了加急单。", state="emergency", command=DUTY)

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says(CRY)
        said = await c.hears("您别急着动")
        await c.is_left()
        assert scene.leg and scene.leg.rung_at[0] - said.at < 0.5
        whole = len("您别急着动，也别硬起来，我在这儿陪着您。") * A_HANZI
        assert whole - 0.1 < c.heard()[-1].until - said.at < whole + 0.5, "the sentence is said to its end, and no other"
        assert not any("加急单" in text for text in c.texts())

    scene.play(caller)
    assert scene.book.ends[0].outcome == "transferred"


def test_who_is_being_put_through_in_danger_is_asked_nothing_until_nobody_took_it() -> None:
    scene = danger(Scene(house={"operators": ("801",)}))
    scene.desk.on(CRY, "您别急着动。您现在在家里吗？", "我已经给值班台发了加急单。", state="emergency", command=DUTY)

    async def caller(c: Person) -> None:
        await c.greeted(CRY, "加急单")
        await c.hears_out("还没接上")
        assert not any("在家里" in text for text in c.texts())

    scene.play(caller)


def test_where_nobody_can_be_rung_in_danger_the_question_is_asked() -> None:
    scene = danger(Scene())
    scene.desk.on(CRY, "您别急着动。您现在在家里吗？", "我已经给值班台发了加急单。", state="emergency", command=DUTY)

    async def caller(c: Person) -> None:
        await c.greeted(CRY, "在家里")

    scene.play(caller)


def test_what_was_said_into_the_advice_is_answered_behind_it_without_a_word_about_waiting() -> None:
    scene = danger(Scene())
    scene.desk.on("我老伴在旁边", "好，让他打一二零。", state="emergency", delay=0.3)

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says(CRY)
        await c.hears(ADVICE)
        await c.says("我老伴在旁边")
        await c.hears_out("让他打一二零")
        assert not any("稍等" in text for text in c.texts()), "nobody waited: the advice was being said"

    scene.play(caller)


def test_an_emergency_does_not_wait_for_a_slow_answer() -> None:
    scene = danger(Scene())
    scene.desk.on("有什么补贴", "一百元。", delay=8.0)

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("有什么补贴")
        await c.says(CRY)
        await c.hears(ADVICE, within=1.0)
        await c.quiet(12)
        assert not any("一百元" in text for text in c.texts())

    scene.play(caller)


def test_in_an_emergency_the_line_stays_open_in_silence() -> None:
    scene = danger(Scene())

    async def caller(c: Person) -> None:
        await c.greeted(CRY, "加急单")
        await c.quiet(120)
        assert sum("我在这儿" in h.text for h in c.heard()) > 2

    scene.play(caller)
    assert scene.book.ends[0].outcome == "hung_up"
    assert scene.leg and scene.leg.hung_up == 1


def test_a_cry_for_help_that_is_cut_off_by_the_line_still_counts() -> None:
    scene = danger(Scene(), "救命")
    scene.hearing.notes  # noqa: B018

    async def caller(c: Person) -> None:
        await c.greeted()
        scene.hearing.ears[0].half = Utterance("救命", "救命", 0.9)
        await c.hangs_up("lost")
        await c.quiet(1)

    scene.play(caller)
    assert scene.desk.asked == ["救命"]


def test_a_name_that_was_written_like_a_danger_raises_no_alarm() -> None:
    scene = Scene()
    scene.desk.on("我的单子到哪了", "您叫什么名字？", state="asking_identity")
    scene.desk.on("我叫黄少文零零零五", "好，对上了。", state="answered")

    async def caller(c: Person) -> None:
        await c.greeted("我的单子到哪了", "什么名字")
        for partial in ("我叫皇烧着", "我叫黄烧着零零零五"):
            await c.begins(partial)
            await c.quiet(3.0)
        await c.says("我叫黄少文零零零五", raw="我 叫 黄 烧着 零 零 零 五", partial=False)
        await c.hears_out("对上了")

    scene.play(caller)
