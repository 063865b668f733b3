"""Which of the people named in a turn the service is for, and which are only named: learnt from marked examples.

People name others for many reasons: they ask, they come as guests, they recommend, they are away, they help, they have died
(我姐叫我打电话，给我妈订下个星期的饭). What stands around each of them tells which one is meant. The examples are
`care/data/booking/for_whom.yaml`; what they teach is kept in `for_whom.npz`, made by `python -m care.booking.whom_learnt`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from care.booking import data
from meaning.around import Around, Learnt, Scraps, Shares, clause
from meaning.marks import SOMEBODY

LEARNT = data.FOLDER / "for_whom.npz"
MEANT = -0.1
"""Lead above which somebody is the one it is for."""
PARENTS = {"mother", "father"}
JOINED = 3
"""Characters between father and mother who are named together (我爸和我妈)."""
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
_GIVEN = re.compile(r"给(?:我家?|那|个)?$")
_OTHER_GIVEN = re.compile(r"给我?△")
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


def scraps(text: str, people: Sequence[Named], one: Named) -> dict[int, float]:
    """What tells about one of the people in a text."""
    around = Around.of(text, [(p.start, p.end) for p in people], (one.start, one.end), _plain)
    kind = next((name for name, codes in KINDS.items() if one.relation in codes), "none")
    first = not any(p.start < one.start for p in people)
    last = not any(p.start > one.start for p in people)
    others = [p for p in people if p.relation != one.relation]
    again = len(people) - len(others) > 1
    told = Scraps(around)
    told.signs(_TOLD, (around.left, around.right, around.near[2]), kind)
    told.add(f"kind {kind}")
    told.add(f"place {first}{last}")
    told.add(f"kind {kind} {bool(others)}")
    told.add(f"alone {not others}")
    told.add(f"again {again}")
    told.add(f"begins {not text[: one.start]} {kind}")
    told.add(f"self {bool(_SELF.search(text[: one.start]))} {bool(_SELF.search(text[one.end :]))}")
    told.add(f"booked {bool(_GIVEN.search(around.left))} {bool(_BOOKED.match(around.right))}")
    told.add(f"given {bool(_GIVEN.search(around.left))}")
    told.add(f"other given {bool(_OTHER_GIVEN.search(around.whole))}")
    told.add(f"he is given {'给他' in around.right + ''.join(around.later)}")
    return told.scaled()


def _plain(text: str) -> str:
    text = _CHILDREN.sub("子", text)
    for pattern, sign in _SAME:
        text = pattern.sub(sign, text)
    return text


@lru_cache
def _learnt() -> Learnt:
    return Learnt.load(LEARNT)


def leads(text: str, people: Sequence[Named]) -> list[float]:
    """For each of the people above nought, against them below: from -1 to 1."""
    spans = [(one.start, one.end) for one in people]
    told = [scraps(text, people, one) for one in people]
    shares = _learnt().shares(told, [clause(text, span, SOMEBODY) for span in spans], lambda share: abs(_lead(share)))
    return [_lead(share) for share in shares]


def _lead(share: Shares) -> float:
    return float(share[1] - share[0])


def meant(text: str, people: Sequence[Named]) -> str:
    """The relation of whoever the service is for; empty when all are only named. Father and mother in one breath are meant both."""
    sure = sorted(
        ((lead, one) for lead, one in zip(leads(text, people), people, strict=True) if lead > MEANT),
        key=lambda found: -found[0],
    )
    if not sure:
        return ""
    best = sure[0][1]
    if best.relation in PARENTS and any(one.relation == "parents" for _, one in sure):
        return "parents"  # 给我爸妈订的，我妈刚出院
    for _, other in sure[1:]:
        first, second = sorted((best, other), key=lambda one: one.start)
        if {best.relation, other.relation} == PARENTS and second.start - first.end <= JOINED:
            return "parents"
    return best.relation
