"""The scripted caller: which line answers what was heard, what is refused, how captions look."""

import pytest

from yinling.caller.captions import Caption, webvtt
from yinling.caller.command import lines
from yinling.caller.script import Line, ScriptError, choose, read, resembles
from yinling.caller.sounds import Sounds

SCRIPT = [
    Line(hears=("哪天", "哪一天"), say="后天"),
    Line(hears=("送到哪里",), say="幸福路十八号"),
    Line(hears=("对吗",), say="对"),
]


def test_the_line_whose_cue_was_heard_is_chosen_whatever_its_place() -> None:
    assert choose(SCRIPT, "好，软饭一份。送到哪里？").say == "幸福路十八号"


def test_a_cue_is_heard_through_words_that_sound_alike() -> None:
    assert resembles("请问宋到那里", "送到哪里")
    assert not resembles("请问到了没有", "送到哪里")


def test_nothing_is_chosen_for_what_the_script_does_not_know() -> None:
    assert choose(SCRIPT, "我没听清楚") is None


def test_a_line_without_a_cue_waits_for_its_turn() -> None:
    free = Line(say="你好")
    assert choose([free, *SCRIPT], "什么都行") is free
    assert choose([*SCRIPT, free], "什么都行") is None


def test_words_of_the_command_line_become_speech_keys_and_sound_files() -> None:
    assert lines(["我想吃饭", "#1*", "a.wav"]) == [Line(say="我想吃饭"), Line(press="1*"), Line(sound="a.wav")]


def test_a_script_with_an_unknown_field_names_the_line(tmp_path) -> None:
    path = tmp_path / "s.yml"
    path.write_text("- {say: 好}\n- {sings: 啦}\n", encoding="utf-8")
    with pytest.raises(ScriptError, match="第 2 句"):
        read(path)


def test_an_unknown_voice_is_refused_with_the_choices() -> None:
    with pytest.raises(ScriptError, match="zm_yunxia"):
        Sounds("nobody")


async def test_a_missing_sound_file_is_refused_by_name() -> None:
    with pytest.raises(ScriptError, match="nothing.wav"):
        await Sounds().prepare([Line(sound="nothing.wav")])


async def test_a_known_sentence_is_a_recording_and_any_other_is_made() -> None:
    sounds = Sounds()
    known, unknown = Line(say="我想洗个澡"), Line(say="我想去公园")
    await sounds.prepare([known, unknown])
    assert len(sounds(known)) > 8000
    assert len(sounds(unknown)) > 8000


def test_captions_are_webvtt_with_who_speaks() -> None:
    text = webvtt([Caption("热线", "您好", 0.5, 2.25), Caption("来电", "你好", 61, 61.1)])
    assert text.startswith("WEBVTT\n")
    assert "00:00:00.500 --> 00:00:02.250\n<v 热线>您好" in text
    assert "00:01:01.000 --> 00:01:01.500" in text
