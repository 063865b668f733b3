"""Which of the people named in a turn the service is for, and which are only named: learnt from marked examples.

People name others for many reasons: they ask, they come as guests, they recommend, they are away, they help, they have died
(我姐叫我打电话，给我妈订下个星期的饭). What stands around each of them tells which one is meant. The examples are
`care/data/booking/for_whom.yaml`; the weights in `for_whom.bin` are made of them by `python -m care.booking.whom_learnt`.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy

from care.booking import data

WEIGHTS = data.FOLDER / "for_whom.bin"
PLACES = 1 << 15
"""Size of the hashed table of scraps."""
STEPS = 12
"""Steps of one signed byte to a weight of one."""
MEANT = -0.3
"""Log odds above which somebody is the one it is for."""
JOINED = 3
"""Characters between father and mother who are named together (我爸和我妈)."""
OTHER = "△"
"""Sign for all others than the one who is looked at."""
_CLAUSE = re.compile(r"[，。,；;、！!？?\s]+")
_CHILDREN = re.compile(
    r"大儿子|小儿子|儿子|女儿|闺女|丫头|姑娘|孙子|孙女|外孙女?|崽|妹子|伢子|媳妇|儿媳妇?|女婿|孩子们?|娃娃?"
)
_SAME = (
    (re.compile(r"[俺额咱]们?|我们"), "我"),
    (re.compile(r"[他她]们?(?:自己)?"), "他"),
    (re.compile(r"[0-9零一二两三四五六七八九十百]+"), "#"),
    (re.compile(r"替|帮"), "给"),
    (re.compile(r"能不能|可不可以|能否"), "能"),
)
"""Words that tell the same here."""
_TOLD = {
    "gone": re.compile(r"走了|没了|去世|过世|不在了|走得早|生前|以前|前年|那时候|年前|刚走|之后就|住院去了"),
    "helps": re.compile(r"介绍|推荐|说|讲|都[订用装说]|也[订用装]|叫我|让我|喊我|教我|托我|要我"),
    "comes": re.compile(r"来|回来|过来|到家|回家|几个|一家|聚|坐坐|打麻将|打牌|过节|做客"),
    "there": re.compile(
        r"在家|陪我|开门|接我|送我|管|照顾|出差|上班|在外|外地|不在|没空|忙|走不开|帮不[了上]|扶不动|搬不动|抱不动"
    ),
    "needs": re.compile(
        r"腿|脚|眼|耳|腰|瘫|中风|卧床|摔|病|手术|出院|住院|走路|走不|下不了|起不|不动|不便|不方便|不能|糊涂|一个人|独居|岁|聋|失能|偏瘫|透析"
        r"|要[换打洗剪理修看租做评退]|想[洗剪理吃租做办进装找去]|需要|没人"
    ),
    "company": re.compile(r"[和跟同与]△?$|^[和跟同与]|两个人过|搭伴|都"),
}
"""What is told of somebody, in the same clause or in the next."""
_BOOKED = re.compile(
    r"约|预约|订|定|找|请|叫|派|送|租|借|装|办|申请|登记|报|做|修|弄|剪|理|打扫|量|换|上门|洗|评|排|签|买|安排|来"
)
_SELF = re.compile(r"我自己|我自个|我本人|[给帮替]我|我要|我想|我也")
WINDOW = ((1, 2, 3, 4), (1, 2, 3, 4, 5))
"""Lengths of the scraps right before and right behind somebody."""
NEAR, AROUND, BESIDES = 1.0, 0.5, 0.35
"""Worth of a scrap that touches somebody, of one in the same clause, and of one in another."""
KINDS = {
    "own": ("mother", "father", "parents", "grandmother", "grandfather", "mother_in_law", "father_in_law", "elder"),
    "half": ("spouse",),
    "far": ("sibling", "aunt_uncle", "friend"),
    "near": ("neighbour",),
    "care": ("client",),
}


@dataclass(frozen=True)
class Named:
    """Somebody named in the words."""

    start: int
    end: int
    relation: str


def scraps(text: str, people: Sequence[Named], one: Named) -> dict[str, float]:
    """What tells about one of the people in a text, scaled to length one."""
    before = _plain(_signed(text[: one.start], [p for p in people if p.end <= one.start]))
    behind = _plain(
        _signed(
            text[one.end :],
            [Named(p.start - one.end, p.end - one.end, p.relation) for p in people if p.start >= one.end],
        )
    )
    left, *earlier = reversed(_CLAUSE.split(before))
    right, *later = _CLAUSE.split(behind)
    found: dict[str, float] = {}

    def add(scrap: str, worth: float) -> None:
        found[scrap] = max(worth, found.get(scrap, 0.0))

    for size in WINDOW[0]:
        add(f"<{('^' + left)[-size:]}", NEAR)
    for size in WINDOW[1]:
        add(f">{(right + '$')[:size]}", NEAR)
    add(f"<>{('^' + left)[-1]}{(right + '$')[0]}", NEAR)
    add(f"<>{('^' + left)[-2:]}{(right + '$')[:2]}", NEAR)
    for name, words, worth in (("l", left, AROUND), ("r", right, AROUND)):
        for piece in _pieces(f"^{words}$"):
            add(f"{name}{piece}", worth)
    for n, words in enumerate(later):
        for piece in _pieces(words):
            add(f"n{piece}", BESIDES if n else AROUND)
    for words in earlier:
        for piece in _pieces(words):
            add(f"e{piece}", BESIDES)
    kind = next((name for name, codes in KINDS.items() if one.relation in codes), "none")
    first = not any(p.start < one.start for p in people)
    last = not any(p.start > one.start for p in people)
    others = [p for p in people if p.relation != one.relation]
    again = len(people) - len(others) > 1
    for name, pattern in _TOLD.items():
        for where, words in (("l", left), ("r", right), ("n", later[0] if later else "")):
            if pattern.search(words):
                add(f"told {name} {where}", NEAR)
                add(f"told {name} {where} {kind}", NEAR)
    add(f"kind {kind}", NEAR)
    add(f"place {first}{last}", NEAR)
    add(f"kind {kind} {bool(others)}", NEAR)
    add(f"alone {not others}", NEAR)
    add(f"again {again}", NEAR)
    add(f"begins {not _CLAUSE.sub('', before)} {kind}", NEAR)
    add(f"self {bool(_SELF.search(text[: one.start]))} {bool(_SELF.search(text[one.end :]))}", NEAR)
    add(f"booked {left.endswith(('给', '给我', '给我家', '给那'))} {bool(_BOOKED.match(right))}", NEAR)
    add(f"given {left.endswith(('给', '给我', '给我家', '给那', '给个'))}", NEAR)
    add(f"other given {f'给{OTHER}' in before or f'给{OTHER}' in behind or f'给我{OTHER}' in before + behind}", NEAR)
    add(f"he is given {'给他' in behind}", NEAR)
    length = math.sqrt(sum(worth * worth for worth in found.values()))
    return {scrap: worth / length for scrap, worth in found.items()}


def _signed(text: str, people: Sequence[Named]) -> str:
    for other in sorted(people, key=lambda p: -p.start):
        text = text[: other.start] + OTHER + text[other.end :]
    return text


def _plain(text: str) -> str:
    text = _CHILDREN.sub("子", text)
    for pattern, sign in _SAME:
        text = pattern.sub(sign, text)
    return text


def _pieces(words: str) -> set[str]:
    return {words[at : at + size] for size in (2, 3) for at in range(len(words) - size + 1)}


def place(scrap: str) -> int:
    """The place of a scrap in the table; the same in every process."""
    return zlib.crc32(scrap.encode()) % PLACES


@lru_cache
def _weights() -> numpy.ndarray:
    """The table and, behind it, what speaks for somebody from the start."""
    return numpy.frombuffer(WEIGHTS.read_bytes(), numpy.int8)


def likely(text: str, people: Sequence[Named], one: Named) -> float:
    """For one of the people above nought, against them below; about the logarithm of the odds."""
    weights = _weights()
    told = scraps(text, people, one).items()
    return (sum(worth * int(weights[place(scrap)]) for scrap, worth in told) + int(weights[-1])) / STEPS


def meant(text: str, people: Sequence[Named]) -> str:
    """The relation of whoever the service is for; empty when all are only named. Father and mother in one breath are meant both."""
    sure = sorted(
        ((score, one) for one in people if (score := likely(text, people, one)) > MEANT), key=lambda found: -found[0]
    )
    if not sure:
        return ""
    best = sure[0][1]
    for _, other in sure[1:]:
        first, second = sorted((best, other), key=lambda one: one.start)
        if {best.relation, other.relation} == {"mother", "father"} and second.start - first.end <= JOINED:
            return "parents"
    return best.relation
