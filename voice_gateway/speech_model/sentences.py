"""What callers say: the product's own words and sentences, and templates for numbers, times, places and names.

Everything is read from `care/data` and `nlu_data`, so that a new service or place is in the next graph by itself.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import jieba
import yaml
from pypinyin import lazy_pinyin

ROOT = Path(__file__).resolve().parent.parent.parent
DIGITS = "零一二三四五六七八九"
HANZI = re.compile("[\u4e00-\u9fff]+")
BREAKS = re.compile(r"[，。？！、；：…\s,.?!;:（）()《》“”\"'〔〕\[\]/—－-]+")
NOT_SPEECH = re.compile(r"[|*^$\\<>{}\[\]=_#@+]")
SKIPPED_KEYS = {"patterns", "homophones", "code", "id", "url", "source", "price_source", "standard", "quote", "sound",
                "document", "topics", "kind", "note", "clause"}  # fmt: skip
ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def count(value: int) -> str:
    """A number as it is said: 20 → 二十, 105 → 一百零五, 2600 → 两千六百."""
    if value < 10:
        return DIGITS[value]
    if value < 100:
        tens, rest = divmod(value, 10)
        return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[rest] if rest else "")
    for unit, name in ((10_000, "万"), (1000, "千"), (100, "百")):
        if value >= unit:
            many, rest = divmod(value, unit)
            said = ("两" if many == 2 and unit > 100 else count(many)) + name
            if not rest:
                return said
            gap = "零" if rest < unit // 10 else ""
            return said + gap + ("一" if 10 <= rest < 20 else "") + count(rest)
    raise AssertionError(value)


def digits(text: str) -> str:
    return "".join(DIGITS[int(c)] for c in text)


def spoken(text: str) -> str:
    """Arabic figures as they are said: years, long and zero-leading numbers digit by digit."""
    text = re.sub(r"(\d+(?:\.\d+)?)\s*%", lambda m: "百分之" + m[1], text)
    text = re.sub(r"(\d+)\.(\d+)", lambda m: count(int(m[1]) % 100_000_000) + "点" + digits(m[2]), text)
    text = re.sub(r"((?:19|20)\d\d)(?=年|-)", lambda m: digits(m[1]), text)
    return re.sub(r"\d+", lambda m: digits(m[0]) if len(m[0]) > 4 or m[0][0] == "0" else count(int(m[0])), text)


def clauses(text: str) -> Iterator[str]:
    """The parts between punctuation that are nothing but hanzi."""
    for part in BREAKS.split(spoken(text)):
        if part and HANZI.fullmatch(part):
            yield part


def examples(folder: Path = ROOT / "nlu_data" / "nlu") -> list[str]:
    """The training sentences of the understanding, without their marks."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8")).get("nlu", []):
            for line in str(block.get("examples", "")).splitlines():
                found.append(ENTITY.sub(r"\1", line.strip().removeprefix("- ").strip()))
    return [line for line in found if line]


def said() -> list[str]:
    """Whole sentences as callers say them, beyond what the understanding is taught: calm ones (`said.txt`, which the emergency
    check is tested on too), and anything else that people say, danger among it (`said_besides.txt`)."""
    return [line for name in ("said.txt", "said_besides.txt") for line in Path(__file__).with_name(name).read_text("utf-8").split()]


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in SKIPPED_KEYS:
                yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)
    elif isinstance(node, str) and not NOT_SPEECH.search(node):
        yield node


def by_sound(forms: Iterable[str]) -> list[str]:
    """One of the forms that sound alike: word lists also hold what recognisers mishear, which falls into more words."""
    found: dict[tuple[str, ...], tuple[int, str]] = {}
    for form in forms:
        sound = tuple(lazy_pinyin(form))
        pieces = len(jieba.lcut(form, HMM=False))
        if sound not in found or pieces < found[sound][0]:
            found[sound] = (pieces, form)
    return [form for _, form in found.values()]


def written(folders: tuple[Path, ...] = (ROOT / "care" / "data", ROOT / "nlu_data" / "lexicon")) -> list[str]:
    """Every readable string of the product's data: services, places, policies, questions, word lists."""
    found: list[str] = []
    for folder in folders:
        for path in sorted([*folder.rglob("*.yaml"), *folder.rglob("*.yml")]):
            found += by_sound(_strings(yaml.safe_load(path.read_text("utf-8"))))
    for path in sorted((ROOT / "nlu_data" / "lexicon" / "jieba").glob("*.txt")):
        found += [line.split()[0] for line in path.read_text("utf-8").splitlines() if line.strip()]
    return found


def values(kind: str) -> list[str]:
    """The surface forms of one kind in `nlu_data/lexicon` that are plain hanzi."""
    data = yaml.safe_load((ROOT / "nlu_data" / "lexicon" / f"{kind}.yml").read_text("utf-8"))
    rows = data["values"]
    forms = [form for forms in (rows.values() if isinstance(rows, dict) else [rows]) for form in forms]
    return by_sound(form for form in forms if HANZI.fullmatch(str(form)))


def services() -> list[str]:
    """What the services are called, from the service list."""
    found = []
    for path in sorted((ROOT / "care" / "data" / "service_list").glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        for row in [*data.get("services", ()), *data.get("add", ())]:
            found += [row.get("say_name", ""), *row.get("aliases", ())]
    return by_sound(form for form in found if HANZI.fullmatch(form) and 2 <= len(form) <= 7)


def places() -> list[str]:
    """The names of the gazetteer."""
    data = yaml.safe_load((ROOT / "care" / "data" / "regions.yaml").read_text("utf-8"))
    listed = [names for region in data["regions"] for names in region["names"].values()]
    return [name for names in listed for name in (names if isinstance(names, list) else chain(*names.values()))]


FORMS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("talk.yaml").read_text("utf-8"))
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
BLANK = re.compile(r"\{(\w+)(?: (\d+)|\.\.(\d+))?\}")


class Talk:
    """Sentences a caller might say, from talk.yaml and the product's vocabulary; the same seed, the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.lists: dict[str, list[str]] = FORMS["lists"] | {
            "service": services(),
            "topic": [form for form in values("topic") if 2 <= len(form) <= 7],
            "place": [name for name in places() if HANZI.fullmatch(name)],
            "facility": values("facility"),
            "diet": values("diet"),
            "surname": list(SURNAMES),
        }
        self.weights = [group["often"] for group in FORMS["phrases"]]
        plain = ("".join(clauses(line)) for line in examples())
        self.examples = [line for line in plain if 2 <= len(line) <= 26]
        self.clauses = [clause for text in written() for clause in clauses(text) if 4 <= len(clause) <= 24]

    def figures(self, length: int) -> str:
        """Figures said one by one; a third of the people say 幺 for 一."""
        said = "".join(self.random.choice(DIGITS) for _ in range(length))
        return said.replace("一", "幺") if self.random.random() < 0.35 else said

    def _fill(self, blank: re.Match[str]) -> str:
        name, length, last = blank.groups()
        if length:
            return self.figures(int(length))
        if last:
            return count(self.random.randint(int(name), int(last)))
        return BLANK.sub(self._fill, self.random.choice(self.lists[name]))

    def phrase(self) -> str:
        """One hotline phrase, hanzi only."""
        while True:
            forms = self.random.choices(FORMS["phrases"], self.weights)[0]["forms"]
            said = BLANK.sub(self._fill, self.random.choice(forms))
            if HANZI.fullmatch(said):
                return said

    def sentence(self) -> str:
        """A phrase, an example of the understanding or a clause of the written data."""
        which = self.random.random()
        if which < 0.55:
            return self.phrase()
        return self.random.choice(self.examples if which < 0.78 else self.clauses)
