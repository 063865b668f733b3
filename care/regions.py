"""Places: which of the five regions a place name belongs to, or that it is none of them.

The longest name wins. Everyday words that are also place names (`asked_only`: 新建, 桥头 …) count only where a place
was asked for; names that several places share are settled by another place in the same words or by the region already
known, and are otherwise left open (`Place.ask`). The names are data: `care/data/regions.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pypinyin import lazy_pinyin

FILE = Path(__file__).parent / "data" / "regions.yaml"
SUFFIXES = ("市", "县", "区", "镇", "街道", "乡")
SOUND_MERGES = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))
"""Southern and recogniser confusions, merged before names are compared by sound; initials n/l, f/h, r/l too."""
INITIAL_MERGES = {"n": "l", "h": "f", "r": "l"}
MIN_SOUND_SYLLABLES = 2
LONGEST_HEARD = 14
AROUND = re.compile(
    r"(?:我们?|俺们?|咱们?|家|住|就|是|在|那个|呃|嗯|老家)*([\u4e00-\u9fff]{2,6}?)(?:的|那边|这边|这里|那里|这儿|那儿|人|啊|呀|嘛|呢|吧)*"
)
"""What may stand around a place in an answer to the question for one."""
HEARD = re.compile(
    r"(?:(?:^|[，。,\s])(?:那|我是|我们是|我们|咱们|俺们|我|俺|咱)?|在|住|来自|搬到)"
    r"(?P<name>(?![^，]?[啥么哪])[\u4e00-\u9fff]{2})(?=的|这边|那边|这里|那里|人|市|老人|老年人|有没有|给不给|能不能|[，。,？?\s]|$)"
)
"""Where a city's name stands in a sentence, whatever letters a recogniser gave it."""
ALSO_HEARD = ("长沙",)
"""Cities beside the regions' own that are heard so; many smaller ones sound like everyday words."""
OTHERS_THERE = re.compile(
    r"(?P<beside>[跟和同与随奔靠][^，。,]{0,3})?(?:崽|伢|娃|仔|儿|女|闺女|女婿|媳妇|孩子|后生|孙|后人|年轻人)(?:子|女|们|俩|都|个)*[^，。,]{0,4}"
    r"(?:在|去|到|搬|嫁|飞)(?:了|咗|到|哒|往)?$"
)
"""Words before a place where the children are, not the elder: 娃在西安, 仔女都去咗香港."""
_CAME = (re.compile(r"(?:从|自|打)(?:老家)?$"), re.compile(r"(?:那边|那里|老家|农村|乡下)?(?:过来|搬来|接来|接过来|搬过来|来)"))
"""Words around a place that somebody has left for another one: 从湖南过来."""
_NAMED_AFTER = re.compile(
    r"[东西南北中]?[一二三四]?(?:路(?!上|过|远)|大?街(?!上|道)|大道|大路|巷|胡同|里弄|小区|新村|花园|广场|大厦|大酒店)"
)
"""What makes the name of a town that of a road or an estate."""
_WHOLE = re.compile(r"(?:[镇乡区县市]|街道)$")
"""Ends of the name of a town as it is (大朗镇巷头社区)."""
OWN = re.compile(r"(我|俺|咱|阿拉|老家|住|搬)")


@dataclass(frozen=True)
class Region:
    """One of the regions whose documents are on file."""

    id: str
    name: str
    """Official name, such as 东莞市."""
    province: str
    short: str
    """As people say it: 东莞."""
    accent: str = ""
    """What many speak there and the hotline can speak too, besides Mandarin: `yue`; empty where there is nothing."""


@dataclass(frozen=True)
class Place:
    """A place name found in a text."""

    region: str
    """Region id; empty for a place that is none of ours, or not yet certain (then `ask` is set)."""
    name: str
    level: str
    """province, city, district or town; `ambiguous` while several places share the name."""
    start: int
    end: int
    options: tuple[str, ...] = ()
    """The regions that an open name may mean."""
    province: str = ""
    ask: str = ""
    """The question that settles an open name."""
    city: str = ""
    """The city that it is or belongs to, in a region with several."""


@dataclass(frozen=True)
class _Name:
    """What the gazetteer knows of one name."""

    region: str
    level: str
    province: str
    asked_only: bool = False
    options: tuple[str, ...] = ()
    ask: str = ""
    others: tuple[str, ...] = ()
    city: str = ""


@lru_cache
def _data() -> dict[str, Any]:
    with FILE.open(encoding="utf-8") as file:
        return yaml.safe_load(file)


@lru_cache
def regions() -> tuple[Region, ...]:
    """All regions on file, in the order of the data."""
    return tuple(Region(r["id"], r["name"], r["province"], r["short"], r.get("accent", "")) for r in _data()["regions"])


def region(id: str) -> Region:
    """The region with this id.

    Raises:
        KeyError: there is none.
    """
    for known in regions():
        if known.id == id:
            return known
    raise KeyError(f"no region {id!r}")


def _with_suffixes(name: str, level: str) -> list[str]:
    """The name and, for short city or county names, its suffixed forms."""
    if name.endswith(SUFFIXES) or level == "province" or len(name) < 2:
        return [name]
    return [name, *(name + suffix for suffix in SUFFIXES)]


def _by_city(entry: dict[str, Any]) -> dict[str, list[str]]:
    """The districts of a region with several cities, by city; empty where the region is one city."""
    districts = entry["names"].get("district", [])
    return {} if isinstance(districts, list) else districts


@lru_cache
def cities(id: str) -> tuple[str, ...]:
    """The cities of a region that has several; empty where the region is one city."""
    return next((tuple(_by_city(entry)) for entry in _data()["regions"] if entry["id"] == id), ())


def city_in(region: str, text: str) -> str:
    """The city that words name, by itself or by a district of it, in a region with several; empty where they name none."""
    named = (p for p in find(text, region) if p.region == region and p.city)
    return next((p.city for p in named if not names_a_road(text, p.name, p.end)), "")


def names_a_road(text: str, name: str, end: int) -> bool:
    """Whether a town that ends there in a text only gives its name to a road or an estate (朝阳区桂林路)."""
    return bool(end and not _WHOLE.search(name) and _NAMED_AFTER.match(text[end:]))


@lru_cache
def _names() -> dict[str, _Name]:
    found: dict[str, _Name] = {}
    for province, names in _data()["others"].items():
        for name in names:
            level = "province" if name == province else "city"
            for form in _with_suffixes(name, level):
                found[form] = _Name("", level, province)
            if level == "province":
                found[name + "省"] = _Name("", level, province)
    for entry in _data()["regions"]:
        by_city = {name: city for city, names in _by_city(entry).items() for name in names}
        for level, names in entry["names"].items():
            for name in names if isinstance(names, list) else by_city:
                city = by_city.get(name) or next((c for c in _by_city(entry) if level == "city" and name.startswith(c)), "")
                for form in _with_suffixes(name, level):
                    found[form] = _Name(entry["id"], level, entry["province"], city=city)
        for name in entry.get("full_only", ()):
            found[name] = _Name(entry["id"], "town", entry["province"])
        for name, level in entry.get("asked_only", {}).items():
            whole = next((known for full, known in found.items() if known.region == entry["id"] and full[:-1] == name), None)
            found.setdefault(name, _Name(entry["id"], level, entry["province"], asked_only=True, city=whole.city if whole else ""))
    for entry in _data()["ambiguous"]:
        ours = tuple(entry["ours"])
        level = entry.get("level", "ambiguous" if ours or entry.get("ask") else "district")
        province = entry["others"][0].removesuffix("省") if level == "province" else ""
        found[entry["name"]] = _Name(
            "",
            level,
            province,
            asked_only=entry.get("asked_only", False),
            options=ours,
            ask=entry.get("ask", ""),
            others=tuple(entry["others"]),
        )
    return found


@lru_cache
def names(id: str) -> frozenset[str]:
    """The names of places in a region that mean no other place."""
    return frozenset(name for name, known in _names().items() if known.region == id and len(name) > 1)


@lru_cache
def _pattern() -> re.Pattern[str]:
    letters = set(_data()["letters"])
    names = sorted((n for n in _names() if n not in letters), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def find(text: str, context: str = "", asked: bool = False) -> list[Place]:
    """The places named in a text, in order.

    Args:
        text: what was said.
        context: the region already known, which settles shared names.
        asked: the words answer the question for a place, so everyday words count as names too.
    """
    places: list[Place] = []
    for phrase in _data()["hidden"]:
        text = text.replace(phrase, "□" * len(phrase))
    for match in _pattern().finditer(text):
        known = _names()[match.group()]
        if known.asked_only and not asked:
            placed = known.options and _place_follows(text, match.end())
            if not (placed or (known.region and _said_as_place(text, *match.span()))):
                continue
        places.append(
            Place(known.region, match.group(), known.level, *match.span(), known.options, known.province, known.ask, known.city)
        )
    if not places and text.strip("的。，我们是在人 ") in _data()["letters"]:
        letter = text.strip("的。，我们是在人 ")
        known = _names()[letter]
        places = [Place(known.region, letter, known.level, 0, len(text), province=known.province)]
    return _settle(places, context)


def _said_as_place(text: str, start: int, end: int) -> bool:
    """Whether an everyday word is used as a place: 我妈在榆树，… or 住新建的, or 榆树那边 … at the start"""
    if re.search(r"(^|[，。]|[我俺咱]们?)$", text[:start]) and re.match(
        r"(那边|这边|那里|这里|那儿|这儿|乡下|农村)", text[end:]
    ):
        return True
    return re.search(r"(在|住|住到|老家|来自)$", text[:start]) is not None and (
        re.match(r"(那边|这边|镇|市|区|人|乡下|农村|[，。,？?]|$)", text[end:]) is not None
    )


def _place_follows(text: str, end: int) -> bool:
    """Whether a shared short name is used as a place: 长安那边, 长安老人 …"""
    return re.match(r"(那边|这边|镇|那儿|这儿|这里|那里|的老人|老人)", text[end:]) is not None


def _settle(places: list[Place], context: str) -> list[Place]:
    """Shared names decided by the other places said, or by the region known."""
    certain = [p.region for p in places if p.region]
    foreign = {p.name for p in places if not p.region and not p.options}
    settled: list[Place] = []
    for place in places:
        if place.options:
            others = _names()[place.name].others
            fit = [o for o in place.options if o in certain] or [o for o in place.options if o == context]
            if fit:
                place = replace(place, region=fit[0], options=(), ask="")
                if place.level == "ambiguous":
                    place = replace(place, level="district")
            elif foreign & set(others) or (place.level == "ambiguous" and context and context not in place.options):
                place = replace(place, options=(), ask="", level="district")
            elif not place.ask:
                place = replace(place, region=place.options[0], options=(), level="district")
        settled.append(place)
    return _drop_containing_provinces(settled)


def _drop_containing_provinces(places: list[Place]) -> list[Place]:
    """江西南昌, 吉林省长春市: the province before its own city adds nothing."""
    cities = {p.province for p in places if p.level != "province" and p.province}
    return [p for p in places if p.level != "province" or p.province not in cities]


def sound(word: str) -> tuple[str, ...]:
    """The toneless syllables of a word with easily confused sounds merged."""
    return tuple(_merge(syllable) for syllable in lazy_pinyin(word))


def _merge(syllable: str) -> str:
    for heard, kept in SOUND_MERGES:
        syllable = (
            syllable.removesuffix(heard) + kept
            if heard.endswith("g") and syllable.endswith(heard)
            else kept + syllable.removeprefix(heard)
            if syllable.startswith(heard)
            else syllable
        )
    return INITIAL_MERGES.get(syllable[0], syllable[0]) + syllable[1:]


@lru_cache
def _by_sound() -> dict[tuple[str, ...], str]:
    table: dict[tuple[str, ...], str] = {}
    for name, known in _names().items():
        if known.region and len(name) >= MIN_SOUND_SYLLABLES:
            key = sound(name)
            rank = {"city": 0, "province": 1, "district": 2, "town": 3}
            if key not in table or rank.get(known.level, 4) < rank.get(_names()[table[key]].level, 4):
                table[key] = name
    return table


def find_by_sound(text: str) -> list[Place]:
    """The place that an answer to the question for a place sounds like (杨林 → 杨凌, 在东管那边 → 东莞).

    Only the whole answer counts, without the words around a place; parts of a sentence sound like some county too often.
    """
    match = AROUND.fullmatch(text.strip("，。？！ ")) if len(text) <= LONGEST_HEARD else None
    heard = match.group(1) if match else ""
    if len(heard) < MIN_SOUND_SYLLABLES:
        return []
    name = _by_sound().get(sound(heard))
    if not name:
        return []
    known, start = _names()[name], text.index(heard)
    return [Place(known.region, name, known.level, start, start + len(heard), province=known.province, city=known.city)]


@lru_cache
def _cities_by_sound() -> dict[tuple[str, ...], str]:
    """The names heard in sentences by their plain sound; only flat and curled initials are made alike."""
    return {_plain_sound(name): name for name in (*(r.short for r in regions()), *ALSO_HEARD)}


def _plain_sound(word: str) -> tuple[str, ...]:
    return tuple(re.sub("^([zcs])h", r"\1", re.sub("(?<=[ei])ng$", "n", s)) for s in lazy_pinyin(word))


def find_heard(text: str) -> list[Place]:
    """A city of ours that a recogniser wrote with other letters in the middle of a sentence (冬莞的老人 → 东莞).

    Only where words around it show a place: after 在, 住 or at the start, and before 的, 这边, 人, a pause or the end.
    """
    for match in HEARD.finditer(text):
        name = _cities_by_sound().get(_plain_sound(match["name"]))
        if name:
            known = _names()[name]
            return [Place(known.region, name, known.level, *match.span("name"), province=known.province, city=known.city)]
    return []


def find_answer(text: str, context: str = "") -> list[Place]:
    """The places in an answer to the question for a place: by letter, else by sound."""
    return find(text, context, asked=True) or find_by_sound(text)


def elsewhere(text: str) -> frozenset[str]:
    """The names of places where only somebody's children are, or that somebody has left; none of ours where it is the only place named."""
    places = find(text)
    others = [p for p in places if _of_others(text, p) or _left(text, p)]
    only = [p for p in others if text.count(p.name) == 1]  # 儿子在东莞，东莞那边呢 asks about it
    return frozenset(p.name for p in only if not p.region or len(others) < len(places))


def _of_others(text: str, place: Place) -> bool:
    found = OTHERS_THERE.search(text[: place.start])
    return found is not None and not found["beside"]


def _left(text: str, place: Place) -> bool:
    return bool(_CAME[0].search(text[: place.start]) and _CAME[1].match(text[place.end :]))


def is_own(text: str) -> bool:
    """Whether the words tie the place to the speaker (我们杨凌, 我住长沙)."""
    return OWN.search(text) is not None
