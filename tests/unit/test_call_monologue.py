"""Somebody who goes on behind the limit for one turn is not answered in the middle of a sentence."""

from __future__ import annotations

from tests.fakes_call import Person, Scene
from tests.unit.call_scenes import ADVICE, CRY, danger
from voice_gateway.call.cry import TAIL
from voice_gateway.call.monologue import MOST

FIRST, REST = "我跟你说，我住在岳麓区，要是能来的话", "我想约个礼拜六上午洗澡"


async def tells(c: Person, words: str, cut: bool = False, seconds: float = 3.0) -> None:
    await c.begins(words)
    await c.goes_on(words, seconds)
    await c.stops(words, cut=cut)


def test_both_parts_are_answered_together_when_all_is_said() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.greeted()
        await tells(c, FIRST, cut=True)
        before = len(c.heard())
        await tells(c, REST)
        assert len(c.heard()) == before, "nobody spoke into it"
        await c.hears_out(f"好，{FIRST}，{REST}")

    scene.play(caller)
    assert scene.desk.asked == [f"{FIRST}，{REST}"]


def test_who_stopped_just_at_the_limit_is_answered_soon() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.greeted()
        await tells(c, FIRST, cut=True)
        await c.hears(f"好，{FIRST}", within=2.5)

    scene.play(caller)


def test_a_sound_that_leads_to_no_words_does_not_keep_what_was_said_for_ever() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.greeted()
        await tells(c, FIRST, cut=True)
        await c.begins()  # and no turn comes of it
        await c.hears(f"好，{FIRST}", within=6.0)

    scene.play(caller)


def test_who_never_stops_is_answered_all_the_same() -> None:
    scene = Scene()

    async def caller(c: Person) -> None:
        await c.greeted()
        for _ in range(MOST + 1):
            assert not scene.desk.asked
            await tells(c, FIRST, cut=True)
        await c.hears("好，我跟你说", within=2.0)

    scene.play(caller)
    assert len(scene.desk.asked) == 1


def test_a_cry_after_the_cut_goes_first() -> None:
    scene = danger(Scene(), FIRST[-TAIL:] + CRY)

    async def caller(c: Person) -> None:
        await c.greeted()
        await tells(c, FIRST, cut=True)
        await c.says(CRY)
        await c.hears(ADVICE, within=1.0)
        await c.quiet(10)

    scene.play(caller)
    assert len(scene.desk.asked) == 1 and CRY in scene.desk.asked[0]
