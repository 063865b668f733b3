"""What a key means at this moment; decided here, before anything is understood and without the bot.

0 a human, 9 again, * slower, # Mandarin again while Cantonese is spoken; 1 and 2 yes and no, or the choices of what was asked; digits where a number is asked,
ended by # or by a pause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from care.reply import Choice

HUMAN, AGAIN, SLOWER, END = "0", "9", "*", "#"
MANDARIN = "讲普通话"
"""What # stands for while Cantonese is spoken."""
DICTATED = ("phone", "order", "identity")
"""Slots of several digits; a single one of them means what the key means anywhere."""
COUNTED = ("quantity", "age", "duration", "date", "time")
"""Slots of which one digit may be the whole answer."""
BEGIN = {"phone": "012345678", "order": "0123456789", "identity": "0123456789", "age": "123456789"}
"""Digits that a typed number may begin with; elsewhere 0 and 9 mean what they always mean, at once."""
MOBILE_DIGITS = 11
LENGTHS = {"order": 4, "identity": 4}
PAUSE = 2.0
"""Seconds without a key after which a number is over."""
LONG_PAUSE = 4.0
"""The same while a telephone number is not complete: numbers are looked up in a notebook."""


@dataclass(frozen=True)
class Meaning:
    """What is to be done for a key."""

    do: Literal["human", "repeat", "slower", "say", "collect", "nothing"]
    text: str = ""
    """For `say`: the words that the key stands for."""
    pause: float = 0.0
    """For `collect`: seconds to wait for the next digit; 0: the number is complete."""


class Keypad:
    """The keys of one call."""

    def __init__(self) -> None:
        self._asking = ""
        self._choices: tuple[Choice, ...] = ()
        self._digits = ""
        self._just_typed = False
        """A number is complete; people end it by # all the same."""
        self.way_back = False
        """Whether # leads back to Mandarin."""

    def expect(self, asking: str, choices: tuple[Choice, ...]) -> None:
        """What was asked last: the slot, and the choices that can be made by number."""
        if (asking, choices) != (self._asking, self._choices):
            self._digits = ""
        self._asking, self._choices = asking, choices

    @property
    def begun(self) -> bool:
        """Whether a number is being typed."""
        return bool(self._digits)

    def press(self, digit: str) -> Meaning:
        """The meaning of one key."""
        just_typed, self._just_typed = self._just_typed, False
        if digit == SLOWER:
            return Meaning("slower")
        if digit == END:
            if self.way_back and not self._digits and not just_typed:
                return Meaning("say", MANDARIN)
            return self.ended()
        if self._asked_for_number() and (self._digits or digit in BEGIN.get(self._asking, "12345678")):
            self._digits += digit
            self._just_typed = True
            return Meaning("collect", pause=self._pause())
        if digit == HUMAN:
            return Meaning("human")
        if 1 <= int(digit) <= len(self._choices):
            return Meaning("say", self._choices[int(digit) - 1].value)
        if digit == AGAIN:
            return Meaning("repeat")
        if not self._choices and digit in "12":
            return Meaning("say", "对" if digit == "1" else "不对")
        return Meaning("nothing")

    def ended(self) -> Meaning:
        """The number typed so far is over."""
        typed, self._digits = self._digits, ""
        if not typed:
            return Meaning("nothing")
        if typed == HUMAN:
            return Meaning("human")
        if typed == AGAIN and self._asking in DICTATED:
            return Meaning("repeat")
        return Meaning("say", self._spoken(typed))

    def _asked_for_number(self) -> bool:
        return self._asking in DICTATED or (self._asking in COUNTED and not self._choices)

    def _pause(self) -> float:
        length = len(self._digits)
        if self._asking == "phone":
            mobile = self._digits.startswith("1")
            if mobile and length >= MOBILE_DIGITS:
                return 0.0
            return LONG_PAUSE if length > 1 else PAUSE
        return 0.0 if length >= LENGTHS.get(self._asking, 99) else PAUSE

    def _spoken(self, typed: str) -> str:
        """Digits as the answer to a question about a day or an hour: 1130 → 11点30分, 1126 → 11月26号."""
        if self._asking == "time" and len(typed) <= 4:
            return f"{int(typed)}点" if len(typed) <= 2 else f"{int(typed[:-2])}点{int(typed[-2:])}分"
        if self._asking == "date" and len(typed) <= 4:
            return f"{int(typed)}号" if len(typed) <= 2 else f"{int(typed[:-2])}月{int(typed[-2:])}号"
        return typed
