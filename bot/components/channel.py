"""The way in: one POST per turn, answered with the replies and with what was understood.

POST /webhooks/care/webhook {"sender", "message", "metadata"} →
{"replies": [...], "intent", "confidence", "ranking": [[intent, confidence], ...], "entities": [...]};
400 for a malformed request, 502 when an action could not be run, 503 while the model is loading.
"""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Dict, List, Text

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.components.action_calls import connections, failures

LONGEST = 4000
"""Characters of a message that are read; callers cut earlier and say so."""


class CareInput(InputChannel):
    """Takes turns from care.conversation on loopback."""

    @classmethod
    def name(cls) -> Text:
        """Part of the address."""
        return "care"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of this channel."""
        routes = Blueprint("care_channel")

        @routes.listener("after_server_stop")
        async def close(*_: Any) -> None:
            await connections.close()

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            ready = bool(agent and agent.is_ready())
            return response.json({"ready": ready}, status=200 if ready else 503)

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            body = request.json
            if not isinstance(body, dict) or not body.get("sender") or not isinstance(body.get("message"), str):
                return response.json({"error": "sender and message are required"}, status=400)
            metadata = body.get("metadata")
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return response.json({"error": "not ready"}, status=503)
            collector = CollectingOutputChannel()
            message = UserMessage(
                # a leading slash would let a caller name an intent instead of saying something
                body["message"][:LONGEST].lstrip("/ "),
                collector,
                str(body["sender"]),
                input_channel=self.name(),
                message_id=(metadata or {}).get("message_id") if isinstance(metadata, dict) else None,
                metadata=metadata if isinstance(metadata, dict) else {},
            )
            message.parse_data = await agent.processor.parse_message(message)
            failed: List[Text] = []
            listening = failures.set(failed)
            try:
                await on_new_message(message)
            finally:
                failures.reset(listening)
            if failed:
                return response.json({"error": "actions failed", "actions": failed}, status=502)
            return response.json({"replies": collector.messages, **understood(message.parse_data)})

        return routes


def understood(parsed: Dict[Text, Any]) -> Dict[Text, Any]:
    """What the caller of the channel needs of a parse."""
    intent = parsed.get("intent") or {}
    return {
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "ranking": [[r["name"], r["confidence"]] for r in parsed.get("intent_ranking") or []],
        "entities": parsed.get("entities") or [],
    }
