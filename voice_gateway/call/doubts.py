"""What was heard with doubt, until the caller has said whether it is right: what is asked about it, and what an answer means."""

from __future__ import annotations

from care.calls.words import means
from care.texts import reply
from voice_gateway.call.figures import Figures, TurnTimes
from voice_gateway.call.jobs import Job
from voice_gateway.call.turns import Turns
from voice_gateway.listening import Utterance
from voice_gateway.listening.expect import CONFIRM
from voice_gateway.listening.model import UNKNOWN
from voice_gateway.listening.sound import key

NUMBER = "phone"
"""What is never read back while it is not whole."""


class Doubts:
    """The doubt of one call."""

    def __init__(self, turns: Turns, figures: Figures) -> None:
        self._turns = turns
        self._figures = figures
        self._words = ""
        self._value = ""
        self._refused: set[tuple[str, ...]] = set()
        """How what was said back and denied sounds."""
        self._denied = False

    @property
    def open(self) -> bool:
        """Whether “您说的是……，对吗？” waits for an answer."""
        return bool(self._words)

    def forget(self) -> None:
        """Something else counts now."""
        self._words = ""

    def settle(self) -> None:
        """Something was understood: the next doubt is the first one again."""
        self._words, self._denied = "", False
        self._refused.clear()

    def about(self, heard: Utterance, times: TurnTimes) -> Job | str:
        """Asks about words: a yes or no is asked for again, what makes no sense is to be said once more, anything else is
        said back. What was denied is not said back again: then the words count as they were recognised."""
        what = heard.unsure[0]
        if what.slot == CONFIRM or means(what.value, "affirm") or means(what.value, "deny"):
            self._figures.unheard += 1
            return Job(lambda: self._turns.unheard(times))
        if what.odd and (not self._denied or what.slot == NUMBER):
            again, self._denied = self._denied, not self._denied
            self._figures.unheard += 1
            if again:
                return Job(lambda: self._turns.unheard(times))
            return Job(lambda: self._turns.say([reply(f"call.unheard_{what.slot}")], slot=what.slot))
        recognised = heard.raw.replace(" ", "").replace(UNKNOWN, "")
        if key(what.value) in self._refused:
            return Job(lambda: self._turns.unheard(times)) if key(recognised) in self._refused or not recognised else recognised
        self._words, self._value = heard.text.strip(), what.value
        return Job(lambda: self._turns.check(what.value))

    def answered(self, text: str, times: TurnTimes) -> Job | str:
        """The answer to “您说的是……，对吗？”: what to do, or the words that are to be taken now."""
        original, self._words = self._words, ""
        if means(text, "affirm"):
            return original
        if not means(text, "deny"):
            return text
        self._refused.add(key(self._value))
        if self._denied:  # misheard twice: on to other words, to keys, to people
            self._figures.unheard += 1
            return Job(lambda: self._turns.unheard(times))
        self._denied = True
        return Job(lambda: self._turns.again(reply("call.check_again")))
