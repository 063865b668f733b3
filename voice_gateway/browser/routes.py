"""Where pages come in: `WS /browser` on the voice gateway's own loopback port.

To mount it (the server of the voice gateway, or a test with an echo for a call):

    app.include_router(router(on_call, has_room))
    uvicorn.run(app, host="127.0.0.1", port=settings().voice_port, **protocol.SERVING)

* `on_call(leg)` runs one whole call and must call `leg.answer()`; when it returns, or fails, the leg is hung up. It ends soon
  after the leg's `Gone`, because nothing else ends it. A cancelled `on_call` also ends with the socket closed.
* `has_room()` says whether one more call may begin now (SIP and pages together); otherwise the page is told `BUSY`.
  It is asked once for each page, right before `on_call` is called, with nothing awaited in between.

Pages reach this only through the web side (`web.phone`), which looks at origin, address and rate. A browser that comes here
by itself is turned away: any page of any site could otherwise call from somebody's own machine.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from fastapi import APIRouter, WebSocket

from care.settings import settings
from voice_gateway.browser import protocol
from voice_gateway.browser.leg import BROKEN, BrowserLeg
from voice_gateway.browser.protocol import BadMessage, Start
from voice_gateway.leg import Leg

OnCall = Callable[[Leg], Awaitable[None]]
START_SECONDS = 10.0
"""How long a page may take to say what its sound is like."""

log = structlog.get_logger()


def router(on_call: OnCall, has_room: Callable[[], bool] = lambda: True) -> APIRouter:
    """`WS /browser`: one socket, one call."""
    routes = APIRouter()

    @routes.websocket("/browser")
    async def browser(socket: WebSocket) -> None:
        if "origin" in socket.headers:
            await socket.close()  # before accepting: the handshake is answered with 403
            return
        await socket.accept()
        start = await _start(socket)
        if start is None:
            await _close(socket, protocol.MISBEHAVED)
        elif not has_room():
            await _close(socket, protocol.BUSY)
        else:
            await _call(socket, start, on_call)

    return routes


async def _call(socket: WebSocket, start: Start, on_call: OnCall) -> None:
    config = settings()
    leg = BrowserLeg(socket, start, called=config.sip_user, longest=config.sip_max_minutes * 60)
    beside = [asyncio.create_task(leg.read()), asyncio.create_task(leg.write())]
    try:
        await on_call(leg)
    except Exception as error:  # one call's fault ends that call only
        log.error("browser call failed", call=leg.id, error=type(error).__name__)
    finally:
        await leg.hang_up()
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


async def _start(socket: WebSocket) -> Start | None:
    """The page's first message; none if it is something else or does not come."""
    try:
        async with asyncio.timeout(START_SECONDS):
            message = await socket.receive()
    except (*BROKEN, TimeoutError):
        return None
    try:
        said = protocol.parse(message.get("text") or "")
    except BadMessage:
        return None
    return said if isinstance(said, Start) else None


async def _close(socket: WebSocket, code: int) -> None:
    with suppress(*BROKEN):  # closed by the page
        await socket.close(code)
