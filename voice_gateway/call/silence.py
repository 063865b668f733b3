"""What is said to a caller who says nothing, by how far their matter is and how often it was quiet before."""

from __future__ import annotations

from care.texts import reply
from voice_gateway.call.jobs import Job
from voice_gateway.call.turns import Turns

DONE = ("booked", "submitted", "cancelled", "rescheduled", "answered", "handed_over", "refused")
"""States after which a caller who says nothing more has nothing more to say."""


def job(turns: Turns, rung: int, broken: bool) -> Job:
    """What to do at a rung of the ladder of silence.

    Args:
        broken: the caller cannot be heard, whatever they say.
    """
    if turns.state == "emergency":
        return Job(lambda: turns.say([reply("call.quiet_emergency", attempt=rung % 3)], keep=True))
    if turns.state in DONE and not broken:
        if rung:
            return Job(lambda: turns.goodbye_for_silence(True))
        return Job(lambda: turns.say([reply("call.quiet_anything")], keep=True))
    if broken or rung >= 2:
        return Job(lambda: turns.goodbye_for_silence(False))
    return Job(turns.are_you_there if rung == 1 else turns.still_listening)
