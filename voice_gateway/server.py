"""The process of the telephone: `python -m voice_gateway.server`; its own port is on loopback only.

`GET /health`, `WS /browser` (calls from the page), `GET /speech` (a text as wav), `GET /calls` (those running),
`POST /calls` (places one; operator token).
"""

from __future__ import annotations

import asyncio
import hmac
import io
import sys
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal

import structlog
import uvicorn
from fastapi import FastAPI, Header, HTTPException, Query, Response
from pydantic import BaseModel, Field

from care import logs
from care.settings import ConfigurationError, settings
from voice_gateway.audio import RATE
from voice_gateway.browser import protocol
from voice_gateway.browser.routes import router
from voice_gateway.gateway import Gateway, UnknownPurpose
from voice_gateway.listening import ModelError
from voice_gateway.sip.dialling import DialRefused
from voice_gateway.speaking import SpeakingFailed

LOOPBACK = "127.0.0.1"
LONGEST_SPEECH = 1000
"""Characters of a text that is read aloud."""
READINGS = 1
"""Texts read aloud at once: calls, which share what makes live speech, wait behind no more."""
CLOSING_SECONDS = 1
"""What uvicorn waits for open requests before the calls are told."""

log = structlog.get_logger(__name__)


class Wanted(BaseModel):
    """An outgoing call."""

    to: str = Field(max_length=40)
    purpose: str = Field("callback", max_length=20)


def create_app(gateway: Gateway) -> FastAPI:
    """The gateway's own small interface."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        logs.quiet_access_log()
        try:
            await gateway.start()
        except (ModelError, OSError) as error:
            log.error("telephone_not_started", error=str(error))
            app.state.fault = str(error)
            raise
        yield
        await gateway.stop()

    app = FastAPI(title="银龄热线电话", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.fault = ""
    reading = asyncio.Semaphore(READINGS)
    app.include_router(router(gateway.on_call, gateway.has_room))

    @app.get("/health")
    async def health() -> dict[str, Any]:
        return {"status": "ok", "calls": len(gateway.running()), "speech": gateway.voice.share()}

    @app.get("/calls")
    async def running() -> dict[str, Any]:
        return {"calls": gateway.running()}

    @app.post("/calls", status_code=202)
    async def place(wanted: Wanted, authorization: Annotated[str, Header()] = "") -> dict[str, str]:
        token = settings().token()
        if not token or not hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode()):
            raise HTTPException(401, "token")
        try:
            return {"to": gateway.place(wanted.to, wanted.purpose), "status": "calling"}
        except UnknownPurpose as error:
            raise HTTPException(422, "purpose") from error
        except DialRefused as error:
            raise HTTPException(403, error.reason) from error

    @app.get("/speech")
    async def speech(
        text: Annotated[str, Query(min_length=1, max_length=LONGEST_SPEECH)],
        pace: Annotated[int, Query(ge=70, le=260)] = 140,
        accent: Literal["cmn", "yue"] = "cmn",
    ) -> Response:
        try:
            async with reading:
                pcm = b"".join([piece.pcm async for piece in gateway.voice.speak(text, pace=pace, accent=accent)])
        except SpeakingFailed as error:
            raise HTTPException(503, "speech") from error
        return Response(_wav(pcm), media_type="audio/wav")

    return app


def _wav(pcm: bytes) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm)
    return buffer.getvalue()


def main() -> None:
    """Serves until it is ended."""
    logs.configure()
    try:
        port = settings().voice_port
        app = create_app(Gateway())
    except ConfigurationError as error:
        sys.exit(str(error))
    try:
        uvicorn.run(
            app, host=LOOPBACK, port=port, log_config=None, access_log=False,
            timeout_graceful_shutdown=CLOSING_SECONDS, **protocol.SERVING,
        )  # fmt: skip
    except SystemExit as end:
        raise SystemExit(app.state.fault or end.code) from None  # the last line of the log says why


if __name__ == "__main__":
    main()
