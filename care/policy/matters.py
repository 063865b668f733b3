"""Two questions in one breath: “长者饭堂收不收钱，平安铃又怎么装” is answered matter by matter, none is lost."""

from __future__ import annotations

import re

from care.policy.asked import aspects_of, plain, topics_of

MOST = 2
"""Answers given at once; more would not be heard."""
PAUSE = re.compile(r"[，,。；;？?！!\s]+|(?<=[吗么呢啵不没])(?=(?:还有|另外|再就是|顺便))")
QUESTION = re.compile(
    r"[吗么不没呢啵咩]$|没有$|(?P<v>[\u4e00-\u9fff])不(?P=v)|有没有|能不能|是不是|怎么|谁|哪|什么|多少|几|多久|多大"
)
PAIR = re.compile(
    "(?P<one>[^，]{3,12}?)(?:跟|和|与|同|还有)(?P<other>[^，]{3,12}?)，?(?:是不是|是|要|都|各|分别|归|找|由|去)*(?:各自?|分别|两个?|不同|同一?个?|一个)(?:归|找|由|去|的)?(?:地方|单位|部门|家|局|谁|哪)"
)
"""Two things named side by side whose offices are asked for: 屋里改跟楼道改是不是找两个地方."""
IN_CHARGE = "归哪个部门管"
FAINT = frozenset({"allowance", "document", "goals", "provider", "facilities", "complaint", "digital", "outreach"})
"""Topics that everyday words point at, which make no matter of their own."""
OWN = 1.0


def asks(clause: str) -> bool:
    """Whether a part of a sentence asks something."""
    return bool(aspects_of(clause) or QUESTION.search(clause))


def sides(text: str) -> list[str]:
    """Two things for each of which the office is asked: 楼下归哪家管，屋里又归哪家管; none where only one is asked about."""
    if pair := PAIR.search(text):
        return [f"{pair['one']}{IN_CHARGE}", f"{pair['other']}{IN_CHARGE}"]
    found: list[str] = []
    before = ""
    for clause in filter(None, PAUSE.split(text)):
        if "department" in aspects_of(plain(clause)):
            found.append(f"{before}，{clause}" if before and not found else clause)
        before = "" if found else f"{before}，{clause}" if before else clause
    return found[:MOST] if len(found) >= MOST else []


def matters(text: str) -> list[str]:
    """The questions in a text, each with what was said before it; one part where all of it is about one matter.

    A clause that asks nothing goes with the question after it, a question that names nothing with the one before it.
    """
    parts: list[tuple[str, str]] = []
    before = ""
    for clause in filter(None, PAUSE.split(text)):
        spoken = plain(clause)
        topics = {topic: weight for topic, weight in topics_of(spoken).items() if topic not in FAINT}
        topic = max(topics, key=lambda code: topics[code]) if topics else ""
        if not asks(spoken):
            before = f"{before}，{clause}" if before else clause
        elif parts and (not topic or topics[topic] < OWN or parts[-1][0] in ("", topic)):
            parts[-1] = (parts[-1][0] or topic, f"{parts[-1][1]}，{before}，{clause}".replace("，，", "，"))
            before = ""
        else:
            parts.append((topic, f"{before}，{clause}" if before else clause))
            before = ""
    if len({topic for topic, _ in parts if topic}) < MOST:
        return [text]
    return [part for _, part in parts][:MOST]
