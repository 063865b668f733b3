"""The browser's line: what a page sends and gets, and what a page may do wrong without any harm."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from voice_gateway.audio import FRAME_BYTES, RATE, SILENCE
from voice_gateway.browser import protocol
from voice_gateway.browser.leg import MAX_FAULTS, MAX_UNSENT, BrowserLeg
from voice_gateway.browser.protocol import BadMessage, Start, parse
from voice_gateway.browser.routes import router
from voice_gateway.browser.sound import Allowance, EchoGate, Frames
from voice_gateway.leg import Event, Gone, Hold, Key, Leg, Sound

PLAIN = Start(RATE, True)
START = {"type": "start", "rate": RATE, "echo_cancelled": True}
LOUD = (np.sin(np.arange(160) / 3) * 9000).astype("<i2").tobytes()


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Socket:
    """The hotline's side of a socket, with the page played by the test."""

    def __init__(self, stuck: bool = False) -> None:
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.texts: list[dict[str, Any]] = []
        self.sound: list[bytes] = []
        self.closed: list[tuple[int, str | None]] = []
        self.stuck = stuck

    def says(self, **message: Any) -> None:
        self.inbox.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})

    def sounds(self, pcm: bytes) -> None:
        self.inbox.put_nowait({"type": "websocket.receive", "bytes": pcm})

    def leaves(self, code: int) -> None:
        self.inbox.put_nowait({"type": "websocket.disconnect", "code": code})

    async def receive(self) -> dict[str, Any]:
        return await self.inbox.get()

    async def send_text(self, data: str) -> None:
        self.texts.append(json.loads(data))

    async def send_bytes(self, data: bytes) -> None:
        if self.stuck:
            await asyncio.Event().wait()
        self.sound.append(data)

    async def close(self, code: int = 1000, reason: str | None = None) -> None:
        self.closed.append((code, reason))


class Talk:
    """A leg at work, with its socket."""

    def __init__(self, start: Start = PLAIN, stuck: bool = False, **options: Any) -> None:
        self.clock = Clock()
        self.socket = Socket(stuck)
        self.leg = BrowserLeg(self.socket, start, clock=self.clock, **options)

    async def __aenter__(self) -> Talk:
        self.beside = [asyncio.create_task(self.leg.read()), asyncio.create_task(self.leg.write())]
        await self.leg.answer()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self.beside:
            task.cancel()
        await asyncio.gather(*self.beside, return_exceptions=True)

    async def until_gone(self) -> list[Event]:
        return [event async for event in self.leg.events()]


async def soon(true: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0)


async def test_sound_and_keys_reach_the_call_in_order_until_the_page_hangs_up() -> None:
    async with Talk() as talk:
        talk.socket.sounds(LOUD)
        talk.socket.says(type="key", digit="0")
        talk.socket.sounds(SILENCE)
        talk.socket.says(type="hang_up")
        assert await talk.until_gone() == [Sound(LOUD), Key("0"), Sound(SILENCE), Gone("bye")]


async def test_pieces_of_any_length_become_whole_frames() -> None:
    async with Talk() as talk:
        sound = bytes(range(256)) * 5  # four frames
        for piece in (sound[:100], sound[100:902], sound[902:]):
            talk.socket.sounds(piece)
        talk.socket.leaves(protocol.GOING_AWAY)
        *frames, last = await talk.until_gone()
        assert b"".join(frame.pcm for frame in frames) == sound  # type: ignore[union-attr]
        assert {len(frame.pcm) for frame in frames} == {FRAME_BYTES}  # type: ignore[union-attr]
        assert last == Gone("bye")


@pytest.mark.parametrize("rate", [16000, 44100, 48000])
def test_a_microphone_of_another_rate_is_brought_to_telephone_sound_without_false_tones(rate: int) -> None:
    def loudness(tone: float) -> float:
        wave = (np.sin(np.arange(rate) * 2 * np.pi * tone / rate) * 10000).astype("<i2").tobytes()
        step = rate // 50 * 2
        frames = Frames(rate)
        made = b"".join(f for at in range(0, len(wave), step) for f in frames.of(wave[at : at + step]))
        samples = np.frombuffer(made, "<i2").astype(float)
        assert RATE * 0.9 < len(samples) <= RATE
        return float(np.sqrt(np.mean(samples[1000:] ** 2)))

    assert loudness(1000) == pytest.approx(10000 / 2**0.5, rel=0.02)
    assert loudness(5500) < 30, "a tone beyond half the rate would come back as 2500 Hz"


async def test_what_the_call_says_reaches_the_page_and_the_last_words_before_the_end() -> None:
    async with Talk() as talk:
        for _ in range(3):
            talk.leg.send(LOUD)
        await talk.leg.caption("hotline", "您好", final=False)
        await asyncio.gather(talk.leg.hang_up(), talk.leg.hang_up())
        await talk.leg.hang_up()
        assert talk.socket.texts == [
            {"type": "answered"},
            {"type": "caption", "who": "hotline", "text": "您好", "final": False},
        ]
        assert talk.socket.sound == [LOUD] * 3
        assert talk.socket.closed == [(protocol.BYE, "bye")]
        talk.leg.send(LOUD)
        await talk.leg.caption("hotline", "再见")
        assert await talk.until_gone() == [Gone("bye")]


async def test_a_slow_network_hears_what_is_said_now_and_the_loss_is_counted() -> None:
    async with Talk(stuck=True) as talk:
        await soon(lambda: talk.socket.texts)
        for _ in range(MAX_UNSENT + 30):
            talk.leg.send(LOUD)
        assert talk.leg.quality()["lost"] == 30


async def test_a_connection_that_breaks_is_no_hanging_up() -> None:
    async with Talk() as talk:
        talk.socket.leaves(1006)
        assert await talk.until_gone() == [Gone("lost")]


async def test_a_page_without_sound_is_gone_unless_it_is_on_hold() -> None:
    async with Talk(lost_after=0.05) as talk:
        assert await talk.until_gone() == [Gone("lost")]
    async with Talk(lost_after=0.05, longest=0.2) as talk:
        talk.socket.says(type="hold", on=True)
        assert await talk.until_gone() == [Hold(True), Gone("limit")]
    async with Talk(lost_after=0.05) as talk:
        talk.socket.says(type="hold", on=True)
        talk.socket.says(type="hold", on=False)
        assert await talk.until_gone() == [Hold(True), Hold(False), Gone("lost")]


async def test_other_messages_do_not_stand_for_sound() -> None:
    async with Talk(lost_after=0.2) as talk:

        async def pressing() -> None:
            while True:
                talk.socket.says(type="quality", playout_ms=60, gaps=0)
                await asyncio.sleep(0.05)

        pressing_on = asyncio.create_task(pressing())
        assert (await asyncio.wait_for(talk.until_gone(), 5))[-1] == Gone("lost")
        pressing_on.cancel()


async def test_a_few_messages_without_sense_are_passed_over_and_many_end_the_call() -> None:
    junk: list[Callable[[Socket], None]] = [
        lambda s: s.sounds(b""),
        lambda s: s.sounds(b"odd"),
        lambda s: s.sounds(bytes(protocol.MAX_MESSAGE + 2)),
        lambda s: s.inbox.put_nowait({"type": "websocket.receive", "text": "{"}),
        lambda s: s.says(type="key", digit="12"),
        lambda s: s.says(**START),
    ]
    async with Talk() as talk:
        for bad in junk:
            bad(talk.socket)
        talk.socket.says(type="key", digit="1")
        talk.socket.says(type="hang_up")
        assert await talk.until_gone() == [Key("1"), Gone("bye")]
    async with Talk() as talk:
        for _ in range(MAX_FAULTS + 1):
            talk.socket.sounds(b"odd")
        assert await talk.until_gone() == [Gone("error")]
        await talk.leg.hang_up()
        assert talk.socket.closed == [(protocol.MISBEHAVED, "error")]


async def test_sound_faster_than_time_is_not_taken() -> None:
    async with Talk() as talk:
        for _ in range(500):  # ten seconds at once
            talk.socket.sounds(LOUD)
        talk.socket.says(type="hang_up")
        events = await talk.until_gone()
        taken = len(events) - 1
        assert taken == pytest.approx(150, abs=1)  # the reserve of three seconds
        assert talk.leg.quality()["lost"] == 500 - taken


async def test_a_flood_of_keys_ends_the_call() -> None:
    async with Talk() as talk:
        for _ in range(1000):
            talk.socket.says(type="key", digit="1")
        events = await talk.until_gone()
        assert events[-1] == Gone("error") and len(events) < 100


async def test_sound_before_the_call_is_taken_is_not_part_of_it_but_a_key_is() -> None:
    socket = Socket()
    leg = BrowserLeg(socket, Start(RATE, True))
    reading = asyncio.create_task(leg.read())
    socket.sounds(LOUD)
    socket.says(type="key", digit="0")
    socket.says(type="hang_up")
    await reading
    assert [event async for event in leg.events()] == [Key("0"), Gone("bye")]


async def test_where_the_browser_takes_no_echo_out_the_hotline_does_not_hear_itself() -> None:
    async with Talk(Start(RATE, False)) as talk:
        for sent, pause in ((LOUD, 0.1), (SILENCE, 1.0)):
            talk.leg.send(sent)
            talk.clock.now += pause
            talk.socket.sounds(LOUD)
            await soon(lambda: talk.socket.inbox.empty())
        talk.socket.says(type="hang_up")
        assert await talk.until_gone() == [Sound(SILENCE), Sound(LOUD), Gone("bye")]


def test_silence_of_the_hotline_closes_no_gate() -> None:
    gate = EchoGate(Clock())
    gate.sent(SILENCE)
    assert gate.heard(LOUD) == LOUD
    gate.sent(LOUD)
    assert gate.heard(LOUD) == SILENCE


async def test_the_quality_counts_what_came_late_and_what_the_page_measured() -> None:
    async with Talk() as talk:
        for pause in (0.02, 0.02, 0.3, 0.02):
            talk.socket.sounds(LOUD)
            await soon(lambda: talk.socket.inbox.empty())
            await asyncio.sleep(0)
            talk.clock.now += pause
        talk.socket.says(type="quality", playout_ms=80, gaps=2)
        talk.socket.says(type="hang_up")
        await talk.until_gone()
        measured = talk.leg.quality()
        assert measured["packets"] == 4 and measured["late"] == 1 and measured["jitter_ms"] > 10
        assert (measured["playout_ms"], measured["gaps"]) == (80, 2)


async def test_nobody_can_be_put_through_and_the_page_says_so() -> None:
    async with Talk() as talk:
        assert await talk.leg.transfer("8001", "我请同事给您回电话。") is False
        await soon(lambda: len(talk.socket.texts) == 2)
        assert talk.socket.texts[1]["text"] == "我请同事给您回电话。"


def test_an_allowance_fills_again_with_time() -> None:
    clock = Clock()
    allowed = Allowance(2, 4, clock)
    assert [allowed.take() for _ in range(5)] == [True] * 4 + [False]
    clock.now += 1
    assert [allowed.take() for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"type":"start"}',
        '{"type":"start","rate":8001,"echo_cancelled":true}',
        '{"type":"start","rate":8000.0,"echo_cancelled":true}',
        '{"type":"start","rate":[8000],"echo_cancelled":true}',
        '{"type":"start","rate":8000,"echo_cancelled":1}',
        '{"type":"key","digit":""}',
        '{"type":"key","digit":"A"}',
        '{"type":"key","digit":1}',
        '{"type":"hold","on":"yes"}',
        '{"type":"quality","playout_ms":-1,"gaps":0}',
        '{"type":"quality","playout_ms":NaN,"gaps":0}',
        '{"type":"quality","playout_ms":1,"gaps":true}',
        '{"type":["key"],"digit":"1"}',
        "[" * 100_000,
    ],
)
def test_what_is_no_message_is_refused(text: str) -> None:
    with pytest.raises(BadMessage):
        parse(text)


# Through a real application


async def echo(leg: Leg) -> None:
    """A call that says back what it hears."""
    await leg.answer()
    async for event in leg.events():
        match event:
            case Sound(pcm):
                leg.send(pcm)
            case Key("0"):
                raise RuntimeError("a fault in the call")
            case Key("#"):
                return
            case Key(digit):
                await leg.caption("caller", digit)


def client_of(on_call: Callable[[Leg], Awaitable[None]] = echo, has_room: bool = True) -> TestClient:
    app = FastAPI()
    app.include_router(router(on_call, lambda: has_room))
    return TestClient(app)


def test_a_whole_call() -> None:
    with client_of().websocket_connect("/browser") as page:
        page.send_json(START)
        assert page.receive_json() == {"type": "answered"}
        page.send_bytes(LOUD)
        assert page.receive_bytes() == LOUD
        page.send_json({"type": "key", "digit": "7"})
        assert page.receive_json()["text"] == "7"
        page.send_json({"type": "key", "digit": "#"})
        assert page.receive() == {"type": "websocket.close", "code": protocol.BYE, "reason": "bye"}


def test_a_fault_in_the_call_ends_that_call_only() -> None:
    client = client_of()
    with client.websocket_connect("/browser") as other:
        other.send_json(START)
        other.receive_json()
        with client.websocket_connect("/browser") as page:
            page.send_json(START)
            page.receive_json()
            page.send_json({"type": "key", "digit": "0"})
            assert page.receive()["code"] == protocol.BYE
        other.send_json({"type": "key", "digit": "7"})
        assert other.receive_json()["text"] == "7"


def test_when_all_lines_are_taken_the_page_is_told() -> None:
    with client_of(has_room=False).websocket_connect("/browser") as page:
        page.send_json(START)
        assert page.receive()["code"] == protocol.BUSY


def test_who_does_not_begin_with_the_form_of_sound_is_shut_out() -> None:
    for first in (LOUD, b"\xff\x00junk"):
        with client_of().websocket_connect("/browser") as page:
            page.send_bytes(first)
            assert page.receive()["code"] == protocol.MISBEHAVED
    with client_of().websocket_connect("/browser") as page:
        page.send_json({"type": "hang_up"})
        assert page.receive()["code"] == protocol.MISBEHAVED


def test_a_browser_cannot_come_here_by_itself() -> None:
    headers = {"Origin": "http://127.0.0.1:5075"}
    with pytest.raises(WebSocketDisconnect), client_of().websocket_connect("/browser", headers=headers):
        pass
