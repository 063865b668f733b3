"""Wraps every answer: security headers, one log line, error counts. Plain ASGI, because that costs least."""

from __future__ import annotations

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from care.logs import where
from web.metrics import Metrics
from web.refusals import Refusal

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = [
    (b"content-security-policy", CONTENT_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
PERMISSIONS = b"camera=(), geolocation=(), microphone=()"
PERMISSIONS_PHONE = b"camera=(), geolocation=(), microphone=(self)"
NO_STORE = b"no-store"
PAGE = b"no-cache"
PAGES = ("/", "/phone")
FOR_EVER = b"public, max-age=31536000, immutable"  # only for addresses that carry a version

log = structlog.get_logger()


class Envelope:
    """Outermost layer of the app."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0
        began = time.perf_counter()

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), *HEADERS]
                message["headers"].append((b"cache-control", _caching(scope, status)))
                permissions = PERMISSIONS_PHONE if scope["path"] == "/phone" else PERMISSIONS
                message["headers"].append((b"permissions-policy", permissions))
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:  # the last place where a fault can still become a sentence
            log.error("failed", error=where(error))
            if status:
                raise
            await Refusal(500, "internal").response()(scope, receive, sending)
        if status >= 400:
            self._metrics.errors.labels(str(status)).inc()
        route = scope.get("route")
        log.info(
            "request",
            method=scope["method"],
            route=getattr(route, "path", "-"),
            status=status,
            milliseconds=round((time.perf_counter() - began) * 1000, 1),
        )


def _caching(scope: Scope, status: int) -> bytes:
    path = scope["path"]
    if status < 400 and path.startswith("/static/"):
        return FOR_EVER if scope["query_string"].startswith(b"v=") else PAGE
    return PAGE if path in PAGES else NO_STORE
