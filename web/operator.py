"""What operators and monitors ask for: orders, health, metrics."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from care import handover, orders
from care.db import reading
from care.settings import settings
from web.guard import Guard
from web.metrics import Metrics
from web.refusals import Refusal
from web.wire import phone_number

PROBE_SECONDS = 1.0


def router(guard: Guard, metrics: Metrics) -> APIRouter:
    """`GET /api/orders…`, `GET /api/tickets`, `GET /healthz`, `GET /metrics`."""
    routes = APIRouter()

    @routes.get("/api/orders/{number}")
    def order(request: Request, number: str) -> dict[str, Any]:
        guard.operator(request)
        with reading() as session:
            found = orders.by_number(session, number)
            if found is None:
                raise Refusal(404, "order")
            return orders.as_card(found)

    @routes.get("/api/orders")
    def orders_of(request: Request, phone: str = "") -> dict[str, Any]:
        guard.operator(request)
        digits = phone_number(phone)
        with reading() as session:
            return {"orders": [orders.as_card(found) for found in orders.of_phone(session, digits)]}

    @routes.get("/api/tickets")
    def tickets(request: Request) -> dict[str, Any]:
        guard.operator(request)
        with reading() as session:
            return {"tickets": [_ticket(found) for found in handover.waiting(session)]}

    @routes.get("/healthz")
    async def healthz() -> JSONResponse:
        config = settings()
        async with httpx.AsyncClient(timeout=PROBE_SECONDS, trust_env=False) as client:
            database, bot, actions = await asyncio.gather(
                asyncio.to_thread(_database_answers),
                _answers(client, config.bot_url),
                _answers(client, f"http://127.0.0.1:{config.actions_port}/health"),
            )
        parts = {"web": True, "database": database, "bot": bot, "actions": actions}
        body = {"status": "ok" if all(parts.values()) else "degraded"}
        body |= {name: "ok" if well else "unreachable" for name, well in parts.items()}
        return JSONResponse(body, status_code=200 if database else 503)

    @routes.get("/metrics")
    async def measured(request: Request) -> Response:
        guard.operator(request)
        return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)

    return routes


def _ticket(ticket: handover.Ticket) -> dict[str, Any]:
    names = ("number", "kind", "urgent", "phone", "summary")
    return {name: getattr(ticket, name) for name in names} | {"created": f"{ticket.created.isoformat()}Z"}


async def _answers(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).status_code == 200
    except httpx.HTTPError:
        return False


def _database_answers() -> bool:
    try:
        with reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
