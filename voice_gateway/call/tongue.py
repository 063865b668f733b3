"""Listening for a wish for Cantonese or Mandarin beside the answers to a question.

A small model that does not know these words makes others of them; held to a grammar it hears more of them, from parts that
it does know (普通 + 话). The sure way back is a key (`voice_gateway.call.keys`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from care import regions
from care.conversation import accent, hearing
from care.reply import Reply
from voice_gateway.listening import Expectation, Utterance

BACK = ("普通话", "说普通话", "讲普通话", "听普通话", "要普通话")
"""What is listened for while Cantonese is spoken."""
THERE = ("粤语", "说粤语", "讲粤语", "广东话", "说广东话", "讲广东话", "白话", "讲白话", "说白话")
"""What is listened for where many speak Cantonese, and while a caller of whom no town is known may say anything."""

TOLD = {"cantonese": "讲粤语", "mandarin": "讲普通话"}
"""What the desk is told, however it was heard."""


@dataclass(frozen=True)
class ListeningForTongue(Expectation):
    """An open question, and the ways to be spoken to differently."""

    wishes: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        return (*super().phrases, *self.wishes)

    def answer(self, text: str) -> str:
        return text if wish(text) else super().answer(text)


def expecting(state: str, replies: Sequence[Reply], region: str, spoken: str) -> Expectation:
    """What the ear is told: the open question, and beside it the way back while Cantonese is `spoken`, or the way to it in
    a region where many speak it, or while no region is known and nothing was asked."""
    local = next((known.accent for known in regions.regions() if known.id == region), "")
    there = local == accent.CANTONESE or not region and state == "idle"
    wishes = BACK if spoken == accent.CANTONESE else THERE if there else ()
    if not wishes:
        return Expectation.of(state, replies, region)
    return replace(ListeningForTongue.of(state, replies, region), wishes=wishes)


def wished(text: str, heard: Utterance | None) -> str:
    """The wish in a turn (a key has words only). The way back needs no second question; Cantonese does, when in doubt."""
    found = wish(text, heard.raw if heard else "")
    return "" if found == "cantonese" and heard and heard.unsure else found


def wish(*heard: str) -> str:
    """The wish in what was heard (as repaired, as recognised): `cantonese` or `mandarin`; else empty."""
    return next((name for words in heard if (name := hearing.command(words)) in accent.NAMES), "")
