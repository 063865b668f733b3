"""What operators and monitors get: orders, health, metrics, and how the token guards them."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from fastapi.testclient import TestClient

from care import calls
from care.conversation.model import Conversation, Line
from care.conversation.service import Message, Result
from care.db import forget_engine, unit_of_work
from care.handover import open_ticket
from care.orders import Order
from care.reply import Reply
from care.settings import settings
from web import operator
from web.app import create_app
from web.guard import TOKEN_TRIES, Limiter

TOKEN = "a-token-for-tests"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
REAL_CLIENT = httpx.AsyncClient
HEADER = {"X-Operator-Token": TOKEN}


@pytest.fixture
def client(database: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("CARE_OPERATOR_TOKEN", TOKEN)
    settings.cache_clear()

    async def handle(message: Message) -> Result:
        if message.text == "出错":
            raise RuntimeError
        return Result(message.conversation, [Reply("好的。")], "answered")

    yield TestClient(create_app(handle=handle, is_emergency=lambda _: None), client=("127.0.0.1", 50000))


@pytest.fixture
def order(client: TestClient) -> str:
    """An order that stands in the database; gives its number."""
    with unit_of_work() as session:
        session.add(
            Order(
                number="3582",
                key="k1",
                region="yangling",
                service="meal",
                status="confirmed",
                time="11:30",
                quantity=2,
                person_name="王秀英",
                person_phone="13812345678",
                address="幸福路十八号五零二",
                total_fen=2400,
                price_demo=True,
            )
        )
    return "3582"


@pytest.mark.parametrize("headers", [BEARER, HEADER, {"Authorization": f"bearer {TOKEN}"}])
def test_an_operator_sees_an_order(client: TestClient, order: str, headers: dict[str, str]) -> None:
    answer = client.get(f"/api/orders/{order}", headers=headers)
    assert answer.status_code == 200
    card = answer.json()
    assert (card["kind"], card["number"], card["person_name"]) == ("order", order, "王秀英")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("phone", ["13812345678", "138 1234 5678", "+8613812345678"])
def test_an_operator_finds_orders_by_phone(client: TestClient, order: str, phone: str) -> None:
    found = client.get("/api/orders", params={"phone": phone}, headers=BEARER).json()["orders"]
    assert [card["number"] for card in found] == [order]


def test_a_phone_without_orders_gives_an_empty_list(client: TestClient, order: str) -> None:
    assert client.get("/api/orders?phone=13900000000", headers=BEARER).json() == {"orders": []}


@pytest.mark.parametrize("number", ["9999", "x", "3582'--", "三五八二"])
def test_an_unknown_number_is_said_to_be_unknown(client: TestClient, order: str, number: str) -> None:
    answer = client.get(f"/api/orders/{number}", headers=BEARER)
    assert (answer.status_code, answer.json()) == (404, {"error": "没找到这个单号，请核对一下再查。"})


@pytest.mark.parametrize("query", ["", "?phone=", "?phone=abc", "?phone=1"])
def test_a_search_without_a_phone_is_refused(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/orders{query}", headers=BEARER)
    assert answer.status_code == 422
    assert "电话号码" in answer.json()["error"]


@pytest.mark.parametrize("path", ["/api/orders/3582", "/api/orders?phone=13812345678", "/metrics"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Operator-Token": ""}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}],
)
def test_without_the_token_nothing_is_shown(
    client: TestClient, order: str, path: str, headers: dict[str, str]
) -> None:
    answer = client.get(path, headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json() == {"error": "这里只给工作人员看，请带上正确的口令。"}


def test_a_token_that_was_not_written_lets_nobody_in(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_OPERATOR_TOKEN", "")
    settings.cache_clear()
    (settings().home / "operator.token").touch()  # as a full disk leaves it
    for headers in ({}, {"X-Operator-Token": ""}, {"Authorization": "Bearer "}):
        assert client.get("/metrics", headers=headers).status_code == 401
    assert len(settings().token()) > 10 and settings().token() == settings().token()


def test_guessing_the_token_is_slowed_down(client: TestClient) -> None:
    statuses = [
        client.get("/metrics", headers={"X-Operator-Token": f"{i}"}).status_code
        for i in range(TOKEN_TRIES + 5)
    ]
    assert statuses[0] == 401 and statuses[-1] == 429
    assert "口令" in client.get("/metrics").json()["error"]


def test_metrics_count_turns_times_and_errors(client: TestClient) -> None:
    def say(words: str) -> None:
        client.post("/api/chat", json={"conversation": "c1", "text": words, "channel": "wechat"})

    say("您好")
    say("您好")
    say("")
    say("出错")
    text = client.get("/metrics", headers=BEARER).text
    assert 'yinling_chat_turns_total{channel="wechat",state="answered"} 2.0' in text
    assert "yinling_chat_turn_seconds_count 2.0" in text
    assert 'yinling_http_errors_total{status="422"} 1.0' in text
    assert 'yinling_http_errors_total{status="500"} 1.0' in text


def answering(monkeypatch: pytest.MonkeyPatch, *ports: int) -> None:
    """Lets only the services on these ports answer."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.port not in ports:
            raise httpx.ConnectError("refused", request=request)
        return httpx.Response(200)

    monkeypatch.setattr(
        operator.httpx,
        "AsyncClient",
        lambda **options: REAL_CLIENT(transport=httpx.MockTransport(answer), **options),
    )


def test_health_is_ok_only_when_every_part_answers(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot, actions, voice = settings().bot_port, settings().actions_port, settings().voice_port
    answering(monkeypatch, bot, actions, voice)
    assert client.get("/healthz").json() == {
        "status": "ok", "web": "ok", "database": "ok", "bot": "ok", "actions": "ok", "voice": "ok"
    }  # fmt: skip
    answering(monkeypatch, actions, voice)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"], answer.json()["bot"]) == (
        200,
        "degraded",
        "unreachable",
    )


def test_health_says_when_the_database_is_gone(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, settings().bot_port, settings().actions_port)
    monkeypatch.setenv("CARE_DATABASE_URL", "sqlite:////nowhere/at/all.db")
    settings.cache_clear()
    forget_engine()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


def test_a_limit_fills_again_evenly() -> None:
    clock = [100.0]
    limiter = Limiter(6, now=lambda: clock[0])
    assert [limiter.wait("a") for _ in range(6)] == [0] * 6
    assert limiter.wait("a") == pytest.approx(10)
    clock[0] += 10
    assert limiter.wait("a") == 0
    assert limiter.wait("a") > 0
    assert limiter.wait("b") == 0


def test_tickets_are_for_operators_and_urgent_ones_come_first(client: TestClient) -> None:
    with unit_of_work() as session:
        open_ticket(session, "callback", None, "想问轮候", "13800000009")
        open_ticket(session, "emergency", None, "摔倒起不来", urgent=True)
    assert client.get("/api/tickets").status_code == 401
    found = client.get("/api/tickets", headers=BEARER).json()["tickets"]
    assert [t["kind"] for t in found] == ["emergency", "callback"]


def test_a_ticket_carries_what_was_said_masked(client: TestClient) -> None:
    with unit_of_work() as session:
        calls.begin(session, "sip-1", "sip", "13812345678")
        session.add(Line(conversation_id="sip-1", heard="我叫王*，电话138****5678", said=[{"say": "好。"}], state="idle"))
        open_ticket(session, "human", session.get_one(Conversation, "sip-1"), "人工")
    ticket = client.get("/api/tickets", headers=BEARER).json()["tickets"][0]
    assert [(line["heard"], line["said"]) for line in ticket["transcript"]] == [("我叫王*，电话138****5678", ["好。"])]


def test_calls_are_listed_with_how_they_went(client: TestClient) -> None:
    with unit_of_work() as session:
        calls.begin(session, "sip-1", "sip", "13812345678")
        calls.begin(session, "sip-2", "sip", "13900000000")
        calls.end(session, "sip-1", "finished", "hotline", {"turns": [{"waiting": 1200, "machine": 90}]})
    assert client.get("/api/calls").status_code == 401
    found = client.get("/api/calls?phone=13812345678", headers=BEARER).json()["calls"]
    assert [(c["id"], c["outcome"], c["figures"]["turns"][0]["machine"]) for c in found] == [("sip-1", "finished", 90)]
    assert len(client.get("/api/calls", headers=BEARER).json()["calls"]) == 2
    assert client.get("/api/calls/sip-1", headers=BEARER).json()["transcript"] == []
    assert client.get("/api/calls/none", headers=BEARER).status_code == 404


@pytest.mark.parametrize(
    ("status", "body", "expected", "words"),
    [
        (202, {"to": "13812345678", "status": "calling"}, 202, "calling"),
        (403, {"detail": "hours"}, 403, "不是可以打给居民的时间"),
        (422, {"detail": "purpose"}, 422, "用途"),
    ],
)
def test_an_operator_has_somebody_called(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, status: int, body: dict[str, str], expected: int, words: str
) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(status, json=body)

    monkeypatch.setattr(
        operator.httpx, "AsyncClient", lambda **options: REAL_CLIENT(transport=httpx.MockTransport(answer))
    )
    placed = client.post("/api/calls", json={"to": "13812345678", "purpose": "callback"}, headers=BEARER)
    assert placed.status_code == expected and words in placed.text
    assert asked[0].headers["authorization"] == BEARER["Authorization"]
    assert client.post("/api/calls", json={"to": "13812345678"}).status_code == 401


def test_a_call_without_a_telephone_is_said_to_be_impossible(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch)
    answer = client.post("/api/calls", json={"to": "13812345678"}, headers=BEARER)
    assert (answer.status_code, "没有运行" in answer.text) == (503, True)
    assert client.post("/api/calls", json=["x"], headers=BEARER).status_code == 422
