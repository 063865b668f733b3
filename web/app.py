"""The web application: put together here, started by `yinling serve`."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from care import emergency, logs
from care.conversation.service import Desk
from web import chat, operator, phone, refusals
from web.envelope import Envelope
from web.guard import Guard
from web.metrics import Metrics

HERE = Path(__file__).parent
STATIC = HERE / "static"


def create_app(handle: chat.Handle | None = None, is_emergency: Callable[[str], object] = emergency.check) -> FastAPI:
    """The whole web side.

    Args:
        handle: answers chat messages; by default the real conversation.
        is_emergency: the check that lets urgent messages through every limit.

    Raises:
        ConfigurationError: naming every setting that is wrong.
    """
    logs.configure()
    metrics = Metrics()
    guard = Guard(is_emergency)
    templates = Jinja2Templates(HERE / "templates")
    version = _version()
    desk = None
    if handle is None:
        desk = Desk()
        handle = desk.handle

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        logs.quiet_access_log()
        await asyncio.to_thread(emergency.check, "您好")  # its tables are read before the first turn waits for them
        yield
        if desk:
            await desk.close()

    app = FastAPI(title="银龄热线", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    refusals.install(app)
    app.add_middleware(Envelope, metrics=metrics)
    app.include_router(chat.router(handle, guard, metrics))
    app.include_router(operator.router(guard, metrics))
    app.include_router(phone.router(guard, templates, version))

    @app.get("/")
    async def page(request: Request) -> HTMLResponse:
        return templates.TemplateResponse(request, "chat.html", {"version": version})

    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def _version() -> str:
    """Changes whenever a file of the page changes, so that no phone keeps an old one."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
