"""Live speech in child processes that may hang, die or talk nonsense."""

import asyncio
import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from care.settings import ROOT
from voice_gateway.audio import RATE
from voice_gateway.speaking.live import COMMAND, HANZI_OF_RATE, LiveFailed, LiveSpeech
from voice_gateway.speaking.sound import loudness

HEAD = """
import json, math, os, struct, sys, time
out = sys.stdout.buffer
def answer(seconds, loud=8000):
    sound = b"".join(struct.pack("<h", int(loud * math.sin(i / 9))) for i in range(int(22050 * seconds)))
    out.write(json.dumps({"rate": 22050, "bytes": len(sound)}).encode() + b"\\n" + sound); out.flush()
out.write(b'{"ready": true, "bytes": 0}\\n'); out.flush()
for line in sys.stdin.buffer:
    first = not os.path.exists(sys.argv[1]); open(sys.argv[1], "a").write("x")
"""
GOOD = "    answer(0.8)\n"


@pytest.fixture
async def child(tmp_path):
    """Live speech on a child that behaves as told; keeps count of what it was asked."""
    made = []

    def make(behaviour, **options):
        script = tmp_path / "child.py"
        script.write_text(HEAD + behaviour)
        live = LiveSpeech((sys.executable, str(script), str(tmp_path / "asked")), children=1, **options)
        made.append(live)
        live.asked = lambda: len((tmp_path / "asked").read_text())
        return live

    yield make
    for live in made:
        await live.close()


FAULTS = {
    "dies": "    if first: os._exit(1)\n",
    "hangs": "    if first: time.sleep(60)\n",
    "is silent": "    if first: answer(0.8, loud=0); continue\n",
    "gives no sound": "    if first: answer(0); continue\n",
    "stops half-way": '    if first: out.write(b\'{"rate": 22050, "bytes": 90000}\\nxx\'); out.flush(); os._exit(0)\n',
    "says another text": "    if first: answer(9); continue\n",
    "talks nonsense": "    if first: out.write(b'hello\\n'); out.flush(); continue\n",
    "reports an error": '    if first: out.write(b\'{"error": "x", "bytes": 0}\\n\'); out.flush(); continue\n',
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_faulty_result_is_made_again(child, fault):
    live = child(FAULTS[fault] + GOOD, job_seconds=1.0)
    assert len(await live.speak("王秀英", 150)) > 4000
    assert live.asked() == 2


async def test_a_child_that_never_works_is_told_after_a_few_tries(child):
    live = child("    os._exit(1)\n")
    with pytest.raises(LiveFailed):
        await live.speak("王秀英", 150)
    assert live.asked() == 3


async def test_a_caller_who_hangs_up_leaves_no_half_answer_for_the_next(child):
    live = child("    time.sleep(0.3) if first else None\n" + GOOD)
    waiting = asyncio.create_task(live.speak("王秀英", 150))
    while not live.pids:
        await asyncio.sleep(0.01)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert len(await live.speak("李小明", 150))


async def test_what_was_said_is_kept_by_voice_rate_and_text(child):
    live = child(GOOD)
    for text, rate, accent in [
        ("王秀英", 150, "cmn"),
        ("王秀英", 150, "cmn"),
        ("王秀英", 160, "cmn"),
        ("王秀英", 150, "yue"),
    ]:
        await live.speak(text, rate, accent)
    assert live.asked() == 3


async def test_what_nobody_can_read_is_no_sound_and_no_failure(child):
    assert not len(await child(GOOD).speak("𠮷，", 150))


@pytest.fixture
async def real():
    live = LiveSpeech(COMMAND)
    await live.warm()
    yield live
    await live.close()


async def test_names_and_addresses_are_spoken_and_slower_is_longer(real):
    usual, slow = [len(await real.speak("光明社区七号楼二单元", rate)) for rate in (170, 120)]
    assert 8000 < usual < slow


async def test_cantonese_is_another_voice(real):
    mandarin, cantonese = [await real.speak("光明社区七号楼", 150, accent) for accent in ("cmn", "yue")]
    assert len(mandarin) != len(cantonese) or not np.allclose(mandarin, cantonese)


async def test_a_long_text_is_spoken_to_its_end(real):
    once = len(await real.speak("光明社区七号楼二单元，", 170))
    assert len(await real.speak("光明社区七号楼二单元，" * 30, 170)) > 25 * once


async def test_children_killed_while_speaking_are_replaced(real):
    before = real.pids
    speaking = asyncio.create_task(real.speak("天心区书院路九号" * 12, 170))
    await asyncio.sleep(0)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert len(await speaking) > 8000
    assert set(real.pids).isdisjoint(before)


async def test_nothing_is_left_of_children_that_are_killed(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    live = LiveSpeech(COMMAND, children=1)
    assert len(await live.speak("王秀英", 150))
    os.kill(live.pids[0], signal.SIGKILL)
    assert len(await live.speak("李小明", 150))
    await live.close()
    assert not list(tmp_path.iterdir())


def test_pyttsx3_gives_its_sound_in_memory():
    child = (
        "from voice_gateway.speaking.live_child import Speaker\n"
        "speaker = Speaker()\n"
        "rate, sound = speaker._by_pyttsx3('王秀英', 'sit/cmn', 150)\n"
        "assert rate == 22050 and len(sound) > 10000, (rate, len(sound))\n"
    )
    subprocess.run([sys.executable, "-c", child], check=True, cwd=ROOT)


async def test_a_stopped_child_counts_as_hung():
    live = LiveSpeech(COMMAND, children=1, job_seconds=1.0)
    await live.warm()
    os.kill(live.pids[0], signal.SIGSTOP)
    try:
        assert len(await live.speak("王秀英", 150))
    finally:
        await live.close()


@pytest.mark.parametrize(
    "text",
    ["您好，这里是银龄热线，我是自动助手。", "好，我说粤语。不过我只听得懂普通话，您慢慢说，也可以按键。", "您稍等，我查一下。", "后天，星期五，中午十一点半，送到东莞市莞城街道运河西二路十八号五零二，一共二十四块。",
     "单号是，三、五、八、二。"],
)  # fmt: skip
async def test_cantonese_says_our_sentences_at_the_pace_of_mandarin(real, text):
    seconds = [
        len(await real.speak(text, round(190 / HANZI_OF_RATE[accent]), accent)) / RATE for accent in ("cmn", "yue")
    ]
    assert seconds[1] == pytest.approx(seconds[0], rel=0.25)
    sound = await real.speak(text, 150, "yue")
    assert loudness(sound, RATE) > 0.05 and np.abs(sound).max() < 1


async def test_what_cantonese_cannot_read_is_left_out(real):
    plain, odd = [len(await real.speak(text, 150, "yue")) for text in ("好好好好", "好好𠮷好好")]
    assert odd == pytest.approx(plain, rel=0.05)
