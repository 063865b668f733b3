"""The web side of the browser phone: the page, its way to the voice gateway, and reading aloud."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Response
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from care.conversation.service import Message, Result
from care.reply import Reply
from care.settings import settings
from tests.serving import serving
from voice_gateway.audio import RATE
from voice_gateway.browser import protocol
from voice_gateway.browser.routes import router
from voice_gateway.leg import Event, Gone, Key, Leg, Sound
from web import guard
from web.app import create_app
from web.phone import AT_ONCE, MAX_SPEECH, WORDS

FAR = ("203.0.113.7", 50000)
START = {"type": "start", "rate": RATE, "echo_cancelled": True}
ORIGIN = {"Origin": "http://testserver"}
FRAME = bytes(range(160)) * 2


class Voice:
    """Stands for the voice gateway: calls that say back what they hear, and a wav that is no wav."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.legs: list[Leg] = []
        self.room = True
        self.read_aloud: list[str] = []
        self.accents: list[str] = []
        self.speech_status = 200

    async def call(self, leg: Leg) -> None:
        self.legs.append(leg)
        await leg.answer()
        async for event in leg.events():
            self.events.append(event)
            match event:
                case Sound(pcm):
                    leg.send(pcm)
                case Key("#"):
                    return

    def app(self) -> FastAPI:
        app = FastAPI()
        app.include_router(router(self.call, lambda: self.room))

        @app.get("/speech")
        def speech(text: str, accent: str) -> Response:
            self.read_aloud.append(text)
            self.accents.append(accent)
            return Response(b"RIFF", status_code=self.speech_status, media_type="audio/wav")

        return app


@pytest.fixture
def voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: None) -> Iterator[Voice]:
    made = Voice()
    with serving(made.app(), **protocol.SERVING) as port:
        monkeypatch.setenv("CARE_HOME", str(tmp_path))
        monkeypatch.setenv("CARE_VOICE_PORT", str(port))
        settings.cache_clear()
        yield made
    settings.cache_clear()


async def nobody(message: Message) -> Result:
    return Result(message.conversation, [Reply("")], "idle")


def client(address: tuple[str, int] = FAR) -> TestClient:
    return TestClient(create_app(handle=nobody), client=address, raise_server_exceptions=False)


def dial(web: TestClient, headers: dict[str, str] = ORIGIN) -> WebSocketTestSession:
    return web.websocket_connect("/phone/socket", headers=headers)


def test_a_call_goes_through_in_both_directions_and_its_end_too(voice: Voice) -> None:
    with dial(client()) as page:
        page.send_json(START)
        assert page.receive_json() == {"type": "answered"}
        page.send_bytes(FRAME)
        assert page.receive_bytes() == FRAME
        page.send_json({"type": "key", "digit": "#"})
        assert page.receive() == {"type": "websocket.close", "code": protocol.BYE, "reason": "bye"}
    assert voice.events == [Sound(FRAME), Key("#")]


@pytest.mark.parametrize(("code", "reason"), [(1000, "bye"), (1001, "bye"), (1006, "lost"), (1011, "lost")])
def test_how_the_page_left_reaches_the_call(voice: Voice, code: int, reason: str) -> None:
    with dial(client()) as page:
        page.send_json(START)
        page.receive_json()
        page.close(code)
        for _ in range(500):
            if voice.events:
                break
            page.portal.call(asyncio.sleep, 0.01)
    assert voice.events == [Gone(reason)]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Origin": "http://[broken"},
    ],
)
def test_only_a_page_of_this_host_gets_a_line(voice: Voice, headers: dict[str, str]) -> None:
    with pytest.raises(WebSocketDisconnect), dial(client(), headers):
        pass
    assert not voice.legs


def test_a_proxy_may_have_taken_the_port_off_the_host(voice: Voice) -> None:
    with dial(client(), {"Origin": "https://testserver:8443"}) as page:
        page.send_json(START)
        assert page.receive_json() == {"type": "answered"}


def test_one_address_may_begin_only_so_many_calls_a_minute(voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_SIP_CALLER_RATE", "2")
    settings.cache_clear()
    web = client()
    for expected in ("answered", "answered", None):
        with dial(web) as page:
            page.send_json(START)
            got = page.receive()
            assert got.get("code") == (None if expected else protocol.TOO_OFTEN)
    assert len(voice.legs) == 2


def test_one_address_cannot_take_all_the_lines(voice: Voice) -> None:
    web = client()
    open_calls = [dial(web).__enter__() for _ in range(AT_ONCE)]
    for page in open_calls:
        page.send_json(START)
        assert page.receive_json() == {"type": "answered"}
    with dial(web) as page:
        assert page.receive()["code"] == protocol.TOO_OFTEN
    open_calls.pop().close()
    for page in open_calls:
        page.close()


def test_when_all_lines_are_taken_the_page_is_told(voice: Voice) -> None:
    voice.room = False
    with dial(client()) as page:
        page.send_json(START)
        assert page.receive()["code"] == protocol.BUSY


def test_when_the_telephone_is_not_running_the_page_is_told(voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_VOICE_PORT", "9")
    settings.cache_clear()
    with dial(client()) as page:
        assert page.receive()["code"] == protocol.DOWN


def test_garbage_hurts_that_call_only(voice: Voice) -> None:
    web = client()
    with dial(web) as good, dial(web) as bad:
        for page in (good, bad):
            page.send_json(START)
            page.receive_json()
        for _ in range(30):
            bad.send_bytes(b"\x00\xff\x80")
        assert bad.receive()["code"] == protocol.MISBEHAVED
        with dial(web) as big:
            big.send_bytes(bytes(protocol.MAX_MESSAGE + 1))
            assert big.receive()["type"] == "websocket.close"
        good.send_bytes(FRAME)
        assert good.receive_bytes() == FRAME


# The page


def test_the_page_may_use_the_microphone_and_nothing_else_may(voice: Voice) -> None:
    web = client()
    assert "microphone=(self)" in web.get("/phone").headers["permissions-policy"]
    assert "microphone=()" in web.get("/").headers["permissions-policy"]
    for path in ("/phone", "/"):
        assert len(web.get(path).headers.get_list("permissions-policy")) == 1
    assert web.get("/phone").headers["content-security-policy"] == web.get("/").headers["content-security-policy"]


def test_the_page_is_found_from_the_chat_and_leads_back(voice: Voice) -> None:
    web = client()
    assert 'href="/phone"' in web.get("/").text
    page = web.get("/phone").text
    assert re.search(r'href="/"', page) and 'href="tel:120"' in page
    for name in re.findall(r'(?:src|href|data-worklets)="(/static/[^"]+)"', page):
        loaded = web.get(name)
        assert loaded.status_code == 200 and "immutable" in loaded.headers["cache-control"]


def test_every_sentence_that_the_page_may_need_is_there() -> None:
    script = Path("web/static/phone.js").read_text() + Path("web/static/phone-line.js").read_text()
    asked = set(re.findall(r'(?:tell|hangUp|finish)\((?:me\.stream \? )?"(\w+)"', script))
    asked |= set(re.findall(r'return "(\w+)"', script)) | set(
        re.findall(r'(?:\d|bye|limit|error|lost): "(\w+)"', script)
    )
    assert len(asked) > 10 and asked <= set(WORDS)


def test_the_page_says_whether_sound_is_kept(voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "不会留下来" in client().get("/phone").text
    monkeypatch.setenv("CARE_KEEP_AUDIO_DAYS", "7")
    settings.cache_clear()
    assert "会留 7 天" in client().get("/phone").text


# Reading aloud


def test_a_sentence_is_read_by_the_voice_gateway(voice: Voice) -> None:
    answer = client().post("/api/speech", json={"text": "好，后天中午 100% 送到，单号 3&5#8。"})
    assert (answer.status_code, answer.content) == (200, b"RIFF")
    assert answer.headers["content-type"] == "audio/wav" and answer.headers["cache-control"] == "no-store"
    assert voice.read_aloud == ["好，后天中午 100% 送到，单号 3&5#8。"]


def test_a_sentence_is_read_in_cantonese_where_that_was_chosen(voice: Voice) -> None:
    web = client()
    for accent in ({"accent": "yue"}, {"accent": "hak"}, {}):
        assert web.post("/api/speech", json={"text": "好的。"} | accent).status_code == 200
    assert voice.accents == ["yue", "cmn", "cmn"]


@pytest.mark.parametrize(
    "body", [{}, [], "x", {"text": ""}, {"text": "  "}, {"text": 5}, {"text": "字" * (MAX_SPEECH + 1)}]
)
def test_what_cannot_be_read_is_refused_with_a_sentence(voice: Voice, body: Any) -> None:
    answer = client().post("/api/speech", json=body)
    assert answer.status_code == 422 and "念" in answer.json()["error"]
    assert not voice.read_aloud


def test_a_voice_that_fails_is_told(voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    voice.speech_status = 503
    answer = client().post("/api/speech", json={"text": "好的。"})
    assert answer.status_code == 503 and "看字" in answer.json()["error"]
    monkeypatch.setenv("CARE_VOICE_PORT", "9")
    settings.cache_clear()
    assert client().post("/api/speech", json={"text": "好的。"}).status_code == 503


def test_reading_aloud_is_limited_for_one_address(voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "SPEECHES", 2)
    web = client()
    assert [web.post("/api/speech", json={"text": "好的。"}).status_code for _ in range(3)] == [200, 200, 429]
    assert web.post("/api/speech", json={"text": "好的。"}).headers["retry-after"]
