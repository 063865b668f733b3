"""The emergency check: what was said against patterns kept as data, by letter and by sound, and against examples.

A pattern fires when it matches and no context takes the urgency away: something long past, already over, only
feared, asked about as knowledge, or an old complaint told with a booking. `care/data/emergency.yaml` holds it all.
What the patterns say is weighed together with how much the words are like those of the examples (`likeness`): so a
telling that nobody wrote a pattern for is heard, and a pattern that fires in everyday talk is overruled.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from care.emergency.kinds import likeliest, traits
from care.emergency.likeness import BODY, KIN, likeness
from care.emergency.sound import sounds

DATA = Path(__file__).parents[1] / "data" / "emergency.yaml"
SITUATIONS = DATA.with_name("emergency_situations.yaml")
"""Further patterns, built of parts, that are matched by letter only."""
LONGEST = 600
"""Characters looked at, from the start and again from the end; nobody in danger dictates more."""
REPAIR = "repair"
"""Name of the context in which a thing is broken."""
NOTHING = "□"
"""Stands where a harmless word was, so that its neighbours do not join."""
CERTAIN, BY_LETTER, BY_SOUND, CALMED = 2.5, 1.5, 1.0, -1.0
"""What a pattern that fires adds to the likeness, and what one adds whose urgency a context took away; measured on
tellings that neither the patterns nor the examples had."""
ALARMING = 0.0
"""From this sum on it is an emergency."""
SURE = 2.0
"""From this sum on it is one even if the words go on: hardly anything that may follow takes it back."""
DOUBTFUL, FAINT, EXCUSED = -1.5, -1.0, -0.8
"""From this sum on nobody can tell: where a word points at danger, where none does, and where a context takes the
urgency away or something is asked. Measured on sentences that were not learnt."""
TWICE_EXCUSED = -1.0
"""The same for words of two kinds of danger (a fall and blood), whatever is asked or wished for in the same breath."""
FALL_WITH_BLOOD = frozenset({"fall", "bleeding"})
"""Whoever fell and bleeds is asked about, although somebody is only wished for to take them to the doctor's."""
MUCH_BLOOD = re.compile(r"流[^，。献]{0,3}(?:好多|很多|好些|不少|一地|一身|满[脸头身地])[^，。]{0,2}血|血[^，。]{0,3}(?:止不住|不止|流了一|淌了一)|止不住血")
LONG_AGO = re.compile(r"年前|去年|前年|那年|当年|以前|从前|小时候|上回|上次|上个?月|月前|前阵|年轻时|(?:早|都)好了|全好了")
"""What is told of the past is asked about no more."""
GRAVE = frozenset({"chest_pain", "stroke", "breathing"})
"""Kinds of which one plain word (胸闷, 嘴歪) is worth the question, as a nurse would put it, unless it tells why a service is
wished for."""
WISHED_FROM = -0.6
"""Sum from which words that only resemble those of danger, and wish for a service, are asked about, up to `SURE`; below
it they are left alone. Measured on sentences that were not learnt."""
FEWEST = 4
"""Characters from which words can be doubtful; less (我妈) is said all the time."""
FELT = re.compile(r"难受|不舒服|不得劲|没劲|没力|发抖|冷汗|疼|痛|麻|怕|不行|救|来人|死")
"""How somebody feels, which is told without saying who."""
PERSON = re.compile(rf"{KIN.pattern}|{BODY.pattern}|[我俺额偶咱您佢人婆伯叔孙舅姑]|儿子|闺女|女儿|老伴")
"""Whoever may be in danger, and the parts of their body."""
ASKED = re.compile(
    r"[吗嘛么咩㗎啵？?]，?$|(?<![才也都还动])不，?$|怎么(?!办)|多少|什么时候|能不能|可不可以|有没有|哪[里儿个]|几[点号时]"
)
"""Questions, which hardly anybody in danger puts."""
WINDOW, STRIDE = 40, 20
"""Longer words are looked at in pieces of so many characters, because much harmless talk hides a cry."""
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常康"
IDENTITY = re.compile(rf"(?<=叫)(?:做|作)?(?!白车)[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=，|$)|[0-9][0-9\-]{{6,}}")
"""Who somebody is called, and telephone numbers: they say nothing of danger."""
PUNCTUATION = re.compile(r"[,.;:!?~…、，。；：！？—\-]+")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Emergency:
    """Something that cannot wait."""

    kind: str
    """Such as `fall`, `chest_pain`, `gas`; the kinds are those of the data file."""
    words: str
    """The words that raised it."""
    by_sound: bool = False
    """Found by its sound, not by its letters."""


@dataclass(frozen=True)
class Pattern:
    """One way in which an emergency is told."""

    kind: str
    expression: re.Pattern[str]
    unless: re.Pattern[str] | None
    """What makes the kind impossible in this text."""
    certain: bool = False
    """Never doubted for a context (cries for help)."""
    shortest: int = 0
    """By sound: fewer hanzi than this prove nothing."""
    telling: int = 0
    """By sound: so many characters of the match must be telling as they are written."""


@dataclass(frozen=True)
class Context:
    """Something that takes the urgency away."""

    name: str
    when: re.Pattern[str]
    unless: re.Pattern[str] | None
    before: bool
    """Only when it comes before the words that raised the alarm."""


@dataclass(frozen=True)
class Table:
    """The data file, compiled."""

    harmless: re.Pattern[str]
    contexts: tuple[Context, ...]
    patterns: tuple[Pattern, ...]
    by_sound: tuple[Pattern, ...]
    telling: frozenset[str]
    signs: tuple[tuple[str, re.Pattern[str]], ...]
    """Kind and the words that point at it, for what no pattern caught."""
    wish: re.Pattern[str]
    """A service that is wished for in so many words."""
    withdrawn: re.Pattern[str]
    """Something ordered that is called off or put off."""


def _any(expressions: list[str] | None) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{e})" for e in expressions)) if expressions else None


def _narrowed(expression: str, widest: int) -> str:
    """The expression with its gaps (`[^，]{0,8}`) at most so wide, because gaps match almost anything by sound."""
    return re.sub(r"\[\^，\]\{0,(\d+)\}", lambda m: f"[^，]{{0,{min(int(m[1]), widest)}}}", expression)


@lru_cache
def table() -> Table:
    """The patterns of the data file.

    Raises:
        re.error, KeyError: the data file is faulty; caught by its test, not in service.
    """
    data: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    parts: dict[str, Any] = yaml.safe_load(SITUATIONS.read_text(encoding="utf-8"))
    named: dict[str, str] = data["words"] | parts["words"]
    situations: dict[str, list[str]] = {entry["kind"]: entry["patterns"] for entry in parts["kinds"]}

    def fill(expression: str) -> str:
        return re.sub(r"(?<!\?)<(\w+)>", lambda m: f"(?:{fill(named[m[1]])})", expression)

    def filled(expressions: list[str] | None) -> list[str] | None:
        return [fill(e) for e in expressions or ()] or None

    patterns: list[Pattern] = []
    by_sound: list[Pattern] = []
    for entry in data["kinds"]:
        kind, unless = entry["kind"], filled(entry.get("unless"))
        certain, usual = filled(entry.get("certain")) or [], filled(entry.get("patterns")) or []
        for expressions, sure in ((certain, True), (usual, False)):
            if expression := _any(expressions):
                patterns.append(Pattern(kind, expression, _any(unless), certain=sure))
        if expression := _any(filled(situations.get(kind))):
            patterns.append(Pattern(kind, expression, _any(unless)))
        if spoken := _any([sounds(e) for e in filled(entry.get("sound")) or ()]):
            by_sound.append(Pattern(kind, spoken, _any(unless)))
        if kind in data["not_by_sound"]:
            continue
        for widest, shortest, telling in data["loose_sound"]:
            spoken = _any([sounds(_narrowed(e, widest)) for e in certain + usual])
            if spoken:
                by_sound.append(Pattern(kind, spoken, _any(unless), shortest=shortest, telling=telling))
    contexts = tuple(
        Context(c["name"], _any(filled(c["when"])), _any(filled(c.get("unless"))), bool(c.get("before")))  # type: ignore[arg-type]
        for c in data["contexts"]
    )
    harmless = _any(filled(data["harmless"]))
    assert harmless is not None
    signs = tuple((kind, re.compile(expression)) for kind, expression in data["signs"].items())
    wish, withdrawn = re.compile(fill("<wish>")), re.compile(fill("<withdrawn>"))
    return Table(
        harmless, contexts, tuple(patterns), tuple(by_sound), frozenset(data["telling"]), signs, wish, withdrawn
    )


def plain(text: str) -> str:
    """The text without spaces, with one comma for any punctuation, full-width forms made plain, fillers dropped."""
    if len(text) > 2 * LONGEST:
        text = f"{text[:LONGEST]}，{text[-LONGEST:]}"
    text = SPACES.sub("", unicodedata.normalize("NFKC", text))
    text = re.sub(r"(?:那个|这个|就是说|呃|嗯+|唉+|哎+[呀哟呦]?|啊+|呀+|哦+|噢+|诶+)(?=[^，]|$)", "", text)
    return PUNCTUATION.sub("，", text)


def telling(text: str) -> str:
    """The text made plain, with `NOTHING` for names, numbers and every harmless word; what the likeness looks at."""
    return table().harmless.sub(NOTHING, IDENTITY.sub(NOTHING, plain(text)))


def _calm(contexts: tuple[Context, ...], text: str, starts: range) -> bool:
    """Whether a context takes the urgency away from words that begin at one of these places."""
    for context in contexts:
        if context.unless and context.unless.search(text):
            continue
        if not context.before:
            if context.when.search(text):
                return True
        elif any(context.when.search(text, 0, start) for start in starts):
            return True
    return False


@dataclass(frozen=True)
class _Match:
    """A pattern found in the words."""

    emergency: Emergency
    worth: float


def _matches(text: str) -> Iterator[_Match]:
    """Everything in the words that a pattern matches, with what it is worth."""
    known = table()
    words = telling(text)
    spoken = sounds(words)
    for patterns, form in ((known.patterns, words), (known.by_sound, spoken)):
        for pattern in patterns:
            if not pattern.expression.search(form) or (pattern.unless and pattern.unless.search(words)):
                continue
            for found in pattern.expression.finditer(form):
                heard = words[found.start() : found.end()]
                if len(heard.replace(NOTHING, "")) < pattern.shortest:
                    continue
                if pattern.telling and sum(sign in known.telling for sign in heard) < pattern.telling:
                    continue
                last = found.end() if pattern.shortest else found.start() + 1
                calm = not pattern.certain and _calm(known.contexts, words, range(found.start(), last))
                by_sound = form is spoken
                worth = CALMED if calm else CERTAIN if pattern.certain else BY_SOUND if by_sound else BY_LETTER
                yield _Match(Emergency(pattern.kind, heard, by_sound), worth)


def pull(text: str) -> float:
    """How much the patterns alone speak for danger in these words, or against it; nought where none matches."""
    return max((match.worth for match in _matches(text)), default=0.0)


def _pieces(words: str) -> list[str]:
    """The words, in pieces that overlap where they are long."""
    if len(words) <= WINDOW:
        return [words]
    return [words[start : start + WINDOW] for start in range(0, len(words) - WINDOW + STRIDE, STRIDE)]


def traits_of_kind(text: str) -> dict[int, float]:
    """What tells which kind of danger it is; of long words the piece that is most like danger."""
    neutral = telling(text)
    matched: dict[str, bool] = {}
    for match in _matches(text):
        named = match.emergency.kind
        matched[named] = matched.get(named, False) or match.worth >= BY_LETTER
    signs = [kind for kind, sign in table().signs if sign.search(neutral)]
    return traits(max(_pieces(neutral), key=likeness), text, matched, signs)


@lru_cache(maxsize=128)  # the same words are asked about several times within a turn
def _weigh(text: str) -> tuple[float, _Match | None]:
    """How much speaks for an emergency, and the pattern that does so most, if one does."""
    best: _Match | None = None
    for match in _matches(text):
        if best is None or match.worth > best.worth:
            best = match
        if best.worth >= BY_LETTER:
            break
    weight = max(map(likeness, _pieces(telling(text)))) + (best.worth if best else 0.0)
    if best is not None and best.worth == CERTAIN and best.emergency.words == plain(text):
        weight = max(weight, CERTAIN)  # nothing but a cry for help, such as the words of the urgent key
    return weight, best


def check(text: str) -> Emergency | None:
    """What cannot wait in these words, or nothing. No error, whatever the text."""
    weight, match = _weigh(text)
    if weight <= ALARMING:
        return None
    return replace(match.emergency, kind=likely_kind(text)) if match else Emergency(likely_kind(text), plain(text))


def urgency(text: str) -> float:
    """How much speaks for an emergency: one above `ALARMING`, surely one above `SURE`."""
    return _weigh(text)[0]


def is_resemblance(text: str) -> bool:
    """Whether these words only resemble those of danger: no pattern has a hold on them, and they are not sure either."""
    return ALARMING < _weigh(text)[0] <= SURE and next(_matches(text), None) is None


def is_wish(text: str) -> bool:
    """Whether these words wish for a service (叫个人给我擦擦玻璃), and call nothing off."""
    words = plain(text)
    return bool(table().wish.search(words)) and not table().withdrawn.search(words)


def is_like_in_a_wish(text: str) -> bool:
    """Whether words that wish for a service resemble those of danger only by their scraps or their sound, and not surely."""
    weak = _weigh(text)[0] <= SURE and is_wish(text)
    return weak and all(match.emergency.by_sound for match in _matches(text))


def is_weak(text: str) -> bool:
    """Whether these words speak for danger, but so that what follows may well take it back."""
    return _weigh(text)[0] <= SURE


@lru_cache(maxsize=128)
def likely_kind(text: str) -> str:
    """What the emergency would be, if these words tell of one."""
    return likeliest(traits_of_kind(text))


def told_kind(text: str) -> str | None:
    """The kind of emergency that a pattern names in these words; nothing where only their likeness speaks."""
    return likely_kind(text) if any(match.worth > 0 for match in _matches(text)) else None


def is_doubtful(text: str) -> bool:
    """Whether these words may or may not tell of danger, so that a question is better than a guess."""
    weight = _weigh(text)[0]
    words = plain(text)
    if weight > ALARMING or len(words) < FEWEST:
        return False
    kinds = {match.emergency.kind for match in _matches(text)}
    if (kinds >= FALL_WITH_BLOOD or MUCH_BLOOD.search(words)) and not LONG_AGO.search(words):
        return True
    if any(match.emergency.kind in GRAVE and match.worth >= BY_LETTER for match in _matches(text)):
        return not ASKED.search(words) and not (weight <= DOUBTFUL and is_wish(text))
    if weight <= DOUBTFUL:
        return False
    if weight > TWICE_EXCUSED and len(kinds) > 1:
        return True
    if weight <= WISHED_FROM and is_like_in_a_wish(text):
        return False
    if ASKED.search(words) or _calm(table().contexts, words, range(len(words))):
        return weight > EXCUSED
    neutral = telling(text)
    return weight > FAINT or any(sign.search(neutral) for _, sign in table().signs)


def is_bloody(text: str) -> bool:
    """Whether somebody fell and bleeds, or loses much blood, and not long ago: asked about whatever the words wish for."""
    words = plain(text)
    kinds = {match.emergency.kind for match in _matches(text)}
    return (kinds >= FALL_WITH_BLOOD or bool(MUCH_BLOOD.search(words))) and not LONG_AGO.search(words)


def names_nobody(text: str) -> bool:
    """Whether no pattern has a hold on the words and they tell of no person, no feeling and no sign of danger: of things alone."""
    words = telling(text)
    told = PERSON.search(words) or FELT.search(words) or any(sign.search(words) for _, sign in table().signs)
    return not told and next(_matches(text), None) is None


def is_to_be_mended(text: str) -> bool:
    """Whether the words tell of a thing that is broken (水管爆了，水流得满地), which calls for a repair."""
    words = plain(text)
    return _calm(tuple(one for one in table().contexts if one.name == REPAIR), words, range(len(words)))


def is_calm(text: str) -> bool:
    """Whether the words tell of something past, over, feared or denied, so that nobody need ask about danger."""
    known = table()
    words = plain(text)
    return _calm(known.contexts, words, range(len(words))) or bool(known.harmless.search(words))
