"""Putting a caller through: to people of the fixed list, or to the emergency services; and what to say if nobody takes it."""

from __future__ import annotations

import asyncio
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
RING_SECONDS_URGENT = 20.0
"""The same in danger: the next one is tried sooner."""
PEOPLE = ("desk", "duty")


def can_go_through(leg: Leg, house: House, detail: dict[str, Any]) -> bool:
    """Whether there is anybody to try; if not, what was said stands, and the question in it."""
    somebody = detail.get("to") != "duty" or bool(house.operators)
    return leg.can_transfer and somebody and bool(detail.get("open", True))


async def put_through(leg: Leg, house: House, playback: Playback, to: str) -> bool:
    """Tries the numbers in order while the caller hears the ringing tone.

    Args:
        to: `desk`, `duty` (in danger, at any hour), or an emergency number.
    """
    targets = house.operators if to in PEOPLE else (to,)
    longest = RING_SECONDS_URGENT if to == "duty" else RING_SECONDS
    playback.ringing = True
    try:
        for target in targets:
            try:
                if await asyncio.wait_for(leg.transfer(target), longest):
                    return True
            except TimeoutError:
                pass
            except Exception as error:  # whatever the line's fault is, the caller must not be left alone with it
                log.error("transfer_failed", error=type(error).__name__)
        return False
    finally:
        playback.ringing = False


def not_taken(detail: dict[str, Any], phone: str) -> Reply:
    """What is said when nobody took the call."""
    to = str(detail.get("to", "desk"))
    if to == "duty":
        return reply("call.transfer_duty_failed")
    if to not in PEOPLE:
        return reply("call.transfer_number_failed", number=say_digits(to, ""))
    return reply("call.transfer_failed" if phone else "call.transfer_failed_no_phone")
