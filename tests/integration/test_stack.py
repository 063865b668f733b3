"""The whole product through its chat interface: bookings, redelivery, and processes that die in between."""

from __future__ import annotations

import concurrent.futures
import time
import uuid
from collections.abc import Callable

import httpx
import pytest

from care.settings import settings
from tests.integration.conftest import part
from yinling.evaluate.talk import Talk, client, order
from yinling.processes import Child, Stack

MEAL = "东莞，后天中午给我送一份软饭，送到莞城幸福路18号502，我叫王秀英，电话13800001234"
PATIENCE = 60


def until_ready(child: Child) -> None:
    """Waits until a process answers again."""
    deadline = time.monotonic() + PATIENCE
    while not child.is_ready():
        assert time.monotonic() < deadline, f"{child.name} is not ready"
        time.sleep(0.1)


def revive(child: Child) -> None:
    """Starts a process anew, as the supervisor does."""
    child.stop()
    child.start()
    until_ready(child)


def to_confirmation(talk: Talk, first: str = MEAL) -> None:
    """Talks until the assistant reads everything back."""
    talk.say(first)
    for _ in range(4):
        if talk.state == "confirming":
            return
        talk.say({"asking_diet": "没有忌口", "asking_quantity": "一份", "asking_health": "都没有"}.get(talk.state, "对"))
    assert talk.state == "confirming", talk.transcript


def test_a_meal_said_in_one_sentence_stands_in_the_database(talk: Talk, http: httpx.Client) -> None:
    to_confirmation(talk)
    assert "五零二" in talk.answer
    talk.say("对")
    assert talk.state == "booked"
    stands = order(http, talk.last["order"])
    assert (stands["service"], stands["date"]) == ("meal", "2026-11-27")


def test_nothing_is_stored_without_a_yes(talk: Talk, http: httpx.Client) -> None:
    to_confirmation(talk)
    talk.say("算了不订了")
    assert talk.last["order"] is None
    found = http.get("/api/orders", params={"phone": "13800001299"}, headers={"X-Operator-Token": settings().token()})
    assert found.json()["orders"] == []


def test_a_yes_delivered_three_times_makes_one_order(talk: Talk, http: httpx.Client) -> None:
    to_confirmation(talk, MEAL.replace("1234", "5678"))
    body = {"conversation": talk.id, "text": "对", "channel": "test", "message_id": uuid.uuid4().hex}
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: http.post("/api/chat", json=body).json(), range(3)))
    assert len({a["order"] for a in answers}) == 1 and answers[0]["order"]
    found = http.get("/api/orders", params={"phone": "13800005678"}, headers={"X-Operator-Token": settings().token()})
    assert len(found.json()["orders"]) == 1


@pytest.mark.parametrize("which", ["bot", "actions"])
def test_a_process_killed_in_mid_booking_loses_nothing(
    product: Stack, talk: Talk, http: httpx.Client, which: str
) -> None:
    to_confirmation(talk)
    child = part(product, which)
    assert child.process is not None
    child.process.kill()
    child.process.wait()
    talk.say("对")
    assert talk.state == "confirming", talk.transcript
    assert "都还在" in talk.answer
    revive(child)
    talk.say("对")
    assert talk.state == "booked", talk.transcript
    assert order(http, talk.last["order"])["service"] == "meal"


def test_an_emergency_is_answered_while_the_bot_is_dead(product: Stack, talk: Talk) -> None:
    child = part(product, "bot")
    assert child.process is not None
    child.process.kill()
    child.process.wait()
    try:
        talk.say("我摔了一跤起不来了")
        assert talk.state == "emergency"
        talk.say("人工")
        assert talk.state in ("handed_over", "emergency")
    finally:
        revive(child)


def test_a_restart_of_everything_continues_the_conversation(product: Stack, talk: Talk) -> None:
    talk.say("我想订饭，送到莞城")
    before = talk.state
    assert before.startswith("asking_")
    for child in product.parts:
        revive(child)
    talk.say("后天中午")
    assert talk.state.startswith(("asking_", "confirming"))
    talk.say("算了不订了")
    assert not talk.state.startswith("asking_")


def test_more_callers_than_places_at_the_same_moment(http: httpx.Client) -> None:
    """Everybody reaches the confirmation, then all say yes together: no slot is sold twice."""
    talks = []
    with client() as shared:
        for n in range(8):
            talk = Talk(shared)
            to_confirmation(
                talk,
                f"东莞，后天上午十点我要去站里洗澡，没有发烧没有病，住莞城光明社区{n + 1}栋101，"
                f"我叫李秀兰，电话1380000{4000 + n}",
            )
            talks.append(talk)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda t: t.say("对"), talks))
    booked = [t for t in talks if t.state == "booked"]
    full = [t for t in talks if t.state != "booked"]
    capacity = _capacity("dongguan", "bath")
    assert len(booked) == min(capacity, len(talks)), [t.state for t in talks]
    assert all("满" in t.answer for t in full)


def _capacity(region: str, service: str) -> int:
    from care.service_list import item

    found = item(region, service)
    assert found is not None
    return found.capacity


@pytest.mark.parametrize(
    ("ask", "expect"),
    [
        (lambda t: t.say("东莞多久上门看一次老人"), "每个月"),
        (lambda t: t.say("长沙高龄津贴一个月多少钱"), "不知道"),
        (lambda t: t.say("有人说给我办补贴要先交两千块"), "千万别打钱"),
    ],
)
def test_answers_of_every_kind_come_through(talk: Talk, ask: Callable[[Talk], object], expect: str) -> None:
    ask(talk)
    assert expect in talk.answer
