"""A conversation in the terminal, through the same chat interface as every other channel."""

from __future__ import annotations

import uuid
from typing import Any

import httpx
from rich.console import Console

from care.settings import settings
from yinling.processes import from_here

console = Console()
LEAVE = ("/q", "/退出", "exit", "quit")
TIMEOUT = 15


def base_url() -> str:
    """Address of the web server on this machine."""
    return f"http://{from_here(settings().host)}:{settings().web_port}"


def is_running() -> bool:
    """Whether the product answers there."""
    try:
        return httpx.get(f"{base_url()}/healthz", timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def talk(phone: str | None) -> None:
    """Talks until the person leaves (/q, Ctrl-D).

    Args:
        phone: the caller's number; only who has the operator token may name one (`CARE_TRUST_LOCAL`).
    """
    conversation = f"terminal-{uuid.uuid4().hex[:12]}"
    console.print("直接打字就行；输入 /q 离开。", style="dim")
    token = {"Authorization": f"Bearer {settings().token()}"} if phone else {}
    with httpx.Client(base_url=base_url(), headers=token, timeout=TIMEOUT, trust_env=False) as client:
        while True:
            try:
                text = console.input("[bold]您：[/bold]").strip()
            except (EOFError, KeyboardInterrupt):
                console.print()
                return
            if text in LEAVE:
                return
            if text:
                _show(_send(client, conversation, text, phone))


def _send(client: httpx.Client, conversation: str, text: str, phone: str | None) -> dict[str, Any]:
    body = {
        "conversation": conversation, "text": text, "channel": "test",
        "caller": {"phone": phone} if phone else None, "message_id": uuid.uuid4().hex,
    }  # fmt: skip
    try:
        response = client.post("/api/chat", json=body)
        return response.json()
    except (httpx.HTTPError, ValueError) as error:
        return {"error": f"没有发出去（{type(error).__name__}），请再说一遍。"}


def _show(answer: dict[str, Any]) -> None:
    if "error" in answer:
        console.print(answer["error"], style="red", markup=False)
        return
    for one in answer["replies"]:
        console.print(f"助手：{one['show']}", style="cyan", markup=False)
        if one["choices"]:
            line = "  ".join(f"{n}. {c['title']}" for n, c in enumerate(one["choices"], 1))
            console.print(f"      {line}", style="dim", markup=False)
    console.print(f"      [{answer['state']}{' 单号 ' + answer['order'] if answer['order'] else ''}]", style="dim", markup=False)
