"""Policies: what the documents of five regions say, told honestly, with the source.

`answer` serves the conversation, `region_task` asks where when that decides the answer, `search` and `cite` serve others.
"""

from __future__ import annotations

from care.policy.claims import claims, comes_first, knows
from care.policy.compose import Citation, cite, stated
from care.policy.dialogue import answer, speak_of
from care.policy.follows import known_besides, silent_on, told_of
from care.policy.leaning import keep
from care.policy.records import Record, library
from care.policy.region_task import region_task
from care.policy.retrieve import Hit, search, warm
from care.policy.terms import asked as means

__all__ = [
    "Citation",
    "Hit",
    "Record",
    "answer",
    "cite",
    "claims",
    "comes_first",
    "keep",
    "known_besides",
    "knows",
    "library",
    "means",
    "region_task",
    "search",
    "silent_on",
    "speak_of",
    "stated",
    "told_of",
    "warm",
]
