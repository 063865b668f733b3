"""Puts the speech to train on upon the shelves: human words, one reader, ready neural clips, and espeak-ng.

Sources and licences are listed in docs/speech-model.md. Every voice or text kept out of training is on a shelf of
its own (`…_kept`), so that training cannot take it by mistake.
"""

from __future__ import annotations

import io
import random
import subprocess
import tarfile
import unicodedata
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jieba
import numpy as np
import soundfile
import soxr

from voice_gateway.speech_model.corpus import RATE, Shelf, level, trim
from voice_gateway.speech_model.sentences import BREAKS, HANZI, Talk
from voice_gateway.speech_model.units import text_units

RESERVED = ("zf_xiaoyi", "zm_yunxia")  # neural voices only ever heard in tests, alone or mixed with others
# fmt: off
VARIANTS = [
    "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "f1", "f2", "f3", "f4", "f5", "adam", "Alex", "Alicia",
    "Andrea", "Andy", "Annie", "antonio", "aunty", "belinda", "benjamin", "boris", "caleb", "david", "Denis",
    "Diogo", "ed", "edward", "Gene", "gustave", "Henrique", "Hugo", "iven", "iven3", "Jacky", "john", "kaukovalta",
    "klatt", "klatt3", "Lee", "linda", "marcelo", "Marco", "Mario", "max", "Michael", "michel", "miguel", "Mike",
    "Nguyen", "pablo", "paul", "pedro", "quincy", "RicishayMax", "rob", "robert", "sandro", "shelby", "steph",
    "steph2", "Storm", "travis", "victor", "zac", "anika", "grandma", "grandpa", "norbert", "croak", "whisperf",
]
# fmt: on
VARIANTS_KEPT = ("f2", "m3", "Annie", "Mario", "linda", "max", "grandma", "Denis")  # espeak-ng timbres only for tests
jieba.setLogLevel(60)


def kept_out(name: str, percent: int) -> bool:
    """A fixed few per cent of the names."""
    return zlib.crc32(name.encode()) % 100 < percent


def read(source: Path | io.BytesIO) -> np.ndarray:
    """Any sound file as mono float at 8 kHz."""
    sound, rate = soundfile.read(source, dtype="float32", always_2d=True)
    return soxr.resample(sound.mean(1), rate, RATE) if rate != RATE else sound.mean(1)


def words_of(text: str) -> str:
    """Hanzi cut into words, which are what has a pronunciation; no punctuation."""
    return " ".join(word for part in BREAKS.split(text) for word in jieba.cut(part) if HANZI.fullmatch(word))


def _members(archive: Path, ending: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile() and member.name.endswith(ending):
                data = tar.extractfile(member)
                assert data is not None
                yield unicodedata.normalize("NFC", member.name), data.read()


def human_words(archive: Path, shelves: Path) -> int:
    """audio-cmn's words; its `syllabs` folder is left out (an older notice forbids commercial use)."""
    train, kept = Shelf(shelves, "human"), Shelf(shelves, "human_kept")
    train.clear()
    kept.clear()
    count = 0
    for name, data in _members(archive, ".mp3"):
        word = Path(name).stem.removeprefix("cmn-")
        if "/hsk/" not in name or not HANZI.fullmatch(word) or text_units(word) is None:
            continue
        sound = trim(level(read(io.BytesIO(data))), 0.02, 400)
        if 0.1 * RATE < len(sound) < 2.5 * RATE:
            (kept if kept_out(word, 2) else train).add(sound, "yue_tan", word)
            count += 1
    return count


def reader(archive: Path, shelves: Path) -> int:
    """AISHELL-1, speaker S0150."""
    train, kept = Shelf(shelves, "reader"), Shelf(shelves, "reader_kept")
    train.clear()
    kept.clear()
    found = {Path(name).name: data for name, data in _members(archive, "")}
    rows = [row.split("\t") for row in found["transcripts.tsv"].decode().splitlines()]
    for name, text in rows:
        if HANZI.fullmatch(text) and text_units(words_of(text)):
            (kept if kept_out(name, 5) else train).add(level(read(io.BytesIO(found[name]))), "S0150", text)
    return len(rows)


def ready_clips(archive: Path, shelves: Path) -> int:
    """Neural clips made before, with manifest.tsv (file, voice, speed, text)."""
    shelf = Shelf(shelves, "clips")
    shelf.clear()
    found = {Path(name).name: data for name, data in _members(archive, "")}
    for row in found["manifest.tsv"].decode().splitlines():
        name, voice, _, text = row.split("\t")
        if not any(reserved in voice for reserved in RESERVED):
            shelf.add(level(read(io.BytesIO(found[name]))), voice, text)
    return len(shelf.clips())


def _espeak(text: str, variant: str, chance: random.Random) -> np.ndarray:
    speed, pitch = str(chance.randint(105, 220)), str(chance.randint(10, 90))
    command = ["espeak-ng", "-v", f"cmn+{variant}", "-s", speed, "-p", pitch, "--stdout", text]
    said = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(said[44:], "<i2").astype(np.float32)


def espeak(shelves: Path, count: int, seed: int, kept: bool = False) -> int:
    """Formant synthesis in many timbres: poor as a voice, but sure of its text and cheap."""
    shelf = Shelf(shelves, "espeak_kept" if kept else "espeak")
    talk, chance = Talk(seed), random.Random(seed)
    variants = VARIANTS_KEPT if kept else [v for v in VARIANTS if v not in VARIANTS_KEPT]
    words = common_words()

    def one(i: int) -> tuple[str, str, np.ndarray]:
        own = random.Random(seed * 1_000_003 + i)
        variant, text = jobs[i]
        return text, variant, _espeak(text, variant, own)

    def text() -> str:
        if kept:
            return talk.phrase()
        if chance.random() < 0.12:
            return talk.figures(chance.choice([4, 6, 8, 11]))
        return (
            talk.sentence()
            if chance.random() < 0.55
            else "，".join(chance.choice(words) for _ in range(chance.randint(2, 6)))
        )

    jobs = [(chance.choice(variants), text()) for _ in range(count)]
    with ThreadPoolExecutor(2) as pool:
        for said, variant, sound in pool.map(one, range(count)):
            if len(sound) > 3000:
                shelf.add(level(soxr.resample(sound, 22050, RATE)), f"espeak-{variant}", said)
    return len(shelf.clips())


def common_words(top: int = 20_000) -> list[str]:
    """The most frequent words of jieba's dictionary."""
    lines = (line.split() for line in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines())
    rows = [(int(line[1]), line[0]) for line in lines if HANZI.fullmatch(line[0]) and len(line[0]) <= 4]
    return [word for _, word in sorted(rows, reverse=True)[:top] if text_units(word)]
