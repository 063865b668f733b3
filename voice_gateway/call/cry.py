"""A cry for help while somebody is still speaking: found in the words so far, before the turn is over.

Owns timing only. Words that are surely an emergency are acted on when they have stood for a moment: the caller paused
(or moans), or went on speaking and took nothing back (“煤气” may become “煤气罐没气了”, “我摔倒了” may become “我摔倒了怎么报销”).
Words that are an emergency but not surely are acted on only if the caller goes on much longer; else the end of the turn
decides. One turn is acted on once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from care import emergency

TAIL = 16
"""Characters at the end of a monologue that was cut, which the next words may go on with."""


@dataclass(frozen=True)
class Standing:
    """How long words must have stood, in seconds; measured with `tests/unit/emergency_*.yaml` spoken letter by letter.

    Raises:
        ValueError: a value outside its bounds.
    """

    steady: float = 0.8
    """Sure words, unchanged: nothing that takes them back has followed."""
    running: float = 1.0
    """Sure words, while others follow."""
    likely: float = 4.0
    """Words that are an emergency, but not surely, while others follow."""

    def __post_init__(self) -> None:
        if not 0.2 <= self.steady <= self.running <= self.likely <= 10.0:
            raise ValueError("0.2 <= steady <= running <= likely <= 10 is needed")


class Cry:
    """Watches the words of one caller.

    Args:
        act: told the words, at most once a turn.
    """

    def __init__(self, act: Callable[[str], None], standing: Standing | None = None) -> None:
        self._act = act
        self._standing = standing or Standing()
        self._timer: asyncio.TimerHandle | None = None
        self._sure_since: float | None = None
        self._since: float | None = None
        self._before = ""
        self.acted = ""
        """The words of this turn that were acted on."""

    def partial(self, text: str) -> None:
        """The words of the open turn so far."""
        self._wait_no_more()
        if self.acted or not text:
            return
        now = asyncio.get_running_loop().time()
        words = self.joined(text)
        weight = emergency.urgency(words)
        sure = weight > emergency.SURE
        self._since = (self._since if self._since is not None else now) if weight > emergency.ALARMING else None
        self._sure_since = (self._sure_since if self._sure_since is not None else now) if sure else None
        if self._stood(self._sure_since, self._standing.running) or self._stood(self._since, self._standing.likely):
            self._cry(words)
        elif sure:
            self._timer = asyncio.get_running_loop().call_later(self._standing.steady, self._cry, words)

    def over(self, text: str = "", cut: bool = False) -> None:
        """The turn is over; it was `cut` at the limit for monologues, so that the next words may go on with these."""
        self._wait_no_more()
        self._sure_since = self._since = None
        self._before = text[-TAIL:] if cut and not self.acted else ""
        self.acted = ""

    def joined(self, text: str) -> str:
        """The words with the end of what was cut before them."""
        return self._before + text

    def rest(self, text: str) -> str:
        """What the whole turn says beyond the words that were acted on."""
        text = self.joined(text)
        return text.removeprefix(self.acted).lstrip("，") if self.acted else text

    def _stood(self, since: float | None, seconds: float) -> bool:
        return since is not None and asyncio.get_running_loop().time() - since >= seconds

    def _cry(self, words: str) -> None:
        self._wait_no_more()
        self.acted = words
        self._act(words)

    def _wait_no_more(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
