"""The parts of a call by themselves: keys, playback, the ladder of silence, the file of its sound."""

from __future__ import annotations

import asyncio
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from care.reply import Choice
from tests.fakes_call import run_jumping
from voice_gateway.audio import FRAME_BYTES, SILENCE
from voice_gateway.call.figures import TurnTimes
from voice_gateway.call.happenings import TurnOver
from voice_gateway.call.keys import Keypad
from voice_gateway.call.ladders import Patience, SilenceLadder
from voice_gateway.call.listener import Listener
from voice_gateway.call.playback import DEAD_AIR, FRAME, SOFT_START, Playback, Speech
from voice_gateway.call.soundfile import SoundFile
from voice_gateway.listening import Utterance

LOUD = b"\x00\x20" * (FRAME_BYTES // 2)


# --- keys


@pytest.mark.parametrize(
    ("asking", "keys", "does"),
    [
        ("", "0", ["human"]),
        ("", "9", ["repeat"]),
        ("", "*", ["slower"]),
        ("", "1", ["对"]),
        ("", "2", ["不对"]),
        ("", "5", ["nothing"]),
        ("phone", "13912345678", ["collect"] * 10 + ["13912345678"]),
        ("phone", "88886666#", ["collect"] * 8 + ["88886666"]),
        ("phone", "0#", ["collect", "human"]),
        ("phone", "9", ["repeat"]),
        ("phone", "139*", ["collect"] * 3 + ["slower"]),
        ("order", "3582", ["collect"] * 3 + ["3582"]),
        ("identity", "5678", ["collect"] * 3 + ["5678"]),
        ("quantity", "0", ["human"]),
        ("quantity", "3#", ["collect", "3"]),
        ("time", "1130#", ["collect"] * 4 + ["11点30分"]),
        ("time", "9", ["repeat"]),
        ("date", "1126#", ["collect"] * 4 + ["11月26号"]),
        ("age", "92#", ["collect"] * 2 + ["92"]),
    ],
)
def test_what_keys_mean(asking: str, keys: str, does: list[str]) -> None:
    keypad = Keypad()
    keypad.expect(asking, ())
    assert [_done(keypad, key) for key in keys] == does


def _done(keypad: Keypad, key: str) -> str:
    meaning = keypad.press(key)
    if meaning.do == "collect" and not meaning.pause:
        meaning = keypad.ended()
    return meaning.text or meaning.do


def test_choices_are_made_by_number_and_the_rest_stays_as_it_is() -> None:
    keypad = Keypad()
    keypad.expect("bath_place", (Choice("在家", "在家洗"), Choice("站里", "到站里洗"), Choice("都行", "都行")))
    assert [keypad.press(key).text for key in "123"] == ["在家洗", "到站里洗", "都行"]
    assert keypad.press("0").do == "human"
    assert keypad.press("9").do == "repeat"


def test_a_new_question_forgets_half_a_number() -> None:
    keypad = Keypad()
    keypad.expect("phone", ())
    keypad.press("1")
    keypad.expect("date", ())
    assert not keypad.begun


# --- playback


class Line:
    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.dead = 0
        self.playback = Playback(self.frames.append, self._dead_air)

    def _dead_air(self) -> None:
        self.dead += 1

    def ticks(self, seconds: float) -> None:
        for _ in range(round(seconds / FRAME)):
            self.playback.tick()

    def loud(self) -> int:
        return sum(frame == LOUD for frame in self.frames)


def spoken(frames: int, pieces: int = 1, close: bool = True) -> Speech:
    speech = Speech("话")
    for _ in range(pieces):
        speech.feed(LOUD * frames)
    if close:
        speech.close()
    return speech


def test_something_is_sent_at_every_tick_and_silence_is_not_dead() -> None:
    line = Line()
    line.ticks(1)
    assert len(line.frames) == 50
    assert all(len(frame) == FRAME_BYTES for frame in line.frames)
    assert any(frame != SILENCE for frame in line.frames)


def test_speeches_follow_each_other_and_tell_when_they_are_done() -> None:
    line = Line()
    first, second = spoken(10), spoken(5)
    line.playback.play(first)
    line.playback.play(second)
    line.ticks(11 * FRAME)
    assert first.done.is_set() and not second.done.is_set()
    line.ticks(1)
    assert second.done.is_set() and line.loud() == 15


def test_stopping_spares_what_must_be_said() -> None:
    line = Line()
    must, may = spoken(10), spoken(10)
    must.interruptible = False
    line.playback.play(must)
    line.playback.play(may)
    line.playback.stop()
    assert may.interrupted and not must.interrupted
    line.ticks(1)
    assert line.loud() == 10


def test_after_a_cough_the_sentence_is_said_again_from_its_beginning() -> None:
    line = Line()
    speech = spoken(10, pieces=2)
    line.playback.play(speech)
    line.ticks(13 * FRAME)
    line.playback.pause()
    line.ticks(1)
    assert line.loud() == 13
    line.playback.resume()
    line.ticks(1)
    assert line.loud() == 13 + 10 and speech.done.is_set()


def test_dead_air_is_told_only_when_something_is_owed() -> None:
    line = Line()
    line.ticks(10)
    assert line.dead == 0
    line.playback.owe(waited=1.0)
    line.ticks(DEAD_AIR - 1.0 + FRAME)
    assert line.dead == 1
    line.playback.settled()
    line.ticks(10)
    assert line.dead == 1


def test_speech_that_does_not_come_is_dead_air_too() -> None:
    line = Line()
    line.playback.play(spoken(5, close=False))
    line.ticks(5 * FRAME + DEAD_AIR + FRAME)
    assert line.dead == 1


def test_speech_that_begins_softly_is_no_dead_air_and_silence_made_of_it_is() -> None:
    line = Line()
    line.playback.owe(waited=DEAD_AIR - 0.1)
    soft = Speech("话")
    soft.feed(SILENCE * 15 + LOUD * 5)
    soft.feed(SILENCE * 500)
    line.playback.play(soft)
    line.ticks(20 * FRAME)
    assert (line.dead, line.loud()) == (0, 5)
    line.ticks(DEAD_AIR + SOFT_START + FRAME)
    assert line.dead == 1


@pytest.mark.parametrize(("after", "loud"), [(0, 20), (3, 20), (10, 20), (20, 20), (22, 30)])
def test_a_speech_can_be_ended_with_its_sentence(after: int, loud: int) -> None:
    line = Line()
    speech = Speech("话")
    for clauses in (2, 1, 1):
        for _ in range(clauses):
            speech.feed(LOUD * 10)
        speech.text_over()
    line.playback.play(speech)
    line.ticks(after * FRAME)
    speech.end_with_text()
    line.ticks(1)
    assert line.loud() == loud and speech.done.is_set() and not speech.interrupted


def test_on_hold_nothing_is_said_and_nothing_is_missed() -> None:
    line = Line()
    line.playback.muted = True
    line.playback.play(spoken(5))
    line.ticks(10)
    assert line.loud() == 0 and line.dead == 0
    line.playback.muted = False
    line.ticks(1)
    assert line.loud() == 5


def test_the_ringing_tone_has_no_long_pause() -> None:
    line = Line()
    line.playback.owe()
    line.playback.ringing = True
    line.ticks(20)
    assert line.dead == 0
    peaks = [np.abs(np.frombuffer(frame, "<i2")).max() > 1000 for frame in line.frames]
    assert 0.3 < sum(peaks) / len(peaks) < 0.6


def test_the_pace_is_kept_and_a_stall_is_not_caught_up_with_a_burst() -> None:
    sent: list[float] = []

    async def play() -> None:
        loop = asyncio.get_running_loop()
        playback = Playback(lambda _: sent.append(loop.time()), lambda: None)
        task = asyncio.create_task(playback.run())
        await asyncio.sleep(2.0)
        loop._moment += 1.0  # type: ignore[attr-defined]  # the process was busy for a second
        await asyncio.sleep(1.0)
        task.cancel()

    run_jumping(play())
    assert 148 <= len(sent) <= 152


# --- silence


def climbed(seconds: float, patience: Patience, **how: bool) -> list[tuple[int, float]]:
    rungs: list[tuple[int, float]] = []

    async def wait() -> None:
        loop = asyncio.get_running_loop()

        def on_rung(rung: int) -> None:
            rungs.append((rung, loop.time()))
            ladder.start()

        ladder = SilenceLadder(on_rung, patience)
        ladder.emergency = how.get("emergency", False)
        ladder.start(searching=how.get("searching", False))
        await asyncio.sleep(seconds)
        ladder.stop()

    run_jumping(wait())
    return rungs


def test_the_rungs_come_in_order() -> None:
    assert climbed(20, Patience(rungs=(5, 7, 7))) == [(0, 5), (1, 12), (2, 19)]


def test_searching_is_waited_for_and_danger_has_its_own_pace() -> None:
    assert climbed(45, Patience(searching=40), searching=True)[0] == (0, 40)
    assert [at for _, at in climbed(30, Patience(emergency=7), emergency=True)] == [7, 14, 21, 28]


@pytest.mark.parametrize("values", [{"rungs": ()}, {"rungs": (0.1,)}, {"searching": 1000}])
def test_patience_has_bounds(values: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Patience(**values)  # type: ignore[arg-type]


# --- the file


async def test_both_sides_are_written_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "calls" / "c1.wav"
    file = SoundFile(path)
    for _ in range(300):
        file.caller(LOUD)
        file.hotline(SILENCE)
    await file.close(keep=True)
    with wave.open(str(path)) as sound:
        assert (sound.getnchannels(), sound.getframerate(), sound.getnframes()) == (2, 8000, 300 * 160)
        both = np.frombuffer(sound.readframes(48000), "<i2").reshape(-1, 2)
    assert both[:, 0].min() == 0x2000 and not both[:, 1].any()
    assert path.stat().st_mode & 0o077 == 0


async def test_a_caller_who_declines_leaves_no_file(tmp_path: Path) -> None:
    file = SoundFile(tmp_path / "c1.wav")
    for _ in range(300):
        file.hotline(LOUD)
    await file.close(keep=False)
    assert not list(tmp_path.iterdir())


# --- the ear and its clock


class SlowEar:
    """Knows at its third frame that a turn is over, and needs 0.3 s for the words."""

    def __init__(self) -> None:
        self._frames = 0

    async def feed(self, pcm: bytes) -> list[Utterance]:
        self._frames += 1
        if self._frames < 3:
            return []
        await asyncio.sleep(0.3)
        return [Utterance("对", "对", 1.0, speech_ended=FRAME)]

    async def close(self) -> None: ...


class SlowHearing:
    def ear(self) -> Any:
        return SlowEar()


def test_what_the_ear_needs_for_the_words_is_time_of_the_machine() -> None:
    async def hears() -> TurnTimes:
        loop, found = asyncio.get_running_loop(), asyncio.Queue[TurnOver]()
        listener = Listener(SlowHearing(), found.put_nowait)
        task = asyncio.create_task(listener.run())
        for _ in range(3):
            listener.sound(SILENCE)
            await asyncio.sleep(FRAME)
        turn = await found.get()
        task.cancel()
        return TurnTimes(
            turn.speech_ended, turn.decided, heard=loop.time(), understood=loop.time(), sounded=loop.time()
        )

    figures = run_jumping(hears()).as_dict()
    assert figures["waiting"] == pytest.approx(40, abs=1)
    assert figures["hearing"] == figures["machine"] == pytest.approx(300, abs=1)
