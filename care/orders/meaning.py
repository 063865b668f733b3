"""What somebody means once an order stands: how it stands, how it will be done, a change, a note, that all is well …

Without the order these words mean something else or nothing (再少一份, 还算数吧, 要自己备毛巾不), so the bot, which hears each
sentence by itself, cannot know them. Learnt from `care/data/order_talk.yaml` by ridge regression on scraps of letters, with
services, times, kin and numbers put into one class each, and as well by what the whole sentence means (`meaning`); the closed
solution takes a moment and is the same in every process.
Words unlike all examples come out near nought for every meaning, and are left to the bot.
"""

from __future__ import annotations

import math
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy
import yaml

from care.service_list import aliases
from care.turn import Turn
from meaning import Lessons

EXAMPLES = Path(__file__).resolve().parent.parent / "data" / "order_talk.yaml"
STATUS, VISIT, CHANGE, CANCEL, NOTE = "status", "visit", "change", "cancel", "note"
RATE, COMPLAIN, NEW, AGAIN, SETTLED, OTHER = "rate", "complain", "new", "again", "settled", "other"
PLACES = 1 << 14
"""Size of the hashed table of scraps."""
ROUNDS = 25
"""Steps of learning; more of them change no answer."""
RIDGE = 0.35
"""How little a single example is trusted."""
MEANING_RIDGE = 0.2
"""The same for what the whole sentence means."""
MEANING_SHARE = 0.5
"""Worth of that against the scraps, together one."""
SURE = 0.28
"""Least score with which a meaning is taken."""
AHEAD = 0.08
"""So much it must be ahead of the next."""
LEANS = 0.2
"""Score from which the nearest meaning of words is taken that nobody knows surely."""
ASKS = re.compile(
    r"[?？]|吗|呢|么|几|多少|[啥谁哪](?!.{0,3}[也都])|怎|咋|(?:不|没有?|未|吧)[啊呀呢]?$|是[^，。]{1,8}还是|(.)[不唔没冇]\1"
)
"""Words that ask something."""
LONGEST = 40
"""Characters; longer speeches tell a story, which the bot hears as a whole."""
PAUSE = re.compile(r"[，。！？；,.!?;]")
SHORTEST, PLAIN = 4, 0.45
"""Characters of a piece that may carry the meaning, and the score it must have alone."""
UNSURE_OF = ("inform", "correct", "nlu_fallback", "deny", "stop", "ask_time")
"""Intents beside which one plain piece decides."""
TRUST = 0.3
"""Worth of a sure word of the bot beside the score."""
HEARD_AS = {
    "order_status": STATUS, "order_cancel": CANCEL, "order_reschedule": CHANGE, "rate": RATE, "complain": COMPLAIN,
    "service_query": VISIT, "price_query": VISIT, "book": NEW, "add_item": NEW,
}  # fmt: skip
"""What the intents of the bot speak for; those not named speak for something else."""
VAGUE = frozenset(
    {
        "inform",
        "correct",
        "nlu_fallback",
        "affirm",
        "deny",
        "stop",
        "go_back",
        "dont_know",
        "hold_on",
        "callback",
        "ask_time",
        "help",
        "out_of_scope",
    }
)
"""Intents that say nothing of it: answers when nothing was asked."""
_SPACE = re.compile(r"[\s。！？、,.!?…~～；;：:“”\"'（）()]+")
_WHETHER = re.compile(r"(.)[不唔没冇]\1")
"""A verb and its no together ask (用不用, 来不来, 得唔得): they refuse nothing."""
_DIGITS = re.compile(r"\d+")
_ITS_NUMBER = re.compile(r"(?P<told>(?:单号|电话|号码)(?:是)?)?\d{3,}[，,。 ]*")
"""Digits of an order or a telephone: any others may stand there. Bare they stand for the order (2527那个取消吧)."""
THAT_ORDER = "那单"
_COUNT = re.compile(r"[一二两三四五六七八九十]+(?=份|个人|位|个钟|个小时|天|个月|个星期|周|号楼|栋)")
_TIME = re.compile(
    r"大后[天日]|[今明后昨前][天日晚早]|明儿个?|后儿个?|今儿个?|听日|(?:[上下本这]个?)?(?:星期|礼拜|周)[一二三四五六日天末]|[一二两三四五六七八九十]+点(?:半|钟|一刻)?|上午|下午|中午|晌午|早上|晚上|夜里|后晌"
)
_KIN = re.compile(
    r"(?:我|俺|额)?(?:老伴|老头子?|老太婆|儿子|女儿|闺女|媳妇|孙子|孙女|外孙女?|侄[儿子女]|妈妈?|爸爸?|娘|爹|姐姐?|妹妹?|哥哥?|弟弟?|老妹子|孩子|老幺|崽)"
)
WORTH = (0.0, 1.0, 1.4, 1.7, 2.0)
"""Of a scrap by its length."""


@lru_cache
def _services() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, aliases()), key=len, reverse=True)))


def _classed(text: str) -> str:
    """The words with services, times, kin and numbers put into one class each."""
    words = _services().sub("S", text)
    words = _COUNT.sub("Q", _TIME.sub("T", _KIN.sub("K", words)))
    return _DIGITS.sub("N", words)


def scraps(text: str) -> dict[int, float]:
    """Neighbouring letters of the words and of the classed words, each by its place, scaled to length one."""
    plain = "^" + _WHETHER.sub(r"W\1", _SPACE.sub("", text)) + "$"
    found: dict[int, float] = {}
    for mark, words, sizes in (("l", plain, (1, 2, 3)), ("c", _classed(plain), (1, 2, 3, 4))):
        for size in sizes:
            for start in range(len(words) - size + 1):
                piece = words[start : start + size]
                found[zlib.crc32((mark + piece).encode()) % PLACES] = WORTH[size]
    length = math.sqrt(sum(worth * worth for worth in found.values()))
    return {place: worth / length for place, worth in found.items()}


def examples() -> list[tuple[str, str]]:
    """Every sentence on file with its meaning."""
    with EXAMPLES.open(encoding="utf-8") as file:
        return [(text, meaning) for meaning, texts in yaml.safe_load(file).items() for text in texts]


@dataclass(frozen=True)
class _Table:
    """Examples as a sparse table: the scraps of one after those of the other, and the same in the order of the scraps."""

    places: numpy.ndarray
    worths: numpy.ndarray
    rows: numpy.ndarray
    starts: numpy.ndarray

    @classmethod
    def of(cls, texts: list[str]) -> _Table:
        told = [scraps(text) for text in texts]
        sizes = [len(one) for one in told]
        return cls(
            numpy.array([place for one in told for place in one]),
            numpy.array([worth for one in told for worth in one.values()]),
            numpy.repeat(numpy.arange(len(told)), sizes),
            numpy.cumsum([0, *sizes])[:-1],
        )

    def told_by(self, weights: numpy.ndarray) -> numpy.ndarray:
        """For each example the sum of the weights of its scraps."""
        return numpy.add.reduceat(weights[self.places] * self.worths[:, None], self.starts)

    def gathered(self, values: numpy.ndarray) -> numpy.ndarray:
        """For each scrap the sum of the values of its examples."""
        return numpy.stack(
            [numpy.bincount(self.places, one[self.rows] * self.worths, PLACES) for one in values.T], axis=1
        )


@lru_cache
def _learnt() -> tuple[list[str], numpy.ndarray]:
    """The meanings, and for each scrap what it says for each of them (conjugate gradients on the ridge equations)."""
    taught = examples()
    meanings = sorted({meaning for _, meaning in taught})
    table = _Table.of([text for text, _ in taught])
    trust = numpy.zeros((len(taught), len(meanings)))
    rest = numpy.array([[float(meaning == one) for one in meanings] for _, meaning in taught])
    way, left = rest.copy(), (rest**2).sum(axis=0)
    for _ in range(ROUNDS):
        along = table.told_by(table.gathered(way)) + RIDGE * way
        step = left / (way * along).sum(axis=0)
        trust += step * way
        rest = rest - step * along
        now = (rest**2).sum(axis=0)
        way, left = rest + now / left * way, now
    return meanings, table.gathered(trust)


@lru_cache
def _by_meaning() -> Lessons:
    meanings, _ = _learnt()
    taught = examples()
    answers = numpy.array([[float(meaning == one) for one in meanings] for _, meaning in taught])
    return Lessons([text for text, _ in taught], answers, MEANING_RIDGE)


def scores(text: str) -> dict[str, float]:
    """How much the words speak for each meaning: about one for a known sentence, about nought for one unlike all."""
    meanings, weights = _learnt()
    told = scraps(text)
    said = numpy.array(list(told.values())) @ weights[list(told)]
    lessons = _by_meaning()
    alike = lessons.alike(_ITS_NUMBER.sub(lambda found: "" if found["told"] else THAT_ORDER, text) or text)
    if alike is not None:
        said = (1 - MEANING_SHARE) * said + MEANING_SHARE * lessons.answers(alike)
    return dict(zip(meanings, (float(score) for score in said), strict=True))


def of_words(text: str) -> str:
    """The meaning of words said while an order stands; empty where it is not clear or has nothing to do with orders."""
    whole = _clearest(scores(text)) if text and len(text) <= LONGEST else ""
    return whole or of_a_piece(text)


def of_a_piece(text: str) -> str:
    """The meaning of the one piece that is plain, beside others that only give reasons (她几点能完，我十二点要接孙子)."""
    pieces = [piece for piece in PAUSE.split(text) if len(piece) >= SHORTEST]
    told = {piece: scores(piece) for piece in pieces} if len(pieces) > 1 else {}
    plain = {
        _clearest(one): max(one.values()) for one in told.values() if max(one.values()) >= PLAIN and _clearest(one)
    }
    return max(plain, key=lambda meaning: plain[meaning], default="")


def nearest(text: str) -> str:
    """The meaning that words are nearest to which neither we nor the bot know surely; empty when they are near none."""
    told = scores(text) if text and len(text) <= LONGEST else {}
    best = max(told, key=lambda one: told[one], default=OTHER)
    return best if told and best != OTHER and told[best] >= LEANS else ""


def of(turn: Turn) -> str:
    """The same for a turn, with what the bot took it for counted in: it has heard far more of everything else."""
    if not turn.text or len(turn.text) > LONGEST:
        return ""
    told = scores(turn.text)
    bot = HEARD_AS.get(turn.intent, "" if turn.intent in VAGUE else OTHER)
    if bot:
        told[bot] += TRUST * turn.confidence
    return _clearest(told) or (of_a_piece(turn.text) if turn.intent in UNSURE_OF else "")


def _clearest(told: dict[str, float]) -> str:
    (best, high), (second, near), (_, third) = sorted(told.items(), key=lambda pair: -pair[1])[:3]
    rival = third if {best, second} == {STATUS, VISIT} else near  # both ask, and are answered from the same order
    return best if high >= SURE and high - rival >= AHEAD and best != OTHER else ""
