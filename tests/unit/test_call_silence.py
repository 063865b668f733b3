"""What a call does when nothing is heard, or nothing is understood."""

from __future__ import annotations

from care.texts import phrase
from tests.fakes_call import Person, Scene, ScriptLeg
from tests.unit.call_scenes import ASK, booking
from voice_gateway.listening import Unsure


def test_silence_is_answered_by_patience_then_a_question_then_goodbye_and_a_call_back() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("我想订饭")
        asked = await c.hears_out(ASK)
        await c.hears_out("我在听")
        again = await c.hears_out(ASK, after=asked.until)
        assert again.until - again.at > asked.until - asked.at  # slower
        await c.hears_out("您还在吗")
        await c.hears_out("那我先挂了")
        await c.is_left()

    scene.play(caller)
    assert scene.book.notes == [("13800000001", "fell_silent")]
    assert scene.book.ends[0].outcome == "silent"
    assert scene.leg and scene.leg.hung_up == 1


def test_after_silence_at_a_read_back_only_how_to_agree_is_said() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK)
        await c.says("明天中午")
        await c.hears_out("对吗？")
        await c.hears_out("对就说“对”，或者按一")
        await c.hears_out("您还在吗")
        assert len([text for text in c.texts() if "对吗？" in text]) == 1

    scene.play(caller)


def test_after_a_finished_matter_silence_ends_without_a_call_back() -> None:
    scene = Scene()
    scene.desk.on("订饭", "订好了。", state="booked")

    async def caller(c: Person) -> None:
        await c.greeted("订饭", "订好了")
        await c.hears_out("还有别的事吗")
        await c.is_left()

    scene.play(caller)
    assert scene.book.notes == []
    assert scene.book.ends[0].outcome == "finished"


def test_i_am_here_brings_the_question_back() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK)
        await c.hears_out("您还在吗")
        await c.says("在呢", 0.5)
        await c.hears_out(ASK, within=5, after=c.now)

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭"]


def test_key_one_at_are_you_there_asks_for_a_call_back() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.hears_out("您还在吗")
        await c.types("1", "请同事打这个电话")
        await c.is_left()

    scene.play(caller)
    assert scene.book.notes == [("13800000001", "wished")]


def test_somebody_who_looks_for_something_is_waited_for() -> None:
    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("等一下我找找")
        await c.says("等一下")
        said = await c.hears_out(phrase("conversation.hold_on"))
        await c.quiet(30)
        assert c.heard()[-1].until == said.until

    Scene().play(caller)


def test_an_unknown_number_is_not_promised_a_call_back() -> None:
    scene = Scene(leg=ScriptLeg(caller=""))

    async def caller(c: Person) -> None:
        await c.hears_out("您有事随时再打过来", within=90)
        await c.is_left()
        assert not any("打过来。" in text and "同事" in text for text in c.texts())

    scene.play(caller)
    assert scene.book.ends[0].outcome == "silent"


def test_sound_without_words_climbs_the_ladder() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("", 1.0, partial=False)
        await c.hears_out("没听清第1次")
        await c.says("", 1.0, partial=False)
        await c.hears_out("没听清第2次")

    scene.play(caller)
    assert scene.book.ends[0].figures["unheard"] == 2


def test_what_was_heard_with_doubt_is_confirmed_first() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK)
        await c.says("明天中午", unsure="明天中午")
        await c.hears_out("您说的是明天中午，对吗？")
        assert scene.desk.asked == ["我想订饭"]
        await c.says("对", 0.3)
        await c.hears_out("念一遍")

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭", "明天中午"]


def test_a_yes_said_into_what_was_heard_is_an_answer() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK)
        await c.says("明天中午", unsure="明天中午")
        await c.hears("您说的是明天中午")
        await c.says("对", 0.3)
        await c.hears_out("念一遍")

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭", "明天中午"]


def test_a_no_to_what_was_heard_asks_again() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK)
        await c.says("后天", unsure="后天")
        await c.hears_out("您说的是后天")
        await c.says("不是", 0.3)
        await c.hears_out(ASK, after=c.now)

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭"]


def test_misheard_twice_is_not_asked_in_the_same_way_for_ever() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK)
        for misheard in ("后天", "大后天"):
            await c.says(misheard, unsure=misheard)
            await c.hears_out(f"您说的是{misheard}")
            await c.says("不是", 0.3)
            await c.hears_out(ASK if misheard == "后天" else "没听清第1次", after=c.now)

    scene.play(caller)
    assert scene.book.ends[0].figures["unheard"] == 1


def test_a_new_answer_instead_of_yes_or_no_is_taken() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("后天", unsure="后天")
        await c.hears_out("您说的是后天")
        await c.talks("明天中午", "念一遍")

    scene.play(caller)
    assert scene.desk.asked == ["明天中午"]


def test_what_makes_no_sense_is_said_again_and_read_back_only_the_second_time() -> None:
    scene = booking(Scene())
    doubt = (Unsure("place", "岳麓区号六栋", odd=True),)

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK)
        await c.says("岳麓区号六栋", doubts=doubt)
        await c.hears_out("您说一下地址，慢慢说。")
        await c.says("岳麓区号六栋", doubts=doubt)
        await c.hears_out("您说的是岳麓区号六栋")

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭"]


def test_a_yes_that_was_not_clear_is_asked_for_without_reading_everything_again() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK, "明天中午", "对吗？")
        await c.says("对失独的吧", doubts=(Unsure("confirm", "对"),))
        asked = await c.hears_out("没听清第1次")
        assert "明天中午送" not in asked.text
        await c.types("1", "订好了")

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭", "明天中午", "对"]
    assert scene.book.ends[0].figures["unheard"] == 1


def test_after_a_pause_only_the_question_of_a_long_answer_is_said_again() -> None:
    scene = Scene()
    scene.desk.on("洗澡多少钱", "洗澡，一次三十块，浴资另算。要帮您订吗？")

    async def caller(c: Person) -> None:
        await c.greeted("洗澡多少钱", "要帮您订吗？")
        await c.holds(3)
        back = await c.hears_out("您回来了")
        assert (await c.hears_out("要帮您订吗？", after=back.at)).text == "要帮您订吗？"

    scene.play(caller)


def test_a_command_that_was_only_guessed_is_asked_about() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK)
        await c.says("慢点", unsure="慢点")
        await c.hears_out("您说的是慢点，对吗？")

    scene.play(caller)


def test_after_words_that_were_not_heard_only_the_question_comes_again() -> None:
    scene = booking(Scene())
    scene.desk.on("我想吃饭", "好，送餐。", ASK, state="asking_date")

    async def caller(c: Person) -> None:
        await c.greeted("我想吃饭", ASK)
        await c.says("后天", unsure="后天")
        await c.hears_out("您说的是后天")
        denied = c.now
        await c.says("不是", 0.3)
        again = await c.hears_out(ASK, after=denied)
        assert "好，送餐" not in again.text

    scene.play(caller)


def test_what_was_denied_is_not_said_back_again_but_taken_as_it_was_recognised() -> None:
    scene = booking(Scene())
    scene.desk.on("西洲社区三号", "好，西洲社区三号。", state="asking_phone")

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK)
        await c.says("一中社区三号", raw="西 洲 社区 三 号", unsure="一中社区三号")
        await c.hears_out("您说的是一中社区三号")
        await c.says("不对", 0.3)
        await c.hears_out(ASK, after=c.now)
        await c.says("一中社区三号", raw="西 洲 社区 三 号", unsure="一中社区三号")
        await c.hears_out("好，西洲社区三号")

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭", "西洲社区三号"]


def test_a_number_that_is_never_whole_is_asked_for_once_more_and_then_on_the_ladder() -> None:
    scene = booking(Scene())
    doubt = (Unsure("phone", "电话一三五零零七七", odd=True),)

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK, "明天中午", "对吗？")
        await c.says("电话一三五零零七七", doubts=doubt)
        await c.hears_out("一位一位说")
        await c.says("电话一三五零零七七", doubts=doubt)
        await c.hears_out("没听清第1次")

    scene.play(caller)


def test_a_number_that_was_torn_may_be_typed() -> None:
    scene = booking(Scene())
    scene.desk.on("13500007712", "好，电话记下了。", state="confirming")

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK, "明天中午", "对吗？")
        await c.says("电话一三五零零七七", doubts=(Unsure("phone", "电话一三五零零七七", odd=True),))
        await c.hears_out("一位一位说")
        await c.types("13500007712", "电话记下了")

    scene.play(caller)


def test_a_beginning_without_anything_behind_it_is_waited_for() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("那个，嗯")
        await c.hears_out("您慢慢说")
        await c.talks("我想订饭", ASK)

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭"]


def test_of_a_caller_who_never_spoke_the_desk_is_told_that() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.is_left()

    scene.play(caller)
    assert scene.book.notes == [("13800000001", "silence")]
    assert phrase("call.why_silence") != phrase("call.why_fell_silent")
