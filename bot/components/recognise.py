"""All recognisers together, with the order in which they claim the text. No Rasa here."""

from __future__ import annotations

from typing import List, Sequence

from bot.components.lexicon import Word
from bot.components.spans import Span, plain
from bot.components.words import WordFinder


class Recogniser:
    """Finds every entity of a sentence."""

    def __init__(self, lexicon: Sequence[Word]) -> None:
        self.lexicon = list(lexicon)
        self._words = WordFinder(self.lexicon)

    def find(self, text: str, asking: str = "") -> List[Span]:
        """The entities in the order of the text.

        Args:
            text: what was said.
            asking: the slot asked for, which decides between readings (电话 or 单号).
        """
        return self._words.find(plain(text))
