"""Repeat, slower, louder, and keys: done at once, without the bot."""

from __future__ import annotations

import pytest

from care.conversation import hearing
from care.reply import Choice
from tests.fakes_call import GREETING, Person, Scene
from tests.unit.call_scenes import ASK, booking, number
from voice_gateway.call.house import Caller


def test_repeat_is_done_at_once_and_changes_nothing() -> None:
    scene = booking(Scene())
    scene.desk.delays["再说一遍"] = 9.0

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("我想订饭")
        first = await c.hears_out(ASK)
        await c.says("再说一遍")
        again = await c.hears_out(ASK, within=1.0, after=first.until)
        await c.presses("9")
        await c.hears_out(ASK, within=1.0, after=again.until)

    scene.play(caller)
    assert scene.desk.asked == ["我想订饭", "再说一遍", "再说一遍"]  # told aside


def test_slower_by_key_and_louder_by_voice_hold_for_what_follows() -> None:
    scene = booking(Scene())

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.presses("*")
        slow = await c.hears_out("说慢一点")
        await c.hears_out("您接着说", after=slow.at)
        await c.says("大声一点")
        loud = await c.hears_out("大声一点。")
        await c.hears_out("您接着说", after=loud.at)
        assert not any(GREETING in said.text for said in c.heard() if said.at > slow.at), "nothing was asked yet"
        await c.talks("我想订饭", ASK)

    scene.play(caller)
    assert scene.voice.asked[-1] == (ASK, 120, True)
    assert {"慢一点", "大声一点"} <= set(scene.desk.asked)  # so that it is remembered for the next call


def test_pace_and_loudness_of_the_last_call_are_used_from_the_first_word() -> None:
    scene = Scene()
    scene.book.caller = Caller(pace=120, louder=True)

    async def caller(c: Person) -> None:
        await c.greeted()

    scene.play(caller)
    assert scene.voice.asked[0][1:] == (120, True)


def test_keys_answer_yes_and_no_and_choose() -> None:
    scene = booking(Scene())
    scene.desk.on(
        "我想洗澡",
        "在家洗，还是到站里洗？",
        state="asking_bath_place",
        choices=(Choice("在家", "在家洗"), Choice("站里", "到站里洗")),
    )

    async def caller(c: Person) -> None:
        await c.greeted("我想洗澡", "站里洗？")
        await c.types("2", "好，到站里洗")
        await c.talks("明天中午", "对吗？")
        await c.types("1", "订好了")

    scene.play(caller)
    assert scene.desk.asked == ["我想洗澡", "到站里洗", "明天中午", "对"]


def test_a_telephone_number_is_typed() -> None:
    scene = number(Scene())

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("留电话")
        await c.hears("打哪个号码")
        await c.types("13912345670", "好，13912345670")
        await c.presses("02988#")

    scene.play(caller)
    assert scene.desk.asked[:2] == ["留电话", "13912345670"]


def test_a_short_number_ends_with_a_pause_and_zero_alone_is_a_human() -> None:
    scene = number(Scene())
    scene.desk.on("几份", "几个人吃？", state="asking_quantity")
    scene.desk.on("人工", "好，请稍等。", state="handed_over")

    async def caller(c: Person) -> None:
        await c.greeted("几份", "几个人吃")
        await c.types("3", "好，3")
        await c.talks("留电话", "打哪个号码")
        await c.types("0", "请稍等")

    scene.play(caller)
    assert scene.desk.asked == ["几份", "3", "留电话", "人工"]


@pytest.mark.parametrize(
    "words", ["啊，你说啥", "什么，我没听清", "听不清楚", "我还是听不清楚", "嗯，你刚才说什么", "啊？什么", "你说话我听不清", "讲么子，我冇听到"]
)
def test_what_was_not_heard_is_said_again(words: str) -> None:
    assert hearing.command(words) == "repeat"


@pytest.mark.parametrize("words", ["耳朵不好，听不见", "我耳朵背，听不清楚", "听不见啊", "你的声音我听不见", "我这耳朵有点聋，你说啥，没听见"])
def test_what_bad_ears_did_not_hear_is_said_louder(words: str) -> None:
    assert hearing.command(words) == "louder"


@pytest.mark.parametrize(
    "words",
    ["我耳朵背", "我妈耳朵不好，听不见", "老伴听不见", "耳朵听不见怎么办", "电视听不清", "什么菜", "啥时候", "嗯", "喂", "啊好", "按门铃我听不见，打电话"],
)
def test_what_tells_or_asks_something_is_no_command(words: str) -> None:
    assert hearing.command(words) not in ("repeat", "louder")


@pytest.mark.parametrize("words", ["听不清楚", "啊，你说啥"])
def test_who_did_not_hear_the_question_hears_it_again_and_the_desk_is_not_asked(words: str) -> None:
    scene = booking(Scene())
    scene.desk.delays[words] = 9.0

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("我想订饭")
        first = await c.hears_out(ASK)
        await c.says(words)
        await c.hears_out(ASK, within=1.0, after=first.until)

    scene.play(caller)


@pytest.mark.parametrize("words", ["那", "我想问个事", "我有点事想麻烦你"])
def test_whoever_wants_to_be_listened_to_is_listened_to(words: str) -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.greeted(words, "我在听")

    scene.play(caller)
    assert not scene.desk.asked
