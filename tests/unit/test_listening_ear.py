"""The ear of a call: frames in, turns out. Real voice activity, real sound, a scripted recogniser; then the real model."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import soxr

from care.reply import Reply
from care.settings import ROOT
from voice_gateway import audio
from voice_gateway.listening import Ear, EarFailed, Expectation, Hearing, ModelError, Partial, SpeechStarted, Utterance
from voice_gateway.listening import ear as ears
from voice_gateway.listening.recogniser import Heard, Hypothesis

CLIPS = ROOT / "yinling" / "caller" / "clips"
SATURDAY, YES = "27", "10"
CONFIRMING = Expectation.of("confirming", [Reply("对吗？")])


def clip(number: str) -> bytes:
    """A spoken sentence without the silence around it."""
    samples, rate = soundfile.read(CLIPS / f"zf_xiaoyi-{number}.ogg", dtype="float32")
    heard = soxr.resample(samples, rate, audio.RATE)
    heard = heard / np.abs(heard).max()
    loud = np.flatnonzero(np.abs(heard) > 0.02)
    return (0.4 * heard[loud[0] : loud[-1] + 1] * 32767).astype("<i2").tobytes()


def silence(seconds: float) -> bytes:
    return bytes(2 * round(seconds * audio.RATE))


class Scripted:
    """A recogniser that hears what the test says."""

    def __init__(self, text: str = "对", partials: tuple[str, ...] = ()) -> None:
        self.text = text
        self.partials = list(partials)
        self.begun: list[tuple[str, ...]] = []
        self.seconds = 0.0
        self.voiced = 0.0
        self.finished = 0
        self.fails: Exception | None = None
        self.threads: set[int] = set()
        self.held_up = threading.Event()
        self.held_up.set()

    def begin(self, phrases: tuple[str, ...] = (), meanwhile: tuple[str, ...] = ()) -> None:
        self.begun.append(phrases)
        self.seconds = self.voiced = 0.0

    def accept(self, pcm: bytes, voiced: float) -> str:
        self.held_up.wait(10)
        self.threads.add(threading.get_ident())
        if self.fails:
            raise self.fails
        self.seconds += len(pcm) / 2 / audio.RATE
        self.voiced += voiced
        return self.partials.pop(0) if len(self.partials) > 1 else (self.partials or [""])[0]

    def finish(self) -> Heard:
        self.finished += 1
        return Heard((Hypothesis(self.text, 1.0),) if self.text else ())


@pytest.fixture
async def hearing() -> AsyncIterator[Hearing]:
    made = Hearing(threads=1)
    yield made
    made.close()


def listening(hearing: Hearing, script: Scripted) -> Ear:
    return Ear(hearing, script)  # type: ignore[arg-type]


async def hears(ear: Ear, *sounds: bytes, pace: float = 0.0) -> list[Any]:
    events: list[Any] = []
    pcm = b"".join(sounds)
    for at in range(0, len(pcm) - audio.FRAME_BYTES + 1, audio.FRAME_BYTES):
        events += await ear.feed(pcm[at : at + audio.FRAME_BYTES])
        await asyncio.sleep(pace)
    return events


def turns(events: list[Any]) -> list[Utterance]:
    return [event for event in events if isinstance(event, Utterance)]


async def test_a_turn_comes_out_once_with_its_times(hearing: Hearing) -> None:
    script = Scripted("星期六 上午 十 点")
    events = await hears(listening(hearing, script), silence(1.0), clip(SATURDAY), silence(2.0))
    (turn,) = turns(events)
    assert turn.text == "星期六上午十点" and turn.raw == "星期六 上午 十 点" and turn.confidence == 1.0
    assert turn.speech_started == pytest.approx(1.0, abs=0.2)
    assert turn.speech_ended == pytest.approx(1.0 + len(clip(SATURDAY)) / 2 / audio.RATE, abs=0.25)
    (started,) = [event for event in events if isinstance(event, SpeechStarted)]
    assert started.at == turn.speech_started
    assert events.index(started) < events.index(turn)


async def test_the_beginning_of_the_first_word_is_heard_and_silence_is_not_decoded(hearing: Hearing) -> None:
    script = Scripted()
    await hears(listening(hearing, script), silence(5.0), clip(YES), silence(2.0))
    sound = len(clip(YES)) / 2 / audio.RATE
    assert sound + ears.SETTLED < script.seconds < sound + ears.BEFORE + 1.5


async def test_what_was_said_is_made_out_while_the_silence_is_waited_out(hearing: Hearing) -> None:
    script = Scripted("星期六")
    ear = listening(hearing, script)
    ear.expect(Expectation(state="asking_place", asking="place"))
    assert not turns(await hears(ear, silence(1.0), clip(SATURDAY), silence(1.2), pace=0.001))
    assert script.finished == 1
    assert len(turns(await hears(ear, silence(1.0)))) == 1
    assert script.finished == 1


async def test_who_goes_on_after_a_pause_is_made_out_anew(hearing: Hearing) -> None:
    script = Scripted("星期六")
    ear = listening(hearing, script)
    ear.expect(Expectation(state="asking_place", asking="place"))
    assert not turns(await hears(ear, silence(1.0), clip(SATURDAY), silence(1.2), clip(YES), pace=0.001))
    script.text = "星期六 对"
    (turn,) = turns(await hears(ear, silence(2.5), pace=0.001))
    assert turn.text == "星期六对" and script.finished == 2


async def test_another_question_meanwhile_is_listened_for(hearing: Hearing) -> None:
    ear = listening(hearing, Scripted("一 三 八 铃 一 二 三 四 五 六 七"))
    ear.expect(Expectation(state="asking_place", asking="place"))
    await hears(ear, silence(1.0), clip(SATURDAY), silence(1.2), pace=0.001)
    ear.expect(Expectation(state="asking_phone", asking="phone"))
    (turn,) = turns(await hears(ear, silence(2.0), pace=0.001))
    assert turn.text == "一三八零一二三四五六七"


async def test_nobody_speaks_nothing_is_decoded(hearing: Hearing) -> None:
    script = Scripted()
    assert await hears(listening(hearing, script), silence(3.0)) == []
    assert not script.begun


async def test_words_so_far_are_told_while_the_caller_speaks(hearing: Hearing) -> None:
    script = Scripted("星期六 上午", ("", "星期六", "星期六 上午", "星期六 上午"))
    events = await hears(listening(hearing, script), clip(SATURDAY), silence(1.5))
    assert [event.text for event in events if isinstance(event, Partial)] == ["星期六", "星期六上午"]


async def test_only_unknown_words_are_not_understood(hearing: Hearing) -> None:
    (turn,) = turns(await hears(listening(hearing, Scripted("[unk] [unk]")), clip(SATURDAY), silence(2.0)))
    assert turn.text == "" and turn.confidence == 0.0 and turn.raw == "[unk] [unk]"


async def test_a_noise_without_words_is_nothing(hearing: Hearing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ears, "LEAST_VOICED", 10.0)
    events = await hears(listening(hearing, Scripted("")), clip(SATURDAY), silence(2.0))
    assert turns(events) == []


async def test_the_grammar_of_the_question_is_listened_for(hearing: Hearing) -> None:
    script = Scripted()
    ear = listening(hearing, script)
    ear.expect(CONFIRMING)
    await hears(ear, clip(YES), silence(1.5))
    ear.expect(Expectation())
    await hears(ear, clip(YES), silence(1.5))
    assert "不对" in script.begun[0] and script.begun[1] == ()


async def test_more_patience_for_a_telephone_number(hearing: Hearing) -> None:
    plain, patient = listening(hearing, Scripted()), listening(hearing, Scripted())
    patient.expect(Expectation.of("asking_phone", [Reply("留个电话吧。")]))
    sound = clip(SATURDAY), silence(1.7)
    assert turns(await hears(plain, *sound)) and not turns(await hears(patient, *sound))
    assert turns(await hears(patient, silence(0.5)))


async def test_hesitation_is_waited_for(hearing: Hearing) -> None:
    ear = listening(hearing, Scripted("我 想 那个", ("我 想 那个",)))
    assert not turns(await hears(ear, clip(SATURDAY), silence(2.0)))
    assert turns(await hears(ear, silence(1.0)))


async def test_a_key_ends_the_turn_with_the_words_known_by_then(hearing: Hearing) -> None:
    ear = listening(hearing, Scripted("星期六 上午 十 点", ("星期六",)))
    assert ear.key() is None
    await hears(ear, clip(SATURDAY)[: 2 * 2 * audio.RATE])
    await asyncio.sleep(0.05)
    await hears(ear, silence(0.2))
    turn = ear.key()
    assert turn is not None and turn.text == "星期六" and turn.by_key
    assert turns(await hears(ear, silence(2.0))) == [], "it is not told twice"


async def test_what_is_half_heard_can_be_forgotten(hearing: Hearing) -> None:
    script = Scripted()
    ear = listening(hearing, script)
    await hears(ear, clip(SATURDAY))
    ear.reset()
    assert turns(await hears(ear, silence(2.0))) == []
    assert turns(await hears(ear, clip(YES), silence(1.5)))
    assert len(script.begun) == 2, "the next turn begins anew"


async def test_decoding_is_off_the_event_loop(hearing: Hearing) -> None:
    script = Scripted()
    await hears(listening(hearing, script), clip(SATURDAY), silence(1.5))
    assert script.threads and threading.get_ident() not in script.threads


async def test_a_slow_decoder_holds_up_no_frame_for_a_while(hearing: Hearing) -> None:
    script = Scripted()
    script.held_up.clear()
    ear = listening(hearing, script)
    await asyncio.wait_for(hears(ear, clip(SATURDAY)[: 2 * audio.RATE]), timeout=5)
    script.held_up.set()
    assert turns(await hears(ear, clip(YES), silence(1.5)))


async def test_a_broken_recogniser_is_told(hearing: Hearing) -> None:
    script = Scripted()
    script.fails = RuntimeError("decoder broke")
    with pytest.raises(EarFailed, match="decoder broke"):
        await hears(listening(hearing, script), clip(SATURDAY), silence(1.5))


async def test_a_hanging_recogniser_is_told_and_other_calls_go_on(
    hearing: Hearing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ears, "LONGEST_WAIT", 0.05)
    script = Scripted()
    script.held_up.clear()
    with pytest.raises(EarFailed, match="does not end"):
        await hears(listening(hearing, script), clip(SATURDAY), silence(1.5))
    monkeypatch.undo()
    assert turns(await hears(listening(hearing, Scripted()), clip(YES), silence(1.5)))
    script.held_up.set()


async def test_a_monologue_is_cut(hearing: Hearing) -> None:
    events = await hears(listening(hearing, Scripted("[unk] 说")), *([clip(SATURDAY)] * 22), silence(1.5))
    first, *rest = turns(events)
    assert first.cut and first.speech_ended - first.speech_started == pytest.approx(25, abs=1.5)
    assert rest and not rest[-1].cut


async def test_an_unloaded_model_gives_no_ear(hearing: Hearing) -> None:
    with pytest.raises(EarFailed):
        hearing.ear()


async def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    empty = Hearing(tmp_path)
    with pytest.raises(ModelError, match="不是语音模型"):
        await empty.ready()
    empty.close()


async def test_garbage_sound_ends_nothing(hearing: Hearing) -> None:
    ear = listening(hearing, Scripted("对"))
    noise = np.random.default_rng(3).integers(-32768, 32767, 8 * audio.RATE, dtype="<i2").tobytes()
    await hears(ear, noise, b"\xff\x7f" * audio.RATE, b"\x00\x80" * audio.RATE)
    assert turns(await hears(ear, silence(3.0), clip(YES), silence(1.5)))


async def test_the_real_model_hears_both_sides_of_a_pause(hearing: Hearing) -> None:
    await hearing.ready()
    ear = hearing.ear()
    ear.expect(Expectation(state="asking_date", asking="date"))
    (turn,) = turns(
        await hears(ear, silence(0.5), clip(SATURDAY), silence(1.3), clip(SATURDAY), silence(2.0), pace=0.002)
    )
    assert turn.text.count("星期六") == 2
    await ear.close()


async def test_the_real_model_hears_a_real_yes(hearing: Hearing) -> None:
    await hearing.ready()
    ear = hearing.ear()
    ear.expect(CONFIRMING)
    (turn,) = turns(await hears(ear, silence(0.5), clip(YES), silence(2.0)))
    assert turn.text == "对" and turn.confidence > 0.3
    await ear.close()


async def test_two_calls_do_not_hear_each_other(hearing: Hearing) -> None:
    await hearing.ready()
    one, two = hearing.ear(), hearing.ear()
    one.expect(CONFIRMING)
    two.expect(Expectation.of("asking_date", [Reply("哪一天方便？")], "yangling"))
    sound = silence(0.5), clip(YES), silence(2.0)
    first, second = await asyncio.gather(hears(one, *sound), hears(two, silence(0.5), clip("02"), silence(2.5)))
    assert turns(first)[0].text == "对"
    assert turns(second)[0].text == "后天"
