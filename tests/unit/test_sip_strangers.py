"""What strangers, broken telephones and lost packets do to the line: nothing."""

from __future__ import annotations

import asyncio
import logging
import random
import sys

import pytest
from aiosipua import SipRequest, SipResponse
from aiosipua.transport import UdpSipTransport, _UdpProtocol

from tests.unit.sip_line import HOST, Echo, Hand, open_line, sdp, target, until
from voice_gateway.sip import transactions
from voice_gateway.sip.admission import REFUSALS_A_MINUTE, Networks
from voice_gateway.sip.caller import Caller
from voice_gateway.sip.transport import LARGEST, Udp

FUZZ = 400


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="only CPython 3.11's selector transport is no DatagramTransport"
)
async def test_aiosipua_still_fails_its_own_assertion_on_python_3_11():
    """When this fails, upstream has mended it: remove `QuietProtocol.connection_made`."""
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(asyncio.DatagramProtocol, (HOST, 0))
    try:
        with pytest.raises(AssertionError):
            _UdpProtocol(UdpSipTransport()).connection_made(transport)
    finally:
        transport.close()


async def test_our_own_port_opens_without_a_complaint(caplog):
    faults: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: faults.append(context))
    transport = Udp((HOST, 0), Networks([]))
    with caplog.at_level(logging.WARNING):
        await transport.start()
        await asyncio.sleep(0.02)
    assert transport.local_addr[1] > 0
    await transport.stop()
    assert not faults and not caplog.records


async def test_strangers_get_a_bare_403_a_few_times_and_then_nothing():
    echo = Echo()
    async with open_line(echo, sip_peers=["10.0.0.0/8"]) as line:
        hand = await Hand().open(line)
        for number in range(REFUSALS_A_MINUTE + 5):
            hand.send(hand.message("OPTIONS" if number % 2 else "INVITE", call=f"c{number}", body=sdp()))
        hand.send(hand.message("ACK"))
        await until(lambda: len(hand.got) >= REFUSALS_A_MINUTE)
        await asyncio.sleep(0.1)
        assert hand.statuses() == [403] * REFUSALS_A_MINUTE
        assert not any(word in "".join(hand.got).lower() for word in ("yinling", "allow", "contact", "user-agent"))
        assert all(len(text) <= len(hand.message("OPTIONS", body=sdp())) for text in hand.got)
        assert not echo.legs


async def test_a_short_message_of_a_stranger_is_not_answered_by_a_longer_one():
    async with open_line(Echo(), sip_peers=[]) as line:
        hand = await Hand().open(line)
        hand.send(
            f"INVITE sip:x SIP/2.0\r\nv: SIP/2.0/UDP {HOST}:{hand.port}\r\nf: a\r\nt: b\r\ni: c\r\nCSeq: 1 INVITE\r\n\r\n"
        )
        await asyncio.sleep(0.1)
        assert not hand.got


def damaged(message: str, chance: random.Random) -> bytes:
    raw = bytearray(message.encode())
    way = chance.randrange(5)
    if way == 0:
        return bytes(raw[: chance.randrange(len(raw))])
    if way == 1:
        return chance.randbytes(chance.randrange(1, 400))
    if way == 2:
        at = chance.randrange(len(raw))
        return bytes(raw[:at] + chance.randbytes(5) + raw[at:])
    if way == 3:
        lines = message.split("\r\n")
        lines.pop(chance.randrange(len(lines)))
        chance.shuffle(lines)
        return "\r\n".join(lines).encode()
    for _ in range(10):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_no_message_ends_the_line_or_another_call(seed: int):
    faults: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: faults.append(context))
    chance, echo = random.Random(seed), Echo()
    async with open_line(echo, sip_calls=500, rtp_last=41999) as line, Caller(target(line)) as caller:
        hand = await Hand().open(line)
        kinds = [
            "INVITE",
            "ACK",
            "BYE",
            "CANCEL",
            "OPTIONS",
            "INFO",
            "UPDATE",
            "REFER",
            "NOTIFY",
            "PRACK",
            "REGISTER",
        ]
        for number in range(FUZZ):
            kind = chance.choice(kinds)
            known = chance.choice([caller._call.call_id, f"c{number}"])
            hand.send(damaged(hand.message(kind, call=known, number=number, body=sdp()), chance))
            await asyncio.sleep(0.001)  # else the system drops them before anyone reads
        hand.send(hand.message("OPTIONS", call="last"))
        await until(lambda: any("Call-ID: last" in text and " 200 OK" in text for text in hand.got))
        before = echo.heard
        await caller.play(b"\x00\x10" * 160 * 20)
        await until(lambda: echo.heard > before)
        assert not caller.gone.is_set()
    assert not faults


NASTY = {
    "a port that there is not": lambda m: m.replace("branch=", "branch=x").replace(f"{HOST}:", f"{HOST}:9", 1).replace("Via: SIP/2.0/UDP 127.0.0.1:", "Via: SIP/2.0/UDP 127.0.0.1:99999"),
    "a host name to be looked up": lambda m: m.replace("UDP 127.0.0.1", "UDP a.very.slow.name.example"),
    "an enormous header": lambda m: m.replace("Max-Forwards: 70", "X-A: " + "a" * (LARGEST - 2000)),
    "more than the largest message": lambda m: m.replace("Max-Forwards: 70", "X-A: " + "a" * 40000),
    "a thousand headers": lambda m: m.replace("Max-Forwards: 70", "\r\n".join(f"X-{i}: a" for i in range(1000))),
    "a number without end": lambda m: m.replace("CSeq: 1 ", "CSeq: " + "9" * 6000 + " "),
    "another method in its CSeq": lambda m: m.replace("CSeq: 1 INVITE", "CSeq: 1 BYE"),
    "a length that is none": lambda m: m.replace("Content-Length: ", "Content-Length: -x"),
    "nothing but a request line": lambda m: m.split("\r\n")[0],
    "line breaks of its own": lambda m: m.replace("\r\n", "\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", NASTY)
async def test_a_nasty_invitation_is_survived(name: str):
    faults: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: faults.append(context))
    async with open_line(Echo()) as line:
        hand = await Hand().open(line)
        hand.send(NASTY[name](hand.message("INVITE", body=sdp())))
        hand.send(hand.message("OPTIONS", call="after"))
        assert await hand.status("OPTIONS") == 200
        async with Caller(target(line)):
            pass
    assert not faults


async def test_options_say_what_we_can_and_unknown_methods_that_we_cannot():
    async with open_line(Echo()) as line:
        hand = await Hand().open(line)
        hand.send(hand.message("OPTIONS"))
        assert await hand.status("OPTIONS") == 200
        assert all(method in hand.got[-1] for method in ("INVITE", "CANCEL", "INFO", "UPDATE"))
        hand.send(hand.message("MESSAGE", call="m", body="hello", kind="text/plain"))
        assert await hand.status("MESSAGE") == 405


async def test_a_call_cannot_be_ended_by_one_who_only_guesses_its_name():
    echo = Echo()
    async with open_line(echo) as line, Caller(target(line)) as caller:
        hand = await Hand().open(line)
        for method in ("BYE", "UPDATE", "INFO", "REFER", "NOTIFY"):
            hand.send(hand.message(method, call=caller._call.call_id, number=99, tag="guess"))
            assert await hand.status(method) == 481
        hand.send(hand.message("INVITE", call=caller._call.call_id, number=99, body=sdp()))
        assert await hand.status("INVITE") == 482
        assert line.running() and not echo.gone


# --- delivery over UDP


def request(method: str, number: int = 1) -> SipRequest:
    made = SipRequest(method=method, uri="sip:a@127.0.0.1")
    made.headers.append("Via", f"SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK{number}")
    for name, value in (
        ("From", "<sip:b@x>;tag=1"),
        ("To", "<sip:a@x>"),
        ("Call-ID", "c"),
        ("CSeq", f"{number} {method}"),
    ):
        made.set_header(name, value)
    return made


def response(to: SipRequest, status: int) -> SipResponse:
    made = SipResponse(status_code=status, reason_phrase="x")
    made.headers.append("Via", to.headers.get("via")[0])
    for name in ("From", "To", "Call-ID", "CSeq"):
        made.set_header(name, to.get_header(name) or "")
    return made


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transactions, "T1", 0.01)
    monkeypatch.setattr(transactions, "GIVE_UP", 0.1)


async def test_a_request_is_sent_again_until_it_is_answered(fast: None):
    sent: list[bytes] = []
    requests = transactions.Requests(lambda raw, address: sent.append(raw))
    bye = request("BYE")
    requests.send(bye, (HOST, 5060))
    await until(lambda: len(sent) >= 3)
    assert requests.answered(response(bye, 200))
    count = len(sent)
    await asyncio.sleep(0.1)
    assert len(sent) == count
    assert not requests.answered(response(bye, 200))  # the same answer again is no news


async def test_a_request_that_nobody_answers_is_given_up(fast: None):
    requests = transactions.Requests(lambda raw, address: None)
    info = request("INFO")
    requests.send(info, (HOST, 5060))
    assert await requests.final(info) is None


async def test_a_refused_invitation_is_acknowledged_each_time_and_told_once(fast: None):
    sent: list[bytes] = []
    requests = transactions.Requests(lambda raw, address: sent.append(raw))
    invite = request("INVITE")
    requests.send(invite, (HOST, 5060))
    assert [requests.answered(response(invite, 486)) for _ in range(2)] == [True, False]
    acks = [raw for raw in sent if raw.startswith(b"ACK")]
    assert len(acks) == 2 and b"branch=z9hG4bK1" in acks[0] and b"CSeq: 1 ACK" in acks[0]


async def test_a_ringing_invitation_is_not_sent_again(fast: None):
    sent: list[bytes] = []
    requests = transactions.Requests(lambda raw, address: sent.append(raw))
    invite = request("INVITE")
    requests.send(invite, (HOST, 5060))
    assert requests.answered(response(invite, 180)) and requests.provisional(invite)
    await asyncio.sleep(0.15)
    assert len(sent) == 1
    assert [requests.answered(response(invite, 200)) for _ in range(2)] == [True, True]  # each wants its ACK


async def test_a_request_that_was_pushed_out_and_came_again_is_remembered_for_its_whole_time(
    fast: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(transactions, "REMEMBERED", 1)
    answers = transactions.Answers(lambda raw, address: None)
    assert answers.is_new(request("OPTIONS", 1)) and answers.is_new(request("OPTIONS", 2))  # the second pushes it out
    await asyncio.sleep(0.06)
    assert answers.is_new(request("OPTIONS", 1))
    await asyncio.sleep(0.06)  # when the first delivery would have been forgotten
    assert not answers.is_new(request("OPTIONS", 1))
    answers.stop()


async def test_answers_that_nobody_asked_for_are_dropped():
    assert not transactions.Requests(lambda raw, address: None).answered(response(request("INVITE"), 200))
