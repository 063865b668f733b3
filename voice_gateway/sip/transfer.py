"""Handing a caller over: the other side is asked to call the operator itself (REFER), else we call and join both."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

import structlog
from aiosipua import SipRequest, SipResponse

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

log = structlog.get_logger(__name__)


async def hand_over(line: Line, leg: SipLeg, operators: list[str]) -> bool:
    """Tries the operators in order; whether one of them has the caller now."""
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
        if await _bridge(line, leg, number):
            return True
    return False


async def _refer(line: Line, leg: SipLeg, number: str) -> Literal["taken", "refused", "unable"]:
    leg.progress = asyncio.get_running_loop().create_future()
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
            status = await leg.progress
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


async def _bridge(line: Line, leg: SipLeg, number: str) -> bool:
    placing = asyncio.ensure_future(line.outgoing.place(number, RINGING_SECONDS, by=leg.peer))
    leaving = asyncio.ensure_future(leg.over.wait())
    try:
        await asyncio.wait({placing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not placing.done():
            placing.cancel()
        other = await placing
    except (DialFailed, DialRefused) as error:
        log.info("operator_not_reached", leg=leg.id, reason=error.reason)
        return False
    except asyncio.CancelledError:
        placing.cancel()
        if not leg.over.is_set():
            raise
        return False
    finally:
        leaving.cancel()
    if leg.over.is_set():
        other.end("bye")
        return False
    leg.join(other)
    other.join(leg)
    return True
