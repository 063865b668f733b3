"""A bot for tests of the desk: it understands nothing and remembers what it was asked."""

from __future__ import annotations

from typing import Any


class FakeBot:
    """Remembers what it was asked, and at which question."""

    def __init__(self, intent: str) -> None:
        self.intent = intent
        self.asked: list[str] = []
        self.asking: list[str] = []

    async def __call__(self, body: dict[str, Any]) -> Any:
        self.asked.append(body["message"])
        self.asking.append(body["metadata"]["asking"])
        return {"replies": [{"text": "好的"}], "intent": self.intent}
