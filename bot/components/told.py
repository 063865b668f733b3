"""What each time and length of time named in a speech is there for, learnt from marked examples.

People name times for many reasons: their illness began then, their train goes then, they sleep then, they are fetched back then
(我昨天刚出院，天天夜里起三四回，后天上午想找个护士). What stands around each of them tells which one is wanted. The examples are
nlu_data/times.yml; training packs what was learnt from them into the model.
"""

from __future__ import annotations

import math
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterable, List, Sequence, Set, Tuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

WANTED, TOLD, BUSY, UNTIL, OFF = ROLES = ("wanted", "told", "busy", "until", "off")
"""When something is wanted; what is only told; when it does not suit; when it ends; when it is not to be."""
PASSING = (TOLD, BUSY)
"""Roles of times at which nothing is wanted or called off."""
PLACES = 1 << 14
"""Size of the hashed table of scraps."""
FIRMNESS = 100.0
"""Inverse strength of the regularisation."""
SURE, SURE_WHEN_ASKED = 0.5, 0.75
"""Probability above which a time is passed over; the other when a day or an hour was asked for."""
OTHER = "△"
"""Sign for all other times than the one that is looked at."""
CLAUSE = re.compile(r"[，。,；;、！!？?\s]+")
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
BEFORE, BEHIND = (1, 2, 3), (1, 2, 3, 4)
"""Lengths of the scraps right before and right behind a time."""
NEAR, AROUND, BESIDES = 1.0, 0.5, 0.3
"""Worth of a scrap that touches a time, of one in the same clause, and of one in another."""


@dataclass(frozen=True)
class Named:
    """A time or a length of time in the words."""

    start: int
    end: int
    kind: str
    """What it says: `past`, `day`, `day clock`, `clock`, `part`, `every`, `some day` or `length`."""


def scraps(text: str, times: Sequence[Named], one: Named) -> Dict[str, float]:
    """What tells about one of the times of a text, scaled to length one."""
    before = _plain(_signed(text[: one.start], [t for t in times if t.end <= one.start]))
    behind = _plain(
        _signed(
            text[one.end :], [Named(t.start - one.end, t.end - one.end, t.kind) for t in times if t.start >= one.end]
        )
    )
    left, *earlier = reversed(CLAUSE.split(before))
    right, *later = CLAUSE.split(behind)
    found: Dict[str, float] = {}

    def add(scrap: str, worth: float) -> None:
        found[scrap] = max(worth, found.get(scrap, 0.0))

    for size in BEFORE:
        add(f"<{('^' + left)[-size:]}", NEAR)
    for size in BEHIND:
        add(f">{(right + '$')[:size]}", NEAR)
    add(f"<>{('^' + left)[-1]}{(right + '$')[0]}", NEAR)
    for name, words, worth in (("l", left, AROUND), ("r", right.split(OTHER)[0], AROUND)):
        for piece in _pieces(f"^{words}$"):
            add(f"{name}{piece}", worth)
    for n, words in enumerate(later):
        for piece in _pieces(words):
            add(f"n{piece}", BESIDES if n else AROUND)
    for words in earlier:
        for piece in _pieces(words):
            add(f"e{piece}", BESIDES)
    near = left.split(OTHER)[-1], right.split(OTHER)[0]
    for name, pattern in _SIGNS.items():
        for where, words in (("l", near[0]), ("r", near[1]), ("n", later[0] if later else "")):
            if pattern.search(words):
                add(f"sign {name} {where}", NEAR)
                add(f"sign {name} {where} {one.kind}", NEAR)
    for again in times:
        if again is not one and _same(text[one.start : one.end], text[again.start : again.end]):
            said, where = _right_behind(text, times, again), "before" if again.end <= one.start else "behind"
            for name in (name for name, pattern in _SIGNS.items() if pattern.search(said)):
                add(f"again {where} {name}", NEAR)
                add(f"again {where} {name} {one.kind}", NEAR)
    others = (
        sorted({t.kind for t in times if t is not one and t.end <= one.start}),
        sorted({t.kind for t in times if t.start >= one.end}),
    )
    add(f"kind {one.kind}", NEAR)
    add(f"kind {one.kind} {bool(others[0])} {bool(others[1])}", NEAR)
    for kind in others[0]:
        add(f"before {kind} {one.kind}", NEAR)
    for kind in others[1]:
        add(f"behind {kind} {one.kind}", NEAR)
    add(f"alone {not squeezed(before + behind)}", NEAR)
    add(f"own clause {not near[0]} {not near[1]} {one.kind}", NEAR)
    length = math.sqrt(sum(worth * worth for worth in found.values()))
    return {scrap: worth / length for scrap, worth in found.items()}


def _same(one: str, other: str) -> bool:
    """Whether two words name the same day, the one perhaps with an hour (后天, 后天上午)."""
    return one.startswith(other) or other.startswith(one)


def _right_behind(text: str, times: Sequence[Named], one: Named) -> str:
    """The words behind a time in its clause, up to the next time."""
    following = [t.start for t in times if t.start >= one.end]
    return _plain(CLAUSE.split(text[one.end : min(following, default=len(text))])[0])


def _signed(text: str, times: Sequence[Named]) -> str:
    for other in sorted(times, key=lambda t: -t.start):
        text = text[: other.start] + OTHER + text[other.end :]
    return text


def _plain(text: str) -> str:
    for pattern, sign in SAME:
        text = pattern.sub(sign, text)
    return text


def squeezed(text: str) -> str:
    """The words without marks and particles."""
    return re.sub(r"[\s，。,；;、！!？?吧啊呀呢嘛的就那好嗯]", "", text)


def _pieces(words: str) -> Set[str]:
    return {words[at : at + size] for size in (2, 3) for at in range(len(words) - size + 1)}


def _place(scrap: str) -> int:
    """The place of a scrap in the table; the same in every process."""
    return zlib.crc32(scrap.encode()) % PLACES


class Roles:
    """Tells the role of each time of a text."""

    def __init__(self, weights: np.ndarray, base: np.ndarray) -> None:
        """`weights`: a row for every place of the table, a column for every role; `base`: what speaks for a role from the start."""
        self.weights, self.base = weights, base

    def of(self, text: str, times: Sequence[Named], asked: bool = False) -> List[str]:
        """The likeliest role of each; a time that is all that is said is wanted.

        Args:
            asked: a day or an hour was asked for, so that one is rather wanted than not.
        """
        if len(times) == 1 and not squeezed(text[: times[0].start] + text[times[0].end :]):
            return [WANTED]
        least = SURE_WHEN_ASKED if asked else SURE
        return [self._likeliest(scraps(text, times, one), least) for one in times]

    def _likeliest(self, told: Dict[str, float], least: float) -> str:
        scores = np.array(list(told.values())) @ self.weights[[_place(scrap) for scrap in told]] + self.base
        shares = np.exp(scores - scores.max())
        passing = [role in PASSING for role in ROLES]
        group = np.array(passing) == bool(shares[passing].sum() > shares.sum() * least)
        return ROLES[int(np.where(group, shares, 0.0).argmax())]

    def save(self, path: Path) -> None:
        """Keeps what was learnt in a file."""
        np.savez_compressed(path, weights=self.weights, base=self.base)

    @classmethod
    def load(cls, path: Path) -> Roles:
        """What was kept in a file."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(kept["weights"], kept["base"])


def learn(examples: Iterable[Tuple[str, Sequence[Named], Sequence[str]]]) -> Roles:
    """What the examples teach; the same examples give the same weights.

    Args:
        examples: words, the times in them, and the role of each; one of which the role is "" only stands beside the others.
    """
    told, roles = [], []
    for text, times, known in examples:
        for one, role in zip(times, known):
            if role:
                told.append({_place(scrap): worth for scrap, worth in scraps(text, times, one).items()})
                roles.append(ROLES.index(role))
    rows = np.repeat(np.arange(len(told)), [len(one) for one in told])
    columns = np.concatenate([list(one) for one in told])
    worths = np.concatenate([list(one.values()) for one in told])
    table = csr_matrix((worths, (rows, columns)), (len(told), PLACES))
    learner = LogisticRegression(C=FIRMNESS, solver="newton-cg", tol=0.01).fit(table, roles)
    return Roles(np.ascontiguousarray(learner.coef_.T, dtype=np.float32), learner.intercept_.astype(np.float32))
