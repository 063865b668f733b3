"""The phone page: `GET /phone`, its line to the voice gateway `WS /phone/socket`, and reading aloud `POST /api/speech`.

The voice gateway listens on loopback only; what comes from outside is checked here: the page's own origin, calls a minute
and calls at once of one address, the size of every message. The protocol itself is `voice_gateway.browser.protocol`.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import httpx
from fastapi import APIRouter, Request, Response, WebSocket
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from care.conversation.accent import CANTONESE, MANDARIN
from care.settings import settings
from care.texts import phrase
from voice_gateway.browser import protocol
from web.guard import Guard, address_of
from web.refusals import Refusal
from web.wire import json_body

AT_ONCE = 5
"""Calls at once of one address: a household or an office behind one router."""
OPEN_SECONDS = 5.0
SPEECH_SECONDS = 20.0
MAX_SPEECH = 300
"""Characters read aloud at once; the page asks sentence by sentence."""
BROKEN = (WebSocketDisconnect, RuntimeError, OSError)
"""What a socket of a page that is gone raises (Starlette, uvicorn)."""
WORDS = (
    "ready",
    "asking",
    "calling",
    "talking",
    "human",
    "ended",
    "limit",
    "broken",
    "lost",
    "busy",
    "often",
    "down",
    "refused",
    "no_microphone",
    "taken",
    "insecure",
    "too_old",
    "dial_120",
)


def router(guard: Guard, templates: Jinja2Templates, version: str) -> APIRouter:
    """The phone page and what it needs.

    Args:
        version: of the static files.
    """
    routes = APIRouter()
    talking: Counter[str] = Counter()

    @routes.get("/phone")
    async def page(request: Request) -> HTMLResponse:
        words = {name: phrase(f"phone_page.{name}") for name in WORDS}
        words |= {f"key_{digit}": phrase("phone_page.key", digit=digit) for digit in protocol.DIGITS}
        days = settings().keep_audio_days
        kept = phrase("phone_page.kept", days=days) if days else phrase("phone_page.unkept")
        return templates.TemplateResponse(
            request, "phone.html", {"version": version, "words": words, "kept": kept, "digits": "123456789*0#"}
        )

    @routes.websocket("/phone/socket")
    async def socket(page: WebSocket) -> None:
        if not own_page(page):
            await page.close()  # before accepting: the handshake is answered with 403
            return
        await page.accept()
        address = address_of(page)
        if not guard.may_call(page) or (talking[address] >= AT_ONCE and not guard.trusted(page)):
            await _close(page, protocol.TOO_OFTEN)
            return
        talking[address] += 1
        try:
            await _put_through(page)
        finally:
            talking[address] -= 1
            if not talking[address]:
                del talking[address]

    @routes.post("/api/speech")
    async def speech(request: Request) -> Response:
        data = await json_body(request)
        text = data.get("text") if isinstance(data, dict) else None
        if not isinstance(text, str) or not text.strip() or len(text) > MAX_SPEECH:
            raise Refusal(422, "speech_text")
        accent = CANTONESE if data.get("accent") == CANTONESE else MANDARIN
        guard.speech(request)
        return Response(await _spoken(text.encode(errors="ignore").decode(), accent), media_type="audio/wav")

    return routes


def own_page(connection: HTTPConnection) -> bool:
    """Whether a browser says that a page of ours opened this; a proxy may have taken the port off the host."""
    host = connection.headers.get("host", "").lower()
    try:
        origin = urlsplit(connection.headers.get("origin", "").lower())
        return bool(host) and host in (origin.netloc, origin.hostname)
    except ValueError:
        return False


async def _spoken(text: str, accent: str) -> bytes:
    """A wav of a text in the hotline's voice, in Mandarin or Cantonese.

    Raises:
        Refusal: 503.
    """
    url = f"http://127.0.0.1:{settings().voice_port}/speech"
    try:
        # Plain HTTP on loopback: loading certificates would take longer than the rest.
        async with httpx.AsyncClient(timeout=SPEECH_SECONDS, trust_env=False, verify=False) as client:
            answer = await client.get(url, params={"text": text, "accent": accent})
    except httpx.HTTPError as error:
        raise Refusal(503, "speech") from error
    if answer.status_code != 200:
        raise Refusal(503, "speech")
    return answer.content


async def _put_through(page: WebSocket) -> None:
    """Joins a page and the voice gateway until one of them ends."""
    url = f"ws://127.0.0.1:{settings().voice_port}/browser"
    options: dict[str, Any] = {"max_size": protocol.MAX_MESSAGE, "compression": None, "proxy": None}
    try:
        line = await connect(url, open_timeout=OPEN_SECONDS, close_timeout=1, **options)
    except (OSError, TimeoutError, InvalidHandshake):
        await _close(page, protocol.DOWN)
        return
    directions = [asyncio.create_task(_up(page, line)), asyncio.create_task(_down(line, page))]
    try:
        await asyncio.wait(directions, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in directions:
            task.cancel()
        await asyncio.gather(*directions, return_exceptions=True)
        await line.close(protocol.LOST)


async def _up(page: WebSocket, line: ClientConnection) -> None:
    """Passes on what the page sends; its leaving too."""
    with suppress(*BROKEN, ConnectionClosed):
        while True:
            message = await page.receive()
            if message["type"] == "websocket.disconnect":
                code = message.get("code")
                await line.close(code if code in (protocol.BYE, protocol.GOING_AWAY) else protocol.LOST)
                return
            content = message.get("bytes")
            await line.send(message.get("text", "") if content is None else content)


async def _down(line: ClientConnection, page: WebSocket) -> None:
    """Passes on what the voice gateway sends; its end too. A line on this machine that just breaks is no lost network."""
    with suppress(*BROKEN):
        with suppress(ConnectionClosed):
            async for message in line:
                if isinstance(message, str):
                    await page.send_text(message)
                else:
                    await page.send_bytes(message)
        known = line.close_code == protocol.BYE or 4000 <= (line.close_code or 0) < 5000
        await _close(page, line.close_code if known and line.close_code else protocol.DOWN, line.close_reason or "")


async def _close(page: WebSocket, code: int, reason: str = "") -> None:
    with suppress(*BROKEN):
        await page.close(code, reason)
