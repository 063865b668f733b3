"""Whose turn it is, with a clock that is only counted."""

from __future__ import annotations

import pytest

from voice_gateway.listening.turns import Began, Ended, Interrupted, Policy, Sign, TurnTaker

CHUNK = 0.032


class Caller:
    """Speaks and pauses for exact stretches of call audio."""

    def __init__(self, turns: TurnTaker | None = None) -> None:
        self.turns = turns or TurnTaker()
        self.chunks = 0
        self.signs: list[Sign] = []

    @property
    def now(self) -> float:
        return self.chunks * CHUNK

    def goes_on(self, seconds: float, voice: bool) -> list[Sign]:
        signs: list[Sign] = []
        for _ in range(round(seconds / CHUNK)):
            signs += self.turns.step(self.now, self.now + CHUNK, voice)
            self.chunks += 1
        self.signs += signs
        return signs

    def speaks(self, seconds: float) -> list[Sign]:
        return self.goes_on(seconds, True)

    def pauses(self, seconds: float) -> list[Sign]:
        return self.goes_on(seconds, False)


def ended(signs: list[Sign]) -> list[Ended]:
    return [sign for sign in signs if isinstance(sign, Ended)]


def test_a_turn_ends_after_one_point_two_seconds_of_silence() -> None:
    caller = Caller()
    caller.pauses(1.0)
    caller.speaks(1.6)
    spoke_until = caller.now
    assert not ended(caller.pauses(1.15))
    (end,) = ended(caller.pauses(0.1))
    assert end.ended == pytest.approx(spoke_until)
    assert end.voiced == pytest.approx(1.6)
    assert caller.now - end.ended < 1.3


def test_a_pause_inside_a_sentence_cuts_nobody_off() -> None:
    caller = Caller()
    caller.speaks(0.8)
    caller.pauses(1.1)
    caller.speaks(0.8)
    assert not ended(caller.signs)
    (end,) = ended(caller.pauses(1.3))
    assert end.began == pytest.approx(0.0)


def test_more_patience_while_a_number_is_given() -> None:
    caller = Caller()
    caller.turns.patience(2.0)
    caller.speaks(1.0)
    assert not ended(caller.pauses(1.9))
    assert ended(caller.pauses(0.2))


def test_patience_stays_within_the_bounds_of_the_policy() -> None:
    caller = Caller()
    caller.turns.patience(0.3)
    caller.speaks(1.0)
    assert not ended(caller.pauses(1.1))
    caller.turns.patience(60)
    assert not ended(caller.pauses(1.7))
    assert ended(caller.pauses(0.3))


def test_speech_interrupts_after_a_fifth_of_a_second() -> None:
    caller = Caller()
    signs = caller.speaks(0.16)
    assert Began(0.0) in signs and not any(isinstance(sign, Interrupted) for sign in signs)
    assert Interrupted(0.0) in caller.speaks(0.1)
    assert not any(isinstance(sign, Interrupted) for sign in caller.speaks(2.0)), "once for each turn"


def test_a_cough_does_not_interrupt_but_a_short_yes_is_a_turn() -> None:
    caller = Caller()
    caller.speaks(0.16)
    (end,) = ended(caller.pauses(1.3))
    assert not any(isinstance(sign, Interrupted) for sign in caller.signs)
    assert end.voiced == pytest.approx(0.16)


def test_single_clicks_open_no_turn() -> None:
    caller = Caller()
    for _ in range(5):
        caller.speaks(0.032)
        caller.pauses(0.6)
    assert caller.signs == []


def test_clicks_far_apart_do_not_add_up_to_an_interruption() -> None:
    caller = Caller()
    for _ in range(4):
        caller.speaks(0.064)
        caller.pauses(0.5)
    assert not any(isinstance(sign, Interrupted) for sign in caller.signs)


def test_a_monologue_is_cut_and_the_rest_is_the_next_turn() -> None:
    caller = Caller()
    (first,) = ended(caller.speaks(26))
    assert first.cut
    assert first.ended - first.began == pytest.approx(25, abs=2 * CHUNK)
    (second,) = ended(caller.pauses(1.3))
    assert not second.cut
    assert second.began >= first.ended


def test_a_key_ends_the_turn_at_once_and_nothing_when_nobody_speaks() -> None:
    caller = Caller()
    assert caller.turns.stop() is None
    caller.speaks(0.8)
    end = caller.turns.stop()
    assert end is not None and end.voiced == pytest.approx(0.8)
    assert not caller.pauses(3.0), "nothing is left of it"


def test_patience_of_one_question_is_not_forgotten_by_a_new_turn() -> None:
    caller = Caller()
    caller.turns.patience(1.8)
    for _ in range(2):
        caller.speaks(0.8)
        assert not ended(caller.pauses(1.7))
        assert ended(caller.pauses(0.2))


@pytest.mark.parametrize(
    "wrong",
    [{"shortest": 0.5}, {"shortest": 2.5}, {"monologue": 100}, {"interrupts": 0.0}, {"onset": 1.0}, {"longest": 9}],
)
def test_a_policy_out_of_bounds_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Policy(**wrong)


def test_a_policy_cannot_be_changed_under_way() -> None:
    with pytest.raises(AttributeError):
        Policy().shortest = 0.9  # type: ignore[misc]
