"""The usual course of one call: greeting, interruptions, waiting, what the screen shows, hold."""

from __future__ import annotations

from tests.fakes_call import GREETING, Person, Scene
from tests.unit.call_scenes import ASK, booking
from voice_gateway.listening import Unsure


def test_the_greeting_comes_within_a_second_and_says_that_it_is_automatic() -> None:
    async def caller(c: Person) -> None:
        greeting = await c.hears(GREETING)
        assert greeting.at - c.leg.answered < 1.0

    Scene().play(caller)


def test_the_greeting_does_not_wait_for_a_slow_database() -> None:
    scene = Scene()
    scene.book.delay = 5.0

    async def caller(c: Person) -> None:
        greeting = await c.hears(GREETING)
        assert greeting.at - c.leg.answered < 1.0

    scene.play(caller)


def test_a_booking_by_voice() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK, "明天中午", "对吗？")
        await c.says("对", 0.3)
        await c.hears_out("订好了")

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭", "明天中午", "对"]


def test_the_caller_may_talk_into_the_greeting_and_is_answered() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.quiet(1.0)
        await c.talks("我想订饭", ASK)
        assert not next(h for h in c.heard() if GREETING in h.text).whole

    scene.play(caller)
    assert scene.book.ends[0].figures["interruptions"] == 1


def test_hello_and_listening_sounds_do_not_break_the_greeting_off() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        said = c.now
        await c.says("喂", 0.4)
        assert (await c.hears_out(GREETING, after=said)).whole

    scene.play(caller)
    assert scene.desk.asked == []


def test_a_cough_holds_the_speech_back_only_for_a_moment() -> None:
    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.quiet(1.0)
        await c.begins()
        coughed = c.now
        again = await c.hears_out(GREETING, after=coughed + 0.5)
        assert again.at - coughed < 2.0

    Scene().play(caller)


def test_yes_said_before_the_sentence_to_confirm_is_heard_does_not_count() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK)
        await c.says("明天中午")
        await c.hears("念一遍")
        said = c.now
        await c.says("嗯", 0.3)
        assert (await c.hears_out("对吗？", after=said + 1)).whole
        assert "对" not in scene.desk.asked and "嗯" not in scene.desk.asked

    scene.play(caller)


def test_a_slow_answer_is_bridged_and_there_is_no_dead_air() -> None:
    scene = Scene()
    scene.desk.on("有什么补贴", "八十岁以上每月一百元。", delay=9.0)

    async def caller(c: Person) -> None:
        await c.greeted()
        spoken = c.now + 1.0
        await c.says("有什么补贴", 1.0)
        filler = await c.hears("您稍等")
        assert filler.at - spoken < 3.0
        await c.hears_out("每月一百元")
        assert c.longest_silence(spoken, c.heard()[-1].at) < 3.0

    scene.play(caller)
    assert scene.book.ends[0].figures["turns"][0]["filled"]


def test_a_quick_answer_needs_no_filler() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.greeted("有什么补贴", "好，有什么补贴")
        assert not any("稍等" in text for text in c.texts())

    scene.play(caller)


def test_frames_are_sent_all_the_time() -> None:
    async def caller(c: Person) -> None:
        await c.greeted()
        await c.quiet(3.0)
        times = [at for at, _ in c.leg.frames]
        assert max(b - a for a, b in zip(times, times[1:], strict=False)) < 0.03
        assert any(any(frame) for at, frame in c.leg.frames[-50:])

    Scene().play(caller)


def test_words_are_shown_where_there_is_a_screen() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK)

    scene.play(caller)
    assert scene.leg
    assert ("caller", "我想订饭", True) in scene.leg.captions
    assert ("hotline", ASK, True) in scene.leg.captions


def test_hold_stops_the_clock_and_the_question_comes_back() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK)
        await c.holds(60)
        assert not any("您还在吗" in text for text in c.texts())
        await c.hears_out("您回来了")
        await c.hears_out(ASK, after=c.now)

    scene.play(caller)


def test_two_sentences_in_a_row_are_taken_together() -> None:
    scene = booking(Scene())
    scene.desk.on("我想订饭", ASK, state="asking_date", delay=3.0)

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("我想订饭")
        await c.says("明天中午", 0.5)
        await c.hears_out("念一遍")
        assert ASK not in c.texts()

    scene.play(caller)


def test_the_desk_is_told_whether_its_answer_was_heard_to_its_end() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK, "明天中午", "对吗？")
        await c.says("不对")
        await c.hears("哪里不对")
        await c.talks("改成后天", "好，改成后天")

    scene.play(caller)
    assert scene.desk.asked[-1] == "改成后天" and scene.desk.cut_short == [False, False, False, True]


def test_whoever_asks_for_it_once_more_hears_all_of_it() -> None:
    scene = booking(Scene())
    scene.desk.on("改成后天", "改好了，后天。就这样订，对吗？", state="confirming", again="我给您念一遍，后天中午送一份饭，对吗？")

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK, "明天中午", "对吗？", "改成后天", "改好了", "再念一遍", "我给您念一遍，后天")

    scene.play(caller)


def test_the_town_named_in_a_call_is_listened_for_from_then_on() -> None:
    scene = booking(Scene())
    scene.desk.on("我在杨凌", "送到哪里？", state="asking_place", region="yangling")

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK, "我在杨凌", "送到哪里？")

    scene.play(caller)
    heard = scene.hearing.ears[0].expectations
    assert heard[-1].region == "yangling" and not heard[0].region


def test_an_end_that_was_not_heard_surely_ends_nothing_before_a_yes() -> None:
    scene = booking(Scene())
    scene.desk.on("退了算了", "好，那就先不办了。", state="idle")

    async def caller(c: Person) -> None:
        await c.greeted("我想订饭", ASK)
        await c.says("退了算了", doubts=(Unsure("ending", "不办了"),))
        await c.hears_out("您说的是不办了，对吗")
        await c.says("不对")
        await c.hears_out("再说一遍")
        assert "退了算了" not in scene.desk.asked
        await c.says("退了算了", raw="算了", doubts=(Unsure("ending", "取消"),))
        await c.hears_out("您说的是取消，对吗")
        await c.talks("对", "先不办了")

    scene.play(caller)
    assert scene.desk.asked[-1] == "退了算了"
