"""The conversation in the terminal."""

from __future__ import annotations

import json
from functools import partial

import httpx
import pytest

from care.settings import settings
from yinling import chat

ANSWER = {
    "conversation": "c",
    "replies": [{"say": "好", "show": "好", "choices": []}],
    "state": "answered",
    "order": None,
}


@pytest.mark.parametrize(("phone", "token"), [("13800000001", "Bearer a-token"), (None, None)])
def test_who_names_a_caller_shows_the_operator_token(
    database: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    phone: str | None,
    token: str | None,
) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=ANSWER)

    monkeypatch.setenv("CARE_OPERATOR_TOKEN", "a-token")
    settings.cache_clear()
    monkeypatch.setattr(httpx, "Client", partial(httpx.Client, transport=httpx.MockTransport(answer)))
    words = iter(["", "我想订饭", "/q"])
    monkeypatch.setattr(chat.console, "input", lambda _: next(words))
    chat.talk(phone)
    assert len(asked) == 1 and "助手：好" in capsys.readouterr().out
    assert asked[0].headers.get("Authorization") == token
    sent = json.loads(asked[0].content)
    assert (sent["text"], sent["caller"]) == ("我想订饭", {"phone": phone} if phone else None)
