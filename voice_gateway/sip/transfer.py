"""Handing a caller over: the other side is asked to call the operator itself (REFER), else we call and join both."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import structlog
from aiosipua import SipRequest, SipResponse

from voice_gateway.leg import Meanwhile
from voice_gateway.sip.dialling import DialFailed, DialRefused

if TYPE_CHECKING:
    from voice_gateway.sip.leg import SipLeg
    from voice_gateway.sip.line import Line

ASKED_SECONDS = 4.0
"""Within this the other side says whether it will transfer."""
REFERRED_SECONDS = 28.0
"""Within this it reports (NOTIFY, RFC 3515) how the transfer ended."""
CHALLENGES = (401, 407)
NOT_TAKEN = (0, 408, 480, 486, 487, 600, 603)
"""The operator's telephone was reached and nobody took the call (0: the caller left). Anything else is the fault of the
one who was to transfer, and we try ourselves."""
RINGING_SECONDS = 25.0
"""So long an operator's telephone rings."""
URGENT_SECONDS = 20.0
"""The same in danger: the next one is tried sooner."""

LEFT = "caller_left"
REACHED = ("busy", "no_answer", "declined", "hung_up", LEFT)
"""What came of ringing an operator's telephone ourselves that asking for a transfer would not better."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


async def hand_over(line: Line, leg: SipLeg, operators: list[str], meanwhile: Meanwhile | None = None) -> bool:
    """Tries the operators in order; whether one of them has the caller now.

    A transfer asked for takes the caller away as soon as the operator answers, in the middle of a word. So while something
    is being said we ring ourselves, and ask afterwards for those whom we could not ring.
    """
    if meanwhile:
        unrung = []
        for number in operators:
            failed = await _bridge(line, leg, number, meanwhile)
            if not failed:
                return True
            if failed not in REACHED:
                unrung.append(number)
        operators = unrung
        if not (operators and leg.refers):
            return False
        await meanwhile.over()
    for number in operators:
        if leg.over.is_set():
            return False
        if leg.refers:
            outcome = await _refer(line, leg, number)
            log.info("refer", leg=leg.id, outcome=outcome)
            if outcome == "taken":
                leg.end("transferred")
                return True
            if outcome == "refused":
                continue
            leg.refers = False
        if meanwhile:
            return False
        if not await _bridge(line, leg, number):
            return True
    return False


async def _refer(line: Line, leg: SipLeg, number: str) -> Literal["taken", "refused", "unable"]:
    leg.progress = asyncio.get_running_loop().create_future()
    try:
        return await _asked(line, leg, number, leg.progress)
    finally:
        leg.progress = None


async def _asked(
    line: Line, leg: SipLeg, number: str, progress: asyncio.Future[int]
) -> Literal["taken", "refused", "unable"]:
    request = line.client.send_refer(leg.dialog, line.outgoing.uri(number, leg.peer), leg.peer)
    answer = await _answer(line, request)
    if answer and answer.status_code in CHALLENGES and (proof := line.outgoing.proof(answer, request, leg.peer[0])):
        headers = {"Refer-To": request.get_header("refer-to") or "", **proof}
        request = line.client._send_in_dialog(leg.dialog, "REFER", leg.peer, extra_headers=headers)
        answer = await _answer(line, request)
    if answer is None or not 200 <= answer.status_code < 300:
        return "unable"
    try:
        async with asyncio.timeout(REFERRED_SECONDS):
            status = await progress
    except TimeoutError:
        return "refused"
    if 200 <= status < 300:
        return "taken"
    return "refused" if status in NOT_TAKEN else "unable"


async def _answer(line: Line, request: SipRequest) -> SipResponse | None:
    try:
        async with asyncio.timeout(ASKED_SECONDS):
            return await line.transport.requests.final(request)
    except TimeoutError:
        return None


async def _bridge(line: Line, leg: SipLeg, number: str, meanwhile: Meanwhile | None = None) -> str:
    """Rings an operator and joins the caller to them; why it was not done, empty when it was."""
    leaving = asyncio.ensure_future(leg.over.wait())
    other: SipLeg | None = None
    try:
        seconds = URGENT_SECONDS if meanwhile else RINGING_SECONDS
        other = await _first(leaving, line.outgoing.place(number, seconds, by=leg.peer))
        if other and meanwhile:
            leg.listening_in = other
            await _first(leaving, meanwhile.answered())
        if other is None or leg.over.is_set():
            return LEFT
        if other.over.is_set() or leg.joined:
            return "hung_up"
        leg.join(other)
        other.join(leg)
        return ""
    except (DialFailed, DialRefused) as error:
        log.info("operator_not_reached", leg=leg.id, reason=error.reason)
        return error.reason
    finally:
        leg.listening_in = None
        leaving.cancel()
        if other and not other.joined:
            other.end("bye")


async def _first(leaving: asyncio.Future[Any], work: Coroutine[Any, Any, T]) -> T | None:
    """What comes of the work; none, and the work is given up, when the caller leaves before."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
