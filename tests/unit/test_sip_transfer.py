"""Handing a caller over: asked of the other side, or done by joining two calls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from tests.unit.sip_line import TONE, Echo, Hand, Handing, loudness, open_line, target, until
from voice_gateway.audio import FRAME_BYTES
from voice_gateway.leg import Gone, Leg
from voice_gateway.sip import outgoing, transfer
from voice_gateway.sip.caller import Caller
from voice_gateway.sip.line import Line


@asynccontextmanager
async def beside(
    operator: Callable[[Leg], Awaitable[None]], call: Handing, *others: str
) -> AsyncIterator[tuple[Line, Line]]:
    """An operator's telephone, and a hotline that has it on its list, behind others."""
    async with (
        open_line(operator, sip_user="8001") as desk,
        open_line(call, operator_numbers=[*others, target(desk, "8001")]) as line,
    ):
        yield desk, line


async def test_a_telephone_that_can_transfer_is_asked_to(now):
    call = Handing()
    async with open_line(call, operator_numbers=["8001"]) as line:
        async with Caller(target(line), refer=200) as caller:
            await caller.press("0")
            async with asyncio.timeout(5):
                await caller.gone.wait()
        await until(lambda: call.gone)
    assert caller.referred_to[0].startswith("sip:8001@127.0.0.1:")
    assert (call.results, call.gone) == ([True], ["transferred"])


async def test_a_pbx_that_asks_for_a_password_before_it_transfers_gets_it(now):
    call = Handing()
    known = {"sip_register_user": "u", "sip_register_password": "p", "sip_outbound": "127.0.0.1:9"}
    async with open_line(call, operator_numbers=["8001"], **known) as line:
        hand = await Hand().open(line)
        tag = await hand.calls()
        body = "Signal=0\r\n"
        hand.send(hand.message("INFO", number=2, tag=tag, body=body, kind="application/dtmf-relay"))
        for status, more in (
            ("401 Unauthorized", 'WWW-Authenticate: Digest realm="r", nonce="n"\r\n'),
            ("202 Accepted", ""),
        ):
            refer = await hand.asked("REFER")
            hand.got.clear()
            hand.answer(refer, status, more)
        assert 'Authorization: Digest username="u"' in refer and "Refer-To: <sip:8001@" in refer
        final = "SIP/2.0 200 OK\r\n"
        event = "Event: refer\r\nSubscription-State: terminated\r\n"
        hand.send(hand.message("NOTIFY", number=3, tag=tag, body=final, kind="message/sipfrag", more=event))
        await until(lambda: call.results == [True] and call.gone == ["transferred"])
        await hand.asked("BYE")


async def test_a_caller_who_asks_for_the_password_of_our_trunk_does_not_get_it(now):
    known = {"sip_register_user": "u", "sip_register_password": "p", "sip_outbound": "127.0.0.9:9"}
    async with open_line(Handing(), operator_numbers=["8001"], **known) as line:
        hand = await Hand().open(line)
        tag = await hand.calls()
        hand.send(hand.message("INFO", number=2, tag=tag, body="Signal=0\r\n", kind="application/dtmf-relay"))
        challenge = 'WWW-Authenticate: Digest realm="r", nonce="n"\r\n'
        hand.answer(await hand.asked("REFER"), "401 Unauthorized", challenge)
        await asyncio.sleep(0.3)
        assert len(hand.requests("REFER")) == 1 and "Authorization" not in "".join(hand.got)


async def test_a_transfer_that_nobody_takes_leaves_the_caller_with_us(now):
    call = Handing()
    async with open_line(call, operator_numbers=["8001", "8002"]) as line, Caller(target(line), refer=486) as caller:
        await caller.press("0")
        await until(lambda: call.results == [False])
        assert [uri.split("@")[0] for uri in caller.referred_to] == ["sip:8001", "sip:8002"]
        assert not caller.gone.is_set()


async def test_else_both_are_joined_by_us_and_hear_each_other(now, monkeypatch):
    operator, call = Echo(), Handing()
    monkeypatch.setattr(transfer, "RINGING_SECONDS", 0.5)  # nobody is at the first
    async with beside(operator, call, "sip:8009@127.0.0.1:9") as (_, line):
        async with Caller(target(line)) as caller:
            await caller.press("0")
            await until(lambda: call.results == [True] and call.gone == ["transferred"])
            assert len(line.running()) == 1
            await caller.play(TONE)
            await caller.press("9")
            await until(lambda: operator.keys == "9")
            assert loudness(caller.recording[:, 1]) > 1000  # the operator says back what it hears
        await until(operator.ended.is_set)
        await until(lambda: not line.ports.taken and not line.running())
    assert operator.gone == ["bye"]


async def test_when_the_first_operator_is_dead_the_second_is_rung(now, monkeypatch):
    monkeypatch.setattr(outgoing, "REACHED_SECONDS", 0.3)
    operator, call = Echo(), Handing(each=True)
    async with beside(operator, call, "sip:8009@127.0.0.1:9") as (desk, line), Caller(target(line)) as caller:
        await caller.press("0")
        await until(lambda: call.results == [False, True])
        assert len(desk.running()) == 1


class Saying:
    """What is said to a caller in danger meanwhile."""

    def __init__(self) -> None:
        self.rung = asyncio.Event()
        self.said = asyncio.Event()

    async def answered(self) -> None:
        self.rung.set()
        await self.said.wait()

    async def over(self) -> None:
        await self.said.wait()


async def test_operators_are_rung_while_something_is_said_and_hear_it_until_they_are_joined(now, monkeypatch):
    monkeypatch.setattr(outgoing, "REACHED_SECONDS", 0.3)
    operator, saying = Echo(), Saying()
    call = Handing(meanwhile=saying)
    async with beside(operator, call, "sip:8009@127.0.0.1:9") as (desk, line), Caller(target(line)) as caller:
        await caller.press("0")
        async with asyncio.timeout(5):
            await saying.rung.wait()
        assert not caller.gone.is_set() and call.results == []
        for _ in range(10):
            call.leg.send(TONE[:FRAME_BYTES])
            await asyncio.sleep(0.02)
        await until(lambda: operator.heard > 5)
        assert not caller.referred_to, "it would have been taken away in the middle of a word"
        saying.said.set()
        await until(lambda: call.results == [True] and call.gone == ["transferred"])


async def test_an_operator_who_hangs_up_before_the_caller_is_joined_does_not_get_them(now):
    async def brief(leg: Leg) -> None:
        await leg.answer()
        await asyncio.sleep(0.3)

    saying = Saying()
    call = Handing(meanwhile=saying)
    async with beside(brief, call) as (desk, line), Caller(target(line)) as caller:
        await caller.press("0")
        async with asyncio.timeout(5):
            await saying.rung.wait()
        await until(lambda: not desk.running())
        await asyncio.sleep(0.1)
        saying.said.set()
        await until(lambda: call.results == [False])
        assert not caller.gone.is_set()


async def test_where_we_cannot_ring_anybody_the_transfer_is_asked_for_when_all_is_said(now, monkeypatch):
    monkeypatch.setattr(outgoing, "REACHED_SECONDS", 0.2)
    saying = Saying()
    call = Handing(meanwhile=saying)
    async with (
        open_line(call, operator_numbers=["sip:8001@127.0.0.1:9"]) as line,
        Caller(target(line), refer=200) as caller,
    ):
        await caller.press("0")
        await asyncio.sleep(1.0)
        assert not caller.referred_to
        saying.said.set()
        await until(lambda: call.results == [True])
        assert caller.referred_to


async def test_a_telephone_that_tries_to_transfer_and_cannot_is_helped(now):
    operator, call = Echo(), Handing()
    async with beside(operator, call) as (desk, line), Caller(target(line), refer=404) as caller:
        await caller.press("0")
        await until(lambda: call.results == [True])
        assert caller.referred_to and len(desk.running()) == 1


async def test_when_the_operator_hangs_up_the_caller_is_free(now):
    async def brief(leg: Leg) -> None:
        await leg.answer()
        await asyncio.sleep(0.3)

    call = Handing()
    async with beside(brief, call) as (desk, line):
        async with Caller(target(line)) as caller:
            await caller.press("0")
            async with asyncio.timeout(5):
                await caller.gone.wait()  # hung up for the caller, who need not do it
        await until(lambda: not line.ports.taken)
        assert not line.running() and not desk.running()
    assert (call.results, call.gone) == ([True], ["transferred"])


async def test_a_caller_who_leaves_while_the_operator_rings_stops_the_ringing(now):
    events: list[object] = []

    async def ringing(leg: Leg) -> None:
        async for event in leg.events():
            events.append(event)

    call = Handing()
    async with beside(ringing, call) as (desk, line):
        async with Caller(target(line)) as caller:
            await caller.press("0")
            await until(lambda: desk.running())
        await until(lambda: events and call.results and not line.ports.taken)
        assert not desk.running()
    assert events == [Gone("cancelled")]
    assert (call.results, call.gone) == ([False], ["bye"])


async def test_nobody_is_handed_to_a_number_that_is_not_listed(now):
    results = []

    async def wild(leg: Leg) -> None:
        await leg.answer()
        results.append(await leg.transfer("0044207946000"))

    async with open_line(wild, operator_numbers=["8001"]) as line, Caller(target(line), refer=200) as caller:
        await until(lambda: results == [False])
    assert not caller.referred_to
