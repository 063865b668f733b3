"""The scripted caller: which line answers what was heard, what is refused, how captions look."""

from pathlib import Path

import pytest
from rich.console import Console

from care import calls
from care.conversation.model import Conversation
from care.db import forget_engine, unit_of_work
from care.settings import settings
from yinling.caller.captions import Caption, webvtt
from yinling.caller.command import Plan, by_the_record, lines, overhear, place
from yinling.caller.person import Report
from yinling.caller.script import Line, ScriptError, choose, read, resembles
from yinling.caller.sounds import Sounds
from yinling.processes import StartError

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


@pytest.mark.parametrize(
    ("text", "words"), [("just text", "一句一项"), ("- 你好\n", "第 1 句"), ("[a: {", "不是 YAML"), (b"\xff\xfe\xff", "不是 YAML")]
)
def test_what_is_no_script_is_said_in_one_sentence(tmp_path, text: str | bytes, words: str) -> None:
    path = tmp_path / "s.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ScriptError, match=words):
        read(path)


def test_an_address_that_leads_nowhere_is_said_in_one_sentence() -> None:
    with pytest.raises(StartError, match="sip:12349@no such host 这个地址用不了"):
        place(Plan([]), "sip:12349@no such host", Console())


def test_a_call_to_another_hotline_is_not_told_by_the_records_of_an_earlier_one(database) -> None:
    with unit_of_work() as session:
        calls.begin(session, "sip-1", "sip", "13800000001")
        session.get_one(Conversation, "sip-1").last_replies = [{"say": "您慢走。"}]
        session.get_one(calls.CallRecord, "sip-1").figures = {"turns": [{"machine": 80}]}
    report = Report()
    assert overhear("13800000001") == "您慢走。" and overhear("13800000001", report.began) == ""
    assert by_the_record(report, "13800000001") == {}


def test_without_a_hotline_here_a_call_goes_by_the_ear_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database
) -> None:
    monkeypatch.setenv("CARE_HOME", str(tmp_path / "empty"))
    settings.cache_clear()
    forget_engine()
    assert overhear("13800000001") == ""
    assert by_the_record(Report(), "13800000001") == {}


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
