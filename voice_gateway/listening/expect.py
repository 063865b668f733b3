"""What was just asked: how patient to be, which short answers to listen for, what an answer looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from care import emergency, regions
from care.conversation.hearing import bare
from care.reply import Choice, Reply
from voice_gateway.listening import numbers, phrases, spoken_names, vocabulary
from voice_gateway.listening.sound import Terms

PATIENCE = 1.2
"""Seconds of silence that end a turn (DESIGN.md rule 8)."""
PATIENCE_TIME = 1.5
PATIENCE_ADDRESS = 1.8
PATIENCE_NUMBER = 2.0
PATIENCE_HESITATING = 2.5
"""After a word that shows that more is to come."""
_PATIENT = {
    "phone": PATIENCE_NUMBER,
    "order": PATIENCE_NUMBER,
    "identity": PATIENCE_NUMBER,
    "place": PATIENCE_ADDRESS,
    "destination": PATIENCE_ADDRESS,
    "hospital": PATIENCE_ADDRESS,
    **dict.fromkeys(("date", "time", "duration", "quantity", "age", "score", "name", "problem", "what"), PATIENCE_TIME),
}
_HESITATES = re.compile(
    r"(?:嗯|呃|那个|那那|这个|就是|就是说|然后|还有|或者|等一下|我想想|因为|要是"
    r"|(?:我|咱|俺)(?:就|就是|是|也|还)*(?:想|要)(?:要|问|问问|请|问一下|打听)?|(?:帮|给|替|麻烦|请)(?:我|你|您))$"
)
_ASKS_YES = re.compile(r"(?:[吗么]|好不好|行不行|对不对|可以吧|对吧)[？?]?$")
_ORDINALS = ("第一个", "第二个", "第三个", "第四个")
_NUMERALS = ("一", "二", "三", "四")
CONFIRM = "confirm"
"""Stands for the slot when a yes or no is all that is wanted."""
CONFIRMING = "confirming"
"""State in which something is read out that is stored on a yes."""
_UNDER_WAY = (CONFIRMING, "emergency")
"""States of a closed question after which nobody hangs up."""
_TIME = re.compile(
    r"(?:今|明|后|昨)(?:天|儿|日|早|晚)|大后[天儿]|[这本下上]?个?(?:星期|礼拜|周)[一二三四五六日天]|周末|[这本下]个?(?:星期|礼拜|周|月)|月[底初]"
    r"|[一二三四五六七八九十]+月[一二三四五六七八九十]+[号日]?|[初一二三四五六七八九十廿]+[号日]|初[一二三四五六七八九十]"
    r"|早上|早晨|清早|上午|中午|晌午|下午|傍晚|晚上|[一二两三四五六七八九十]+点(?:半|钟|一刻|三刻|[一二三四五六七八九十]+分?)?"
)
_NUMERAL = re.compile(r"(?<!第)[零一二两三四五六七八九十百半几\d]+")
_AMOUNT = re.compile(
    r"(?<![第零一二两三四五六七八九十百几\d])(?:[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九半几]|\d{1,2})"
    r"(?![零一二两三四五六七八九十百几\d])"
)
"""An amount as people say it: 一三 is no amount, but 一份 misheard."""
_AGE = re.compile(
    r"[一二三四五六七八九]?十[一二三四五六七八九]?|一百[零一二三四五六七八九十]*|[六七八九][零一二三四五六七八九]"
)
_LENGTH = re.compile(r"[零一二两三四五六七八九十半几\d]+个?(?:半)?(?:天|星期|礼拜|周|月|小时|钟头|年|晚)")
_DOOR = re.compile(
    r"[零一二两三四五六七八九十百\d]+(?:号楼|号院|号|栋|幢|单元|楼|室|组|队|户|门)|[路街巷村镇苑园院寨](?:$|[零一二三四五六七八九十])|[社小]区|家园|花园|公寓|新村"
)

_NUMERIC = {
    "age": _AGE, "duration": _LENGTH, **dict.fromkeys(("quantity", "number"), _AMOUNT),
    **dict.fromkeys(("ordinal", "order_number"), _NUMERAL),
}  # fmt: skip


@dataclass(frozen=True)
class Expectation:
    """The open question, as far as listening is concerned."""

    state: str = "idle"
    """State of the conversation after the last reply."""
    asking: str = ""
    """The slot that was asked for; `confirm` where a yes is wanted."""
    choices: tuple[Choice, ...] = ()
    region: str = ""
    yes_no: bool = False
    """The question can be answered by yes or no."""

    @classmethod
    def of(cls, state: str, replies: Sequence[Reply], region: str = "") -> Expectation:
        """What the last replies and the state after them ask for."""
        last = replies[-1] if replies else None
        choices = last.choices if last else ()
        closed = state == CONFIRMING or bool(last and _ASKS_YES.search(last.say))
        closed = closed or any(bare(choice.value) in vocabulary.whole("affirm") for choice in choices)
        asking = state.removeprefix("asking_") if state.startswith("asking_") else CONFIRM if closed else ""
        return cls(state, asking, choices, region, closed)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that pick the choices, in their order."""
        return tuple(str(place) for place in range(1, len(self.choices) + 1))

    @property
    def phrases(self) -> tuple[str, ...]:
        """The answers that the held recogniser listens for; empty for an open question."""
        return _phrases(self)

    def patience(self, heard: str) -> float:
        """Seconds of silence that end the turn, given the words heard so far."""
        words = bare(heard)
        if _HESITATES.search(words) and not (self.yes_no and words in vocabulary.whole("affirm")):
            return PATIENCE_HESITATING
        if self.asking == "phone" and len(numbers.telephone(words)) == numbers.MOBILE_DIGITS:
            return PATIENCE
        return _PATIENT.get(self.asking, PATIENCE)

    def answer(self, text: str) -> str:
        """The part of a text (no blanks) that answers the question; empty when nothing in it does."""
        words = bare(text)
        if not words:
            return ""
        if command := next((c for c in vocabulary.commands() if c == words), ""):
            return command
        if self.choices and (chosen := self._choice(words)):
            return chosen
        if self.yes_no and yes_or_no(words):
            return words
        return next((found for kind in sorted(self.kinds) if (found := _found(kind, words, self.region))), "")

    @property
    def open(self) -> str:
        """The kind of thing of which any may be said, listed or not (a name, an address); else empty."""
        return phrases.OPEN.get(self.asking, "")

    @property
    def closed(self) -> bool:
        """Whether only what is known can answer: a yes or no, a choice, or something of the kinds asked for."""
        return self.state != "emergency" and bool(self.yes_no or self.choices or (self.asking and self.kinds))

    @property
    def agrees(self) -> bool:
        """Whether a yes stores what was read out."""
        return self.yes_no and self.state == CONFIRMING and self.asking == CONFIRM

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of things that answer the question; what callers come for, when none is open."""
        return vocabulary.kinds(self.asking) if self.asking else frozenset({"service", "topic"})

    def _choice(self, words: str) -> str:
        for choice in self.choices:
            for said in (choice.value, choice.title):
                if said and bare(said) in words:
                    return bare(said)
        rest = stripped(words)
        number = re.sub(r"^(?:第|按|选)|(?:个|项|种)$", "", rest)
        return rest if number in _NUMERALS[: len(self.choices)] else ""

    @property
    def terms(self) -> Terms:
        """The words that an answer may be made of; for repair by sound."""
        return _terms(self)

    @property
    def places(self) -> Terms:
        """The places of the region, for the spelling of addresses."""
        return _places(self.region)

    def prepare(self) -> None:
        """Looks up what repair will need, so that nobody waits for it at the end of the turn."""
        _terms(self)
        self.answer("一")


def stripped(words: str) -> str:
    """A short answer without the words around it that mean nothing."""
    core = words
    for _ in range(2):
        for filler in vocabulary.around():
            core = core.removeprefix(filler) or core
            core = core.removesuffix(filler) or core
    return core


def yes_or_no(words: str) -> str:
    """`affirm`, `deny` or `dont_know`, when the words are that and nothing else; else empty."""
    for name in ("affirm", "deny", "dont_know"):
        if words in vocabulary.whole(name) or stripped(words) in vocabulary.whole(name):
            return name
    return ""


def is_time(words: str) -> bool:
    """Whether the words are a day or an hour and nothing else."""
    return bool(words) and _found("time", words, "") == words


def _found(kind: str, words: str, region: str) -> str:
    """The first thing of a kind in the words."""
    if kind == "time":
        return "".join(match[0] for match in _TIME.finditer(words))
    if kind == "phone":
        return numbers.telephone(words)
    if kind in _NUMERIC:
        match = _NUMERIC[kind].search(words)
        return match[0] if match else ""
    if kind == "place":
        places = regions.find_answer(words, region)
        return places[0].name if places else ""
    if kind == "address" and _DOOR.search(words):
        return words
    if kind == "person_name":
        return words if spoken_names.is_name(words) else ""
    known = vocabulary.terms(kind, region)
    return max((term for term in known if term in words), key=len, default="")


@lru_cache(maxsize=256)
def _terms(expectation: Expectation) -> Terms:
    found: set[str] = set()
    for choice in expectation.choices:
        found |= {bare(choice.title), bare(choice.value)}
    if expectation.yes_no:
        found |= vocabulary.whole("affirm") | vocabulary.whole("deny")
    for kind in expectation.kinds:
        found |= vocabulary.terms(kind, expectation.region)
    return Terms(found)


@lru_cache
def _places(region: str) -> Terms:
    return Terms(vocabulary.communities(region))


@lru_cache(maxsize=256)
def _phrases(expectation: Expectation) -> tuple[str, ...]:
    said: list[str] = []
    for choice in expectation.choices:
        said += [bare(choice.title), bare(choice.value)]
    count = len(expectation.choices)
    said += [*_ORDINALS[:count], *_NUMERALS[:count]]
    if expectation.agrees:
        return tuple(dict.fromkeys((*said, *phrases.yes_and_no())))
    if expectation.yes_no:
        said += sorted(vocabulary.whole("affirm") | vocabulary.whole("deny"), key=lambda word: (len(word), word))
    if expectation.asking == CONFIRM and expectation.state not in _UNDER_WAY:  # 还有别的事吗？
        said += sorted(vocabulary.listed("bye"))
    if expectation.asking and not expectation.open:
        for kind in sorted(expectation.kinds):
            said += phrases.of_kind(kind, expectation.asking, expectation.region)
    if not said:
        return _any_of(expectation.open, expectation.region) if expectation.open else ()
    said += _interruptions()
    short = dict.fromkeys(word for word in said if 0 < len(word) <= phrases.LONGEST)
    return (*short, *_any_of(expectation.open, expectation.region)) if expectation.open else tuple(short)


@lru_cache(maxsize=64)
def _any_of(kind: str, region: str) -> tuple[str, ...]:
    """Any name or address, and what may be said in its place."""
    return tuple(dict.fromkeys((*_interruptions(), *phrases.of_kind(kind, "", region))))


@lru_cache
def _interruptions() -> tuple[str, ...]:
    return tuple(sorted(vocabulary.interruptions(), key=lambda word: (len(word), word)))


def warm() -> None:
    """Reads words and patterns once, so that the first callers do not wait for it."""
    emergency.check("喂")
    for region in ("", *(known.id for known in regions.regions())):
        for slot in ("", "region", "service", "date"):
            expectation = Expectation(asking=slot, region=region)
            expectation.prepare()
            _phrases(expectation)
