"""A caller of the chat interface for measuring: sends turns, collects what comes back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from care.settings import settings

TIMEOUT = 30


@dataclass
class Talk:
    """One conversation through the real chat interface."""

    client: httpx.Client
    phone: str | None = None
    id: str = field(default_factory=lambda: f"eval-{uuid.uuid4().hex[:16]}")
    last: dict[str, Any] = field(default_factory=dict)
    transcript: list[str] = field(default_factory=list)

    def say(self, text: str) -> dict[str, Any]:
        """Sends one turn."""
        body = {
            "conversation": self.id, "text": text, "channel": "test",
            "caller": {"phone": self.phone} if self.phone else None,
        }  # fmt: skip
        response = self.client.post("/api/chat", json=body)
        self.last = response.json()
        self.transcript.append(f"人：{text}")
        if "replies" not in self.last:
            self.last = {"replies": [{"say": str(self.last), "show": ""}], "state": f"http {response.status_code}", "order": None}
        self.transcript += [f"机：{r['say']}" for r in self.last["replies"]] + [f"    [{self.last['state']}]"]
        return self.last

    @property
    def answer(self) -> str:
        """All that was said and shown in the last turn."""
        return "\n".join(f"{r['say']}\n{r['show']}" for r in self.last.get("replies", ()))

    @property
    def state(self) -> str:
        """State after the last turn."""
        return self.last.get("state", "")


def client() -> httpx.Client:
    """A connection to the web server of the present settings."""
    return httpx.Client(base_url=f"http://127.0.0.1:{settings().web_port}", timeout=TIMEOUT, trust_env=False)


def order(http: httpx.Client, number: str) -> dict[str, Any]:
    """An order as it stands in the database, through the operator interface."""
    response = http.get(f"/api/orders/{number}", headers={"X-Operator-Token": settings().token()})
    return response.json() if response.is_success else {}
