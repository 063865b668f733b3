"""What the words of papers and offices mean, told in plain ones: 什么叫低保边缘, 低保跟特困有什么区别."""

from __future__ import annotations

import re
from functools import lru_cache

from care import regions
from care.policy.records import read
from care.reply import Outcome, Reply
from care.texts import reply

LONGEST = 18
"""Longest words, in characters, that only ask what something means."""
MOST = 2
"""Words explained at a time; more would not be heard."""
_WHAT = r"(?:啥子?|什么|甚么|么子|么[里事个]|乜嘢?|咩)"
MEANS = re.compile(
    rf"(?:{_WHAT}(?:才|样)*(?:叫|是|算|系)|(?:怎么|咋|怎样|点)(?:样|个|才)*(?:叫|算))(?!不)|(?:是|叫|系)(?:个|做)?{_WHAT}(?:意思|东西|情况)?(?:呀|啊|嘛|来着|咧|的)?[？?]?$|{_WHAT}意思|指的是?{_WHAT}|不懂{_WHAT}"
)
"""Words that ask what something means."""
DIFFER = re.compile(r"(?:区别|差别|不同|不一样|分别)|是不是一(?:回|码)事|一样(?:吗|么|不|没|啵)|怎么分|哪(?:里|儿)不")
"""Words that ask how two things differ."""
OF_SOMEBODY = re.compile(r"[我俺额她他]|多少|几|去哪|办|申请|领|钱|级|补贴|津贴|优惠|政策|条件")
"""Words that ask something else of it, or about one person."""


@lru_cache
def _terms() -> tuple[tuple[str, str], ...]:
    """(word, what it means), the longest words first."""
    pairs = [(word, str(entry["say"])) for entry in read("terms")["terms"] for word in entry["words"]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _named(text: str) -> list[str]:
    """What the words in a text mean, in the order said."""
    found: dict[int, str] = {}
    for word, say in _terms():
        while (start := text.find(word)) >= 0:
            found[start] = say
            text = text.replace(word, "＊" * len(word), 1)
    return [found[start] for start in sorted(found)]


def asked(text: str) -> list[str]:
    """What is told to a question what words of the papers mean; empty where something else is asked."""
    if len(text) > LONGEST or OF_SOMEBODY.search(text) or regions.find(text):
        return []
    named = _named(text)
    differ = len(named) == MOST and DIFFER.search(text)
    return list(dict.fromkeys(named[:MOST])) if differ or MEANS.search(text) else []


def explained(text: str) -> Outcome | None:
    """The plain words for those that somebody does not understand."""
    said = asked(text)
    if not said:
        return None
    return Outcome([*(Reply(one) for one in said[:-1]), reply("policy.terms_end", what=said[-1])], "answered")
