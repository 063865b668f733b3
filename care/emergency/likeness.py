"""How much words are like those with which people tell of danger: a linear measure over their letters and sounds.

The patterns of the data files know the tellings that somebody thought of; this one has learnt from all examples on file
(dangers and everyday talk) which scraps of speech speak for danger and which against it, so that a new telling, built of
known scraps, is still heard. Scraps are neighbouring letters, neighbouring sounds (as `sound.merged`), and letters with
kin, parts of the body and times of day put into one class each. The weights stand in `care/data/emergency_likeness.bin`
(one signed byte for each place of a hashed table) and are made by `python -m care.emergency.learn`.
"""

from __future__ import annotations

import math
import re
import zlib
from functools import lru_cache
from pathlib import Path

import numpy

from care.emergency.sound import syllable

WEIGHTS = Path(__file__).parents[1] / "data" / "emergency_likeness.bin"
PLACES = 1 << 19
"""Size of the hashed table; over 100,000 scraps occur at least twice in the examples, and two at one place blur each other."""
STEPS = 8
"""Steps of one signed byte to a weight of one."""
PIECE, STEP = 18, 6
"""Longer words are also looked at in pieces of so many characters, which overlap."""
OF_A_PIECE = 0.6
"""Worth of such a piece beside the whole; measured on tellings of a writer nothing was learnt from."""
LETTER, SOUND, APART, CLASS = 1.0, 0.7, 0.5, 0.8
"""Worth of a scrap by its sort."""
KIN = re.compile(
    "老[娘爹妈爸]|老母亲|老父亲|老伴儿?|老头子?|老头儿|老公|老婆|老太太?|老太婆|老奶奶|老大爷|老爷爷|老人家?|老爷子|老汉儿?|大爷|大妈|大娘"
    "|[王李张刘陈杨赵黄周吴][大爷奶叔伯姨婶]{1,2}|阿[姨婆公伯嫲爷妈爸]|妈妈?|妈咪|娘|爸爸?|爹|爷爷?|奶奶?|姥姥|姥爷|外公|外婆|婆婆?|公公|丈母娘"
    "|岳[父母]|孩子|孙[子女]儿?|娃儿?|崽|我家|我|俺|他|她"
)
BODY = re.compile(
    "胸口?|心口窝?子?|心窝子?|心脏|心前区|头|脑袋|脑壳|脑门|额头|后脑勺|脸|嘴巴?角?|舌头|眼睛?|鼻子?|喉咙|嗓子眼?|脖子|肩膀?|胳膊肘?|膀子"
    "|手腕子?|手指头?|手|后?背|腰杆?|肚子|胃|屁股|胯骨?|尾巴骨|大?腿|膝盖|脚脖子|脚面?|脚趾|骨头|牙"
)
JUST = re.compile("刚才?刚?|突然间?|忽然|一下子|现在|这会儿|猛地|眼下")
LONG_AGO = re.compile(
    "去年|前年|上个?月|上回|上次|以前|从前|那年|那次|[一二两三五十几]+年前|小时候|年轻时|昨天|前几天|上礼拜"
)
CLASSES = "KBTP"
"""Letters that stand for kin, body, just now and long ago."""


def scraps(words: str) -> dict[str, float]:
    """The scraps of words without blanks (see `detect.plain`), scaled to length one."""
    letters = f"^{words.replace('，', '')}$"
    spoken = [syllable(c) for c in letters]
    classed = LONG_AGO.sub("P", JUST.sub("T", BODY.sub("B", KIN.sub("K", letters))))
    found: dict[str, float] = {}
    for size in (1, 2, 3):
        for start in range(len(letters) - size + 1):
            found["l" + letters[start : start + size]] = LETTER
    for size in (2, 3):
        for start in range(len(spoken) - size + 1):
            found["s" + " ".join(spoken[start : start + size])] = SOUND
    for start in range(len(letters) - 2):
        found[f"k{letters[start]}{letters[start + 2]}"] = APART
    for size in (2, 3, 4):
        for start in range(len(classed) - size + 1):
            piece = classed[start : start + size]
            if any(letter in CLASSES for letter in piece):
                found["c" + piece] = CLASS
    length = math.sqrt(sum(worth * worth for worth in found.values()))
    return {scrap: worth / length for scrap, worth in found.items()}


def place(scrap: str) -> int:
    """The place of a scrap in the table; the same in every process."""
    return zlib.crc32(scrap.encode()) % PLACES


@lru_cache
def _weights() -> numpy.ndarray:
    """The table and, behind it, what speaks for danger from the start."""
    return numpy.frombuffer(WEIGHTS.read_bytes(), numpy.int8)


def likeness(words: str) -> float:
    """For danger above nought, against it below; about the logarithm of the odds.

    Of long words the piece that speaks most for danger is weighed beside the whole, in which much else is said.
    """
    whole = _speaks_for(words)
    return (whole + OF_A_PIECE * max(map(_speaks_for, pieces(words)))) / (1 + OF_A_PIECE) if len(words) > PIECE else whole


def pieces(words: str) -> list[str]:
    """The pieces that are looked at besides the whole; short words are their own and only one."""
    return [words[start : start + PIECE] for start in range(0, max(1, len(words) - PIECE + STEP), STEP)]


def _speaks_for(words: str) -> float:
    weights = _weights()
    return (
        sum(worth * int(weights[place(scrap)]) for scrap, worth in scraps(words).items()) + int(weights[-1])
    ) / STEPS
