"""Which tongue the hotline is to speak, Mandarin or Cantonese: the wish as callers say it, and where it is remembered.

Only what is spoken changes: the hotline hears Mandarin, whatever it speaks. A wish is a whole short sentence (“讲白话得唔得”);
a sentence that merely has the word in it (“找个会说粤语的护工”) is none. Sound-alikes count after a verb, because the way
back must be heard also by a recogniser that does not know the word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import lazy_pinyin

from care.conversation.model import Conversation

MANDARIN, CANTONESE = "cmn", "yue"
"""As `voice_gateway.speaking` calls them."""
NAMES = {"mandarin": MANDARIN, "cantonese": CANTONESE}
"""By command."""
LONGEST = 16
"""Characters of the longest wish."""
_SPOKEN = {"cantonese": "粤语|粤话|广东话|广州话|白话|本地话", "mandarin": "普通话|国语"}
_BEFORE = r"(?:喂|哎|那|麻烦|请|你们?|您|我|咱们?|能不能|可不可以|可以|能够?|会不会|只?会|给我|跟我|同我|用|想|要|还是|不如|就|都|唔该|可唔可以|识唔识|识)*"
_VERB = r"(?:说|讲|倾|听|用|换|转|改|讲返|说回|讲回)(?:返|回|翻|成|到|做)?"
_AFTER = (
    r"(?:说|讲|倾|来说|来讲)?(?:行不行|好不好|可不可以|可以|得唔得|好唔好|行|好|得)?(?:一下)?[吗吧嘛啦啊呀呢了么啰]*"
)
_NOT_UNDERSTOOD = r"(?:我|也|都|就)*(?:听不懂|听不明白|听不清|不会[说讲]?|不懂|听唔明|听唔懂|唔识(?:听|讲)?|唔明)"
_NOT_WANTED = r"(?:我|你|您)*(?:不要|别|不想|唔好|唔要|不用)(?:再)?(?:说|讲|听|用)?"


def _wishes(tongue: str, other: str) -> str:
    """Sentences that ask for a tongue: by its name, or by turning down the other one."""
    refused = f"(?:{_SPOKEN[other]})"
    return (
        f"{_BEFORE}{_VERB}(?:{_SPOKEN[tongue]}){_AFTER}"
        f"|{_NOT_UNDERSTOOD}{refused}[啊呀了]*|(?:你|您)?(?:说|讲)?(?:的)?{refused}{_NOT_UNDERSTOOD}[啊呀了]*"
        f"|{_NOT_WANTED}{refused}了?"
    )


_WISHES = tuple(
    (name, re.compile(_wishes(name, other)), re.compile(f"(?:{_SPOKEN[name]}){_AFTER}"))
    for name, other in (("cantonese", "mandarin"), ("mandarin", "cantonese"))
)


@lru_cache(maxsize=128)  # the same words are asked about several times within a turn
def wanted(words: str) -> str | None:
    """The command (`cantonese`, `mandarin`) that these words are as a whole; without blanks and marks."""
    if len(words) > LONGEST:
        return None
    spelt = _spelt(words)
    return next((name for name, wishes, alone in _WISHES if wishes.fullmatch(spelt) or alone.fullmatch(words)), None)


@lru_cache
def _sounds() -> dict[tuple[str, ...], str]:
    return {tuple(lazy_pinyin(name)): name for names in _SPOKEN.values() for name in names.split("|")}


def _spelt(words: str) -> str:
    """The words with what sounds like the name of a tongue written as that name."""
    for sound, name in _sounds().items():
        for at in range(len(words) - len(name) + 1):
            if tuple(lazy_pinyin(words[at : at + len(name)])) == sound:
                words = words[:at] + name + words[at + len(name) :]
    return words


def of(conversation: Conversation, before: Conversation | None = None) -> str:
    """What is spoken in a conversation; nothing when nobody ever chose.

    Args:
        before: the last conversation of the same number, for callers who are not on file.
    """
    person = conversation.person
    return (
        conversation.recall("accent")
        or (person.accent if person else "")
        or (before.recall("accent") if before else None)
        or ""
    )


def choose(conversation: Conversation, name: str) -> str:
    """Keeps the wish for this conversation and for the next ones of the same person."""
    chosen = NAMES[name]
    conversation.remember(accent=chosen)
    if conversation.person:
        conversation.person.accent = chosen
    return chosen
