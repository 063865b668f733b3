"""The voice as a call uses it."""

import numpy as np
import pytest
import soundfile

from voice_gateway.audio import FRAME_BYTES, milliseconds
from voice_gateway.speaking import SpeakingFailed, Voice
from voice_gateway.speaking.items import Item
from voice_gateway.speaking.live import LiveFailed
from voice_gateway.speaking.packs import pack
from voice_gateway.speaking.render import name_of


def tone(seconds, rate, hertz=300.0):
    return (0.3 * np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate)).astype(np.float32)


class FakeLive:
    """Speaks a fifth of a second for each hanzi, or fails."""

    def __init__(self):
        self.asked, self.broken = [], False

    async def warm(self):
        pass

    async def close(self):
        pass

    async def speak(self, text, rate, accent="cmn"):
        if self.broken:
            raise LiveFailed("broken")
        self.asked.append((text, rate, accent))
        return tone(0.2 * len(text), 8000, 500)


@pytest.fixture
def live():
    return FakeLive()


@pytest.fixture
def prepared(tmp_path):
    items = [Item("您好"), Item("请稍等"), Item("单号是", flowing=True), *(Item(digit) for digit in "三五八二")]
    studio = tmp_path / "studio"
    studio.mkdir()
    for item in items:
        soundfile.write(studio / name_of(item), tone(0.5, 16000), 16000)
    pack(items, studio, tmp_path / "prepared")
    return tmp_path / "prepared"


@pytest.fixture
def voice(prepared, live):
    return Voice(prepared=prepared, live=live)


async def pieces(voice, text, **how):
    return [piece async for piece in voice.speak(text, **how)]


async def test_prepared_words_are_prepared_and_the_rest_is_live(voice, live):
    said = await pieces(voice, "您好，王秀英。单号是三、五、八、二。")
    assert [(piece.text, piece.source) for piece in said] == [
        ("您好", "prepared"), ("王秀英", "live"), ("单号是三五八二", "prepared"),
    ]  # fmt: skip
    assert [text for text, _, _ in live.asked] == ["王秀英"]
    assert voice.share() == {"recording": 0, "prepared": 9, "live": 3, "live_share": 0.25}


async def test_sound_is_whole_frames_of_the_telephone(voice):
    for piece in await pieces(voice, "您好，王秀英。"):
        assert piece.pcm and len(piece.pcm) % FRAME_BYTES == 0


async def test_the_first_clause_is_there_before_the_next_is_made(voice, live):
    speaking = voice.speak("您好，王秀英。")
    assert (await anext(speaking)).text == "您好"
    assert live.asked == []
    assert (await anext(speaking)).text == "王秀英"


@pytest.mark.parametrize("text", ["", "  ", "😀😀", "（）", "\n"])
async def test_nothing_to_say_is_no_sound(voice, text):
    assert await pieces(voice, text) == []


async def test_a_huge_text_is_spoken_piece_by_piece(voice):
    said = await pieces(voice, "王秀英，" * 5000)
    assert len(said) > 900 and max(milliseconds(piece.pcm) for piece in said) < 5000


async def test_slower_is_slower_for_every_source(voice, live):
    usual, slow = [await pieces(voice, "您好，王秀英。", pace=pace) for pace in (140, 105)]
    assert len(slow[0].pcm) > 1.2 * len(usual[0].pcm)
    assert live.asked[1][1] < live.asked[0][1]


async def test_louder_is_louder_without_clipping(voice):
    usual, loud = [
        np.frombuffer((await pieces(voice, "您好", louder=louder))[0].pcm, "<i2").astype(float)
        for louder in (False, True)
    ]
    assert np.sqrt((loud**2).mean()) > 1.6 * np.sqrt((usual**2).mean())
    assert np.abs(loud).max() < 32700


async def test_cantonese_is_all_live(voice, live):
    assert {piece.source for piece in await pieces(voice, "您好，请稍等。", accent="yue")} == {"live"}
    assert {accent for _, _, accent in live.asked} == {"yue"}


async def test_a_towns_recording_wins(prepared, live, tmp_path):
    folder = tmp_path / "recordings"
    folder.mkdir()
    soundfile.write(folder / "a.wav", tone(3, 22050), 22050)
    (folder / "index.tsv").write_text("a.wav\t您好！", "utf-8")
    said = await pieces(Voice(folder, prepared, live), "您好，请稍等。")
    assert [piece.source for piece in said] == ["recording", "prepared"]
    assert milliseconds(said[0].pcm) > 3000


async def test_a_recording_of_a_whole_sentence_is_used_for_it(prepared, live, tmp_path):
    folder = tmp_path / "recordings"
    folder.mkdir()
    soundfile.write(folder / "a.wav", tone(2, 8000), 8000)
    (folder / "index.tsv").write_text("a.wav\t您好，请稍等。", "utf-8")
    voice = Voice(folder, prepared, live)
    said = await pieces(voice, "请稍等。您好，请稍等。")
    assert [piece.source for piece in said] == ["prepared", "recording"]


async def test_a_prepared_clip_that_cannot_be_read_is_said_live(voice, prepared, live):
    (prepared / "pack-000.ogg").unlink()
    assert [(piece.text, piece.source) for piece in await pieces(voice, "您好")] == [("您好", "live")]


async def test_when_no_source_can_say_it_the_call_is_told(voice, live):
    live.broken = True
    with pytest.raises(SpeakingFailed):
        await pieces(voice, "王秀英")
    assert (await pieces(voice, "您好"))[0].source == "prepared"


async def test_what_must_always_be_at_hand_outlives_its_file(prepared, live, monkeypatch):
    monkeypatch.setattr("voice_gateway.speaking.voice.at_hand", lambda: ["请稍等"])
    voice = Voice(prepared=prepared, live=live)
    await voice.warm()
    (prepared / "pack-000.ogg").unlink()
    live.broken = True
    assert [piece.source for piece in await pieces(voice, "请稍等。")] == ["prepared"]
