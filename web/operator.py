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
from sqlalchemy.orm import Session

from care import calls, handover, orders
from care.db import reading
from care.settings import settings
from web.guard import Guard
from web.metrics import Metrics
from web.refusals import Refusal
from web.wire import json_body, phone_number

PROBE_SECONDS = 1.0
PLACE_SECONDS = 5.0
LINES = 20
"""Turns of the conversation that a ticket shows."""


def router(guard: Guard, metrics: Metrics) -> APIRouter:
    """`/api/orders…`, `/api/tickets`, `/api/calls…`, `/healthz`, `/metrics`."""
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
            return {"tickets": [_ticket(session, found) for found in handover.waiting(session)]}

    @routes.get("/api/calls/{number}")
    def call(request: Request, number: str) -> dict[str, Any]:
        guard.operator(request)
        with reading() as session:
            found = session.get(calls.CallRecord, number)
            if found is None:
                raise Refusal(404, "call")
            return _call(found) | {"transcript": calls.transcript(session, number)}

    @routes.get("/api/calls")
    def calls_of(request: Request, phone: str = "") -> dict[str, Any]:
        guard.operator(request)
        digits = phone_number(phone) if phone else ""
        with reading() as session:
            return {"calls": [_call(found) for found in calls.of_phone(session, digits)]}

    @routes.post("/api/calls", status_code=202)
    async def place(request: Request) -> dict[str, Any]:
        guard.operator(request)
        return await _placed(await json_body(request))

    @routes.get("/healthz")
    async def healthz() -> JSONResponse:
        config = settings()
        async with httpx.AsyncClient(timeout=PROBE_SECONDS, trust_env=False) as client:
            database, bot, actions, voice = await asyncio.gather(
                asyncio.to_thread(_database_answers),
                _answers(client, config.bot_url),
                _answers(client, f"http://127.0.0.1:{config.actions_port}/health"),
                _answers(client, f"http://127.0.0.1:{config.voice_port}/health"),
            )
        parts = {"web": True, "database": database, "bot": bot, "actions": actions, "voice": voice}
        body = {"status": "ok" if all(parts.values()) else "degraded"}
        body |= {name: "ok" if well else "unreachable" for name, well in parts.items()}
        return JSONResponse(body, status_code=200 if database else 503)

    @routes.get("/metrics")
    async def measured(request: Request) -> Response:
        guard.operator(request)
        return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)

    return routes


def _ticket(session: Session, ticket: handover.Ticket) -> dict[str, Any]:
    names = ("number", "kind", "urgent", "phone", "whereabouts", "summary")
    said = calls.transcript(session, ticket.conversation_id)[-LINES:] if ticket.conversation_id else []
    times = {"created": f"{ticket.created.isoformat()}Z"}
    return {name: getattr(ticket, name) for name in names} | times | {"transcript": said}


def _call(call: calls.CallRecord) -> dict[str, Any]:
    names = ("id", "line", "direction", "purpose", "phone", "outcome", "reason", "figures")
    times = {"began": f"{call.began.isoformat()}Z", "ended": f"{call.ended.isoformat()}Z" if call.ended else None}
    return {name: getattr(call, name) for name in names} | times


async def _placed(wanted: Any) -> dict[str, Any]:
    """Asks the telephone to place a call; why not, where it may not."""
    if not isinstance(wanted, dict) or not set(wanted) <= {"to", "purpose"} or not isinstance(wanted.get("to"), str):
        raise Refusal(422, "call_wanted")
    config = settings()
    try:
        async with httpx.AsyncClient(timeout=PLACE_SECONDS, trust_env=False) as client:
            token = {"Authorization": f"Bearer {config.token()}"}
            answer = await client.post(f"http://127.0.0.1:{config.voice_port}/calls", json=wanted, headers=token)
    except httpx.HTTPError as error:
        raise Refusal(503, "telephone") from error
    if answer.status_code == 403:
        raise Refusal(403, f"dial_{answer.json()['detail']}")
    if answer.status_code != 202:
        raise Refusal(422, "call_wanted")
    return answer.json()


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
