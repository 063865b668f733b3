"""Calls that the hotline places: to people on file, over trunks, refused and taken."""

from __future__ import annotations

import asyncio
import re

import pytest

from tests.unit.sip_line import TONE, Echo, open_line, sdp, until
from voice_gateway.leg import Gone, Hold, Leg, Sound
from voice_gateway.sip.dialling import DialFailed, DialRefused


async def test_a_person_on_file_is_called_and_heard(now):
    person = Echo()
    async with open_line(person, sip_user="13800000001") as home:
        outbound = f"127.0.0.1:{home.transport.local_addr[1]}"
        async with open_line(Echo(), lambda n: n == "13800000001", sip_outbound=outbound) as line:
            leg = await line.dial("13800000001")
            await leg.answer()
            assert leg.called == "13800000001"
            heard = 0
            for at in range(0, len(TONE), 320):
                leg.send(TONE[at : at + 320])
                await asyncio.sleep(0.02)
            async for event in leg.events():
                heard += isinstance(event, Sound) and any(event.pcm)
                if heard > 10:
                    break
            await leg.hang_up()
            await until(person.ended.is_set)
            with pytest.raises(DialRefused, match="not_listed"):
                await line.dial("13900000001")
            await until(lambda: not line.ports.taken)
    assert person.legs[0].caller == "12349"


@pytest.mark.parametrize(
    ("status", "reason"), [(486, "busy"), (404, "unknown_number"), (603, "declined"), (480, "no_answer")]
)
async def test_a_person_who_cannot_be_reached(now, status: int, reason: str):
    async with open_line(Echo()) as other:
        other.agent._admit = lambda *_: (status, "No", {})
        outbound = f"127.0.0.1:{other.transport.local_addr[1]}"
        async with open_line(Echo(), lambda n: True, sip_outbound=outbound) as line:
            with pytest.raises(DialFailed) as failed:
                await line.dial("13800000001")
            assert failed.value.reason == reason
            await until(lambda: not line.ports.taken)
            assert not line.client._calls


async def test_a_telephone_that_nobody_takes_stops_ringing(now):
    events: list[object] = []

    async def ringing(leg: Leg) -> None:
        async for event in leg.events():
            events.append(event)

    async with open_line(ringing, sip_user="13800000001") as home:
        outbound = f"127.0.0.1:{home.transport.local_addr[1]}"
        async with open_line(Echo(), sip_outbound=outbound) as line:
            with pytest.raises(DialFailed, match="no_answer"):
                await line.outgoing.place("13800000001", 0.3)
            await until(lambda: events == [Gone("cancelled")])


async def test_without_a_trunk_nobody_outside_is_called(now):
    async with open_line(Echo(), lambda n: True) as line:
        with pytest.raises(DialRefused, match="no_trunk"):
            await line.dial("13800000001")


async def test_a_call_that_we_placed_can_end_in_peace_when_the_line_closes(now):
    person = Echo()
    async with open_line(person, sip_user="13800000001") as home:
        outbound = f"127.0.0.1:{home.transport.local_addr[1]}"
        async with open_line(Echo(), lambda n: True, sip_outbound=outbound) as line:
            leg = await line.dial("13800000001")
            closing = asyncio.create_task(line.stop())
            for _ in range(20):
                leg.send(TONE[:320])
                await asyncio.sleep(0.02)
            assert not person.gone
            await leg.hang_up()
            await closing
        await until(lambda: person.gone == ["bye"])


async def test_a_person_we_called_may_put_us_on_hold(now):
    person, events = Echo(), []
    async with open_line(person, sip_user="13800000001") as home:
        outbound = f"127.0.0.1:{home.transport.local_addr[1]}"
        async with open_line(Echo(), lambda n: True, sip_outbound=outbound) as line:
            leg = await line.dial("13800000001")

            async def listen() -> None:
                async for event in leg.events():
                    if not isinstance(event, Sound):
                        events.append(event)

            listening = asyncio.create_task(listen())
            theirs = person.legs[0]
            offer = theirs.described.offer()
            offer.audio.attributes["sendonly"] = offer.audio.attributes.pop("sendrecv")
            change = home.client.send_reinvite(theirs.dialog, offer, theirs.peer)
            assert (await home.transport.requests.final(change)).status_code == 200
            await until(lambda: events == [Hold(True)])
            await theirs.hang_up()
            await listening
            assert events == [Hold(True), Gone("bye")]


class Trunk(asyncio.DatagramProtocol):
    """A carrier: asks for a password, then answers from another address by way of its proxies."""

    def __init__(self) -> None:
        self.got: list[str] = []

    async def open(self) -> str:
        self.transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, ("127.0.0.1", 0))
        return f"127.0.0.1:{self.transport.get_extra_info('sockname')[1]}"

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        text = data.decode()
        self.got.append(text)
        if text.startswith("ACK"):
            return
        status, more, body = "200 OK", "", ""
        if text.startswith("INVITE") and "Proxy-Authorization: Digest" not in text:
            status, more = "407 Proxy Authentication Required", 'Proxy-Authenticate: Digest realm="r", nonce="n"\r\n'
        elif text.startswith("INVITE"):
            more = "Contact: <sip:phone@127.0.0.9>\r\nRecord-Route: <sip:b;lr>\r\nRecord-Route: <sip:a;lr>\r\n"
            more, body = more + "Content-Type: application/sdp\r\n", sdp()
        kept = [row for row in text.split("\r\n") if re.match(r"(Via|From|Call-ID|CSeq):", row)]
        to = re.search(r"^To: ([^\r;]+)", text, re.MULTILINE)[1]
        answer = [f"SIP/2.0 {status}", *kept, f"To: {to};tag=t{len(self.got)}"]
        reply = "\r\n".join(answer) + f"\r\n{more}Content-Length: {len(body)}\r\n\r\n{body}"
        for _ in range(2):  # as when the first ACK was lost
            self.transport.sendto(reply.encode(), addr)

    def of(self, method: str) -> list[str]:
        return [text for text in self.got if text.startswith(method)]


async def test_a_carrier_that_asks_for_a_password_gets_it_and_its_route_is_kept(now):
    trunk = Trunk()
    chosen = {"sip_outbound": await trunk.open(), "sip_register_user": "u", "sip_register_password": "p"}
    async with open_line(Echo(), lambda n: True, **chosen) as line:
        leg = await line.dial("13800000001")
        await until(lambda: len(trunk.of("ACK")) == 4)
        await leg.hang_up()
        await until(lambda: trunk.of("BYE"))
    assert len({text.split("branch=")[1].split(";")[0] for text in trunk.of("INVITE")}) == 2
    for text in (trunk.of("ACK")[-1], trunk.of("BYE")[0]):
        assert text.split()[1] == "sip:phone@127.0.0.9"
        assert re.findall(r"^Route: (\S+)", text, re.MULTILINE) == ["<sip:a;lr>", "<sip:b;lr>"]
