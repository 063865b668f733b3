"""One call as the caller lives through it, with everything around it faked and the clock jumping."""

from __future__ import annotations

from care.reply import Choice, Command
from care.texts import phrase, reply
from tests.fakes_call import Person, Scene, ScriptLeg
from voice_gateway.call.house import Caller, Opening

GREETING = "自动助手"
ASK = "您想哪天吃？"


def booking(scene: Scene) -> Scene:
    """A desk that asks for the day of a meal."""
    scene.desk.on("我想订饭", ASK, state="asking_date")
    scene.desk.on("明天中午", "我给您念一遍，明天中午送一份饭，对吗？", state="confirming")
    scene.desk.on("对", "订好了，单号是三五八二。", state="booked")
    scene.desk.on("不对", "好，哪里不对？", state="asking_change")
    return scene


# --- the usual course


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
        await c.hears_out(GREETING)
        await c.says("我想订饭")
        await c.hears_out(ASK)
        await c.says("明天中午")
        await c.hears_out("对吗？")
        await c.says("对", 0.3)
        await c.hears_out("订好了")

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭", "明天中午", "对"]


def test_the_caller_may_talk_into_the_greeting_and_is_answered() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.quiet(1.0)
        await c.says("我想订饭")
        await c.hears_out(ASK)
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
        await c.hears_out(GREETING)
        await c.says("我想订饭")
        await c.hears_out(ASK)
        await c.says("明天中午")
        await c.hears("念一遍")
        said = c.now
        await c.says("嗯", 0.3)
        assert (await c.hears_out("对吗？", after=said + 1)).whole
        assert "对" not in scene.desk.asked and "嗯" not in scene.desk.asked

    scene.play(caller)


# --- waiting


def test_a_slow_answer_is_bridged_and_there_is_no_dead_air() -> None:
    scene = Scene()
    scene.desk.on("有什么补贴", "八十岁以上每月一百元。", delay=9.0)

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
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
        await c.hears_out(GREETING)
        await c.says("有什么补贴")
        await c.hears_out("好，有什么补贴")
        assert not any("稍等" in text for text in c.texts())

    scene.play(caller)


def test_frames_are_sent_all_the_time() -> None:
    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.quiet(3.0)
        times = [at for at, _ in c.leg.frames]
        assert max(b - a for a, b in zip(times, times[1:], strict=False)) < 0.03
        assert any(any(frame) for at, frame in c.leg.frames[-50:])

    Scene().play(caller)


# --- silence


def test_silence_is_answered_by_patience_then_a_question_then_goodbye_and_a_call_back() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("我想订饭")
        asked = await c.hears_out(ASK)
        await c.hears_out("我在听")
        again = await c.hears_out(ASK, after=asked.until)
        assert again.until - again.at > asked.until - asked.at  # slower
        await c.hears_out("您还在吗")
        await c.hears_out("那我先挂了")
        await c.is_left()

    scene.play(caller)
    assert scene.book.notes == [("13800000001", "silence")]
    assert scene.book.ends[0].outcome == "silent"
    assert scene.leg and scene.leg.hung_up == 1


def test_after_a_finished_matter_silence_ends_without_a_call_back() -> None:
    scene = Scene()
    scene.desk.on("订饭", "订好了。", state="booked")

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("订饭")
        await c.hears_out("订好了")
        await c.hears_out("还有别的事吗")
        await c.is_left()

    scene.play(caller)
    assert scene.book.notes == []
    assert scene.book.ends[0].outcome == "finished"


def test_i_am_here_brings_the_question_back() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("我想订饭")
        await c.hears_out(ASK)
        await c.hears_out("您还在吗")
        await c.says("在呢", 0.5)
        await c.hears_out(ASK, within=5, after=c.now)

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭"]


def test_key_one_at_are_you_there_asks_for_a_call_back() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.hears_out("您还在吗")
        await c.presses("1")
        await c.hears_out("请同事打这个电话")
        await c.is_left()

    scene.play(caller)
    assert scene.book.notes == [("13800000001", "wished")]


def test_somebody_who_looks_for_something_is_waited_for() -> None:
    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
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

    scene.play(caller)


# --- not understood


def test_sound_without_words_climbs_the_ladder() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("", 1.0, partial=False)
        await c.hears_out("没听清第1次")
        await c.says("", 1.0, partial=False)
        await c.hears_out("没听清第2次")

    scene.play(caller)
    assert scene.book.ends[0].figures["unheard"] == 2


def test_what_was_heard_with_doubt_is_confirmed_first() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("我想订饭")
        await c.hears_out(ASK)
        await c.says("明天中午", unsure="明天中午")
        await c.hears_out("您说的是明天中午，对吗？")
        assert scene.desk.asked == ["我想订饭"]
        await c.says("对", 0.3)
        await c.hears_out("念一遍")

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭", "明天中午"]


def test_a_no_to_what_was_heard_asks_again() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("我想订饭")
        await c.hears_out(ASK)
        await c.says("后天", unsure="后天")
        await c.hears_out("您说的是后天")
        await c.says("不是", 0.3)
        await c.hears_out(ASK, after=c.now)

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭"]


def test_a_new_answer_instead_of_yes_or_no_is_taken() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("后天", unsure="后天")
        await c.hears_out("您说的是后天")
        await c.says("明天中午")
        await c.hears_out("念一遍")

    scene.play(caller)
    assert scene.desk.asked == ["明天中午"]


# --- repeat, slower, louder


def test_repeat_is_done_at_once_and_changes_nothing() -> None:
    scene = booking(Scene())
    scene.desk.delays["再说一遍"] = 9.0

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("我想订饭")
        first = await c.hears_out(ASK)
        await c.says("再说一遍")
        again = await c.hears_out(ASK, within=1.0, after=first.until)
        await c.presses("9")
        await c.hears_out(ASK, within=1.0, after=again.until)

    scene.play(caller)


def test_slower_by_key_and_louder_by_voice_hold_for_what_follows() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.presses("*")
        slow = await c.hears_out("说慢一点")
        await c.hears_out(GREETING, after=slow.at)
        await c.says("大声一点")
        loud = await c.hears_out("大声一点。")
        await c.hears_out(GREETING, after=loud.at)
        await c.says("我想订饭")
        await c.hears_out(ASK)

    scene.play(caller)
    assert scene.voice.asked[-1] == (ASK, 120, True)
    assert {"慢一点", "大声一点"} <= set(scene.desk.asked)  # so that it is remembered for the next call


def test_pace_and_loudness_of_the_last_call_are_used_from_the_first_word() -> None:
    scene = Scene()
    scene.book.caller = Caller(pace=120, louder=True)

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)

    scene.play(caller)
    assert scene.voice.asked[0][1:] == (120, True)


# --- keys


def test_keys_answer_yes_and_no_and_choose() -> None:
    scene = booking(Scene())
    scene.desk.on(
        "我想洗澡",
        "在家洗，还是到站里洗？",
        state="asking_bath_place",
        choices=(Choice("在家", "在家洗"), Choice("站里", "到站里洗")),
    )

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("我想洗澡")
        await c.hears_out("站里洗？")
        await c.presses("2")
        await c.hears_out("好，到站里洗")
        await c.says("明天中午")
        await c.hears_out("对吗？")
        await c.presses("1")
        await c.hears_out("订好了")

    scene.play(caller)
    assert scene.desk.asked == ["我想洗澡", "到站里洗", "明天中午", "对"]


def test_a_telephone_number_is_typed() -> None:
    scene = Scene()
    scene.desk.on("留电话", "打哪个号码？", state="asking_phone")

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("留电话")
        await c.hears("打哪个号码")
        await c.presses("13912345670")
        await c.hears_out("好，13912345670")
        await c.presses("02988#")

    scene.play(caller)
    assert scene.desk.asked[:2] == ["留电话", "13912345670"]


def test_a_short_number_ends_with_a_pause_and_zero_alone_is_a_human() -> None:
    scene = Scene()
    scene.desk.on("几份", "几个人吃？", state="asking_quantity")
    scene.desk.on("留电话", "打哪个号码？", state="asking_phone")
    scene.desk.on("人工", "好，请稍等。", state="handed_over")

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("几份")
        await c.hears_out("几个人吃")
        await c.presses("3")
        await c.hears_out("好，3")
        await c.says("留电话")
        await c.hears_out("打哪个号码")
        await c.presses("0")
        await c.hears_out("请稍等")

    scene.play(caller)
    assert scene.desk.asked == ["几份", "3", "留电话", "人工"]


# --- emergencies


ADVICE = "您别急着动，我在这儿陪着您。"


def danger(scene: Scene, text: str = "哎哟我摔倒了起不来") -> Scene:
    scene.desk.on(text, ADVICE, "我已经给值班台发了加急单。", state="emergency",
                  command=Command("transfer", {"to": "duty", "urgent": True}))  # fmt: skip
    return scene


def test_an_emergency_breaks_into_a_booking_and_cannot_be_interrupted() -> None:
    scene = danger(booking(Scene(house={"operators": ("801",)})))

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("我想订饭")
        await c.hears(ASK)
        await c.says("哎哟我摔倒了起不来")
        await c.hears(ADVICE)
        await c.says("那个什么")
        await c.hears_out("加急单")
        assert next(h for h in c.heard() if h.text == ADVICE).whole
        await c.quiet(6)

    scene.play(caller)
    assert scene.leg and scene.leg.tried == ["801"]


def test_an_emergency_does_not_wait_for_a_slow_answer() -> None:
    scene = danger(Scene())
    scene.desk.on("有什么补贴", "一百元。", delay=8.0)

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("有什么补贴")
        await c.says("哎哟我摔倒了起不来")
        await c.hears(ADVICE, within=1.0)
        await c.quiet(12)
        assert not any("一百元" in text for text in c.texts())

    scene.play(caller)


def test_in_an_emergency_the_line_stays_open_in_silence() -> None:
    scene = danger(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("哎哟我摔倒了起不来")
        await c.hears_out("加急单")
        await c.quiet(120)
        assert sum("我在这儿" in h.text for h in c.heard()) > 2

    scene.play(caller)
    assert scene.book.ends[0].outcome == "hung_up"
    assert scene.leg and scene.leg.hung_up == 1


def test_a_cry_for_help_that_is_cut_off_by_the_line_still_counts() -> None:
    scene = danger(Scene(), "救命")
    scene.hearing.notes  # noqa: B018

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        from voice_gateway.listening import Utterance

        scene.hearing.ears[0].half = Utterance("救命", "救命", 0.9)
        await c.hangs_up("lost")
        await c.quiet(1)

    scene.play(caller)
    assert scene.desk.asked == ["救命"]


# --- handing over


def handing(scene: Scene) -> Scene:
    scene.desk.on("人工", "好，我请同事来跟您说，请稍等。", state="handed_over",
                  command=Command("transfer", {"to": "desk", "ticket": "23578"}))  # fmt: skip
    return scene


def test_a_human_takes_over() -> None:
    scene = handing(Scene(leg=ScriptLeg(transfers={"802": True}), house={"operators": ("801", "802")}))

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.presses("0")
        await c.hears_out("请稍等")
        await c.is_left()
        assert c.longest_silence(c.heard()[0].at, c.now - 0.1) < 3.0

    scene.play(caller)
    assert scene.leg and scene.leg.tried == ["801", "802"]
    assert scene.book.ends[0].outcome == "transferred"


def test_nobody_takes_over_and_the_caller_is_told() -> None:
    scene = handing(Scene(house={"operators": ("801",)}))

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.says("人工")
        await c.hears_out("没接上")
        await c.says("那我问个补贴")
        await c.hears_out("好，那我问个补贴")

    scene.play(caller)


def test_out_of_hours_nobody_is_rung() -> None:
    scene = Scene(house={"operators": ("801",)})
    scene.desk.on(
        "人工", "同事下班了，早上八点打给您。", state="handed_over", command=Command("transfer", {"to": "desk", "open": False})
    )

    async def caller(c: Person) -> None:
        await c.hears(GREETING)
        await c.says("人工")
        await c.hears_out("同事下班了")
        await c.says("那我问个补贴")
        await c.hears_out("好，那我问个补贴")

    scene.play(caller)
    assert scene.leg and scene.leg.tried == []


PAGE = {"to": "desk", "open": False}


def page() -> ScriptLeg:
    """A line that cannot be joined to another telephone, without a number."""
    leg = ScriptLeg(caller="", transfers={"801": True})
    leg.can_transfer = False
    return leg


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
        await c.hears_out(GREETING)
        await c.says("哎哟我摔倒了起不来")
        await c.hears_out("加急单")
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


# --- the end


def test_goodbye_is_said_to_its_end_before_the_line_is_closed_once() -> None:
    scene = Scene()
    scene.desk.on("再见", "好，您慢走。", state="ended", command=Command("hang_up"))

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
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
        await c.hears_out(GREETING)
        await c.says("再见")
        await c.hears("您慢走")
        await c.says("还有个事问一下")
        await c.hears_out("好，还有个事问一下")

    scene.play(caller)


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


# --- what is offered, and outgoing calls


def test_a_half_finished_booking_is_offered_after_the_greeting() -> None:
    scene = Scene()
    scene.book.caller = Caller(offer=reply("call.unfinished"))

    async def caller(c: Person) -> None:
        await c.hears_out("还要办吗")
        await c.presses("1")
        await c.hears_out("好，要")

    scene.play(caller)


def test_an_outgoing_call_says_why() -> None:
    async def caller(c: Person) -> None:
        await c.hears_out("您刚才让我们回个电话")

    Scene(leg=ScriptLeg(caller=""), opening=Opening("out", "callback", "13900000000")).play(caller)


def test_recording_is_announced_and_can_be_declined() -> None:
    scene = Scene(house={"keep_audio_days": 7})

    async def caller(c: Person) -> None:
        await c.hears_out("录音")
        await c.says("不要录音")
        await c.hears_out("好，不录了")

    scene.play(caller)
    assert not scene.book.ends[0].keep_audio


def test_words_are_shown_where_there_is_a_screen() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("我想订饭")
        await c.hears_out(ASK)

    scene.play(caller)
    assert scene.leg
    assert ("caller", "我想订饭", True) in scene.leg.captions
    assert ("hotline", ASK, True) in scene.leg.captions


def test_hold_stops_the_clock_and_the_question_comes_back() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("我想订饭")
        await c.hears_out(ASK)
        await c.holds(60)
        assert not any("您还在吗" in text for text in c.texts())
        await c.hears_out("您回来了")
        await c.hears_out(ASK, after=c.now)

    scene.play(caller)


def test_two_sentences_in_a_row_are_taken_together() -> None:
    scene = booking(Scene())
    scene.desk.on("我想订饭", ASK, state="asking_date", delay=3.0)

    async def caller(c: Person) -> None:
        await c.hears_out(GREETING)
        await c.says("我想订饭")
        await c.says("明天中午", 0.5)
        await c.hears_out("念一遍")
        assert ASK not in c.texts()

    scene.play(caller)
