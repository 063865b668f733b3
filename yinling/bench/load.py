"""Sends turns from many conversations at once and times them."""

from __future__ import annotations

import asyncio
import statistics
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp

from care.conversation.model import Conversation
from care.db import unit_of_work

Ask = Callable[[aiohttp.ClientSession, str, str], Awaitable[bool]]
"""Sends one turn of a conversation; tells whether it was answered."""
TIMEOUT = 60


@dataclass(frozen=True)
class Timing:
    """Times of many turns, in milliseconds."""

    p50: float
    p95: float
    turns: int
    lost: int
    """Turns without an answer."""
    per_second: float


async def measure(
    base_url: str, ask: Ask, texts: list[str], conversations: int, turns: int, begin: Callable[[str], None]
) -> Timing:
    """Holds `conversations` conversations at once, `turns` turns each, the texts in rotation.

    Args:
        begin: called with the name of each new conversation, outside the times.
    """
    times: list[float] = []
    lost = 0

    def new_name() -> str:
        name = f"bench-{uuid.uuid4().hex[:12]}"
        begin(name)
        return name

    async def talk(client: aiohttp.ClientSession, name: str) -> None:
        nonlocal lost
        for turn in range(turns):
            started = time.perf_counter()
            try:
                answered = await ask(client, name, texts[turn % len(texts)])
            except (aiohttp.ClientError, TimeoutError):
                answered = False
            times.append((time.perf_counter() - started) * 1000)
            lost += not answered

    connector = aiohttp.TCPConnector(limit=conversations)
    waits = aiohttp.ClientTimeout(total=TIMEOUT)
    async with aiohttp.ClientSession(base_url, timeout=waits, connector=connector) as client:
        await asyncio.gather(*(talk(client, new_name()) for _ in range(min(conversations, 2))))
        names = [new_name() for _ in range(conversations)]
        times.clear()
        lost = 0
        started = time.perf_counter()
        await asyncio.gather(*(talk(client, name) for name in names))
        took = time.perf_counter() - started
    quantiles = statistics.quantiles(times, n=20)
    return Timing(statistics.median(times), quantiles[18], len(times), lost, len(times) / took)


async def ask_chat(client: aiohttp.ClientSession, conversation: str, text: str) -> bool:
    """One turn through our chat interface."""
    body = {"conversation": conversation, "text": text, "channel": "test"}
    async with client.post("/api/chat", json=body) as response:
        return response.ok and bool((await response.json())["replies"])


async def ask_rest(client: aiohttp.ClientSession, conversation: str, text: str) -> bool:
    """One turn through the REST channel of a plain Rasa server."""
    body = {"sender": f"{conversation}#0", "message": text}
    async with client.post("/webhooks/rest/webhook", json=body) as response:
        return response.ok and bool(await response.json())


def known(conversation: str) -> None:
    """Makes the conversation that our actions expect; our own desk does this itself."""
    with unit_of_work() as session:
        if session.get(Conversation, conversation) is None:
            session.add(
                Conversation(
                    id=conversation, channel="test", drafts={}, memory={}, state="idle", misses=0, last_replies=[]
                )
            )
