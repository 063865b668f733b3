"""A cry for help is acted on while the caller is still speaking; a beginning that only looks like one is not."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes_call import Person, Scene, run_jumping
from tests.unit.call_scenes import ADVICE, ASK, CRY, booking, danger
from voice_gateway.call.cry import TAIL, Cry, Standing


def test_a_cry_is_answered_while_the_caller_moans_on() -> None:
    scene = danger(Scene())

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.begins("哎哟")
        await c.goes_on("哎哟我摔倒了")
        await c.goes_on(CRY)
        await c.hears(ADVICE, within=1.0)  # the turn is still open

    scene.play(caller)
    assert scene.desk.asked == [CRY]


def test_a_cry_is_answered_while_the_caller_talks_on() -> None:
    scene = danger(Scene(), "救命啊我家着火了快来人哪", "救命啊我家着火了快来")

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.begins()
        whole = "救命啊我家着火了快来人哪我住在光明社区七号楼三单元"
        for end in range(1, len(whole)):
            await c.goes_on(whole[:end], 0.3)
            if scene.desk.asked:
                break
        assert len(scene.desk.asked[0]) < 14
        await c.goes_on(whole)
        await c.stops(whole)
        await c.quiet(25)

    scene.play(caller)
    assert (
        "".join(scene.desk.asked) == "救命啊我家着火了快来人哪我住在光明社区七号楼三单元"
    )  # nothing is lost or said twice


@pytest.mark.parametrize(
    "parts",
    [
        ("煤气", "煤气罐", "煤气罐没气了怎么换"),
        ("我摔倒", "我摔倒了", "我摔倒了怎么报销"),
        ("我", "我没摔", "我没摔着就是问问"),
        ("我爸", "我爸晕倒", "我爸晕倒那是去年的事了"),
    ],
)
def test_a_beginning_that_goes_on_harmlessly_is_left_alone(parts: tuple[str, ...]) -> None:
    scene = danger(Scene(), *parts)

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.begins(parts[0])
        for part in parts[1:]:
            await c.goes_on(part, 0.5)
        await c.quiet(3)
        assert scene.desk.asked == []

    scene.play(caller)


def test_a_cry_breaks_into_what_the_hotline_says() -> None:
    scene = danger(booking(Scene()))

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.says("我想订饭")
        await c.hears(ASK)
        await c.begins("哎哟")
        await c.goes_on(CRY)
        await c.hears(ADVICE, within=1.0)
        await c.stops(CRY)
        await c.hears_out("加急单")
        assert next(h for h in c.heard() if h.text == ADVICE).whole

    scene.play(caller)
    assert scene.desk.asked.count(CRY) == 1


def test_a_cry_that_the_limit_for_monologues_cuts_in_two_is_heard() -> None:
    first, then = "我们今天走了好远的路去看了花回来的时候她就", "晕倒了怎么办"
    whole = first[-TAIL:] + then
    scene = danger(Scene(), whole)

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.begins(first)
        await c.stops(first, cut=True)
        await c.goes_on(then)
        await c.stops(then)
        await c.hears(ADVICE, within=20)

    scene.play(caller)
    assert scene.desk.asked == [whole]


def test_a_cry_within_a_monologue_is_heard_before_its_end() -> None:
    scene = danger(Scene())
    scene.desk.on("那个什么" + CRY, ADVICE, state="emergency")

    async def caller(c: Person) -> None:
        await c.greeted()
        await c.begins("那个什么")
        await c.goes_on("那个什么" + CRY, 0.7)
        await c.hears(ADVICE, within=1.0)
        await c.quiet(20)
        await c.stops("那个什么" + CRY, cut=True)
        await c.quiet(5)

    scene.play(caller)
    assert len(scene.desk.asked) == 1


def acted(*spoken: tuple[str, float], standing: Standing | None = None) -> list[str]:
    """What was acted on when words stood so many seconds each."""
    cries: list[str] = []

    async def speak() -> None:
        cry = Cry(cries.append, standing)
        for text, seconds in spoken:
            cry.partial(text)
            await asyncio.sleep(seconds)
        cry.over()
        await asyncio.sleep(5)

    run_jumping(speak())
    return cries


def test_sure_words_must_stand_for_a_moment() -> None:
    assert acted(("救命", 0.7)) == []
    assert acted(("救命", 0.9)) == ["救命"]
    assert acted(("救命", 0.5), ("救命啊", 0.4), ("救命啊快", 0.3), ("救命啊快来", 0.0)) == ["救命啊快来"]


def test_a_turn_is_acted_on_once() -> None:
    assert acted(("救命", 0.9), ("救命救命", 0.9)) == ["救命"]


def test_bounds_of_the_waiting() -> None:
    with pytest.raises(ValueError):
        Standing(steady=0.0)
    with pytest.raises(ValueError):
        Standing(running=0.3)
