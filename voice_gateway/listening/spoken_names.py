"""Invented names and addresses, for a recogniser that is to hear some that nobody listed.

What a recogniser is held to is a list of phrases; Vosk makes a bigram of it. Many invented names teach it what a name
is made of (a surname, one or two characters of given names), many invented addresses that a district may come first,
then a road or an estate of which any characters may be the name, then house, entrance and room. So 桃花岭小区三栋四零二
is heard although no list has the place. They are the same at every start.
"""

from __future__ import annotations

import random
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from care import regions
from voice_gateway.listening import numbers, vocabulary
from voice_gateway.listening.sound import syllables

FILE = Path(__file__).with_suffix(".yaml")
SEED = 7
NAMES, ADDRESSES = 25_000, 12_000
"""As many as still made recognition better; a recogniser of them is made in about 50 ms."""
USUAL = 0.5
"""Share of given names that are listed as usual ones."""
KNOWN = 0.65
"""Share of roads and estates that are named by a listed word."""
HERE = 0.85
"""Share of places that are of the region that is spoken of, once it is known."""
TWO_CHARACTERS = 0.85
"""Share of given names with two."""
PLAIN_LETTER = "文"
"""In place of a character that no listed one sounds like."""
AROUND_NUMBERS = ("十", "百", "千", "两", "号", "院", "楼", "室", "组", "期")
OFTEN = 40
"""The surnames are listed by how many bear them: about so many are the usual ones."""


@lru_cache
def _parts() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def _letters(words: str) -> list[str]:
    return list(dict.fromkeys("".join(words.split())))


@lru_cache
def surnames() -> tuple[str, ...]:
    """Surnames, the commonest first; those of two characters last."""
    people = _parts()["people"]
    return (*_letters(people["surnames"]), *people["compound"])


@lru_cache
def people() -> tuple[str, ...]:
    """Invented names of people, some with what is said before a name."""
    chance = random.Random(SEED)
    listed, made_of = surnames(), _parts()["people"]
    given, usual, leads = _letters(made_of["given"]), made_of["usual"].split(), made_of["leads"]

    def name() -> str:
        place = min(int(chance.expovariate(1 / OFTEN)), len(listed) - 1)
        surname = listed[place] if chance.random() < 0.6 else chance.choice(listed)
        second = chance.choice(given) if chance.random() < TWO_CHARACTERS else ""
        after = chance.choice(usual) if chance.random() < USUAL else chance.choice(given) + second
        return chance.choice(leads) + surname + after

    return tuple(dict.fromkeys(name() for _ in range(NAMES)))


def is_talk(words: str) -> bool:
    """Whether something in the words shows that neither a name nor an address was said."""
    return any(sign in words for sign in _parts()["talk"])


LEAD = re.compile(r"^(?:(?:[我她他]|名字)?(?:叫|姓名?|是)|我?家?住?在|我住|送到)(?=.{2})")
"""What is said before a name or an address."""


def core(words: str) -> str:
    """The name or address itself, without what was said before it."""
    return LEAD.sub("", words)


_SURNAME_FIRST = re.compile(r"(姓([\u4e00-\u9fff]))(?=\2[\u4e00-\u9fff])")


def with_pause(words: str) -> str:
    """The words with the pause written that parts a surname from the whole name behind it (我姓孙，孙玉梅)."""
    return _SURNAME_FIRST.sub(r"\1，", words)


@lru_cache
def _name() -> re.Pattern[str]:
    surname = "|".join(sorted(surnames(), key=len, reverse=True))
    return re.compile(rf"(?:{surname})[\u4e00-\u9fff]{{1,2}}")


def is_name(words: str) -> bool:
    """Whether words are the name of a person and nothing else (我叫 and its like aside)."""
    return bool(_name().fullmatch(core(words)))


@lru_cache
def _told() -> re.Pattern[str]:
    surname = "|".join(sorted(surnames(), key=len, reverse=True))
    given, figures = "[\u4e00-\u9fff]{1,2}", f"[{''.join(numbers.SPOKEN)}]"
    lead = "(?:[我她他]|名字)?(?:叫|姓名?|是)"
    return re.compile(rf"(?:(?P<lead>{lead})(?:{surname})(?P<given>{given}?){figures}*|(?:{surname})(?P<alone>{given}?){figures}{{4}})")


def tells_name(words: str) -> bool:
    """Whether words are a name as it is told, with the end of a number or without (我叫黄烧着零零零五): whatever the
    characters say that the recogniser wrote, nothing else was said."""
    return bool(_told().fullmatch(words))


_NAME_BEGUN = re.compile(r"(?:[我她他]|名字)?(?:叫|姓)(?![不人谁救])")


def begins_name(words: str) -> bool:
    """Whether words that are not over yet begin as a name is told; which characters come of it is open."""
    return bool(_NAME_BEGUN.match(words))


def in_letters(words: str) -> str:
    """A name that was told, its given name in characters that names are made of."""
    told = _told().fullmatch(words)
    if not told:
        return words
    part = "given" if told["given"] else "alone"
    letters = {syllables(letter): letter for letter in _letters(_parts()["people"]["given"])}
    given = "".join(letters.get(syllables(letter), PLAIN_LETTER) for letter in told[part])
    return words[: told.start(part)] + given + words[told.end(part) :]


@lru_cache
def _address() -> re.Pattern[str]:
    parts = _parts()["addresses"]
    listed = [part for kind in ("leads", "roads", "estates", "villages", "houses", "entrances") for part in parts[kind]]
    listed += [*parts["known"].split(), *vocabulary.terms("place", ""), *_places(), *numbers.DIGITS, *AROUND_NUMBERS]
    return re.compile(f"(?:{'|'.join(sorted(set(listed), key=len, reverse=True))})+")


def is_address(words: str) -> bool:
    """Whether words are made of nothing but listed places, roads, estates and numbers."""
    return bool(_address().fullmatch(words))


_GAP = re.compile(r"(?:[区县镇乡路街巷]|花园|家园|新村)(?:号|栋|单元)|号号")
"""A house that has no number: the name or number before it was lost."""


def has_gap(words: str) -> bool:
    """Whether something is missing inside an address (岳麓区号六十六栋)."""
    return bool(_GAP.search(words))


@lru_cache
def _places() -> tuple[str, ...]:
    """Districts, towns and communities of all regions."""
    return tuple(sorted({name for one in regions.regions() for name in vocabulary.communities(one.id)}))


@lru_cache
def addresses(region: str = "") -> tuple[str, ...]:
    """Invented addresses, from a house number alone to a whole address with its district; of a region most of all, if one
    is known."""
    town = _Town(random.Random(SEED), tuple(sorted(vocabulary.communities(region))))
    return tuple(dict.fromkeys(town.address() for _ in range(ADDRESSES)))


class _Town:
    """Makes up addresses as people say them."""

    def __init__(self, chance: random.Random, here: tuple[str, ...] = ()) -> None:
        self._chance = chance
        self._here = here
        parts = _parts()["addresses"]
        self._parts: dict[str, list[str]] = {
            **parts,
            "known": parts["known"].split(),
            "letters": _letters(parts["letters"]),
        }

    def address(self) -> str:
        """One address."""
        lead = self._any("leads") if self._often(0.1) else ""
        area = "".join(self._chance.choice(self._places()) for share in (0.6, 0.25) if self._often(share))
        return lead + area + self._chance.choices((self._road, self._estate, self._village), (45, 43, 12))[0]()

    def _places(self) -> tuple[str, ...]:
        return self._here if self._here and self._often(HERE) else _places()

    def _road(self) -> str:
        return (
            self._named("roads")
            + self._number()
            + ("院" if self._often(0.15) else "")
            + (self._rooms() if self._often(0.6) else "")
        )

    def _estate(self) -> str:
        phase = self._chance.choice(("一期", "二期", "三期")) if self._often(0.1) else ""
        return self._named("estates") + phase + (self._rooms() if self._often(0.8) else self._number())

    def _village(self) -> str:
        return self._named("villages") + (_said(self._chance.randint(1, 12)) + "组" if self._often(0.7) else "")

    def _named(self, kind: str) -> str:
        if self._often(KNOWN):
            return self._any("known") + self._any(kind)
        return "".join(self._any("letters") for _ in range(self._chance.choice((2, 2, 2, 3)))) + self._any(kind)

    def _number(self) -> str:
        most = self._chance.choice((30, 99, 399))
        number = _said(self._chance.randint(1, most)) if self._often(0.8) else _digits(self._chance.randint(100, 9999))
        return number + "号"

    def _rooms(self) -> str:
        house = _said(self._chance.randint(1, 30)) + self._any("houses") if self._often(0.85) else ""
        entrance = _said(self._chance.randint(1, 6)) + self._any("entrances") if self._often(0.4) else ""
        if not self._often(0.8):
            return house + entrance + (_said(self._chance.randint(1, 9)) + "楼" if self._often(0.3) else "")
        floor = self._chance.randint(1, 9) if self._often(0.7) else self._chance.randint(10, 24)
        return (
            house + entrance + _digits(floor * 100 + self._chance.randint(1, 9)) + ("室" if self._often(0.15) else "")
        )

    def _any(self, kind: str) -> str:
        return self._chance.choice(self._parts[kind])

    def _often(self, share: float) -> bool:
        return self._chance.random() < share


def _said(value: int) -> str:
    """A number below 1,000 as people say it."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = numbers.DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else numbers.DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (numbers.DIGITS[ones] if ones else "")


def _digits(value: int) -> str:
    """A number figure by figure, as rooms and long house numbers are said."""
    return "".join(numbers.DIGITS[int(figure)] for figure in str(value))
