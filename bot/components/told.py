"""What each time and length of time named in a speech is there for, learnt from marked examples.

People name times for many reasons: their illness began then, their train goes then, they sleep then, they are fetched back then
(我昨天刚出院，天天夜里起三四回，后天上午想找个护士). What stands around each of them tells which one is wanted. The examples are
nlu_data/times.yml; training packs what was learnt from them into the model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterable, List, Sequence, Tuple

import numpy as np

from meaning import around
from meaning.around import CLAUSE, Around, Learnt, Scraps, Shares, clause
from meaning.marks import THEN

WANTED, TOLD, BUSY, UNTIL, OFF = ROLES = ("wanted", "told", "busy", "until", "off")
"""When something is wanted; what is only told; when it does not suit; when it ends; when it is not to be."""
PASSING = (TOLD, BUSY)
"""Roles of times at which nothing is wanted or called off."""
_PASSING = np.array([role in PASSING for role in ROLES])
SURE, SURE_WHEN_ASKED = 0.6, 0.75
"""Probability above which a time is passed over; the other when a day or an hour was asked for."""
SAME = (
    (re.compile(r"[俺额咱阮]们?|我们"), "我"),
    (re.compile(r"[他她佢]们?"), "他"),
    (re.compile(r"[0-9零一二两三四五六七八九十百]+"), "#"),
    (re.compile(r"替|帮"), "给"),
    (re.compile(r"别(?=[来送要])|莫|甭|唔好|不用|不要|不必|唔使|不消|用不着|不劳|不麻烦"), "别"),
    (re.compile(r"唔|冇|没得|没有"), "没"),
    (re.compile(r"想要|想|要"), "要"),
    (
        re.compile(
            r"闺女|丫头|儿子|女儿|崽|娃|孙子|孙女|媳妇|女婿|外甥|侄子|妹子|伢子|姑娘|保姆|护工|老伴|老头子?|老婆子?|[妈爸爹娘]+|哥|姐|弟|妹"
        ),
        "亲",
    ),
)
"""Words that tell the same here."""
SIGNS = {
    "gone": r"了|过(?!来|去)|刚|才|以前|那年|那时|一直|从来|就开始",
    "ill": r"疼|痛|病|摔|手术|开刀|住院|出院|中风|瘫|躺|拆线|感冒|发烧|咳|晕|血压|血糖|糖尿|吃药|打针|透析|化疗|吊",
    "busy": r"睡|眯|困|瞓|歇|不在|没空|不得闲|不得空|没工夫|走不开|来不了|去不了|不行|不成|不中|不方便|太早|太晚|晚了|早了|来不及|起不来|还没|加班|有事|有课|有客|来客|请假|停电|停水",
    "goes": r"(?:去|到|回|出)(?!时候|你们|站里|家里|我家)|火车|高铁|飞机|班车|的号|结婚|喜酒|吃席|酒席|生日|过寿|上坟|办事|开会|接孙|接娃|买菜|赶集|串门|走亲",
    "order": r"[订定约租借]|派|请|叫|找|安排|给|送|来(?!过|的)|上门|洗|剪|理|打扫|擦|修|换|量|评估|陪|接我|搬|取|拿|装|住|用|看看",
    "takes": r"^(?:吧|也?行|可以|也?成|也?中|好|要得|再|就|之?前|以?后|都|开始|起|能|来|送|派|给|想|请|$)",
    "ends": r"接回|接他|接我回|回来接|送回|送我回|归还|还(?!是|没|不|要|有|得|来|能|想|再)|退|结束|到期|为止|出来|接走",
    "to": r"(?:到|至|到了|送到|住到|租到|用到)$",
    "never": r"别|除|取消|退了|不送|不来|跳过|停|少一顿|的不要|先不",
    "moves": r"改|换|推|挪|提前|延",
}
"""Classes of words, looked for before and behind a time in its own clause and in the one behind it."""
_SIGNS = {name: re.compile(pattern) for name, pattern in SIGNS.items()}
@dataclass(frozen=True)
class Named:
    """A time or a length of time in the words."""

    start: int
    end: int
    kind: str
    """What it says: `past`, `day`, `day clock`, `clock`, `part`, `every`, `some day` or `length`."""


def scraps(text: str, times: Sequence[Named], one: Named) -> Dict[int, float]:
    """What tells about one of the times of a text."""
    words = Around.of(text, [(t.start, t.end) for t in times], (one.start, one.end), _plain)
    found = Scraps(words)
    found.signs(_SIGNS, words.near, one.kind)
    for again in times:
        if again is not one and _same(text[one.start : one.end], text[again.start : again.end]):
            said, where = _right_behind(text, times, again), "before" if again.end <= one.start else "behind"
            for name in (name for name, pattern in _SIGNS.items() if pattern.search(said)):
                found.add(f"again {where} {name}")
                found.add(f"again {where} {name} {one.kind}")
    before = sorted({t.kind for t in times if t is not one and t.end <= one.start})
    behind = sorted({t.kind for t in times if t.start >= one.end})
    found.add(f"kind {one.kind}")
    found.add(f"kind {one.kind} {bool(before)} {bool(behind)}")
    for kind in before:
        found.add(f"before {kind} {one.kind}")
    for kind in behind:
        found.add(f"behind {kind} {one.kind}")
    found.add(f"alone {not squeezed(words.whole)}")
    found.add(f"own clause {not words.near[0]} {not words.near[1]} {one.kind}")
    return found.scaled()


def _same(one: str, other: str) -> bool:
    """Whether two words name the same day, the one perhaps with an hour (后天, 后天上午)."""
    return one.startswith(other) or other.startswith(one)


def _right_behind(text: str, times: Sequence[Named], one: Named) -> str:
    """The words behind a time in its clause, up to the next time."""
    following = [t.start for t in times if t.start >= one.end]
    return _plain(CLAUSE.split(text[one.end : min(following, default=len(text))])[0])


def _plain(text: str) -> str:
    for pattern, sign in SAME:
        text = pattern.sub(sign, text)
    return text


def squeezed(text: str) -> str:
    """The words without marks and particles."""
    return re.sub(r"[\s，。,；;、！!？?吧啊呀呢嘛的就那好嗯]", "", text)


class Roles:
    """Tells the role of each time of a text."""

    def __init__(self, learnt: Learnt) -> None:
        self.learnt = learnt

    def of(self, text: str, times: Sequence[Named], asked: bool = False) -> List[str]:
        """The likeliest role of each; a time that is all that is said is wanted.

        Args:
            asked: a day or an hour was asked for, so that one is rather wanted than not.
        """
        if len(times) == 1 and not squeezed(text[: times[0].start] + text[times[0].end :]):
            return [WANTED]
        least = SURE_WHEN_ASKED if asked else SURE
        told = [scraps(text, times, one) for one in times]
        shares = self.learnt.shares(told, [clause(text, (one.start, one.end), THEN) for one in times], _lead)
        return [_likeliest(share, least) for share in shares]

    def save(self, path: Path) -> None:
        """Keeps what was learnt in a file."""
        self.learnt.save(path)

    @classmethod
    def load(cls, path: Path) -> Roles:
        """What was kept in a file."""
        return cls(Learnt.load(path))


def _lead(share: Shares) -> float:
    return abs(2 * float(share[_PASSING].sum()) - 1)


def _likeliest(share: Shares, least: float) -> str:
    group = _PASSING == bool(share[_PASSING].sum() > least)
    return ROLES[int(np.where(group, share, -np.inf).argmax())]


def learn(examples: Iterable[Tuple[str, Sequence[Named], Sequence[str], Sequence[str]]]) -> Roles:
    """What the examples teach; the same examples teach the same.

    Args:
        examples: words, the times in them, the role of each and its clause; one of which the role is "" only stands beside the others.
    """
    told = [
        (scraps(text, times, one), words, ROLES.index(role))
        for text, times, known, clauses in examples
        for one, role, words in zip(times, known, clauses)
        if role
    ]
    return Roles(around.learn(*zip(*told)))
