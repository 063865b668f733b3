"""The bot's door: sends one message, gets back what it says and what its actions decided."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import structlog

from care.reply import Choice, Reply
from care.settings import settings

log = structlog.get_logger(__name__)

PATH = "/webhooks/care/webhook"
IDLE_SECONDS = 4.0
"""An idle connection is closed before the bot closes it (after 5 s), so that no message meets a closed door."""

Post = Callable[[dict[str, Any]], Awaitable[Any]]
"""Sends a body to the bot, gives back the body of its answer."""


class BotUnavailable(Exception):
    """The bot did not answer, or answered nothing."""


@dataclass(frozen=True)
class BotAnswer:
    """What came back for one message."""

    replies: list[Reply] = field(default_factory=list)
    state: str | None = None
    """State that an action decided; none when only fixed sentences were said."""
    order: str | None = None
    intent: str = ""
    again: str | None = None
    """Words that are to be taken up anew, as if they had been said."""


class Bot:
    """A client that keeps its connections open; one per process and event loop."""

    def __init__(self, post: Post | None = None) -> None:
        """Args:
        post: the way to the bot; HTTP to `settings().bot_url` if not given.
        """
        self._post = post or self._over_http
        self._client: aiohttp.ClientSession | None = None

    async def ask(self, sender: str, text: str, metadata: dict[str, Any]) -> BotAnswer:
        """Sends a message.

        Raises:
            BotUnavailable: no connection, a time-out, a broken answer, or no reply at all.
        """
        try:
            answer = _read(await self._post({"sender": sender, "message": text, "metadata": metadata}))
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            log.warning("bot_unavailable", error=type(error).__name__)
            raise BotUnavailable(str(error)) from error
        if not answer.replies and not answer.again:
            log.warning("bot_said_nothing", intent=answer.intent)
            raise BotUnavailable("no reply")
        return answer

    async def _over_http(self, body: dict[str, Any]) -> Any:
        if self._client is None:
            self._client = aiohttp.ClientSession(
                settings().bot_url,
                timeout=aiohttp.ClientTimeout(total=settings().bot_timeout),
                connector=aiohttp.TCPConnector(keepalive_timeout=IDLE_SECONDS),
                raise_for_status=True,
            )
        async with self._client.post(PATH, json=body) as response:
            return await response.json()

    async def close(self) -> None:
        """Closes the connections."""
        if self._client is not None:
            await self._client.close()


def _read(body: dict[str, Any]) -> BotAnswer:
    replies: list[Reply] = []
    state = order = again = None
    for message in body["replies"]:
        if custom := message.get("custom"):
            replies += [Reply.from_dict(r) for r in custom["replies"]]
            state, order = custom["state"], custom.get("order") or order
            again = custom.get("again") or again
        elif message.get("text"):
            buttons = tuple(Choice(b["title"], b["payload"]) for b in message.get("buttons") or ())
            replies.append(Reply(message["text"], choices=buttons))
    return BotAnswer(replies, state, order, body.get("intent") or "", again)
