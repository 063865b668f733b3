"""A town's own recordings: used by their text, checked at the start."""

import numpy as np
import pytest
import soundfile

from care.settings import ConfigurationError
from voice_gateway.speaking.recordings import Recordings


def record(folder, name="hello.wav", rate=44100, loud=0.3, seconds=1.0, channels=1):
    t = np.arange(int(rate * seconds)) / rate
    tone = loud * np.sin(2 * np.pi * 300 * t)
    soundfile.write(folder / name, np.stack([tone] * channels, 1), rate)


def index(folder, *rows):
    (folder / "index.tsv").write_text("\n".join(rows), "utf-8")
    return folder


@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (16000, 1), (44100, 2), (48000, 1)])
def test_a_recording_of_any_rate_is_found_by_its_words_however_they_are_written(tmp_path, rate, channels):
    record(tmp_path, rate=rate, channels=channels)
    found = Recordings(index(tmp_path, "# 录音", "hello.wav\t“您好”，打12345！")).find("您好，打一二三四五")
    assert found is not None and len(found) == pytest.approx(8000, abs=400)


def test_no_folder_is_no_recordings():
    assert len(Recordings(None)) == 0


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("missing.wav\t您好", "missing.wav 不存在"),
        ("hello.wav", "制表符"),
        ("hello.wav\t😀", "没有写说的是什么"),
        ("silent.wav\t您好", "没有声音"),
        ("text.wav\t您好", "text.wav 不存在，或者不是能读的声音文件"),
        ("../outside.wav\t您好", "不在录音目录里"),
    ],
)
def test_what_is_wrong_is_told_by_line_before_the_first_call(tmp_path, row, told):
    record(tmp_path)
    record(tmp_path, "silent.wav", loud=0)
    (tmp_path / "text.wav").write_text("not a sound")
    with pytest.raises(ConfigurationError) as error:
        Recordings(index(tmp_path, "hello.wav\t早上好", row))
    assert "第2行" in str(error.value) and told in str(error.value)


def test_the_same_words_twice_are_refused(tmp_path):
    record(tmp_path)
    with pytest.raises(ConfigurationError, match="写了两遍"):
        Recordings(index(tmp_path, "hello.wav\t您好。", "hello.wav\t您好"))


def test_a_folder_without_its_index_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match=r"index\.tsv"):
        Recordings(tmp_path)
