"""The care lexicon: which words mean which canonical value. Format: nlu_data/lexicon/README.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Tuple

import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "nlu_data" / "lexicon"
SERVICES = ROOT / "care" / "data" / "service_list"
REGIONS = ROOT / "care" / "data" / "regions.yaml"

KINDS = {
    "service", "relation", "role", "diet", "allergen", "bath_place", "medical_task", "cleaning_task", "aid",
    "mobility", "health", "fact", "topic", "aspect", "change", "facility", "department", "place",
}
KEYS = {"kind", "values", "homophones"}
WILDCARD = "*"
"""In a phrase: up to two characters of any sort, as in 洗*澡; two of them: up to ten, as in 订**饭."""
MEASURE = "~"
"""In a phrase made of a service's name: up to three characters such as 个, 一下, 两回 (磨~刀: 磨个刀, 磨一下刀)."""
SPLIT_NAMES = (2, 3)
"""Lengths of names that are a verb and its object, between which one counts: 遛狗, 磨菜刀."""
NOTE = re.compile(r"（.*?）")
"""助餐（送餐上门） is called 助餐."""
TRUTHS = {"true": True, "false": False}


class LexiconError(Exception):
    """The lexicon cannot be used; the message names file and fault."""


@dataclass(frozen=True)
class Word:
    """One phrase with its meaning."""

    kind: str
    value: Any
    phrase: str
    heard: bool = False
    """A known mishearing: counts only where no properly written word of its kind is found."""


def words(folder: Path = FOLDER, services: Path = SERVICES, regions: Path = REGIONS) -> List[Word]:
    """Every word of the lexicon, of the service list and of the regions, without repetitions.

    The lexicon wins over the service list, a proper word over a mishearing.

    Raises:
        LexiconError: a file breaks the format, or a phrase of one kind has two meanings.
    """
    meanings: Dict[Tuple[str, str], Word] = {}
    for path in sorted(folder.glob("*.yml")):
        for word in _section_words(path):
            known = meanings.get((word.kind, word.phrase))
            if known and not known.heard and not word.heard and known.value != word.value:
                raise LexiconError(
                    f"{path.name}：“{word.phrase}”（{word.kind}）有两个意思：{known.value} 和 {word.value}"
                )
            if known is None or (known.heard and not word.heard):
                meanings[word.kind, word.phrase] = word
    for word in _generated(services, regions):
        meanings.setdefault((word.kind, word.phrase), word)
    return list(meanings.values())


def files(folder: Path = FOLDER, services: Path = SERVICES, regions: Path = REGIONS) -> List[Path]:
    """Every file that the lexicon is made of; their content decides whether the bot is trained again."""
    return sorted(folder.rglob("*.yml")) + sorted(services.rglob("*.yaml")) + ([regions] if regions.exists() else [])


def _generated(services: Path, regions: Path) -> Iterator[Word]:
    for path in sorted(services.rglob("*.yaml")):
        yield from _service_words(path)
    if regions.exists():
        yield from _region_words(regions)


def _load(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}：{error}") from error


def _section_words(path: Path) -> Iterator[Word]:
    content = _load(path)
    for section in content if isinstance(content, list) else [content]:
        if not isinstance(section, dict) or set(section) - KEYS or not isinstance(section.get("values"), dict):
            raise LexiconError(f"{path.name}：每一段要有 kind 和 values：{str(section)[:60]}")
        kind = section.get("kind")
        if kind not in KINDS:
            raise LexiconError(f"{path.name}：不认识的 kind “{kind}”")
        for part in ("values", "homophones"):
            for value, phrases in (section.get(part) or {}).items():
                if not isinstance(phrases, list) or not phrases:
                    raise LexiconError(f"{path.name}：{kind} 的 {value} 要有一列词")
                for phrase in phrases:
                    yield Word(kind, _meaning(path, kind, str(value)), _phrase(path, phrase), part == "homophones")


def _meaning(path: Path, kind: str, name: str) -> Any:
    before, colon, after = name.partition(":")
    if kind == "fact":
        if not colon:
            raise LexiconError(f"{path.name}：“{name}”要写成 事实:值，例如 income:dibao")
        return {"fact": before, "value": TRUTHS.get(after, after), "negative": False}
    if kind == "diet" and before == "allergy":
        return {"allergy": after}
    return name


def _phrase(path: Path, phrase: Any) -> str:
    text = str(phrase).strip().lower()
    if not text or text.strip(WILDCARD) != text:
        raise LexiconError(f"{path.name}：“{phrase}”不能用（空的，或者星号在头尾）")
    return text


def _service_words(path: Path) -> Iterator[Word]:
    """Names and aliases of services: rows with a `code`, and a town's additions under the code (`more_aliases`).

    Whatever is said around and inside them is found by general patterns, so that a new row needs no examples.
    """
    for key, item in _mappings(_load(path)):
        code = item.get("code", key if "more_aliases" in item else None)
        if not isinstance(code, str):
            continue
        names = [item.get("name"), item.get("say_name"), *(item.get("aliases") or []), *(item.get("more_aliases") or [])]
        for name in names:
            short = NOTE.sub("", name) if isinstance(name, str) else ""
            if len(short) > 1:
                yield Word("service", code, short.lower())
            if len(short) in SPLIT_NAMES:
                yield Word("service", code, f"{short[0]}{MEASURE}{short[1:]}".lower())


def _region_words(path: Path) -> Iterator[Word]:
    """Names of places that mean one place only; what several places share is settled in care/regions.py."""
    content = _load(path)
    for region in content.get("regions") or []:
        for level, names in region["names"].items():
            for name in names if isinstance(names, list) else chain(*names.values()):
                if len(name) > 1:
                    yield Word("place", {"region": region["id"], "name": name, "level": level}, name)
    for names in (content.get("others") or {}).values():
        for name in names:
            yield Word("place", {"region": "", "name": name}, name)


def _mappings(content: Any, key: Optional[str] = None) -> Iterator[Tuple[Optional[str], Dict[str, Any]]]:
    """Every mapping inside, with the key it stands under."""
    if isinstance(content, dict):
        yield key, content
        for name, part in content.items():
            yield from _mappings(part, str(name))
    elif isinstance(content, list):
        for part in content:
            yield from _mappings(part)
