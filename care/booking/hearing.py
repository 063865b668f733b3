"""One turn on its way into a draft: what was said, what it changed, what has to be said about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from care.booking.draft import Draft
from care.conversation.model import Conversation
from care.reply import Reply
from care.service_list import ServiceItem
from care.texts import reply
from care.turn import Turn

FREE_INTENTS = ("inform", "nlu_fallback", "correct", "deny", "out_of_scope", "well_being", "dont_know")
"""Intents under which the bare words may be the answer to what was asked."""
NOISE = "noise"
"""Kind of entity of words that only sound (叽里咕噜): they answer nothing."""
_NOISE = re.compile(r"[\s，,。.！!？?、…~；;：:“”\"'（）()]+")
_FILLERS = re.compile(r"^(喂+|嗯+|呃+|啊+|哦+|喔+|那个|这个|就是|哎|唉|好的?|行|对)+")
_QUESTION = re.compile(
    r"[？?]|吗|多少|好多钱|几多钱|多钱|几块|几钱|怎么(?!也|都)|咋(?!也|都)|啥(?!也|都)|什么(?!也|都)|哪(?![儿里家天]|个?都|个?也)|能不能|可不可以|可以不|有没有|有冇|是不是|要不要|会不会|为何|谁(?!也|都)|么子|么里|咩(?=[^，。])|几个人|几位|几点(?!都)|多久|多长时间|几长时间|多大|贵不贵|男(?:的|师傅|同志)?(?:还是|是|或者?)?女(?!(?:的|师傅|同志)?[^，。]{0,2}(?:都|也))|免费|不要钱|是[^，。]{1,6}还是|有[^，。]{1,8}没有?$|[^，。]有没$|(?<!不管)(?<!不论)([管给收擦教来送带做包用能会去洗剪修陪接扶退赔])不\1|(?<!都)(?<!也)(?<!还)(?<!不)(?<!就)(?<=..)(?:不|么|啵|咩|了没|了没有)[啊呀嘞哩]?[？?。]?$"
)
_YES_NO = re.compile(
    r"(?:行|可以|好|中|成|对|能|是|有|要)(?:不行|不可以|不好|不中|不成|不)?(?:吗|吧|嘛|么|不)?[？?]?$|行不|可不可以|好不好|能不能"
)
_IS_THERE = re.compile(
    r"有(?:没有?|冇|无|莫得)(?!别|什么|啥|其他|事|问题)|(?<![没还])有[^，。]{0,14}(?:吗|么|没|不|没得|没有|冇|咩|啵|啊)[啊呀嘞]?[？?。]?$|(?P<v>[租借])(?:得)?[不没冇](?:得)?(?P=v)?[？?。]?$|得(?:租|借)(?:没得|冇|不|吗)"
)
"""Words that ask whether there is such a thing."""
_GROPING = re.compile(r"嗯+哪|(?:没|冇|莫|么)(?:有|得)?(?:别的?|其他)?(?:啥|什么|么子|么里)|那个?(?:啥|什么)|(?:啥|什么|叫什么)来着")
"""Somebody looking for a word asks nothing."""
_WH = r"(?:哪(?:[一几]?[家个样天种位处里儿]|儿)?|什么|啥|么子|么里|咩|乜|谁|几时|几点|怎么|咋)"
_ANY = re.compile(
    rf"(?:随便|不管|不论|无论|任凭|管它|管他|甭管)[^，。,]{{0,6}}?{_WH}|{_WH}[^，。,吗呢]{{0,4}}?(?:都|也)(?!不知)|({_WH})[^，。,]{{1,8}}就[^，。,]{{0,4}}\1"
)
"""Words of asking that mean any one (随便哪一家都行, 哪家先有床就去哪家) ask nothing."""
_TAILS = re.compile(r"(吧|啊|呀|哈|呢|嘛|喽|咯|了哈)+$")


@dataclass
class Hearing:
    """What one turn does to a draft."""

    session: Session
    conversation: Conversation
    draft: Draft
    turn: Turn
    today: date
    asked: str = ""
    """The slot that was being asked for."""
    fresh: bool = False
    """This turn starts the booking."""
    item: ServiceItem | None = None
    changed: list[str] = field(default_factory=list)
    """Slots that this turn filled or changed, in the order heard."""
    notes: list[Reply] = field(default_factory=list)
    """What has to be said before the next question."""
    exchanged: bool = False
    """Another service stands in the place of the one before, which is said in words of its own."""
    told: list[str] = field(default_factory=list)
    """Words said right before the booking began, the last first."""
    wished: str = ""
    """The service wished for right before, of which the turn tells only what a booking needs."""
    again: list[str] = field(default_factory=list)
    """Slots that this turn told as they are known already: said back too."""
    half_told: bool = False
    """This turn told a part of the address, and the rest is still to come."""
    told_place: bool = False
    """The turn before told the address."""
    remarked: bool = False
    """Something was noted for whoever comes; nothing else needs to be said for that."""
    said_back: bool = False
    """What is known already was told again, and is said back for the first time."""
    handled: bool = False
    """The turn was of use although it changed nothing."""

    def set(self, slot: str) -> None:
        """Marks a slot as changed by this turn."""
        if slot not in self.changed:
            self.changed.append(slot)
        self.draft.offered = {name: value for name, value in self.draft.offered.items() if name != slot}

    def note(self, text: str, /, **values: Any) -> None:
        """Adds something to say (`booking.<text>`); the turn was of use."""
        self.notes.append(reply(f"booking.{text}", **values))
        self.handled = True

    @property
    def listed(self) -> ServiceItem:
        """The service of the draft in the list; only once one was chosen."""
        if self.item is None:
            raise LookupError("no service was chosen yet")
        return self.item

    @property
    def corrects(self) -> bool:
        """Whether the words put something right."""
        return self.turn.intent in ("correct", "deny") or self.draft.changing

    @property
    def free(self) -> bool:
        """Whether the bare words may be the answer."""
        return self.turn.intent in FREE_INTENTS and not self.turn.all(NOISE)


def is_question(text: str) -> bool:
    """Whether the words ask something."""
    return bool(_QUESTION.search(_ANY.sub("", _GROPING.sub("", text))))


def asks_whether_there_is(text: str) -> bool:
    """Whether the words ask if there is such a thing (社区有得租没得); who asks it for somebody wants it too."""
    return bool(_IS_THERE.search(text))


def asks_openly(text: str) -> bool:
    """Whether the words ask for more than a yes (几个人上门): what they name is then no answer."""
    return is_question(text) and not _YES_NO.search(text)


def not_that(text: str, words: str) -> bool:
    """Whether a number is named only to say that it is not that one (她吃不了两份, 五天不够)."""
    return bool(re.search(rf"(?:不了|不完|不是|不要|用不着|没有)(?:了)?{re.escape(words)}|{re.escape(words)}(?:的)?(?:饭|钱)?(?:不够|太[多少长短]|吃不|用不|[多少短长][了点]|嫌)", text))


def bare(text: str) -> str:
    """The words without punctuation, fillers at the start and particles at the end."""
    words = _NOISE.sub("", text)
    return _TAILS.sub("", _FILLERS.sub("", words))
