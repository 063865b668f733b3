"""A sentence in everyday Mandarin: the small words of the regions evened out, without fillers and closing particles.

Most of what makes a sentence a dialect's are some hundred words for asking, refusing and doing (么子, 冇得, 唔使, 咋整).
With all of them replaced by one, an example from one region helps to understand the same wish from another. What is
lost on the way (咯 may close a sentence or mean 这) does no harm: the classifier sees the words as they were said, too.
The words are data: nlu_data/dialect.yml.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Dict, List

import yaml

from bot.components.lexicon import ROOT
from bot.components.spans import squeeze

FILE = ROOT / "nlu_data" / "dialect.yml"
FILLERS = re.compile(r"^(?:那个|这个|那啥|就是说|就是|诶|哎呀|唉|哎|喂|嗯|呃|啊|那)+(?=..)")
"""False starts."""
CLOSING = re.compile(r"[啊呀哦哟哈呗嘛呐呢吧撒噻嗄诶哎哇]+$")
ASKING = re.compile(r"(?<=..)(?:不|么|没|没有|啵|否)$")
"""What turns the words before it into a question: 收钱不, 来了没."""


class DialectError(Exception):
    """The words cannot be used; the message says why."""


class Evener:
    """The words of the regions, ready to replace. Not bound to Rasa."""

    def __init__(self, meanings: Dict[str, str]) -> None:
        self.meanings = meanings
        self._words = re.compile("|".join(sorted(map(re.escape, meanings), key=len, reverse=True)))

    def even(self, text: str) -> str:
        """The sentence without punctuation, in everyday words."""
        words = self._words.sub(lambda m: self.meanings[m[0]], squeeze(text))
        words = FILLERS.sub("", words)
        return ASKING.sub("吗", CLOSING.sub("", words) or words)


def meanings(path: Path = FILE) -> Dict[str, str]:
    """Every word of the file with the one that stands for it.

    Raises:
        DialectError: a word has two meanings.
    """
    content: Dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    found: Dict[str, str] = {}
    groups: Dict[str, List[str]] = content["words"]
    for meant, words in groups.items():
        for word in words:
            if found.setdefault(word, meant) != meant:
                raise DialectError(f"{path.name}：“{word}”有两个意思：{found[word]} 和 {meant}")
    for word in content["kept"]:
        found.setdefault(word, word)
    return found
