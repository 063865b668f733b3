"""The chat interface as a channel meets it: what goes in, what comes out, and every sentence of refusal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from care import emergency
from care.conversation.service import Message, Result
from care.reply import Choice, Command, Reply
from care.settings import settings
from web.app import STATIC, create_app
from web.guard import URGENT_FACTOR
from web.wire import MAX_BODY, MAX_TEXT

TOKEN = "a-token-for-tests"
LOCAL = ("127.0.0.1", 50000)
FAR = ("203.0.113.7", 50000)


class Desk:
    """Stands for the conversation: notes what it was given, answers as it was told."""

    def __init__(self) -> None:
        self.got: list[Message] = []
        self.fault: Exception | None = None
        self.result = Result("c1", [Reply("好的。")], "answered")

    async def handle(self, message: Message) -> Result:
        self.got.append(message)
        if self.fault:
            raise self.fault
        return self.result


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture(autouse=True)
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: None) -> Iterator[None]:
    monkeypatch.setenv("CARE_OPERATOR_TOKEN", TOKEN)
    monkeypatch.setenv("CARE_HOME", str(tmp_path))
    settings.cache_clear()
    yield
    settings.cache_clear()


def client_of(desk: Desk, address: tuple[str, int] = LOCAL) -> TestClient:
    app = create_app(handle=desk.handle, is_emergency=lambda text: "摔" in text)
    return TestClient(app, client=address, raise_server_exceptions=False)


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return client_of(desk)


def turn(**fields: Any) -> dict[str, Any]:
    return {"conversation": "c1", "text": "我想订饭", "channel": "web", "caller": None} | fields


def test_a_turn_is_handed_over_and_its_replies_come_back_typed(client: TestClient, desk: Desk) -> None:
    card = {"kind": "map", "place": "光明社区"}
    desk.result = Result(
        "c1",
        [
            Reply(
                "订好了。",
                "订好了，单号 3582。",
                (Choice("好", "好的"),),
                Command("transfer", {"to": "desk"}),
                card,
            )
        ],
        "booked",
        "3582",
    )
    answer = client.post(
        "/api/chat", json=turn(caller={"phone": "+86 138-1234 5678"}, message_id="m1", channel="phone")
    )
    assert answer.status_code == 200
    assert answer.json() == {
        "conversation": "c1",
        "replies": [
            {
                "say": "订好了。",
                "show": "订好了，单号 3582。",
                "choices": [{"title": "好", "value": "好的"}],
                "command": {"name": "transfer", "to": "desk"},
                "card": card,
            }
        ],
        "state": "booked",
        "order": "3582",
    }
    assert desk.got == [Message("c1", "我想订饭", "phone", "13812345678", "m1")]


def test_channel_caller_and_message_id_may_be_left_out(client: TestClient, desk: Desk) -> None:
    assert client.post("/api/chat", json={"conversation": "c1", "text": "您好"}).status_code == 200
    message = desk.got[0]
    assert (message.channel, message.phone) == ("web", None)
    assert message.message_id, "a message without an id is given one of its own"


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"conversation": ""}, 422, "会话编号"),
        ({"conversation": "有 空格"}, 422, "会话编号"),
        ({"conversation": "c" * 81}, 422, "会话编号"),
        ({"conversation": 7}, 422, "会话编号"),
        ({"text": ""}, 422, "没收到字"),
        ({"text": " \n\t\u0000 "}, 422, "没收到字"),
        ({"text": None}, 422, "写成文字"),
        ({"text": ["你好"]}, 422, "写成文字"),
        ({"text": "饭" * (MAX_TEXT + 1)}, 413, "太长"),
        ({"channel": "fax"}, 422, "渠道"),
        ({"channel": ["web"]}, 422, "渠道"),
        ({"caller": "13812345678"}, 422, "来电人"),
        ({"caller": {}}, 422, "来电人"),
        ({"caller": {"phone": "1381234567x"}}, 422, "电话号码"),
        ({"caller": {"phone": "12"}}, 422, "电话号码"),
        ({"caller": {"phone": 13812345678}}, 422, "电话号码"),
        ({"message_id": ""}, 422, "消息编号"),
        ({"message_id": "有 空格"}, 422, "消息编号"),
        ({"colour": "red"}, 422, "“colour”我不认识"),
    ],
)
def test_a_wrong_field_is_named_in_one_sentence(
    client: TestClient, desk: Desk, fields: dict[str, Any], status: int, words: str
) -> None:
    answer = client.post("/api/chat", json=turn(**fields))
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]
    assert words in answer.json()["error"]
    assert not desk.got


@pytest.mark.parametrize("field", ["conversation", "text"])
def test_a_missing_field_is_named(client: TestClient, field: str) -> None:
    body = turn()
    del body[field]
    answer = client.post("/api/chat", json=body)
    assert (answer.status_code, answer.json()) == (422, {"error": f"消息里少了“{field}”，请补上再发。"})


@pytest.mark.parametrize(
    ("body", "kind", "status", "words"),
    [
        (b"{", "application/json", 400, "读不了"),
        (b"\xff\xfe\xfa", "application/json", 400, "读不了"),
        (b"[" * 60_000, "application/json", 400, "读不了"),
        (b"[]", "application/json; charset=utf-8", 422, "写成一个对象"),
        (b"{}", "text/plain", 415, "JSON"),
        (b"{}", "", 415, "JSON"),
        (b"text=1", "application/x-www-form-urlencoded", 415, "JSON"),
        (b'"' + b"a" * MAX_BODY + b'"', "application/json", 413, "太长"),
    ],
)
def test_a_wrong_body_gets_one_sentence(
    client: TestClient, desk: Desk, body: bytes, kind: str, status: int, words: str
) -> None:
    answer = client.post("/api/chat", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert words in answer.json()["error"]
    assert not desk.got


def test_a_body_sent_in_pieces_is_capped_too(client: TestClient) -> None:
    pieces = (b"x" * 1000 for _ in range(MAX_BODY // 1000 + 2))
    answer = client.post("/api/chat", content=pieces, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


def test_broken_characters_and_controls_are_dropped_and_the_rest_is_kept(
    client: TestClient, desk: Desk
) -> None:
    raw = '{"conversation": "c1", "text": "订\\ud800饭\\u0000😀\\n两份"}'
    assert (
        client.post("/api/chat", content=raw, headers={"Content-Type": "application/json"}).status_code == 200
    )
    assert desk.got[0].text == "订饭😀\n两份"


def test_markup_and_injection_arrive_as_plain_text(client: TestClient, desk: Desk) -> None:
    words = "<script>alert(1)</script>'; DROP TABLE person; -- {text}"
    assert client.post("/api/chat", json=turn(text=words)).status_code == 200
    assert desk.got[0].text == words


def test_a_fault_inside_becomes_a_sentence_and_leaks_nothing(
    client: TestClient, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.fault = RuntimeError("王秀英 13812345678")
    answer = client.post("/api/chat", json=turn())
    assert answer.status_code == 500
    assert "毛病" in answer.json()["error"]
    logged = capsys.readouterr()
    assert "RuntimeError" in logged.err
    assert "13812345678" not in answer.text + logged.err + logged.out


def test_logs_hold_no_personal_data(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    client.post(
        "/api/chat",
        json=turn(conversation="phone-13812345678", text="我叫王秀英", caller={"phone": "13912345678"}),
    )
    client.get("/api/orders", params={"phone": "13612345678"})
    logged = capsys.readouterr().err
    assert '"route": "/api/chat"' in logged
    assert not re.search(r"1[0-9]{10}|王秀英|testclient|127\.0\.0\.1", logged)


def test_unknown_addresses_and_wrong_methods_answer_in_chinese(client: TestClient) -> None:
    assert client.get("/nowhere").json() == {"error": "没有这个地方，请看看网址是不是写错了。"}
    answer = client.get("/api/chat")
    assert (answer.status_code, answer.json()) == (405, {"error": "这个地址不能这样用。"})
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/docs").status_code == client.get("/openapi.json").status_code == 404


def limits(monkeypatch: pytest.MonkeyPatch, conversation: int = 1000, address: int = 1000) -> None:
    monkeypatch.setenv("CARE_RATE_CONVERSATION", str(conversation))
    monkeypatch.setenv("CARE_RATE_ADDRESS", str(address))
    settings.cache_clear()


def test_too_many_turns_in_one_conversation_are_held_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    limits(monkeypatch, conversation=3)
    client = client_of(desk, FAR)
    assert [client.post("/api/chat", json=turn()).status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.post("/api/chat", json=turn())
    assert "请等几秒再发" in answer.json()["error"] and "120" in answer.json()["error"]
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert client.post("/api/chat", json=turn(conversation="c2")).status_code == 200, "others are not held up"


def test_one_address_with_many_conversations_is_held_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    limits(monkeypatch, address=5)
    client = client_of(desk, FAR)
    statuses = [client.post("/api/chat", json=turn(conversation=f"c{i}")).status_code for i in range(7)]
    assert statuses == [200] * 5 + [429] * 2


def test_the_many_addresses_of_one_household_count_as_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    limits(monkeypatch, address=2)
    app = create_app(handle=desk.handle, is_emergency=lambda _: None)

    def status(address: str, number: int) -> int:
        client = TestClient(app, client=(address, 50000))
        return client.post("/api/chat", json=turn(conversation=f"c{number}")).status_code

    assert [status(f"2001:db8:0:1::{n}", n) for n in range(1, 5)] == [200, 200, 429, 429]
    assert status("2001:db8:0:2::1", 5) == 200
    assert {status(address, 6) for address in ("::1", "::ffff:127.0.0.1") for _ in range(4)} == {200}  # this machine


def test_an_emergency_passes_every_limit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    limits(monkeypatch, conversation=1, address=1)
    client = client_of(desk, FAR)
    client.post("/api/chat", json=turn())
    assert client.post("/api/chat", json=turn()).status_code == 429
    assert client.post("/api/chat", json=turn(text="我摔了")).status_code == 200


def test_a_long_text_counts_for_what_it_costs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    limits(monkeypatch, conversation=1000, address=50)
    client = client_of(desk, FAR)
    assert [client.post("/api/chat", json=turn(text="好" * 2000)).status_code for _ in range(4)] == [200, 200, 429, 429]
    assert client.post("/api/chat", json=turn()).status_code == 200  # a short one still passes


def test_beyond_the_limit_no_sender_can_have_texts_looked_at_for_ever(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits(monkeypatch, conversation=1, address=1)
    looked: list[str] = []
    app = create_app(handle=desk.handle, is_emergency=looked.append)
    client = TestClient(app, client=FAR)
    for _ in range(20):
        client.post("/api/chat", json=turn(text="不" * 4000))
    assert len(looked) <= URGENT_FACTOR


def test_the_words_of_the_urgent_key_raise_an_alarm() -> None:
    script = (STATIC / "chat.js").read_text(encoding="utf-8")
    words = re.search(r'var URGENT = "(.+?)"', script)
    assert words and emergency.check(words[1])


def test_the_limits_in_force_let_an_elder_talk_for_an_hour(desk: Desk) -> None:
    client = client_of(desk, FAR)
    assert all(client.post("/api/chat", json=turn()).status_code == 200 for _ in range(40))


def test_services_of_this_machine_and_with_the_token_are_not_limited(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits(monkeypatch, conversation=1)
    local, far = client_of(desk), client_of(desk, FAR)
    token = {"X-Operator-Token": TOKEN}
    assert {local.post("/api/chat", json=turn()).status_code for _ in range(5)} == {200}
    assert {far.post("/api/chat", json=turn(), headers=token).status_code for _ in range(5)} == {200}


def test_a_stranger_cannot_claim_a_phone_number(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    body = turn(caller={"phone": "13812345678"})
    far = client_of(desk, FAR)
    answer = far.post("/api/chat", json=body)
    assert answer.status_code == 403
    assert "口令" in answer.json()["error"]
    assert not desk.got
    assert far.post("/api/chat", json=body, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    monkeypatch.setenv("CARE_TRUST_LOCAL", "false")
    settings.cache_clear()
    assert client_of(desk).post("/api/chat", json=body).status_code == 403


@pytest.mark.parametrize(
    ("clock", "hello"),
    [
        ("05:30", "早上好"),
        ("09:00", "上午好"),
        ("12:10", "中午好"),
        ("15:00", "下午好"),
        ("21:00", "晚上好"),
        ("02:00", "晚上好"),
    ],
)
def test_the_greeting_fits_the_hour_and_says_that_it_is_automatic(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, clock: str, hello: str
) -> None:
    monkeypatch.setenv("CARE_NOW", f"2026-11-25T{clock}:00")
    settings.cache_clear()
    body = client_of(desk).get("/api/greeting").json()
    (greeting,) = body["replies"]
    assert greeting["say"].startswith(hello)
    assert "自动助手" in greeting["say"].split("。")[0]
    assert len(greeting["choices"]) == 4
    assert greeting["choices"][-1]["value"] == "转人工"
    assert not desk.got


def test_the_page_brings_everything_itself_and_nothing_inline(client: TestClient) -> None:
    answer = client.get("/")
    page = answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert not re.search(r"https?://|<script(?![^>]*\bsrc=\"/static/)|\bon\w+=|style=", page)
    for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        loaded = client.get(path)
        assert loaded.status_code == 200
        assert "immutable" in loaded.headers["cache-control"]
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|innerHTML|eval\(", loaded.text)
    assert "tel:120" in page.split("<noscript>")[1] and "tel:12345" in page.split("<noscript>")[1]


@pytest.mark.parametrize("path", ["/", "/api/greeting", "/nowhere", "/metrics", "/static/chat.js"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert (
        "default-src 'none'" in policy
        and "script-src 'self'" in policy
        and "frame-ancestors 'none'" in policy
    )
    assert "unsafe" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert len(headers.get_list("cache-control")) == 1


def test_answers_about_people_are_never_stored(client: TestClient) -> None:
    assert client.post("/api/chat", json=turn()).headers["cache-control"] == "no-store"


def test_the_body_of_an_error_is_json_in_plain_characters(client: TestClient) -> None:
    answer = client.post("/api/chat", json=turn(text=""))
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.content.decode("utf-8"))["error"].endswith("。")
