"""The prepared voice: packing, looking up, and what is shipped."""

import numpy as np
import pytest
import soundfile

from voice_gateway.speaking import inventory
from voice_gateway.speaking.ear_text import hanzi
from voice_gateway.speaking.items import Item, of_template, of_text
from voice_gateway.speaking.packs import CLIPS, MOST_BYTES, pack
from voice_gateway.speaking.plan import plan, shares
from voice_gateway.speaking.prepared import FOLDER, Prepared, read_index
from voice_gateway.speaking.render import name_of


def tone(seconds):
    return (0.3 * np.sin(np.arange(int(16000 * seconds)) / 8)).astype(np.float32)


@pytest.fixture
def studio(tmp_path):
    folder = tmp_path / "studio"
    folder.mkdir()

    def add(*items, seconds=0.5):
        for item in items:
            soundfile.write(folder / name_of(item), tone(seconds), 16000)
        return folder

    return add


def test_packed_clips_come_back_by_their_text(tmp_path, studio):
    items = [Item("您好"), Item("好吗？"), Item("十一月", flowing=True)]
    packed = pack(items, studio(*items), tmp_path / "voice")
    voice = Prepared(tmp_path / "voice")
    assert (packed.clips, len(voice)) == (3, 3)
    assert len(voice.sound(voice.find("您好"))) == pytest.approx(4000, abs=40)
    assert voice.find("十一月").flowing and not voice.find("好吗？").flowing
    assert voice.find("好吗") is None


def test_what_is_not_rendered_yet_is_left_out(tmp_path, studio):
    assert pack([Item("您好"), Item("再见")], studio(Item("您好")), tmp_path / "voice").clips == 1


def test_new_clips_go_into_new_packs_and_old_packs_stay_as_they_are(tmp_path, studio):
    folder = tmp_path / "voice"
    pack([Item("您好")], studio(Item("您好")), folder)
    before = (folder / "pack-000.ogg").read_bytes()
    packed = pack([Item("再见"), Item("您好")], studio(Item("再见")), folder)
    assert (packed.clips, packed.added) == (2, 1)
    assert (folder / "pack-000.ogg").read_bytes() == before
    assert {clip.pack for clip in read_index(folder)} == {"pack-000.ogg", "pack-001.ogg"}


def test_a_text_that_is_no_longer_said_leaves_the_index_and_on_request_the_packs(tmp_path, studio):
    folder = tmp_path / "voice"
    many = [Item(f"第{'一' * n}") for n in range(1, CLIPS + 20)]
    pack(many, studio(*many), folder)
    pack(many[:5], studio(), folder)
    assert len(Prepared(folder)) == 5 and len(list(folder.glob("*.ogg"))) == 2
    for clip in (tmp_path / "studio").iterdir():
        clip.unlink()
    pack(many[:5], studio(), folder, fresh=True)
    assert len(Prepared(folder)) == 5 and len(list(folder.glob("*.ogg"))) == 1
    assert len(Prepared(folder).sound(read_index(folder)[0])) == pytest.approx(4000, abs=40)


def test_the_size_that_is_shipped_is_kept_to_and_the_least_important_left_out(tmp_path, studio, monkeypatch):
    monkeypatch.setattr("voice_gateway.speaking.packs.MOST_BYTES", 20_000)
    items = [Item("您" * n) for n in range(1, 20)]
    packed = pack(items, studio(*items, seconds=2), tmp_path / "voice")
    assert packed.size <= 20_000 and packed.left_out
    kept = [clip.text for clip in read_index(tmp_path / "voice")]
    assert kept == [item.text for item in items[: len(kept)]]


def test_a_damaged_pack_is_not_played(tmp_path, studio):
    pack([Item("您好")], studio(Item("您好")), tmp_path / "voice")
    with (tmp_path / "voice" / "pack-000.ogg").open("r+b") as file:
        file.seek(200)
        file.write(b"xxxx")
    assert Prepared(tmp_path / "voice").find("您好") is None


def test_clips_made_in_an_older_manner_stay_until_they_are_made_anew(tmp_path, studio, monkeypatch):
    folder, items = tmp_path / "voice", [Item("您好"), Item("再见")]
    pack(items, studio(*items), folder)
    old = {clip.text: clip.sha for clip in read_index(folder)}
    monkeypatch.setattr("voice_gateway.speaking.render.MANNER", 999)
    pack(items, studio(Item("您好"), seconds=1.0), folder)
    new = {clip.text: clip for clip in read_index(folder)}
    assert new["再见"].sha == old["再见"] and new["您好"].sha != old["您好"]
    assert len(Prepared(folder).sound(new["您好"])) == pytest.approx(8000, abs=80)


def test_no_prepared_voice_is_none(tmp_path):
    assert len(Prepared(tmp_path)) == 0


def test_a_changed_reading_is_rendered_anew():
    assert name_of(Item("请您重说一遍")) != name_of(Item("请您再说一遍"))
    assert name_of(Item("好")) != name_of(Item("好", flowing=True))


def test_texts_are_cut_into_clauses_and_templates_around_their_slots():
    assert list(of_text("您好，“人工”！好吗？")) == [Item("您好"), Item("人工"), Item("好吗？")]
    assert list(of_template("单号是{number}。{you}住在哪里？好")) == [
        Item("单号是", flowing=True),
        Item("住在哪里？"),
        Item("好"),
    ]


def test_everything_the_product_answers_is_in_the_inventory():
    """Prompts, pieces and every policy sentence: an answer composed of the inventory has no live word."""
    known = {item.text: ("prepared", item.flowing) for item in inventory.inventory()}
    answers = [
        "您想约什么？吃饭、洗澡、看病，都可以直接说。",
        "订好了，单号是三、八、三、二。后天，星期五，中午十一点半到十二点送到。",
        "我给您念一遍：大后天，星期六，十一月二十八号，上午十点，洗澡，到站里洗，一共三十块，到付。对吗？",
        "杨凌二〇二〇年的养老试点方案说，这份方案由杨凌示范区管委会在二〇二〇年十二月十五日公开印发，是正式文件。",
        "要我帮您登记，请人给您回电话吗？".replace("帮您", ""),
    ]
    for answer in answers:
        assert shares(plan(answer, known.get))["live"] == 0, answer


# The voice that is shipped


def shipped():
    voice = Prepared()
    return lambda text: ("prepared", clip.flowing) if (clip := voice.find(text)) else None


def test_what_is_shipped_is_small_and_sound():
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    assert size <= MOST_BYTES
    clips = read_index(FOLDER)
    voice = Prepared()
    assert len(voice) == len(clips) > 500
    for clip in clips[::37]:
        seconds = len(voice.sound(clip)) / 8000
        assert seconds == pytest.approx(clip.milliseconds / 1000, abs=0.05)
        assert 0.04 * hanzi(clip.text) < seconds < 1.3 * hanzi(clip.text) + 0.5, clip.text


def test_the_sentences_of_calls_and_emergencies_are_all_prepared():
    find = shipped()
    for said in inventory.sayings():
        if said.capability in inventory.AT_HAND and "{" not in said.text:
            assert shares(plan(said.text, find))["live"] == 0, said.text


@pytest.mark.parametrize(("rungs", "floor"), [(range(1), 0.98), (range(9), 0.85)])
def test_the_share_of_the_products_own_sentences_that_is_prepared_does_not_fall(rungs, floor):
    find, counted = shipped(), {"recording": 0, "prepared": 0, "live": 0}
    for said in inventory.sayings():
        if said.rung in rungs and "{" not in said.text:
            for source, count in shares(plan(said.text, find)).items():
                counted[source] += count
    assert counted["prepared"] / sum(counted.values()) >= floor


@pytest.mark.parametrize(
    "said", ["三、五、八、二。", "一三八，一二三四，五六七八", "后天，星期五，十一月二十七号，下午三点半。", "早上八点"]
)
def test_digits_dates_and_times_are_prepared(said):
    assert shares(plan(said, shipped()))["live"] == 0
