"""The chat interface: one message in, typed replies out; and the greeting that opens a page."""

from __future__ import annotations

import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from fastapi import APIRouter, Request

from care import clock
from care.conversation.service import Message, Result
from care.logs import fingerprint, where
from care.texts import phrase, reply
from web.cards import drawn
from web.guard import Guard
from web.metrics import Metrics
from web.refusals import Refusal
from web.wire import incoming, json_body

Handle = Callable[[Message], Awaitable[Result]]
HELLOS = ((5, "evening"), (9, "early"), (11, "morning"), (13, "noon"), (18, "afternoon"), (24, "evening"))
"""Until which hour of the day which greeting is said."""

log = structlog.get_logger()


def hello() -> str:
    """The greeting that fits the time of day."""
    hour = clock.now().hour
    return phrase(f"web.hello_{next(name for until, name in HELLOS if hour < until)}")


def router(handle: Handle, guard: Guard, metrics: Metrics) -> APIRouter:
    """`POST /api/chat` and `GET /api/greeting`.

    Args:
        handle: answers a message; the conversation lives there.
    """
    routes = APIRouter()

    @routes.post("/api/chat")
    async def chat(request: Request) -> dict[str, Any]:
        message = incoming(await json_body(request))
        guard.turn(request, message.conversation, message.text)
        if message.phone and not guard.trusted(request):
            raise Refusal(403, "caller_untrusted")
        began = time.perf_counter()
        try:
            result = await handle(
                Message(
                    conversation=message.conversation,
                    text=message.text,
                    channel=message.channel,
                    phone=message.phone,
                    message_id=message.message_id or uuid.uuid4().hex,
                )
            )
        except Exception as error:
            log.error("turn failed", conversation=fingerprint(message.conversation), error=where(error))
            raise Refusal(500, "internal") from error
        metrics.seconds.observe(time.perf_counter() - began)
        metrics.turns.labels(result.state, message.channel).inc()
        return {
            "conversation": result.conversation,
            "replies": [said.as_dict() | {"card": drawn(said.card)} for said in result.replies],
            "state": result.state,
            "order": result.order,
        }

    @routes.get("/api/greeting")
    async def greeting() -> dict[str, Any]:
        return {"replies": [reply("web.greeting", hello=hello()).as_dict()], "state": "idle"}

    return routes
