"""Callers with an errand of their own: they answer what is asked in their own words, and put right what is repeated wrongly.

A written dialogue fails at the first turn that goes another way than its writer thought. These callers go along, as people do:
what counts is that the right order stands in the end. How often they had to put something right is told beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from yinling.evaluate.conversations import report, stands
from yinling.evaluate.heldout import Score, load, missing
from yinling.evaluate.talk import Talk

MOST_TURNS = 30
PATIENCE = 3
"""So often a caller says the same thing about one point before giving up."""
PLACED = ("booked", "submitted")
LOST = ("idle", "unknown", "refused", "answered", "cancelled")
"""States in which nobody asks the caller anything and nothing stands yet."""


@dataclass
class Caller:
    """One of them, and what they have said so far."""

    case: dict[str, Any]
    said: Counter[str] = field(default_factory=Counter)

    def next(self, talk: Talk) -> str | None:
        """What they say to the last reply; nothing when the errand is done or they give up."""
        if talk.state in PLACED or talk.state in ("ended", "handed_over", "emergency"):
            return None
        if talk.state not in LOST and "aside" in self.case and not self.said["aside"]:
            return self._say("aside", self.case["aside"])
        if talk.state == "confirming":
            return self._at_read_back(talk)
        if talk.state in LOST:
            return self._say("again", self.case["again"])
        slot = talk.state.removeprefix("asking_")
        return self._say(slot, self.case["answers"].get(slot, self.case["otherwise"]))

    def _at_read_back(self, talk: Talk) -> str | None:
        for point in self.case.get("hears", ()):
            if missing(talk.answer, {"must": [point["want"]]}):
                return self._say(point["says"], point["says"])
        return self._say("yes", self.case["yes"])

    def _say(self, about: str, words: str | list[str]) -> str | None:
        times = self.said[about]
        self.said[about] += 1
        if times >= PATIENCE:
            return None
        return words if isinstance(words, str) else words[min(times, len(words) - 1)]


def errands(http: httpx.Client, progress: Callable[[], None], name: str = "errands") -> dict[str, Score]:
    """Errands that end with the right order in the database; and those in which nothing had to be put right or said again."""
    done, smooth = Score(), Score()
    for case in load(name):
        talk, caller, turns = Talk(http, case.get("phone")), Caller(case), 0
        for words in case["opens"]:
            talk.say(words)
        while turns < MOST_TURNS and (words := caller.next(talk)) is not None:
            talk.say(words)
            turns += 1
        faults = [] if talk.state in PLACED else [f"没办成，停在 {talk.state}"]
        faults = faults or stands(http, talk, case.get("order"))
        again = [about for about, times in caller.said.items() if about not in ("aside", "yes") and (times > 1 or about == "again")]
        again += [point["says"] for point in case.get("hears", ()) if caller.said[point["says"]]]
        done.add(not faults, report(case["name"], faults, talk))
        smooth.add(not (more := faults or [f"又说了：{words}" for words in again]), report(case["name"], more, talk))
        progress()
    return {"办事": done, "办事·一次说成": smooth}
