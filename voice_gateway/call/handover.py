"""Putting a caller through: to people of the fixed list, or to the emergency services; and what to say if nobody takes it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import structlog

from care.reply import Reply
from care.texts import reply
from care.wording import say_digits
from voice_gateway.call.house import House
from voice_gateway.call.playback import Playback
from voice_gateway.leg import Leg

log = structlog.get_logger(__name__)

RING_SECONDS = 35.0
"""How long one number may take to answer."""
PEOPLE = ("desk", "duty")
_SENTENCE = re.compile(r"[^。？！]+[。？！]?")


def can_go_through(leg: Leg, house: House, detail: dict[str, Any]) -> bool:
    """Whether there is anybody to try; if not, what was said stands, and the question in it."""
    somebody = detail.get("to") != "duty" or bool(house.operators)
    return leg.can_transfer and somebody and bool(detail.get("open", True))


class Advice:
    """What is being said in danger while people are rung already: they get the caller when a sentence of it ends."""

    def __init__(self, playback: Playback, seconds: float) -> None:
        self._playback = playback
        self._seconds = seconds
        self._limit: asyncio.Timeout | None = None

    async def answered(self) -> None:
        """Lets the sentence that sounds be said to its end."""
        assert self._limit
        self._limit.reschedule(None)
        while speech := self._playback.speaking:
            speech.end_with_text()
            await speech.done.wait()

    async def over(self) -> None:
        """Waits for its end."""
        assert self._limit
        self._limit.reschedule(None)
        while speech := self._playback.speaking:
            await speech.done.wait()
        self._limit.reschedule(asyncio.get_running_loop().time() + self._seconds)

    async def ringing(self, leg: Leg) -> bool:
        """Rings the people of the list while the advice is said; whether one of them has the caller."""
        try:
            async with asyncio.timeout(self._seconds) as self._limit:
                return await leg.transfer("", meanwhile=self)
        except TimeoutError:
            return False
        except Exception as error:  # as in `put_through`
            log.error("transfer_failed", error=type(error).__name__)
            return False


def ring_at_once(leg: Leg, house: House, playback: Playback) -> asyncio.Task[bool]:
    """Begins to ring the people on duty while the caller is told what to do."""
    return asyncio.create_task(Advice(playback, RING_SECONDS * len(house.operators)).ringing(leg))


async def put_through(leg: Leg, house: House, to: str) -> bool:
    """Tries the numbers in order.

    Args:
        to: `desk`, `duty` (in danger, at any hour), or an emergency number.
    """
    for target in house.operators if to in PEOPLE else (to,):
        try:
            if await asyncio.wait_for(leg.transfer(target), RING_SECONDS):
                return True
        except TimeoutError:
            pass
        except Exception as error:  # whatever the line's fault is, the caller must not be left alone with it
            log.error("transfer_failed", error=type(error).__name__)
    return False


def unasked(replies: Sequence[Reply]) -> list[Reply]:
    """What is said to a caller who is being put through, sentence by sentence and without questions: nobody would hear the
    answer."""
    return [
        replace(said, say=sentence, choices=())
        for said in replies for sentence in _SENTENCE.findall(said.say) if not sentence.endswith("？")
    ] or list(replies)  # fmt: skip


def not_taken(detail: dict[str, Any], phone: str) -> Reply:
    """What is said when nobody took the call."""
    to = str(detail.get("to", "desk"))
    if to == "duty":
        return reply("call.transfer_duty_failed")
    if to not in PEOPLE:
        return reply("call.transfer_number_failed", number=say_digits(to, ""))
    return reply("call.transfer_failed" if phone else "call.transfer_failed_no_phone")
