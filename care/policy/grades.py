"""The grades of ability that words name, as papers call them (自理, 轻度, 中度, 重度) and as people do (能吃能走的).

Everyday words stand only for the grades at the mild end: how badly off somebody is who lies in bed, only an assessment says,
so that no sum of a grade is promised for it.
"""

from __future__ import annotations

import re

from care.policy.records import Record, library

NAMED = {
    "自理": re.compile("(?<!不能)(?<!不会)(?<!没法)(?<!无法)(?<!不)(?<!半)自理"),
    "轻度": re.compile("轻度"),
    "中度": re.compile("中度"),
    "重度": re.compile("重度"),
}
SAID = {
    "自理": re.compile(
        "能(?:吃|走|跑|动|睡|喝)能(?:吃|走|跑|跳|动|睡|喝)|(?:自己|自个)(?:还|都|也)?(?:能|会)(?:吃|走|动|照顾|穿|洗)"
        "|(?:不用|不要|用不着|不需要)(?:别)?人(?:照顾|管|扶|喂|帮)|硬朗|(?:身体|腿脚|手脚)(?:还|都|也|蛮|挺|很)*(?:好|健康|灵便|利索)"
    ),
    "轻度": re.compile("轻(?:微|一点|一些|些|点)(?:的|得)?失能|失能(?:得|的)?(?:比较|还)?(?:轻|不重|不厉害)"),
}
UPWARDS = re.compile("(轻度|中度)(及|和)?(以上|往上)")


def levels(text: str) -> frozenset[str]:
    """The grades that a text names; "from moderate upwards" includes the severe."""
    named = {level for level, words in NAMED.items() if words.search(text)}
    return frozenset(named | {"重度"} if UPWARDS.search(text) else named)


def levels_meant(text: str) -> frozenset[str]:
    """The grades that a question names, in everyday words where the papers' words are not used."""
    return levels(text) or frozenset(list(level for level, words in SAID.items() if words.search(text))[-1:])


def without_levels(text: str) -> str:
    """A question without the grade that it names, to be asked of somebody else."""
    for words in SAID.values():
        text = words.sub("", text)
    return re.sub("(?:能|评了|是)?(?:自理|轻度|中度|重度)(?:失能|失智)?的?", "", text)


def of_a_series(record: Record) -> bool:
    """Whether a record holds for one grade, and others beside it for the next ones."""
    group = next((r for r in library().records.values() if r.joint and record.id in (r.id, *r.joint.others)), None)
    return group is not None and bool(levels(record.content))
